"""/styrgrupper/<slug>/lista/: who is reached how, on paper and in the mail program."""

import re

import pytest

from governance.models import ContactDetail, Leave, Organization, Person, Seat
from governance.queries.contacts import Contact, addresses, contact_rows
from governance.queries.rosters import roster
from tests.days import day
from tests.reading import read
from tests.verb_pages import url
from tests.worlds import World, appoint, make_person

pytestmark = pytest.mark.django_db
NOW = "2024-06-15"


@pytest.fixture
def page(world: World) -> str:
    return f"{url('contact_list', world.group.slug)}?datum={NOW}"


@pytest.fixture
def hanna(world: World) -> Person:
    return make_person(world.company, "Hanna", "Provhållare", title="områdeschef")


def detail(person: Person, kind: str, value: str, *, main: bool = False) -> ContactDetail:
    return ContactDetail.objects.create(person=person, kind=kind, value=value, main=main)


def rows(world: World, user, on: str = NOW) -> list[Contact]:
    groups = type(world.group).objects.with_state(day(on)).select_related("agreement")
    return contact_rows(roster(user, groups.get(pk=world.group.pk), day(on)))


def copied(client, page: str) -> str:
    body = client.get(page).content.decode()
    found = re.search(r"<textarea[^>]*>([^<]*)</textarea>", body)
    return found[1] if found else ""


def test_the_list_says_who_sits_where_and_how_they_are_reached(as_anna, world, hanna, page):
    appoint(world.member, hanna)
    detail(hanna, "email", "hanna@example.org", main=True)
    detail(hanna, "mobile", "070-123 45 67")
    Seat.objects.filter(pk=world.member.pk).update(mailbox="plats@example.org")
    text = read(as_anna, page)
    assert (
        "Provstad-chef Provstads bostäder Ledamot Hanna Provhållare Områdeschef "
        "hanna@example.org 070-123 45 67 Funktionsbrevlåda: plats@example.org" in text
    )
    assert "3 platser: 1 med ledamot och 2 utan." in text


def test_a_vacant_seat_says_so_in_words(as_anna, world, hanna, page):
    appoint(world.chair, hanna, day("2023-01-01"), day("2024-05-31"))
    appoint(world.member, hanna, day("2024-07-01"))
    text = read(as_anna, page)
    assert "Ordförande Ingen ledamot Har gått ut, inget nytt beslut" in text
    assert "Ledamot Ingen ledamot Börjar den 1 juli" in text
    assert "Sekreterare Vakant" in text


def test_the_main_detail_comes_before_others_and_one_of_each_is_listed(world, anna, hanna):
    appoint(world.member, hanna)
    detail(hanna, "email", "annan@example.org")
    detail(hanna, "phone", "08-508 00 000", main=True)
    detail(hanna, "mobile", "070-123 45 67")
    [row] = [each for each in rows(world, anna) if each.holder]
    assert (row.email, row.phone) == ("annan@example.org", "08-508 00 000")


def test_a_protected_person_has_no_detail_on_the_list(as_anna, world, page):
    hidden = make_person(world.company, "Hemlig", "Skyddsson", protected=True)
    appoint(world.member, hidden)
    detail(hidden, "email", "hemlig@example.org", main=True)
    detail(hidden, "mobile", "070-999 99 99")
    Seat.objects.filter(pk=world.member.pk).update(mailbox="plats@example.org")
    body = as_anna.get(page).content.decode()
    assert "Namnet visas inte." in body
    for secret in ("Skyddsson", "hemlig@", "070-999"):
        assert secret not in body
    assert copied(as_anna, page) == "plats@example.org"


def test_who_is_away_is_not_on_the_list_but_who_acts_is(as_anna, world, hanna, page):
    held = appoint(world.member, hanna)
    Leave.objects.create(
        mandate=held, valid_from=day("2024-06-01"), valid_through=day("2024-06-30")
    )
    assert "Hanna Provhållare" in read(as_anna, page.replace(NOW, "2024-05-31"))
    text = read(as_anna, page)
    assert "Hanna Provhållare" not in text
    assert "Ledamoten är tjänstledig till och med den 30 juni 2024" in text
    appoint(world.member, make_person(world.company, "Tina", "Provfara"), kind="acting")
    assert "Tina Provfara (tillförordnad)" in read(as_anna, page)


def test_a_personal_deputy_has_a_line_of_their_own(world, anna, hanna):
    appoint(world.member, hanna)
    appoint(world.member, make_person(world.company, "Dag", "Provbi"), kind="deputy")
    found = [(each.role, each.holder.name) for each in rows(world, anna) if each.holder]
    assert found == [("ledamot", "Hanna Provhållare"), ("personlig ersättare", "Dag Provbi")]


@pytest.mark.parametrize(
    ("on", "sits"),
    [("2022-12-31", False), ("2023-01-01", True), ("2024-03-31", True), ("2024-04-01", False)],
)
def test_the_list_is_that_of_the_day(as_anna, world, hanna, page, on, sits):
    appoint(world.member, hanna, day("2023-01-01"), day("2024-03-31"))
    assert ("Hanna Provhållare" in read(as_anna, page.replace(NOW, on))) is sits


# -- addresses to copy ---------------------------------------------------------------------------


def test_addresses_are_those_of_people_and_seats_once_each(as_anna, world, hanna, page):
    for seat in (world.chair, world.member):
        appoint(seat, hanna)
    detail(hanna, "email", "Hanna@example.org", main=True)
    Seat.objects.filter(pk=world.chair.pk).update(mailbox="ordf@example.org")
    Seat.objects.filter(pk=world.secretary.pk).update(mailbox="hanna@example.org")
    assert copied(as_anna, page) == "Hanna@example.org; ordf@example.org"


def test_the_organisation_is_written_to_only_when_nothing_else_is_known(world, anna, hanna):
    Organization.objects.filter(pk=world.company.pk).update(mailbox="bolaget@example.org")
    appoint(world.member, hanna)
    assert addresses(rows(world, anna)) == ["bolaget@example.org"]
    detail(hanna, "email", "hanna@example.org")
    assert addresses(rows(world, anna)) == ["hanna@example.org"]


def test_no_address_at_all_says_what_to_do(as_anna, world, page):
    Organization.objects.update(mailbox="")
    assert copied(as_anna, page) == ""
    assert "Ingen i gruppen har någon adress inlagd." in read(as_anna, page)


def test_a_group_without_seats_and_one_that_was_not_there_say_so(as_anna, world, page):
    assert "Gruppen fanns inte den dagen." in read(as_anna, page.replace(NOW, "2019-12-31"))
    world.group.seats.all().delete()
    assert "Gruppen har inga platser än." in read(as_anna, page)
