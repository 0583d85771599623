"""Plots of what a follow-up has frozen: goals as `facts_of` gives them, and tallies of measures."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from governance.documents.plots import Bar, Break, IndicatorPlot, MultiplesPlot, Point, StatusPlot
from governance.models import Measure

# In the order of a bar: what is done first, for it is what is compared.
STATUSES = (
    Measure.Status.DONE,
    Measure.Status.ONGOING,
    Measure.Status.PLANNED,
    Measure.Status.NOT_DONE,
)


def goal_plot(goal: dict[str, Any]) -> IndicatorPlot:
    """A goal of a snapshot or of `facts_of`, with its baseline, its target and the breaks.

    A snapshot taken before breaks were frozen has none.
    """
    shown = [each for each in goal["values"] if not each["hidden"]]
    due = datetime.date.fromisoformat(goal["due"])
    return IndicatorPlot(
        title=f"{goal['indicator']}, {goal['area']}",
        unit=goal["unit"],
        points=tuple(Point(each["year"], Decimal(each["value"])) for each in shown),
        baseline=_point(goal["baseline_year"], goal["baseline"]),
        target=_point(due.year, goal["target"]),
        breaks=tuple(_break(each) for each in goal.get("breaks", [])),
        hidden=tuple(each["year"] for each in goal["values"] if each["hidden"]),
    )


def _point(year: int | None, value: str | None) -> Point | None:
    return None if year is None or value is None else Point(year, Decimal(value))


def _break(row: dict[str, Any]) -> Break:
    return Break(datetime.date.fromisoformat(row["day"]), row["text"], bool(row.get("ends")))


def goals_side_by_side(
    title: str, unit: str, goals_by_label: Mapping[str, dict[str, Any]]
) -> MultiplesPlot:
    """The same indicator for several groups, each goal under its label, in their order."""
    parts = [
        replace(goal_plot(goal), title=label, unit=unit) for label, goal in goals_by_label.items()
    ]
    return MultiplesPlot(title, unit, tuple(parts))


def status_plot(title: str, rows: Iterable[tuple[str, Mapping[str, int]]]) -> StatusPlot:
    """A bar for each label, of a tally as `facts_of` gives it: how many by status, and `late`."""
    words = tuple(str(status.label)[:1].upper() + str(status.label)[1:] for status in STATUSES)
    bars = tuple(
        Bar(label, tuple(tally[status.value] for status in STATUSES), tally.get("late", 0))
        for label, tally in rows
    )
    return StatusPlot(title, words, bars)
