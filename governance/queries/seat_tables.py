"""Every seat of some groups on a day, and what is to be done about it.

A `SeatTable` is read once: the list of mandates, the counts of the start page and the
items that are mailed are all chosen among its lines, so they cannot disagree.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from governance.models import Leave, Mandate, Organization, Seat, Status, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.confirmations import is_confirmed, last_confirmed
from governance.queries.organizations import AT_WORK
from governance.queries.rosters import holder, mandates_by_seat, seat_status

VACANT, ENDING, LAPSED, UNCONFIRMED = "vacant", "ending", "lapsed", "unconfirmed"


@dataclass(frozen=True)
class Line:
    """A seat in force on the day: its status, who is there, and what is to be done about it.

    `sitting` are the ordinary and the acting mandate in force, also of who is on leave;
    `away` the leaves from them on the day; `stale` those that nobody has confirmed of late.
    """

    seat: Seat
    group: SteeringGroup
    status: Status
    holder: Mandate | None
    sitting: tuple[Mandate, ...]
    away: tuple[Leave, ...]
    earlier: tuple[Mandate, ...]
    coming: tuple[Mandate, ...]
    stale: tuple[Mandate, ...]
    confirmed: dict[int, datetime.date | None]

    @property
    def mandate(self) -> Mandate | None:
        """The holder's, or that of who is on leave from a seat that nobody holds."""
        return self.holder or next(iter(self.sitting), None)

    @property
    def last_confirmed(self) -> datetime.date | None:
        return self.confirmed[self.mandate.pk] if self.mandate else None

    @property
    def is_named(self) -> bool:
        """Whether somebody is appointed to it, now or later; who is on leave is."""
        return bool(self.sitting or self.coming)

    @cached_property
    def due(self) -> frozenset[str]:
        """What is to be done; deputies are no members, so no seat of theirs is missed."""
        found = {self.status.code} & {VACANT, ENDING, LAPSED}
        if self.seat.role == Seat.Role.DEPUTY:
            found = set()
        return frozenset(found | {UNCONFIRMED} if self.stale else found)


class SeatTable:
    """The seats in force on a day in the groups that exist then, read in four queries."""

    def __init__(self, groups: SteeringGroupQuerySet, day: datetime.date) -> None:
        self.day = day
        self._groups = groups

    @cached_property
    def groups(self) -> dict[int, SteeringGroup]:
        """By key, in Swedish order of their names; each with its state and its agreement."""
        rows = self._groups.as_of(self.day).with_state(self.day).select_related("agreement")
        return {group.pk: group for group in rows.order_by("sort_key", "pk")}

    def of(self, organization: int) -> list[Line]:
        """The seats of one organisation, by group and function."""
        own = [line for line in self.lines if line.seat.organization_id == organization]
        return sorted(own, key=lambda line: (line.group.sort_key, line.seat.function.sort_key))

    @property
    def at_work(self) -> list[SteeringGroup]:
        """Those that are active or resting."""
        return [each for each in self.groups.values() if each.state(self.day).code in AT_WORK]

    @cached_property
    def lines(self) -> list[Line]:
        """By group, role, organisation, function and number."""
        seats = Seat.objects.as_of(self.day).filter(group__in=self.groups)
        mandates, confirmed = mandates_by_seat(seats), last_confirmed(seats, self.day)
        found = [
            self._line(seat, mandates.get(seat.pk, []), confirmed)
            for seat in seats.select_related("function", "organization__parent").order_by()
        ]
        return sorted(
            found,
            key=lambda line: (
                line.group.sort_key,
                line.group.pk,
                line.seat.in_roster,
            ),
        )

    def _line(
        self, seat: Seat, mandates: list[Mandate], confirmed: dict[int, datetime.date | None]
    ) -> Line:
        day, group = self.day, self.groups[seat.group_id]
        own = sorted(
            (each for each in mandates if each.kind != Mandate.Kind.PERSONAL_DEPUTY),
            key=lambda each: (each.valid_from, each.pk),
        )
        status = seat_status(seat, mandates, day, group)
        sitting = [each for each in own if each.in_force(day)]
        leaves = [leave for each in sitting for leave in each.leaves.all()]
        counts = status.code != "closed"
        return Line(
            seat=seat,
            group=group,
            status=status,
            holder=holder(mandates, day),
            sitting=tuple(sitting),
            away=tuple(leave for leave in leaves if leave.in_force(day)),
            earlier=tuple(each for each in own if each.has_ended(day)),
            coming=tuple(each for each in own if each.is_upcoming(day)),
            stale=tuple(
                each for each in sitting if counts and not is_confirmed(confirmed[each.pk], day)
            ),
            confirmed=confirmed,
        )

    @cached_property
    def _by_group(self) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.group.pk].append(line)
        return found

    def lines_of(self, group: SteeringGroup) -> list[Line]:
        return self._by_group.get(group.pk, [])

    def lacks(self, group: SteeringGroup, role: str) -> bool:
        """Whether nobody holds a seat of the role; where several share it, one is enough."""
        return not any(line.holder for line in self.lines_of(group) if line.seat.role == role)

    def unnamed_in(self, group: SteeringGroup) -> list[Organization]:
        """Organisations with seats in the group and nobody on them, now or later."""
        named: dict[Organization, bool] = {}
        for line in self.lines_of(group):
            organization = line.seat.organization
            named[organization] = named.get(organization, False) or line.is_named
        return [each for each, is_named in named.items() if not is_named]
