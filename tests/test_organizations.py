"""/organisationer/<slug>/: facts, seats and who holds them."""

import html
import re

import pytest

from governance.models import Organization, SteeringGroup
from tests.days import day
from tests.worlds import appoint, make_group, make_person, make_seat


def text(response) -> str:
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def company(structure) -> Organization:
    return Organization.objects.get(slug="stockholmshem")


@pytest.fixture
def seat(farsta, company):
    return farsta.seats.get(organization=company)


def test_a_seat_is_shown_with_its_holder(client, fatima, company, seat):
    appoint(seat, make_person(company, "Hilda", "Hittepåsson"), day("2024-01-01"))
    client.force_login(fatima)
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert "Lokal styrgrupp Farsta Distriktschef Ledamot Bemannad Hilda Hittepåsson" in page
    before = text(client.get(f"/organisationer/{company.slug}/", {"datum": "2023-12-31"}))
    assert "Lokal styrgrupp Farsta Distriktschef Ledamot Börjar den 1 januari 2024 Ingen" in before


def test_a_protected_holder_is_a_function_and_a_mailbox(client, karin, siri, company, seat):
    company.mailbox = "bolaget@example.org"
    company.save()
    person = make_person(company, "Gömda", "Hemlighetsson", protected=True)
    appoint(seat, person, day("2024-01-01"))
    client.force_login(karin)
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert "Namnet visas inte. Skriv till bolaget@example.org" in page
    assert "Hemlighetsson" not in page
    client.force_login(siri)
    assert "Gömda Hemlighetsson" in text(client.get(f"/organisationer/{company.slug}/"))


def test_the_right_to_see_a_name_holds_only_in_its_own_agreement(
    client, siri, world, company, farsta
):
    seat = make_seat(world.group, company, "bolagschef")
    world.agreement.parties.add(siri.person.organization)
    person = make_person(company, "Gömda", "Hemlighetsson", protected=True)
    appoint(seat, person, day("2024-01-01"))
    client.force_login(siri)
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert "Lokala gruppen i Provstad" in page
    assert "Hemlighetsson" not in page
    ours = make_person(company, "Skyddad", "Diskretsson", protected=True)
    appoint(farsta.seats.get(organization=company), ours, day("2024-01-01"))
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert "Skyddad Diskretsson" in page
    assert "Hemlighetsson" not in page


def test_a_company_is_told_where_it_has_no_seat(client, karin, company, farsta, seat):
    client.force_login(karin)
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert "Har plats i alla lokala styrgrupper" in page
    seat.valid_through = day("2024-12-31")
    seat.save()
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert "Saknar plats i 1 lokal styrgrupp: Lokal styrgrupp Farsta ." in page


def test_a_group_not_yet_at_work_is_not_one_it_lacks_a_seat_in(client, karin, company, structure):
    make_group(structure, "Påtänkta gruppen", active=False, valid_from=day("2024-01-01"))
    client.force_login(karin)
    assert "Påtänkta" not in text(client.get(f"/organisationer/{company.slug}/"))


def test_relatives_and_areas_are_shown(client, karin):
    client.force_login(karin)
    new = Organization.objects.get(name="Norra innerstadens stadsdelsförvaltning")
    page = text(client.get(f"/organisationer/{new.slug}/"))
    assert "Föregångare Norrmalms stadsdelsförvaltning Östermalms stadsdelsförvaltning" in page
    assert "Ansvarar för Stadsdelsområde Norra innerstaden" in page
    old = Organization.objects.get(name="Norrmalms stadsdelsförvaltning")
    page = text(client.get(f"/organisationer/{old.slug}/", {"datum": "2023-06-30"}))
    assert "Efterföljare Norra innerstadens stadsdelsförvaltning" in page
    assert "Ansvarar för Stadsdelsområde Norrmalm" in page


def test_what_is_under_it_is_what_was_so_that_day(client, karin):
    client.force_login(karin)
    now = text(client.get("/organisationer/stockholms-stad/"))
    assert "Järva stadsdelsnämnd" in now
    assert "Norrmalms stadsdelsnämnd" not in now
    then = text(client.get("/organisationer/stockholms-stad/", {"datum": "2023-06-30"}))
    assert "Norrmalms stadsdelsnämnd" in then
    assert "Järva stadsdelsnämnd" not in then


def test_a_day_on_which_it_did_not_exist_is_said(client, karin):
    old = Organization.objects.get(name="Norrmalms stadsdelsförvaltning")
    client.force_login(karin)
    page = text(client.get(f"/organisationer/{old.slug}/", {"datum": "2023-07-01"}))
    assert "Organisationen finns inte den 1 juli 2023." in page
    page = text(client.get(f"/organisationer/{old.slug}/", {"datum": "2023-06-30"}))
    assert "finns inte" not in page


def test_an_organisation_above_that_the_reader_may_not_see_is_not_named(client, world, stranger):
    top = Organization.objects.create(
        name="Hemliga moderbolaget", slug="hemliga", kind="moderbolag", valid_from=day("2015-01-01")
    )
    mine = stranger.person.organization
    company = mine.seats.first().group.seats.exclude(organization=mine).first().organization
    company.parent = top
    company.save()
    client.force_login(stranger)
    page = text(client.get(f"/organisationer/{company.slug}/"))
    assert company.name in page
    assert "Hemliga" not in page
    assert client.get("/organisationer/hemliga/").status_code == 404


def test_a_stranger_gets_a_404(client, stranger, company):
    client.force_login(stranger)
    assert client.get(f"/organisationer/{company.slug}/").status_code == 404
    assert client.get("/organisationer/finns-inte/").status_code == 404


def test_the_cost_does_not_grow(client, karin, company, structure, django_assert_max_num_queries):
    def fill(first: int, number: int) -> None:
        group = SteeringGroup.objects.get(slug="farsta")
        for each in range(first, first + number):
            seat = make_seat(group, company, "manga", number=each)
            appoint(seat, make_person(company, f"Nummer{each}"), day("2024-01-01"))

    client.force_login(karin)
    fill(1, 10)
    with django_assert_max_num_queries(12) as few:
        client.get(f"/organisationer/{company.slug}/")
    fill(11, 60)
    with django_assert_max_num_queries(12) as many:
        page = text(client.get(f"/organisationer/{company.slug}/"))
    assert len(few) == len(many)
    assert "Nummer70" in page
