"""Where no contact route is known: each local group, direction and purpose without one."""

from collections import defaultdict
from dataclasses import dataclass

from governance.models import ContactRoute, SteeringGroup
from governance.queries.routes import Ground, RouteChoice
from governance.swedish import listed


@dataclass(frozen=True)
class Missing:
    """What one local group lacks, in words; the empty string for a direction that lacks none."""

    group: SteeringGroup
    to_police: str
    from_police: str


@dataclass(frozen=True)
class MissingRoutes:
    """The groups that lack everything asked about, and what each of the others lacks."""

    without_any: list[SteeringGroup]
    rows: list[Missing]

    @property
    def number(self) -> int:
        return len(self.without_any) + len(self.rows)


def missing_routes(
    ground: Ground, routes: list[ContactRoute], choice: RouteChoice, among: set[int] | None = None
) -> MissingRoutes:
    """Of the chosen directions, purposes, group and area; other choices do not count.

    `among` are the ids of the groups that are asked about, when not all are.

    A group has a route if one is about it, or if every stadsdel that it covers lies in an
    area that has one.
    """
    reached = _Reached(ground, routes)
    asked = [
        (way, purpose)
        for way in ContactRoute.Direction
        for purpose in ContactRoute.Purpose
        if choice.riktning in ("", way) and choice.syfte in ("", purpose)
    ]
    without_any, rows = [], []
    for group in _chosen(ground, choice, among):
        lacking = [each for each in asked if not reached.has(group, *each)]
        if lacking == asked:
            without_any.append(group)
        elif lacking:
            words = {
                way: listed(purpose.label for each, purpose in lacking if each == way)
                for way in ContactRoute.Direction
            }
            rows.append(
                Missing(
                    group,
                    words[ContactRoute.Direction.TO_POLICE],
                    words[ContactRoute.Direction.FROM_POLICE],
                )
            )
    return MissingRoutes(without_any, rows)


def _chosen(ground: Ground, choice: RouteChoice, among: set[int] | None) -> list[SteeringGroup]:
    groups = [group for pk, group in ground.groups.items() if among is None or pk in among]
    if choice.grupp:
        groups = [each for each in groups if each.slug == choice.grupp]
    if choice.omrade:
        there = ground.groups_in(ground.around(ground.named(choice.omrade)))
        groups = [each for each in groups if each.pk in there]
    return groups


class _Reached:
    """Which groups and areas have a route, for each direction and purpose."""

    def __init__(self, ground: Ground, routes: list[ContactRoute]) -> None:
        self.groups: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.areas: dict[tuple[str, str], set[int]] = defaultdict(set)
        for route in routes:
            key = (route.direction, route.purpose)
            if route.group_id:
                self.groups[key].add(route.group_id)
            if route.area_id:
                self.areas[key].add(route.area_id)
        self.above = {
            pk: [ground.nesting.upwards(area) for area in ground.neighbourhoods(pk)]
            for pk in ground.groups
        }

    def has(self, group: SteeringGroup, way: str, purpose: str) -> bool:
        if group.pk in self.groups[way, purpose]:
            return True
        found = self.areas[way, purpose]
        return all(found & above for above in self.above[group.pk])
