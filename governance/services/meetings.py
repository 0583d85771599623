"""Meetings of a group: planned, changed, held or cancelled; one act each.

Who was there is told by function, as the seats that were represented; never by name.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from governance.models import Act, Meeting, Seat, SteeringGroup, User
from governance.services.acts import act, lock
from governance.swedish import counted, in_words


def plan_meeting(
    *,
    user: User | None,
    group: SteeringGroup,
    day: datetime.date,
    starts_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
    place: str = "",
    seen: int | None = None,
) -> Act:
    """Enter a meeting, on any day when the group exists; one that has been is then held."""
    with act(user=user, verb=Act.Verb.MEET, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        meeting = Meeting(group=group, day=day, starts_at=starts_at, ends_at=ends_at, place=place)
        _save(meeting)
        done.groups.add(group)
        done.summary = f"{group.name}: möte planeras till den {_when(meeting)}."
    return done


def change_meeting(
    *, user: User | None, meeting: Meeting, seen: int | None = None, **fields: Any
) -> Act:
    """Change the day, the times, the place or where the notes are."""
    with act(user=user, verb=Act.Verb.MEET, agreement=meeting.group.agreement) as done:
        meeting = _locked(meeting, seen)
        before = _when(meeting)
        changed = [name for name, value in fields.items() if getattr(meeting, name) != value]
        if not changed:
            raise ValidationError("Uppgifterna är redan sådana. Inget har ändrats.")
        for name in changed:
            setattr(meeting, name, fields[name])
        _check_present(meeting, meeting.present.all())
        _save(meeting)
        done.groups.add(meeting.group)
        done.summary = f"{meeting.group.name}: uppgifterna om mötet den {before} ändras." + (
            f"\nDet gäller nu den {_when(meeting)}." if before != _when(meeting) else ""
        )
    return done


def hold_meeting(
    *,
    user: User | None,
    meeting: Meeting,
    today: datetime.date,
    present: Iterable[Seat],
    registry_number: str = "",
    next_day: datetime.date | None = None,
    seen: int | None = None,
) -> Act:
    """Say that the meeting was held, which functions were there, and perhaps when the next is.

    Said once more, it puts right who was there and where the notes are.
    """
    with act(user=user, verb=Act.Verb.MEET, agreement=meeting.group.agreement) as done:
        meeting = _locked(meeting, seen)
        if meeting.state == Meeting.State.CANCELLED:
            raise ValidationError("Mötet är inställt. Planera ett nytt möte i stället.")
        if not Meeting.objects.through(today).filter(pk=meeting.pk).exists():
            raise ValidationError(
                f"Mötet är den {in_words(meeting.day)}. Det registreras som hållet först då."
            )
        seats = list(present)
        _check_present(meeting, seats)
        meeting.state = Meeting.State.HELD
        meeting.registry_number = registry_number.strip()
        _save(meeting)
        meeting.present.set(seats)
        done.groups.add(meeting.group)
        where = f", anteckningar {meeting.registry_number}" if meeting.registry_number else ""
        there = counted(len(seats), "funktion", "funktioner")
        said = [
            f"{meeting.group.name}: mötet den {in_words(meeting.day)} har hållits, "
            f"{f'med {there} närvarande' if seats else 'utan uppgift om närvaro'}{where}."
        ]
        if next_day is not None:
            _save(Meeting(group=meeting.group, day=next_day), "next_day")
            said.append(f"Nästa möte planeras till den {in_words(next_day)}.")
        done.summary = "\n".join(said)
    return done


def cancel_meeting(*, user: User | None, meeting: Meeting, seen: int | None = None) -> Act:
    """Cancel a planned meeting; it stays in the list, and the day is free for another."""
    with act(user=user, verb=Act.Verb.MEET, agreement=meeting.group.agreement) as done:
        meeting = _locked(meeting, seen)
        if meeting.state != Meeting.State.PLANNED:
            raise ValidationError("Bara ett planerat möte kan ställas in. Inget har ändrats.")
        meeting.state = Meeting.State.CANCELLED
        _save(meeting)
        done.groups.add(meeting.group)
        done.summary = f"{meeting.group.name}: mötet den {_when(meeting)} ställs in."
    return done


def _locked(meeting: Meeting, seen: int | None) -> Meeting:
    [group] = lock([meeting.group], seen)
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    found.group = group
    return found


def _save(meeting: Meeting, day_field: str = "day") -> None:
    if not meeting.group.in_force(meeting.day):
        day = in_words(meeting.day)
        raise ValidationError(
            {day_field: f"{meeting.group} finns inte den {day}. Välj en annan dag."}
        )
    meeting.full_clean()
    meeting.save()


def _check_present(meeting: Meeting, seats: Iterable[Seat]) -> None:
    there = set(Seat.objects.as_of(meeting.day).filter(group=meeting.group))
    if any(seat not in there for seat in seats):
        raise ValidationError(
            f"En närvarande funktion hade ingen plats i gruppen den {in_words(meeting.day)}. "
            "Välj en annan dag, eller ändra vilka som var närvarande."
        )


def _when(meeting: Meeting) -> str:
    hour = f" klockan {meeting.starts_at:%H.%M}" if meeting.starts_at else ""
    return f"{in_words(meeting.day)}{hour}"
