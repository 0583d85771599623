"""Local priorities and plans as rows: what is checked of one, and how they end with a group."""

import datetime

from django.core.exceptions import ValidationError
from simple_history.utils import bulk_update_with_history

from governance.models import ActionPlan, Goal, LocalPriority, Measure, SteeringGroup
from governance.services.mandate_rows import within
from governance.services.periods import shorten_all, withdraw
from governance.swedish import fold, in_words
from governance.temporal import PeriodQuerySet, has_passed


def check_group_goes_on(group: SteeringGroup, day: datetime.date) -> None:
    """Refuse something new in a group that has ended before `day`, whatever its days are."""
    if group.has_ended(day):
        over = in_words(group.valid_through)  # type: ignore[arg-type]
        raise ValidationError(
            f"{group.name} avslutades den {over} och kan inte få något nytt. "
            "Lägg in det i den grupp som kom efter."
        )


def last_within(
    group: SteeringGroup, first_day: datetime.date, last_day: datetime.date | None
) -> datetime.date | None:
    """The last day of a priority of the group: the group's own when none is given."""
    if has_passed(last_day, first_day):
        raise ValidationError({"last_day": "Sista dagen får inte ligga före första dagen."})
    return within(group, first_day, last_day, what=group.name)


def check_priority(priority: LocalPriority) -> None:
    """Refuse a challenge of a version that is not in force on the first day, and a double."""
    challenge, first_day = priority.challenge, priority.valid_from
    if challenge is None:
        _check_own(priority)
    elif not challenge.version.in_force(first_day):
        version = challenge.version
        raise ValidationError(
            {
                "first_day": f"{challenge.short_title} hör till version {version.number}, som inte "
                f"gäller den {in_words(first_day)}. Välj en första dag då versionen gäller, "
                "eller en utmaning i den version som gäller då."
            }
        )
    priority.full_clean()


def _check_own(priority: LocalPriority) -> None:
    same = LocalPriority.objects.filter(group=priority.group_id, challenge=None)
    rivals = same.overlapping(priority.valid_from, priority.valid_through).exclude(pk=priority.pk)
    titles = rivals.values_list("own_title", flat=True)
    if fold(priority.own_title) in map(fold, titles):
        raise ValidationError(
            {
                "own_title": f"Gruppen har redan prioriteringen {priority.own_title} under de "
                "dagarna. Ändra den som finns, eller välj andra dagar."
            }
        )


def end_priorities(rows: PeriodQuerySet[LocalPriority], last_day: datetime.date) -> tuple[int, int]:
    """End them; how many ended, and how many were withdrawn before they began.

    What is withdrawn goes with its goals and measures; an ended one keeps them.
    """
    coming = rows.upcoming(last_day)
    withdraw(Measure.objects.filter(priority__in=coming))
    withdraw(Goal.objects.filter(priority__in=coming))
    return shorten_all(rows, last_day)


def end_plans(rows: PeriodQuerySet[ActionPlan], last_day: datetime.date) -> tuple[int, int]:
    """End plans; measures in one that had not begun, and so is withdrawn, are let go of."""
    freed = list(Measure.objects.filter(plan__in=rows.upcoming(last_day)))
    for measure in freed:
        measure.plan = None
    if freed:
        bulk_update_with_history(freed, Measure, ["plan"], batch_size=500)
    return shorten_all(rows, last_day)
