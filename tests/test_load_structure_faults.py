"""Faults in the files of the structure: each is told with its place, and nothing is loaded."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from governance.services.structure import load_structure
from tests.structure_files import rewrite, rows_in
from tests.verbs import counts

pytestmark = pytest.mark.django_db


def put(file: str, line: int, column: str, value: str):
    return file, line, column, value


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            put("areas.csv", 9, "valid_from", "2007-13-01"),
            "areas.csv, rad 9, kolumn valid_from: ”2007-13-01” går inte att läsa.",
        ),
        (
            put("areas.csv", 9, "responsible", "finns-inte"),
            "areas.csv, rad 9, kolumn responsible: ”finns-inte” finns inte i organizations.csv.",
        ),
        (
            put("areas.csv", 9, "kind", "stad"),
            "areas.csv, rad 9, kolumn kind: Värdet 'stad' är inget giltigt alternativ.",
        ),
        (
            put("groups.csv", 3, "name", ""),
            "groups.csv, rad 3, kolumn name: Detta fält får inte vara tomt.",
        ),
        (
            put("groups.csv", 3, "agreement", ""),
            "groups.csv, rad 3, kolumn agreement: cellen får inte vara tom.",
        ),
        (
            put("groups.csv", 3, "valid_through", "2019-11-03"),
            "groups.csv, rad 3, kolumn valid_through: "
            "Sista dagen får inte ligga före första dagen.",
        ),
        (
            put("groups.csv", 4, "slug", "bromma"),
            "groups.csv, rad 4, kolumn slug: samma som på rad 3: bromma.",
        ),
        (
            put("groups.csv", 3, "successors", "farsta;borta"),
            "groups.csv, rad 3, kolumn successors: ”borta” finns inte i groups.csv.",
        ),
        (
            put("organizations.csv", 2, "parent", "kommunstyrelsen"),
            "organizations.csv, rad 2, kolumn parent: raden hör till sig själv.",
        ),
        (
            put("coverage.csv", 2, "valid_from", "2019-11-03"),
            "coverage.csv, rad 2, kolumn valid_through: "
            "dagarna ligger utanför dem på rad 3 i groups.csv.",
        ),
        (
            put("seats.csv", 2, "number", "två"),
            "seats.csv, rad 2, kolumn number: ”två” går inte att läsa.",
        ),
        (
            put("indicator_values.csv", 2, "value", "8,0 %"),
            "indicator_values.csv, rad 2, kolumn value: ”8,0 %” går inte att läsa.",
        ),
        (
            put("indicators.csv", 2, "hide_small", "kanske"),
            "indicators.csv, rad 2, kolumn hide_small: ”kanske” går inte att läsa.",
        ),
    ],
)
def test_a_fault_is_told_with_file_row_and_column(fault, sentence, folder, empty_database):
    file, line, column, value = fault
    rewrite(folder / file, lambda rows: rows[line - 2].update({column: value}))
    with pytest.raises(ValidationError) as refused:
        load_structure(folder=folder)
    assert sentence in refused.value.messages
    assert set(counts().values()) == {0}


def test_all_faults_are_told_at_once_and_nothing_is_loaded(folder, empty_database):
    rewrite(folder / "areas.csv", lambda rows: rows[20].update({"name": ""}))
    rewrite(folder / "seats.csv", lambda rows: rows[7].update({"role": "kung"}))
    (folder / "functions.csv").write_bytes("code;title\nå;ä\n".encode("cp1252"))
    (folder / "challenges.csv").unlink()
    with pytest.raises(CommandError) as refused:
        call_command("load_structure", folder=folder)
    text = str(refused.value)
    assert "areas.csv, rad 22, kolumn name: " in text
    assert "seats.csv, rad 9, kolumn role: " in text
    assert "functions.csv: filen är inte sparad som UTF-8." in text
    assert "challenges.csv: filen finns inte" in text
    assert text.endswith("\n4 fel hittades. Inget har ändrats.")  # no fault follows from another
    assert set(counts().values()) == {0}


def test_missing_and_unknown_columns_and_short_rows_are_told(folder, empty_database):
    groups = folder / "groups.csv"
    groups.write_text(groups.read_text(encoding="utf-8").replace("mailbox", "brevlåda", 1))
    with (folder / "decisions.csv").open("a") as file:
        file.write("bromma,rest\n")
    with pytest.raises(ValidationError) as refused:
        load_structure(folder=folder)
    assert "groups.csv: kolumn saknas: mailbox." in refused.value.messages
    assert "groups.csv: okänd kolumn: brevlåda." in refused.value.messages
    short = "decisions.csv, rad 26: antalet värden är inte som i rubriken."
    assert short in refused.value.messages
    assert set(counts().values()) == {0}


def test_what_only_the_database_refuses_is_told_with_its_row(folder, empty_database):
    again = rows_in(folder / "coverage.csv")[0] | {"valid_from": "2022-01-01"}
    rewrite(folder / "coverage.csv", lambda rows: rows.append(again))
    with pytest.raises(ValidationError) as refused:
        load_structure(folder=folder)
    assert refused.value.messages == [
        "coverage.csv, rad 19: Gruppen täcker redan området under de dagarna. Välj andra dagar."
    ]
    assert set(counts().values()) == {0}
