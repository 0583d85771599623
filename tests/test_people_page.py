"""/personer/<id>/: one person and the mandates that the reader may see."""

import html
import re

from tests.days import day
from tests.worlds import appoint, make_person, make_seat


def text(response) -> str:
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_mandates_stand_as_now_earlier_and_coming_on_the_day(client, karin, farsta, farsta_chair):
    person = make_person(farsta_chair.organization, "Hilda", "Hittepåsson")
    appoint(farsta_chair, person, day("2024-01-01"), day("2024-06-30"))
    client.force_login(karin)

    def heading(on: str) -> str:
        page = text(client.get(f"/personer/{person.pk}/", {"datum": on}))
        before = page[: page.index("Lokal styrgrupp Farsta")]
        words = ["Kommande uppdrag", "Tidigare uppdrag", "Uppdrag den"]
        return next(word for word in words if word in before)

    assert heading("2023-12-31") == "Kommande uppdrag"
    assert heading("2024-01-01") == "Uppdrag den"
    assert heading("2024-06-30") == "Uppdrag den"
    assert heading("2024-07-01") == "Tidigare uppdrag"


def test_a_protected_name_is_shown_only_to_those_who_may(client, karin, siri, farsta_chair):
    farsta_chair.mailbox = "farsta@example.org"
    farsta_chair.save()
    person = make_person(farsta_chair.organization, "Gömda", "Hemlighetsson", protected=True)
    appoint(farsta_chair, person, day("2024-01-01"))
    client.force_login(karin)
    response = client.get(f"/personer/{person.pk}/")
    assert "Namnet visas inte." in text(response)
    assert "Skriv till farsta@example.org" in text(response)
    assert "Hemlighetsson" not in response.content.decode()
    client.force_login(siri)
    assert "Gömda Hemlighetsson" in text(client.get(f"/personer/{person.pk}/"))


def test_a_right_in_one_agreement_shows_no_name_of_another(client, siri, world, farsta_chair):
    world.agreement.parties.add(siri.person.organization)
    person = make_person(world.city, "Gömda", "Hemlighetsson", protected=True)
    appoint(world.chair, person, day("2024-01-01"))
    client.force_login(siri)
    page = text(client.get(f"/personer/{person.pk}/"))
    assert "Lokala gruppen i Provstad" in page
    assert "Hemlighetsson" not in page
    appoint(farsta_chair, person, day("2024-01-01"))
    assert "Gömda Hemlighetsson" in text(client.get(f"/personer/{person.pk}/"))


def test_mandates_in_groups_of_others_are_not_shown(client, fatima, world):
    person = make_person(fatima.person.organization, "Hilda", "Hittepåsson")
    appoint(world.member, person, day("2024-01-01"))
    client.force_login(fatima)
    page = text(client.get(f"/personer/{person.pk}/"))
    assert "Hilda Hittepåsson" in page
    assert "Provstad" not in page


def test_a_workplace_that_the_reader_may_not_see_is_no_link(client, fatima, farsta_chair, world):
    person = make_person(world.company, "Hilda", "Hittepåsson")
    appoint(farsta_chair, person, day("2024-01-01"))
    client.force_login(fatima)
    page = client.get(f"/personer/{person.pk}/").content.decode()
    assert "Hilda Hittepåsson" in page
    assert f"/organisationer/{world.company.slug}/" not in page


def test_whether_an_account_is_linked_is_for_the_coordinator(client, karin, fatima):
    client.force_login(karin)
    page = text(client.get(f"/personer/{fatima.person.pk}/"))
    assert "Ett konto är knutet till personen." in page
    assert fatima.email not in page
    client.force_login(fatima)
    assert "konto är knutet" not in text(client.get(f"/personer/{karin.person.pk}/"))


def test_a_stranger_gets_a_404(client, stranger, karin):
    client.force_login(stranger)
    assert client.get(f"/personer/{karin.person.pk}/").status_code == 404
    assert client.get("/personer/999999999/").status_code == 404


def test_the_cost_does_not_grow(client, karin, farsta, django_assert_max_num_queries):
    person = make_person(karin.person.organization)

    def fill(first: int, number: int) -> None:
        for each in range(first, first + number):
            seat = make_seat(farsta, person.organization, "manga", number=each)
            appoint(seat, person, day("2024-01-01"))

    fill(1, 10)
    client.force_login(karin)
    with django_assert_max_num_queries(12) as few:
        client.get(f"/personer/{person.pk}/")
    fill(11, 60)
    with django_assert_max_num_queries(12) as many:
        client.get(f"/personer/{person.pk}/")
    assert len(few) == len(many)
