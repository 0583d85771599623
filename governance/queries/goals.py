"""Goals as they are read: baseline, target and the latest value, and what a baseline could be."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import (
    Area,
    AreaMap,
    Goal,
    Indicator,
    IndicatorValue,
    LocalPriority,
    SteeringGroup,
)
from governance.queries.indicators import hides, how_far, no_measurement, shown
from governance.temporal import PeriodQuerySet


@dataclass(frozen=True)
class GoalRow:
    """A goal and the latest value of its indicator in its area, known or not by `day`."""

    goal: Goal
    latest: IndicatorValue | None
    day: datetime.date

    @property
    def baseline(self) -> str:
        """`12 % (2017)`, and nothing without one."""
        if self.goal.baseline is None:
            return ""
        return f"{shown(self.goal.indicator, self.goal.baseline)} ({self.goal.baseline_year})"

    @property
    def target(self) -> str:
        return shown(self.goal.indicator, self.goal.target)

    @property
    def value(self) -> str:
        """`9 % (2020)`, and nothing when it has never been measured there."""
        if self.latest is None:
            return ""
        return f"{shown(self.goal.indicator, self.latest.value)} ({self.latest.year})"

    @property
    def now(self) -> str:
        """The latest value in words; a year without a measurement does not repeat another's."""
        if self.latest is None:
            return "Ingen mätning finns för området."
        if self.latest.year == self.day.year:
            return self.value
        return no_measurement(self.goal.indicator, self.day.year, self.latest)

    @property
    def how_far(self) -> str:
        """How far it has come since the baseline; what was measured before that does not count."""
        newer = self.latest is not None and self.latest.year > (self.goal.baseline_year or 0)
        return how_far(self.goal, self.latest.value if self.latest and newer else None)


def goals_by_priority(
    priorities: Iterable[LocalPriority], day: datetime.date
) -> dict[int, list[GoalRow]]:
    """The goals of each priority, by its id, with values for years through that of `day`.

    Two queries.
    """
    goals = Goal.objects.filter(priority__in=[each.pk for each in priorities])
    rows = list(goals.select_related("indicator", "area"))
    values = IndicatorValue.objects.filter(
        indicator__in={row.indicator_id for row in rows},
        area__in={row.area_id for row in rows},
        year__lte=day.year,
    )
    latest = {(value.indicator_id, value.area_id): value for value in values.order_by("year")}
    found: dict[int, list[GoalRow]] = defaultdict(list)
    for row in rows:
        now = latest.get((row.indicator_id, row.area_id))
        found[row.priority_id].append(GoalRow(row, now, day))
    return found


# -- what a goal may be about ----------------------------------------------------------------------


def goal_areas(priority: LocalPriority) -> PeriodQuerySet[Area]:
    """The areas that the group covers or has covered, with their parts and what they lie in.

    For a group that covers none: all within the territory of its agreement.
    """
    areas = _covered(priority.group)
    near = AreaMap(None)
    reached = near.downwards(*areas) | near.upwards(*areas)
    there = Area.objects.overlapping(priority.valid_from, priority.valid_through)
    return there.filter(pk__in=reached).order_by("sort_key", "kind", "pk")


def _covered(group: SteeringGroup) -> set[int]:
    covered = set(group.coverages.values_list("area", flat=True))
    territory = group.agreement.territory_id
    return covered or ({territory} if territory else set())


def known_values(indicator: Indicator, area: Area) -> list[IndicatorValue]:
    """What has been measured there, the earliest year first."""
    return list(IndicatorValue.objects.filter(indicator=indicator, area=area).order_by("year"))


def suggested_baseline(
    values: list[IndicatorValue], priority: LocalPriority
) -> IndicatorValue | None:
    """The latest value of the year in which the priority began or earlier, else the first after.

    One that is not shown is not suggested either. `values` as `known_values` gives them.
    """
    open_ones = [each for each in values if not hides(each.indicator, each.value)]
    before = [each for each in open_ones if each.year <= priority.valid_from.year]
    return before[-1] if before else next(iter(open_ones), None)
