"""Where things stand in a plot over years: its scales, and what is drawn for each indicator.

The scale of values begins at zero, unless something measured is below it. Each year has the
same room, whether anything was measured in it or not.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from governance.documents.plot_paper import AIM, INK, MUTED, SERIES, SMALL, length
from governance.documents.plots import IndicatorPlot, Point
from governance.queries.indicators import TOO_SMALL
from governance.swedish import figure, measured

PERCENT = "%"
BASELINE_LOOKS: dict[str, Any] = {"color": MUTED, "linewidth": 1.3, "dashes": (5, 3)}
TARGET_LOOKS: dict[str, Any] = {"color": AIM, "linewidth": 1.1, "dashes": (7, 2, 1.2, 2)}
TARGET_MARK: dict[str, Any] = {
    "marker": "D",
    "markersize": 6.5,
    "markerfacecolor": "white",
    "markeredgecolor": AIM,
    "markeredgewidth": 1.5,
}
BREAK_LOOKS: dict[str, Any] = {"color": INK, "linewidth": 1.3, "dashes": (1.2, 2.2)}
_STEPS = (1, 2, 3, 5, 10, 20, 50, 100)
# In points: how steep a line is in the way of a figure, how far a figure reaches, and its foot.
_NEAR, _FAR, _UNDER = 4.0, 20.0, 14.0
_HALO = [withStroke(linewidth=3, foreground="white")]


@dataclass(frozen=True)
class Scale:
    """The values on the left edge, lowest first; equally far apart."""

    ticks: list[Decimal]

    @property
    def limits(self) -> tuple[float, float]:
        """A little more than the ticks, so that what is written on a point has room."""
        low, high = float(self.ticks[0]), float(self.ticks[-1])
        return low, high + 0.1 * (high - low)

    def said(self, unit: str) -> list[str]:
        return [label(each, unit) for each in self.ticks]


def label(value: Decimal, unit: str) -> str:
    """`12 %`; of other units the figure alone, for the unit stands under the title."""
    return measured(value, unit) if unit == PERCENT else figure(value)


def scale_of(plots: Iterable[IndicatorPlot]) -> Scale:
    """A scale that everything in the plots fits on, in four to six steps."""
    every = [each.value for plot in plots for each in _points(plot)]
    high, low = max([*every, Decimal(0)]), min([*every, Decimal(0)])
    reach = high - low or Decimal(1)
    size = Decimal(10) ** math.floor(math.log10(reach / 5))
    step = next(size * each for each in (1, 2, 5, 10) if size * each * 5 >= reach)
    first, last = math.floor(low / step), max(math.ceil(high / step), 1)
    return Scale([step * number for number in range(first, last + 1)])


def _points(plot: IndicatorPlot) -> list[Point]:
    return [each for each in (*plot.points, plot.baseline, plot.target) if each is not None]


def years_of(plots: Iterable[IndicatorPlot]) -> tuple[int, int]:
    """The first and the last year that anything in the plots is about."""
    found = [
        year for plot in plots for year in (*(each.year for each in _points(plot)), *plot.hidden)
    ]
    return min(found), max(found)


def lay_out(axes: Axes, scale: Scale, plots: Sequence[IndicatorPlot], room: float) -> None:
    """Put the scales on the axes: a mark for every year, and words where they have room.

    `room` is how many points wide the field is. All of `plots` get the same scales.
    """
    first, last = years_of(plots)
    every = [(plot, point) for plot in plots for point in plot.points]
    widest = max(length(label(point.value, plot.unit), SMALL, "bold") for plot, point in every)
    side = max(0.6 * room / (last - first + 1.2), widest / 2 + 3)  # for what is said of the first
    each = (room - 2 * side) / (last - first) if last > first else room / 2
    axes.set_xlim(first - side / each, last + side / each)
    axes.set_ylim(*scale.limits)
    said = _years_said(first, last, {point.year for _, point in every}, each)
    axes.set_xticks(said, [str(year) for year in said])
    axes.set_xticks([year for year in range(first, last + 1) if year not in said], minor=True)
    axes.tick_params(axis="x", which="minor", length=2, color=MUTED)
    axes.set_yticks([float(tick) for tick in scale.ticks])


def _years_said(first: int, last: int, measured_in: set[int], each: float) -> list[int]:
    """Years equally far apart, as many of those measured in as there is room for."""
    wide = length("2020") + 5
    steps = [step for step in _STEPS if each * step >= wide] or [_STEPS[-1]]
    choices = [
        [year for year in range(first, last + 1) if (max(measured_in) - year) % step == 0]
        for step in steps[:3]
    ]
    return max(choices, key=lambda years: len(measured_in.intersection(years)))


def draw_aims(axes: Axes, plot: IndicatorPlot) -> None:
    """The baseline as a dashed line, and the target as a line of dashes and dots to a diamond."""
    right = axes.get_xlim()[1]
    if plot.baseline:
        at = float(plot.baseline.value)
        axes.plot([plot.baseline.year, right], [at, at], zorder=2, **BASELINE_LOOKS)
    if plot.target:
        at = float(plot.target.value)
        began = plot.baseline or (plot.points[0] if plot.points else plot.target)
        axes.plot([began.year, right], [at, at], zorder=2, **TARGET_LOOKS)
        axes.plot([plot.target.year], [at], linestyle="none", zorder=3, **TARGET_MARK)


def draw_breaks(axes: Axes, plot: IndicatorPlot) -> None:
    """A dotted line from top to bottom where the area changed."""
    for each in plot.breaks:
        axes.axvline(float(each.place), zorder=2, **BREAK_LOOKS)


def draw_points(axes: Axes, plot: IndicatorPlot, marker: float = 6.5) -> None:
    """What was measured, joined by a thin line where it may be."""
    for points in plot.stretches:
        xs, ys = [each.year for each in points], [float(each.value) for each in points]
        looks: dict[str, Any] = {
            "markersize": marker,
            "markeredgecolor": "white",
            "markeredgewidth": 1,
        }
        axes.plot(xs, ys, color=SERIES, linewidth=1.6, marker="o", zorder=4, **looks)
    low = axes.get_ylim()[0]
    for year in plot.hidden:
        words = axes.annotate(
            TOO_SMALL, (year, low), (0, 4), textcoords="offset points", rotation=90
        )
        words.set(size=SMALL, color=MUTED, ha="center", va="bottom", path_effects=_HALO)


def draw_values(axes: Axes, plot: IndicatorPlot, room: float, tall: float) -> None:
    """The figures at the points, where they have room beside each other."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for point in _said(plot, room / (right - left), tall / (top - bottom)):
        low = _is_low(axes, plot, point, tall)
        words = axes.annotate(
            label(point.value, plot.unit),
            (point.year, float(point.value)),
            (0, -6 if low else 6),
            textcoords="offset points",
            zorder=5,
        )
        words.set(size=SMALL, weight="bold", color=INK, ha="center", path_effects=_HALO)
        words.set(va="top" if low else "bottom")


def _said(plot: IndicatorPlot, across: float, up: float) -> list[Point]:
    """The last first, then the first, the highest, the lowest and the others.

    `across` and `up` are how many points (of paper) a year and a value of one take.
    """
    points = plot.points
    most, least = max(points, key=_value), min(points, key=_value)
    found: list[Point] = []
    for point in dict.fromkeys([points[-1], points[0], most, least, *points]):
        half = _half(point, plot.unit)
        if all(
            abs(point.year - other.year) * across >= half + _half(other, plot.unit)
            or abs(float(point.value - other.value)) * up >= 2 * _FAR
            for other in found
        ):
            found.append(point)
    return found


def _value(point: Point) -> Decimal:
    return point.value


def _half(point: Point, unit: str) -> float:
    return length(label(point.value, unit), SMALL, "bold") / 2 + 2


def _is_low(axes: Axes, plot: IndicatorPlot, point: Point, tall: float) -> bool:
    """Whether the figure stands clearer below its point than above it.

    What stands in its way are the lines to its neighbours, those of the aims, and the edge.
    """
    low, high = axes.get_ylim()
    each = tall / (high - low)
    at = plot.points.index(point)
    beside = [*plot.points[max(at - 1, 0) : at], *plot.points[at + 1 : at + 2]]
    rises = [float(other.value - point.value) * each for other in beside]
    aims = [
        float(aim.value - point.value) * each
        for aim in (plot.baseline, plot.target)
        if aim and (aim is plot.target or point.year > aim.year)
    ]
    above = sum(rise > _NEAR for rise in rises) + sum(3 < far < _FAR for far in aims)
    below = sum(rise < -_NEAR for rise in rises) + sum(-_FAR < far < -3 for far in aims)
    under = (float(point.value) - low) * each
    return above > below and under > _UNDER
