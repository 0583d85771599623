"""Priorities end: by themselves, with their group, and when what was done is undone."""

import pytest

from governance.models import ActionPlan, Goal, LocalPriority, Measure, SteeringGroup
from governance.services import endings, priorities
from governance.services.undo import undo
from governance.temporal import day_after, day_before
from tests.following import make_goal, make_indicator, make_measure, make_plan, make_priority
from tests.priorities import BEFORE, NOW, TURN, add_own, change, choose, faults, own, titles
from tests.verbs import caused, refused
from tests.worlds import make_group

pytestmark = pytest.mark.django_db


# -- ended -----------------------------------------------------------------------------------------


def test_an_ended_one_keeps_its_goals_and_measures_and_says_what_is_left_to_do(world):
    add_own(world)
    [row] = own()
    make_goal(row, make_indicator(), world.district)
    make_measure(row, world.city)
    act = priorities.end(user=None, priority=row, last_day=NOW)
    assert [titles(world.group, on) for on in (day_before(NOW), NOW, day_after(NOW))] == [
        [(1, "Trafik")],
        [(1, "Trafik")],
        [],
    ]
    assert (Goal.objects.filter(priority=row).count(), row.measures.count()) == (1, 1)
    assert act.summary.splitlines() == [
        "Trafik i Lokala gruppen i Provstad avslutas. Sista dagen är den 23 november 2026.",
        "1 åtgärd är inte klar och finns kvar.",
    ]
    said = refused(priorities.end, user=None, priority=row, last_day=day_after(NOW))
    assert said["last_day"] == ["Prioriteringen slutar redan den 23 november 2026."]


def test_one_that_had_not_begun_is_withdrawn_with_its_goals_but_not_with_measures(world):
    add_own(world)
    [row] = own()
    make_goal(row, make_indicator(), world.district)
    measure = make_measure(row, world.city)
    said = refused(priorities.end, user=None, priority=row, last_day=BEFORE)
    assert "har 1 åtgärd. Välj en sista dag" in said["last_day"][0]
    measure.delete()
    act = priorities.end(user=None, priority=row, last_day=BEFORE)
    assert own() == []
    assert act.summary == (
        "Trafik i Lokala gruppen i Provstad från den 1 januari 2024 återkallas, med 1 mål."
    )
    assert caused(act) == [("goal", "-"), ("localpriority", "-")]
    gone = refused(priorities.end, user=None, priority=row, last_day=NOW)
    assert "Prioriteringen har ändrats sedan du öppnade sidan" in gone[""][0]


# -- with the group --------------------------------------------------------------------------------


def planned(world) -> None:
    """In the group: one to come with a goal, a measure and a plan to come, one that goes on."""
    going = make_priority(world.group, world.challenge)
    coming = make_priority(world.group, own_title="Sedan", valid_from=day_after(TURN))
    make_goal(coming, make_indicator(), world.district)
    make_measure(coming, world.city)
    make_plan(world.group, title="Nu")
    later = make_plan(world.group, title="Sedan", valid_from=day_after(TURN))
    make_measure(going, world.city, plan=later)


def test_priorities_and_plans_end_on_the_day_their_group_does(world):
    planned(world)
    act = endings.dissolve(user=None, group=world.group, last_day=TURN)
    days = [day_before(TURN), TURN, day_after(TURN)]
    assert [len(titles(world.group, on)) for on in days] == [1, 1, 0]
    plans = ActionPlan.objects.filter(group=world.group)
    assert [plans.as_of(on).count() for on in days] == [1, 1, 0]
    assert LocalPriority.objects.filter(group=world.group).get().challenge == world.challenge
    assert "1 lokal prioritering, 1 åtgärdsplan och 1 täckning avslutas samma dag." in act.summary
    assert "2 uppgifter som inte hade börjat återkallas." in act.summary
    [measure] = Measure.objects.filter(priority__group=world.group)
    assert measure.plan is None
    assert faults() == []
    found = dict.fromkeys(caused(act))
    for each in [("localpriority", "~"), ("localpriority", "-"), ("goal", "-"), ("measure", "-")]:
        assert each in found


def test_merged_groups_end_theirs_the_day_before_and_the_new_one_has_none(world):
    planned(world)
    other = make_group(world.agreement, "Andra gruppen")
    make_priority(other, own_title="Andras")
    act = endings.merge(
        user=None, groups=[world.group, other], first_day=day_after(TURN), new_name="Ny grupp"
    )
    new = SteeringGroup.objects.get(name="Ny grupp")
    assert [len(titles(group, TURN)) for group in (world.group, other, new)] == [1, 1, 0]
    assert [len(titles(group, day_after(TURN))) for group in (world.group, other, new)] == [0] * 3
    assert "1 lokal prioritering" in act.summary
    assert faults() == []


def test_the_municipalitys_own_plan_does_not_end_with_a_group(world):
    plan = make_plan(None, agreement=world.agreement)
    endings.dissolve(user=None, group=world.group, last_day=TURN)
    plan.refresh_from_db()
    assert plan.valid_through is None


# -- undone ----------------------------------------------------------------------------------------


def everything() -> list:
    return [list(noun.objects.order_by("pk").values()) for noun in (LocalPriority, Goal)]


VERBS = {
    "choose": lambda world, rows: choose(world),
    "own": lambda world, rows: add_own(world, "Tredje"),
    "order": lambda world, rows: priorities.reorder(
        user=None, group=world.group, priorities=rows[::-1], day=NOW
    ),
    "change": lambda world, rows: change(rows[0], reason="Ny", last_day=NOW),
    "end": lambda world, rows: priorities.end(user=None, priority=rows[0], last_day=NOW),
    "withdraw": lambda world, rows: priorities.end(user=None, priority=rows[0], last_day=BEFORE),
}


@pytest.mark.parametrize("verb", VERBS)
def test_undo_gives_back_exactly_what_was(world, verb):
    add_own(world, "Första")
    add_own(world, "Andra")
    make_goal(own()[0], make_indicator(), world.district)
    before = everything()
    act = VERBS[verb](world, own())
    assert everything() != before
    undo(user=None, act=act, now=act.at)
    assert everything() == before


def test_an_ending_is_not_undone_over_what_was_chosen_after_it(world):
    choose(world)
    act = priorities.end(user=None, priority=own()[0], last_day=BEFORE)
    choose(world)
    said = refused(undo, user=None, act=act, now=act.at)
    assert "hamnar utanför sin tid" in said[""][0]


def test_a_choice_is_not_undone_when_a_measure_builds_on_it(world):
    act = choose(world)
    make_measure(own()[0], world.city)
    assert "används redan i något nyare" in refused(undo, user=None, act=act, now=act.at)[""][0]
