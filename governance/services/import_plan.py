"""What reading a list in would do: worked out from the list and what is there, nothing written.

All faults are found at once. The plan checks what `full_clean` and the services for single
rows would: lengths, addresses, choices, that days lie in order and within the seat and the
group, that nobody holds the seat, one chair and one secretary per party, and the rights.
What somebody changes between the plan and the writing is seen on `Plan.digest`, and the
database's own rules have the last word.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.models import ContactDetail, Mandate, Seat, SteeringGroup
from governance.queries.imports import Ground, Known
from governance.services.import_cells import Cells, Entry, Fault
from governance.services.import_changes import Changes
from governance.services.import_clashes import Clashes
from governance.services.import_columns import NAME, check_keys, left_out
from governance.services.import_contacts import Line
from governance.services.import_people import NewOne, People, Question
from governance.services.import_seats import Seats, meet
from governance.services.import_words import Spot, Unknown, Words
from governance.sheets import Sheet

WRITTEN = frozenset({"created", "replaced", "changed"})


@dataclass(frozen=True)
class Options:
    """What was chosen for the whole list, and the answers to what it asks about."""

    first_day: datetime.date
    group: SteeringGroup | None = None
    add_seats: bool = False
    show_police: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """Everything that would be written, a line for each row, and what stands in the way."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    not_used: list[str] = field(default_factory=list)
    groups: dict[int, SteeringGroup] = field(default_factory=dict)
    people: list[tuple[NewOne, bool]] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    begun: list[tuple[Mandate, Known | NewOne]] = field(default_factory=list)
    ended: list[tuple[Mandate, datetime.date]] = field(default_factory=list)
    changed: list[tuple[Mandate, dict[str, Any]]] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    contacts: list[tuple[Known, str, str]] = field(default_factory=list)
    replaced_contacts: list[tuple[ContactDetail, str]] = field(default_factory=list)
    digest: str = ""

    @property
    def open_questions(self) -> int:
        return sum(question.open for question in self.questions)

    @property
    def ready(self) -> bool:
        """Whether it can be carried out, and does anything."""
        return not self.faults and not self.open_questions and self.does_something

    @property
    def does_something(self) -> bool:
        return bool(self.begun or self.changed or self._details)

    @property
    def _details(self) -> int:
        return len(self.titles) + len(self.contacts) + len(self.replaced_contacts)

    def counts(self) -> dict[str, int]:
        """How many rows of each kind, and what is made besides."""
        states = Counter(line.state for line in self.lines)
        return {
            "created": states["created"],
            "replaced": states["replaced"],
            "changed": states["changed"],
            "left": states["left"] + states["vacant"],
            "left_out": states["left_out"],
            "people": len(self.people),
            "seats": len(self.seats),
        }


def make_plan(ground: Ground, sheet: Sheet, keys: Sequence[str], options: Options) -> Plan:
    """The plan for the list with its columns taken for `keys`."""
    plan = Plan(not_used=left_out(sheet.headings, keys))
    if said := check_keys(sheet.headings, keys):
        plan.faults = [Fault(sheet.heading_row, "", text) for text in said]
        return plan
    planning = _Planning(ground, Cells(sheet, keys), options)
    planning.read()
    planning.fill(plan)
    return plan


class _Planning:
    def __init__(self, ground: Ground, cells: Cells, options: Options) -> None:
        self.ground, self.cells = ground, cells
        self.words = Words(ground, cells, options.group, options.first_day, options.answers)
        answers = {
            name.removeprefix("person-"): answer
            for name, answer in options.answers.items()
            if name.startswith("person-")
        }
        self.people = People(ground, cells, answers)
        self.seats = Seats(ground, cells, add=options.add_seats)
        self.changes = Changes(ground, cells, show_police=options.show_police)
        self.clashes = Clashes(ground, cells, self.changes)
        self.lines: dict[int, Line] = {}
        self.spots: list[Spot] = []

    def read(self) -> None:
        spots = [spot for entry in self.cells.entries() if (spot := self._spot(entry))]
        self._refuse_doubles(spots)
        self._refuse_strangers(spots)
        spots = [spot for spot in spots if not spot.entry.faulty]
        self.seats.assign(spots)
        for spot in spots:
            if spot.seat is not None:
                self._take(spot)
        self.spots = [spot for spot in spots if spot.seat]
        self.clashes.settle(self.spots, self.lines)

    def _spot(self, entry: Entry) -> Spot | None:
        """Where and whom the row is about; None when nothing is to be done with it."""
        line = Line(entry.number, who=entry.full or entry.texts["email"])
        self.lines[entry.number] = line
        spot = self.words.locate(entry)
        if spot is None:
            line.state = "left_out" if entry.number in self.words.left_out else "fault"
            return None
        line.where, line.group = f"{spot.function}, {spot.organization}", spot.group.name
        if not entry.has_person:
            line.state = "vacant"
            return None
        if entry.masked:
            line.who = entry.texts.get("given_name") or entry.texts.get(NAME, "")
        if entry.masked and entry.person_key is None and spot.mandate is not None:
            spot.who = self.ground.people[spot.mandate.person_id]
        else:
            spot.who = self.people.resolve(entry, spot.organization)
        if spot.who is None:
            line.state = "asked"
            return None
        line.who = line.who or (spot.who.full if isinstance(spot.who, Known) else "")
        return spot

    def _take(self, spot: Spot) -> None:
        line = self.lines[spot.entry.number]
        if spot.seat is not None and spot.seat.number > 1:
            line.where = f"{spot.function} {spot.seat.number}, {spot.organization}"
        role = spot.entry.choices.get("role")
        if role and spot.seat is not None and role != spot.seat.role:
            label = spot.seat.get_role_display()
            said = f"Platsen har rollen {label}. Rollen ändras på platsens sida."
            if spot.entry.row_key is not None:
                self.cells.fault(spot.entry, said, "role")
                return
            line.said.append(said)
        mandate = self.changes.match(spot)
        if mandate is None:
            self.changes.begin(spot, line)
        else:
            notes, line.said = line.said, []
            self.changes.compare(spot, mandate, line)
            line.said = [*notes, *line.said]

    def _refuse_doubles(self, spots: list[Spot]) -> None:
        """The same person on the same seat twice, or the same key twice."""
        seen: dict[Any, list[Spot]] = {}
        for spot in spots:
            where = (spot.group.pk, spot.organization.pk, spot.function.pk)
            who = spot.who.person.pk if isinstance(spot.who, Known) else id(spot.who)
            same: tuple[Any, ...] = (*where, spot.entry.seat_number, spot.kind, who)
            if spot.mandate is not None:
                same = ("key", spot.mandate.pk)
            for earlier in seen.setdefault(same, []):
                if spot.mandate is not None or meet(earlier.period, spot.period):
                    said = f"Raden står också på rad {earlier.entry.number}. Ta bort en av dem."
                    self.cells.fault(spot.entry, said, "row_key", "given_name", NAME)
                    break
            seen[same].append(spot)

    def _refuse_strangers(self, spots: list[Spot]) -> None:
        """One list is one act, which one agreement's members read: with those under it."""
        roots: dict[int, Spot] = {}
        for spot in spots:
            agreement = spot.group.agreement
            roots.setdefault(agreement.parent_id or agreement.pk, spot)
        for spot in list(roots.values())[1:]:
            said = "Gruppen hör till en annan överenskommelse. Läs in den i en egen lista."
            self.cells.fault(spot.entry, said, "group")

    def fill(self, plan: Plan) -> None:
        changes, contacts = self.changes, self.changes.contacts
        for fault in self.cells.faults:
            self.lines[fault.row].state = "fault"
        plan.lines = [self.lines[row.number] for row in self.cells.sheet.rows]
        plan.faults = sorted(dict.fromkeys(self.cells.faults), key=lambda fault: fault.row)
        plan.questions = self.people.questions
        plan.unknown = list(self.words.unknown.values())
        plan.begun = [pair for pair in changes.begun if id(pair[0]) not in self.clashes.left]
        plan.ended = list(self.clashes.ended.values())
        plan.changed = changes.changed
        used = {id(who) for _, who in plan.begun}
        plan.people = [
            (one, changes.protects(one))
            for one in self.people.new
            if id(one) in used and any(self.lines[row].state in WRITTEN for row in one.rows)
        ]
        seats = {id(mandate.seat) for mandate, _ in plan.begun}
        plan.seats = [seat for seat in self.seats.new if id(seat) in seats]
        plan.titles, plan.contacts = contacts.titles, contacts.added
        plan.replaced_contacts = contacts.replaced
        plan.groups = {
            spot.group.pk: spot.group
            for spot in self.spots
            if self.lines[spot.entry.number].state in WRITTEN
        }
        plan.digest = _digest(plan)


def _digest(plan: Plan) -> str:
    """A mark of everything that would be written: two plans with the same do the same."""
    told: list[Any] = [
        [
            (one.full, one.title, one.email, one.phone, one.organization.pk, hidden)
            for one, hidden in plan.people
        ],
        [_seat(seat) for seat in plan.seats],
        [
            (
                mandate.seat_id or _seat(mandate.seat),
                who.person.pk if isinstance(who, Known) else who.rows[0],
                mandate.kind,
                mandate.valid_from,
                mandate.valid_through,
                mandate.level,
                mandate.title_then,
                mandate.basis,
                mandate.basis_reference,
                mandate.decided_on,
            )
            for mandate, who in plan.begun
        ],
        [(mandate.pk, mandate.valid_through, last_day) for mandate, last_day in plan.ended],
        [
            (mandate.pk, [(name, getattr(mandate, name), value) for name, value in new.items()])
            for mandate, new in plan.changed
        ],
        sorted(plan.titles.items()),
        [(known.person.pk, column, text) for known, column, text in plan.contacts],
        [(row.pk, row.value, text) for row, text in plan.replaced_contacts],
        [(fault.row, fault.column, fault.text) for fault in plan.faults],
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _seat(seat: Seat) -> tuple[Any, ...]:
    return (seat.group_id, seat.organization_id, seat.function_id, seat.number, seat.role,
            seat.valid_from, seat.valid_through)  # fmt: skip
