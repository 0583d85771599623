"""Seats in a group: added, changed from a day on, and ended; and how they are locked."""

import datetime
from collections.abc import Callable, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Max

from governance.models import (
    Act,
    Function,
    Leave,
    Mandate,
    Organization,
    Seat,
    SteeringGroup,
    User,
    WantedFunction,
)
from governance.services.acts import Stale, act, lock
from governance.services.mandate_rows import in_group, through, within
from governance.services.measures import check_not_named
from governance.services.periods import end_mandates, shorten_all
from governance.services.wanted_rows import check_fits, keep_fitting, open_wish
from governance.swedish import in_words
from governance.temporal import day_before


def lock_seats(seats: Iterable[Seat], seen: int | None = None) -> list[Seat]:
    """The seats as they are now, in the order of their ids: the seats are locked, then the groups.

    `seen` is what `last_seen_seats` said when the reader opened the page; when an act
    has touched any of them since, Stale is raised. None means that nobody looked.
    """
    wanted = sorted({seat.pk for seat in seats})
    rows = Seat.objects.select_for_update(of=("self",)).order_by("pk").filter(pk__in=wanted)
    locked = list(rows.select_related("function", "organization", "group__agreement"))
    groups = {group.pk: group for group in lock(seat.group for seat in locked)}
    for seat in locked:
        seat.group = groups[seat.group_id]
    if len(locked) != len(wanted) or (seen is not None and last_seen_seats(locked) != seen):
        raise Stale("Bemanningen")
    return locked


def lock_with_seats(
    groups: Iterable[SteeringGroup], seen: int | None = None
) -> list[SteeringGroup]:
    """The groups, locked after all their seats, for what ends or changes both."""
    groups = list(groups)
    seats = Seat.objects.select_for_update(of=("self",)).order_by("pk")
    list(seats.filter(group__in=[group.pk for group in groups]))
    return lock(groups, seen)


def last_seen_seats(seats: Iterable[Seat]) -> int:
    """The latest act that touched the seats, their mandates or leaves; 0 if none."""
    pks = [seat.pk for seat in seats]
    mandates = Mandate.history.filter(seat__in=pks)
    rows = [
        Seat.history.filter(id__in=pks),
        mandates,
        Leave.history.filter(mandate__in=mandates.values("id")),
    ]
    return max(found.aggregate(newest=Max("caused_by"))["newest"] or 0 for found in rows)


def add_seat(
    *,
    user: User | None,
    group: SteeringGroup,
    organization: Organization,
    function: Function,
    role: str = Seat.Role.MEMBER,
    number: int | None = None,
    first_day: datetime.date,
    mailbox: str = "",
    fulfils: WantedFunction | None = None,
    seen: int | None = None,
) -> Act:
    """Add a seat that nobody holds yet; it lasts as long as the group does.

    It meets the wish `fulfils`, else the one that it fits, if that lacks seats.
    """
    with act(user=user, verb=Act.Verb.SEAT, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        seat = Seat(
            group=group,
            organization=organization,
            function=function,
            role=role,
            mailbox=mailbox,
            valid_from=first_day,
        )
        done.summary = begin_seat(seat, number, fulfils)
        done.groups.add(group)
    return done


def change_seat(
    *,
    user: User | None,
    seat: Seat,
    first_day: datetime.date,
    role: str | None = None,
    organization: Organization | None = None,
    function: Function | None = None,
    mailbox: str | None = None,
    seen: int | None = None,
) -> Act:
    """From `first_day` the seat is another one, to which its mandates are carried over.

    A mailbox alone, or a change from the seat's own first day, is changed in place.
    """
    wanted = {
        "role": role, "organization": organization, "function": function, "mailbox": mailbox
    }  # fmt: skip
    with act(user=user, verb=Act.Verb.SEAT, agreement=seat.group.agreement) as done:
        [seat] = lock_seats([seat], seen)
        before = in_group(seat)
        changed = {
            name: value
            for name, value in wanted.items()
            if value is not None and value != getattr(seat, name)
        }
        now = _change(seat, first_day, changed)
        done.groups.add(seat.group)
        when = "" if set(changed) == {"mailbox"} else f" från och med den {in_words(first_day)}"
        what = " Ny funktionsbrevlåda." if "mailbox" in changed else ""
        done.summary = (
            f"{before} ändras: {in_group(now)}, {now.get_role_display()}{when}. "
            f"Uppdragen följer med.{what}"
        )
    return done


def end_seat(
    *, user: User | None, seat: Seat, last_day: datetime.date, seen: int | None = None
) -> Act:
    """End the seat with its mandates and their leaves; what had not begun is withdrawn."""
    with act(user=user, verb=Act.Verb.SEAT, agreement=seat.group.agreement) as done:
        [seat] = lock_seats([seat], seen)
        done.groups.add(seat.group)
        done.summary = stop_seat(seat, last_day)
    return done


# -- the rows, inside somebody's act ---------------------------------------------------------


def begin_seat(seat: Seat, number: int | None = None, fulfils: WantedFunction | None = None) -> str:
    """Write a new seat in a locked group, as long as the group lasts; in words."""
    seat.valid_through = within(seat.group, seat.valid_from, None, what="Gruppen")
    if fulfils is not None:
        check_fits(seat, fulfils)
    seat.fulfils = fulfils or open_wish(seat)
    write_numbered(seat, number)
    meets = f"\nPlatsen uppfyller önskemålet {seat.fulfils}." if seat.fulfils else ""
    return (
        f"Ny plats i gruppen: {in_group(seat)}, {seat.get_role_display()}, "
        f"från och med den {in_words(seat.valid_from)}{through(seat.valid_through)}.{meets}"
    )


def stop_seat(seat: Seat, last_day: datetime.date) -> str:
    """End one locked seat on `last_day`, or withdraw it if it begins later; in words."""
    rows = Seat.objects.filter(pk=seat.pk)
    if seat.valid_through is not None and not rows.outlasting(last_day):
        over = in_words(seat.valid_through)
        raise ValidationError({"last_day": f"Platsen slutar redan den {over}."})
    check_not_named(rows.upcoming(last_day))
    reason = Mandate.EndReason.SEAT_ENDED
    ended, gone = end_mandates(Mandate.objects.filter(seat=seat), last_day, reason)
    _, withdrawn = shorten_all(rows, last_day)
    said = f" {gone} som inte hade börjat återkallas." if gone else ""
    if withdrawn:
        return f"{in_group(seat)} återkallas innan platsen har börjat.{said}"
    return (
        f"{in_group(seat)} avslutas. Sista dagen är den {in_words(last_day)}. "
        f"{ended} uppdrag avslutas samma dag.{said}"
    )


def hand_over(
    seat: Seat,
    first_day: datetime.date,
    changed: Mapping[str, object],
    *,
    keep: Callable[[Mandate], bool],
) -> tuple[Seat, int]:
    """End the locked seat the day before and begin one with `changed` in its place.

    Mandates that `keep` says yes to go on in the new seat, with their leaves; how many
    they were is told. The others end or are withdrawn. A change from the seat's own
    first day is made in place, since nothing would be left of it.
    """
    last_day = day_before(first_day)
    if seat.valid_from == first_day:
        left = [each.pk for each in Mandate.objects.filter(seat=seat) if not keep(each)]
        end_mandates(Mandate.objects.filter(pk__in=left), last_day, Mandate.EndReason.SEAT_ENDED)
        return _change_in_place(seat, changed), seat.mandates.count()
    following = Seat(
        **{
            name: changed.get(name, getattr(seat, name))
            for name in ("group", "organization", "function", "role", "mailbox", "fulfils")
        },
        valid_from=first_day,
        valid_through=seat.valid_through,
    )
    mandates = Mandate.objects.filter(seat=seat)
    kept = [mandate for mandate in mandates.outlasting(last_day) if keep(mandate)]
    leaves = {mandate.pk: list(mandate.leaves.outlasting(last_day)) for mandate in kept}
    coming = [mandate.pk for mandate in kept if mandate.is_upcoming(last_day)]
    end_mandates(mandates.exclude(pk__in=coming), last_day, Mandate.EndReason.SEAT_ENDED)
    shorten_all(Seat.objects.filter(pk=seat.pk), last_day)
    keep_fitting(following)
    write_numbered(following, None, wanted=seat.number)
    for mandate in kept:
        _carry(mandate, following, leaves[mandate.pk], begun=mandate.pk not in coming)
    return following, len(kept)


def _carry(mandate: Mandate, seat: Seat, leaves: list[Leave], *, begun: bool) -> None:
    """Let the mandate go on in `seat`: a new row when it has begun, else the row is moved."""
    mandate.seat = seat
    if not begun:
        mandate.full_clean()
        mandate.save()
        return
    mandate.pk = None
    mandate._state.adding = True
    mandate.valid_from = seat.valid_from
    mandate.full_clean()
    mandate.save()
    for leave in leaves:
        if not leave.is_upcoming(day_before(seat.valid_from)):
            leave.valid_from = seat.valid_from
        leave.pk = None
        leave._state.adding = True
        leave.mandate = mandate
        leave.full_clean()
        leave.save()


def write_numbered(seat: Seat, number: int | None, *, wanted: int = 1) -> None:
    """Save a new seat under `number`, or the first free one from `wanted` upwards."""
    equal = Seat.objects.overlapping(seat.valid_from, seat.valid_through).filter(
        group=seat.group, organization=seat.organization, function=seat.function
    )
    taken = set(equal.values_list("number", flat=True))
    seat.number = number or wanted
    while number is None and seat.number in taken:
        seat.number += 1
    _check_organization(seat)
    seat.full_clean()
    seat.save()


def _change(seat: Seat, first_day: datetime.date, changed: Mapping[str, object]) -> Seat:
    """The locked seat as it is from `first_day`: the same row, or the one that follows it."""
    if not changed:
        raise ValidationError("Platsen är redan sådan. Inget har ändrats.")
    if set(changed) == {"mailbox"}:
        return _change_in_place(seat, changed)
    within(seat, first_day, None)
    following, _ = hand_over(seat, first_day, changed, keep=lambda mandate: True)
    return following


def _change_in_place(seat: Seat, changed: Mapping[str, object]) -> Seat:
    for name, value in changed.items():
        setattr(seat, name, value)
    keep_fitting(seat)
    _check_organization(seat)
    seat.full_clean()
    seat.save()
    return seat


def _check_organization(seat: Seat) -> None:
    if not seat.organization.in_force(seat.valid_from):
        raise ValidationError(
            {"organization": f"{seat.organization} finns inte den {in_words(seat.valid_from)}."}
        )
