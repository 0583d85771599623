"""/sok/: one box for all nouns, in Swedish, under the reader's rights."""

import html
import re

import pytest

from governance.models import Area, AreaPart, PersonName
from tests.days import day
from tests.worlds import appoint, make_group, make_person


def text(response) -> str:
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def search(client, words: str, **more: str) -> str:
    return text(client.get("/sok/", {"q": words, **more}))


@pytest.mark.parametrize("words", ["årsta", "ÅRSTA", " Årsta ", "rsta"])
def test_arsta_is_found_however_it_is_typed(client, karin, words):
    client.force_login(karin)
    assert "Årsta Stadsdel · stadsdelsområde Enskede-Årsta-Vantör" in search(client, words)


def test_an_area_says_what_it_is_part_of_and_who_works_there_on_the_day(client, karin):
    client.force_login(karin)
    then = search(client, "vasastaden", datum="2019-11-04")
    assert "stadsdelsområde Norrmalm · lokalpolisområde Norrmalm" in then
    assert "Här arbetar Lokal styrgrupp Norrmalm" in then
    before = search(client, "vasastaden", datum="2019-11-03")
    assert "Ingen lokal styrgrupp täcker Vasastaden den 3 november 2019." in before


def test_an_area_that_has_ended_is_found_and_said_to_have_ended(client, karin):
    client.force_login(karin)
    page = search(client, "norrmalm", datum="2024-01-01")
    assert "Stadsdelsområde till och med den 30 juni 2023. Gäller inte den 1 januari 2024." in page


def test_every_noun_is_found(client, karin):
    client.force_login(karin)
    for words, found in [
        ("styrgrupp farsta", "Styrgrupper (1) Lokal styrgrupp Farsta"),
        ("stockholmshem", "AB Stockholmshem Bostadsbolag"),
        ("provström", "Karin Provström"),
        ("skolan brottsplats", "Skolan som brottsplats"),
        ("övergripande", "Överenskommelser (1)"),
    ]:
        assert found in search(client, words)


def test_all_words_must_be_there(client, karin):
    client.force_login(karin)
    assert "Inget hittades." in search(client, "farsta bromma")


def test_hits_run_to_z_and_then_a_ring_a_umlaut_and_o_umlaut(client, karin):
    parent = Area.objects.get(kind="kommun", slug="stockholm")
    for name in ["Xtest Öby", "Xtest Zeta", "Xtest Ärla", "Xtest Åby"]:
        area = Area.objects.create(
            kind="plats", name=name, slug=name.replace(" ", "-"), valid_from=day("2020-01-01")
        )
        AreaPart.objects.create(
            part=area, whole=parent, whole_kind="kommun", valid_from=day("2020-01-01")
        )
    client.force_login(karin)
    page = search(client, "xtest")
    places = [page.index(f"Xtest {name}") for name in ["Zeta", "Åby", "Ärla", "Öby"]]
    assert places == sorted(places)


def test_a_protected_name_is_never_found_not_even_by_those_who_may_see_it(client, karin, siri):
    make_person(karin.person.organization, "Gömda", "Hemlighetsson", protected=True)
    for user in [karin, siri]:
        client.force_login(user)
        page = search(client, "hemlighetsson")
        assert "Inget hittades." in page
        assert "Gömda" not in page


def test_a_stranger_finds_nothing_of_this_agreement(client, stranger, karin):
    client.force_login(stranger)
    for words in ["årsta", "farsta", "stockholmshem", "provström", "skolan", "övergripande"]:
        assert "Inget hittades." in search(client, words), words
    assert "Lokala gruppen i Annanstad" in search(client, "lokala gruppen")


def test_somebody_who_belongs_to_nothing_finds_nothing(client, nobody):
    client.force_login(nobody)
    assert "Inget hittades." in search(client, "a")


def test_no_words_give_advice_and_no_hits(client, karin):
    client.force_login(karin)
    for words in ["", "   "]:
        page = search(client, words)
        assert "Sök bland styrgrupper" in page
        assert "träff" not in page


@pytest.mark.parametrize("words", ["%", "_", "'", '"><script>', "\\", "x" * 5000])
def test_odd_characters_are_only_characters(client, karin, words):
    client.force_login(karin)
    response = client.get("/sok/", {"q": words})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1]
    assert "Styrgrupper (" not in text(response)


def test_twenty_of_a_kind_are_shown_and_the_rest_by_a_link(client, karin, farsta):
    for number in range(25):
        make_group(farsta.agreement, f"Mängdgrupp {number:02d}")
    client.force_login(karin)
    page = search(client, "mängdgrupp")
    assert "25 träffar" in page
    assert "Styrgrupper (25)" in page
    assert "Visa fler styrgrupper (5 till)" in page
    assert "Mängdgrupp 19" in page
    assert "Mängdgrupp 20" not in page
    assert "Mängdgrupp 24" in search(client, "mängdgrupp", slag="styrgrupper")


def test_a_search_costs_the_same_with_many_hits(
    client, karin, farsta, farsta_chair, django_assert_max_num_queries
):
    client.force_login(karin)
    with django_assert_max_num_queries(12) as few:
        search(client, "årsta")
    for number in range(60):
        person = make_person(karin.person.organization, f"Årsta{number}", "Årstasson")
        make_group(farsta.agreement, f"Årstagrupp {number}")
    appoint(farsta_chair, person)
    with django_assert_max_num_queries(12) as many:
        search(client, "årsta")
    assert len(few) == len(many)
    assert PersonName.objects.filter(search_key__contains="årstasson").count() == 60
