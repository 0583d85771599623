"""What a list of stock is compared with: the organisation's own rows, and what is there of
the designations that the list names. As many queries whatever the number of rows.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from django.db.models import Q

from governance.models import Address, Agreement, Area, AreaMap, Holding, Organization, Property
from governance.municipalities import MUNICIPALITIES
from governance.queries.imports import words
from governance.swedish import fold
from governance.temporal import Period

_AT_ONCE = 500  # keys in one question: SQLite takes a limited number


class StockGround:
    """Everything by key: properties by folded designation, own holdings by property."""

    def __init__(
        self,
        organization: Organization,
        day: datetime.date,
        designations: Collection[str],
        home: "Home",
    ) -> None:
        self.organization, self.home = organization, home
        own = Holding.objects.filter(organization=organization).overlapping(day, None)
        self.own = {row.pk: row for row in own.select_related("property").order_by("pk")}
        self.properties = {row.property_id: row.property for row in self.own.values()}
        self.own_of: dict[int, list[Holding]] = defaultdict(list)
        for row in self.own.values():
            self.own_of[row.property_id].append(row)
        for part in _parts(designations):
            for found in Property.objects.filter(search_key__in=part):
                self.properties.setdefault(found.pk, found)
        self.by_designation = {
            fold(each.designation): each for each in self.properties.values() if each.tract
        }
        self.held: dict[int, list[Holding]] = defaultdict(list)
        self.addresses: dict[int, list[Address]] = defaultdict(list)
        for part in _parts(self.properties):
            for holding in Holding.objects.filter(property__in=part).order_by("pk"):
                self.held[holding.property_id].append(self.own.get(holding.pk, holding))
            for address in Address.objects.filter(property__in=part).order_by("pk"):
                self.addresses[address.property_id].append(address)
        self.by_number: dict[str, list[Holding]] = defaultdict(list)
        self.by_door: dict[tuple[object, ...], list[Holding]] = defaultdict(list)
        for row in self.own.values():
            if row.own_number:
                self.by_number[words(row.own_number)].append(row)
            for address in self.addresses[row.property_id]:
                self.by_door[door_of(address)].append(row)

    def own_rows(self, property: Property) -> list[Holding]:
        """The organisation's rows of the property that have not ended."""
        return self.own_of.get(property.pk, [])

    def others(self, property: Property, period: Period) -> list[Holding]:
        """What other organisations have of the property on any day of the period."""
        return [
            row
            for row in self.held[property.pk]
            if row.organization_id != self.organization.pk and meet(row, period)
        ]


def meet(one: Period, other: Period) -> bool:
    """Whether the two have a day in common."""
    return not one.has_ended(other.valid_from) and not other.has_ended(one.valid_from)


def door_of(address: Address) -> tuple[object, ...]:
    """The same as `AddressParts.key` of the same door."""
    last = address.number_through, address.letter_through
    return fold(address.street), address.number, address.letter, *last


class Home:
    """Where the organisation works: its municipality, and the stadsdelar by folded name."""

    def __init__(self, organization: Organization) -> None:
        above = _upwards(organization)
        agreements = Agreement.objects.filter(
            Q(parties__in=above) | seats_of(above), territory__isnull=False
        )
        territories = list(Area.objects.filter(agreements__in=agreements).distinct())
        inside = AreaMap(None).downwards(*(area.pk for area in territories))
        parts = Area.objects.filter(kind=Area.Kind.NEIGHBOURHOOD, pk__in=inside)
        self.areas: dict[str, list[Area]] = defaultdict(list)
        for area in parts.order_by("pk"):
            self.areas[words(area.name)].append(area)
        self._names = {words(area.name): area.name for area in parts}
        towns = [area for area in territories if area.kind == Area.Kind.MUNICIPALITY]
        found = sorted({MUNICIPALITIES.get(fold(area.name), area.name) for area in towns})
        self.municipality = found[0] if len(found) == 1 else ""

    def near(self, text: str) -> list[str]:
        """At most three stadsdelar with a name like the text."""
        return [self._names[key] for key in get_close_matches(words(text[:60]), self._names, n=3)]


def seats_of(organizations: Collection[int]) -> Q:
    return Q(groups__seats__organization__in=organizations)


def _upwards(organization: Organization) -> set[int]:
    parents = dict(Organization.objects.values_list("pk", "parent_id"))
    found: set[int] = set()
    at: int | None = organization.pk
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


def _parts(keys: Iterable[object]) -> Iterator[list[object]]:
    every = list(keys)
    for first in range(0, len(every), _AT_ONCE):
        yield every[first : first + _AT_ONCE]
