"""Local priorities as they are read: one group's, all groups', and who has chosen a challenge."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from governance.models import Challenge, LocalPriority, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.choices import AddressChoice
from governance.queries.goals import GoalRow, goals_by_priority
from governance.temporal import PeriodQuerySet

OWN = "egna"


@dataclass(frozen=True)
class PriorityRow:
    """A priority, its place among those in force in its group (0 when it is not), its goals."""

    priority: LocalPriority
    place: int
    goals: tuple[GoalRow, ...] = ()


def _read(rows: PeriodQuerySet[LocalPriority]) -> list[LocalPriority]:
    found = rows.select_related("challenge__version__agreement", "group")
    return list(found.order_by("group__sort_key", "group", "order", "pk"))


def _placed(priorities: Iterable[LocalPriority]) -> list[PriorityRow]:
    """Rows of those in force on one day, which come in the order of their groups."""
    places: dict[int, int] = defaultdict(int)
    found = []
    for each in priorities:
        places[each.group_id] += 1
        found.append(PriorityRow(each, places[each.group_id]))
    return found


def _with_goals(rows: list[PriorityRow], day: datetime.date) -> list[PriorityRow]:
    goals = goals_by_priority([row.priority for row in rows], day)
    return [replace(row, goals=tuple(goals.get(row.priority.pk, ()))) for row in rows]


# -- one group -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GroupPriorities:
    """The priorities of one group: in force on the day, to come, and earlier."""

    now: list[PriorityRow]
    coming: list[PriorityRow]
    earlier: list[PriorityRow]

    @property
    def goals(self) -> int:
        return _number_of_goals(self.now)

    @property
    def coming_goals(self) -> int:
        return _number_of_goals(self.coming)

    @property
    def earlier_goals(self) -> int:
        return _number_of_goals(self.earlier)

    @property
    def can_be_ordered(self) -> bool:
        return len(self.now) + len(self.coming) > 1


def _number_of_goals(rows: list[PriorityRow]) -> int:
    return sum(len(row.goals) for row in rows)


def of_group(group: SteeringGroup, day: datetime.date) -> GroupPriorities:
    """All that the group works, worked or will work with, in three queries."""
    every = _read(LocalPriority.objects.filter(group=group))
    placed = _placed(each for each in every if each.in_force(day))
    others = [PriorityRow(each, 0) for each in every if not each.in_force(day)]
    rows = _with_goals(placed + others, day)
    return GroupPriorities(
        now=[row for row in rows if row.place],
        coming=[row for row in rows if row.priority.is_upcoming(day)],
        earlier=sorted(
            (row for row in rows if row.priority.has_ended(day)),
            key=lambda row: row.priority.valid_from,
            reverse=True,
        ),
    )


# -- all groups ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice(AddressChoice):
    """Which priorities are wanted: `grupp` is a slug, `utmaning` an id or `egna`."""

    grupp: str = ""
    utmaning: str = ""

    known: ClassVar = {}

    @property
    def is_narrow(self) -> bool:
        return self != Choice()

    def takes(self, priority: LocalPriority) -> bool:
        about = OWN if priority.challenge is None else str(priority.challenge_id)
        return self.grupp in ("", priority.group.slug) and self.utmaning in ("", about)


class PriorityList:
    """The priorities in force on `day` in those of `groups` that are at work then."""

    def __init__(self, groups: SteeringGroupQuerySet, day: datetime.date, choice: Choice) -> None:
        self.day, self.choice = day, choice
        at_work = groups.at_work(day).select_related("agreement")
        self.groups = list(at_work.order_by("sort_key", "pk"))
        in_force = LocalPriority.objects.as_of(day).filter(group__in=[g.pk for g in self.groups])
        self.every = _placed(_read(in_force))
        self.rows = [row for row in self.every if choice.takes(row.priority)]

    def with_goals(self, rows: list[PriorityRow]) -> list[PriorityRow]:
        """The rows of a page, with their goals: two queries."""
        return _with_goals(rows, self.day)

    @cached_property
    def challenges(self) -> list[tuple[str, str]]:
        """What there is to choose among, as pairs of what stands in the address and its label."""
        found = {row.priority.challenge for row in self.every if row.priority.challenge}
        ordered = sorted(found, key=lambda each: (each.version.agreement.sort_key, *_order(each)))
        pairs = [(str(each.pk), f"{each.short_title} ({_version(each)})") for each in ordered]
        own = any(row.priority.challenge is None for row in self.every)
        return [*pairs, *([(OWN, "Gruppernas egna")] if own else [])]

    @property
    def without(self) -> list[SteeringGroup]:
        """Local groups that have chosen nothing."""
        chosen = {row.priority.group_id for row in self.every}
        local = [each for each in self.groups if each.kind == SteeringGroup.Kind.LOCAL]
        return [each for each in local if each.pk not in chosen]


def _order(challenge: Challenge) -> tuple[int, int]:
    return -challenge.version.number, challenge.order


def _version(challenge: Challenge) -> str:
    return f"version {challenge.version.number}"


# -- one challenge ---------------------------------------------------------------------------------


def chosen_by(
    groups: SteeringGroupQuerySet, day: datetime.date
) -> dict[int, list[tuple[SteeringGroup, int]]]:
    """The groups that work with each challenge on `day`, by its id, and its place there.

    One query.
    """
    found: dict[int, list[tuple[SteeringGroup, int]]] = defaultdict(list)
    for row in _placed(_read(LocalPriority.objects.as_of(day).filter(group__in=groups))):
        if row.priority.challenge_id is not None:
            found[row.priority.challenge_id].append((row.priority.group, row.place))
    return dict(found)


# -- what can be chosen ----------------------------------------------------------------------------


def challenges_for(group: SteeringGroup, day: datetime.date) -> tuple[list[int], list[int]]:
    """Ids of the challenges that the group could choose: those in force on `day`, and others.

    They are of its agreement and the one above. What it works with from `day` on without an
    end is left out.
    """
    agreements = [group.agreement_id, group.agreement.parent_id]
    taken = LocalPriority.objects.filter(group=group, valid_through=None).exclude(challenge=None)
    rows = Challenge.objects.filter(version__agreement__in=agreements)
    rows = rows.exclude(pk__in=taken.values("challenge")).select_related("version")
    now, other = [], []
    for each in rows.order_by("version__agreement", "-version__number", "order"):
        (now if each.version.in_force(day) else other).append(each.pk)
    return now, other
