"""What a group works with for a time: chosen, added, put in order, changed and ended.

One writer at a time for each group. Reasons are free text and stand in no summary.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from simple_history.utils import bulk_update_with_history

from governance.models import Act, Challenge, Goal, LocalPriority, Measure, SteeringGroup, User
from governance.services.acts import Stale, act, lock
from governance.services.mandate_rows import through
from governance.services.priority_rows import (
    check_group_goes_on,
    check_priority,
    end_priorities,
    last_within,
)
from governance.swedish import counted, in_words, listed


def choose(
    *,
    user: User | None,
    group: SteeringGroup,
    challenges: Iterable[Challenge],
    first_day: datetime.date,
    day: datetime.date,
    last_day: datetime.date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Act:
    """Let the group work with the challenges from `first_day`, after what it works with already.

    Each is of the version in force that day. `day` is when it is entered: by then the group
    must not have ended. Without a last day they last as long as the group.
    """
    chosen = sorted({each.pk: each for each in challenges}.values(), key=lambda each: each.order)
    if not chosen:
        raise ValidationError({"challenges": "Välj minst en utmaning."})
    with act(user=user, verb=Act.Verb.PRIORITIZE, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        check_group_goes_on(group, day)
        last = last_within(group, first_day, last_day)
        _check_not_chosen(group, chosen, first_day, last)
        rows = [LocalPriority(challenge=each, reason=reason) for each in chosen]
        behind = _add(group, rows, first_day, last)
        done.groups.add(group)
        number = counted(len(rows), "utmaning", "utmaningar")
        done.summary = "\n".join(
            [
                f"{group.name} prioriterar {number} från och med den "
                f"{in_words(first_day)}{through(last)}: {listed(row.short_title for row in rows)}.",
                *([_LAST] if behind else []),
            ]
        )
    return done


def add_own(
    *,
    user: User | None,
    group: SteeringGroup,
    own_title: str,
    first_day: datetime.date,
    day: datetime.date,
    last_day: datetime.date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Act:
    """Add something that the group itself has chosen, which is no challenge of the agreement."""
    with act(user=user, verb=Act.Verb.PRIORITIZE, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        check_group_goes_on(group, day)
        last = last_within(group, first_day, last_day)
        row = LocalPriority(own_title=own_title, reason=reason)
        behind = _add(group, [row], first_day, last)
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"{group.name} lägger till en egen prioritering från och med den "
                f"{in_words(first_day)}{through(last)}: {own_title}.",
                *([_LAST] if behind else []),
            ]
        )
    return done


_LAST = "Det läggs sist i gruppens ordning."


def reorder(
    *,
    user: User | None,
    group: SteeringGroup,
    priorities: Sequence[LocalPriority],
    day: datetime.date,
    seen: int | None = None,
) -> Act:
    """Put the priorities that have not ended on `day` in this order: all of them, once each."""
    with act(user=user, verb=Act.Verb.PRIORITIZE, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        rows = {row.pk: row for row in unended(group, day)}
        wanted = [each.pk for each in priorities]
        if sorted(wanted) != sorted(rows):
            raise Stale
        if wanted == list(rows):
            raise ValidationError("Prioriteringarna står redan i den ordningen. Inget har ändrats.")
        for place, pk in enumerate(wanted, start=1):
            rows[pk].order = place
        bulk_update_with_history(list(rows.values()), LocalPriority, ["order"], batch_size=500)
        done.groups.add(group)
        order = listed(
            f"{place}. {rows[pk].short_title}" for place, pk in enumerate(wanted, start=1)
        )
        done.summary = f"Ny ordning i {group.name}: {order}."
    return done


def unended(group: SteeringGroup, day: datetime.date) -> list[LocalPriority]:
    """The group's priorities in force on `day` or later, in the group's order."""
    rows = LocalPriority.objects.overlapping(day, None).filter(group=group.pk)
    return list(rows.select_related("challenge__version").order_by("order", "pk"))


def change(
    *,
    user: User | None,
    priority: LocalPriority,
    first_day: datetime.date,
    last_day: datetime.date | None,
    reason: str,
    own_title: str = "",
    seen: int | None = None,
) -> Act:
    """Put right when and why the priority is one, and the title of the group's own."""
    with act(user=user, verb=Act.Verb.PRIORITIZE, agreement=priority.group.agreement) as done:
        row = _lock(priority, seen)
        before = {name: getattr(row, name) for name in _CHANGEABLE}
        row.valid_through = last_within(row.group, first_day, last_day)
        row.valid_from, row.reason = first_day, reason
        if row.challenge is None:
            row.own_title = own_title
        changed = {name for name in _CHANGEABLE if getattr(row, name) != before[name]}
        if not changed:
            raise ValidationError("Prioriteringen är redan sådan. Inget har ändrats.")
        check_priority(row)
        row.save()
        done.groups.add(row.group)
        done.summary = "\n".join(_changed_in_words(row, before["own_title"], changed))
    return done


_CHANGEABLE = ("valid_from", "valid_through", "reason", "own_title")


def end(
    *,
    user: User | None,
    priority: LocalPriority,
    last_day: datetime.date,
    seen: int | None = None,
) -> Act:
    """End the priority on `last_day`, with its goals and measures kept.

    One that begins later is withdrawn with its goals; it must have no measures.
    """
    with act(user=user, verb=Act.Verb.PRIORITIZE, agreement=priority.group.agreement) as done:
        row = _lock(priority, seen)
        group, goals = row.group, Goal.objects.filter(priority=row).count()
        rows = LocalPriority.objects.filter(pk=row.pk)
        if row.valid_through is not None and not rows.outlasting(last_day):
            over = in_words(row.valid_through)
            raise ValidationError({"last_day": f"Prioriteringen slutar redan den {over}."})
        if row.is_upcoming(last_day):
            _check_no_measures(row)
        _, withdrawn = end_priorities(rows, last_day)
        done.groups.add(group)
        if withdrawn:
            also = f", med {goals} mål" if goals else ""
            done.summary = (
                f"{row.short_title} i {group.name} från den {in_words(row.valid_from)} "
                f"återkallas{also}."
            )
        else:
            done.summary = "\n".join(
                [
                    f"{row.short_title} i {group.name} avslutas. "
                    f"Sista dagen är den {in_words(last_day)}.",
                    *_left_to_do(row),
                ]
            )
    return done


# -- the rows ------------------------------------------------------------------------------------


def _lock(priority: LocalPriority, seen: int | None) -> LocalPriority:
    """The priority as it is now, with its group locked."""
    [group] = lock([priority.group], seen)
    rows = LocalPriority.objects.select_related("challenge__version")
    found = rows.filter(pk=priority.pk).first()
    if found is None:
        raise Stale("Prioriteringen")
    found.group = group
    return found


def _add(
    group: SteeringGroup,
    rows: list[LocalPriority],
    first_day: datetime.date,
    last_day: datetime.date | None,
) -> bool:
    """Write the rows after those that the group has in the same days; whether it has any."""
    there = LocalPriority.objects.overlapping(first_day, last_day).filter(group=group)
    last = there.order_by("-order").values_list("order", flat=True).first() or 0
    for place, row in enumerate(rows, start=last + 1):
        row.group, row.order = group, place
        row.valid_from, row.valid_through = first_day, last_day
        check_priority(row)
        row.save()
    return bool(last)


def _check_not_chosen(
    group: SteeringGroup,
    challenges: list[Challenge],
    first_day: datetime.date,
    last_day: datetime.date | None,
) -> None:
    there = LocalPriority.objects.overlapping(first_day, last_day).filter(group=group)
    taken = set(there.values_list("challenge", flat=True))
    double = [each.short_title for each in challenges if each.pk in taken]
    if double:
        raise ValidationError(
            {
                "challenges": f"Gruppen prioriterar redan {listed(double)} under de dagarna. "
                "Ta bort det ur valet, eller ändra den prioritering som finns."
            }
        )


def _check_no_measures(priority: LocalPriority) -> None:
    number = Measure.objects.filter(priority=priority).count()
    if number:
        begins = in_words(priority.valid_from)
        raise ValidationError(
            {
                "last_day": f"Prioriteringen börjar den {begins} och har "
                f"{counted(number, 'åtgärd', 'åtgärder')}. Välj en sista dag som inte ligger "
                "före den dagen, eller ta bort åtgärderna först."
            }
        )


# -- in words --------------------------------------------------------------------------------------


def _changed_in_words(row: LocalPriority, title: str, changed: set[str]) -> list[str]:
    about = f"{row.short_title} i {row.group.name}"
    found = []
    if "own_title" in changed:
        found.append(f"{title} i {row.group.name} heter nu {row.own_title}.")
    if changed & {"valid_from", "valid_through"}:
        days = f"{in_words(row.valid_from)}{through(row.valid_through, always=True)}"
        found.append(f"{about} prioriteras från och med den {days}.")
    if "reason" in changed:
        found.append(f"{about}: texten om varför är ändrad.")
    return found


def _left_to_do(priority: LocalPriority) -> list[str]:
    """That measures go on after their priority, which nobody should find out later."""
    number = Measure.objects.filter(priority=priority).unfinished().count()
    if not number:
        return []
    left = counted(number, "åtgärd är inte klar", "åtgärder är inte klara")
    return [f"{left} och finns kvar."]
