"""How groups end: dissolved, or merged into another."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from governance.models import (
    Act,
    ActionPlan,
    Area,
    Coverage,
    GroupDecision,
    LocalPriority,
    Mandate,
    Seat,
    SteeringGroup,
    User,
    WantedFunction,
)
from governance.services.acts import act
from governance.services.coverages import Changed, cover
from governance.services.decisions import NOT_REGISTERED, Registration, about, decide
from governance.services.groups import begin_work, make_group
from governance.services.measures import check_not_named
from governance.services.periods import end_mandates, shorten_all, withdraw
from governance.services.priority_rows import end_plans, end_priorities
from governance.services.seats import lock_with_seats
from governance.services.wanted_rows import end_wishes
from governance.swedish import counted, in_words, listed
from governance.temporal import day_after, day_before


@dataclass(frozen=True)
class Ended:
    """How many rows ended with a group, and how many were withdrawn before they began."""

    seats: int
    mandates: int
    coverages: int
    wishes: int
    priorities: int
    plans: int
    withdrawn: int

    def __str__(self) -> str:
        if_any = [
            (self.wishes, "önskad funktion", "önskade funktioner"),
            (self.priorities, "lokal prioritering", "lokala prioriteringar"),
            (self.plans, "åtgärdsplan", "åtgärdsplaner"),
        ]
        ended = listed(
            [
                counted(self.seats, "plats", "platser"),
                f"{self.mandates} uppdrag",
                *(counted(number, one, many) for number, one, many in if_any if number),
                counted(self.coverages, "täckning", "täckningar"),
            ]
        )
        rows = counted(self.withdrawn, "uppgift", "uppgifter")
        withdrawn = f" {rows} som inte hade börjat återkallas." if self.withdrawn else ""
        return f"{ended} avslutas samma dag.{withdrawn}"


def dissolve(
    *,
    user: User | None,
    group: SteeringGroup,
    last_day: datetime.date,
    successor: SteeringGroup | None = None,
    registration: Registration = NOT_REGISTERED,
    seen: int | None = None,
) -> Act:
    """End a group on `last_day`, with all that is dated on it on the same day: seats, mandates,
    wishes, coverage, local priorities and plans.

    What had not begun is withdrawn. `successor` is named and nothing is moved to it.
    """
    with act(user=user, verb=Act.Verb.DISSOLVE, agreement=group.agreement) as done:
        [group] = lock_with_seats([group], seen)
        if successor is not None:
            _check_successor(group, successor, day_after(last_day))
        ended = _end(group, last_day, "last_day")
        decide(group, GroupDecision.Kind.DISSOLVE, day_after(last_day), registration)
        if successor is not None:
            group.successors.set([successor])
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"{group.name} upplöses. Sista dagen är den {in_words(last_day)}.",
                str(ended),
                *([f"Efterföljare: {successor.name}."] if successor else []),
                *_left_without_parent([group], day_after(last_day)),
                *about(registration, day_after(last_day)),
            ]
        )
    return done


def merge(
    *,
    user: User | None,
    groups: Iterable[SteeringGroup],
    first_day: datetime.date,
    into: SteeringGroup | None = None,
    new_name: str = "",
    registration: Registration = NOT_REGISTERED,
    seen: int | None = None,
) -> Act:
    """From `first_day` the groups are one: `into`, or a new group called `new_name`.

    The others end the day before, as when dissolved, and name it as their successor.
    It takes over their coverage; an area that ends then is replaced by its successors.
    Seats and mandates are not moved: who sits in the new group is for its parties.
    """
    merged = list({group.pk: group for group in groups}.values())
    _check_merge(merged, into, new_name)
    with act(user=user, verb=Act.Verb.MERGE, agreement=merged[0].agreement) as done:
        locked = {
            row.pk: row for row in lock_with_seats([*merged, *([into] if into else [])], seen)
        }
        merged = [locked[group.pk] for group in merged]
        areas = _following(merged, day_before(first_day), first_day)
        ended = [_end(group, day_before(first_day), "first_day") for group in merged]
        into = locked[into.pk] if into else _new_group(merged[0], new_name, first_day)
        changed = _take_over(into, areas, first_day, registration)
        for group in merged:
            decide(group, GroupDecision.Kind.MERGE, first_day, registration)
            group.successors.set([into])
        done.groups.add(into, *merged)
        done.summary = "\n".join(
            [
                *_merged_in_words(merged, ended, into, first_day),
                *_coverage_in_words(into, changed),
                *_left_without_parent(merged, first_day),
                *about(registration, first_day),
            ]
        )
    return done


def _merged_in_words(
    merged: list[SteeringGroup], ended: list[Ended], into: SteeringGroup, first_day: datetime.date
) -> list[str]:
    last_day = in_words(day_before(first_day))
    names = listed(group.name for group in merged)
    return [
        f"{names} går upp i {into.name} den {in_words(first_day)}.",
        *(
            f"{group.name}: sista dag {last_day}. {rows}"
            for group, rows in zip(merged, ended, strict=True)
        ),
    ]


def _coverage_in_words(into: SteeringGroup, changed: Changed) -> list[str]:
    if not changed.sentences():
        return [f"Täckningen för {into.name} ändras inte."]
    return [f"Täckningen för {into.name} ändras samma dag.", *changed.sentences()]


def _check_merge(merged: list[SteeringGroup], into: SteeringGroup | None, new_name: str) -> None:
    if not merged:
        raise ValidationError({"groups": "Välj minst en grupp som ska gå upp i en annan."})
    if into is None and not new_name.strip():
        raise ValidationError(
            {"into": "Välj den grupp de ska gå upp i, eller skriv ett nytt namn."}
        )
    if into is not None and new_name.strip():
        raise ValidationError(
            {"into": "Välj antingen en grupp som finns eller skriv ett nytt namn, inte båda."}
        )
    if into is not None and into.pk in {group.pk for group in merged}:
        raise ValidationError({"into": "En grupp kan inte slås ihop med sig själv."})
    if into is None and len(merged) == 1:
        raise ValidationError({"groups": "Välj minst två grupper som ska bli en ny."})
    if len({group.agreement_id for group in [*merged, *([into] if into else [])]}) > 1:
        raise ValidationError({"groups": "Grupperna hör till olika överenskommelser."})


def _check_successor(
    group: SteeringGroup, successor: SteeringGroup, first_day: datetime.date
) -> None:
    if successor.pk == group.pk:
        raise ValidationError({"successor": "En grupp kan inte efterträda sig själv."})
    if successor.agreement_id != group.agreement_id:
        raise ValidationError({"successor": "Grupperna hör till olika överenskommelser."})
    if not successor.in_force(first_day):
        raise ValidationError(
            {"successor": f"{successor.name} finns inte den {in_words(first_day)}."}
        )


def _following(
    groups: Iterable[SteeringGroup], day: datetime.date, first_day: datetime.date
) -> list[Area]:
    """What the groups cover on `day`, as it is called on `first_day`: an area or its successors."""
    covered = Area.objects.filter(
        coverages__in=Coverage.objects.as_of(day).filter(group__in=[row.pk for row in groups])
    ).distinct()
    found: dict[int, Area] = {}
    for area in covered:
        following = [area] if area.in_force(first_day) else area.successors.as_of(first_day)
        found.update({each.pk: each for each in following})
    return sorted(found.values(), key=lambda area: area.sort_key)


def _left_without_parent(groups: list[SteeringGroup], day: datetime.date) -> list[str]:
    """Groups under those that end; nobody but the parties can say where they belong then."""
    ended = [group.pk for group in groups]
    children = SteeringGroup.objects.as_of(day).filter(parent__in=ended).exclude(pk__in=ended)
    names = [child.name for child in children]
    return [f"Under en grupp som avslutas ligger kvar: {listed(names)}."] if names else []


def _new_group(pattern: SteeringGroup, name: str, first_day: datetime.date) -> SteeringGroup:
    return make_group(
        agreement=pattern.agreement,
        name=name.strip(),
        kind=pattern.kind,
        basis=pattern.basis,
        parent=pattern.parent,
        chairing=pattern.chairing,
        valid_from=first_day,
        areas=[],
    )


def _take_over(
    into: SteeringGroup, areas: list[Area], first_day: datetime.date, registration: Registration
) -> Changed:
    """Give `into` the areas on top of its own, and a creating decision if it has none."""
    if into.decisions.filter(act=GroupDecision.Kind.CREATE).exists():
        decide(into, GroupDecision.Kind.MERGE, first_day, registration)
    else:
        begin_work(into, first_day, registration)
    if not SteeringGroup.objects.at_work(first_day).filter(pk=into.pk).exists():
        raise ValidationError(
            {"into": f"{into.name} är inte i arbete den {in_words(first_day)}. Välj en annan."}
        )
    return cover(into, first_day, [*_following([into], first_day, first_day), *areas])


def _end(group: SteeringGroup, last_day: datetime.date, field: str) -> Ended:
    """End the group and all that is dated on it; `field` is where a refusal is shown."""
    if group.is_upcoming(last_day):
        begins = in_words(group.valid_from)
        raise ValidationError(
            {field: f"{group.name} börjar den {begins} och kan inte sluta före det."}
        )
    if group.has_ended(day_after(last_day)):
        over = in_words(group.valid_through)  # type: ignore[arg-type]
        raise ValidationError({field: f"{group.name} har redan sista dag den {over}."})
    group.valid_through = last_day
    group.full_clean()
    group.save()
    seats = Seat.objects.filter(group=group)
    check_not_named(seats.upcoming(last_day))
    mandates = Mandate.objects.filter(seat__in=seats)
    ended = [
        end_mandates(mandates, last_day, Mandate.EndReason.GROUP_ENDED),
        shorten_all(seats, last_day),
        shorten_all(group.coverages.all(), last_day),
        end_wishes(WantedFunction.objects.filter(group=group), last_day)[:2],
        end_priorities(LocalPriority.objects.filter(group=group), last_day),
        end_plans(ActionPlan.objects.filter(group=group), last_day),
    ]
    planned = group.decisions.exclude(pk__in=group.decisions.effective(last_day))
    withdrawn = withdraw(planned) + sum(gone for _, gone in ended)
    return Ended(
        mandates=ended[0][0],
        seats=ended[1][0],
        coverages=ended[2][0],
        wishes=ended[3][0],
        priorities=ended[4][0],
        plans=ended[5][0],
        withdrawn=withdrawn,
    )
