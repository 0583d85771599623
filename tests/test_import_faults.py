"""Every fault in a list is told at once, with row and column, and nothing is changed."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from governance.models import Mandate, Person, Seat
from governance.queries.roster_sheets import key_of
from governance.services import imports
from tests.days import day
from tests.sheets_in import exported, in_columns, planned, said, states, uploaded
from tests.test_undo import everything
from tests.worlds import appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(rut, farsta):
    """Two holders, one of them protected, an ended seat, and a mandate that is planned."""
    seats = {seat.function.code: seat for seat in farsta.seats.select_related("function")}
    appoint(seats["lpo-chef"], make_person(seats["lpo-chef"].organization, protected=True))
    appoint(seats["distriktschef"], make_person(seats["distriktschef"].organization, "Eva", "Ek"))
    appoint(seats["omradeschef"], make_person(seats["omradeschef"].organization), day("2027-01-01"))
    ended = make_seat(farsta, seats["omradeschef"].organization, "registrator")
    Seat.objects.filter(pk=ended.pk).update(valid_through=day("2026-06-30"))
    return seats


def rows_with_faults(group, seats, other, hidden) -> list[tuple[str, dict[str, object]]]:
    """(what is said, the row) of thirty different faults."""
    chief, stadsdel = seats["distriktschef"], seats["stadsdelsdirektor"]
    base = {"group": group.name, "organization": "Stockholmshem", "number": "", "email": "",
            "function": "fastighetsförvaltare", "given_name": "Anna",
            "family_name": "Provberg"}  # fmt: skip
    at = {"organization": stadsdel.organization.name, "function": stadsdel.function.title}
    of_chief = {"organization": "Stockholmshem", "function": "distriktschef"}
    planned_seat = {"organization": "Svenska Bostäder", "function": "områdeschef"}
    person = key_of(chief.mandates.get().person)
    cases: list[tuple[str, dict[str, object]]] = [
        ("Styrgrupp: Det finns ingen styrgrupp som heter Lokal styrgrupp Frasta. Menade du "
         "Lokal styrgrupp Farsta", {"group": "Lokal styrgrupp Frasta"}),
        ("Styrgrupp: Du har inte rätt att ändra ledamöter i Andra gruppen",
         {"group": other.name, "given_name": "Per"}),
        ("Styrgrupp: Styrgrupp saknas", {"group": ""}),
        ("Organisation: Organisationen Stokholmshem finns inte i appen. Menade du Stockholmshem",
         {"organization": "Stokholmshem"}),
        ("Funktion: Funktionen fastighetsfövaltare finns inte i appen",
         {"function": "fastighetsfövaltare"}),
        ("Funktion: Gruppen har ingen plats för fastighetsförvaltare, Stockholmshem", {}),
        ("Funktion: Funktion och organisation saknas", {"function": "", "organization": ""}),
        ("Organisation: Organisation saknas. Gruppen har ingen plats som passar",
         {"organization": ""}),
        ("Från och med: 2026-02-30 finns inte i almanackan", {**at, "valid_from": "2026-02-30"}),
        ("Från och med: 3/5 2026 kan betyda två olika dagar", {**at, "valid_from": "3/5 2026"}),
        ("Till och med: i vår är inget datum", {**at, "valid_through": "i vår"}),
        ("Till och med: Sista dagen ligger före första dagen",
         {**at, "valid_from": "2026-12-01", "valid_through": "2026-11-30"}),
        ("Beslutat den: Välj en dag mellan år 1900 och 2199", {**at, "decided_on": "1066-10-14"}),
        ("Från och med: Platsen i gruppen börjar den", {**at, "valid_from": "1905-01-01"}),
        ("Från och med: Platsen i gruppen slutade den 30 juni 2026",
         {"organization": "Svenska Bostäder", "function": "registrator"}),
        ("Roll: Okänd roll: hövding. Välj bland ordförande", {**at, "role": "hövding"}),
        ("Slag: Okänt slag: lånad", {**at, "kind": "lånad"}),
        ("Nivå: Okänd nivå: hög", {**at, "level": "hög"}),
        ("Grund: Okänd grund: känsla", {**at, "basis": "känsla"}),
        ("E-post: Det är ingen e-postadress", {**at, "email": "anna(at)example.org"}),
        ("Telefon: Det är inget telefonnummer", {**at, "phone": "växeln"}),
        ("Nummer: Platsens nummer ska vara ett heltal", {**at, "number": "0"}),
        ("Förnamn: Namnet saknas",
         {**at, "given_name": "", "family_name": "", "email": "ny@example.org"}),
        ("Förnamn: Texten är 81 tecken. Det får vara högst 80", {**at, "given_name": "a" * 81}),
        ("Rad (nyckel): Nyckeln U1-ffff stämmer inte", {**at, "row_key": "U1-ffff"}),
        ("Person (nyckel): Ingen person har den nyckeln",
         {**at, "person_key": key_of(Person(pk=999_999))}),
        ("Förnamn: Namnet är ett annat än nyckelns", {**of_chief, "person_key": person}),
        ("Organisation: Organisation är en annan än nyckelns",
         {"row_key": key_of(chief), "organization": "Familjebostäder", "function": ""}),
        ("Titel: Personen har skyddade personuppgifter. Raden går inte att ändra",
         {**hidden, "title": "generaldirektör"}),
        ("Från och med: Platsen har redan en ledamot från och med den 1 januari 2027",
         {**planned_seat, "valid_from": "2026-12-01", "given_name": "Kim"}),
        ("Rad (nyckel): Raden står också på rad 30", dict(hidden)),
        ("Från och med: Dagarna krockar med rad 31",
         {**planned_seat, "valid_from": "2026-12-15", "given_name": "Bo", "number": "1"}),
    ]  # fmt: skip
    return [(text, {**base, **row}) for text, row in cases]


@pytest.fixture
def faulty(rut, farsta, filled, structure):
    other = make_group(structure, "Andra gruppen")
    hidden = next(row for row in exported(rut, farsta) if row["given_name"] == "Namnet visas inte")
    return rows_with_faults(farsta, filled, other, hidden)


def test_thirty_different_faults_give_thirty_lines_and_change_nothing(rut, faulty):
    assert len(faulty) >= 30
    text = in_columns(*(row for _, row in faulty))
    run = uploaded(rut, text)
    before = everything()
    found = said(planned(run))
    missing = [
        f"Rad {number}, {wanted}"
        for number, (wanted, _) in enumerate(faulty, start=2)
        if not any(line.startswith(f"Rad {number}, {wanted}") for line in found)
    ]
    assert missing == [], "\n".join(found)
    assert len(found) == len(faulty), "\n".join(found)
    with pytest.raises(ValidationError) as refusal:
        imports.confirm(user=rut, run=run)
    assert refusal.value.messages[0] == f"{len(faulty)} fel hittades. Inget har ändrats."
    assert refusal.value.messages[1:] == found
    assert everything() == before


def test_a_row_that_is_right_is_not_read_in_beside_one_that_is_wrong(rut, farsta, filled):
    good = {"group": farsta.name, "function": "säkerhetschef", "given_name": "Ny"}
    run = uploaded(rut, in_columns(good, {**good, "function": "trädgårdsmästare"}))
    assert states(planned(run)) == ["created", "fault"]
    with pytest.raises(ValidationError):
        imports.confirm(user=rut, run=run)
    assert not Person.objects.filter(name__given_name="Ny").exists()


def test_the_command_prints_every_fault_and_leaves_nothing(faulty, tmp_path, capsys):
    path = tmp_path / "lista.csv"
    path.write_text(in_columns(*(row for _, row in faulty)))
    before = everything()
    with pytest.raises(CommandError) as refusal:
        call_command("import_mandates", str(path))
    lines = str(refusal.value).splitlines()
    # Whoever runs a command may change every group; that row has no seat there instead.
    assert lines[0] == f"{len(faulty)} fel hittades. Inget har ändrats."
    assert len(lines) == len(faulty) + 1
    assert everything() == before


def test_the_command_reads_in_tells_what_and_can_be_run_again(farsta, filled, tmp_path, capsys):
    path = tmp_path / "lista.csv"
    path.write_text(in_columns(
        {"group": farsta.name, "function": "säkerhetschef", "given_name": "Ny",
         "family_name": "Nygren", "valid_from": "2026-12-01"}
    ))  # fmt: skip
    before = everything()
    call_command("import_mandates", str(path), "--dry-run")
    assert "1 nytt uppdrag, 0 ersätter någon, 0 ändras, 0 lämnas. Inget har ändrats." in (
        capsys.readouterr().out
    )
    assert everything() == before
    call_command("import_mandates", str(path))
    assert "En lista lästes in: 1 nytt uppdrag." in capsys.readouterr().out
    assert Mandate.objects.get(person__name__given_name="Ny").valid_from == day("2026-12-01")
    after = everything()
    call_command("import_mandates", str(path))
    assert "Inga ändringar" in capsys.readouterr().out
    assert everything() == after


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [("finns-inte.csv", None, "går inte att läsa"), ("tom.csv", "", "Filen är tom")],
)
def test_the_command_says_what_is_wrong_with_a_file(db, tmp_path, name, text, sentence):
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_mandates", str(path))


def test_a_list_of_two_municipalities_is_refused(karin, farsta, world):
    """One list is one act, and each municipality reads its own acts only."""
    rows = [
        {"group": farsta.name, "function": "säkerhetschef", "given_name": "Ny"},
        {"group": world.group.name, "function": "provstad-chef", "given_name": "Ny"},
    ]
    [fault] = said(planned(uploaded(None, in_columns(*rows))))
    assert "hör till en annan överenskommelse" in fault


def test_who_stands_only_on_faulty_rows_is_not_counted_as_new(rut, farsta):
    """Two who cannot both sit there: one mandate, and one new person."""
    text = "Namn;Funktion;Bolag;Nummer;Började\nBo Ek;distriktschef;Stockholmshem;1;2026-12-01\n"
    plan = planned(
        uploaded(rut, f"{text}Cia Alm;distriktschef;Stockholmshem;1;2026-12-15\n", farsta)
    )
    [fault] = said(plan)
    assert fault == "Rad 3, Började: Dagarna krockar med rad 2, på samma plats."
    assert (plan.counts()["created"], plan.counts()["people"]) == (1, 1)


def test_a_number_in_words_and_a_function_with_many_neighbours_are_told_what_to_write(rut, farsta):
    text = "Namn;Funktion;Bolag;Nummer\nBo Ek;distriktschef;Stockholmshem;två\n"
    text += "Cia Alm;trygghetssamordnar;Stockholmshem;\nSenast ändrad i mars;;;\n"
    assert said(planned(uploaded(rut, text, farsta))) == [
        "Rad 2, Nummer: Platsens nummer ska vara ett heltal från 1 till 999.",
        "Rad 3, Funktion: Funktionen trygghetssamordnar finns inte i appen. "
        "Menade du trygghetssamordnare, säkerhetssamordnare eller trygghetsansvarig?",
        "Rad 4, Funktion: Funktion och organisation saknas. Skriv minst en av dem, "
        "eller ta bort raden.",
    ]
