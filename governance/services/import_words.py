"""What the words of a row stand for: its group, organisation and function."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from governance.models import Function, Mandate, Organization, Seat, SteeringGroup
from governance.queries.imports import (
    Ground,
    function_words,
    group_words,
    organization_words,
    words,
)
from governance.queries.roster_sheets import COLUMNS
from governance.services.import_cells import Cells, Entry
from governance.swedish import listed

LEAVE_OUT = "-"
_NEAR = 4
_KINDS = {"function": "Funktionen", "organization": "Organisationen"}


@dataclass
class Spot:
    """Where the person of a row is to sit; the seat is settled when the person is known."""

    entry: Entry
    group: SteeringGroup
    organization: Organization
    function: Function
    first_day: datetime.date
    seat: Seat | None = None
    mandate: Mandate | None = None
    who: Any = None

    @property
    def kind(self) -> str:
        return self.entry.choices.get("kind", Mandate.Kind.ORDINARY)

    @property
    def period(self) -> Mandate:
        """The days of the row as a period to compare with."""
        return Mandate(valid_from=self.first_day, valid_through=self.entry.last_day)


@dataclass
class Unknown:
    """A word that stands for nothing, and what it may be meant to be."""

    kind: str
    text: str
    options: list[tuple[str, str]]
    answer: str
    near: list[str]
    rows: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return word_name(self.kind, self.text)

    @property
    def meant(self) -> str:
        return f"Menade du {listed(self.near, 'eller')}?"


def word_name(kind: str, text: str) -> str:
    """The key of a word in what is stored of the choices: not the word itself."""
    return f"ord-{kind}-{hashlib.sha256(words(text).encode()).hexdigest()[:12]}"


class Words:
    """Looks the words up, and remembers those that stand for nothing."""

    def __init__(
        self,
        ground: Ground,
        cells: Cells,
        group: SteeringGroup | None,
        first_day: datetime.date,
        answers: Mapping[str, str],
    ) -> None:
        self.ground, self.cells = ground, cells
        self.group, self.first_day, self.answers = group, first_day, answers
        self.unknown: dict[str, Unknown] = {}
        self.left_out: set[int] = set()
        self._groups = group_words(ground.groups.values())
        self._organizations = organization_words(ground.organizations.values())
        self._functions = function_words(ground.functions.values())
        self._seats: dict[int, list[Seat]] = defaultdict(list)
        for seat in ground.seats.values():
            self._seats[seat.group_id].append(seat)

    def locate(self, entry: Entry) -> Spot | None:
        """The row's group, organisation and function; None with a fault, or when left out."""
        if entry.row_key is not None:
            return self._keyed(entry)
        group = self._group(entry)
        if group is None:
            return None
        first_day = entry.first_day or self.first_day
        function = self._function(entry, group)
        organization = self._organization(entry, group, first_day)
        if entry.faulty or entry.number in self.left_out:
            return None
        if function and organization:
            return Spot(entry, group, organization, function, first_day)
        return self._by_seats(entry, group, function, organization, first_day)

    def _keyed(self, entry: Entry) -> Spot | None:
        model, pk = entry.row_key
        mandate = self.ground.mandates.get(pk) if model is Mandate else None
        seat = mandate.seat if mandate else self.ground.seats.get(pk) if model is Seat else None
        if seat is None:
            said = "Raden finns inte längre, eller hör till en grupp som du inte får ändra."
            self.cells.fault(entry, f"{said} Töm nyckeln eller ta bort raden.", "row_key")
            return None
        self._check_words(entry, seat)
        first_day = entry.first_day or (mandate.valid_from if mandate else self.first_day)
        return Spot(entry, seat.group, seat.organization, seat.function, first_day, seat, mandate)

    def _check_words(self, entry: Entry, seat: Seat) -> None:
        """What stands beside a key must be what it was; words that stand for nothing are told."""
        looked_up: list[tuple[str, Any, Any]] = [
            ("group", self._groups, seat.group),
            ("organization", self._organizations, seat.organization),
            ("function", self._functions, seat.function),
        ]
        for key, index, there in looked_up:
            text = words(entry.texts[key])
            if text and there not in index.get(text, ()):
                heading = next(column.heading for column in COLUMNS if column.key == key)
                said = f"{heading} är en annan än nyckelns ({there}). Töm nyckeln eller rätta."
                self.cells.fault(entry, said, key)
        number = entry.seat_number
        if number is not None and number != seat.number:
            said = f"Nyckeln hör till plats {seat.number}. Töm nyckeln eller rätta."
            self.cells.fault(entry, said, "number")

    def _group(self, entry: Entry) -> SteeringGroup | None:
        text = entry.texts["group"]
        if not text:
            if self.group is None:
                said = "Styrgrupp saknas. Skriv den, eller välj en grupp för hela listan."
                self.cells.fault(entry, said, "group")
            return self.group
        found = self._groups.get(words(text), [])
        if len(found) > 1:
            found = [group for group in found if words(group.name) == words(text)] or found
        if len(found) != 1:
            said = f"Det finns ingen styrgrupp som heter {text[:60]}."
            near = self._close(words(text), self._groups, lambda group: group.name)
            more = f" Menade du {listed(near, 'eller')}?" if near else ""
            if len(found) > 1:
                said, more = f"Flera grupper heter {text[:60]}. Skriv gruppens hela namn.", ""
            self.cells.fault(entry, said + more, "group")
            return None
        if found[0].pk not in self.ground.editable:
            said = f"Du har inte rätt att ändra ledamöter i {found[0].name}."
            self.cells.fault(entry, said, "group")
            return None
        return found[0]

    def _function(self, entry: Entry, group: SteeringGroup) -> Function | None:
        text = entry.texts["function" if "function" in self.cells.at else "title"]
        if not text:
            return None
        found = self._functions.get(words(text), [])
        if len(found) > 1:
            here = {seat.function_id for seat in self._seats[group.pk]}
            found = [each for each in found if each.pk in here] or found
        return found[0] if found else self._answered(entry, "function", text)

    def _organization(
        self, entry: Entry, group: SteeringGroup, first_day: datetime.date
    ) -> Organization | None:
        text = entry.texts["organization"]
        if not text:
            return None
        found = self._organizations.get(words(text), [])
        if len(found) > 1:
            found = [each for each in found if each.in_force(first_day)] or found
        if len(found) > 1:
            here = {seat.organization_id for seat in self._seats[group.pk]}
            found = [each for each in found if each.pk in here] or found
        if len(found) > 1:
            said = f"Flera organisationer heter {text[:60]}. Skriv hela namnet."
            self.cells.fault(entry, said, "organization")
            return None
        return found[0] if found else self._answered(entry, "organization", text)

    def _answered(self, entry: Entry, kind: str, text: str) -> Any:
        """What the user has said that the word stands for; else it is a fault in the row."""
        unknown = self.unknown.get(word_name(kind, text)) or self._remember(kind, text)
        unknown.rows.append(entry.number)
        if unknown.answer == LEAVE_OUT:
            self.left_out.add(entry.number)
            return None
        if unknown.answer:
            rows: Any = getattr(self.ground, f"{kind}s")
            return rows[int(unknown.answer)]
        near = f" {unknown.meant}" if unknown.near else ""
        column = "title" if kind == "function" and "function" not in self.cells.at else kind
        said = f"{_KINDS[kind]} {text[:60]} finns inte i appen.{near}"
        self.cells.fault(entry, said, column)
        return None

    def _remember(self, kind: str, text: str) -> Unknown:
        rows: dict[int, Any] = getattr(self.ground, f"{kind}s")
        index: Any = self._functions if kind == "function" else self._organizations
        near = self._close(words(text), index, str)
        every = [(str(pk), str(row)) for pk, row in rows.items()]
        first = [option for option in every if option[1] in near]
        rest = sorted((each for each in every if each not in first), key=lambda each: each[1])
        options = [*first, *rest, (LEAVE_OUT, "Ta inte med raderna")]
        answer = self.answers.get(word_name(kind, text), "")
        made = Unknown(kind, text, options, answer if answer in dict(options) else "", near)
        self.unknown[made.name] = made
        return made

    def _close(self, text: str, index: Mapping[str, list[Any]], name: Any) -> list[str]:
        found = get_close_matches(text, index, n=_NEAR, cutoff=0.6)
        return list(dict.fromkeys(name(row) for key in found for row in index[key]))[:_NEAR]

    def _by_seats(
        self,
        entry: Entry,
        group: SteeringGroup,
        function: Function | None,
        organization: Organization | None,
        first_day: datetime.date,
    ) -> Spot | None:
        """What the row does not say follows from the group's seats, where only one can be meant."""
        if function is None and organization is None:
            said = "Funktion och organisation saknas. Skriv minst en av dem, eller ta bort raden."
            self.cells.fault(entry, said, "function", "title")
            return None
        seats = [
            seat
            for seat in self._seats[group.pk]
            if seat.in_force(first_day)
            and (function is None or seat.function == function)
            and (organization is None or seat.organization == organization)
        ]
        pairs = {(seat.organization_id, seat.function_id): seat for seat in seats}
        if len(pairs) == 1:
            [seat] = pairs.values()
            return Spot(entry, group, seat.organization, seat.function, first_day)
        missing = "organization" if organization is None else "function"
        said = f"{'Organisation' if organization is None else 'Funktion'} saknas."
        if pairs:
            few = sorted({str(getattr(seat, missing)) for seat in pairs.values()})[:8]
            said = f"{said} Skriv vilken: {listed(few)}."
        else:
            said = f"{said} Gruppen har ingen plats som passar raden. Skriv den."
        self.cells.fault(entry, said, missing, "title")
        return None
