"""/fastigheter/, its suggestions, and properties among what is searched for."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Address, Property
from tests.places import own
from tests.test_places import RULES
from tests.worlds import make_person, make_user

pytestmark = pytest.mark.django_db


def page(client, q: str = "", day: str = "2026-01-15") -> str:
    return client.get("/fastigheter/", {"q": q, "datum": day}).content.decode()


def suggested(client, q: str) -> list[str]:
    answer = client.get("/fastigheter/forslag/", {"q": q}).content
    return [each["text"] for each in json.loads(answer)["suggestions"]]


@pytest.fixture
def home(world) -> Property:
    """A property with a door, in the stock of the hand-made company, known to it as B-77."""
    found = own(world.company, "Kvarnvingen 3", area=world.north, number="B-77", flats=48)
    Address.objects.create(
        property=found, street="Storgatan", number=12, letter="A", letter_through="C"
    )
    return found


@pytest.fixture
def as_bo(client, bo):
    client.force_login(bo)
    return client


@pytest.mark.parametrize(("name", "when", "district", "police"), RULES)
def test_the_page_gives_the_rules_answers(client, fatima, name, when, district, police):
    client.force_login(fatima)
    text = page(client, name.lower(), when)
    assert f"<dd>{name}</dd>" in text
    assert f"<dd>{district}</dd>" in text
    assert f"<dd>{police}</dd>" in text
    assert f"Lokal styrgrupp {district}</a>" in text


@pytest.mark.parametrize("q", ["kv. kvarnvingen 3", "Storgatan 12 b", "storg. 12, 123 45 Provstad"])
def test_one_box_takes_a_designation_and_an_address(as_bo, home, q):
    text = page(as_bo, q)
    assert "<dd>Norra Provstad</dd>" in text
    assert "Provstad Kvarnvingen 3" in text
    assert "Storgatan 12 A–C" in text
    assert "Provstads bostäder" in text


def test_own_numbers_and_flats_are_shown_to_the_company_alone(client, home, bo, stina):
    for user, there in [(stina, True), (bo, False)]:
        client.force_login(user)
        text = page(client, "Kvarnvingen 3")
        assert ("B-77" in text, "<dd>48</dd>" in text) == (there, there)
    assert "Hittades inte" in page(client, "B-77")


def test_one_box_takes_a_coordinate(as_bo, drawn):
    text = page(as_bo, "6581500 670500")
    assert "<dd>Norra Provstad</dd>" in text
    assert "Provkartan" in text
    assert "omvänd ordning" in page(as_bo, "670500, 6581500")


def test_nothing_found_says_what_is_missing_and_whom_to_ask(as_bo, home):
    text = page(as_bo, "Storgatan 99")
    assert "Hittades inte" in text
    assert "Andra nummer på Storgatan ligger i Norra Provstad" in text
    assert "samordnare@provstad.example.org" in text


def test_a_quarter_without_its_number_is_asked_about(as_bo, home):
    text = page(as_bo, "kv. Kvarnvingen")
    assert "Menade du" in text
    assert "?q=Provstad+Kvarnvingen+3" in text or "q=Provstad%20Kvarnvingen%203" in text


def test_several_properties_are_a_choice(as_stina, world, home):
    own(world.company, "Skytten 4", area=world.south, number="B-77")
    text = page(as_stina, "b-77")
    assert "Välj en av 2 fastigheter" in text
    assert "Flera möjliga" in text


def test_a_street_without_its_number_is_followed_by_the_doors_that_are_known(as_bo, home):
    said = page(as_bo, "Storgatan")
    assert "Hittades inte" in said
    assert "Storgatan 12 A</a>" in said.partition("Menade du")[2]


def test_a_territory_inside_another_is_not_named_beside_it(client, karin, structure):
    client.force_login(karin)
    said = page(client, "Nacka Sicklaön 1:1")
    assert "hör till Nacka kommun och ligger alltså utanför Stockholm." in said


def test_before_a_question_there_are_examples(as_bo, home):
    text = page(as_bo)
    assert "Det här kan du skriva" in text
    assert "Provstad Kvarnvingen 3" in text


@pytest.mark.parametrize("name", ["properties", "lookups", "routes", "coverage"])
def test_an_account_without_an_agreement_is_told_so_and_offered_no_form(client, nobody, name):
    client.force_login(nobody)
    said = client.get(reverse(f"governance:{name}"), {"q": "Rågsved"}).content.decode()
    assert "Ditt konto hör inte till någon överenskommelse." in said
    assert "Be den samordnare som bjöd in dig" in said
    main = said.partition("<main")[2].partition("</main>")[0]
    assert "<select" not in main
    assert "data-suggest" not in main
    assert 'name="pasted"' not in main


def test_the_box_suggests_areas_designations_doors_and_own_numbers(client, home, stina, bo):
    client.force_login(stina)
    assert suggested(client, "prov") == [
        *("Stadsdelen Norra Provstad", "Stadsdelen Södra Provstad"),
        *("Kommunen Provstad", "Stadsdelsområdet Provstads district"),
        "Provstad Kvarnvingen 3",
    ]
    assert suggested(client, "storg 12") == ["Storgatan 12 A"]
    assert suggested(client, "B-7") == ["B-77"]
    client.force_login(bo)
    assert suggested(client, "B-7") == []


@pytest.mark.parametrize("q", ["", "a", "\0", "%", "_", "x" * 5000, "12", "=1+1", "'"])
def test_any_text_gets_an_answer(as_bo, home, q):
    assert as_bo.get("/fastigheter/", {"q": q}).status_code == 200
    assert as_bo.get("/fastigheter/forslag/", {"q": q}).status_code == 200
    assert len(suggested(as_bo, q)) <= 10


def test_a_hidden_property_is_on_no_page_but_its_companys(client, world, home, bo, anna, stina):
    home.hidden = True
    home.save()
    searches = ["Kvarnvingen 3", "kv. Kvarnvingen", "Storgatan 12", "Storgatan 99", "B-77", ""]
    for other in (bo, anna):
        client.force_login(other)
        for q in searches:
            text = page(client, q)
            assert "Provstad Kvarnvingen 3" not in text, q
            assert "Norra Provstad" not in text or not q, q
        assert suggested(client, "kvarn") == suggested(client, "storg") == []
        assert "Provstad Kvarnvingen 3" not in client.get("/sok/?q=kvarnvingen").content.decode()
    client.force_login(stina)
    assert "Bara ni ser den" in page(client, "Kvarnvingen 3")
    assert suggested(client, "kvarn") == ["Provstad Kvarnvingen 3"]
    assert "Provstad Kvarnvingen 3" in client.get("/sok/?q=kvarnvingen").content.decode()


def test_the_search_page_finds_properties_and_leads_to_the_answer(as_bo, home):
    text = as_bo.get("/sok/?q=kvarnvingen").content.decode()
    assert "Fastigheter (1)" in text
    assert "/fastigheter/?q=Provstad%20Kvarnvingen%203" in text


ASKED = [
    "",
    "Norra Provstad",
    "Kvarnvingen 3",
    "Storgatan 12",
    "B-77",
    "finns inte 9",
    "6581500 670500",
]


@pytest.mark.parametrize("q", ASKED)
def test_the_page_keeps_its_budget_with_one_and_with_many_properties(client, drawn, home, q):
    world = drawn
    user = make_user("ny@example.org")
    make_person(world.company, user=user)
    client.force_login(user)
    page(client, q)
    page(client, "6581500 670500")  # the shapes are made ready once in a process
    numbers = []
    for first, last in [(10, 11), (11, 60)]:
        for unit in range(first, last):
            more = own(world.company, f"Kvarnvingen {unit}", area=world.north, number="B-77")
            Address.objects.create(property=more, street="Storgatan", number=12)
        costs = []
        for address in ("/fastigheter/", "/fastigheter/forslag/", "/sok/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(address, {"q": q})
            costs.append(len(asked))
        numbers.append(costs)
    assert numbers[0] == numbers[1]
    assert max(numbers[1]) <= 12
