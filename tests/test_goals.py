"""Goals of priorities: set, changed and taken away, and how they are read."""

from decimal import Decimal

import pytest

from governance.models import Goal
from governance.queries.faults import CHECKS
from governance.queries.goals import (
    goal_areas,
    goals_by_priority,
    known_values,
    suggested_baseline,
)
from governance.services import endings, goals
from governance.services.acts import last_seen
from governance.services.goals import Terms
from governance.services.undo import undo
from governance.swedish import figure
from governance.temporal import day_before
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority, make_value
from tests.verbs import caused, refused
from tests.worlds import make_group

pytestmark = pytest.mark.django_db
NOW = day("2026-11-23")
DUE = day("2026-12-31")


def terms(**more) -> Terms:
    given = {"baseline": Decimal(12), "baseline_year": 2020, "target": Decimal("9.5"), "due": DUE}
    return Terms(**{**given, **more})


@pytest.fixture
def priority(world):
    return make_priority(world.group, world.challenge, valid_from=day("2021-01-01"))


def add(priority, world, indicator=None, **more):
    return goals.add_goal(
        user=None,
        priority=priority,
        indicator=indicator or make_indicator(name="Oro för brott"),
        area=world.district,
        terms=terms(**more),
        day=NOW,
    )


def test_a_goal_is_set_and_said_without_what_is_typed_freely(world, priority):
    act = add(priority, world, aim="Hemlige Harald ska lugnas")
    goal = Goal.objects.get(priority=priority)
    assert (goal.target, goal.baseline_year, goal.due) == (Decimal("9.5"), 2020, DUE)
    assert act.summary == (
        "Nytt mål för Oro för brott i Provstads district (Trygga torg, Lokala gruppen i "
        "Provstad): från 12\u00a0% (2020) till 9,5\u00a0% senast den 31 december 2026."
    )
    assert (act.verb, caused(act)) == ("aim", [("goal", "+")])


@pytest.mark.parametrize(
    ("direction", "target", "is_taken"),
    [
        ("lower_better", "12", True),
        ("lower_better", "12.01", False),
        ("higher_better", "12", True),
        ("higher_better", "11.99", False),
        ("neutral", "40", True),
    ],
)
def test_a_target_against_the_direction_is_refused(world, priority, direction, target, is_taken):
    indicator = make_indicator(direction=direction)
    asked = {"user": None, "priority": priority, "indicator": indicator, "area": world.district}
    asked |= {"terms": terms(target=Decimal(target)), "day": NOW}
    if is_taken:
        goals.add_goal(**asked)
        assert Goal.objects.filter(priority=priority).count() == 1
    else:
        assert "är bättre för Provindikator PROV1" in refused(goals.add_goal, **asked)["target"][0]


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"baseline_year": None}, "__all__", "Skriv både utgångsläget och dess år"),
        ({"due": day("2020-12-31")}, "due", "Prioriteringen börjar den 1 januari 2021."),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(world, priority, more, field, said):
    asked = {"user": None, "priority": priority, "indicator": make_indicator(), "day": NOW}
    found = refused(goals.add_goal, **asked, area=world.district, terms=terms(**more))
    assert said in found[field][0]


def test_the_last_day_may_be_the_first_of_the_priority(world, priority):
    add(priority, world, due=priority.valid_from)
    assert Goal.objects.get(priority=priority).due == day("2021-01-01")


def test_an_indicator_has_one_goal_in_each_area(world, priority):
    indicator = make_indicator()
    add(priority, world, indicator)
    asked = {"user": None, "priority": priority, "indicator": indicator, "day": NOW}
    said = refused(goals.add_goal, **asked, area=world.district, terms=terms())
    assert "har redan ett mål för indikatorn i det området" in said["__all__"][0]
    goals.add_goal(**asked, area=world.north, terms=terms())
    assert Goal.objects.filter(priority=priority).count() == 2


def test_a_group_that_has_ended_gets_no_new_goal(world, priority):
    endings.dissolve(user=None, group=world.group, last_day=day_before(NOW))
    priority.refresh_from_db()
    priority.group.refresh_from_db()
    asked = {"user": None, "priority": priority, "indicator": make_indicator(), "day": NOW}
    said = refused(goals.add_goal, **asked, area=world.district, terms=terms())
    assert "kan inte få något nytt" in said[""][0]


def test_a_goal_is_changed_from_what_it_is_now(world, priority):
    add(priority, world)
    goal = Goal.objects.get(priority=priority)
    seen = last_seen([world.group])
    act = goals.change_goal(user=None, goal=goal, terms=terms(target=Decimal(8)), seen=seen)
    assert "är ändrat: från 12\u00a0% (2020) till 8\u00a0% senast" in act.summary
    again = {"user": None, "goal": goal, "terms": terms(target=Decimal(8))}
    assert refused(goals.change_goal, **again)[""] == ["Målet är redan sådant. Inget har ändrats."]
    late = refused(goals.change_goal, **again, seen=seen)
    assert "har ändrats sedan du öppnade sidan" in late[""][0]
    worse = {"user": None, "goal": goal, "terms": terms(target=Decimal(13))}
    assert "Lägre är bättre" in refused(goals.change_goal, **worse)["target"][0]
    words = goals.change_goal(user=None, goal=goal, terms=terms(target=Decimal(8), aim="Harald"))
    assert words.summary.endswith("effektmålet är ändrat.")


def test_a_goal_entered_wrongly_is_taken_away_and_stays_in_the_history(world, priority):
    add(priority, world)
    goal = Goal.objects.get(priority=priority)
    act = goals.remove_goal(user=None, goal=goal)
    assert not Goal.objects.filter(priority=priority).exists()
    assert caused(act) == [("goal", "-")]
    gone = Goal(pk=act.pk + 10**6, priority=priority)
    assert "Målet har ändrats" in refused(goals.remove_goal, user=None, goal=gone)[""][0]


@pytest.mark.parametrize("verb", ["add", "change", "remove"])
def test_undo_gives_back_exactly_what_was(world, priority, verb):
    goal = make_goal(priority, make_indicator("A"), world.district, due=DUE)
    before = list(Goal.objects.order_by("pk").values())
    act = {
        "add": lambda: add(priority, world),
        "change": lambda: goals.change_goal(user=None, goal=goal, terms=terms()),
        "remove": lambda: goals.remove_goal(user=None, goal=goal),
    }[verb]()
    assert list(Goal.objects.order_by("pk").values()) != before
    undo(user=None, act=act, now=act.at)
    assert list(Goal.objects.order_by("pk").values()) == before


# -- read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("12.00", "12"),
        ("12.50", "12,5"),
        ("0.05", "0,05"),
        ("-3", "−3"),
        ("-0.5", "−0,5"),
        ("1200000", "1\u00a0200\u00a0000"),
        ("1E+3", "1\u00a0000"),
    ],
)
def test_figures_are_swedish(value, said):
    assert figure(Decimal(value)) == said


def now(priority, on=NOW) -> str:
    [row] = goals_by_priority([priority], on)[priority.pk]
    return row.now


def test_a_year_without_a_measurement_does_not_repeat_anothers(world, priority):
    indicator = make_indicator()
    make_goal(priority, indicator, world.district)
    assert now(priority) == "Ingen mätning finns för området."
    make_value(indicator, world.district, 2017, 21)
    make_value(indicator, world.district, 2020, 9)
    make_value(indicator, world.north, 2026, 1)
    assert now(priority) == "Ingen mätning 2026. Senaste värde: 9\u00a0% (2020)."
    assert now(priority, day("2020-06-01")) == "9\u00a0% (2020)"
    assert (
        now(priority, day("2019-12-31")) == "Ingen mätning 2019. Senaste värde: 21\u00a0% (2017)."
    )


@pytest.mark.parametrize(("count", "said"), [(4, "färre än 5"), (5, "5"), (0, "färre än 5")])
def test_few_are_not_shown_where_they_could_tell_of_somebody(world, priority, count, said):
    indicator = make_indicator(unit="antal", hide_small=True)
    make_goal(priority, indicator, world.district)
    make_value(indicator, world.district, 2026, count)
    assert now(priority) == f"{said} (2026)"
    values = known_values(indicator, world.district)
    assert (suggested_baseline(values, priority) is None) == (said != "5")


def test_the_baseline_that_is_suggested_is_the_latest_known_when_the_priority_began(
    world, priority
):
    indicator = make_indicator()

    def suggested():
        found = suggested_baseline(known_values(indicator, world.district), priority)
        return found and found.year

    assert suggested() is None
    for year, said in [(2023, 2023), (2017, 2017), (2021, 2021), (2022, 2021)]:
        make_value(indicator, world.district, year, 10)
        assert suggested() == said


def test_a_goal_may_be_about_where_the_group_works_and_around(world, priority, elsewhere):
    around = {world.district, world.north, world.south, world.municipality}
    assert set(goal_areas(priority)) == around
    bare = make_priority(make_group(world.agreement, "Utan täckning"), own_title="Trafik")
    assert set(goal_areas(bare)) == around


# -- what no constraint can refuse -----------------------------------------------------------------


def faults() -> list[str]:
    return [fault for check in CHECKS for fault in check()]


def test_a_priority_outside_its_group_is_found(world, priority):
    assert faults() == []
    type(priority).objects.filter(pk=priority.pk).update(valid_from=day("2019-12-31"))
    found = faults()
    assert any(f"Lokal prioritering {priority.pk} gäller 2019-12-31–tills" in x for x in found)
    assert any("utmaningen hör inte till den version som gällde" in each for each in found)


def test_what_is_prioritized_twice_is_found(world, priority):
    twin = make_priority(world.group, own_title="Trafik", valid_through=day("2021-12-31"))
    make_priority(world.group, own_title="TRAFIK", valid_from=day("2022-01-01"))
    assert faults() == []
    type(twin).objects.filter(pk=twin.pk).update(valid_through=day("2022-01-01"))
    [fault] = faults()
    assert "gäller samma dagar som" in fault


def test_a_goal_against_its_direction_is_found(world, priority):
    goal = make_goal(priority, make_indicator(), world.district)
    assert faults() == []
    Goal.objects.filter(pk=goal.pk).update(target=Decimal(13))
    assert faults() == [f"Mål {goal.pk}: målvärdet 13.00 är sämre än utgångsläget 12.00."]
