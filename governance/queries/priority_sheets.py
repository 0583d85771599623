"""Local priorities as a sheet: one row for each goal, and one for a priority that has none."""

from collections.abc import Iterable

from governance.queries.goals import GoalRow
from governance.queries.indicators import TOO_SMALL, hides
from governance.queries.priorities import PriorityRow

_DAYS = ("Från och med", "Till och med", "Senast")
_HEADINGS = (
    "Styrgrupp",
    "Ordning",
    "Prioritering",
    "Version",
    "Varför",
    "Från och med",
    "Till och med",
    "Indikator",
    "Enhet",
    "Område",
    "Effektmål",
    "Utgångsläge",
    "Utgångslägets år",
    "Målvärde",
    "Senast",
    "Senaste värde",
    "Senaste värdets år",
)


def headings() -> list[str]:
    return [*_HEADINGS]


def days() -> list[str]:
    """The headings of the columns that hold days."""
    return [*_DAYS]


def priority_rows(rows: Iterable[PriorityRow]) -> list[list[object]]:
    """The rows of the sheet; each comes with its goals."""
    return [
        [*_priority(row), *(_goal(goal) if goal else [""] * 10)]
        for row in rows
        for goal in row.goals or (None,)
    ]


def _priority(row: PriorityRow) -> list[object]:
    this = row.priority
    return [
        this.group.name,
        row.place,
        this.title[:1].upper() + this.title[1:],
        this.challenge.version.number if this.challenge else "egen",
        this.reason,
        this.valid_from,
        this.valid_through,
    ]


def _goal(row: GoalRow) -> list[object]:
    goal, indicator = row.goal, row.goal.indicator
    latest = row.latest

    def said(value: object) -> object:
        return "" if value is None else value

    numbers = [goal.baseline, goal.target, latest.value if latest else None]
    baseline, target, now = (
        "" if each is None else TOO_SMALL if hides(indicator, each) else each for each in numbers
    )
    return [
        indicator.name,
        indicator.unit,
        goal.area.name,
        goal.aim,
        baseline,
        said(goal.baseline_year),
        target,
        goal.due,
        now,
        latest.year if latest else "",
    ]
