"""A hidden property (visas inte) is looked for on every page, by everybody.

Every address that the app has is opened, so that a new page, file, suggestion or answer is
looked at from the day it exists: only the property's own company finds it there.
"""

import json
import logging

import pytest

from governance.models import Act, Holding, Organization, Property
from tests.access import window
from tests.days import day
from tests.protecting import everywhere, showing
from tests.stock import save
from tests.test_access import PERSONAS
from tests.worlds import appoint, grant, make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgres")]
# Its designation, own number and address, in parts that nothing else in the app is called.
TRACES = ["hemligvingen", "hx-7731", "gomslegatan", "gömslegatan"]
BEGINNINGS = ["hemligv", "hx-77", "gömslega"]
LIST = (
    "Fastighet\tEget nummer\tAdress\tStadsdel\tLägenheter\tVisas inte\n"
    "Hemligvingen 3\tHX-7731\tGömslegatan 7731\tFarsta\t7731\t{}\n"
)
FIRST = day("2024-01-01")


@pytest.fixture
def company(structure) -> Organization:
    return Organization.objects.get(slug="stockholmshem")


@pytest.fixture
def kept(company, caplog):
    """Put in by the company's own keeper while it was seen by all, and hidden thereafter."""
    caplog.set_level(logging.DEBUG)
    text = LIST.replace(" 7731\tFarsta", " 31\tFarsta")
    save(company, text.format("nej"), when=FIRST)
    save(company, text.format("ja"), when=FIRST)
    return Holding.objects.get(own_number="HX-7731")


@pytest.fixture
def pages(kept, farsta, karin) -> list[str]:
    """Every address of the app, about the hidden property where it is about one."""
    seat = farsta.seats.get(organization__slug="stockholmshem")
    person = make_person(seat.organization, user=make_user("prov@example.org"))
    appoint(seat, person, FIRST)
    own = {
        "property": kept.property,
        "holding": kept,
        "address": kept.property.addresses.get(),
        "act": Act.objects.filter(verb="stock").first(),
    }
    found = everywhere(seat, person, make_user("given@example.org"), **own)
    plain = [page for page in found if "?" not in page and not page.startswith("/admin/")]
    searched = [page for page in plain if page.count("/") < 4 or "/bestand/" in page]
    asked = [f"{page}?q={text}" for page in searched for text in BEGINNINGS]
    days = [f"{page}?datum=2024-01-01" for page in plain]
    admin = [page.replace("/change/", "/history/") for page in found if "/change/" in page]
    return [*found, *asked, *days, *admin, "/andringar/?sedan=2000-01-01"]


def of_app(pages: list[str]) -> list[str]:
    return [page for page in pages if not page.startswith("/admin/") and "logga-ut" not in page]


@pytest.mark.parametrize("name", [*PERSONAS, "stranger"])
def test_only_its_own_company_finds_it_anywhere(request, pages, kept, name, caplog):
    reader = window(request.getfixturevalue(name))
    caplog.clear()
    found = showing(reader, pages if name == "diana" else of_app(pages), TRACES)
    if name == "fatima":
        assert f"/fastigheter/{kept.property_id}/" in found
        assert "/organisationer/stockholmshem/bestand/" in found
        assert "/organisationer/stockholmshem/bestand/export/" in found
    else:
        assert found == []
        assert not any(word in caplog.text.casefold() for word in TRACES)


def test_before_it_is_hidden_all_who_belong_find_the_place_and_none_the_number(
    kept, karin, patrik, pages
):
    Property.objects.filter(pk=kept.property_id).update(hidden=False)
    for reader in (karin, patrik):
        page = f"/fastigheter/{kept.property_id}/"
        assert showing(window(reader), [page], ["hemligvingen", "gomslegatan", "gömslegatan"])
        assert showing(window(reader), [page], ["hx-7731"]) == []


def test_nobody_who_is_not_signed_in_finds_it(client, pages):
    assert showing(client, of_app(pages), TRACES) == []


def test_another_company_that_keeps_its_own_stock_learns_nothing_of_it(company, kept, pages):
    other = Organization.objects.get(slug="svenska-bostader")
    keeper = make_user("granne@example.org")
    make_person(other, "Gun", "Grannström", user=keeper)
    grant(keeper, "edit_holdings", other)
    assert showing(window(keeper), of_app(pages), TRACES) == []
    for verb in ("uppgifter", "visas-inte", "avsluta"):
        assert window(keeper).get(f"/bestand/{kept.pk}/{verb}/").status_code == 404


def test_acts_tell_numbers_and_never_which_property(kept):
    for act in Act.objects.filter(verb="stock"):
        assert not any(word in act.summary.casefold() for word in TRACES)


@pytest.mark.parametrize("name", [*PERSONAS, "stranger"])
def test_the_api_finds_it_for_nobody(request, kept, name):
    reader = window(request.getfixturevalue(name))
    asked = {
        "designation": "Hemligvingen 3",
        "own_number": "HX-7731",
        "address": "Gömslegatan 7731",
    }
    rows = [{"id": part, part: text} for part, text in asked.items()]
    sent = reader.post(
        "/api/v1/coverage/bulk", json.dumps({"items": rows}), content_type="application/json"
    )
    alone = [reader.get("/api/v1/coverage", {part: text}).json() for part, text in asked.items()]
    found = [each["certainty"] for each in [*sent.json()["items"], *alone]]
    assert found == ["none"] * 2 * len(asked)
