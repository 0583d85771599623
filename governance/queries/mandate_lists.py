"""The list of mandates, narrowed by what stands in its address.

The start page counts by the same questions, so a count and the list it opens are one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from governance.models import Organization, Seat, SteeringGroup
from governance.permissions import agreement_ids, allowed, named_like, organizations_in
from governance.queries.choices import AddressChoice
from governance.queries.seat_tables import UNCONFIRMED, Line, SeatTable
from governance.queries.worklists import LEADERS, PRESETS, UNNAMED
from governance.rights import EDIT_ROSTER, Account, rights
from governance.swedish import fold, sort_key

_KINDS = {address: kind for kind, address in PRESETS.items()}
# What may stand in the address, and what it means.
STATUSES = {
    "vakant": ("vacant", "Vakant"),
    "gar-ut": ("ending", "Går ut"),
    "har-gatt-ut": ("lapsed", "Har gått ut"),
    "borjar": ("starting", "Börjar"),
    "bemannad": ("filled", "Bemannad"),
}
# Nobody sits there, whatever the reason: what the counts of members call "utan ledamot".
WITHOUT = "utan-ledamot"
_CODES = [*(code for code, _ in STATUSES.values()), "closed"]
ORDERS: dict[str, tuple[str, Callable[[Line], Any]]] = {
    "plats": ("Plats i gruppen", lambda line: line.seat.function.sort_key),
    "organisation": ("Organisation", lambda line: line.seat.organization.sort_key),
    "roll": ("Roll", lambda line: list(Seat.Role).index(Seat.Role(line.seat.role))),
    "borjade": ("Första dag", lambda line: _days(line)[0]),
    "slutar": ("Sista dag", lambda line: _days(line)[1]),
    "lage": ("Läge", lambda line: _CODES.index(line.status.code)),
    "bekraftad": ("Senast bekräftad", lambda line: str(line.last_confirmed or "")),
}


def _days(line: Line) -> tuple[str, str]:
    """First and last day of who sits there, as text that sorts; nobody comes last."""
    if line.mandate is None:
        return "~", "~"
    return str(line.mandate.valid_from), str(line.mandate.valid_through or "9999")


@dataclass(frozen=True)
class Choice(AddressChoice):
    """Which mandates are wanted; field names are those of the address.

    `visa` is one of PRESETS, `mina` the groups whose rosters the reader keeps, and an
    `organisation` is taken with all that are under it.
    """

    visa: str = ""
    lage: str = ""
    grupp: str = ""
    organisation: str = ""
    funktion: str = ""
    roll: str = ""
    obekraftade: str = ""
    mina: str = ""
    q: str = ""
    ordning: str = ""

    known: ClassVar = {
        "visa": _KINDS,
        "lage": {*STATUSES, WITHOUT},
        "roll": Seat.Role.values,
        "obekraftade": {"1"},
        "mina": {"1"},
        "ordning": ORDERS,
    }

    @property
    def kind(self) -> str:
        """The kind of work that is asked for, if any."""
        return _KINDS.get(self.visa, "")

    @property
    def is_narrow(self) -> bool:
        return self != Choice(ordning=self.ordning)

    @property
    def is_filtered(self) -> bool:
        """Whether more is chosen than a kind of work in some groups."""
        return replace(self, visa="") != Choice(grupp=self.grupp, mina=self.mina)

    def to_do(self, kind: str) -> "Choice":
        """What there is to do of one kind, in the same groups."""
        return Choice(visa=PRESETS[kind], grupp=self.grupp, mina=self.mina)


@dataclass(frozen=True)
class Leaderless:
    """A group at work in which nobody holds a seat of the role, and the seats there are."""

    group: SteeringGroup
    lines: list[Line]


@dataclass(frozen=True)
class Unnamed:
    """An organisation that has named nobody, and the groups where it should have."""

    organization: Organization
    groups: list[SteeringGroup]


class MandateList:
    """What a choice gives among the lines of a table; of `within` (keys of groups) if given."""

    def __init__(
        self,
        user: Account,
        table: SeatTable,
        choice: Choice,
        within: Iterable[int] | None = None,
    ) -> None:
        self.user, self.table, self.choice = user, table, choice
        self._within = None if within is None else set(within)

    @cached_property
    def rows(self) -> list[Any]:
        """Leaderless, Unnamed or Line, as the choice asks for."""
        if self.choice.kind in LEADERS:
            return self._leaderless(LEADERS[self.choice.kind])
        if self.choice.kind == UNNAMED:
            return self._unnamed()
        return self._lines()

    def count(self, kind: str) -> int:
        """How many rows the list of one kind of work has, in the same groups."""
        choice = self.choice.to_do(kind)
        return len(MandateList(self.user, self.table, choice, self._within).rows)

    @property
    def seats(self) -> list[int]:
        """The keys of the seats that the rows are about, for a sheet of what is shown."""
        lines: list[Line] = []
        for row in self.rows:
            if isinstance(row, Leaderless):
                lines += row.lines
            elif isinstance(row, Unnamed):
                every = [line for group in row.groups for line in self.table.lines_of(group)]
                lines += [line for line in every if line.seat.organization == row.organization]
            else:
                lines.append(row)
        return [line.seat.pk for line in lines]

    @cached_property
    def _groups(self) -> list[SteeringGroup]:
        return [
            group
            for group in self.table.groups.values()
            if (self._within is None or group.pk in self._within)
            and (not self.choice.grupp or group.slug == self.choice.grupp)
            and (not self.choice.mina or allowed(self.user, EDIT_ROSTER, group))
        ]

    @property
    def _at_work(self) -> list[SteeringGroup]:
        working = {group.pk for group in self.table.at_work}
        return [group for group in self._groups if group.pk in working]

    def _leaderless(self, role: str) -> list[Leaderless]:
        return [
            Leaderless(group, [x for x in self.table.lines_of(group) if x.seat.role == role])
            for group in self._at_work
            if self.table.lacks(group, role)
        ]

    def _unnamed(self) -> list[Unnamed]:
        found: dict[int, Unnamed] = {}
        for group in self._at_work:
            for each in self.table.unnamed_in(group):
                if self._organizations is None or each.pk in self._organizations:
                    found.setdefault(each.pk, Unnamed(each, [])).groups.append(group)
        return sorted(
            found.values(), key=lambda row: (row.organization.sort_key, row.organization.pk)
        )

    def _lines(self) -> list[Line]:
        lines = [x for group in self._groups for x in self.table.lines_of(group)]
        lines = [line for line in lines if self._matches(line)]
        if self.choice.q:
            lines = self._with_words(lines)
        if self.choice.ordning:
            lines.sort(key=ORDERS[self.choice.ordning][1])
        return lines

    def _matches(self, line: Line) -> bool:
        choice, seat = self.choice, line.seat
        return all(
            [
                not choice.kind or choice.kind in line.due,
                not choice.lage or self._has_status(line),
                not choice.funktion or seat.function.code == choice.funktion,
                not choice.roll or seat.role == choice.roll,
                not choice.obekraftade or UNCONFIRMED in line.due,
                self._organizations is None or seat.organization_id in self._organizations,
            ]
        )

    def _has_status(self, line: Line) -> bool:
        if self.choice.lage == WITHOUT:
            closed, deputy = line.status.code == "closed", line.seat.role == Seat.Role.DEPUTY
            return line.holder is None and not closed and not deputy
        return line.status.code == STATUSES[self.choice.lage][0]

    @cached_property
    def _organizations(self) -> set[int] | None:
        """The one that is chosen and all under it; None when none is chosen."""
        if not self.choice.organisation:
            return None
        chosen = [x.pk for x in self.organizations if x.slug == self.choice.organisation]
        return rights(self.user).below(set(chosen))

    def _with_words(self, lines: list[Line]) -> list[Line]:
        """Those whose group, function, organisation or open name has the words in it."""
        words = fold(self.choice.q)
        people = {each.person_id for line in lines for each in line.sitting}
        called = named_like(people, self.choice.q)
        return [
            line
            for line in lines
            if words in line.group.search_key
            or words in line.seat.function.search_key
            or words in line.seat.organization.search_key
            or any(each.person_id in called for each in line.sitting)
        ]

    # -- what there is to choose among ------------------------------------------------------

    @property
    def groups(self) -> list[SteeringGroup]:
        return list(self.table.groups.values())

    @cached_property
    def organizations(self) -> list[Organization]:
        """Those with seats on the day, and those right above them that the reader may see."""
        found = {line.seat.organization for line in self.table.lines}
        seen = organizations_in(self.user, agreement_ids(self.user))
        found |= {each.parent for each in found if each.parent and each.parent_id in seen}
        return sorted(found, key=lambda each: (each.sort_key, each.pk))

    @property
    def functions(self) -> list[tuple[str, str]]:
        found = {(line.seat.function.code, line.seat.function.title) for line in self.table.lines}
        return sorted(found, key=lambda each: sort_key(each[1]))
