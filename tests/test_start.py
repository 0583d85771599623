"""/: each reader's own list, and every count the same as in the list it opens."""

import html
import itertools
import re

import pytest

from governance.models import ContactRoute, Coverage, GroupDecision
from governance.services.groups import propose
from governance.temporal import day_before, today
from tests.days import day
from tests.reading import read
from tests.routes import make_route
from tests.worlds import appoint, grant, make_person, make_seat

pytestmark = pytest.mark.django_db


def tasks(client, url: str = "/") -> dict[str, tuple[int, str]]:
    """The work list: its sentences, each with its count and the address it opens."""
    body = client.get(url).content.decode()
    found = re.findall(r'<a href="([^"]+)"><b class="count">(\d+)</b> <span>(.*?)</span>', body)
    return {html.unescape(text): (int(number), html.unescape(at)) for at, number, text in found}


def rows(client, url: str) -> int:
    return client.get(url).content.decode().count('<th scope="row">')


def test_signed_out_visitors_are_sent_to_sign_in(client):
    response = client.get("/")
    assert response.status_code == 302
    assert response.url.startswith("/konto/logga-in/")


def test_the_coordinators_counts_are_those_of_the_lists(client, karin, structure):
    client.force_login(karin)
    GroupDecision.objects.filter(group__slug="farsta").update(decided_on=day("2019-11-04"))
    propose(
        user=karin,
        agreement=structure,
        name="Provgruppen",
        kind="local",
        basis="place",
        areas=[],
        valid_from=day("2035-01-01"),
    )
    found = tasks(client)
    number, url = found["grupper saknar registrerat beslut"]
    assert number == 11 == rows(client, url)
    number, url = found["föreslagen grupp väntar på beslut"]
    assert number == 1 == rows(client, url)
    number, url = found["platser saknar ledamot"]
    assert number == 79 == rows(client, url)
    assert f"{number} platser den" in read(client, url)


def test_ending_mandates_open_the_list_of_them(client, karin, farsta, farsta_chair):
    client.force_login(karin)
    assert not [text for text in tasks(client) if "går ut" in text]
    appoint(farsta_chair, make_person(farsta_chair.organization), day("2020-01-01"), today())
    number, url = tasks(client)["uppdrag går ut snart"]
    assert number == 1 == rows(client, url)
    assert farsta.name in read(client, url)


def test_gaps_in_the_coverage_are_counted_as_there(client, karin):
    client.force_login(karin)
    assert not [text for text in tasks(client) if "stadsdelar" in text]
    Coverage.objects.filter(group__slug="farsta").update(valid_through=day_before(today()))
    number, url = tasks(client)["stadsdelar har ingen lokal styrgrupp"]
    assert number == 10 == rows(client, url)
    assert url == "/tackning/?visa=luckor"


def test_nothing_left_is_said_in_words(client, world, django_user_model):
    user = django_user_model.objects.create_user("vera@example.org")
    grant(user, "edit_structure", world.agreement)
    client.force_login(user)
    for seat in [world.chair, world.secretary, world.member]:
        appoint(seat, make_person(world.city))
    for role in ["chair", "secretary"]:
        seat = make_seat(world.central, world.city, f"provstad-{role}", role)
        appoint(seat, make_person(world.city))
    GroupDecision.objects.filter(group__agreement=world.agreement).update(
        decided_on=day("2020-01-01")
    )
    for way, purpose in itertools.product(ContactRoute.Direction, ContactRoute.Purpose):
        make_route(world.company, way=way, purpose=purpose, group=world.group, verified_on=today())
    assert "Inget att göra just nu. Alla platser är bemannade och bekräftade." in read(client, "/")
    world.member.mandates.all().delete()
    assert "1 plats saknar ledamot" in read(client, "/")


def test_a_coordinator_who_reads_more_counts_only_what_is_hers(client, karin, elsewhere):
    grant(karin, "view_agreement", elsewhere.agreement)
    client.force_login(karin)
    [(number, url)] = [each for text, each in tasks(client).items() if "registrerat beslut" in text]
    assert number == 12 == rows(client, url)
    assert "overenskommelse=overgripande" in url


def test_readers_get_no_work_list(client, fatima):
    client.force_login(fatima)
    assert tasks(client) == {}
    assert "Det här behöver du göra" not in read(client, "/")


def test_company_staff_see_the_seats_of_their_company(client, fatima, farsta):
    seat = farsta.seats.get(organization__slug="stockholmshem")
    appoint(seat, make_person(seat.organization), day("2024-01-01"))
    client.force_login(fatima)
    text = read(client, "/")
    assert "AB Stockholmshem i samverkan" in text
    assert "Ni har 11 platser: 1 med ledamot och 10 utan." in text
    assert 'href="/organisationer/stockholmshem/"' in client.get("/").content.decode()
    then = read(client, "/?datum=2023-12-31")
    assert "Ni hade 11 platser: 0 med ledamot och 11 utan." in then


@pytest.mark.parametrize(("name", "role"), [("sven", "sekreterare"), ("olle", "ordförande")])
def test_secretary_and_chair_see_their_groups(client, request, name, role):
    client.force_login(request.getfixturevalue(name))
    text = read(client, "/")
    assert f"Lokal styrgrupp Farsta Du är {role}." in text
    assert "Dina grupper" not in read(client, "/?datum=2023-12-31")


def test_who_belongs_to_nothing_is_told_what_to_do(client, nobody):
    client.force_login(nobody)
    text = read(client, "/")
    assert "Ditt konto hör inte till någon överenskommelse än." in text
    assert "Be den samordnare som bjöd in dig" in text
    assert "Stockholm" not in text


def test_operators_find_the_back_office_and_others_do_not(client, diana, karin):
    client.force_login(diana)
    assert 'href="/admin/"' in client.get("/").content.decode()
    client.force_login(karin)
    assert 'href="/admin/"' not in client.get("/").content.decode()


def test_another_day_is_no_work_list_but_the_state_of_that_day(client, karin):
    client.force_login(karin)
    text = read(client, "/?datum=2021-01-01")
    assert "Det här behöver du göra" not in text
    assert "Det här var inte klart den 1 januari 2021" in text
    number, url = tasks(client, "/?datum=2021-01-01")["grupper saknar registrerat beslut"]
    assert "datum=2021-01-01" in url
    assert number == 14 == rows(client, url)


def test_every_link_on_the_start_page_opens(client, karin):
    client.force_login(karin)
    body = client.get("/").content.decode().split("<main", 1)[1].split("</main", 1)[0]
    links = {html.unescape(url) for url in re.findall(r'<a [^>]*href="(/[^"]*)"', body)}
    assert len(links) > 5
    for url in links:
        assert client.get(url).status_code == 200, url
