"""Contact routes on one day, both ways: whom to call, when, and where none is known."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, F, Q

from governance.models import (
    Agreement,
    Area,
    AreaMap,
    AreaPart,
    ContactRoute,
    Coverage,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import may_edit_routes, routes_about
from governance.queries.route_pages import is_too_old, verified_by
from governance.rights import Account

# Which of the tries are counted: those of the last year.
TRIES = datetime.timedelta(days=365)
# Routes that the reader may edit and that nobody has verified for long; groups without a
# route where the reader may add one.
STALE, MISSING = "obekraftade", "saknas"


@dataclass(frozen=True)
class RouteChoice:
    """What stands in the address: direction, purpose, slugs of a group and an organisation.

    `omrade` is the kind and slug of an area (`stadsdel:farsta`); a slug alone means the areas
    of every kind that have it. `visa` is what the reader should see to, see STALE and MISSING.
    """

    riktning: str = ""
    syfte: str = ""
    grupp: str = ""
    omrade: str = ""
    organisation: str = ""
    visa: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "RouteChoice":
        """What is asked for; a direction or purpose that does not exist is none."""
        way, purpose = sent.get("riktning", ""), sent.get("syfte", "")
        visa = sent.get("visa", "")
        slugs = {
            name: sent.get(name, "")[:100].replace("\0", "")
            for name in ("grupp", "omrade", "organisation")
        }
        return cls(
            riktning=way if way in ContactRoute.Direction.values else "",
            syfte=purpose if purpose in ContactRoute.Purpose.values else "",
            visa=visa if visa in (STALE, MISSING) else "",
            **slugs,
        )

    @property
    def chosen(self) -> dict[str, str]:
        return {name: text for name, text in vars(self).items() if text}

    def address(self, **more: str) -> str:
        """The query of the address that shows this choice."""
        found = {**self.chosen, **more}
        return f"?{urlencode(found)}" if found else "?"


@dataclass(frozen=True)
class Ground:
    """The areas in force, how they nest, and the local groups at work in them, on one day.

    Each group has its agreement and its state.
    """

    day: datetime.date
    areas: dict[int, Area]
    nesting: AreaMap
    groups: dict[int, SteeringGroup]
    covered: dict[int, set[int]]

    def around(self, areas: Iterable[int]) -> set[int]:
        """The areas, what they are made of, and all that these are part of."""
        return self.nesting.upwards(*self.nesting.downwards(*areas))

    def neighbourhoods(self, group: int) -> set[int]:
        """The stadsdelar that the group covers; its areas themselves where they have none."""
        covered = self.covered[group]
        inside = self.nesting.downwards(*covered)
        found = {
            pk
            for pk in inside & self.areas.keys()
            if self.areas[pk].kind == Area.Kind.NEIGHBOURHOOD
        }
        return found or covered

    def named(self, text: str) -> set[int]:
        """The areas that `kind:slug` names, or a slug alone."""
        kind, _, slug = text.rpartition(":")
        return {
            pk for pk, area in self.areas.items() if area.slug == slug and kind in ("", area.kind)
        }

    def narrowed(self, agreement: Agreement) -> "Ground":
        """The same with the groups of one agreement only."""
        own = {pk: group for pk, group in self.groups.items() if group.agreement == agreement}
        return replace(self, groups=own, covered={pk: self.covered[pk] for pk in own})

    def groups_in(self, areas: set[int]) -> set[int]:
        return {pk for pk, covered in self.covered.items() if covered & areas}


def read_ground(
    groups: SteeringGroupQuerySet, agreements: Iterable[Agreement], day: datetime.date
) -> Ground:
    """Of the territories of the agreements and the local groups among `groups`: two queries."""
    parts = list(AreaPart.objects.as_of(day).select_related("part", "whole"))
    nesting = AreaMap(day, parts)
    every = {area.pk: area for row in parts for area in (row.part, row.whole)}
    territories = {each.territory_id for each in agreements if each.territory_id}
    near = nesting.upwards(*nesting.downwards(*territories))
    local = groups.filter(kind=SteeringGroup.Kind.LOCAL).at_work(day).with_state(day)
    rows = local.filter(coverages__in=Coverage.objects.as_of(day)).annotate(
        in_area=F("coverages__area")
    )
    found: dict[int, SteeringGroup] = {}
    covered: dict[int, set[int]] = defaultdict(set)
    for group in rows.select_related("agreement").order_by("sort_key", "pk"):
        found[group.pk] = group
        covered[group.pk].add(group.in_area)  # type: ignore[attr-defined]
    areas = {pk: area for pk, area in every.items() if pk in near and area.in_force(day)}
    return Ground(day, areas, nesting, found, covered)


@dataclass
class RouteList:
    """The routes in force on the day that the reader may see, and those that are chosen."""

    user: Account
    ground: Ground
    choice: RouteChoice
    groups: SteeringGroupQuerySet
    since: datetime.datetime

    @cached_property
    def every(self) -> list[ContactRoute]:
        """Each with `tries` and `failed`, the tries since the moment: one query."""
        seen = routes_about(self.user, self.ground.areas)
        rows = ContactRoute.objects.as_of(self.ground.day).filter(pk__in=seen)
        rows = rows.filter(Q(group=None) | Q(group__in=self.groups))
        recent = Q(attempts__at__gte=self.since)
        return list(
            rows.select_related("organization", "area", "group__agreement")
            .annotate(
                tries=Count("attempts", filter=recent),
                failed=Count("attempts", filter=recent & Q(attempts__answered=False)),
            )
            .order_by("-direction", "purpose", "organization__sort_key", "pk")
        )

    @cached_property
    def rows(self) -> list[ContactRoute]:
        """Those that are chosen; of a group or an area also those around it that hold there."""
        choice = self.choice
        found = self.stale if choice.visa == STALE else self.every
        if choice.riktning:
            found = [each for each in found if each.direction == choice.riktning]
        if choice.syfte:
            found = [each for each in found if each.purpose == choice.syfte]
        if choice.organisation:
            found = [each for each in found if each.organization.slug == choice.organisation]
        if choice.grupp:
            found = [each for each in found if self._holds_for_group(each)]
        if choice.omrade:
            around = self.ground.around(self.ground.named(choice.omrade))
            groups = self.ground.groups_in(around)
            found = [each for each in found if each.area_id in around or each.group_id in groups]
        return found

    @cached_property
    def stale(self) -> list[ContactRoute]:
        """Those that the reader may edit and that were not verified lately: two queries more."""
        mine = may_edit_routes(self.user, self.every, self.ground.nesting)
        verified = verified_by(self.every, self.ground.day)
        return [
            each
            for each in self.every
            if each.pk in mine and is_too_old(verified[each.pk], self.ground.day)
        ]

    @cached_property
    def _around_group(self) -> set[int]:
        slug = self.choice.grupp
        chosen = [pk for pk, group in self.ground.groups.items() if group.slug == slug]
        return self.ground.around({area for pk in chosen for area in self.ground.covered[pk]})

    def _holds_for_group(self, route: ContactRoute) -> bool:
        if route.group is not None:
            return route.group.slug == self.choice.grupp
        return route.area_id in self._around_group

    # -- what may be chosen --------------------------------------------------------------

    @property
    def group_options(self) -> list[tuple[str, str]]:
        groups = dict(self.ground.groups)
        groups.update({each.group.pk: each.group for each in self.every if each.group})
        ordered = sorted(groups.values(), key=lambda each: (each.sort_key, each.pk))
        return [(each.slug, each.name) for each in ordered]

    @property
    def area_options(self) -> list[tuple[str, str]]:
        """By name, each with its kind, for several kinds may share a name."""
        kinds = (Area.Kind.NEIGHBOURHOOD, Area.Kind.DISTRICT, Area.Kind.POLICE_DISTRICT)
        areas = {pk: each for pk, each in self.ground.areas.items() if each.kind in kinds}
        areas |= {each.area.pk: each.area for each in self.every if each.area}
        ordered = sorted(areas.values(), key=lambda each: (each.sort_key, each.kind, each.pk))
        return [
            (f"{each.kind}:{each.slug}", f"{each.name} ({each.get_kind_display()})")
            for each in ordered
        ]

    @property
    def organization_options(self) -> list[tuple[str, str]]:
        rows = {each.organization.slug: each.organization for each in self.every}
        ordered = sorted(rows.values(), key=lambda each: (each.sort_key, each.pk))
        return [(each.slug, each.name) for each in ordered]
