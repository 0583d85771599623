"""The figures of a follow-up, worked out from the data: what nobody has to type in.

Persons are counted and never named. Everything is plain JSON (numbers that may have
decimals as text), for the same facts are stored when the follow-up is sent.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from governance.models import (
    Area,
    FollowUp,
    Goal,
    Indicator,
    IndicatorValue,
    LocalPriority,
    Measure,
    Meeting,
    Seat,
    SteeringGroup,
)
from governance.queries.area_breaks import AreaBreaks
from governance.queries.indicators import hides
from governance.queries.rosters import HELD, mandates_by_seat, seat_status
from governance.temporal import has_passed


def year_of(followup: FollowUp) -> tuple[datetime.date, datetime.date]:
    """The first day that a follow-up is about, and its avstämningsdatum, which is the last."""
    return datetime.date(followup.year, 1, 1), followup.cutoff


def facts_of(followup: FollowUp, day: datetime.date) -> dict[str, Any]:
    """Everything the data say of the follow-up's year, as it was on `day`; nine queries.

    `day` is the avstämningsdatum, or an earlier day when the year is not over. Measures
    and their states are as they are known now: they have no days of their own.
    """
    group = SteeringGroup.objects.with_state(day).get(pk=followup.group_id)
    first, _last = year_of(followup)
    measures = _measures(followup)
    priorities = _priorities(followup, {each.priority_id for each in measures})
    goals = _goals(priorities, followup.year)
    seats = list(Seat.objects.overlapping(first, day).filter(group=group))
    return {
        "day": day.isoformat(),
        "roster": _roster(group, seats, day),
        "meetings": _meetings(group, seats, first, day),
        "priorities": [
            {
                "pk": each.pk,
                "challenge": each.challenge_id,
                "title": each.title,
                "reason": each.reason,
                "goals": goals[each.pk],
            }
            for each in priorities
        ],
        "measures": [_measure(each, day) for each in measures],
        "tally": _tally(measures, day),
        "predecessors": _predecessors(followup),
    }


def with_breaks(facts: dict[str, Any], day: datetime.date) -> dict[str, Any]:
    """The facts with `breaks` in each goal: where its values cannot be compared, by `day`.

    Two queries more. What is drawn needs them; the page of a draft does not.
    """
    goals = [goal for priority in facts["priorities"] for goal in priority["goals"]]
    areas = Area.objects.in_bulk({goal["area_pk"] for goal in goals})
    merged = AreaBreaks(areas, day)
    for goal in goals:
        goal["breaks"] = [
            {"day": each.day.isoformat(), "text": each.text, "ends": each.ends}
            for each in merged.of(areas[goal["area_pk"]])
        ]
    return facts


# -- the group ----------------------------------------------------------------------------


def _roster(group: SteeringGroup, seats: list[Seat], day: datetime.date) -> dict[str, int]:
    """Seats for members on the day; a group that is not at work has none that count."""
    there = [each for each in seats if each.in_force(day) and each.role != Seat.Role.DEPUTY]
    mandates = mandates_by_seat(Seat.objects.as_of(day).filter(group=group))
    states = [seat_status(each, mandates.get(each.pk, []), day, group).code for each in there]
    filled = sum(state in HELD for state in states)
    return {"seats": len(there), "filled": filled, "vacant": len(there) - filled}


def _meetings(
    group: SteeringGroup, seats: list[Seat], first: datetime.date, day: datetime.date
) -> dict[str, Any]:
    """Meetings of the year; attendance counts the seats that were represented of those that
    the group had on the day of each meeting where anybody was registered as present.
    """
    rows = Meeting.objects.since(first).through(day).filter(group=group)
    found = list(rows.prefetch_related("present").order_by("day"))
    held = [each for each in found if each.state == Meeting.State.HELD]
    present = expected = registered = 0
    for meeting in held:
        there = {each.pk for each in meeting.present.all()}
        if there:
            registered += 1
            present += len(there)
            expected += sum(
                (each.in_force(meeting.day) and each.role != Seat.Role.DEPUTY) or each.pk in there
                for each in seats
            )
    return {
        "held": len(held),
        "days": [each.day.isoformat() for each in held],
        "cancelled": sum(each.state == Meeting.State.CANCELLED for each in found),
        "registered": registered,
        "attendance": round(100 * present / expected) if expected else None,
    }


def _predecessors(followup: FollowUp) -> list[dict[str, Any]]:
    """The groups that this one came after during the year, and that so have an own follow-up."""
    first, last = year_of(followup)
    rows = followup.group.predecessors.overlapping(first, last).order_by("sort_key")
    return [
        {
            "slug": each.slug,
            "name": each.name,
            "last_day": each.valid_through.isoformat() if each.valid_through else None,
        }
        for each in rows
    ]


# -- priorities, goals, measures ----------------------------------------------------------------


def _measures(followup: FollowUp) -> list[Measure]:
    """Those of the year: begun by its last day, and not finished with in an earlier year.

    What an earlier year left unfinished comes along, until it is done or given up.
    """
    first, last = year_of(followup)
    rows = Measure.objects.filter(priority__group=followup.group_id)
    earlier = Measure.objects.overdue(first).exclude(status__in=Measure.UNFINISHED)
    rows = rows.exclude(pk__in=earlier.values("pk"))
    named = rows.select_related("organization", "priority__challenge")
    found = named.order_by("priority__order", "due", "pk")
    return [each for each in found if each.start is None or not has_passed(last, each.start)]


def _priorities(followup: FollowUp, also: set[int]) -> list[LocalPriority]:
    """Those of the year, and those whose measures came along from an earlier one."""
    first, last = year_of(followup)
    own = LocalPriority.objects.filter(group=followup.group_id)
    current = own.overlapping(first, last) | own.filter(pk__in=also)
    return list(current.select_related("challenge").order_by("order", "pk"))


def _goals(priorities: list[LocalPriority], year: int) -> dict[int, list[dict[str, Any]]]:
    """The goals of each priority with all values known through `year`, by its id."""
    rows = list(
        Goal.objects.filter(priority__in=[each.pk for each in priorities])
        .select_related("indicator", "area")
        .order_by("indicator__sort_key", "pk")
    )
    measured = IndicatorValue.objects.filter(
        indicator__in={each.indicator_id for each in rows},
        area__in={each.area_id for each in rows},
        year__lte=year,
    )
    values: dict[tuple[int, int], list[IndicatorValue]] = defaultdict(list)
    for value in measured.order_by("year"):
        values[value.indicator_id, value.area_id].append(value)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for goal in rows:
        found[goal.priority_id].append(_goal(goal, values[goal.indicator_id, goal.area_id]))
    return found


def _goal(goal: Goal, values: list[IndicatorValue]) -> dict[str, Any]:
    indicator = goal.indicator
    return {
        "pk": goal.pk,
        "indicator": indicator.name,
        "indicator_pk": indicator.pk,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "area": goal.area.name,
        "area_pk": goal.area_id,
        "aim": goal.aim,
        "baseline": _number(indicator, goal.baseline),
        "baseline_year": goal.baseline_year,
        "target": _text(goal.target),
        "due": goal.due.isoformat(),
        "values": [
            {
                "year": each.year,
                "value": _number(indicator, each.value),
                "hidden": hides(indicator, each.value),
                "measured_on": each.measured_on.isoformat() if each.measured_on else None,
                "source": each.source,
            }
            for each in values
        ],
    }


def _measure(measure: Measure, day: datetime.date) -> dict[str, Any]:
    return {
        "pk": measure.pk,
        "priority": measure.priority_id,
        "priority_title": measure.priority.short_title,
        "challenge": measure.priority.challenge_id,
        "title": measure.title,
        "organization": measure.organization.name,
        "start": measure.start.isoformat() if measure.start else None,
        "due": measure.due.isoformat(),
        "status": measure.status,
        "late": measure.is_late(day),
        "target": _text(measure.target),
        "unit": measure.unit,
        "per": measure.per,
        "progress": _text(measure.progress),
        "why": measure.why,
        "cost": _text(measure.cost),
        "hours": _text(measure.hours),
    }


def _tally(measures: Iterable[Measure], day: datetime.date) -> dict[str, int]:
    rows = list(measures)
    states = Counter(each.status for each in rows)
    late = sum(each.is_late(day) for each in rows)
    return {**{str(status): states[status] for status in Measure.Status}, "late": late}


def _number(indicator: Indicator, value: Decimal | None) -> str | None:
    """The value as text; None when there is none, or it is so small that it is not shown."""
    return None if value is None or hides(indicator, value) else _text(value)


def _text(value: Decimal | None) -> str | None:
    """`12`, `12.5`: without idle zeros, so that both engines give the same."""
    if value is None:
        return None
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
