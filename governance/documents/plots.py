"""What a plot shows, before it is drawn: points, aims and breaks, and the same in words.

Plots hold what may be shown and nothing else: a count that is too small to be shown is no
point. They can be compared and used as keys, so that the same plot is drawn once.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Point:
    """What was measured in a year; a year without one has no point, and is never zero."""

    year: int
    value: Decimal


@dataclass(frozen=True)
class Break:
    """A day on which the area changed, so that values before and after cannot be compared."""

    day: datetime.date
    text: str


@dataclass(frozen=True)
class IndicatorPlot:
    """One indicator in one area over the years, oldest point first.

    `target` is to be reached by the last day of its `year`.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    baseline: Point | None = None
    target: Point | None = None
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class MultiplesPlot:
    """The same indicator in several groups or areas: small plots with equal axes."""

    title: str
    unit: str
    parts: tuple[IndicatorPlot, ...]


@dataclass(frozen=True)
class Bar:
    """One row of a plot by status: how many measures have each status, in the plot's order."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class StatusPlot:
    """Measures by status, one bar for each group or priority."""

    title: str
    statuses: tuple[str, ...]
    bars: tuple[Bar, ...]


Plot = IndicatorPlot | MultiplesPlot | StatusPlot
