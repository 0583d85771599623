"""Many seats in one act: whoever is chosen sits there from the first day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from governance.models import Act, Mandate, Person, Seat, SteeringGroup, User
from governance.services.acts import act, lock
from governance.services.mandate_rows import NO_DETAILS, NewPerson, employ, take_over
from governance.services.seats import lock_seats
from governance.swedish import counted


@dataclass(frozen=True)
class Change:
    """Who is to sit on a seat, and from which day."""

    seat: Seat
    person: Person | NewPerson
    first_day: datetime.date


def change_many(
    *,
    user: User | None,
    group: SteeringGroup,
    changes: Iterable[Change],
    seen: int | None = None,
) -> Act:
    """Seat everybody in `changes` in the group; what is refused is told of every row at once."""
    changes = list(changes)
    if not changes:
        raise ValidationError("Ändra minst en rad. Inget har sparats.")
    if any(change.seat.group_id != group.pk for change in changes):
        raise ValidationError("En av platserna hör till en annan grupp. Inget har sparats.")
    with act(user=user, verb=Act.Verb.REPLACE, agreement=group.agreement) as done:
        seats = lock_seats(change.seat for change in changes)
        lock([group], seen)
        said = place(changes, seats)
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"Bemanningen ändras på {counted(len(changes), 'plats', 'platser')} "
                f"i {group.name}.",
                *said,
            ]
        )
    return done


def place(changes: Iterable[Change], locked: Iterable[Seat]) -> list[str]:
    """Carry out each change on its locked seat, inside somebody's act; in words.

    Somebody new who is named alike on several seats of an organisation is one person.
    Refusals are gathered, each under `seat-<id>`, so that all are told together.
    """
    seats = {seat.pk: seat for seat in locked}
    known: dict[tuple[int, NewPerson], Person] = {}
    said: list[str] = []
    refused: dict[str, list[str]] = {}
    for change in changes:
        change = replace(change, seat=seats[change.seat.pk])
        try:
            said += _place_one(_with_person(change, known))
        except ValidationError as refusal:
            about = f"{change.seat}: {' '.join(refusal.messages)}"
            refused.setdefault(f"seat-{change.seat.pk}", []).append(about)
    if refused:
        raise ValidationError(refused)
    return said


def _with_person(change: Change, known: dict[tuple[int, NewPerson], Person]) -> Change:
    if isinstance(change.person, Person):
        return change
    key = (change.seat.organization_id, change.person)
    if key not in known:
        known[key] = employ(change.seat, change.person)
    return replace(change, person=known[key])


def _place_one(change: Change) -> list[str]:
    sentences = take_over(
        change.seat,
        change.person,
        change.first_day,
        None,
        Mandate.EndReason.REPLACED,
        NO_DETAILS,
    )
    return sentences.splitlines()
