"""Who sits in a group on a day, and which of its seats are vacant.

A whole roster, or the seats of many groups, is read in one query for the seats and one
for their mandates with leaves; the status of each seat is then worked out in memory.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import F

from governance.models import Leave, Mandate, Person, Seat, Status, SteeringGroup
from governance.permissions import names
from governance.rights import Account
from governance.swedish import in_words
from governance.temporal import PeriodQuerySet, day_after

HELD = ("filled", "ending")
_OF_LEAVE = ["id", "valid_from", "valid_through"]


def seat_status(
    seat: Seat, mandates: Iterable[Mandate], day: datetime.date, group: SteeringGroup
) -> Status:
    """The first that holds of: closed, filled or ending, starting, lapsed, vacant.

    `statuses.with_status` asks the database for the same.
    `group` comes from `with_state(day)`; `mandates` are all that the seat has ever had.
    """
    if not seat.in_force(day) or not group.in_force(day):
        return Status("closed", "Platsen är avslutad")
    if group.state(day).code == "proposed":
        return Status("closed", "Gruppen är inte aktiv än")
    own = _ordinary_and_acting(mandates)
    current = holder(own, day)
    if current is not None:
        return _held(current, own, day, group.notice_days)
    coming = [mandate for mandate in own if mandate.is_upcoming(day)]
    if coming:
        first = min(mandate.valid_from for mandate in coming)
        return Status("starting", f"Börjar den {_near(first, day)}")
    last = max(own, key=_last_day, default=None)
    if last is not None and last.has_ended(day) and not last.end_reason:
        return Status("lapsed", "Har gått ut, inget nytt beslut")
    return Status("vacant", "Vakant")


def holder(mandates: Iterable[Mandate], day: datetime.date) -> Mandate | None:
    """Who sits there: the acting holder before the ordinary one, never a deputy.

    Who is on leave does not; says the same as `Mandate.objects.holding`.
    """
    current = {mandate.kind: mandate for mandate in mandates if mandate.is_present(day)}
    return current.get(Mandate.Kind.ACTING) or current.get(Mandate.Kind.ORDINARY)


def _held(current: Mandate, own: list[Mandate], day: datetime.date, notice_days: int) -> Status:
    """Filled, or ending: the last day is near and nobody sits there on the day after."""
    after_notice = day_after(day + datetime.timedelta(days=notice_days))
    if current.valid_through is None or not current.has_ended(after_notice):
        return Status("filled", "Bemannad")
    if holder(own, day_after(current.valid_through)) is not None:
        return Status("filled", "Bemannad")
    return Status("ending", f"Går ut den {_near(current.valid_through, day)}")


def _ordinary_and_acting(mandates: Iterable[Mandate]) -> list[Mandate]:
    return [mandate for mandate in mandates if mandate.kind != Mandate.Kind.PERSONAL_DEPUTY]


def _last_day(mandate: Mandate) -> tuple[datetime.date, int]:
    """What tells which mandate of a seat lasts, or lasted, the longest."""
    return mandate.valid_through or datetime.date.max, mandate.pk


def _near(other: datetime.date, day: datetime.date) -> str:
    """`31 mars`, with the year when it is another than that of `day`."""
    text = in_words(other)
    return text.removesuffix(f" {day.year}")


# -- many seats ---------------------------------------------------------------------------


@dataclass(frozen=True)
class SeatCounts:
    """Seats for members only; seats for deputies (ersättare) are counted on their own.

    `vacant` counts every seat that nobody holds, whatever the reason; `closed` those of
    a group that is not at work yet.
    """

    filled: int = 0
    vacant: int = 0
    ending: int = 0
    closed: int = 0
    deputies: int = 0

    @property
    def total(self) -> int:
        return self.filled + self.vacant


def count(seats: Iterable[tuple[Seat, Status]]) -> SeatCounts:
    codes: Counter[str] = Counter()
    deputies = 0
    for seat, status in seats:
        if seat.role == Seat.Role.DEPUTY:
            deputies += 1
        else:
            codes[status.code] += 1
    filled = sum(codes[code] for code in HELD)
    return SeatCounts(
        filled=filled,
        vacant=codes.total() - filled - codes["closed"],
        ending=codes["ending"],
        closed=codes["closed"],
        deputies=deputies,
    )


def mandates_by_seat(seats: PeriodQuerySet[Seat]) -> dict[int, list[Mandate]]:
    """All mandates that the seats have ever had, with their leaves, in one query.

    It has a row for each leave; `leaves.all()` then gives those without asking again, as
    after `prefetch_related`, which would cost pages at their budget one query more.
    """
    rows = Mandate.objects.filter(seat__in=seats.values("pk")).select_related("person")
    mandates: dict[int, Mandate] = {}
    leaves: dict[int, list[Leave]] = defaultdict(list)
    for row in rows.annotate(**{f"leave_{name}": F(f"leaves__{name}") for name in _OF_LEAVE}):
        mandates.setdefault(row.pk, row)
        columns = {name: getattr(row, f"leave_{name}") for name in _OF_LEAVE}
        if columns["id"] is not None:
            leaves[row.pk].append(Leave(mandate_id=row.pk, **columns))
    found: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates.values():
        known: Any = mandate.leaves.all()
        known._result_cache, known._prefetch_done = leaves[mandate.pk], True
        mandate._prefetched_objects_cache = {"leaves": known}  # type: ignore[attr-defined]
        found[mandate.seat_id].append(mandate)
    return found


def count_by_group(groups: Iterable[SteeringGroup], day: datetime.date) -> dict[int, SeatCounts]:
    """What `count` says of each group's seats in force on `day`, in two queries for all."""
    by_id = {group.pk: group for group in groups}
    seats = Seat.objects.as_of(day).filter(group__in=by_id)
    mandates = mandates_by_seat(seats)
    found: dict[int, list[tuple[Seat, Status]]] = defaultdict(list)
    for seat in seats.order_by():
        status = seat_status(seat, mandates.get(seat.pk, ()), day, by_id[seat.group_id])
        found[seat.group_id].append((seat, status))
    return {pk: count(found.get(pk, ())) for pk in by_id}


# -- one roster, for a page ---------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """One mandate as the reader may see it; `name` is None when it is hidden."""

    mandate: Mandate
    name: str | None

    @property
    def title(self) -> str:
        return self.mandate.title_then or self.mandate.person.title


@dataclass(frozen=True)
class SeatRow:
    """A seat in force on the day. `deputies` stand beside the holder, never as members.

    `away` is the ordinary holder when on leave, through `away_through` or for now.
    """

    seat: Seat
    status: Status
    holder: Holder | None
    deputies: tuple[Holder, ...]
    away: Holder | None = None
    away_through: datetime.date | None = None

    @property
    def mailbox(self) -> str:
        """Where to write when the name is hidden."""
        return self.seat.mailbox or self.seat.organization.mailbox


@dataclass(frozen=True)
class Roster:
    rows: list[SeatRow]
    counts: SeatCounts


def roster(user: Account, group: SteeringGroup, day: datetime.date) -> Roster:
    """The seats of `group` (from `with_state(day)`) in force on `day`: three queries, any size."""
    seats = Seat.objects.as_of(day).filter(group=group)
    mandates = mandates_by_seat(seats)
    ordered = sorted(seats.select_related("function", "organization"), key=attrgetter("in_roster"))
    sitting = [each for rows in mandates.values() for each in rows if each.in_force(day)]
    shown = shown_to(user, sitting, group)
    rows = [_row(seat, mandates.get(seat.pk, []), day, group, shown) for seat in ordered]
    return Roster(rows, count((row.seat, row.status) for row in rows))


def shown_to(
    user: Account, mandates: Iterable[Mandate], group: SteeringGroup
) -> Callable[[Mandate], Holder]:
    """How to show a mandate's person to this reader."""
    people: list[Person] = [mandate.person for mandate in mandates]
    visible = names(user, people, group.agreement)
    return lambda mandate: Holder(mandate, visible[mandate.person_id])


def _row(
    seat: Seat,
    mandates: list[Mandate],
    day: datetime.date,
    group: SteeringGroup,
    shown: Callable[[Mandate], Holder],
) -> SeatRow:
    current = holder(mandates, day)
    sitting = [mandate for mandate in mandates if mandate.in_force(day)]
    deputies = [each for each in sitting if each.kind == Mandate.Kind.PERSONAL_DEPUTY]
    away = [
        (each, leave)
        for each in sitting
        for leave in each.leaves.all()
        if each.kind == Mandate.Kind.ORDINARY and leave.in_force(day)
    ]
    return SeatRow(
        seat=seat,
        status=seat_status(seat, mandates, day, group),
        holder=shown(current) if current else None,
        deputies=tuple(shown(mandate) for mandate in deputies),
        away=shown(away[0][0]) if away else None,
        away_through=away[0][1].valid_through if away else None,
    )
