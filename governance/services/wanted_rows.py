"""Wishes and the seats that meet them: the rows themselves, inside somebody's act.

A seat meets a wish of its own group, function and kind of organisation. Of such equal wishes
there is one at a time, so a seat that meets one goes on meeting the one that follows it.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from simple_history.utils import bulk_update_with_history

from governance.models import Seat, WantedFunction
from governance.services.periods import shorten_all
from governance.temporal import Period, PeriodQuerySet

NOT_FITTING = (
    "Platsen kan inte uppfylla det önskemålet. Den ska höra till samma grupp, ha samma funktion "
    "och samma slag av organisation, och inte vara en plats för ersättare."
)


def fits(seat: Seat, wish: WantedFunction) -> bool:
    """Whether the seat is of the group, function and kind that the wish asks for."""
    return seat.role != Seat.Role.DEPUTY and (
        seat.group_id,
        seat.function_id,
        seat.organization.kind,
    ) == (wish.group_id, wish.function_id, wish.organization_kind)


def equal_seats(wish: WantedFunction) -> PeriodQuerySet[Seat]:
    """The seats that fit the wish and exist on one of its days, the oldest first."""
    seats = Seat.objects.overlapping(wish.valid_from, wish.valid_through).filter(
        group=wish.group_id,
        function=wish.function_id,
        organization__kind=wish.organization_kind,
    )
    ordered = seats.exclude(role=Seat.Role.DEPUTY).order_by("valid_from", "pk")
    return ordered.select_related("group", "organization", "function")


def equal_wishes(wish: WantedFunction) -> PeriodQuerySet[WantedFunction]:
    """Other wishes of the same group, function and kind that share a day with this one."""
    rows = WantedFunction.objects.overlapping(wish.valid_from, wish.valid_through).filter(
        group=wish.group_id,
        function=wish.function_id,
        organization_kind=wish.organization_kind,
    )
    return rows.exclude(pk=wish.pk)


def open_wish(seat: Seat) -> WantedFunction | None:
    """The wish that a new seat meets: the one it fits, while that lacks seats on its days."""
    wishes = WantedFunction.objects.overlapping(seat.valid_from, seat.valid_through).filter(
        group=seat.group_id,
        function=seat.function_id,
        organization_kind=seat.organization.kind,
    )
    for wish in wishes.select_related("function").order_by("-valid_from"):
        if fits(seat, wish) and _has_room(wish, seat, _meeting(equal_seats(wish))):
            return wish
    return None


def tie_free(wishes: Iterable[WantedFunction]) -> list[Seat]:
    """Let equal seats that meet no wish yet meet these, at most `number` at a time."""
    found: list[Seat] = []
    for wish in wishes:
        seats = list(equal_seats(wish))
        taken = _meeting(seats)
        for seat in seats:
            if seat.fulfils_id is None and _has_room(wish, seat, taken):
                seat.fulfils = wish
                taken.append(seat)
                found.append(seat)
    tie(found)
    return found


def tie(seats: list[Seat]) -> None:
    """Write which wish each of the seats meets."""
    if seats:
        bulk_update_with_history(seats, Seat, ["fulfils"], batch_size=500)


def keep_fitting(seat: Seat) -> None:
    """Before a changed seat is saved: let it go of a wish that it does not fit any longer."""
    if seat.fulfils is not None and not fits(seat, seat.fulfils):
        seat.fulfils = None


def end_wishes(
    wishes: PeriodQuerySet[WantedFunction], last_day: datetime.date
) -> tuple[int, int, list[Seat]]:
    """End the wishes: how many were ended and withdrawn, and the seats that were let go.

    An ended wish keeps its seats, so that the days before are read as they were. Only one
    that had not begun, and so is withdrawn, lets go of them.
    """
    freed = list(Seat.objects.filter(fulfils__in=wishes.upcoming(last_day)))
    for seat in freed:
        seat.fulfils = None
    tie(freed)
    ended, withdrawn = shorten_all(wishes, last_day)
    return ended, withdrawn, freed


def check_fits(seat: Seat, wish: WantedFunction) -> None:
    if not fits(seat, wish):
        raise ValidationError({"fulfils": NOT_FITTING})


def _meeting(seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat.fulfils_id is not None]


def _has_room(wish: WantedFunction, seat: Seat, taken: list[Seat]) -> bool:
    return sum(_share_a_day(seat, each) for each in taken) < wish.number


def _share_a_day(one: Period, other: Period) -> bool:
    return one.in_force(other.valid_from) or other.in_force(one.valid_from)
