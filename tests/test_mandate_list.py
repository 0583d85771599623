"""/uppdrag/: every seat of the reader's groups, narrowed by what stands in the address."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import GroupDecision, Organization, Seat
from governance.queries.mandate_lists import ORDERS
from tests.days import day
from tests.reading import read
from tests.test_page_budget import fill
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def gunvor(world):
    """The director of the hand-made group, who has the chair."""
    return appoint(world.chair, make_person(world.city, "Gunvor", "Provgran"))


def functions(client, query: str = "") -> list[str]:
    """The rows of the list, by what their seats are called."""
    body = client.get(f"/uppdrag/{query}").content.decode()
    return re.findall(r'<th scope="row"><a [^>]*>Provstad-([^<]+)<', body)


def test_every_seat_of_the_day_is_listed_with_who_sits_there(as_anna, gunvor):
    assert functions(as_anna) == ["direktor", "chef", "samordnare"]
    text = read(as_anna, "/uppdrag/")
    assert "3 platser den" in text
    assert "1 med ledamot" in text
    assert "Gunvor Provgran" in text
    assert functions(as_anna, "?datum=2019-12-31") == []
    assert "Det finns ingen plats" in read(as_anna, "/uppdrag/?datum=2019-12-31")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?lage=bemannad", ["direktor"]),
        ("?lage=vakant", ["chef", "samordnare"]),
        ("?lage=gar-ut", []),
        ("?lage=finnsinte", ["direktor", "chef", "samordnare"]),
        ("?roll=secretary", ["samordnare"]),
        ("?funktion=provstad-chef", ["chef"]),
        ("?organisation=provstad-bostader", ["chef"]),
        ("?organisation=provstad-stad", ["direktor", "samordnare"]),
        ("?organisation=finns-inte", []),
        ("?grupp=lokala-gruppen-i-provstad", ["direktor", "chef", "samordnare"]),
        ("?grupp=finns-inte", []),
        ("?mina=1", ["direktor", "chef", "samordnare"]),
        ("?q=gunvor", ["direktor"]),
        ("?q=CHEF", ["chef"]),
        ("?q=bostäder", ["chef"]),
        ("?q=lokala", ["direktor", "chef", "samordnare"]),
        ("?q=finnsinte", []),
        ("?visa=vakanta&organisation=provstad-stad", ["samordnare"]),
        ("?visa=vakanta&roll=chair", []),
        ("?visa=finnsinte", ["direktor", "chef", "samordnare"]),
        ("?ordning=plats", ["chef", "direktor", "samordnare"]),
        ("?ordning=roll", ["direktor", "chef", "samordnare"]),
    ],
)
def test_the_address_narrows_the_list(as_anna, gunvor, query, found):
    listed = functions(as_anna, query)
    assert listed == found if "ordning" in query else sorted(listed) == sorted(found)


@pytest.mark.parametrize("order", ORDERS)
def test_the_list_can_be_put_in_every_order(as_anna, gunvor, order):
    assert len(functions(as_anna, f"?ordning={order}")) == 3


def test_an_organisation_is_chosen_with_those_under_it(as_anna, world, gunvor):
    office = Organization.objects.create(
        name="Provkontoret", slug="provkontoret", kind="fackforvaltning", parent=world.city,
        valid_from=day("2020-01-01"),
    )  # fmt: skip
    make_seat(world.group, office, "provstad-kontorschef")
    assert len(functions(as_anna, "?organisation=provstad-stad")) == 3
    assert functions(as_anna, "?organisation=provkontoret") == ["kontorschef"]


def test_one_above_those_with_seats_can_be_chosen_when_the_reader_sees_it(as_anna, world):
    above, hidden = (
        Organization.objects.create(
            name=name, slug=name, kind="moderbolag", valid_from=day("2020-01-01")
        )
        for name in ("koncernen", "okand-agare")
    )
    Organization.objects.filter(pk=world.company.pk).update(parent=above)
    Organization.objects.filter(pk=world.police.pk).update(parent=hidden)
    assert 'value="koncernen"' not in as_anna.get("/uppdrag/").content.decode()
    world.agreement.parties.add(above)
    body = as_anna.get("/uppdrag/").content.decode()
    assert 'value="koncernen"' in body
    assert "okand-agare" not in body
    assert functions(as_anna, "?organisation=koncernen") == ["chef"]


def test_a_protected_name_is_neither_shown_nor_found(as_anna, world):
    appoint(world.chair, make_person(world.city, "Gunvor", "Provgran", protected=True))
    assert "Namnet visas inte." in read(as_anna, "/uppdrag/")
    assert "Gunvor" not in as_anna.get("/uppdrag/").content.decode()
    assert functions(as_anna, "?q=gunvor") == []


# -- what may be done, and by whom -----------------------------------------------------------


def test_verbs_stand_beside_the_rows_of_those_who_may_and_only_today(client, world, anna, bo):
    appoint(world.chair, make_person(world.city), day("2020-01-01"))
    for user, offered in [(anna, True), (bo, False)]:
        client.force_login(user)
        for address in ("/uppdrag/", "/uppdrag/?visa=vakanta", "/uppdrag/?visa=utan-sekreterare"):
            assert ("/utse/" in client.get(address).content.decode()) is offered, address
        past = client.get("/uppdrag/?visa=vakanta&datum=2021-01-01").content.decode()
        assert "/utse/" not in past
        assert functions(client, "?visa=vakanta&datum=2021-01-01") == ["chef", "samordnare"]


def test_whoever_keeps_one_roster_sees_her_own_groups_alone_if_she_asks(client, world):
    user = make_user("vera@example.org")
    grant(user, "edit_roster", world.group)
    other = make_group(world.agreement, "Andra gruppen")
    make_seat(other, world.city, "provstad-andre")
    client.force_login(user)
    assert len(functions(client)) == 4
    assert len(functions(client, "?mina=1")) == 3
    body = client.get("/").content.decode()
    assert "i Lokala gruppen i Provstad</h2>" in body
    assert "/uppdrag/?visa=vakanta&amp;grupp=lokala-gruppen-i-provstad" in body
    grant(user, "edit_roster", other)
    client = type(client)()
    client.force_login(type(user).objects.get(pk=user.pk))
    assert "/uppdrag/?visa=vakanta&amp;mina=1" in client.get("/").content.decode()


def test_a_group_without_a_chair_is_listed_with_the_seats_there_are(as_anna, world):
    text = read(as_anna, "/uppdrag/?visa=utan-ordforande")
    assert "2 grupper den" in text
    assert "Ingen plats är inlagd. Lägg till plats i Centrala gruppen" in text
    assert "Provstad-direktor, Provstads stad i Lokala gruppen i Provstad Vakant" in text
    GroupDecision.objects.filter(group=world.central).delete()
    assert "1 grupp den" in read(as_anna, "/uppdrag/?visa=utan-ordforande")
    appoint(world.chair, make_person(world.city))
    assert "Inget att göra här" in read(as_anna, "/uppdrag/?visa=utan-ordforande")


def test_an_organisation_that_has_named_nobody_stands_once_with_its_groups(as_anna, world):
    other = make_group(world.agreement, "Andra gruppen")
    make_seat(other, world.company, "provstad-vd")
    appoint(world.chair, make_person(world.city))
    body = as_anna.get("/uppdrag/?visa=ej-utsett").content.decode()
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', body) == ["Provstads bostäder"]
    assert "Andra gruppen</a>, " in body


# -- many rows -------------------------------------------------------------------------------


def test_a_long_list_is_cut_into_pages_that_keep_the_choice(client, karin, farsta):
    like = farsta.seats.filter(role="member").first()
    fill(farsta, like, 101, 350)
    client.force_login(karin)
    first = client.get("/uppdrag/?grupp=farsta&sida=1").content.decode()
    assert first.count('<th scope="row">') == 100
    assert "Sida 1 av 3, 256 rader" in first
    assert "?grupp=farsta&amp;sida=2" in first
    assert client.get("/uppdrag/?grupp=farsta&sida=3").content.decode().count('scope="row"') == 56
    assert client.get("/uppdrag/?grupp=farsta&sida=x").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *("?q=a&organisation=farsta-stadsdelsforvaltning&ordning=slutar", "?visa=obekraftade"),
        *("?visa=utan-ordforande", "?visa=ej-utsett", "?mina=1&lage=bemannad"),
    ],
)
def test_no_choice_costs_more_than_the_budget_however_many_seats(client, karin, farsta, query):
    client.force_login(karin)
    like = Seat.objects.filter(group=farsta, role="member").first()
    numbers = []
    for first, last in [(101, 110), (111, 600)]:
        fill(farsta, like, first, last)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/uppdrag/{query}").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12


# -- as a sheet ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["direktor", "chef", "samordnare"]),
        ("?lage=bemannad", ["direktor"]),
        ("?visa=utan-sekreterare", ["samordnare"]),
        ("?visa=ej-utsett", ["chef"]),
        ("?datum=2019-12-31", []),
    ],
)
def test_what_is_chosen_can_be_taken_away_as_a_sheet(as_anna, gunvor, query, expected):
    url = f"/uppdrag/export/{query}{'&' if query else '?'}format=csv"
    lines = as_anna.get(url).content.decode("utf-8-sig").splitlines()
    assert sorted(re.findall(r";provstad-(\w+);", "\n".join(lines), re.IGNORECASE)) == sorted(
        expected
    )
    if "datum" not in query and "visa" not in query:
        shown = as_anna.get(f"/uppdrag/{query}").content.decode()
        assert f'"/uppdrag/export/{query}{"&amp;" if query else "?"}format=xlsx"' in shown
