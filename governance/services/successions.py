"""One organisation after another, and one person in many groups."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from governance.models import Act, Mandate, Organization, Person, Seat, User
from governance.services.acts import act
from governance.services.mandate_rows import NewPerson, in_group, within
from governance.services.rosters import Change, place
from governance.services.seats import hand_over, lock_seats
from governance.swedish import counted, in_words
from governance.temporal import day_before


def succeed(
    *,
    user: User | None,
    old: Organization,
    new: Organization,
    first_day: datetime.date,
    seats: Iterable[Seat],
    keep_people: Iterable[Mandate],
    seen: int | None = None,
) -> Act:
    """End the seats of `old` the day before and give `new` the same, with the chosen mandates.

    The other mandates end with their seats. An organisation that is split is succeeded once
    for each of the new ones. What the organisations are called, and where people work, is
    not changed: that is for the structure.
    """
    chosen = list(seats)
    if old.pk == new.pk:
        raise ValidationError({"new": "En organisation kan inte efterträda sig själv."})
    if not chosen:
        raise ValidationError({"seats": "Välj minst en plats som efterträdaren ska få."})
    _check_one_agreement(chosen)
    kept = {mandate.pk for mandate in keep_people}
    with act(user=user, verb=Act.Verb.SUCCEED, agreement=chosen[0].group.agreement) as done:
        locked = lock_seats(chosen, seen)
        done.groups.set({seat.group for seat in locked})
        following = [_follow(seat, old, new, first_day, kept) for seat in locked]
        number = sum(carried for _, carried in following)
        done.summary = "\n".join(
            [
                f"{old} efterträds av {new} den {in_words(first_day)} "
                f"på {counted(len(locked), 'plats', 'platser')}.",
                f"Sista dagen för {old} är den {in_words(day_before(first_day))}. "
                f"{number} uppdrag följer med.",
                *(sentence for sentence, _ in following),
            ]
        )
    return done


def _follow(
    seat: Seat, old: Organization, new: Organization, first_day: datetime.date, kept: set[int]
) -> tuple[str, int]:
    """Give `new` a seat after one locked seat of `old`; in words, with how many came along."""
    if seat.organization_id != old.pk:
        raise ValidationError({"seats": f"{in_group(seat)} hör inte till {old}."})
    within(seat, first_day, None)
    if seat.is_upcoming(day_before(first_day)):
        raise ValidationError(
            {"seats": f"{in_group(seat)} börjar samma dag. Ändra platsen i stället."}
        )
    changed = {"organization": new, "mailbox": ""}
    following, carried = hand_over(seat, first_day, changed, keep=lambda row: row.pk in kept)
    return f"{in_group(seat)} blir {in_group(following)}.", carried


def appoint_everywhere(
    *,
    user: User | None,
    person: Person | NewPerson,
    choices: Iterable[tuple[Seat, datetime.date]],
    seen: int | None = None,
) -> Act:
    """Let one person hold many seats, in any groups; whoever holds them ends the day before."""
    chosen = list(choices)
    if not chosen:
        raise ValidationError({"seats": "Välj minst en plats."})
    _check_one_agreement([seat for seat, _ in chosen])
    agreement = chosen[0][0].group.agreement
    with act(user=user, verb=Act.Verb.REPLACE, agreement=agreement) as done:
        locked = lock_seats([seat for seat, _ in chosen], seen)
        said = place([Change(seat, person, first_day) for seat, first_day in chosen], locked)
        groups = {seat.group for seat in locked}
        done.groups.set(groups)
        done.summary = "\n".join(
            [
                f"Samma person utses på {counted(len(chosen), 'plats', 'platser')} "
                f"i {counted(len(groups), 'grupp', 'grupper')}.",
                *said,
            ]
        )
    return done


def _check_one_agreement(seats: Iterable[Seat]) -> None:
    if len({seat.group.agreement_id for seat in seats}) > 1:
        raise ValidationError(
            {"seats": "Platserna hör till olika överenskommelser. Ta en i taget."}
        )
