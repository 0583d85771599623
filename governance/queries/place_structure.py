"""Areas, their nesting, the local groups and whom to contact: one day, read once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from governance.models import (
    Area,
    AreaMap,
    ContactRoute,
    Coverage,
    RouteContact,
    SteeringGroup,
)
from governance.permissions import visible_groups, visible_routes
from governance.queries.place_answers import ANSWERED_KINDS, Contact, GroupAnswer
from governance.rights import Account, rights

# The purposes for which a group is contacted, the first first.
PURPOSES = (ContactRoute.Purpose.PREVENTIVE, ContactRoute.Purpose.ROUTINE)


@dataclass(frozen=True)
class Structure:
    """What a place is part of on one day, as one reader may see it.

    `areas` are those in force that have a part in a territory of the reader's
    agreements; `inside` are the ids of those that lie in one; `outside` are those that
    a lokalpolisområde reaches beyond the territories.
    """

    day: datetime.date
    areas: dict[int, Area]
    inside: frozenset[int]
    outside: dict[int, Area]
    territories: tuple[Area, ...]
    nesting: AreaMap
    covering: dict[int, tuple[SteeringGroup, ...]]
    contacts: dict[tuple[str, int], Contact]

    def upwards(self, *areas: int) -> set[int]:
        return self.nesting.upwards(*areas)

    def larger(self, area: int, kind: str) -> list[Area]:
        """The areas of the kind that the area is, or is nominally part of."""
        found = (self.areas.get(pk) for pk in self.nesting.upwards(area))
        return [each for each in found if each is not None and each.kind == kind]

    def neighbourhoods(self, area: int) -> list[Area]:
        """The stadsdelar in the territories that the area is made of, in Swedish order."""
        found = [self.areas[pk] for pk in self.nesting.downwards(area) & self.inside]
        smallest = [each for each in found if each.kind == Area.Kind.NEIGHBOURHOOD]
        return sorted(smallest, key=lambda each: each.sort_key)

    def groups(self, areas: Iterable[int]) -> tuple[GroupAnswer, ...]:
        """The groups that cover one of the areas, with whom to contact."""
        areas = list(areas)
        found = {group.pk: group for area in areas for group in self.covering.get(area, ())}
        return tuple(
            GroupAnswer(group, group.state(self.day), self._contact(group, areas))
            for group in sorted(found.values(), key=lambda each: (each.sort_key, each.pk))
        )

    def _contact(self, group: SteeringGroup, areas: list[int]) -> Contact:
        """The group's own route; else that of the smallest area that has one; else the mailbox."""
        own = self.contacts.get(("group", group.pk))
        if own is not None:
            return own
        for area in sorted(areas, key=self._size):
            route = self.contacts.get(("area", area))
            if route is not None:
                return route
        return Contact(title=f"{group.name}, funktionsbrevlåda", mailbox=group.mailbox)

    def _size(self, area: int) -> tuple[int, int]:
        kind = self.areas[area].kind if area in self.areas else ""
        order = [str(each) for each in ANSWERED_KINDS]
        return (order.index(kind) if kind in order else len(order), area)


def read_structure(user: Account, day: datetime.date) -> Structure:
    """Read it from the database: four queries, and one for the reader's organisations."""
    nesting = AreaMap(day)
    territories = {each.territory_id for each in rights(user).agreements if each.territory_id}
    inside = nesting.downwards(*territories)
    covering = _read_covering(user, day)
    near = nesting.upwards(*inside, *covering)
    every = {area.pk: area for area in Area.objects.as_of(day).order_by("sort_key", "pk")}
    areas = {pk: area for pk, area in every.items() if pk in near}
    police = [pk for pk, area in areas.items() if area.kind == Area.Kind.POLICE_DISTRICT]
    beyond = nesting.downwards(*police) - near
    return Structure(
        day=day,
        areas=areas,
        inside=frozenset(inside & areas.keys()),
        outside={pk: area for pk, area in every.items() if pk in beyond},
        territories=tuple(areas[pk] for pk in sorted(territories) if pk in areas),
        nesting=nesting,
        covering=covering,
        contacts=_read_contacts(user, day),
    )


def _read_covering(user: Account, day: datetime.date) -> dict[int, tuple[SteeringGroup, ...]]:
    """The local groups at work on `day`, by the id of each area that they cover."""
    local = visible_groups(user).filter(kind=SteeringGroup.Kind.LOCAL)
    rows = local.at_work(day).with_state(day).filter(coverages__in=Coverage.objects.as_of(day))
    found: dict[int, list[SteeringGroup]] = defaultdict(list)
    for group in rows.annotate(covered=F("coverages__area")).order_by("sort_key", "pk"):
        found[group.covered].append(group)
    return {area: tuple(groups) for area, groups in found.items()}


def _read_contacts(user: Account, day: datetime.date) -> dict[tuple[str, int], Contact]:
    """The first contact of each group's and each area's route, preventive before routine."""
    routes = (
        visible_routes(user)
        .as_of(day)
        .filter(purpose__in=PURPOSES, direction=ContactRoute.Direction.TO_POLICE)
    )
    rows = RouteContact.objects.filter(route__in=routes, when_closed=False)
    found: dict[tuple[str, int], tuple[tuple[int, int, int], Contact]] = {}
    for row in rows.select_related("route").order_by("route_id", "order"):
        route = row.route
        about = ("group", route.group_id) if route.group_id else ("area", route.area_id)
        rank = (PURPOSES.index(route.purpose), row.order, route.pk)
        if about not in found or rank < found[about][0]:
            found[about] = (rank, Contact(row.title, row.mailbox, row.phone))
    return {about: contact for about, (_, contact) in found.items()}
