"""Areas, their nesting, the local groups and whom to contact: one day, read once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F

from governance.models import (
    Area,
    AreaMap,
    AreaPart,
    ContactRoute,
    Coverage,
    RouteContact,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.models.organizations import POLICE_KINDS
from governance.permissions import routes_about, visible_groups
from governance.queries.boundaries import BoundaryIndex, boundary_index
from governance.queries.place_answers import ANSWERED_KINDS, Contact, GroupAnswer
from governance.queries.place_names import Names
from governance.rights import Account, rights
from governance.swedish import phone_number

# The purposes for which a group is contacted, the first first.
PURPOSES = (ContactRoute.Purpose.PREVENTIVE, ContactRoute.Purpose.ROUTINE)
_ORDER = {str(kind): place for place, kind in enumerate(ANSWERED_KINDS)}
_NO_ORDER = len(_ORDER)


@dataclass(frozen=True)
class Structure:
    """What a place is part of on one day, as one reader may see it.

    `areas` are those in force that have a part in a territory of the reader's
    agreements; `inside` are the ids of those that lie in one; `outside` are those that
    a lokalpolisområde reaches beyond the territories. `territories` are those that lie in
    no other of them. `groups_from` is the first day with
    a local group when the sources begin after the day: before it, nothing is known.
    Kept by several threads at once, and changed by none.
    """

    day: datetime.date
    areas: dict[int, Area]
    inside: frozenset[int]
    outside: dict[int, Area]
    territories: tuple[Area, ...]
    nesting: AreaMap
    covering: dict[int, tuple[SteeringGroup, ...]]
    groups_from: datetime.date | None
    contacts: dict[tuple[str, int], Contact]
    boundaries: BoundaryIndex

    @cached_property
    def names(self) -> Names:
        return Names(self.areas.values())

    @cached_property
    def names_outside(self) -> Names:
        return Names(self.outside.values())

    def of_kind(self, ids: Iterable[int], kind: str) -> tuple[Area, ...]:
        """Those of the ids that are areas of the kind, in the order given."""
        found = (self.areas.get(pk) for pk in ids)
        return tuple(area for area in found if area is not None and area.kind == kind)

    def neighbourhoods(self, area: int) -> list[Area]:
        """The stadsdelar in the territories that the area is made of, in Swedish order."""
        found = self.of_kind(self.nesting.downwards(area) & self.inside, Area.Kind.NEIGHBOURHOOD)
        return sorted(found, key=lambda each: each.sort_key)

    def groups(self, areas: Iterable[int]) -> tuple[GroupAnswer, ...]:
        """The groups that cover one of the areas, with whom to contact."""
        areas = sorted(areas, key=self._size)
        found = {group.pk: group for area in areas for group in self.covering.get(area, ())}
        return tuple(
            GroupAnswer(group, group.state(self.day), self._contact(group, areas))
            for group in sorted(found.values(), key=lambda each: (each.sort_key, each.pk))
        )

    def _contact(self, group: SteeringGroup, areas: list[int]) -> Contact:
        """The group's own route; else that of the smallest area that has one; else the mailbox."""
        asked = [("group", group.pk), *(("area", area) for area in areas)]
        route = next((self.contacts[each] for each in asked if each in self.contacts), None)
        if route is not None or not group.mailbox:
            return route or Contact()
        return Contact(title="Gruppens funktionsbrevlåda", mailbox=group.mailbox)

    def _size(self, area: int) -> tuple[int, int]:
        kind = self.areas[area].kind if area in self.areas else ""
        return _ORDER.get(kind, _NO_ORDER), area


def read_structure(user: Account, day: datetime.date) -> Structure:
    """Read it from the database: four queries, and one for the reader's organisations."""
    parts = list(AreaPart.objects.as_of(day).select_related("part", "whole"))
    nesting = AreaMap(day, parts)
    every = {area.pk: area for row in parts for area in (row.part, row.whole)}
    every = {pk: area for pk, area in every.items() if area.in_force(day)}
    territories = {each.territory_id for each in rights(user).agreements if each.territory_id}
    inside = nesting.downwards(*territories)
    near = nesting.upwards(*inside)
    areas = {pk: every[pk] for pk in sorted(near & every.keys())}
    police = [pk for pk, area in areas.items() if area.kind == Area.Kind.POLICE_DISTRICT]
    beyond = (nesting.downwards(*police) - near) & every.keys()
    local = visible_groups(user).filter(kind=SteeringGroup.Kind.LOCAL)
    covering = _read_covering(local, day)
    return Structure(
        day=day,
        areas=areas,
        inside=frozenset(inside & areas.keys()),
        outside={pk: every[pk] for pk in sorted(beyond)},
        territories=tuple(
            areas[pk]
            for pk in sorted(territories & areas.keys())
            if not (nesting.upwards(pk) - {pk}) & territories
        ),
        nesting=nesting,
        covering=covering,
        groups_from=None if covering else _first_known(local, day),
        contacts=_read_contacts(user, day, areas) if covering else {},
        boundaries=boundary_index(day),
    )


def _read_covering(
    local: SteeringGroupQuerySet, day: datetime.date
) -> dict[int, tuple[SteeringGroup, ...]]:
    """The local groups at work on `day`, by the id of each area that they cover."""
    rows = local.at_work(day).with_state(day).filter(coverages__in=Coverage.objects.as_of(day))
    found: dict[int, list[SteeringGroup]] = defaultdict(list)
    for group in rows.annotate(covered=F("coverages__area")):
        found[group.covered].append(group)  # type: ignore[attr-defined]
    return {area: tuple(groups) for area, groups in found.items()}


def _first_known(local: SteeringGroupQuerySet, day: datetime.date) -> datetime.date | None:
    """As `CoverageTable.unknown_before`: a group entered in the app has no source mark."""
    first = local.order_by("valid_from").first()
    if first is None or not first.source_mark or not first.is_upcoming(day):
        return None
    return first.valid_from


def _read_contacts(
    user: Account, day: datetime.date, areas: Iterable[int]
) -> dict[tuple[str, int], Contact]:
    """The first contact of each group's and each area's route, preventive before routine.

    To the police; for readers who work there, from it.
    """
    direction = ContactRoute.Direction.TO_POLICE
    if works_for_police(user):
        direction = ContactRoute.Direction.FROM_POLICE
    routes = ContactRoute.objects.as_of(day).filter(pk__in=routes_about(user, areas))
    routes = routes.filter(purpose__in=PURPOSES, direction=direction)
    rows = RouteContact.objects.filter(route__in=routes, when_closed=False)
    found: dict[tuple[str, int], tuple[tuple[int, int, int], Contact]] = {}
    for row in rows.select_related("route").order_by("route_id", "order"):
        route = row.route
        about = ("group", route.group_id) if route.group_id else ("area", route.area_id or 0)
        rank = (PURPOSES.index(ContactRoute.Purpose(route.purpose)), row.order, route.pk)
        if about not in found or rank < found[about][0]:
            found[about] = (rank, Contact(row.title, row.mailbox, phone_number(row.phone)))
    return {about: contact for about, (_, contact) in found.items()}


def works_for_police(user: Account) -> bool:
    person = rights(user).person
    return person is not None and person.organization.kind in POLICE_KINDS
