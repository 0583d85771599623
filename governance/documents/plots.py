"""What a plot shows, before it is drawn: points, aims and breaks, and the same in words.

Plots hold what may be shown and nothing else: a count that is too small to be shown is no
point. They can be compared and used as keys, so that the same plot is drawn once.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

MOST = 30  # small plots in one, and bars in one: more than that cannot be read


@dataclass(frozen=True)
class Point:
    """What was measured in a year; a year without one has no point, and is never zero."""

    year: int
    value: Decimal


@dataclass(frozen=True)
class Break:
    """A day on which the area changed, so that values before and after cannot be compared.

    With `ends` it is the area's last day, and a value of the same year was measured before;
    else its first day, and a value of the same year was measured after.
    """

    day: datetime.date
    text: str
    ends: bool = False

    @property
    def place(self) -> Decimal:
        """Where it stands among the years: half a year before or after its own."""
        return Decimal(self.day.year) + (Decimal("0.5") if self.ends else Decimal("-0.5"))


@dataclass(frozen=True)
class IndicatorPlot:
    """One indicator in one area over the years, oldest point first.

    `target` is to be reached by the last day of its `year`. The years in `hidden` were
    measured, but the counts are too small to be shown.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    baseline: Point | None = None
    target: Point | None = None
    breaks: tuple[Break, ...] = ()
    hidden: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured that may be shown: then nothing is drawn."""
        return not self.points

    @property
    def stretches(self) -> list[tuple[Point, ...]]:
        """The points that may be joined by a line: no break and no hidden year lies between."""
        apart = [*(each.place for each in self.breaks), *map(Decimal, self.hidden)]
        found: list[tuple[Point, ...]] = []
        for point in self.points:
            last = found[-1][-1] if found else None
            if last is None or any(last.year < place < point.year for place in apart):
                found.append((point,))
            else:
                found[-1] = (*found[-1], point)
        return found

    @property
    def gaps(self) -> list[int]:
        """The years between the first and the last that were not measured."""
        there = {each.year for each in self.points} | set(self.hidden)
        return (
            [year for year in range(min(there), max(there)) if year not in there] if there else []
        )


@dataclass(frozen=True)
class MultiplesPlot:
    """The same indicator in several groups or areas: small plots with equal axes.

    All of them are in it, for its words and its table; the first are drawn.
    """

    title: str
    unit: str
    parts: tuple[IndicatorPlot, ...]

    @property
    def is_empty(self) -> bool:
        return all(each.is_empty for each in self.parts)

    @property
    def drawn(self) -> tuple[IndicatorPlot, ...]:
        return self.parts[:MOST]

    @property
    def left_out(self) -> str:
        """That not all are drawn, or nothing."""
        return _left_out(len(self.parts))


@dataclass(frozen=True)
class Bar:
    """One row of a plot by status: how many measures have each status, in the plot's order.

    `late` of them should have been ready; they have one of the statuses too.
    """

    label: str
    numbers: tuple[int, ...]
    late: int = 0


@dataclass(frozen=True)
class StatusPlot:
    """Measures by status, one bar for each group or priority.

    All of them are in it, for its words and its table; the first are drawn.
    """

    title: str
    statuses: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def is_empty(self) -> bool:
        return not any(sum(each.numbers) for each in self.bars)

    @property
    def drawn(self) -> tuple[Bar, ...]:
        return self.bars[:MOST]

    @property
    def left_out(self) -> str:
        """That not all are drawn, or nothing."""
        return _left_out(len(self.bars))


def _left_out(number: int) -> str:
    if number <= MOST:
        return ""
    return f"Diagrammet visar de {MOST} första av {number}. Tabellen visar alla."


Plot = IndicatorPlot | MultiplesPlot | StatusPlot
