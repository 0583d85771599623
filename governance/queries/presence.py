"""A company's place in the groups on one day: its stock, its seats and what it lacks."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from governance.models import (
    Function,
    Holding,
    Leave,
    Mandate,
    Organization,
    Seat,
    Status,
    SteeringGroup,
    WantedFunction,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.organizations import AT_WORK, COMPANIES
from governance.queries.rosters import HELD, seat_status
from governance.queries.stock_sums import Amount, Stock, amount
from governance.rights import Account
from governance.temporal import PeriodQuerySet

# Kinds that are named also where they neither have anything nor sit.
_WITH_STOCK = (
    Organization.Kind.HOUSING_COMPANY,
    Organization.Kind.PROPERTY_COMPANY,
    Organization.Kind.PRIVATE_OWNER,
)
_OF_MANDATE = ["id", "kind", "valid_from", "valid_through", "end_reason"]
_OF_LEAVE = ["id", "valid_from", "valid_through"]
_OF_WISH = ["id", "function_id", "number", "organization_kind", "valid_from", "valid_through"]


def seats_with_mandates(seats: PeriodQuerySet[Seat]) -> list[tuple[Seat, list[Mandate]]]:
    """Each seat with all its mandates and their leaves, but no persons, in one query."""
    names = {
        **{f"mandate_{name}": F(f"mandates__{name}") for name in _OF_MANDATE},
        **{f"leave_{name}": F(f"mandates__leaves__{name}") for name in _OF_LEAVE},
    }
    found: dict[int, Seat] = {}
    mandates: dict[int, dict[int, Mandate]] = defaultdict(dict)
    leaves: dict[int, list[Leave]] = defaultdict(list)
    for row in seats.select_related("function", "organization").annotate(**names):
        found.setdefault(row.pk, row)
        mandate = {name: getattr(row, f"mandate_{name}") for name in _OF_MANDATE}
        if mandate["id"] is not None:
            mandates[row.pk].setdefault(mandate["id"], Mandate(seat=row, **mandate))
        leave = {name: getattr(row, f"leave_{name}") for name in _OF_LEAVE}
        if leave["id"] is not None:
            leaves[mandate["id"]].append(Leave(mandate_id=mandate["id"], **leave))
    for own in mandates.values():
        for pk, each in own.items():
            known: Any = each.leaves.all()
            known._result_cache, known._prefetch_done = leaves[pk], True
            each._prefetched_objects_cache = {"leaves": known}  # type: ignore[attr-defined]
    ordered = sorted(found.values(), key=lambda seat: seat.in_roster)
    return [(seat, list(mandates[seat.pk].values())) for seat in ordered]


@dataclass(frozen=True)
class SeatState:
    seat: Seat
    status: Status


def _vacant(seats: Iterable[SeatState]) -> int:
    """Seats for members that nobody holds; those for deputies are never missed."""
    return sum(
        each.seat.role != Seat.Role.DEPUTY and each.status.code not in {*HELD, "closed"}
        for each in seats
    )


def _states(
    seats: PeriodQuerySet[Seat], groups: dict[int, SteeringGroup], day: datetime.date
) -> list[SeatState]:
    return [
        SeatState(seat, seat_status(seat, mandates, day, groups[seat.group_id]))
        for seat, mandates in seats_with_mandates(seats)
    ]


# -- one company, group by group ----------------------------------------------------------------


@dataclass(frozen=True)
class PresenceRow:
    """One local group: what the company has there, its seats, and what is wanted of its kind.

    `rows` are what counts in `amount`. `missing` are the wanted functions for which neither
    the company nor another of its kind has seats enough.
    """

    group: SteeringGroup
    rows: list[Holding]
    amount: Amount
    seats: list[SeatState]
    wanted: list[str]
    missing: list[str]

    @property
    def vacant(self) -> int:
        return _vacant(self.seats)

    @property
    def lacks_seat(self) -> bool:
        """Relevant, for the company has something here, and yet without a seat."""
        return bool(self.amount.properties) and not self.seats

    @property
    def may_want_seat(self) -> bool:
        return self.lacks_seat or bool(self.missing)


class Presence:
    """The local groups at work on `day` beside one company's stock and seats: six queries."""

    def __init__(
        self,
        user: Account,
        organization: Organization,
        groups: SteeringGroupQuerySet,
        day: datetime.date,
    ) -> None:
        self.organization, self._day = organization, day
        local = groups.filter(kind=SteeringGroup.Kind.LOCAL)
        self._groups, self._wishes = _with_wishes(local, organization.kind, day)
        kind = Seat.objects.as_of(day).filter(
            group__in=self._groups, organization__kind=organization.kind
        )
        self._seats: dict[int, list[SeatState]] = defaultdict(list)
        for each in _states(kind, self._groups, day):
            self._seats[each.seat.group_id].append(each)
        stock = Stock(user, [organization], day)
        self.is_known = stock.is_known(organization.pk)
        self._by_group = stock.by_group(organization.pk)
        self.without_group = self._by_group.pop(0, [])
        self.rows = [self._row(group) for group in self._groups.values()]

    @property
    def total(self) -> PresenceRow:
        """The sums of what is shown; a property in two groups counts once."""
        return PresenceRow(
            group=SteeringGroup(),
            rows=(every := [each for row in self.rows for each in row.rows]),
            amount=amount([*every, *self.without_group]),
            seats=[each for row in self.rows for each in row.seats],
            wanted=[each for row in self.rows for each in row.wanted],
            missing=[each for row in self.rows for each in row.missing],
        )

    @property
    def lacking(self) -> list[PresenceRow]:
        return [row for row in self.rows if row.lacks_seat]

    @property
    def other_reasons(self) -> list[PresenceRow]:
        """Groups where it has schools or care, whose matters are others than those of housing."""
        return [row for row in self.rows if row.amount.uses["school"] or row.amount.uses["care"]]

    def _row(self, group: SteeringGroup) -> PresenceRow:
        rows = self._by_group.get(group.pk, [])
        there = [each for each in self._seats[group.pk] if each.seat.role != Seat.Role.DEPUTY]
        wishes = self._wishes[group.pk]
        return PresenceRow(
            group=group,
            rows=rows,
            amount=amount(rows),
            seats=[each for each in self._seats[group.pk] if self._is_own(each)],
            wanted=[wish.function.title for wish in wishes],
            missing=[wish.function.title for wish in wishes if self._lacks(wish, there)],
        )

    def _is_own(self, each: SeatState) -> bool:
        return each.seat.organization_id == self.organization.pk

    def _lacks(self, wish: WantedFunction, there: list[SeatState]) -> bool:
        equal = [each for each in there if each.seat.function_id == wish.function_id]
        return not any(map(self._is_own, equal)) and len(equal) < wish.number


def _with_wishes(
    groups: SteeringGroupQuerySet, kind: str, day: datetime.date
) -> tuple[dict[int, SteeringGroup], dict[int, list[WantedFunction]]]:
    """The groups at work, and by group what they want from the kind, in one query."""
    names = {f"wish_{name}": F(f"wanted__{name}") for name in _OF_WISH}
    rows = groups.at_work(day).with_state(day).select_related("agreement").order_by("sort_key")
    found: dict[int, SteeringGroup] = {}
    wishes: dict[int, list[WantedFunction]] = defaultdict(list)
    for row in rows.annotate(**names, title=F("wanted__function__title")):
        if row.state(day).code in AT_WORK:
            found.setdefault(row.pk, row)
        columns = {name: getattr(row, f"wish_{name}") for name in _OF_WISH}
        if columns["organization_kind"] != kind:
            continue
        wish = WantedFunction(**columns)
        if wish.in_force(day):
            wish.function = Function(pk=columns["function_id"], title=row.title)  # type: ignore[attr-defined]
            wishes[row.pk].append(wish)
    return found, wishes


# -- one group, company by company ----------------------------------------------------------------


@dataclass(frozen=True)
class CompanyRow:
    """What one company has in the group, and its seats there; `is_known` is whether it says."""

    organization: Organization
    amount: Amount
    is_known: bool
    seats: list[SeatState]

    @property
    def vacant(self) -> int:
        return _vacant(self.seats)


class GroupCompanies:
    """The companies beside one group (from `with_state(day)`) on `day`: five queries."""

    def __init__(
        self,
        user: Account,
        group: SteeringGroup,
        companies: Iterable[Organization],
        day: datetime.date,
    ) -> None:
        every = list(companies)
        seats: dict[int, list[SeatState]] = defaultdict(list)
        there = Seat.objects.as_of(day).filter(group=group, organization__kind__in=COMPANIES)
        for each in _states(there, {group.pk: group}, day):
            seats[each.seat.organization_id].append(each)
        stock = Stock(user, every, day)
        rows = [
            CompanyRow(
                organization=each,
                amount=amount(stock.by_group(each.pk).get(group.pk, [])),
                is_known=stock.is_known(each.pk),
                seats=seats[each.pk],
            )
            for each in every
        ]
        rows.sort(key=lambda row: (-row.amount.properties, row.organization.sort_key))
        self.rows = [row for row in rows if row.amount.properties or row.seats]
        left = [row for row in rows if not (row.amount.properties or row.seats)]
        self.untold = [
            row.organization
            for row in left
            if not row.is_known and row.organization.kind in _WITH_STOCK
        ]
        self.elsewhere = [row.organization for row in left if row.is_known]

    @property
    def properties(self) -> int:
        return sum(row.amount.properties for row in self.rows)

    @property
    def flats(self) -> int:
        return sum(row.amount.flats for row in self.rows)
