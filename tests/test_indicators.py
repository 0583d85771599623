"""What has been measured, as it is read: the real values, gaps, mergers, and goals."""

import pytest

from governance.models import Area, Indicator, IndicatorValue
from governance.queries.indicators import Series, goal_lines, shown, systems
from governance.temporal import day_before
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority, make_value

pytestmark = pytest.mark.django_db
MERGED = day("2023-07-01")  # the first day of Järva


@pytest.fixture
def worry(structure) -> Indicator:
    return Indicator.objects.get(code="TM02")


def series(indicator: Indicator, when: str, kind: str = "stadsdelsomrade") -> Series:
    areas = Area.objects.values_list("pk", flat=True)
    return Series(indicator, areas, day(when), kind)


def texts(found: Series, year: int) -> dict[str, str]:
    return {line.area.name: line.text for line in found.at(year)}


# -- the real values ---------------------------------------------------------------------------


def test_the_real_values_of_the_survey_stand_where_they_were_measured(worry) -> None:
    assert texts(series(worry, "2021-06-01"), 2020) == {
        "Farsta": "12\u00a0%",
        "Rinkeby-Kista": "11\u00a0%",
        "Spånga-Tensta": "13\u00a0%",
    }
    assert texts(series(worry, "2021-06-01"), 2017) == {
        "Farsta": "12\u00a0%",
        "Rinkeby-Kista": "21\u00a0%",
        "Spånga-Tensta": "26\u00a0%",
    }
    city = [texts(series(worry, "2021-06-01", "kommun"), year) for year in (2014, 2017, 2020)]
    assert city == [{"Stockholm": text} for text in ("8\u00a0%", "11\u00a0%", "9\u00a0%")]


def test_no_year_repeats_the_value_of_another(worry) -> None:
    found = series(worry, "2021-06-01")
    assert texts(found, 2021)["Farsta"] == "Ingen mätning 2021. Senaste värde: 12\u00a0% (2020)."
    assert texts(found, 2018)["Farsta"] == "Ingen mätning 2018. Senaste värde: 12\u00a0% (2017)."
    assert texts(found, 2016)["Farsta"] == "Ingen mätning 2016."
    city = series(worry, "2021-06-01", "kommun")
    assert texts(city, 2021) == {"Stockholm": "Ingen mätning 2021. Senaste värde: 9\u00a0% (2020)."}
    assert {row.value.year for row in found.lines()} == {2017, 2020}


def test_what_was_measured_later_is_not_known_on_an_earlier_day(worry) -> None:
    assert {row.value.year for row in series(worry, "2019-12-31").lines()} == {2017}
    assert {row.value.year for row in series(worry, "2020-01-01").lines()} == {2017, 2020}
    assert not series(worry, "2013-12-31", "kommun").any


def test_a_value_stays_with_an_area_that_has_been_merged_and_the_break_is_said(worry) -> None:
    before = series(worry, day_before(MERGED).isoformat())
    assert "Järva" not in texts(before, 2023)
    assert [line.breaks for line in before.at(2023)] == [[], [], []]
    after = {line.area.name: line for line in series(worry, MERGED.isoformat()).at(2023)}
    assert after["Järva"].text == "Ingen mätning 2023."
    assert after["Järva"].breaks == [
        "Området finns sedan den 1 juli 2023, efter Rinkeby-Kista och Spånga-Tensta. "
        "Värden före och efter går inte att jämföra rakt av."
    ]
    assert after["Rinkeby-Kista"].text == "Ingen mätning 2023. Senaste värde: 11\u00a0% (2020)."
    assert after["Rinkeby-Kista"].breaks == [
        "Området slutade den 30 juni 2023. Värdena står kvar här. Senare värden mäts för Järva."
    ]
    assert after["Farsta"].breaks == []


def test_the_break_stands_beside_the_last_value_before_and_the_first_after(worry) -> None:
    area = Area.objects.get(kind="stadsdelsomrade", slug="jarva")
    make_value(worry, area, 2023, 10)
    make_value(worry, area, 2026, 9)
    told = [
        (line.value.area.name, line.value.year)
        for line in series(worry, "2026-11-23").lines()
        if line.breaks
    ]
    assert told == [("Järva", 2023), ("Rinkeby-Kista", 2020), ("Spånga-Tensta", 2020)]


def test_the_list_has_the_latest_value_for_the_city_and_none_where_none_is(structure) -> None:
    stockholm = structure.territory
    found = systems(Indicator.objects.all(), IndicatorValue.objects.all(), [stockholm], 2026)
    latest = {row.indicator.code: row.latest[0][1] for system in found for row in system.rows}
    assert latest["TM02"] == "9\u00a0% (2020)"
    assert latest["AB01"] == "157\u00a0281 (2004)"
    assert latest["AB01R"] == "20\u00a0596\u00a0per 100 000 invånare (2004)"
    assert latest["NTU03"] is None
    assert len(latest) == Indicator.objects.count()
    names = [system.name for system in found]
    assert names[-1] == "Årsredovisning (ILS)"
    assert names.index("egen uppföljning") < names.index("IA")
    early = systems(Indicator.objects.all(), IndicatorValue.objects.all(), [stockholm], 2019)
    assert {row.indicator.code: row.latest[0][1] for system in early for row in system.rows}[
        "TM02"
    ] == "11\u00a0% (2017)"


# -- small counts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "text"),
    [("0", "färre än 5"), ("4", "färre än 5"), ("5", "5"), ("1200", "1\u00a0200")],
)
def test_counts_under_five_are_hidden_where_the_indicator_says_so(db, number, text) -> None:
    hiding = make_indicator("ANTAL1", unit="antal", hide_small=True)
    open_one = make_indicator("ANTAL2", unit="antal")
    area = Area.objects.create(kind="plats", name="Torget", slug="torget", valid_from=MERGED)
    assert shown(hiding, make_value(hiding, area, 2025, number).value) == text
    assert "färre" not in shown(open_one, make_value(open_one, area, 2025, number).value)


# -- goals --------------------------------------------------------------------------------------


def test_how_a_goal_stands_is_said_in_words_and_only_what_came_after_counts(world) -> None:
    worry = make_indicator("ORO")
    priority = make_priority(world.group, own_title="Torg")
    goal = make_goal(priority, worry, world.north, 200, 150)
    make_value(worry, world.north, 2020, 200)

    def line(when: str):
        return goal_lines([goal], Series(worry, [world.north.pk], day(when)), day(when).year)[0]

    assert line("2020-12-31").said == "Kan inte räknas: ett nytt värde saknas."
    assert line("2020-12-31").now == "Ingen mätning efter 2020."
    make_value(worry, world.north, 2022, 180)
    assert line("2021-12-31").said == "Kan inte räknas: ett nytt värde saknas."
    assert line("2022-01-01").said == "Gick åt rätt håll: 40\u00a0% av vägen till målet."
    assert line("2026-01-01").now == "180\u00a0% (2022)"
    assert line("2026-01-01").baseline == "200\u00a0% (2020)"
    bare = make_goal(priority, worry, world.south, None, 150)
    found = goal_lines([bare], Series(worry, [world.south.pk], day("2022-01-01")), 2022)[0]
    assert found.said == "Kan inte räknas: utgångsläget saknas."
    assert (found.baseline, found.now) == ("Saknas", "Ingen mätning.")
