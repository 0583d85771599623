"""Who sits under whom on one day: groups, parties with their organisations, and areas."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.models import (
    Agreement,
    AgreementVersion,
    Area,
    AreaMap,
    Organization,
    Seat,
    Status,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet

# In the order in which they are shown; stadsdelar come last, for there are many.
SHOWN_KINDS = (
    Area.Kind.DISTRICT,
    Area.Kind.POLICE_DISTRICT,
    Area.Kind.POLICE_AREA,
    Area.Kind.MUNICIPALITY,
    Area.Kind.POLICE_REGION,
    Area.Kind.PLACE,
    Area.Kind.NEIGHBOURHOOD,
)
_PLURALS = {
    Area.Kind.DISTRICT: "Stadsdelsområden",
    Area.Kind.POLICE_DISTRICT: "Lokalpolisområden",
    Area.Kind.POLICE_AREA: "Polisområden",
    Area.Kind.MUNICIPALITY: "Kommuner",
    Area.Kind.POLICE_REGION: "Polisregioner",
    Area.Kind.PLACE: "Avgränsade platser",
    Area.Kind.NEIGHBOURHOOD: "Stadsdelar",
}


@dataclass
class GroupNode:
    """A group, its state that day, and the groups under it."""

    group: SteeringGroup
    status: Status
    children: list["GroupNode"] = field(default_factory=list)


@dataclass
class OrganizationNode:
    """An organisation, its seats that day in the groups shown, and what is under it."""

    organization: Organization
    seats: int
    children: list["OrganizationNode"] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many organisations there are under it, at any remove."""
        return sum(1 + child.size for child in self.children)


@dataclass
class AgreementTree:
    """One agreement on one day; `version` is None when none was in force."""

    agreement: Agreement
    version: AgreementVersion | None
    groups: list[GroupNode]
    parties: list[OrganizationNode]


@dataclass
class AreasOfKind:
    """The areas of one kind: those in force that day, and those that had ended."""

    kind: str
    title: str
    in_force: list[Area]
    ended: list[Area]
    unknown_before: datetime.date | None


class Structure:
    """The structure of the reader's agreements, read in seven queries."""

    def __init__(
        self,
        day: datetime.date,
        groups: SteeringGroupQuerySet,
        agreements: Iterable[Agreement],
    ) -> None:
        self.day = day
        self.agreements = list(agreements)
        self._groups = groups

    @cached_property
    def trees(self) -> list[AgreementTree]:
        versions = {
            version.agreement_id: version
            for version in AgreementVersion.objects.as_of(self.day).filter(
                agreement__in=self.agreements
            )
        }
        groups = self._group_roots()
        parties = self._parties()
        return [
            AgreementTree(each, versions.get(each.pk), groups[each.pk], parties[each.pk])
            for each in self.agreements
        ]

    @cached_property
    def areas(self) -> list[AreasOfKind]:
        """What is inside the territories, or has a part there, kind by kind."""
        rows = Area.objects.filter(pk__in=areas_near(self.agreements), kind__in=SHOWN_KINDS)
        by_kind: dict[str, list[Area]] = defaultdict(list)
        for area in rows.order_by("sort_key").prefetch_related("successors"):
            by_kind[area.kind].append(area)
        return [self._of_kind(kind, by_kind[kind]) for kind in SHOWN_KINDS if by_kind[kind]]

    def _of_kind(self, kind: Area.Kind, areas: list[Area]) -> AreasOfKind:
        in_force = [area for area in areas if area.in_force(self.day)]
        unknown = [area.valid_from for area in areas if area.is_unknown(self.day)]
        return AreasOfKind(
            kind=kind.value,
            title=_PLURALS[kind],
            in_force=in_force,
            ended=[area for area in areas if area.has_ended(self.day)],
            unknown_before=min(unknown) if unknown and not in_force else None,
        )

    def _group_roots(self) -> dict[int, list[GroupNode]]:
        """Each agreement's groups that exist that day, under the nearest one of its own."""
        rows = self._groups.as_of(self.day).with_state(self.day).order_by("kind", "sort_key")
        nodes = {group.pk: GroupNode(group, group.state(self.day)) for group in rows}
        roots: dict[int, list[GroupNode]] = defaultdict(list)
        for node in nodes.values():
            above = nodes.get(node.group.parent_id or 0)
            if above is None or above.group.agreement_id != node.group.agreement_id:
                roots[node.group.agreement_id].append(node)
            else:
                above.children.append(node)
        return roots

    def _parties(self) -> dict[int, list[OrganizationNode]]:
        nodes = self._organization_nodes()
        links = Agreement.parties.through.objects.filter(agreement__in=self.agreements)
        found: dict[int, list[OrganizationNode]] = defaultdict(list)
        for agreement, organization in links.order_by("organization__sort_key").values_list(
            "agreement_id", "organization_id"
        ):
            if organization in nodes:
                found[agreement].append(nodes[organization])
        return found

    def _organization_nodes(self) -> dict[int, OrganizationNode]:
        rows = with_seat_count(Organization.objects.as_of(self.day), self.day, self._groups)
        nodes = {
            row.pk: OrganizationNode(row, row.seats_then)  # type: ignore[attr-defined]
            for row in rows.order_by("sort_key")
        }
        for node in nodes.values():
            above = nodes.get(node.organization.parent_id or 0)
            if above is not None:
                above.children.append(node)
        return nodes


def with_seat_count(
    organizations: QuerySet[Organization], day: datetime.date, groups: SteeringGroupQuerySet
) -> QuerySet[Organization]:
    """Each with `seats_then`: its seats on `day` in those of `groups` that exist then."""
    seats = Seat.objects.as_of(day).filter(group__in=groups.as_of(day), organization=OuterRef("pk"))
    # One number a row: the order of the model would split the sum.
    number = seats.order_by().values("organization").annotate(number=Count("pk")).values("number")
    return organizations.annotate(seats_then=Coalesce(Subquery(number), 0))


def areas_near(agreements: Iterable[Agreement]) -> set[int]:
    """The ids of all areas that on any day were in the territories, or had a part there."""
    near = AreaMap(None)
    inside = near.downwards(*(each.territory_id for each in agreements if each.territory_id))
    return near.upwards(*inside)
