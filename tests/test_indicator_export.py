"""Values of indicators as a file: true numbers, and the same columns as the import."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from governance.sheets import read_sheet
from tests.access import window
from tests.days import day
from tests.following import make_indicator, make_value
from tests.letters import text
from tests.value_lists import choose, faults
from tests.verb_pages import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def prov(world):
    return make_indicator("PROV")


@pytest.fixture
def keeper(anna):
    return window(anna)


def test_the_export_goes_back_in_unchanged_with_numbers_that_are_numbers(
    keeper, prov, world
) -> None:
    hiding = make_indicator("SMATT", unit="antal", hide_small=True)
    make_value(hiding, world.north, 2023, 3)
    make_value(prov, world.north, 2023, "12.5", measured_on=day("2023-10-15"), source="=1+1")
    make_value(prov, world.municipality, 2023, 9)
    file = keeper.get(url("export_indicators")).content
    sheet = load_workbook(io.BytesIO(file)).active
    assert [cell.value for cell in sheet[1]] == [
        "Indikator", "Områdets slag", "Område", "År", "Värde", "Uppmätt den", "Källa",
    ]  # fmt: skip
    cells = {(row[0].value, row[2].value): row for row in sheet.iter_rows(min_row=2)}
    value = cells["PROV", "Norra Provstad"][4]
    assert (value.data_type, value.value) == ("n", 12.5)
    assert cells["PROV", "Provstad"][3].value == 2023
    assert cells["SMATT", "Norra Provstad"][4].value == "färre än 5"
    for name, content in [
        ("export.xlsx", file),
        ("export.csv", keeper.get(url("export_indicators"), {"format": "csv"}).content),
    ]:
        answer = keeper.post(url("value_lists"), {"file": SimpleUploadedFile(name, content)})
        choose(keeper, answer["Location"])
        shown = keeper.get(answer["Location"])
        assert faults(shown) == []
        assert shown.context["counts"] == {"created": 0, "changed": 0, "left": 3}
        assert "Inga ändringar. Allt i listan finns redan." in text(shown)


def test_the_csv_has_decimal_commas_and_no_formula(keeper, prov, world) -> None:
    make_value(prov, world.north, 2023, "1012.50", source="=1+1")
    content = keeper.get(url("export_indicator", "prov"), {"format": "csv"}).content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["PROV", "stadsdel", "Norra Provstad", "2023", "1012,5", "", "'=1+1"]
    assert read_sheet(content, "x.csv").rows[0].cells[4:] == ["1012,5", "", "=1+1"]


def test_an_indicator_without_values_gives_the_headings_to_fill_in(keeper, prov) -> None:
    sheet = load_workbook(io.BytesIO(keeper.get(url("export_indicator", "prov")).content)).active
    assert sheet.max_row == 1
    assert sheet.cell(1, 5).value == "Värde"
