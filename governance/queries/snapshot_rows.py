"""The figures of a snapshot in Swedish words, for pages and documents."""

from dataclasses import dataclass
from typing import Any

from governance.models import Measure

Part = dict[str, Any]
NONE = "saknas"


@dataclass(frozen=True)
class GoalRow:
    """A goal with what was known of its indicator; a count that is too small is not shown."""

    indicator: str
    area: str
    unit: str
    baseline: str
    target: str
    due: str
    outcome: str


@dataclass(frozen=True)
class MeasureRow:
    """A measure as it stood; `progress` is empty for one without a target."""

    title: str
    about: str
    organization: str
    status: str
    due: str
    progress: str
    why: str


def goals_of(facts: Part) -> list[Part]:
    return [goal for priority in facts["priorities"] for goal in priority["goals"]]


def goal_row(goal: Part) -> GoalRow:
    year = goal["baseline_year"]
    values = [f"{_shown(each['value'])} ({each['year']})" for each in goal["values"]]
    return GoalRow(
        indicator=goal["indicator"],
        area=goal["area"],
        unit=goal["unit"],
        baseline=f"{_shown(goal['baseline'])} ({year})" if year else NONE,
        target=_shown(goal["target"]),
        due=goal["due"],
        outcome=", ".join(values) or NONE,
    )


def measure_row(part: Part) -> MeasureRow:
    progress = ""
    if part["target"] is not None:
        done = "0" if part["progress"] is None else _shown(part["progress"])
        progress = f"{done} av {_shown(part['target'])} {part['unit']}"
    return MeasureRow(
        title=part["title"],
        about=part["priority_title"],
        organization=part["organization"],
        status=Measure.Status(part["status"]).label,
        due=part["due"],
        progress=progress,
        why=part["why"],
    )


def _shown(value: str | None) -> str:
    """With a decimal comma; None is a count that is too small to be shown."""
    return "visas inte" if value is None else value.replace(".", ",")
