"""The clocks of lägesbilder: the agreement's for each group, the law's for the municipality."""

import datetime

import pytest

from governance.models import SteeringGroup
from governance.months import months_after, months_between
from governance.queries.picture_clocks import YearTable, legal_clocks
from governance.queries.pictures import age
from tests.days import day
from tests.following import make_picture, make_plan
from tests.worlds import make_group

pytestmark = pytest.mark.django_db
NOW = day("2025-03-01")


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ("2025-03-02", "ingen"),
        ("2025-03-01", "arets"),
        ("2025-01-01", "arets"),
        ("2024-12-31", "fjolarets"),
        ("2024-01-01", "fjolarets"),
        ("2023-12-31", "aldre"),
    ],
)
def test_a_group_has_the_years_when_one_is_dated_in_the_year(world, bo, made, code):
    make_picture(world.group, day(made))
    groups = SteeringGroup.objects.filter(agreement=world.agreement)
    table = YearTable(bo, groups, NOW)
    assert [(row.group, row.code) for row in table.every] == [(world.group, code)]
    assert table.counts[code] == 1
    assert len(table.choose(code)) == 1
    assert table.choose("arets" if code != "arets" else "ingen") == []


def test_each_area_has_its_own_latest(world, bo):
    for on, area in [("2020-01-01", world.north), ("2025-01-01", world.north)]:
        make_picture(world.group, day(on), area=area)
    make_picture(world.group, day("2024-05-01"), area=world.south)
    [row] = YearTable(bo, SteeringGroup.objects.filter(agreement=world.agreement), NOW).every
    assert [name for name, _ in row.areas] == ["Norra Provstad", "Södra Provstad"]
    assert (row.of_the_year, row.latest.day) == (1, day("2025-01-01"))


def test_local_groups_at_work_and_others_with_one_are_shown(world, bo):
    make_group(world.agreement, "Föreslagen", active=False)
    make_group(world.agreement, "Arbetsgruppen", kind="working")
    groups = SteeringGroup.objects.filter(agreement=world.agreement)
    assert [row.group for row in YearTable(bo, groups, NOW).every] == [world.group]
    make_picture(world.central, day("2025-01-01"))
    shown = {row.group for row in YearTable(bo, groups, NOW).every}
    assert shown == {world.group, world.central}


# -- the law's clock ------------------------------------------------------------------------


def legal(user, world, on: str):
    [clock] = legal_clocks(user, [world.agreement], day(on))
    return clock


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2024-05-01", "in_time"),
        ("2026-04-30", "in_time"),
        ("2026-05-01", "in_time"),
        ("2026-05-02", "late"),
    ],
)
def test_the_municipality_makes_one_at_least_every_second_year(world, bo, on, code):
    make_picture(None, day("2024-05-01"), agreement=world.agreement)
    due = legal(bo, world, on).picture_due
    assert (due.due, due.code) == (day("2026-05-01"), code)


def test_nothing_was_due_before_the_law(world, bo):
    assert legal(bo, world, "2023-06-30").picture_due.code == "before_law"
    assert legal(bo, world, "2023-07-01").picture_due.code == "missing"
    assert legal(bo, world, "2024-06-30").plan_due.code == "before_law"
    assert legal(bo, world, "2024-07-01").plan_due.code == "missing"
    make_picture(None, day("2018-01-01"), agreement=world.agreement)
    assert legal(bo, world, "2023-07-01").picture_due.due == day("2023-07-01")
    assert legal(bo, world, "2023-07-02").picture_due.code == "late"


def test_a_groups_own_or_a_part_of_the_municipality_does_not_stop_the_clock(world, bo):
    make_picture(world.group, day("2025-01-01"))
    make_plan(world.group, decided_on=day("2025-01-01"))
    make_picture(None, day("2025-01-01"), agreement=world.agreement, area=world.north)
    clock = legal(bo, world, "2025-03-01")
    assert (clock.picture_due.code, clock.plan_due.code) == ("missing", "missing")
    make_picture(None, day("2025-01-01"), agreement=world.agreement, area=world.municipality)
    assert legal(bo, world, "2025-03-01").picture_due.code == "in_time"


def test_a_plan_is_followed_up_two_years_after_its_decision(world, bo):
    make_plan(None, agreement=world.agreement, valid_from=day("2024-09-01"))
    assert legal(bo, world, "2025-03-01").plan_due.due == day("2026-09-01")
    make_plan(
        None,
        agreement=world.agreement,
        valid_from=day("2024-10-01"),
        decided_on=day("2024-09-15"),
    )
    clock = legal(bo, world, "2026-09-16")
    assert (clock.plan_due.due, clock.plan_due.code) == (day("2026-09-15"), "late")
    assert legal(bo, world, "2024-08-31").plan_due.last is None


def test_a_local_agreement_has_no_clock_of_its_own(world, bo):
    world.agreement.level = "local"
    assert legal_clocks(bo, [world.agreement], NOW) == []


# -- months ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "months", "words"),
    [
        ("2024-01-31", "2024-02-28", 0, "Mindre än en månad"),
        ("2024-01-31", "2024-02-29", 1, "1 månad"),
        ("2024-01-15", "2025-01-14", 11, "11 månader"),
        ("2024-01-15", "2025-01-15", 12, "1 år"),
        ("2024-02-29", "2026-03-28", 24, "2 år"),
        ("2020-02-03", "2026-11-23", 81, "6 år och 9 månader"),
        ("2024-01-15", "2024-01-15", 0, "Mindre än en månad"),
    ],
)
def test_age_is_told_in_whole_months(first, last, months, words):
    assert months_between(day(first), day(last)) == months
    assert age(day(first), day(last)) == words


def test_two_years_after_a_leap_day_is_the_last_of_february():
    assert months_after(day("2024-02-29"), 24) == datetime.date(2026, 2, 28)
