"""Undo (ångra): within fifteen minutes, without a reason, back to exactly what was."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from governance.models import Act, Leave, Mandate, Person, PersonName, Seat, User
from governance.permissions import allowed
from governance.queries.faults import lies_within
from governance.rights import EDIT_ROSTER
from governance.services.acts import act as carry_out
from governance.services.acts import lock
from governance.services.seats import lock_seats
from governance.services.undo_rows import Written

WINDOW = datetime.timedelta(minutes=15)
VERBS = frozenset(
    {
        Act.Verb.APPOINT,
        Act.Verb.REPLACE,
        Act.Verb.EXTEND,
        Act.Verb.END,
        Act.Verb.STAND_IN,
        Act.Verb.LEAVE,
        Act.Verb.CORRECT,
        Act.Verb.SEAT,
        Act.Verb.SUCCEED,
    }
)
# What such a verb writes, the whole before its parts.
_NOUNS: tuple[Any, ...] = (Person, PersonName, Seat, Mandate, Leave)


def can_undo(user: User, act: Act, now: datetime.datetime) -> bool:
    """Whether the user did it, just now, and still may change every group it was about."""
    return (
        act.user_id == user.pk
        and not _refusal(act, now)
        and all(allowed(user, EDIT_ROSTER, group) for group in act.groups.all())
    )


def undo(*, user: User | None, act: Act, now: datetime.datetime) -> Act:
    """Put every row back as it was before the act; refused when one was changed since."""
    with carry_out(user=user, verb=Act.Verb.UNDO, agreement=act.agreement) as done:
        act = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
        if refusal := _refusal(act, now):
            raise ValidationError(refusal)
        written = Written(act, _NOUNS)
        lock_seats(Seat.objects.filter(pk__in=written.seats))
        groups = lock(act.groups.all())
        _check_unchanged(written)
        put_back(written)
        done.undoes = act
        done.save(update_fields=["undoes"])
        done.groups.set(groups)
        done.summary = f"Ångrat: {act.summary}"
    return done


def _refusal(act: Act, now: datetime.datetime) -> str:
    """Why the act itself cannot be undone, or nothing."""
    if act.verb == Act.Verb.IMPORT:
        return "Listan ångras på sin egen sida, under Läs in en lista. Inget har ändrats."
    if act.verb not in VERBS:
        return "Den händelsen går inte att ångra. Gör en ny ändring i stället."
    if Act.objects.filter(undoes=act).exists():
        return "Händelsen är redan ångrad. Inget har ändrats."
    if now - act.at > WINDOW:
        return "Det har gått mer än 15 minuter. Välj Rätta fel uppgift eller gör en ny ändring."
    return ""


def _check_unchanged(written: Written) -> None:
    for row in written.changed_since():
        label = str(row.instance_type._meta.verbose_name).capitalize()
        raise ValidationError(
            f"{label} har ändrats efter det som du vill ångra. "
            "Inget har ändrats nu. Ångra den senaste ändringen först."
        )


def put_back(written: Written) -> None:
    """Put everything back, and refuse what would then lie outside what it hangs on."""
    faults = _outside(written.seats)
    written.put_back()
    if _outside(written.seats) - faults:
        raise ValidationError(
            "Något som har ändrats efteråt hamnar utanför sin tid. Inget har ändrats. "
            "Ångra den senaste ändringen först."
        )


def _outside(seats: set[int]) -> set[tuple[str, int]]:
    """What on these seats has a day outside what it hangs on."""
    found = Seat.objects.filter(pk__in=seats).select_related("group")
    mandates = Mandate.objects.filter(seat__in=seats).select_related("seat")
    leaves = Leave.objects.filter(mandate__in=mandates).select_related("mandate")
    pairs: list[tuple[Any, Any]] = [
        *((seat, seat.group) for seat in found),
        *((mandate, mandate.seat) for mandate in mandates),
        *((leave, leave.mandate) for leave in leaves),
    ]
    return {(row._meta.label, row.pk) for row, whole in pairs if not lies_within(row, whole)}
