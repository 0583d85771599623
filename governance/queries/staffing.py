"""A whole group's seats beside the people who could sit on them, for keeping them in one go."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Exists, OuterRef, QuerySet

from governance.models import (
    Act,
    Agreement,
    Mandate,
    Organization,
    Person,
    Seat,
    Status,
    SteeringGroup,
)
from governance.permissions import allowed, known_people, may_fill, names, visible_groups
from governance.queries.organizations import names_by_mandate
from governance.queries.rosters import holder, mandates_by_seat, seat_status
from governance.queries.seats import person_label
from governance.rights import EDIT_ROSTER, Account
from governance.swedish import in_words, sort_key
from governance.temporal import PeriodQuerySet


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be chosen; `label` is the name as this reader may see it, with the title."""

    pk: int
    label: str


@dataclass(frozen=True)
class StaffRow:
    """A seat in force on the day, who holds it and who comes next, and who may be chosen."""

    seat: Seat
    status: Status
    holder: Candidate | None
    mandate: Mandate | None
    coming: str
    people: list[Candidate]

    @property
    def label(self) -> str:
        number = f" {self.seat.number}" if self.seat.number != 1 else ""
        return f"{self.seat.function.title}{number}, {self.seat.organization}"


def staffing(user: Account, group: SteeringGroup, day: datetime.date) -> list[StaffRow]:
    """The seats of `group` (from `with_state(day)`) on `day`, in as many queries for any size."""
    seats = Seat.objects.as_of(day).filter(group=group)
    mandates = mandates_by_seat(seats)
    ordered = sorted(
        seats.select_related("function", "organization"),
        key=attrgetter("in_roster"),
    )
    people = list(
        known_people().filter(organization__in={seat.organization_id for seat in ordered})
    )
    sitting = [each.person for rows in mandates.values() for each in rows]
    shown = candidates(user, [*people, *sitting], group.agreement)
    at = _by_workplace(people, shown)
    return [
        _row(seat, mandates.get(seat.pk, []), day, group, shown, at[seat.organization_id])
        for seat in ordered
    ]


def candidates(
    user: Account, people: Iterable[Person], agreement: Agreement | None
) -> dict[int, Candidate]:
    """How each person stands in a list to choose from, by id."""
    by_id = {person.pk: person for person in people}
    visible = names(user, by_id.values(), agreement)
    return {pk: Candidate(pk, person_label(by_id[pk], visible[pk])) for pk in by_id}


def people_at(user: Account, organization: Organization) -> list[tuple[Person, str]]:
    """Everybody who works at the organisation, in the order of a list."""
    people = {person.pk: person for person in known_people().filter(organization=organization)}
    shown = candidates(user, people.values(), None)
    return [(people[each.pk], each.label) for each in in_order(shown.values())]


@dataclass(frozen=True)
class HeldSeat:
    """A seat with mandates on it, each with the name as this reader may see it."""

    seat: Seat
    sitting: list[tuple[Mandate, str | None]]

    @property
    def words(self) -> str:
        number = f" {self.seat.number}" if self.seat.number != 1 else ""
        return f"{self.seat.function.title}{number}, {self.seat.get_role_display()}"


def seats_to_change(user: Account, organization: Organization, day: datetime.date) -> list[Seat]:
    """The organisation's seats on `day` in every group whose roster the user may change."""
    seats = _seats_in_order(user, organization, day)
    return [seat for seat in seats if allowed(user, EDIT_ROSTER, seat.group)]


def seats_to_fill(user: Account, organization: Organization, day: datetime.date) -> list[Seat]:
    """The organisation's seats on `day` that the user may fill, in every group."""
    seats = _seats_in_order(user, organization, day)
    return [seat for seat in seats if may_fill(user, seat)]


def _seats_in_order(user: Account, organization: Organization, day: datetime.date) -> list[Seat]:
    seats = Seat.objects.as_of(day).filter(
        organization=organization, group__in=visible_groups(user).as_of(day)
    )
    rows = seats.select_related("group__agreement", "function", "organization")
    return sorted(
        rows,
        key=lambda seat: (
            seat.group.kind,
            seat.group.sort_key,
            seat.function.sort_key,
            seat.number,
        ),
    )


def with_holders(
    user: Account, seats: Iterable[Seat], mandates: PeriodQuerySet[Mandate]
) -> list[HeldSeat]:
    """The seats with those of `mandates` that are on them, in two queries."""
    by_id = {seat.pk: seat for seat in seats}
    rows = mandates.filter(seat__in=by_id).select_related("person").order_by("valid_from", "pk")
    shown = names_by_mandate(user, [(each, by_id[each.seat_id].group) for each in rows])
    sitting: dict[int, list[tuple[Mandate, str | None]]] = defaultdict(list)
    for each in rows:
        sitting[each.seat_id].append((each, shown[each.pk]))
    return [HeldSeat(seat, sitting[pk]) for pk, seat in by_id.items()]


class Beginnings:
    """Who begins on which seats through a verb; `look` is called while it is in force."""

    def __init__(self, user: Account) -> None:
        self._user = user
        self.rows: list[tuple[Mandate, str]] = []

    def look(self, done: Act) -> None:
        """The mandates that the act wrote or moved, but for those that it ended."""
        touched = Mandate.history.filter(caused_by=done).values("id")
        begun = (
            Mandate.objects.filter(pk__in=touched, end_reason="")
            .select_related(
                "person", "seat__group__agreement", "seat__function", "seat__organization"
            )
            .order_by("seat__group__sort_key", "seat__function__sort_key", "pk")
        )
        shown = names_by_mandate(self._user, [(each, each.seat.group) for each in begun])
        self.rows = [(each, person_label(each.person, shown[each.pk])) for each in begun]


def successors_of(
    visible: QuerySet[Organization], old: Organization, day: datetime.date
) -> tuple[list[Organization], list[Organization]]:
    """The organisations of the same kind on `day`: the known successors of `old`, and the others.

    One query, for a choice in which the known ones come first.
    """
    links = Organization.successors.through.objects.filter(
        from_organization=old, to_organization=OuterRef("pk")
    )
    rows = visible.annotate(is_known=Exists(links)).filter(
        pk__in=Organization.objects.as_of(day).filter(kind=old.kind).exclude(pk=old.pk)
    )
    found: list[tuple[bool, Organization]] = [
        (each.is_known, each) for each in rows.order_by("sort_key")
    ]
    known = [each for is_known, each in found if is_known]
    return known, [each for is_known, each in found if not is_known]


def in_order(found: Iterable[Candidate]) -> list[Candidate]:
    """By the label, as Swedish lists run."""
    return sorted(found, key=lambda each: (sort_key(each.label), each.pk))


def _by_workplace(
    people: Iterable[Person], shown: dict[int, Candidate]
) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    for person in people:
        found[person.organization_id].append(shown[person.pk])
    return defaultdict(list, {pk: in_order(each) for pk, each in found.items()})


def _row(
    seat: Seat,
    mandates: list[Mandate],
    day: datetime.date,
    group: SteeringGroup,
    shown: dict[int, Candidate],
    people: list[Candidate],
) -> StaffRow:
    current = holder(mandates, day)
    coming = min(
        (each for each in mandates if each.is_upcoming(day)),
        key=lambda mandate: mandate.valid_from,
        default=None,
    )
    return StaffRow(
        seat=seat,
        status=seat_status(seat, mandates, day, group),
        holder=shown[current.person_id] if current else None,
        mandate=current,
        coming=(
            f"{shown[coming.person_id].label} från och med den {in_words(coming.valid_from)}"
            if coming
            else ""
        ),
        people=people,
    )
