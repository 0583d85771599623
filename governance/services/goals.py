"""Goals of local priorities: set, changed, and taken away when they were entered wrongly."""

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from governance.models import Act, Area, Goal, Indicator, LocalPriority, User
from governance.queries.indicators import shown
from governance.services.acts import Stale, act, lock
from governance.services.priority_rows import check_group_goes_on
from governance.swedish import in_words
from governance.temporal import has_passed


@dataclass(frozen=True)
class Terms:
    """Where the indicator is to be and by when; `aim` is free text and stands in no summary."""

    target: Decimal
    due: datetime.date
    baseline: Decimal | None = None
    baseline_year: int | None = None
    aim: str = ""


def add_goal(
    *,
    user: User | None,
    priority: LocalPriority,
    indicator: Indicator,
    area: Area,
    terms: Terms,
    day: datetime.date,
    seen: int | None = None,
) -> Act:
    """Set a goal for the indicator in the area; `day` is when it is entered."""
    with act(user=user, verb=Act.Verb.AIM, agreement=priority.group.agreement) as done:
        [group] = lock([priority.group], seen)
        check_group_goes_on(group, day)
        if not LocalPriority.objects.filter(pk=priority.pk).exists():
            raise Stale("Prioriteringen")
        goal = Goal(priority=priority, indicator=indicator, area=area, **asdict(terms))
        _check(goal)
        goal.save()
        done.groups.add(group)
        done.summary = f"Nytt mål för {_about(goal)}: {_terms_in_words(goal)}."
    return done


def change_goal(*, user: User | None, goal: Goal, terms: Terms, seen: int | None = None) -> Act:
    """Put other terms in the place of the goal's own; its indicator and area stay."""
    with act(user=user, verb=Act.Verb.AIM, agreement=goal.group.agreement) as done:
        goal = _lock(goal, seen)
        changed = {
            name: value for name, value in asdict(terms).items() if getattr(goal, name) != value
        }
        if not changed:
            raise ValidationError("Målet är redan sådant. Inget har ändrats.")
        for name, value in changed.items():
            setattr(goal, name, value)
        _check(goal)
        goal.save()
        done.groups.add(goal.group)
        if set(changed) == {"aim"}:
            done.summary = f"Målet för {_about(goal)}: effektmålet är ändrat."
        else:
            done.summary = f"Målet för {_about(goal)} är ändrat: {_terms_in_words(goal)}."
    return done


def remove_goal(*, user: User | None, goal: Goal, seen: int | None = None) -> Act:
    """Take away a goal that was entered wrongly; the history keeps it."""
    with act(user=user, verb=Act.Verb.AIM, agreement=goal.group.agreement) as done:
        goal = _lock(goal, seen)
        done.groups.add(goal.group)
        done.summary = f"Målet för {_about(goal)} tas bort: {_terms_in_words(goal)}."
        goal.delete()
    return done


def _lock(goal: Goal, seen: int | None) -> Goal:
    """The goal as it is now, with its group locked."""
    [group] = lock([goal.group], seen)
    rows = Goal.objects.select_related("indicator", "area", "priority__challenge")
    found = rows.filter(pk=goal.pk).first()
    if found is None:
        raise Stale("Målet")
    found.priority.group = group
    return found


def _check(goal: Goal) -> None:
    if has_passed(goal.due, goal.priority.valid_from):
        begins = in_words(goal.priority.valid_from)
        raise ValidationError(
            {"due": f"Prioriteringen börjar den {begins}. Välj den dagen eller en senare."}
        )
    goal.full_clean()


def _about(goal: Goal) -> str:
    return f"{goal.indicator} i {goal.area} ({goal.priority.short_title}, {goal.group.name})"


def _terms_in_words(goal: Goal) -> str:
    begins = ""
    if goal.baseline is not None:
        begins = f"från {shown(goal.indicator, goal.baseline)} ({goal.baseline_year}) "
    target = shown(goal.indicator, goal.target)
    return f"{begins}till {target} senast den {in_words(goal.due)}"
