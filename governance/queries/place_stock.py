"""The properties that questions may mean, read together: two queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from governance.addresses import AddressParts, read_address
from governance.designations import Designation, read_designation
from governance.models import Address, Holding, Property
from governance.permissions import visible_organizations, visible_properties
from governance.queries.place_answers import Question
from governance.rights import Account, rights
from governance.swedish import fold

LONGEST = 200  # of what is read at all


@dataclass(frozen=True)
class Asked:
    """A question with its parts read; what could not be read is None or empty."""

    question: Question
    designation: Designation | None
    own_number: str
    address: AddressParts | None


def read(question: Question) -> Asked:
    designation, address, number = (
        " ".join(text[: 2 * LONGEST].replace("\0", " ").split())  # PostgreSQL takes no NUL
        for text in (question.designation, question.address, question.own_number)
    )
    doors = read_address(address) if address else None
    return Asked(
        question,
        read_designation(designation) if designation else None,
        number if len(number) <= LONGEST else "",
        doors if doors and doors.number else None,
    )


class Stock:
    """What the reader may look up of the stock, for these questions.

    `municipalities` are those that a designation without one may mean.
    """

    def __init__(
        self, user: Account, municipalities: Sequence[str], asked: Iterable[Asked]
    ) -> None:
        self._user = user
        self._municipalities = municipalities
        self._asked = list(asked)
        self.addresses: dict[int, list[Address]] = defaultdict(list)
        self._by_street: dict[str, list[Address]] = defaultdict(list)
        self.holdings: dict[int, list[Holding]] = defaultdict(list)
        self._by_key: dict[str, Property] = {}
        self._by_number: dict[str, dict[int, Property]] = defaultdict(dict)
        self._properties: dict[int, Property] = {}
        if self._meant:
            self._read_holdings()
        if self._properties:
            self._read_addresses()

    def named(self, designation: Designation) -> list[Property]:
        keys = (self._by_key.get(key) for key in self._keys(designation))
        return [found for found in keys if found is not None]

    def numbered(self, own_number: str) -> list[Property]:
        """Those that the reader's own organisations know by that number, on any day."""
        found = self._by_number.get(fold(own_number), {})
        return sorted(found.values(), key=_in_order)

    def at(self, address: AddressParts) -> list[Property]:
        ids = {row.property_id for row in self._near(address) if covers(row, address)}
        return sorted((self._properties[pk] for pk in ids), key=_in_order)

    def neighbours(self, address: AddressParts) -> set[int]:
        """The ids of the stated areas of other doors in the street."""
        found = (self._properties[row.property_id].stated_area_id for row in self._near(address))
        return {area for area in found if area}

    def _near(self, address: AddressParts) -> list[Address]:
        rows = self._by_street.get(fold(address.street), [])
        return [row for row in rows if row.property_id in self._properties]

    def _keys(self, designation: Designation) -> list[str]:
        """As it stands in the register, in each municipality that it may be in."""
        within = [fold(designation.within(name).text) for name in self._municipalities]
        return list(dict.fromkeys([*within, designation.key]))

    @cached_property
    def _meant(self) -> list[QuerySet[Any]]:
        """The ids of the properties that some question may mean, by what it asks with.

        Each is found by an index; an OR between them would be a walk through the whole stock.
        """
        named = [each.designation for each in self._asked if each.designation]
        keys = {key for designation in named for key in self._keys(designation)}
        numbers = {
            form
            for each in self._asked
            if each.own_number
            for form in (each.own_number, each.own_number.upper(), each.own_number.lower())
        }
        streets = {fold(each.address.street) for each in self._asked if each.address}
        ways: list[QuerySet[Any]] = []
        if keys:
            ways.append(Property.objects.filter(search_key__in=keys).values("pk"))
        if numbers:
            own = Holding.objects.filter(organization__in=rights(self._user).own)
            ways.append(own.filter(own_number__in=numbers).values("property"))
        if streets:
            ways.append(Address.objects.filter(search_key__in=streets).values("property"))
        return [rows.order_by() for rows in ways]

    @cached_property
    def _rows(self) -> QuerySet[Property]:
        first, *others = self._meant
        return visible_properties(self._user).filter(pk__in=first.union(*others))

    def _read_addresses(self) -> None:
        for row in Address.objects.filter(property__in=self._rows):
            if row.property_id not in self._properties:
                continue  # it came into the stock just now
            self.addresses[row.property_id].append(row)
            self._by_street[row.search_key].append(row)

    def _read_holdings(self) -> None:
        own = rights(self._user).own
        seen = Q(organization__in=own) | Q(organization__in=visible_organizations(self._user))
        rows = Holding.objects.filter(seen, property__in=self._rows)
        for row in rows.select_related("property", "organization").order_by("valid_from", "pk"):
            found = self._properties.setdefault(row.property_id, row.property)
            self.holdings[found.pk].append(row)
            self._by_key[found.search_key] = found
            if row.own_number and row.organization_id in own:
                self._by_number[fold(row.own_number)][found.pk] = found


def covers(row: Address, asked: AddressParts) -> bool:
    """Whether the door that is asked for is one of those that the row stands for.

    A question without a letter means all doors with the number; a row without one has
    them all. In a range with numbers, only one side of the street is meant: 3–9 holds 5.
    """
    number = asked.number or 0
    first, last = row.number, row.number_through or row.number
    if first is None or last is None or not first <= number <= last:
        return False
    if row.number_through and (number - first) % 2 and (last - first) % 2 == 0:
        return False
    if not asked.letter or not row.letter:
        return True
    if number == first and asked.letter < row.letter:
        return False
    last_letter = row.letter_through or ("" if row.number_through else row.letter)
    return not (number == last and last_letter and asked.letter > last_letter)


def _in_order(each: Property) -> tuple[str, int]:
    return each.sort_key, each.pk
