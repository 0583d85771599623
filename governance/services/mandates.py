"""Who sits where: a person is appointed to a seat, replaced, stood in for, away or ended."""

import datetime
from dataclasses import asdict
from types import EllipsisType

from django.core.exceptions import ValidationError

from governance.models import Act, Leave, Mandate, Person, Seat, User
from governance.queries.faults import lies_within
from governance.services.acts import act
from governance.services.mandate_rows import (
    NO_DETAILS,
    Details,
    NewPerson,
    begin,
    begun_in_words,
    check_free,
    employ,
    in_group,
    kind_in_words,
    ordinary,
    stop,
    take_over,
    through,
    within,
)
from governance.services.periods import shorten_all
from governance.services.seats import lock_seats
from governance.swedish import in_words


def appoint(
    *,
    user: User | None,
    seat: Seat,
    person: Person | NewPerson,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
    details: Details = NO_DETAILS,
    seen: int | None = None,
) -> Act:
    """Let the person hold the seat from `first_day`, as its only ordinary holder."""
    with act(user=user, verb=Act.Verb.APPOINT, agreement=seat.group.agreement) as done:
        [seat] = lock_seats([seat], seen)
        mandate = begin(seat, person, first_day, last_day, details)
        done.groups.add(seat.group)
        done.summary = begun_in_words(mandate)
    return done


def replace(
    *,
    user: User | None,
    seat: Seat,
    person: Person | NewPerson,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
    end_reason: str = Mandate.EndReason.REPLACED,
    details: Details = NO_DETAILS,
    seen: int | None = None,
) -> Act:
    """End the ordinary holder the day before `first_day` and begin the new one, in one step.

    The same for a follower who is planned: the holder's last day may lie before it.
    """
    with act(user=user, verb=Act.Verb.REPLACE, agreement=seat.group.agreement) as done:
        [seat] = lock_seats([seat], seen)
        held = list(ordinary(seat))
        if all(mandate.is_upcoming(first_day) for mandate in held):
            raise ValidationError({"first_day": _nobody_to_replace(first_day, held)})
        done.summary = take_over(seat, person, first_day, last_day, end_reason, details)
        done.groups.add(seat.group)
    return done


def _nobody_to_replace(first_day: datetime.date, held: list[Mandate]) -> str:
    if not held:
        return (
            f"Platsen har ingen ledamot före den {in_words(first_day)}. Utse en ledamot i stället."
        )
    return (
        f"Platsen har ingen ledamot den {in_words(first_day)}. Det första uppdraget där börjar "
        f"den {in_words(held[0].valid_from)}. Välj den dagen eller en senare."
    )


def stand_in(
    *,
    user: User | None,
    seat: Seat,
    person: Person | NewPerson,
    kind: str,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
    details: Details = NO_DETAILS,
    seen: int | None = None,
) -> Act:
    """Let the person act for the holder (`acting`), or be the holder's deputy (`deputy`)."""
    if kind not in {Mandate.Kind.ACTING, Mandate.Kind.PERSONAL_DEPUTY}:
        raise ValidationError({"kind": "Välj tillförordnad eller personlig ersättare."})
    with act(user=user, verb=Act.Verb.STAND_IN, agreement=seat.group.agreement) as done:
        [seat] = lock_seats([seat], seen)
        mandate = begin(seat, person, first_day, last_day, details, kind=kind)
        done.groups.add(seat.group)
        done.summary = begun_in_words(mandate)
    return done


def extend(
    *,
    user: User | None,
    mandate: Mandate,
    last_day: datetime.date | None,
    seen: int | None = None,
) -> Act:
    """Let the mandate last longer, through `last_day` or until further notice."""
    with act(user=user, verb=Act.Verb.EXTEND, agreement=mandate.seat.group.agreement) as done:
        mandate = _locked(mandate, seen)
        if mandate.valid_through is None:
            raise ValidationError("Uppdraget gäller redan tills vidare. Inget har ändrats.")
        until = mandate.valid_through
        mandate.valid_through = within(mandate.seat, mandate.valid_from, last_day)
        if mandate.has_ended(until) or mandate.valid_through == until:
            raise ValidationError({"last_day": f"Välj en dag efter den {in_words(until)}."})
        mandate.end_reason = ""
        check_free(mandate)
        mandate.full_clean()
        mandate.save()
        done.groups.add(mandate.seat.group)
        done.summary = (
            f"{in_group(mandate.seat)}: uppdraget som {kind_in_words(mandate)} förlängs "
            f"från den {in_words(until)}{through(mandate.valid_through, always=True)}."
        )
    return done


def end(
    *,
    user: User | None,
    mandate: Mandate,
    last_day: datetime.date,
    end_reason: str,
    seen: int | None = None,
) -> Act:
    """End the mandate on `last_day`; it is withdrawn if it would begin after that.

    One that has already ended that day is given its reason.
    """
    with act(user=user, verb=Act.Verb.END, agreement=mandate.seat.group.agreement) as done:
        mandate = _locked(mandate, seen)
        done.groups.add(mandate.seat.group)
        done.summary = stop(mandate, last_day, end_reason)
    return done


def take_leave(
    *,
    user: User | None,
    mandate: Mandate,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
    seen: int | None = None,
) -> Act:
    """Let the holder be away; the seat is then held by an acting mandate or by nobody."""
    with act(user=user, verb=Act.Verb.LEAVE, agreement=mandate.seat.group.agreement) as done:
        mandate = _locked(mandate, seen)
        if mandate.kind != Mandate.Kind.ORDINARY:
            raise ValidationError(
                "Bara en ledamot kan vara tjänstledig. "
                f"Avsluta uppdraget som {kind_in_words(mandate)}."
            )
        leave = Leave(mandate=mandate, valid_from=first_day)
        leave.valid_through = within(mandate, first_day, last_day, what="Uppdraget")
        leave.full_clean()
        leave.save()
        done.groups.add(mandate.seat.group)
        done.summary = (
            f"{in_group(mandate.seat)}: ledamoten är tjänstledig från och med den "
            f"{in_words(first_day)}{through(leave.valid_through)}."
        )
    return done


def end_leave(
    *, user: User | None, leave: Leave, last_day: datetime.date, seen: int | None = None
) -> Act:
    """End the leave on `last_day`; it is withdrawn if it would begin after that."""
    seat = leave.mandate.seat
    with act(user=user, verb=Act.Verb.LEAVE, agreement=seat.group.agreement) as done:
        mandate = _locked(leave.mandate, seen)
        rows = mandate.leaves.filter(pk=leave.pk)
        found = rows.first()
        if found is None:
            raise ValidationError("Tjänstledigheten är borttagen. Inget har ändrats.")
        if found.valid_through is not None and not rows.outlasting(last_day):
            raise ValidationError(
                {"last_day": f"Tjänstledigheten slutar redan den {in_words(found.valid_through)}."}
            )
        _, withdrawn = shorten_all(rows, last_day)
        done.groups.add(mandate.seat.group)
        done.summary = f"{in_group(mandate.seat)}: " + (
            f"tjänstledigheten från den {in_words(found.valid_from)} återkallas."
            if withdrawn
            else f"tjänstledigheten slutar den {in_words(last_day)}."
        )
    return done


def correct(
    *,
    user: User | None,
    mandate: Mandate,
    person: Person | NewPerson | None = None,
    first_day: datetime.date | None = None,
    last_day: datetime.date | EllipsisType | None = ...,
    end_reason: str | None = None,
    details: Details | None = None,
    seen: int | None = None,
) -> Act:
    """Put right what was entered wrongly, on the row itself; the history keeps the fault.

    Without a last day there is no reason for the end either.
    """
    agreement, why = mandate.seat.group.agreement, Act.Reason.CORRECTION
    with act(user=user, verb=Act.Verb.CORRECT, reason=why, agreement=agreement) as done:
        mandate = _locked(mandate, seen)
        before = Mandate.objects.values().get(pk=mandate.pk)
        if person is not None:
            mandate.person = employ(mandate.seat, person)
        mandate.valid_from = first_day or mandate.valid_from
        last = mandate.valid_through if last_day is ... else last_day
        mandate.valid_through = within(mandate.seat, mandate.valid_from, last)
        if end_reason is not None or mandate.valid_through is None:
            mandate.end_reason = (mandate.valid_through and end_reason) or ""
        _save_corrected(mandate, details)
        if Mandate.objects.values().get(pk=mandate.pk) == before:
            raise ValidationError("Uppgifterna är redan sådana. Inget har ändrats.")
        _check_leaves(mandate)
        done.groups.add(mandate.seat.group)
        done.summary = (
            f"{in_group(mandate.seat)}: uppdraget som {kind_in_words(mandate)} rättas. "
            f"Det gäller från och med den {in_words(mandate.valid_from)}"
            f"{through(mandate.valid_through, always=True)}."
        )
    return done


def _locked(mandate: Mandate, seen: int | None) -> Mandate:
    """The mandate as it is now, with its seat and group locked."""
    [seat] = lock_seats([mandate.seat], seen)
    found = seat.mandates.select_related("person").filter(pk=mandate.pk).first()
    if found is None:
        raise ValidationError("Uppdraget är borttaget eller flyttat. Inget har ändrats.")
    found.seat = seat
    return found


def _save_corrected(mandate: Mandate, details: Details | None) -> None:
    for name, value in asdict(details).items() if details else ():
        setattr(mandate, name, value)
    check_free(mandate)
    mandate.full_clean()
    mandate.save()


def _check_leaves(mandate: Mandate) -> None:
    for leave in mandate.leaves.all():
        if not lies_within(leave, mandate):
            raise ValidationError(
                f"En tjänstledighet från den {in_words(leave.valid_from)} hamnar utanför "
                "uppdraget. Ändra tjänstledigheten först."
            )
