"""A roster taken away as a sheet: what the reader may see on the day, in the import's columns."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import ContactDetail, Leave, Level, Mandate, Person, Seat
from governance.permissions import visible_groups
from governance.queries.roster_sheets import COLUMNS, MASKED, key_of, read_key, roster_rows
from governance.sheets import SheetError, read_sheet
from tests.days import day
from tests.test_page_budget import fill
from tests.worlds import appoint, grant, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = day("2025-03-01")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("governance.views.reading.today", lambda: TODAY)


def export(client, group, **asked: str):
    return client.get(reverse("governance:export_roster", args=[group.slug]), asked)


def lines(response) -> list[dict[str, str]]:
    """The rows of the file, by the column's key."""
    sheet = read_sheet(response.content, "x")
    assert sheet.headings == [column.heading for column in COLUMNS]
    keys = [column.key for column in COLUMNS]
    return [dict(zip(keys, row.cells, strict=True)) for row in sheet.rows]


@pytest.fixture
def seated(world) -> Mandate:
    """Åsa Öberg, chair with an address, a number and a decision."""
    person = make_person(world.city, "Åsa", "Öberg", title="direktör")
    details = [("mobile", "+46 8 508 00 000", True), ("email", "asa@example.org", False)]
    for kind, value, main in [*details, ("phone", "08-1", False)]:
        ContactDetail.objects.create(person=person, kind=kind, value=value, main=main)
    mandate = appoint(world.chair, person, day("2024-01-01"), day("2025-12-31"))
    mandate.level, mandate.decided_on = Level.DECIDING, day("2023-12-01")
    mandate.basis_reference = "=dnr 1"
    mandate.save()
    return mandate


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_sheet_has_a_row_for_each_mandate_and_for_each_vacant_seat(
    as_anna, world, seated, kind
):
    chair, member, secretary = lines(export(as_anna, world.group, format=kind))
    assert chair == {
        "row_key": key_of(seated),
        "person_key": key_of(seated.person),
        "group": "Lokala gruppen i Provstad",
        "organization": "Provstads stad",
        "function": "provstad-direktor",
        "number": "1",
        "role": "ordförande",
        "given_name": "Åsa",
        "family_name": "Öberg",
        "title": "direktör",
        "email": "asa@example.org",
        "phone": "+46 8 508 00 000",
        "kind": "ordinarie",
        "level": "beslutande chef",
        "valid_from": "2024-01-01",
        "valid_through": "2025-12-31",
        "basis": "följer av befattningen",
        "basis_reference": "=dnr 1",
        "decided_on": "2023-12-01",
        "status": "Bemannad",
    }
    assert (secretary["row_key"], secretary["role"]) == (key_of(world.secretary), "sekreterare")
    assert {key: text for key, text in member.items() if text} == {
        "row_key": key_of(world.member),
        "group": "Lokala gruppen i Provstad",
        "organization": "Provstads bostäder",
        "function": "provstad-chef",
        "number": "1",
        "role": "ledamot",
        "status": "Vakant",
    }


def test_the_file_is_called_by_group_and_day_and_is_kept_nowhere(as_anna, world):
    for kind, content_type in [("xlsx", "spreadsheetml.sheet"), ("csv", "text/csv; charset=utf-8")]:
        response = export(as_anna, world.group, format=kind)
        name = f"ledamoter-lokala-gruppen-i-provstad-2025-03-01.{kind}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Content-Type"].endswith(content_type)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
    assert export(as_anna, world.group, format="pdf")["Content-Type"].endswith(
        "spreadsheetml.sheet"
    )


def test_days_are_days_and_numbers_are_text_in_the_workbook(as_anna, world, seated):
    book = load_workbook(io.BytesIO(export(as_anna, world.group).content))
    headings, chair = list(book["Ledamöter"].iter_rows(max_row=2))
    cells = {heading.value: cell for heading, cell in zip(headings, chair, strict=True)}
    assert cells["Från och med"].is_date
    assert cells["Telefon"].value == "+46 8 508 00 000"
    assert cells["Hänvisning"].value == "'=dnr 1"
    offered = [each.formula1 for each in book["Ledamöter"].data_validations.dataValidation]
    assert '"ordinarie,tillförordnad,personlig ersättare"' in offered
    assert len(offered) == 4


@pytest.mark.parametrize(
    ("on", "holder"),
    [("2023-12-31", ""), ("2024-01-01", "Åsa"), ("2025-12-31", "Åsa"), ("2026-01-01", "")],
)
def test_the_sheet_follows_the_day_of_the_page(as_anna, world, seated, on, holder):
    response = export(as_anna, world.group, datum=on, format="csv")
    assert lines(response)[0]["given_name"] == holder
    assert f"-{on}.csv" in response["Content-Disposition"]
    page = as_anna.get(reverse("governance:group", args=[world.group.slug]), {"datum": on})
    address = reverse("governance:export_roster", args=[world.group.slug])
    assert f'href="{address}?datum={on}&amp;format=csv"' in page.content.decode()


def test_stand_ins_and_whoever_is_on_leave_have_rows_of_their_own(as_anna, world, seated):
    Leave.objects.create(mandate=seated, valid_from=day("2025-01-01"))
    acting = appoint(world.chair, make_person(world.city), day("2025-01-01"), kind="acting")
    deputy = appoint(world.member, make_person(world.company), day("2025-01-01"), kind="deputy")
    found = lines(export(as_anna, world.group, format="csv"))
    assert [(row["row_key"], row["kind"]) for row in found] == [
        (key_of(seated), "ordinarie"),
        (key_of(acting), "tillförordnad"),
        (key_of(world.member), ""),
        (key_of(deputy), "personlig ersättare"),
        (key_of(world.secretary), ""),
    ]


def test_equal_seats_are_told_apart_by_number_and_key(as_anna, world):
    code = world.member.function.code
    second = make_seat(world.group, world.company, code, number=2)
    appoint(world.member, make_person(world.company, "Eva"))
    appoint(second, make_person(world.company, "Eva"))
    rows = lines(export(as_anna, world.group, format="csv"))[1:3]
    assert [row["number"] for row in rows] == ["1", "2"]
    assert len({row["row_key"] for row in rows}) == 2
    assert len({row["person_key"] for row in rows}) == 2


def test_the_title_is_the_one_of_then_where_it_is_known(as_anna, world, seated):
    Mandate.objects.filter(pk=seated.pk).update(title_then="tf direktör")
    assert lines(export(as_anna, world.group))[0]["title"] == "tf direktör"


# -- who may see what ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_protected_person_is_a_key_without_name_address_or_number(as_anna, world, seated, kind):
    Person.objects.filter(pk=seated.person_id).update(protected=True)
    row = lines(export(as_anna, world.group, format=kind))[0]
    shown = [row[key] for key in ("given_name", "family_name", "email", "phone", "person_key")]
    assert shown == [MASKED, "", "", "", key_of(seated.person)]


def test_whoever_may_see_protected_names_takes_them_away_and_it_is_logged(
    client, world, seated, bo, caplog
):
    Person.objects.filter(pk=seated.person_id).update(protected=True)
    grant(bo, "view_protected", world.agreement)
    client.force_login(bo)
    with caplog.at_level("INFO", logger="governance.permissions"):
        row = lines(export(client, world.group, format="csv"))[0]
    assert (row["given_name"], row["email"]) == ("Åsa", "")
    assert f"konto {bo.pk} såg det skyddade namnet på person {seated.person_id}" in caplog.text
    assert "Öberg" not in caplog.text


def test_one_who_sees_protected_names_in_one_agreement_sees_none_of_another(
    world, elsewhere, seated, bo
):
    theirs = appoint(elsewhere.chair, make_person(elsewhere.city, "Frida", protected=True))
    Person.objects.filter(pk=seated.person_id).update(protected=True)
    grant(bo, "view_protected", world.agreement)
    grant(bo, "view_agreement", elsewhere.agreement)
    rows = roster_rows(bo, visible_groups(bo), TODAY)
    names = {row[0]: row[7] for row in rows if row[1]}
    assert names == {key_of(seated): "Åsa", key_of(theirs): MASKED}


# -- many groups, many rows ---------------------------------------------------------------


def test_a_filtered_list_is_narrowed_to_its_seats(world, anna, seated):
    secretaries = Seat.objects.filter(role="secretary")
    rows = roster_rows(anna, visible_groups(anna), TODAY, secretaries)
    assert [row[0] for row in rows] == [key_of(world.secretary)]


def test_a_sheet_costs_the_same_with_ten_and_with_five_hundred_seats(as_anna, world, seated):
    asked = []
    for first, last in [(101, 110), (111, 600)]:
        fill(world.group, world.member, first, last)
        with CaptureQueriesContext(connection) as queries:
            found = lines(export(as_anna, world.group, format="csv"))
        assert len(found) == last - 100 + 3
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


# -- keys ---------------------------------------------------------------------------------


def test_a_key_leads_to_its_row(world, seated):
    assert read_key(f" {key_of(seated).upper()} ") == (Mandate, seated.pk)
    assert read_key(key_of(world.chair)) == (Seat, world.chair.pk)
    assert read_key(key_of(seated.person)) == (Person, seated.person_id)


def test_a_mistyped_key_is_found_out(seated, settings):
    key = key_of(seated)
    letter, rest = key[0], key[1:]
    wrong = [f"P{rest}", f"{letter}1{rest}", key[:-1], f"{key}0", "U-", "U", "", "12", "U²-0000"]
    for text in wrong:
        with pytest.raises(SheetError, match="stämmer inte"):
            read_key(text)
    settings.SECRET_KEY = "another-installation"
    with pytest.raises(SheetError, match="Hämta filen på nytt"):
        read_key(key)
