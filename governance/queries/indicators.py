"""What has been measured: the latest value of each indicator, and one indicator's values.

Missing is never zero, and no year repeats the value of another. A value stays with the
area that it was measured for. `year` is the last that is read.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet

from governance.attainment import attainment
from governance.models import Area, Goal, Indicator, IndicatorValue
from governance.queries.area_breaks import AreaBreak, AreaBreaks
from governance.swedish import measured, sort_key

SMALLEST_SHOWN = 5
TOO_SMALL = "färre än 5"
NO_SOURCE = "Mätkälla är inte angiven"


def hides(indicator: Indicator, value: Decimal | None) -> bool:
    """Whether the value is so small that it is not shown to anybody, in files neither."""
    return indicator.hide_small and value is not None and value < SMALLEST_SHOWN


def shown(indicator: Indicator, value: Decimal) -> str:
    """The value as it may be shown, with its unit: `9 %`, or `färre än 5`."""
    return TOO_SMALL if hides(indicator, value) else measured(value, indicator.unit)


def where(area: Area) -> str:
    """`Farsta (stadsdelsområde)`: several kinds of area have the same name."""
    return f"{area.name} ({area.get_kind_display()})"


def no_measurement(indicator: Indicator, year: int, latest: IndicatorValue | None) -> str:
    """`Ingen mätning 2021. Senaste värde: 9 % (2020).`"""
    said = f"Ingen mätning {year}."
    if latest is None:
        return said
    return f"{said} Senaste värde: {shown(indicator, latest.value)} ({latest.year})."


# -- all of them -------------------------------------------------------------------------------


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator, and the latest value for each territory, None where there is none."""

    indicator: Indicator
    latest: list[tuple[Area, str | None]]


@dataclass(frozen=True)
class System:
    """What is measured by one source, in the order of its codes."""

    name: str
    rows: list[IndicatorRow]

    @property
    def key(self) -> str:
        return f"kalla-{self.rows[0].indicator.slug}"


def systems(
    indicators: QuerySet[Indicator],
    values: QuerySet[IndicatorValue],
    territories: Sequence[Area],
    year: int,
) -> list[System]:
    """All indicators by who measures, with the latest value for each territory. Two queries."""
    newest: dict[tuple[int, int], IndicatorValue] = {}
    for row in values.filter(area__in=territories, year__lte=year).order_by("year"):
        newest[row.indicator_id, row.area_id] = row
    ordered = sorted(indicators, key=_by_source)
    return [
        System(name or NO_SOURCE, [_row(each, newest, territories) for each in rows])
        for name, rows in groupby(ordered, key=lambda each: each.source_system)
    ]


def _by_source(indicator: Indicator) -> tuple[bool, str, str, str]:
    """In Swedish order, and those without a source last."""
    source = indicator.source_system
    return not source, sort_key(source), source, indicator.code


def _row(
    indicator: Indicator,
    newest: dict[tuple[int, int], IndicatorValue],
    territories: Sequence[Area],
) -> IndicatorRow:
    found: list[tuple[Area, str | None]] = []
    for area in territories:
        value = newest.get((indicator.pk, area.pk))
        text = f"{shown(indicator, value.value)} ({value.year})" if value else None
        found.append((area, text))
    return IndicatorRow(indicator, found)


# -- one of them -------------------------------------------------------------------------------


@dataclass
class AreaLine:
    """One area in one year: its value then, or that there is none and which is the latest."""

    area: Area
    text: str
    value: IndicatorValue | None = None
    breaks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ValueLine:
    """One value as it may be shown, and what to know before it is compared with others."""

    value: IndicatorValue
    text: str
    breaks: list[str]


class Series:
    """The values of one indicator up to a year, in the areas that the reader may see.

    Two queries. `day` tells which areas have ended.
    """

    def __init__(
        self,
        indicator: Indicator,
        areas: Iterable[int],
        day: datetime.date,
        kind: str = "",
    ) -> None:
        self.indicator, self.day, self._seen = indicator, day, set(areas)
        rows = indicator.outcomes.filter(year__lte=day.year).select_related("area")
        found = [row for row in rows if row.area_id in self._seen]
        found.sort(key=lambda row: (row.area.sort_key, row.area.kind, row.area_id, -row.year))
        measured_for = {row.area_id: row.area for row in found}
        self._merged = AreaBreaks(measured_for, day, self._seen)
        self._areas = {**self._merged.newer, **measured_for}
        self.kinds = _kinds(self._areas)
        self.years = sorted({row.year for row in found} | {day.year}, reverse=True)
        self.any = bool(found)
        self._by_area: dict[int, list[IndicatorValue]] = defaultdict(list)
        for row in found:
            self._by_area[row.area_id].append(row)
        self.narrowed = [
            area
            for area in sorted(self._areas.values(), key=lambda each: (each.sort_key, each.pk))
            if not kind or area.kind == kind
        ]

    def latest(self, area: int, year: int, after: int = 0) -> IndicatorValue | None:
        """The newest value of the area up to the year, and later than `after`."""
        rows = self._by_area.get(area, [])
        return next((row for row in rows if after < row.year <= year), None)

    def at(self, year: int) -> list[AreaLine]:
        """A line for each area: its value that year, or that none was measured."""
        return [self._line(area, year) for area in self.narrowed]

    def _line(self, area: Area, year: int) -> AreaLine:
        latest = self.latest(area.pk, year)
        said = [*self._ended(area), *self._began(area)]
        if latest is not None and latest.year == year:
            return AreaLine(area, shown(self.indicator, latest.value), latest, said)
        return AreaLine(area, no_measurement(self.indicator, year, latest), None, said)

    def lines(self) -> list[ValueLine]:
        """Every value, by area and with the newest first; a break is told beside it."""
        found = []
        for area in self.narrowed:
            rows = self._by_area.get(area.pk, [])
            for row in rows:
                said = self._ended(area) if row is rows[0] else []
                said = [*said, *(self._began(area) if row is rows[-1] else [])]
                found.append(ValueLine(row, shown(self.indicator, row.value), said))
        return found

    def breaks(self, area: Area) -> list[AreaBreak]:
        """Where the values of the area cannot be compared with each other, or with others'."""
        return self._merged.of(area)

    def values(self, area: Area) -> list[IndicatorValue]:
        """The values of the area, the oldest first."""
        return self._by_area.get(area.pk, [])[::-1]

    def _ended(self, area: Area) -> list[str]:
        return [each.said for each in self._merged.ended(area)]

    def _began(self, area: Area) -> list[str]:
        return [each.said for each in self._merged.began(area)]


def _kinds(areas: dict[int, Area]) -> list[tuple[str, str]]:
    """The kinds of area to choose among, as in the model."""
    there = {area.kind for area in areas.values()}
    return [(value, str(label)) for value, label in Area.Kind.choices if value in there]


# -- goals ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoalLine:
    """A group's goal, with how far it has come up to the year, in words."""

    goal: Goal
    baseline: str
    target: str
    now: str
    said: str


def goal_lines(goals: Iterable[Goal], series: Series, year: int) -> list[GoalLine]:
    """How the goals on the indicator stand; only what was measured after the baseline counts."""
    return [_goal_line(goal, series, year) for goal in goals]


def how_far(goal: Goal, value: Decimal | None) -> str:
    """How far along the way to the goal the value is, in words; nothing of a count too small."""
    if hides(goal.indicator, goal.baseline) or hides(goal.indicator, value):
        return "Visas inte: antalet är under 5."
    found = attainment(
        baseline=goal.baseline, target=goal.target, now=value, direction=goal.indicator.direction
    )
    return found.said


def _goal_line(goal: Goal, series: Series, year: int) -> GoalLine:
    indicator = series.indicator
    latest = series.latest(goal.area_id, year, after=goal.baseline_year or 0)
    value = latest.value if latest else None
    baseline = "Saknas"
    if goal.baseline is not None:
        baseline = f"{shown(indicator, goal.baseline)} ({goal.baseline_year})"
    now = f"{shown(indicator, latest.value)} ({latest.year})" if latest else ""
    since = f"Ingen mätning efter {goal.baseline_year}." if goal.baseline_year else "Ingen mätning."
    return GoalLine(
        goal, baseline, measured(goal.target, indicator.unit), now or since, how_far(goal, value)
    )
