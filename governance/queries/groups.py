"""Lists of steering groups, and what stands around one group.

The start page counts what the list of groups shows by the same questions: a `Choice`.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q, Subquery

from governance.models import (
    Area,
    AreaPart,
    Coverage,
    GroupDecision,
    Status,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.models.sources import Sourced
from governance.queries.choices import AddressChoice
from governance.queries.rosters import SeatCounts, count_by_group
from governance.swedish import fold

# What may stand in the address of the list, and what it means.
STATES = {
    "foreslagen": "Föreslagen",
    "aktiv": "Aktiv",
    "vilande": "Vilande",
    "avslutad": "Avslutad",
}
_STATE_CODES = {
    "aktiv": {"active", "active_unregistered"},
    "vilande": {"resting"},
    "avslutad": {"ended"},
}
NOT_REGISTERED = "saknas"
SEATS = {"vakanta": "Med platser utan ledamot", "gar-ut": "Med uppdrag som går ut"}


@dataclass(frozen=True)
class Choice(AddressChoice):
    """Which groups of the list are wanted; field names are those of the address."""

    q: str = ""
    slag: str = ""
    lage: str = ""
    grund: str = ""
    beslut: str = ""
    platser: str = ""
    avslutade: str = ""

    known: ClassVar = {
        "slag": SteeringGroup.Kind.values,
        "lage": STATES,
        "grund": SteeringGroup.Basis.values,
        "beslut": {NOT_REGISTERED},
        "platser": SEATS,
        "avslutade": {"1"},
    }

    @property
    def is_narrow(self) -> bool:
        return self != Choice(avslutade=self.avslutade)

    @property
    def includes_ended(self) -> bool:
        return bool(self.avslutade) or self.lage == "avslutad"


@dataclass(frozen=True)
class GroupRow:
    """A group in the list, with its state on the day; the rest is read when asked for."""

    table: "GroupTable"
    group: SteeringGroup
    state: Status

    @property
    def areas(self) -> list[Area]:
        return self.table.areas.get(self.group.pk, [])

    @property
    def seats(self) -> SeatCounts:
        return self.table.seats[self.group.pk]

    @property
    def awaits_decision(self) -> bool:
        """Proposed, and nothing decided for a later day either."""
        return self.state.code != "ended" and not self.group.is_decided  # type: ignore[attr-defined]

    @property
    def lacks_registration(self) -> bool:
        """At work, but nobody has registered the decision that made it so."""
        return self.state.code in {"active_unregistered", "resting"} and not (
            self.group.has_registered_decision  # type: ignore[attr-defined]
        )

    def matches(self, choice: Choice) -> bool:
        return all(
            [
                not choice.q or fold(choice.q) in self.group.search_key,
                not choice.slag or self.group.kind == choice.slag,
                not choice.grund or self.group.basis == choice.grund,
                not choice.lage or self._in_state(choice.lage),
                not choice.beslut or self.lacks_registration,
                choice.platser != "vakanta" or self.seats.vacant > 0,
                choice.platser != "gar-ut" or self.seats.ending > 0,
            ]
        )

    def _in_state(self, asked: str) -> bool:
        if asked == "foreslagen":
            return self.awaits_decision
        return self.state.code in _STATE_CODES[asked]


class GroupTable:
    """The groups on a day: one query, one more for areas and two for seats if asked for."""

    def __init__(self, groups: SteeringGroupQuerySet, day: datetime.date) -> None:
        self.day = day
        self._groups = groups

    @cached_property
    def every(self) -> list[GroupRow]:
        """All groups, ended and coming ones too, in Swedish order of their names."""
        decided = GroupDecision.objects.filter(group=OuterRef("pk"), act=GroupDecision.Kind.CREATE)
        groups = self._groups.with_state(self.day).annotate(is_decided=Exists(decided))
        return [GroupRow(self, group, group.state(self.day)) for group in groups]

    @cached_property
    def areas(self) -> dict[int, list[Area]]:
        """What each group covers on the day."""
        found: dict[int, list[Area]] = defaultdict(list)
        rows = Coverage.objects.as_of(self.day).filter(group__in=[r.group.pk for r in self.every])
        for row in rows.select_related("area").order_by("area__sort_key"):
            found[row.group_id].append(row.area)
        return found

    @cached_property
    def seats(self) -> dict[int, SeatCounts]:
        return count_by_group((row.group for row in self.every), self.day)

    def choose(self, choice: Choice, *, coming: bool) -> list[GroupRow]:
        """The rows that the choice wants; `coming` adds groups that begin after the day."""
        return [
            row
            for row in self.every
            if (choice.includes_ended or row.state.code != "ended")
            and (coming or row.state.code != "starting")
            and row.matches(choice)
        ]


# -- one group ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Covered:
    """A row of coverage with its area, as the page shows it."""

    name: str
    kind: str
    valid_from: datetime.date
    valid_through: datetime.date | None
    source_mark: str
    source: str

    def get_source_mark_display(self) -> str:
        return Sourced.Mark(self.source_mark).label if self.source_mark else ""


@dataclass(frozen=True)
class Places:
    """Where a group works on a day: what it covers, and the stadsdelar that follow."""

    covered: list[Covered]
    neighbourhoods: list[str]


def places(group: SteeringGroup, day: datetime.date) -> Places:
    """One query: the areas that the group covers on `day`, and the stadsdelar inside them."""
    coverages = Coverage.objects.as_of(day).filter(group=group)
    parts = AreaPart.objects.as_of(day)
    inside = parts.filter(whole__coverages__in=coverages)
    further = parts.filter(whole__in=inside.values("part"))
    follows = Q(pk__in=inside.values("part")) | Q(pk__in=further.values("part"))
    # An area stands once in the group's coverage on any day, so each subquery has one row.
    own = coverages.filter(area=OuterRef("pk"))
    columns = ["valid_from", "valid_through", "source_mark", "source"]
    rows = Area.objects.annotate(
        **{f"covered_{name}": Subquery(own.values(name)[:1]) for name in columns}
    ).filter(Q(coverages__in=coverages) | follows & Q(kind=Area.Kind.NEIGHBOURHOOD))
    covered, neighbourhoods = {}, {}
    for area in rows:
        row = [getattr(area, f"covered_{name}") for name in columns]
        if row[0] is not None:
            covered[area.pk] = Covered(area.name, area.get_kind_display(), *row)
        if area.kind == Area.Kind.NEIGHBOURHOOD:
            neighbourhoods[area.pk] = area.name
    return Places([*covered.values()], [*neighbourhoods.values()])


@dataclass(frozen=True)
class Relations:
    """Groups beside one group: what it came from, what took over, what stands under it."""

    predecessors: list[GroupRow]
    successors: list[GroupRow]
    children: list[GroupRow]


def relations(group: SteeringGroup, groups: SteeringGroupQuerySet, day: datetime.date) -> Relations:
    """Those among `groups`, in one query; children only while they exist on `day`."""
    joined = SteeringGroup.successors.through.objects
    near = groups.annotate(
        came_before=Exists(
            joined.filter(from_steeringgroup=OuterRef("pk"), to_steeringgroup=group)
        ),
        came_after=Exists(joined.filter(from_steeringgroup=group, to_steeringgroup=OuterRef("pk"))),
    ).filter(Q(came_before=True) | Q(came_after=True) | Q(parent=group))
    rows = GroupTable(near, day).every
    return Relations(
        predecessors=[row for row in rows if row.group.came_before],  # type: ignore[attr-defined]
        successors=[row for row in rows if row.group.came_after],  # type: ignore[attr-defined]
        children=[
            row for row in rows if row.group.parent_id == group.pk and row.group.in_force(day)
        ],
    )


def decisions(group: SteeringGroup, day: datetime.date, *, coming: bool) -> list[GroupDecision]:
    """The decisions in effect on `day`, the newest first; `coming` adds the planned ones."""
    rows = GroupDecision.objects.filter(group=group)
    return list(rows if coming else rows.effective(day))
