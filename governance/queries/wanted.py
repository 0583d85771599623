"""What functions are wanted, and how each wish is met on a day.

Any number of wishes is read in four queries: groups, wishes, seats, and mandates with leaves.
A wish counts its seats against its number, the best first, so that a seat too many never
makes it look unmet; whatever is not met is said in one word of `STATES`.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from governance.models import (
    Level,
    Mandate,
    Seat,
    Status,
    SteeringGroup,
    WantedFunction,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.rosters import HELD, holder, mandates_by_seat, seat_status
from governance.swedish import counted, sort_key
from governance.temporal import PeriodQuerySet

# The best first; a wish is in the worst of the states that its seats are in.
FILLED, ENDING, WRONG_LEVEL, VACANT, NO_SEAT = "filled ending wrong_level vacant no_seat".split()
STATES = {
    FILLED: ("bemannad", "bemannade"),
    ENDING: ("går ut", "går ut"),
    WRONG_LEVEL: ("på för låg nivå", "på för låg nivå"),
    VACANT: ("utan ledamot", "utan ledamot"),
    NO_SEAT: ("plats saknas", "platser saknas"),
}
_SAID = {
    FILLED: ("är bemannad", "är bemannade"),
    ENDING: ("går ut", "går ut"),
    WRONG_LEVEL: ("hålls på för låg nivå", "hålls på för låg nivå"),
    VACANT: ("är utan ledamot", "är utan ledamot"),
}
ORDER = list(STATES)
_LEVELS = list(Level)
Line = tuple[int, int, str]


def line(wish: WantedFunction) -> Line:
    """What equal wishes, and the seats that meet them, have in common."""
    return wish.group_id, wish.function_id, wish.organization_kind


def line_of(seat: Seat) -> Line:
    return seat.group_id, seat.function_id, seat.organization.kind


@dataclass(frozen=True)
class Place:
    """A seat that meets a wish, and who holds it on the day."""

    seat: Seat
    status: Status
    mandate: Mandate | None
    wanted_level: str

    @property
    def code(self) -> str:
        if self.status.code not in HELD:
            return VACANT
        return WRONG_LEVEL if self._is_too_low() else self.status.code

    @property
    def told(self) -> Status:
        """The state of the seat in words; too low a level is said before that it ends."""
        return Status(WRONG_LEVEL, "För låg nivå") if self.code == WRONG_LEVEL else self.status

    @property
    def level(self) -> str:
        """The level that the holder has; nothing when nobody has said."""
        return self.mandate.get_level_display() if self.mandate else ""

    def _is_too_low(self) -> bool:
        """What is not known is not held against anybody."""
        held = self.mandate.level if self.mandate else ""
        if not held or not self.wanted_level:
            return False
        return _LEVELS.index(Level(held)) > _LEVELS.index(Level(self.wanted_level))


@dataclass(frozen=True)
class WishRow:
    """A wish on a day. `places` are all the seats that meet it, the best first.

    `loose` are equal seats that meet no wish. In a group that is not at work the wish is
    `closed`: nothing is missing there yet.
    """

    wish: WantedFunction
    group: SteeringGroup
    places: tuple[Place, ...]
    loose: tuple[Seat, ...] = ()
    closed: bool = False

    @cached_property
    def counts(self) -> Counter[str]:
        """How many of the wanted are in each state; together they are `wish.number`."""
        if self.closed:
            return Counter()
        counted_first = self.places[: self.wish.number]
        found = Counter(place.code for place in counted_first)
        found[NO_SEAT] = self.wish.number - len(counted_first)
        return +found

    @property
    def code(self) -> str:
        """The worst of its states."""
        return max(self.counts, key=ORDER.index, default="closed")

    @property
    def statuses(self) -> list[tuple[Status, Place | None]]:
        """One for each state, the worst first; with its seat where there is only one."""
        if self.closed:
            return [(Status("closed", "Gruppen är inte aktiv än"), None)]
        found: list[tuple[Status, Place | None]] = []
        for code in sorted(self.counts, key=ORDER.index, reverse=True):
            number = self.counts[code]
            there = [place for place in self.places[: self.wish.number] if place.code == code]
            if len(there) == 1:
                found.append((there[0].told, there[0]))
            elif code == NO_SEAT:
                found.append((self.no_seat, None))
            else:
                found.append((Status(code, counted(number, *STATES[code])), None))
        return found

    @property
    def missing(self) -> int:
        return self.counts[NO_SEAT]

    @property
    def no_seat(self) -> Status:
        """That seats are missing, in words."""
        several = counted(self.missing, *STATES[NO_SEAT])
        return Status(NO_SEAT, "Plats saknas" if self.wish.number == 1 else several)


def wishes(groups: SteeringGroupQuerySet, day: datetime.date) -> list[WishRow]:
    """The wishes in force on `day` in those of `groups` that are at work then."""
    at_work = groups.at_work(day).with_state(day).select_related("agreement")
    by_id = {group.pk: group for group in at_work}
    rows = WantedFunction.objects.as_of(day).filter(group__in=by_id)
    return _rows(rows.select_related("function"), by_id, day)


def _rows(
    wanted: Iterable[WantedFunction], groups: dict[int, SteeringGroup], day: datetime.date
) -> list[WishRow]:
    seats: PeriodQuerySet[Seat] = Seat.objects.as_of(day).filter(group__in=groups)
    fulfilling = seats.exclude(fulfils=None)
    mandates = mandates_by_seat(fulfilling)
    meeting: dict[Line, list[Seat]] = defaultdict(list)
    loose: dict[Line, list[Seat]] = defaultdict(list)
    for seat in seats.select_related("organization", "function"):
        if seat.fulfils_id is not None:
            meeting[line_of(seat)].append(seat)
        elif seat.role != Seat.Role.DEPUTY:
            loose[line_of(seat)].append(seat)

    def place(seat: Seat, wish: WantedFunction) -> Place:
        own = mandates.get(seat.pk, [])
        status = seat_status(seat, own, day, groups[seat.group_id])
        return Place(seat, status, holder(own, day), wish.level)

    found = []
    for wish in wanted:
        group = groups[wish.group_id]
        places = [place(seat, wish) for seat in meeting[line(wish)]]
        places.sort(key=lambda each: (ORDER.index(each.code), each.seat.organization.sort_key))
        closed = group.state(day).code in {"proposed", "starting", "ended"}
        found.append(WishRow(wish, group, tuple(places), tuple(loose[line(wish)]), closed))
    return sorted(found, key=lambda row: (row.group.sort_key, *function_order(row.wish)))


def function_order(wish: WantedFunction) -> tuple[int, str, str]:
    """What is needed the most first, then by function and kind."""
    needs = list(WantedFunction.Need)
    kind = sort_key(wish.get_organization_kind_display())
    return needs.index(WantedFunction.Need(wish.need)), wish.function.sort_key, kind


def total(rows: Iterable[WishRow]) -> Counter[str]:
    """How many of what is wanted are in each state."""
    found: Counter[str] = Counter()
    for row in rows:
        found += row.counts
    return found


def in_words(counts: Counter[str]) -> str:
    """`8 platser är bemannade, 3 går ut, 2 är utan ledamot`: what there is none of is left out."""
    said = [(counts[code], *_SAID[code]) for code in ORDER if code != NO_SEAT and counts[code]]
    found = [counted(number, one, many) for number, one, many in said]
    if said:
        number, one, many = said[0]
        found[0] = counted(number, f"plats {one}", f"platser {many}")
    if counts[NO_SEAT]:
        found.append(counted(counts[NO_SEAT], *STATES[NO_SEAT]))
    return ", ".join(found)


# -- one group -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GroupWishes:
    """The wishes of one group: in force on the day, to come, and earlier."""

    now: list[WishRow]
    coming: list[WantedFunction]
    earlier: list[WantedFunction]

    @property
    def counts(self) -> Counter[str]:
        return total(self.now)

    @property
    def sums(self) -> str:
        return in_words(self.counts)


def of_group(group: SteeringGroup, day: datetime.date) -> GroupWishes:
    """All that `group` (from `with_state(day)`) wants, wanted or will want: three queries."""
    every = sorted(
        WantedFunction.objects.filter(group=group).select_related("function"),
        key=lambda wish: (wish.valid_from, *function_order(wish)),
    )
    now = [wish for wish in every if wish.in_force(day)]
    return GroupWishes(
        now=_rows(now, {group.pk: group}, day),
        coming=[wish for wish in every if wish.is_upcoming(day)],
        earlier=[wish for wish in every if wish.has_ended(day)],
    )


def met_by(seat: Seat, day: datetime.date) -> WantedFunction | None:
    """The wish in force on `day` that the seat counts against, if any."""
    if seat.fulfils_id is None:
        return None
    rows = WantedFunction.objects.as_of(day).filter(
        group=seat.group_id,
        function=seat.function_id,
        organization_kind=seat.organization.kind,
    )
    return rows.select_related("function").first()


def lacking(group: SteeringGroup, day: datetime.date) -> list[WishRow]:
    """The wishes of `group` (from `with_state(day)`) that have fewer seats than wanted."""
    return [row for row in of_group(group, day).now if len(row.places) < row.wish.number]
