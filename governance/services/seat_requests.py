"""An organisation asks for a seat in a group, and a coordinator grants or declines it."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max

from governance.models import Act, Function, Organization, Seat, SeatRequest, SteeringGroup, User
from governance.services.acts import Stale, act, lock
from governance.services.seats import begin_seat

SETTLED = "Begäran är redan besvarad eller återtagen. Inget har ändrats."


def last_seen(request: SeatRequest) -> int:
    """The latest act on the request: what a reader of it has seen."""
    rows = SeatRequest.history.filter(id=request.pk)
    return rows.aggregate(newest=Max("caused_by"))["newest"] or 0


def ask(
    *,
    user: User | None,
    group: SteeringGroup,
    organization: Organization,
    function: Function,
    why: str,
    day: datetime.date,
    seen: int | None = None,
) -> Act:
    """Ask for a seat; the reason is read by both sides and stands in no summary."""
    with act(user=user, verb=Act.Verb.REQUEST, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        if group.has_ended(day):
            raise ValidationError("Gruppen är avslutad. Där går det inte att be om en plats.")
        equal = Seat.objects.as_of(day).filter(
            group=group, organization=organization, function=function
        )
        if equal.exists():
            raise ValidationError(
                {
                    "function": f"{organization} har redan en plats för {function} i gruppen. "
                    "Välj en annan funktion, eller utse en ledamot på platsen."
                }
            )
        row = SeatRequest(
            group=group, organization=organization, function=function, why=why, day=day
        )
        row.full_clean()
        row.save()
        done.groups.add(group)
        done.summary = f"{_about(row)}: {organization} ber om en plats."
    return done


def withdraw(*, user: User | None, request: SeatRequest, seen: int | None = None) -> Act:
    """Take an open request back."""
    with act(user=user, verb=Act.Verb.REQUEST, agreement=request.group.agreement) as done:
        row = _locked(request, seen)
        row.outcome = SeatRequest.Outcome.WITHDRAWN
        row.save()
        done.groups.add(row.group)
        done.summary = f"{_about(row)}: {row.organization} tar tillbaka sin begäran om plats."
    return done


def grant(
    *,
    user: User | None,
    request: SeatRequest,
    role: str,
    first_day: datetime.date,
    answer: str = "",
    seen: int | None = None,
) -> Act:
    """Add the seat that was asked for, in the same act; nobody sits on it yet."""
    with act(user=user, verb=Act.Verb.SETTLE, agreement=request.group.agreement) as done:
        row = _locked(request, seen)
        row.seat = Seat(
            group=row.group,
            organization=row.organization,
            function=row.function,
            role=role,
            valid_from=first_day,
        )
        added = begin_seat(row.seat)
        row.seat = row.seat  # now with an id
        row.outcome, row.answer = SeatRequest.Outcome.GRANTED, answer
        row.full_clean()
        row.save()
        done.groups.add(row.group)
        done.summary = f"{_about(row)}: begäran från {row.organization} beviljas.\n{added}"
    return done


def decline(
    *, user: User | None, request: SeatRequest, answer: str, seen: int | None = None
) -> Act:
    """Say no, with a sentence that the organisation reads."""
    with act(user=user, verb=Act.Verb.SETTLE, agreement=request.group.agreement) as done:
        row = _locked(request, seen)
        if not answer.strip():
            raise ValidationError({"answer": "Skriv en mening om varför."})
        row.outcome, row.answer = SeatRequest.Outcome.DECLINED, answer
        row.full_clean()
        row.save()
        done.groups.add(row.group)
        done.summary = f"{_about(row)}: begäran från {row.organization} avböjs."
    return done


def _locked(request: SeatRequest, seen: int | None) -> SeatRequest:
    """The request as it is now, its group locked before it."""
    [group] = lock([request.group])
    rows = SeatRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk)
    found = rows.select_related("organization", "function").get()
    found.group = group
    if seen is not None and last_seen(found) != seen:
        raise Stale("Begäran")
    if found.outcome != SeatRequest.Outcome.ASKED:
        raise ValidationError(SETTLED)
    return found


def _about(row: SeatRequest) -> str:
    return f"{row.function} i {row.group.name}"
