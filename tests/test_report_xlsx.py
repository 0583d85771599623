"""The year's data as a workbook: true numbers and days, of what was frozen, without names."""

import copy
import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from governance.documents.report_xlsx import xlsx
from governance.models import FollowUp, Goal, IndicatorValue, Measure
from governance.queries.followup_figures import GoalLine
from governance.queries.report_sheets import Told
from governance.sheets import Tab, write_book, write_xlsx
from tests.days import day
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.test_followup_states import adopted, ready
from tests.worlds import appoint, make_person

pytestmark = pytest.mark.django_db


def opened(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet by heading."""
    found = {}
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        headings, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(headings, row, strict=True)) for row in rows]
    return found


def told(followup: FollowUp) -> Told:
    assert followup.snapshot is not None
    return (followup.group.name, followup.year, followup, followup.snapshot)


def read(*followups: FollowUp) -> dict[str, list[dict[str, Any]]]:
    return opened(xlsx(map(told, followups), title="Uppföljning 2021"))


@pytest.fixture
def goal(world) -> Goal:
    priority = make_priority(world.group, world.challenge)
    return make_goal(priority, make_indicator(), world.district, aim="=Färre otrygga")


@pytest.fixture
def measures(goal, world) -> list[Measure]:
    given: dict[str, Any] = {"start": day("2021-03-01"), "due": day("2021-11-30")}
    counted = {"target": Decimal("8"), "unit": "vandringar", "progress": Decimal("2.5")}
    paid = {"cost": Decimal("12500.50"), "hours": Decimal(40)}
    return [
        make_measure(goal.priority, world.city, **given, **counted, **paid),
        make_measure(
            goal.priority, world.police, title="Ljus", status="not_done", why="-pengar saknades"
        ),
    ]


def done(world) -> FollowUp:
    """As it stands when the rows made so far are frozen."""
    return adopted(ready(make_followup(world.group)))


# -- what stands in it --------------------------------------------------------------------


def test_a_follow_up_is_a_row_with_numbers_and_days(world):
    appoint(world.chair, make_person(world.city, "Cecilia", "Provson"))
    [row] = read(done(world))["Uppföljningar"]
    assert row == {
        "Styrgrupp": "Lokala gruppen i Provstad",
        "År": 2021,
        "Överenskommelse": "Överenskommelse i Provstad",
        "Version": 1,
        "Läge": "Fastställd",
        "Fastställd den": datetime.datetime(2022, 2, 9),
        "Paragraf": "§ 4",
        "Diarienummer": "FAR 2022/17",
        "Avstämningsdatum": datetime.datetime(2021, 12, 31),
        "Platser": 3,
        "Bemannade": 1,
        "Vakanta": 2,
        "Hållna möten": 0,
        "Inställda möten": 0,
        "Närvaro i procent": None,
    }


def test_every_challenge_has_its_judgement(world):
    [row] = read(done(world))["Bedömningar"]
    about = row.pop("Utmaning eller prioritering")
    assert about == "Trygga torg"
    assert row == {"Styrgrupp": world.group.name, "År": 2021, "Bedömning": "delvis"}


def test_each_measured_year_of_a_goal_is_a_row_with_how_far_it_had_come_by_then(world, goal):
    for year, value in [(2017, "14"), (2020, "12"), (2021, "11.5"), (2022, "3")]:
        make_value(goal.indicator, goal.area, year, value, source="Mätningen")
    rows = read(done(world))["Mål"]
    columns = ["Mätår", "Värde", "Andel av vägen (1 är hela)", "Hur långt"]
    assert [[row[each] for each in columns] for row in rows] == [
        [2017, 14, None, "Mätt före utgångsläget."],
        [2020, 12, None, "Utgångsläget."],
        [2021, 11.5, 0.25, "Gick åt rätt håll: 25 % av vägen till målet."],
    ]
    for row in rows:
        assert (row["Utgångsläge"], row["Utgångslägets år"], row["Målvärde"]) == (12, 2020, 10)
        assert (row["Senast"], row["Källa"]) == (datetime.datetime(2022, 12, 31), "Mätningen")
        assert row["Område"] == goal.area.name


def test_the_last_row_of_a_goal_says_what_the_page_says(world, goal):
    make_value(goal.indicator, goal.area, 2021, "12.4")
    followup = done(world)
    [frozen] = followup.snapshot["facts"]["priorities"][0]["goals"]
    last = read(followup)["Mål"][-1]
    assert last["Hur långt"] == GoalLine(frozen, 2021).how_far.replace("\u00a0", " ")
    assert last["Andel av vägen (1 är hela)"] == -0.2


def test_a_goal_that_was_never_measured_is_a_row_with_empty_cells_and_no_zero(world, goal):
    [row] = read(done(world))["Mål"]
    assert [row[each] for each in ("Mätår", "Värde", "Uppmätt den")] == [None, None, None]
    assert row["Andel av vägen (1 är hela)"] is None
    assert row["Hur långt"] == "Kan inte räknas: ett nytt värde saknas."


def test_counts_that_are_too_small_are_words_and_tell_no_share(world, goal):
    hiding = make_indicator("ANTAL1", unit="antal", hide_small=True)
    Goal.objects.filter(pk=goal.pk).update(indicator=hiding, baseline=4, baseline_year=2019)
    for year, value in [(2019, 4), (2020, 7), (2021, 3)]:
        make_value(hiding, goal.area, year, value)
    rows = read(done(world))["Mål"]
    assert [row["Värde"] for row in rows] == ["färre än 5", 7, "färre än 5"]
    assert {row["Utgångsläge"] for row in rows} == {"färre än 5"}
    assert {row["Andel av vägen (1 är hela)"] for row in rows} == {None}
    assert rows[-1]["Hur långt"] == "Visas inte: antalet är under 5."


def test_a_measure_has_all_that_was_frozen_of_it(world, measures):
    first, second = read(done(world))["Åtgärder"]
    assert first == {
        "Styrgrupp": world.group.name,
        "År": 2021,
        "Utmaning eller prioritering": "Trygga torg",
        "Åtgärd": "Trygghetsvandringar",
        "Ansvarig organisation": world.city.name,
        "Börjar": datetime.datetime(2021, 3, 1),
        "Klar senast": datetime.datetime(2021, 11, 30),
        "Hur många": 8,
        "Av vad": "vandringar",
        "Räknat": "totalt",
        "Läge": "planerad",
        "Försenad": "ja",
        "Gjort hittills": 2.5,
        "Varför": None,
        "Kostnad i kronor": 12500.5,
        "Arbetstimmar": 40,
    }
    assert (second["Läge"], second["Försenad"]) == ("ej genomförd", "nej")
    empty = ["Börjar", "Hur många", "Räknat", "Gjort hittills", "Kostnad i kronor", "Arbetstimmar"]
    assert [second[each] for each in empty] == [None] * 6


# -- what it is ---------------------------------------------------------------------------


def test_it_shows_what_was_frozen_whatever_is_changed_afterwards(world, goal, measures):
    make_value(goal.indicator, goal.area, 2021, 11)
    followup = done(world)
    before = read(followup)
    IndicatorValue.objects.update(value=99)
    Goal.objects.update(target=1)
    Measure.objects.update(title="En annan", cost=1)
    world.challenge.title = "något annat"
    world.challenge.save()
    assert read(FollowUp.objects.select_related("group").get(pk=followup.pk)) == before


def test_no_name_of_a_person_is_in_it_even_where_one_was_put_in(world, measures):
    appoint(world.chair, make_person(world.city, "Cecilia", "Provson"))
    followup = done(world)
    frozen = copy.deepcopy(followup.snapshot)
    frozen["roster"][0]["holder"]["name"] = "Cecilia Provson"
    content = xlsx([(world.group.name, 2021, followup, frozen)], title="Uppföljning 2021")
    assert "Provson" not in str(opened(content))
    assert "Cecilia" not in str(opened(content))


def test_it_asks_the_database_nothing(world, measures, django_assert_num_queries):
    rows = [told(done(world))] * 3
    with django_assert_num_queries(0):
        content = xlsx(rows, title="Uppföljning 2021")
    assert len(opened(content)["Åtgärder"]) == 6


def test_numbers_are_numbers_days_are_days_and_no_text_can_run(world, goal, measures):
    make_value(goal.indicator, goal.area, 2021, "11.5", measured_on=day("2021-05-03"))
    book = load_workbook(io.BytesIO(xlsx([told(done(world))], title="Uppföljning 2021")))
    assert book.properties.title == "Uppföljning 2021"
    kinds = {}
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.column_dimensions["A"].width >= len(world.group.name)
        for column in sheet.iter_cols():
            kinds[sheet.title, column[0].value] = column[1]
    for place in [("Mål", "Värde"), ("Mål", "Mätår"), ("Åtgärder", "Kostnad i kronor")]:
        assert (kinds[place].data_type, kinds[place].number_format) == ("n", "General")
    for place in [("Mål", "Uppmätt den"), ("Uppföljningar", "Fastställd den")]:
        assert (kinds[place].is_date, kinds[place].number_format) == (True, "yyyy-mm-dd")
    aim, why = kinds["Mål", "Effektmål"], book["Åtgärder"]
    assert (aim.value, aim.data_type) == ("'=Färre otrygga", "s")
    assert "'-pengar saknades" in [cell.value for row in why.iter_rows() for cell in row]


def test_a_year_without_follow_ups_has_its_sheets_and_headings():
    book = load_workbook(io.BytesIO(xlsx([], title="Uppföljning 2030")))
    assert book.sheetnames == ["Uppföljningar", "Bedömningar", "Mål", "Åtgärder"]
    assert [(sheet.max_row, sheet["A1"].value) for sheet in book.worksheets] == [
        (1, "Styrgrupp")
    ] * 4


def test_a_text_that_no_cell_holds_says_where_the_whole_is():
    tab = Tab("Blad", ["Text"], [["x" * 40_000]])
    [row] = opened(write_book("Bok", [tab], whole="Hela texten finns i uppföljningen"))["Blad"]
    assert len(row["Text"]) == 32_767
    assert row["Text"].endswith("tecken. Hela texten finns i uppföljningen.)")
    [row] = opened(write_xlsx(["Text"], [["x" * 40_000]], "Blad"))["Blad"]
    assert row["Text"].endswith("tecken. Hela texten finns i CSV-filen.)")


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_no_workbook_holds_are_left_out(bad):
    assert opened(write_xlsx(["Text"], [[f"a{bad}b"]], "Blad")) == {"Blad": [{"Text": "ab"}]}
