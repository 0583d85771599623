"""A list of values on its way in: columns, dry run with every fault, all or nothing, undo."""

from decimal import Decimal

import pytest

from governance.models import Act, ImportRun, IndicatorValue
from governance.services.undo import undo
from tests.access import window
from tests.days import day
from tests.following import make_indicator, make_value
from tests.letters import text
from tests.value_lists import choose, faults, plan, save, upload
from tests.verb_pages import url
from tests.worlds import grant

pytestmark = pytest.mark.django_db
OWN = """Mätningen i Provstad
Brottstyp;Typ;Område;Årtal;Andel %;Mätdatum;Källa;Handläggare;Personnummer
PROV;stadsdel;Norra Provstad;2023;12,5;2023-10-15;Rapporten;Kim;x
prov;stadsdel;Södra Provstad;2023;9.0;15 oktober 2023;Rapporten;Kim;x
Prov;kommun;Provstad;2023;;;;;
"""


@pytest.fixture
def prov(world):
    return make_indicator("PROV")


@pytest.fixture
def keeper(anna):
    return window(anna)


def table(indicator) -> list[tuple]:
    rows = indicator.outcomes.order_by("area__name", "year")
    return [(row.area.name, row.year, str(row.value), row.source) for row in rows]


# -- the steps --------------------------------------------------------------------------------


def test_an_own_list_goes_in_by_columns_dry_run_and_confirmation(keeper, prov) -> None:
    page = upload(keeper, OWN)
    run = ImportRun.objects.get()
    assert run.columns["keys"] == [
        "indicator", "kind", "area", "year", "value", "measured_on", "source", "", "",
    ]  # fmt: skip
    assert run.choices["personal"] == [8]
    columns = text(keeper.get(page))
    assert 'Kolumnen "Personnummer" ser ut att innehålla personuppgifter.' in columns
    choose(keeper, page)
    shown = keeper.get(page)
    assert shown.context["counts"] == {"created": 2, "changed": 0, "left": 1}
    assert "Kolumnen &quot;Handläggare&quot; används inte. Vi tar inte med den." in text(shown)
    assert "Nytt värde: 12,5 %." in text(shown)
    assert "Raden har inget värde. Inget läggs in." in text(shown)
    assert not prov.outcomes.exists()
    answer = save(keeper, page, shown)
    assert "En lista med utfall lästes in: 2 nya värden för PROV." in text(answer)
    assert table(prov) == [
        ("Norra Provstad", 2023, "12.50", "Rapporten"),
        ("Södra Provstad", 2023, "9.00", "Rapporten"),
    ]
    assert prov.outcomes.get(area__name="Södra Provstad").measured_on == day("2023-10-15")
    done = Act.objects.latest("pk")
    assert IndicatorValue.history.filter(caused_by=done).count() == 2
    run.refresh_from_db()
    assert (run.sheet, run.choices, run.act) == (None, {}, done)
    assert keeper.post(page, {"steg": "spara", "seen": "x"}).status_code == 409
    assert prov.outcomes.count() == 2


def test_the_same_headings_are_known_the_next_time(keeper, prov) -> None:
    content = "Mått;Plats;Vilket år;Siffra\nPROV;Norra Provstad;2023;12\n"
    page = upload(keeper, content)
    assert ImportRun.objects.get().columns["keys"] == ["indicator", "", "", ""]
    answer = choose(keeper, page, expected=200)
    assert "Välj vilken kolumn som är område." in text(answer)
    chosen = {"kolumn-1": "area", "kolumn-2": "year", "kolumn-3": "value"}
    answer = choose(keeper, page, **{**chosen, "kolumn-2": "area"}, expected=200)
    assert "Område är valt för flera kolumner." in text(answer)
    choose(keeper, page, **chosen)
    save(keeper, page, keeper.get(page))
    assert prov.outcomes.count() == 1
    upload(keeper, content.replace("2023", "2024"))
    assert ImportRun.objects.latest("pk").columns["keys"] == ["indicator", "area", "year", "value"]


def test_every_fault_is_told_with_row_and_column_and_nothing_is_written(keeper, prov) -> None:
    make_indicator("ANTAL", unit="antal")
    content = """Indikator;Slag;Område;År;Värde;Uppmätt den;Källa
PROV;stadsdel;Norra Provstad;2023;12;;
PROVV;stadsdel;Norra Provstad;2023;12;;
PROV;by;Norra Provstad;2023;12;;
PROV;stadsdel;Norra Provstd;2023;12;;
PROV;kommun;Norra Provstad;2023;12;;
PROV;stadsdel;Norra Provstad;23;12;;
PROV;stadsdel;Norra Provstad;;tolv;;
PROV;stadsdel;Södra Provstad;2022;112;;
ANTAL;stadsdel;Södra Provstad;2022;1,5;;
PROV;stadsdel;Norra Provstad;2021;1;3/5 2021;
PROV;stadsdel;Norra Provstad;2023;13;;
PROV;;;2020;1;;
;stadsdel;Norra Provstad;2020;1;;
PROV;stadsdel;Norra Provstad;2019;färre än 5;;
"""
    page, shown = plan(keeper, content)
    assert faults(shown) == [
        "Rad 3, Indikator: Det finns ingen indikator som heter PROVV. "
        "Menade du Provindikator PROV?",
        "Rad 4, Slag: Okänt slag av område: by. Välj bland stadsdel, stadsdelsområde, "
        "lokalpolisområde, polisområde, kommun, polisregion, bolagsområde och avgränsad plats.",
        "Rad 5, Område: Det finns inget område som heter Norra Provstd där du lägger in värden. "
        "Menade du Norra Provstad?",
        "Rad 6, Slag: Norra Provstad finns, men som stadsdel. Rätta slaget.",
        "Rad 7, År: 23 är inget år. Skriv fyra siffror, till exempel 2023.",
        "Rad 8, År: År saknas. Skriv det, eller välj ett för hela listan.",
        "Rad 8, Värde: tolv är inget tal. Skriv till exempel 2 eller 2,5.",
        "Rad 9, Värde: En andel i procent är från 0 till 100.",
        "Rad 10, Värde: Ett antal är ett heltal som inte är under noll.",
        "Rad 11, Uppmätt den: 3/5 2021 kan betyda två olika dagar. Skriv datumet som 2025-03-01.",
        "Rad 12, Område: Rad 2 gäller samma indikator, område och år. Ta bort en av dem.",
        "Rad 13, Område: Område saknas. Skriv det som mätningen gjordes för.",
        "Rad 14, Indikator: Indikator saknas. Skriv den, eller välj en för hela listan.",
        "Rad 15, Värde: Skriv antalet. Det går inte att läsa ur orden.",
    ]
    assert "14 fel hittades. Inget har ändrats." in text(shown)
    assert "Läs in värdena" not in text(shown)
    answer = save(keeper, page, shown)
    assert "Det gick inte" in text(answer)
    assert not prov.outcomes.exists()


def test_areas_with_the_same_name_need_their_kind_and_it_can_be_chosen_for_all(
    client, karin
) -> None:
    keeper = window(karin)
    content = "Område;År;Värde\nFarsta;2023;11\nSkarpnäck;2023;14\n"
    page, shown = plan(keeper, content)
    assert faults(shown)[0] == (
        "Rad 2: Indikator saknas. Skriv den, eller välj en för hela listan."
    )
    assert "Flera områden heter så: Farsta (" in faults(shown)[1]
    worry = IndicatorValue.objects.filter(indicator__code="TM02").first().indicator
    typed = {"steg": "val", "indicator": worry.pk, "kind": "stadsdelsomrade", "year": "i år"}
    answer = keeper.post(page, typed)
    assert "Skriv ett år med fyra siffror" in text(answer)
    assert keeper.post(page, {**typed, "year": ""}).status_code == 302
    shown = keeper.get(page)
    assert faults(shown) == []
    assert [line.what for line in shown.context["lines"]] == [
        "TM02, Farsta (stadsdelsområde), 2023", "TM02, Skarpnäck (stadsdelsområde), 2023",
    ]  # fmt: skip
    answer = save(keeper, page, shown)
    assert "2 nya värden för TM02" in text(answer)


def test_a_year_can_be_chosen_for_rows_without_one(keeper, prov) -> None:
    page, shown = plan(keeper, "Område;Värde\nNorra Provstad;9\n", indicator=str(prov.pk))
    assert len(faults(shown)) == 1
    typed = {"steg": "val", "indicator": prov.pk, "kind": "", "year": "2022"}
    assert keeper.post(page, typed).status_code == 302
    save(keeper, page, keeper.get(page))
    assert prov.outcomes.get().year == 2022


def test_what_is_otherwise_is_changed_what_is_the_same_is_left_and_empty_cells_say_nothing(
    keeper, prov, world
) -> None:
    mark = {"source_mark": "confirmed", "source": "Rapporten"}
    make_value(prov, world.north, 2023, "12.5", measured_on=day("2023-10-15"), **mark)
    make_value(prov, world.south, 2023, "9", **mark)
    make_value(prov, world.district, 2023, "7", **mark)
    content = """Indikator;Område;År;Värde;Uppmätt den;Källa
PROV;Norra Provstad;2023;12,50;;
PROV;Södra Provstad;2023;8;;
PROV;Provstads district;2023;;2023-10-16;
"""
    page, shown = plan(keeper, content)
    assert shown.context["counts"] == {"created": 0, "changed": 1, "left": 2}
    assert "Ändras: 8 % i stället för 9 %." in text(shown)
    save(keeper, page, shown)
    there = {row.area.name: row for row in prov.outcomes.all()}
    assert there["Norra Provstad"].measured_on == day("2023-10-15")
    assert there["Norra Provstad"].source_mark == "confirmed"
    assert (there["Södra Provstad"].value, there["Södra Provstad"].source_mark) == (8, "")
    assert there["Provstads district"].value == 7


def test_a_plan_that_is_no_longer_true_changes_nothing(keeper, prov, world) -> None:
    page, shown = plan(keeper, "Indikator;Område;År;Värde\nPROV;Norra Provstad;2023;12\n")
    make_value(prov, world.north, 2023, 3)
    answer = save(keeper, page, shown)
    assert answer.status_code == 409
    assert "12 % i stället för 3 %" in text(answer)
    assert prov.outcomes.get().value == 3
    save(keeper, page, answer)
    assert prov.outcomes.get().value == 12


def test_a_whole_list_is_undone_as_one_act(keeper, prov, world, anna) -> None:
    make_value(prov, world.north, 2023, 3, source="Då")
    before = table(prov)
    content = "Indikator;Område;År;Värde\nPROV;Norra Provstad;2023;12\nPROV;Södra Provstad;2023;1\n"
    page, shown = plan(keeper, content)
    save(keeper, page, shown)
    assert len(table(prov)) == 2
    done = Act.objects.latest("pk")
    assert "1 nytt värde och 1 ändrat värde för PROV" in done.summary
    with_history = IndicatorValue.history.count()
    undo(user=anna, act=done, now=done.at)
    assert table(prov) == before
    assert IndicatorValue.history.count() == with_history + 2
    assert "Ångrad" in text(keeper.get(page))


def test_a_list_is_thrown_away_and_is_nobody_elses(keeper, prov, world, stina) -> None:
    page = upload(keeper, OWN)
    other = window(stina)
    assert other.get(page).status_code == 403
    grant(stina, "edit_structure", world.agreement)
    assert window(stina).get(page).status_code == 404
    assert keeper.get(url("import_run", ImportRun.objects.get().pk)).status_code == 404
    assert "varden.csv" not in text(keeper.get(url("imports")))
    keeper.post(page, {"steg": "slang"})
    assert ImportRun.objects.get().sheet is None
    assert "Bortkastad" in text(keeper.get(page))
    assert "Bortkastad" in text(keeper.get(url("value_lists")))


def test_an_area_of_another_municipality_cannot_be_named(keeper, prov, elsewhere) -> None:
    content = "Indikator;Område;År;Värde\nPROV;Norra Annanstad;2023;12\n"
    _, shown = plan(keeper, content)
    assert faults(shown) == [
        "Rad 2, Område: Det finns inget område som heter Norra Annanstad där du lägger in värden."
    ]


def test_with_several_agreements_one_is_chosen(anna, prov, elsewhere) -> None:
    grant(anna, "edit_structure", elsewhere.agreement)
    keeper = window(anna)
    content = "Indikator;Område;År;Värde\nPROV;Norra Annanstad;2023;12\n"
    page = upload(keeper, content, agreement=elsewhere.agreement.pk)
    choose(keeper, page)
    save(keeper, page, keeper.get(page))
    assert prov.outcomes.get().area == elsewhere.north
    assert Act.objects.latest("pk").agreement == elsewhere.agreement


def test_what_was_typed_stays_when_the_upload_is_refused(keeper) -> None:
    answer = keeper.post(url("value_lists"), {"pasted": "utan rubriker"})
    assert answer.status_code == 200
    assert "utan rubriker" in answer.content.decode()


def test_large_figures_and_long_lists_are_read_in_the_same_number_of_queries(
    keeper, prov, django_assert_max_num_queries
) -> None:
    make_indicator("KR", unit="kr")
    rows = "".join(
        f"KR;stadsdel;Norra Provstad;{year};1 234 567,25\n" for year in range(1900, 2201)
    )
    page, shown = plan(keeper, f"Indikator;Slag;Område;År;Värde\n{rows}")
    with django_assert_max_num_queries(40):
        save(keeper, page, shown)
    assert IndicatorValue.objects.filter(value=Decimal("1234567.25")).count() == 301
