"""The yearly round: whose follow-up a year has, and what of each is ready and missing."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q

from governance.models import (
    Agreement,
    FollowUp,
    FollowUpSection,
    GroupDecision,
    Status,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import allowed, visible_followups
from governance.rights import ENTER_FOLLOWUP, Account
from governance.temporal import has_passed

Kind = FollowUpSection.Kind
# What each kind is called where there is little room: over a column, in a list of what is missing.
KINDS = [(kind, kind.label[:1].upper() + kind.label[1:]) for kind in Kind]
STATE_MARKS = {
    FollowUp.State.DRAFT: "starting",
    FollowUp.State.WITH_MEMBERS: "starting",
    FollowUp.State.SENT: "ending",
    FollowUp.State.RETURNED: "lapsed",
    FollowUp.State.ADOPTED: "filled",
}
STATE_WORDS = {
    FollowUp.State.DRAFT: "Utkast",
    FollowUp.State.WITH_MEMBERS: "Hos styrgruppen",
    FollowUp.State.SENT: "Skickad för fastställande",
    FollowUp.State.RETURNED: "Återlämnad",
    FollowUp.State.ADOPTED: "Fastställd",
}


def local_groups_of(
    year: int, agreement: Agreement | None = None, groups: SteeringGroupQuerySet | None = None
) -> SteeringGroupQuerySet:
    """Local groups at work (active or resting) on at least one day of the year.

    The central group gets the report, working groups have none. A group is at work from
    its decision on, so what counts is whether that had effect by its last day.
    """
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    created = GroupDecision.objects.effective(last).filter(
        group=OuterRef("pk"), act=GroupDecision.Kind.CREATE
    )
    in_time = created.effective(OuterRef("valid_through"))  # type: ignore[arg-type]
    rows = SteeringGroup.objects.all() if groups is None else groups
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    local = rows.filter(kind=SteeringGroup.Kind.LOCAL).overlapping(first, last)
    return local.filter(Exists(created), Q(valid_through=None) | Exists(in_time))


def cutoff_of(group: SteeringGroup, year: int) -> datetime.date:
    """The avstämningsdatum: 31 December, or the group's last day when that was earlier."""
    last = datetime.date(year, 12, 31)
    if group.valid_through is not None and group.has_ended(last):
        return group.valid_through
    return last


@dataclass(frozen=True)
class Cell:
    """How far one kind of section has come: `done` of `number`, and `begun` beside them."""

    kind: str
    label: str
    number: int
    done: int
    begun: int

    @property
    def status(self) -> Status:
        """What picks the icon, and the words."""
        if self.done == self.number:
            return Status("filled", self.text)
        return Status("starting" if self.done or self.begun else "closed", self.text)

    @property
    def text(self) -> str:
        if self.number > 1:
            return f"{self.done} av {self.number}"
        if self.done:
            return "Klart"
        return "Påbörjat" if self.begun else "Saknas"


@dataclass(frozen=True)
class Line:
    """One group in the year; `followup` is the newest that the reader may see, or None."""

    group: SteeringGroup
    followup: FollowUp | None
    cells: list[Cell] = field(default_factory=list)
    late: bool = False
    may_enter: bool = False

    @property
    def number(self) -> int:
        return sum(cell.number for cell in self.cells)

    @property
    def done(self) -> int:
        return sum(cell.done for cell in self.cells)

    @property
    def status(self) -> Status | None:
        """Its state in words; a late one says so, a correction which version it is."""
        if self.followup is None:
            return None
        state = FollowUp.State(self.followup.state)
        word = STATE_WORDS[state]
        if self.followup.number > 1:
            word = f"{word} (version {self.followup.number})"
        return (
            Status("lapsed", f"Försenad, {word.lower()}")
            if self.late
            else Status(STATE_MARKS[state], word)
        )

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody has to write before it can be sent."""
        return self.followup is not None and self.followup.is_open


def year_lines(
    user: Account, groups: SteeringGroupQuerySet, year: int, day: datetime.date
) -> list[Line]:
    """All groups of the year that the reader sees, in Swedish order; four queries.

    A draft that the reader may not see stands as a group without one.
    """
    rows = list(local_groups_of(year, groups=groups).select_related("agreement"))
    seen = visible_followups(user).filter(year=year, group__in=rows).order_by("number")
    newest = {each.group_id: each for each in seen}
    cells = _cells(newest.values())
    return [_line(user, group, newest.get(group.pk), cells, day) for group in rows]


def _line(
    user: Account,
    group: SteeringGroup,
    followup: FollowUp | None,
    cells: dict[int, list[Cell]],
    day: datetime.date,
) -> Line:
    if followup is None:
        return Line(group, None)
    return Line(
        group=group,
        followup=followup,
        cells=cells[followup.pk],
        late=followup.is_open and has_passed(followup.due, day),
        may_enter=followup.is_open and allowed(user, ENTER_FOLLOWUP, group),
    )


def _cells(followups: Iterable[FollowUp]) -> dict[int, list[Cell]]:
    """Of each follow-up, by its id, in one query that reads no text."""
    counted = (
        FollowUpSection.objects.filter(followup__in=[each.pk for each in followups])
        .order_by()
        .values_list("followup", "kind")
        .annotate(
            number=Count("pk"),
            ready=Count("pk", filter=Q(done=True)),
            begun=Count("pk", filter=Q(done=False) & ~Q(text="")),
        )
    )
    found = {(pk, kind): counts for pk, kind, *counts in counted}
    return {
        followup.pk: [
            Cell(kind, label, *found[followup.pk, kind])
            for kind, label in KINDS
            if (followup.pk, kind) in found
        ]
        for followup in followups
    }


@dataclass(frozen=True)
class YearRow:
    """A year with follow-ups that the reader may see, the newest of each group counted."""

    year: int
    states: dict[str, int]

    @property
    def number(self) -> int:
        return sum(self.states.values())

    @property
    def adopted(self) -> int:
        return self.states.get(FollowUp.State.ADOPTED, 0)

    @property
    def waiting(self) -> int:
        return self.states.get(FollowUp.State.SENT, 0)


def year_rows(user: Account, groups: SteeringGroupQuerySet) -> list[YearRow]:
    """The years that have any, the latest first."""
    seen = visible_followups(user).newest().filter(group__in=groups)
    counted = seen.order_by().values_list("year", "state").annotate(number=Count("pk"))
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for year, state, number in counted:
        years[year][state] += number
    return [YearRow(year, dict(years[year])) for year in sorted(years, reverse=True)]
