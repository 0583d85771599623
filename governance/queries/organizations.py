"""One organisation on one day: its seats, who sits in them, its relatives and its areas."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.models import (
    Area,
    Mandate,
    Organization,
    PersonName,
    Seat,
    Status,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import allowed, may_fill_of, name_parts
from governance.queries.rosters import holder, mandates_by_seat, seat_status
from governance.rights import VIEW_PROTECTED, Account

COMPANIES = (
    Organization.Kind.PARENT_COMPANY,
    Organization.Kind.HOUSING_COMPANY,
    Organization.Kind.PROPERTY_COMPANY,
    Organization.Kind.COMPANY,
    Organization.Kind.PRIVATE_OWNER,
)
AT_WORK = ("active", "active_unregistered", "resting")


@dataclass
class Family:
    """An organisation and those next to it that the reader may see."""

    organization: Organization
    parent: Organization | None = None
    children: list[Organization] = field(default_factory=list)
    successors: list[Organization] = field(default_factory=list)
    predecessors: list[Organization] = field(default_factory=list)


def family(visible: QuerySet[Organization], slug: str, day: datetime.date) -> Family | None:
    """The organisation with its relatives in one query; None when the reader may not see it.

    What is under it is what was so on `day`; what came before and after is shown on any day.
    """
    this = Organization.objects.filter(slug=slug)
    after = Organization.successors.through.objects.filter(
        from_organization__in=this, to_organization=OuterRef("pk")
    )
    before = Organization.successors.through.objects.filter(
        to_organization__in=this, from_organization=OuterRef("pk")
    )
    rows = list(
        visible.annotate(is_successor=Exists(after), is_predecessor=Exists(before))
        .filter(
            Q(slug=slug)
            | Q(parent__in=this)
            | Q(pk__in=this.values("parent"))
            | Q(is_successor=True)
            | Q(is_predecessor=True)
        )
        .order_by("sort_key")
    )
    found = next((row for row in rows if row.slug == slug), None)
    if found is None:
        return None
    return Family(
        organization=found,
        parent=next((row for row in rows if row.pk == found.parent_id), None),
        children=[row for row in rows if row.parent_id == found.pk and row.in_force(day)],
        successors=[row for row in rows if row.is_successor],
        predecessors=[row for row in rows if row.is_predecessor],
    )


@dataclass(frozen=True)
class SeatLine:
    """A seat of the organisation, its status, and who holds it as the reader may see it.

    `taken` is whether it has an ordinary holder, present or on leave. `fills` is whether
    the reader may say who sits there.
    """

    seat: Seat
    group: SteeringGroup
    status: Status
    mandate: Mandate | None
    name: str | None
    taken: bool
    fills: bool

    @property
    def mailbox(self) -> str:
        return self.seat.mailbox or self.seat.organization.mailbox


class OrganizationSeats:
    """The organisation's seats in `groups` on `day`, read in four queries."""

    def __init__(
        self,
        user: Account,
        organization: Organization,
        groups: SteeringGroupQuerySet,
        day: datetime.date,
    ) -> None:
        rows = groups.as_of(day).with_state(day).select_related("agreement")
        self._groups = {group.pk: group for group in rows.order_by("kind", "sort_key")}
        self._day = day
        self.lines = self._read_lines(user, organization)

    @property
    def groups_with(self) -> list[SteeringGroup]:
        """The groups in which it has a seat."""
        held = {line.group.pk for line in self.lines}
        return [group for pk, group in self._groups.items() if pk in held]

    @property
    def fills(self) -> bool:
        """Whether the reader may say who sits on any of the seats."""
        return any(line.fills for line in self.lines)

    @property
    def local_groups_without(self) -> list[SteeringGroup]:
        """The local groups at work in which it has none."""
        held = {line.group.pk for line in self.lines}
        return [
            group
            for pk, group in self._groups.items()
            if pk not in held
            and group.kind == SteeringGroup.Kind.LOCAL
            and group.state(self._day).code in AT_WORK
        ]

    def _read_lines(self, user: Account, organization: Organization) -> list[SeatLine]:
        seats = Seat.objects.as_of(self._day).filter(
            organization=organization, group__in=self._groups
        )
        mandates = mandates_by_seat(seats)
        found = sorted(
            seats.select_related("function", "organization"),
            key=lambda seat: (
                list(self._groups).index(seat.group_id),
                seat.function.sort_key,
                seat.number,
            ),
        )
        sitting = {seat.pk: holder(mandates.get(seat.pk, ()), self._day) for seat in found}
        shown = names_by_mandate(
            user,
            [
                (mandate, self._groups[seat.group_id])
                for seat in found
                if (mandate := sitting[seat.pk])
            ],
        )
        return [
            SeatLine(
                seat=seat,
                group=self._groups[seat.group_id],
                status=seat_status(
                    seat, mandates.get(seat.pk, ()), self._day, self._groups[seat.group_id]
                ),
                mandate=(mandate := sitting[seat.pk]),
                name=shown[mandate.pk] if mandate else None,
                taken=any(
                    each.kind == Mandate.Kind.ORDINARY and each.in_force(self._day)
                    for each in mandates.get(seat.pk, ())
                ),
                fills=bool(may_fill_of(user, self._groups[seat.group_id], [seat])),
            )
            for seat in found
        ]


def names_by_mandate(
    user: Account, mandates: Iterable[tuple[Mandate, SteeringGroup]]
) -> dict[int, str | None]:
    """The holder's name by mandate, each under the rights on its own group's agreement."""
    parts = name_parts_by_mandate(user, mandates)
    return {pk: name.full if name else None for pk, name in parts.items()}


def name_parts_by_mandate(
    user: Account, mandates: Iterable[tuple[Mandate, SteeringGroup]]
) -> dict[int, PersonName | None]:
    """The same as `names_by_mandate`, with given name and family name apart.

    Agreements on which the reader has the same right are asked together, so that the
    number of queries does not grow with them.
    """
    found: dict[int, PersonName | None] = {}
    by_right: dict[bool, list[tuple[Mandate, SteeringGroup]]] = {True: [], False: []}
    for mandate, group in mandates:
        by_right[allowed(user, VIEW_PROTECTED, group.agreement)].append((mandate, group))
    for pairs in by_right.values():
        if pairs:
            shown = name_parts(user, [each.person for each, _ in pairs], pairs[0][1].agreement)
            found |= {mandate.pk: shown[mandate.person_id] for mandate, _ in pairs}
    return found


def areas_of(organization: Organization, day: datetime.date) -> list[Area]:
    """The areas that it answers for on the day."""
    return list(
        Area.objects.as_of(day).filter(responsible=organization).order_by("kind", "sort_key")
    )
