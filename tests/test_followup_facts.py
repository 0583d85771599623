"""The figures of a follow-up, as the data have them on named days."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Meeting
from governance.queries.followup_facts import facts_of
from governance.temporal import day_before
from tests.days import day
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.worlds import appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
LAST = day("2021-12-31")


def meeting(group, when: str, *present, state="held") -> None:
    row = Meeting.objects.create(group=group, day=day(when), state=state)
    row.present.set(present)


def test_seats_and_vacancies_are_those_of_the_day(world):
    appoint(world.chair, make_person(world.city), day("2021-01-01"), LAST)
    appoint(world.member, make_person(world.company), day("2021-01-01"), day_before(LAST))
    make_seat(world.group, world.city, "ersättare", "deputy")
    followup = make_followup(world.group)
    assert facts_of(followup, LAST)["roster"] == {"seats": 3, "filled": 1, "vacant": 2}
    assert facts_of(followup, day_before(LAST))["roster"]["filled"] == 2


def test_meetings_of_the_year_count_from_the_first_through_the_last_day(world):
    for when in ("2020-12-31", "2021-01-01", "2021-12-31", "2022-01-01"):
        meeting(world.group, when)
    meeting(world.group, "2021-05-01", state="cancelled")
    meeting(world.group, "2021-06-01", state="planned")
    found = facts_of(make_followup(world.group), LAST)["meetings"]
    assert found["days"] == ["2021-01-01", "2021-12-31"]
    assert (found["held"], found["cancelled"], found["attendance"]) == (2, 1, None)


def test_attendance_is_of_the_seats_there_were_and_of_the_meetings_that_say_who_came(world):
    meeting(world.group, "2021-02-01", world.chair, world.secretary)
    world.member.valid_through = day("2021-02-28")
    world.member.save()
    meeting(world.group, "2021-03-01", world.chair, world.secretary)
    meeting(world.group, "2021-04-01")
    found = facts_of(make_followup(world.group), LAST)["meetings"]
    assert (found["held"], found["registered"], found["attendance"]) == (3, 2, 80)


def test_priorities_are_those_in_force_on_a_day_of_the_year(world):
    for title, first, last in [
        ("före", "2020-01-01", "2020-12-31"),
        ("första dagen", "2020-01-01", "2021-01-01"),
        ("sista dagen", "2021-12-31", None),
        ("efter", "2022-01-01", None),
    ]:
        make_priority(
            world.group, own_title=title, valid_from=day(first), valid_through=last and day(last)
        )
    found = facts_of(make_followup(world.group), LAST)["priorities"]
    assert [each["title"] for each in found] == ["första dagen", "sista dagen"]


@pytest.mark.parametrize(
    ("start", "due", "status", "comes"),
    [
        (None, "2020-12-31", "done", False),
        (None, "2021-01-01", "done", True),
        (None, "2020-12-31", "ongoing", True),
        ("2021-12-31", "2022-06-01", "planned", True),
        ("2022-01-01", "2022-06-01", "planned", False),
    ],
)
def test_measures_are_of_the_year_or_left_from_an_earlier_one(world, start, due, status, comes):
    priority = make_priority(world.group, own_title="Torg")
    make_measure(priority, world.city, start=start and day(start), due=day(due), status=status)
    found = facts_of(make_followup(world.group), LAST)
    assert bool(found["measures"]) is comes
    assert found["tally"][status] == int(comes)


def test_what_an_ended_priority_left_unfinished_comes_with_its_priority(world):
    ended = make_priority(world.group, own_title="Förr", valid_through=day("2020-12-31"))
    make_measure(ended, world.city, due=day("2020-12-31"), status="ongoing")
    found = facts_of(make_followup(world.group), LAST)
    assert [each["title"] for each in found["priorities"]] == ["Förr"]
    assert found["measures"][0]["late"]
    assert found["tally"]["late"] == 1


def test_a_goal_has_its_baseline_target_and_values_through_the_year(world):
    priority = make_priority(world.group, world.challenge)
    indicator = make_indicator()
    make_goal(priority, indicator, world.district, baseline="12.50")
    for year, value in [(2017, 21), (2020, "12.5"), (2022, 3)]:
        make_value(indicator, world.district, year, value)
    make_value(indicator, world.north, 2021, 99)
    [found] = facts_of(make_followup(world.group), LAST)["priorities"][0]["goals"]
    assert (found["baseline"], found["baseline_year"], found["target"]) == ("12.5", 2020, "10")
    assert [(each["year"], each["value"]) for each in found["values"]] == [
        (2017, "21"),
        (2020, "12.5"),
    ]


@pytest.mark.parametrize(("value", "shown"), [(4, None), (5, "5"), (0, None)])
def test_a_small_count_is_hidden_also_in_what_is_stored(world, value, shown):
    indicator = make_indicator(unit="antal", hide_small=True)
    make_goal(make_priority(world.group, own_title="T"), indicator, world.district)
    make_value(indicator, world.district, 2021, value)
    [found] = facts_of(make_followup(world.group), LAST)["priorities"][0]["goals"]
    assert (found["values"][0]["value"], found["values"][0]["hidden"]) == (shown, shown is None)


def test_a_successor_names_those_it_came_after_that_year(world):
    for name, last in [("Förra året", "2020-12-31"), ("I år", "2021-06-30")]:
        old = make_group(world.agreement, name, valid_through=day(last))
        old.successors.add(world.group)
    found = facts_of(make_followup(world.group), LAST)["predecessors"]
    assert [(each["name"], each["last_day"]) for each in found] == [("I år", "2021-06-30")]


def test_the_figures_are_plain_json_and_cost_the_same_with_many_rows(world):
    followup = make_followup(world.group)
    numbers = []
    for round_ in range(2):
        for place in range(10):
            indicator = make_indicator(f"X{round_}{place}")
            priority = make_priority(world.group, own_title=f"P{round_}{place}")
            make_goal(priority, indicator, world.district)
            make_value(indicator, world.district, 2021, 3)
            make_measure(priority, world.city)
            meeting(world.group, f"2021-{round_ + 1:02}-{place + 1:02}", world.chair)
        with CaptureQueriesContext(connection) as asked:
            found = facts_of(followup, LAST)
        numbers.append(len(asked))
    assert json.loads(json.dumps(found)) == found
    assert numbers[0] == numbers[1] <= 10
