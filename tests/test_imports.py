"""Lists read in: a coordinator's own sheet, the export sent back, and who is who."""

import datetime

import pytest
from django.utils import timezone

from governance.models import Act, ContactDetail, ImportRun, Mandate, Person, PersonName, Seat
from governance.permissions import names
from governance.services import imports
from governance.sheets import read_sheet
from tests.days import day
from tests.sheets_in import (
    NOW,
    OWN_LIST,
    exported,
    in_columns,
    planned,
    read_in,
    said,
    states,
    uploaded,
)
from tests.test_undo import everything
from tests.worlds import appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
NOW_AT = timezone.make_aware(datetime.datetime(2026, 11, 23, 12))


def sitting(group) -> dict[str, str]:
    """Who sits where today, by organisation and function, names as the tests may see them."""
    rows = Mandate.objects.as_of(NOW).filter(seat__group=group, kind="ordinary")
    found = {}
    for row in rows.select_related("seat__organization", "seat__function", "person__name"):
        found[f"{row.seat.function}, {row.seat.organization}"] = row.person.name.full
    return found


# -- a coordinator's own sheet -----------------------------------------------------------------


def test_a_coordinators_own_sheet_becomes_a_right_roster_in_one_import(rut, farsta):
    run = uploaded(rut, OWN_LIST, farsta, add_seats=True)
    assert run.columns["keys"] == ["name", "title", "organization", "email", "phone", "", ""]
    plan = planned(run)
    [fault] = said(plan)
    assert fault.startswith("Rad 12, Titel: Funktionen trygghetssamordnar finns inte i appen.")
    assert "Menade du trygghetssamordnare" in fault
    [unknown] = plan.unknown
    right = next(value for value, label in unknown.options if label == "trygghetssamordnare")
    run = uploaded(
        rut, OWN_LIST, farsta, add_seats=True, show_police=True, answers={unknown.name: right}
    )
    act = read_in(run)
    assert sitting(farsta) == {
        "stadsdelsdirektör, Farsta SDF": "Anna Provberg",
        "trygghetssamordnare, Farsta SDF": "Bo Exempelgren",
        "distriktschef, Stockholmshem": "Cia Exempel",
        "områdeschef, Svenska Bostäder": "Dan von Prov",
        "säkerhetschef, Familjebostäder": "Eva Låtsas",
        "lokalpolisområdeschef, LPO Farsta": "Folke Fantasi",
        "biträdande lokalpolisområdeschef, LPO Farsta": "Gun Modell",
        "kommunpolis, LPO Farsta": "Hans Skenberg",
        "nämndsekreterare, Farsta SDF": "Bo Exempelgren",
        "trygghetssamordnare, Stockholmshem": "Ida Påhitt",
        "fastighetsförvaltare, Stockholmshem": "Jan Provlund",
        "fastighetsförvaltare, Svenska Bostäder": "Kim Exempelson",
        "fastighetsförvaltare, Familjebostäder": "Lo Testgren",
        "fältassistent, Farsta SDF": "Mia Provman",
    }
    [bo] = PersonName.objects.filter(given_name="Bo", family_name="Exempelgren")
    assert bo.person.mandates.count() == 2
    details = bo.person.contact_details.values_list("kind", "value", "main")
    assert set(details) == {
        ("email", "bo@example.org", True),
        ("mobile", "+46 70 000 00 02", False),
    }
    dan = PersonName.objects.get(given_name="Dan")
    assert (dan.family_name, dan.search_key) == ("von Prov", "dan | von prov")
    assert act.verb == Act.Verb.IMPORT
    assert list(act.groups.all()) == [farsta]
    assert act.summary.startswith("En lista lästes in: 14 nya uppdrag och 8 nya platser")


def test_everything_that_was_read_in_bears_the_one_act(rut, farsta):
    act = read_in(uploaded(rut, OWN_LIST.replace("samordnar;", "samordnare;"), farsta,
                           add_seats=True))  # fmt: skip
    for noun, number in ((Person, 13), (PersonName, 13), (Seat, 8), (Mandate, 14)):
        rows = noun.history.filter(caused_by=act)
        assert rows.count() == number
        assert set(rows.values_list("history_type", "history_user")) == {("+", rut.pk)}
        keys = rows.values_list(noun._meta.pk.attname, flat=True)
        assert noun._default_manager.filter(pk__in=keys).count() == number
    assert ContactDetail.history.filter(caused_by=act).exists()


def test_new_police_persons_are_entered_as_function_only_unless_asked_otherwise(rut, farsta):
    text = "Namn;Titel;E-post\nFolke Fantasi;lokalpolisområdeschef;folke@example.org\n"
    read_in(uploaded(rut, text, farsta))
    folke = Person.objects.get(name__given_name="Folke")
    assert folke.protected
    assert names(rut, [folke], farsta.agreement) == {folke.pk: None}
    assert not folke.contact_details.exists()
    again = planned(uploaded(rut, text, farsta))  # the row is left, and nobody is entered twice
    assert (states(again), again.people) == (["left"], [])
    assert "skyddade personuppgifter" in again.lines[0].said[0]


def test_columns_about_individuals_are_named_left_out_and_not_even_kept(rut, farsta):
    text = "Namn;Titel;Hyresgäst;Lägenhetsnr;Personnummer\nBo Ek;distriktschef;Kim;1101;19900101\n"
    run = uploaded(rut, text, farsta)
    assert not {"Kim", "1101"} & {cell for row in run.sheet["rows"] for cell in row}
    assert planned(run).not_used[0] == (
        'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter. Vi tar inte med den.'
    )
    imports.choose_columns(run=run, keys=["name", "title", "phone", "phone", "phone"])
    run.refresh_from_db()
    assert run.columns["keys"] == ["name", "title", "", "", ""]


def test_the_columns_are_remembered_for_the_same_headings(rut, karin, farsta):
    text = "Vem;Vad\nBo Ek;distriktschef\n"
    run = uploaded(rut, text, farsta)
    assert run.columns["keys"] == ["", ""]
    imports.choose_columns(run=run, keys=["name", "function"])
    run.refresh_from_db()
    read_in(run)
    assert uploaded(rut, text, farsta).columns["keys"] == ["name", "function"]
    assert uploaded(karin, text, farsta).columns["keys"] == ["", ""]


def test_a_swedish_excel_file_is_read_in(rut, farsta):
    text = (
        "Förnamn;Efternamn;Titel;Förvaltning/bolag;Fr.o.m.;T.o.m.\r\n"
        "Åke;Öberg;distriktschef;Stockholmshem;2026-12-01;2027-12-31\r\n"
        "Örjan;Ängprov;stadsdelsdirektör;Farsta stadsdelsförvaltning;46357;\r\n"
    )
    sheet = read_sheet(text.encode("cp1252"), "ledamöter.csv")
    run = imports.upload(user=rut, sheet=sheet, day=NOW, now=NOW_AT, group=farsta)
    imports.confirm(user=rut, run=run)
    rows = Mandate.objects.filter(seat__group=farsta).order_by("pk")
    assert [(row.person.name.full, row.valid_from, row.valid_through) for row in rows] == [
        ("Åke Öberg", day("2026-12-01"), day("2027-12-31")),
        ("Örjan Ängprov", day("2026-12-01"), None),
    ]


@pytest.mark.parametrize("add", [False, True])
def test_a_seat_that_has_ended_is_told_of_or_followed_by_a_new_one(rut, farsta, add):
    seat = farsta.seats.get(function__code="distriktschef")
    Seat.objects.filter(pk=seat.pk).update(valid_through=day("2026-06-30"))
    text = "Namn;Titel;Bolag\nBo Ek;distriktschef;Stockholmshem\n"
    run = uploaded(rut, text, farsta, add_seats=add)
    if add:
        read_in(run)
        assert Mandate.objects.get(seat__group=farsta).seat != seat
    else:
        [fault] = said(planned(run))
        assert "Platsen i gruppen slutade den 30 juni 2026." in fault


# -- the export sent back --------------------------------------------------------------------


@pytest.fixture
def filled(rut, farsta):
    """The group in Farsta with all that an export can hold."""
    by_function = {seat.function.code: seat for seat in farsta.seats.select_related("function")}
    first, protected = by_function["distriktschef"], by_function["lpo-chef"]
    second = make_seat(farsta, first.organization, "distriktschef", number=2)
    company = first.organization
    one = appoint(first, make_person(company, "Åsa", "Ek"), day("2026-01-01"), day("2027-06-30"))
    two = appoint(second, make_person(company, "Åsa", "Ek"), day("2026-02-01"))
    hidden = make_person(protected.organization, "Hemlig", "Hemligsson", protected=True)
    appoint(protected, hidden, day("2026-01-01"))
    appoint(first, make_person(company, "Per", "Sonlig"), day("2026-03-01"), kind="deputy")
    for number, row in enumerate((one, two)):
        row.person.contact_details.create(kind="mobile", value=f"+46 70 000 00 0{number}")
        row.person.contact_details.create(kind="email", value=f"a{number}@example.org", main=True)
    Mandate.objects.filter(pk=one.pk).update(level="deciding", basis_reference="=Dnr +1")
    return farsta


@pytest.mark.parametrize("who", ["rut", "karin"])
def test_the_export_sent_back_changes_nothing(request, filled, who):
    """Protected persons, numbers with + and two equal seats with holders of the same name."""
    user = request.getfixturevalue(who)
    before = everything()
    plan = planned(uploaded(user, in_columns(*exported(user, filled))))
    assert (said(plan), plan.questions) == ([], [])
    assert set(states(plan)) == {"left", "vacant"}
    assert not plan.does_something
    run = ImportRun.objects.get()
    with pytest.raises(imports.Nothing):
        imports.confirm(user=user, run=run)
    imports.discard(run=run)
    after = everything()
    for tables in (before, after):
        tables.pop("governance_importrun")
    assert after == before


def test_what_is_changed_in_the_export_is_changed_in_the_roster(rut, filled):
    rows = exported(rut, filled)
    [row] = [row for row in rows if row["number"] == "2"]
    row |= {"valid_through": day("2027-01-31"), "level": "operativ", "title": "tf chef",
            "email": "ny@example.org", "phone": "+46 70 999 99 99"}  # fmt: skip
    plan = planned(run := uploaded(rut, in_columns(*rows)))
    assert states(plan).count("changed") == 1
    assert states(plan).count("left") + states(plan).count("vacant") == len(rows) - 1
    read_in(run)
    mandate = Mandate.objects.get(seat__group=filled, seat__number=2)
    assert (mandate.valid_through, mandate.level) == (day("2027-01-31"), "operative")
    assert (mandate.title_then, mandate.person.title) == ("tf chef", "tf chef")
    values = mandate.person.contact_details.order_by("kind").values_list("value", "main")
    assert list(values) == [("ny@example.org", True), ("+46 70 999 99 99", False)]
    again = planned(uploaded(rut, in_columns(*exported(rut, filled))))
    assert set(states(again)) == {"left", "vacant"}


def test_a_vacant_row_that_is_filled_in_appoints(rut, filled):
    rows = exported(rut, filled)
    row = next(row for row in rows if str(row["row_key"]).startswith("S"))
    row |= {"given_name": "Ny", "family_name": "Nygren", "valid_from": day("2026-12-01")}
    act = read_in(uploaded(rut, in_columns(*rows)))
    assert "1 nytt uppdrag" in act.summary
    made = Mandate.objects.get(person__name__given_name="Ny")
    assert (made.valid_from, made.kind) == (day("2026-12-01"), "ordinary")


def test_somebody_else_on_the_seat_is_replaced_the_day_before(rut, filled):
    text = "Namn;Funktion;Organisation;Nummer;Från\nNy Nygren;distriktschef;Stockholmshem;1;"
    plan = planned(run := uploaded(rut, f"{text}2026-12-01\n", filled))
    assert states(plan) == ["replaced"]
    read_in(run)
    seat = filled.seats.get(function__code="distriktschef", number=1)
    old, new = seat.mandates.filter(kind="ordinary").order_by("valid_from")
    assert (old.valid_through, old.end_reason) == (day("2026-11-30"), "replaced")
    assert (new.valid_from, new.valid_through) == (day("2026-12-01"), None)
