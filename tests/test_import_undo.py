"""The undo of a whole list: every table as it was, or a list of what was changed since."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Act, Confirmation, ContactDetail, Leave, Mandate, Person, Seat
from governance.services import mandates
from governance.services.import_undo import undo_import
from tests.days import day
from tests.sheets_in import OWN_LIST, exported, in_columns, planned, read_in, uploaded
from tests.test_undo import everything
from tests.worlds import appoint, make_person, make_seat

pytestmark = pytest.mark.django_db


def tables() -> dict:
    """Every table but history, acts and the runs themselves."""
    found = everything()
    found.pop("governance_importrun")
    return found


@pytest.fixture
def filled(rut, farsta):
    """Holders with addresses, leaves that reach on, and two equal seats."""
    seats = {seat.function.code: seat for seat in farsta.seats.select_related("function")}
    make_seat(farsta, seats["distriktschef"].organization, "distriktschef", number=2)
    for number, code in enumerate(["distriktschef", "stadsdelsdirektor", "omradeschef"]):
        person = make_person(seats[code].organization, "Eva", f"Ek{'abc'[number]}")
        held = appoint(seats[code], person, day("2025-01-01"))
        Leave.objects.create(mandate=held, valid_from=day("2026-10-01"))
        Leave.objects.create(
            mandate=held, valid_from=day("2026-03-01"), valid_through=day("2026-03-31")
        )
        person.contact_details.create(kind="email", value=f"e{number}@example.org", main=True)
        person.contact_details.create(kind="mobile", value=f"070-000 00 0{number}")
    return seats


@pytest.fixture
def run(rut, farsta, filled):
    """A list that appoints, replaces, changes, adds seats and persons, and writes addresses."""
    rows = exported(rut, farsta)
    changed = next(row for row in rows if row["family_name"] == "Eka")
    changed |= {
        "title": "vd", "email": "ny@example.org", "phone": "+46 8 111 22 33",
        "valid_through": "2026-12-31", "level": "operativ",
    }  # fmt: skip
    replaced = next(row for row in rows if row["family_name"] == "Ekb")
    replaced |= {"row_key": "", "person_key": "", "given_name": "Ny", "family_name": "Nygren",
                 "email": "n@example.org", "valid_from": "2026-12-01"}  # fmt: skip
    new = {"group": farsta.name, "organization": "Stockholmshem", "function": "bovärd",
           "given_name": "Bo", "family_name": "Ek", "phone": "08-508 00 000"}  # fmt: skip
    vacant = next(row for row in rows if row["number"] == "2")
    vacant |= {"given_name": "Cia", "family_name": "Ek"}
    found = uploaded(rut, in_columns(*rows, new), add_seats=True)
    assert sorted({line.state for line in planned(found).lines}) == [
        "changed", "created", "left", "replaced", "vacant",
    ]  # fmt: skip
    return found


def test_import_and_undo_give_every_table_back_row_by_row(rut, run):
    before = tables()
    act = read_in(run)
    run.refresh_from_db()
    assert Leave.objects.filter(valid_through=day("2026-11-30")).exists()
    assert ContactDetail.objects.filter(value="ny@example.org", main=True).exists()
    changed = tables()
    touched = {name for name, rows in changed.items() if rows != before[name]}
    assert touched == {
        "governance_contactdetail", "governance_leave", "governance_mandate",
        "governance_person", "governance_personname", "governance_seat",
    }  # fmt: skip
    undone = undo_import(user=rut, run=run)
    assert tables() == before
    assert (undone.verb, undone.undoes) == (Act.Verb.UNDO, act)
    assert undone.summary.startswith("Ångrat: En lista lästes in:")
    assert list(undone.groups.all()) == list(act.groups.all())
    run.refresh_from_db()
    assert run.act.undone_by == undone  # the trace that it leaves
    assert Mandate.history.filter(caused_by=undone).exists()


def test_the_list_can_be_read_in_and_undone_again(rut, run, farsta):
    before = tables()
    rows = [run.sheet, run.columns, run.choices]
    read_in(run)
    run.refresh_from_db()
    undo_import(user=rut, run=run)
    again = uploaded(rut, "Namn;Titel\nNy Ny;säkerhetschef\n", farsta, add_seats=True)
    again.sheet, again.columns, again.choices = rows
    again.save()
    read_in(again)
    again.refresh_from_db()
    undo_import(user=rut, run=again)
    assert tables() == before


def test_two_lists_are_undone_one_after_the_other(rut, farsta, filled):
    """A number that both changed: the later is undone first, then the earlier."""
    before = tables()
    runs = []
    for number in ("08-111 11 11", "08-222 22 22"):
        rows = exported(rut, farsta)
        next(row for row in rows if row["family_name"] == "Eka")["phone"] = number
        runs.append(uploaded(rut, in_columns(*rows)))
        read_in(runs[-1])
        runs[-1].refresh_from_db()
    with pytest.raises(ValidationError, match="1 rad har ändrats") as refusal:
        undo_import(user=rut, run=runs[0])
    assert (
        "Distriktschef, Stockholmshem i Lokal styrgrupp Farsta: kontaktuppgifterna"
        in (refusal.value.messages[1])
    )
    undo_import(user=rut, run=runs[1])
    undo_import(user=rut, run=runs[0])
    assert tables() == before


def test_it_refuses_and_lists_what_was_changed_since_without_names(rut, run, farsta):
    read_in(run)
    run.refresh_from_db()
    mandate = Mandate.objects.get(person__name__given_name="Ny")
    bo = Person.objects.get(name__given_name="Bo", name__family_name="Ek")
    mandates.end(user=rut, mandate=mandate, last_day=day("2027-01-31"), end_reason="left")
    Confirmation.objects.create(mandate=bo.mandates.get(), day=day("2026-12-01"), channel="mail")
    seat = Seat.objects.get(function__code="bovard")
    appoint(seat, make_person(seat.organization), day("2026-12-02"), kind="deputy")
    before = tables()
    with pytest.raises(ValidationError) as refusal:
        undo_import(user=rut, run=run)
    assert tables() == before
    first, *lines, then = refusal.value.messages
    assert then == "Ångra de ändringarna först, eller rätta raderna en och en."
    assert first == "3 rader har ändrats efter det att listan lästes in. Inget har ändrats nu."
    assert [line.split(":")[0] for line in sorted(lines)] == [
        f"Plats i gruppen {seat.pk} (bovärd, Stockholmshem i Lokal styrgrupp Farsta)",
        "Stadsdelsdirektör, Farsta SDF i Lokal styrgrupp Farsta",
        f"Uppdrag {bo.mandates.get().pk} (bovärd, Stockholmshem i Lokal styrgrupp Farsta)",
    ]
    assert "avslutade uppdrag" in " ".join(lines)
    assert not {"Ny", "Nygren", "Bo", "Ek"} & set(" ".join(lines).replace(":", " ").split())


def test_it_is_undone_once(rut, run):
    read_in(run)
    run.refresh_from_db()
    undo_import(user=rut, run=run)
    with pytest.raises(ValidationError, match="redan ångrad"):
        undo_import(user=rut, run=run)


def test_every_row_that_undo_writes_bears_its_act(rut, farsta):
    run = uploaded(rut, OWN_LIST.replace("samordnar;", "samordnare;"), farsta, add_seats=True)
    read_in(run)
    run.refresh_from_db()
    undone = undo_import(user=rut, run=run)
    rows = Mandate.history.filter(caused_by=undone)
    assert set(rows.values_list("history_type", "history_user")) == {("-", rut.pk)}
    assert rows.count() == 14
