"""How the seats of a group have been held, and will be, through some years.

What is told is stretches of days: the mandates, and the days on which nobody holds a
seat. Days are counted as numbers here (`date.toordinal`), since what is left of a
period when others are taken out of it is arithmetic and no question about one day.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Min

from governance.models import GroupDecision, Mandate, Seat, SteeringGroup
from governance.queries.rosters import mandates_by_seat, seat_order, shown_to
from governance.queries.seats import Held
from governance.rights import Account
from governance.temporal import Period

FOREVER = datetime.date.max.toordinal()
VACANT = "vacant"


class Span(NamedTuple):
    """Numbered days from `first` up to `stop`, which is the day after the last."""

    first: int
    stop: int

    @classmethod
    def of(cls, row: Period) -> "Span":
        through = row.valid_through
        stop = FOREVER if through is None else through.toordinal() + 1
        return cls(row.valid_from.toordinal(), stop)

    @classmethod
    def year(cls, year: int) -> "Span":
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return cls(first.toordinal(), last.toordinal() + 1)

    def within(self, other: "Span") -> "Span | None":
        """The days that both have; None when there are none."""
        both = Span(max(self.first, other.first), min(self.stop, other.stop))
        return both if both.first < both.stop else None

    def without(self, others: Iterable["Span"]) -> list["Span"]:
        """What is left of it when the days of the others are taken out."""
        left, first = [], self.first
        for other in sorted(others):
            if first < min(other.first, self.stop):
                left.append(Span(first, min(other.first, self.stop)))
            first = max(first, other.stop)
        return [*left, Span(first, self.stop)] if first < self.stop else left


@dataclass(frozen=True)
class Window:
    """The years that a timeline shows, from the first through the last; both count."""

    first_year: int
    last_year: int

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """Its first and its last day."""
        return datetime.date(self.first_year, 1, 1), datetime.date(self.last_year, 12, 31)

    @property
    def span(self) -> Span:
        return Span(Span.year(self.first_year).first, Span.year(self.last_year).stop)

    def __str__(self) -> str:
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"


@dataclass(frozen=True)
class Stretch:
    """Days on a seat: a mandate as the reader may see it, or (`held` None) that it is vacant."""

    span: Span
    held: Held | None = None

    @property
    def kind(self) -> str:
        return self.held.mandate.kind if self.held else VACANT

    @property
    def valid_from(self) -> datetime.date:
        return datetime.date.fromordinal(self.span.first)

    @property
    def valid_through(self) -> datetime.date | None:
        stop = self.span.stop
        return None if stop == FOREVER else datetime.date.fromordinal(stop - 1)


@dataclass(frozen=True)
class SeatLine:
    """A seat, its life, and what happens on it in the window, the earliest first."""

    seat: Seat
    stretches: tuple[Stretch, ...]

    @property
    def span(self) -> Span:
        return Span.of(self.seat)

    @property
    def differs(self) -> bool:
        """Whether the seat begins or ends on another day than its group."""
        return self.span != Span.of(self.seat.group)


def timeline(user: Account, group: SteeringGroup, window: Window) -> list[SeatLine]:
    """The seats that exist in the window, in the order of a roster: four queries, any size."""
    days = window.span
    seats = Seat.objects.overlapping(*window.days).filter(group=group)
    mandates = mandates_by_seat(seats)
    near = [each for rows in mandates.values() for each in rows if Span.of(each).within(days)]
    shown = shown_to(user, near, group)
    by_seat: dict[int, list[Stretch]] = defaultdict(list)
    for mandate in near:
        leaves = sorted(mandate.leaves.all(), key=lambda leave: leave.valid_from)
        held = Held(mandate, shown(mandate).name, tuple(leaves))
        by_seat[mandate.seat_id].append(Stretch(Span.of(mandate), held))
    work = _at_work(group)
    lines = []
    related = ("function", "organization", "group")
    for seat in sorted(seats.select_related(*related), key=seat_order):
        life = Span.of(seat).within(work) if work else None
        empty = vacancies(life, mandates.get(seat.pk, ())) if life else []
        found = [*by_seat[seat.pk], *(Stretch(each) for each in empty if each.within(days))]
        lines.append(SeatLine(seat, tuple(sorted(found, key=lambda each: each.span))))
    return lines


def vacancies(life: Span, mandates: Iterable[Mandate]) -> list[Span]:
    """The days of `life` on which nobody holds the seat, as `rosters.holder` has it.

    A personal deputy never holds it, nor does who is on leave.
    """
    present = [
        span
        for mandate in mandates
        if mandate.kind != Mandate.Kind.PERSONAL_DEPUTY
        for span in Span.of(mandate).without(Span.of(leave) for leave in mandate.leaves.all())
    ]
    return life.without(present)


def _at_work(group: SteeringGroup) -> Span | None:
    """The days on which the group's seats count: from its first decision, as long as it exists."""
    turns = GroupDecision.objects.filter(group=group, act__in=GroupDecision.TURNS)
    first = turns.aggregate(first=Min("first_day"))["first"]
    return Span.of(group).within(Span(first.toordinal(), FOREVER)) if first else None
