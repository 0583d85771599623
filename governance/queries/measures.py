"""How far measures (åtgärder) have come: each of them in words, and the same sums everywhere.

The overview, a group, an organisation, a challenge and a plan all count with `tally`.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from governance.models import Measure, Status, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.models.measures import MeasureQuerySet
from governance.permissions import visible_measures
from governance.rights import Account
from governance.swedish import figure

# What picks the icon of each status. Only a late one is red.
_MARKS = {
    Measure.Status.PLANNED: "starting",
    Measure.Status.ONGOING: "next",
    Measure.Status.DONE: "filled",
    Measure.Status.NOT_DONE: "closed",
}
LATE = "lapsed"


@dataclass(frozen=True)
class Tally:
    """How many there are of each status; `late` are those of the first two that are overdue."""

    planned: int = 0
    ongoing: int = 0
    done: int = 0
    not_done: int = 0
    late: int = 0

    @property
    def number(self) -> int:
        return self.planned + self.ongoing + self.done + self.not_done


def tally(measures: Iterable[Measure], day: datetime.date) -> Tally:
    """The sums of any set of measures; late is what should have been ready before `day`."""
    rows = list(measures)
    found = Counter(row.status for row in rows)
    return Tally(
        **{str(status.value): found[status] for status in Measure.Status},
        late=sum(row.is_late(day) for row in rows),
    )


def tallies(
    measures: Iterable[Measure], day: datetime.date, part: Callable[[Measure], Hashable]
) -> dict[Hashable, Tally]:
    """The sums of each part of a set, by what `part` says of a measure."""
    parts: dict[Hashable, list[Measure]] = {}
    for row in measures:
        parts.setdefault(part(row), []).append(row)
    return {key: tally(rows, day) for key, rows in parts.items()}


@dataclass(frozen=True)
class MeasureRow:
    """A measure as it is shown on a day; `may_edit` is whether the reader may change it."""

    measure: Measure
    late: bool
    may_edit: bool = False

    @property
    def status(self) -> Status:
        """Its state in words; that it is late is said before how far it has come."""
        word = self.measure.get_status_display()
        if self.late:
            return Status(LATE, f"Försenad, {word}")
        return Status(_MARKS[Measure.Status(self.measure.status)], word[:1].upper() + word[1:])

    @property
    def target(self) -> str:
        """`minst 8 trygghetsvandringar per år`, and nothing when no number is set."""
        return target_in_words(self.measure)

    @property
    def progress(self) -> str:
        """`5 av 12 lampor`, or `5 lampor` when the target is not one in all."""
        measure = self.measure
        if measure.progress is None:
            return ""
        done, unit = figure(measure.progress), f" {measure.unit}" if measure.unit else ""
        if measure.target is None or measure.per != Measure.Per.TOTAL:
            return f"{done}{unit}"
        return f"{done} av {figure(measure.target)}{unit}"

    @property
    def order(self) -> tuple[int, datetime.date, int]:
        """Late ones first, then the others that are not finished; the nearest day first."""
        finished = self.measure.status not in Measure.UNFINISHED
        return (0 if self.late else 2 if finished else 1), self.measure.due, self.measure.pk


def target_in_words(measure: Measure) -> str:
    if measure.target is None:
        return ""
    return f"minst {figure(measure.target)} {measure.unit} {measure.get_per_display()}"


def shown(
    measures: Iterable[Measure], day: datetime.date, may_edit: Callable[[SteeringGroup], bool]
) -> list[MeasureRow]:
    """The measures as rows, late ones first; `may_edit` is asked of the group of each."""
    rows = [MeasureRow(each, each.is_late(day), may_edit(each.group)) for each in measures]
    return sorted(rows, key=lambda row: row.order)


def measures_in(user: Account, groups: SteeringGroupQuerySet) -> MeasureQuerySet:
    """Those of `groups` that the reader may see, with all that a row names: one query."""
    rows: MeasureQuerySet = visible_measures(user).filter(priority__group__in=groups)
    return rows.select_related(
        "priority__group__agreement",
        "priority__challenge",
        "organization",
        "seat__function",
        "seat__organization",
        "plan",
    )
