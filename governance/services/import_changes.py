"""What each row of a list would change: mandates begun, replaced or changed, contact details."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from governance.models import Mandate
from governance.models.organizations import POLICE_KINDS
from governance.queries.imports import Ground, Known, words
from governance.services.import_cells import Cells
from governance.services.import_contacts import Contacts, Line
from governance.services.import_people import NewOne
from governance.services.import_seats import meet
from governance.services.import_words import Spot
from governance.swedish import in_words
from governance.temporal import Period

_WORDS = {
    "valid_from": "första dag",
    "valid_through": "sista dag",
    "kind": "slag",
    "level": "nivå",
    "title_then": "titel",
    "basis": "grund",
    "basis_reference": "hänvisning",
    "decided_on": "beslutsdag",
}


@dataclass
class Slot:
    """Days on a seat: those of a mandate that is there, or of one that a row begins."""

    mandate: Mandate
    row: int | None


class Changes:
    """Gathers what the rows would do; `faults` go to the cells."""

    def __init__(self, ground: Ground, cells: Cells, *, show_police: bool) -> None:
        self.ground, self.cells, self.show_police = ground, cells, show_police
        self.begun: list[tuple[Mandate, Known | NewOne]] = []
        self.changed: list[tuple[Mandate, dict[str, Any]]] = []
        self.contacts = Contacts(cells)
        self.matched: set[int] = set()
        self.slots: dict[tuple[int, str], list[Slot]] = defaultdict(list)

    def protects(self, one: NewOne) -> bool:
        """New police contacts are entered as function only, unless asked otherwise."""
        return one.organization.kind in POLICE_KINDS and not self.show_police

    # -- one row, whose seat and person are known ------------------------------------------

    def match(self, spot: Spot) -> Mandate | None:
        """The mandate that the row is about already, if the person sits there."""
        seat, who = spot.seat, spot.who
        if spot.mandate is not None and _is(who, spot.mandate.person_id):
            found: Mandate | None = spot.mandate
        elif isinstance(who, Known) and seat is not None and seat.pk:
            there = [
                each
                for each in self.ground.sitting.get(seat.pk, ())
                if each.person_id == who.person.pk
                and each.kind == spot.kind
                and (meet(each, spot.period) or self._still_to_come(each, spot))
            ]
            found = there[0] if there else None
        else:
            found = None
        if found is not None:
            self.matched.add(found.pk)
        return found

    def _still_to_come(self, mandate: Mandate, spot: Spot) -> bool:
        """A day that was not written is no reason to begin what begins later anyway."""
        return spot.entry.first_day is None and mandate.is_upcoming(spot.first_day)

    def compare(self, spot: Spot, mandate: Mandate, line: Line) -> None:
        """A row about a mandate that is there: what is written otherwise is changed."""
        wanted = self._wanted(spot, mandate)
        if self.ground.people[mandate.person_id].person.protected:
            self._check_protected(spot, mandate, wanted)
            return
        if spot.entry.texts["title"]:
            person = self.ground.people[mandate.person_id].person
            shown = mandate.title_then or person.title
            if spot.entry.texts["title"] != shown:
                wanted["title_then"] = spot.entry.texts["title"]
                self.contacts.retitle(spot, shown)
        if wanted:
            wanted |= self._reopened(mandate, wanted)
            self.changed.append((mandate, wanted))
            line.said.append(_changed_in_words(mandate, wanted))
        after = _with(mandate, wanted)
        self._check_days(spot, after, mandate)
        self.slots[(id(spot.seat), after.kind)].append(Slot(after, spot.entry.number))
        self.contacts.reach(spot, line)
        line.state = "changed" if line.said else "left"

    def _wanted(self, spot: Spot, mandate: Mandate) -> dict[str, Any]:
        """What the row says otherwise; empty cells count where the row has its key."""
        entry, seat = spot.entry, spot.seat
        keyed = spot.mandate is mandate
        said: dict[str, Any] = {}
        if "valid_from" in entry.given:
            said["valid_from"] = entry.first_day
        if "valid_through" in entry.given or (keyed and "valid_through" in entry.days):
            said["valid_through"] = entry.last_day or (seat.valid_through if seat else None)
        for name in ("kind", "level", "basis"):
            if name in entry.choices:
                said[name] = entry.choices[name]
            elif keyed and name == "level" and name in entry.texts:
                said[name] = ""
        if "basis_reference" in entry.given or (keyed and "basis_reference" in entry.texts):
            said["basis_reference"] = entry.texts["basis_reference"]
        if "decided_on" in entry.given or (keyed and "decided_on" in entry.days):
            said["decided_on"] = entry.days.get("decided_on")
        return {name: value for name, value in said.items() if getattr(mandate, name) != value}

    def _reopened(self, mandate: Mandate, wanted: dict[str, Any]) -> dict[str, Any]:
        """A mandate that lasts longer has no reason for its end any more."""
        if "valid_through" not in wanted or not mandate.end_reason:
            return {}
        return {"end_reason": ""} if _longer(mandate, wanted["valid_through"]) else {}

    def _check_protected(self, spot: Spot, mandate: Mandate, wanted: dict[str, Any]) -> None:
        entry = spot.entry
        person = self.ground.people[mandate.person_id].person
        told = {
            "title": entry.texts["title"] not in ("", mandate.title_then or person.title),
            "email": bool(entry.texts["email"]),
            "phone": bool(entry.texts["phone"]),
            "given_name": bool(entry.full) and not self._is_named(spot, mandate),
            **dict.fromkeys(wanted, True),
        }
        for column, otherwise in told.items():
            if otherwise:
                said = "Personen har skyddade personuppgifter. Raden går inte att ändra i en lista."
                self.cells.fault(entry, f"{said} Hämta filen på nytt.", column, "name")

    def _is_named(self, spot: Spot, mandate: Mandate) -> bool:
        person = self.ground.people[mandate.person_id].person
        name = self.ground.protected_name(person, spot.group)
        return name is not None and words(name) == words(spot.entry.full)

    def begin(self, spot: Spot, line: Line) -> None:
        """A row about somebody who does not sit there: a new mandate, if the days are free."""
        entry, who = spot.entry, spot.who
        seat: Any = spot.seat
        if isinstance(who, Known) and who.person.protected:
            said = "Personen har skyddade personuppgifter. Utse personen på platsens sida."
            self.cells.fault(entry, said, "person_key", "given_name", "name")
            return
        if spot.mandate is not None and not self._may_replace(spot, spot.mandate):
            return
        known = who.person.title if isinstance(who, Known) else ""
        made = Mandate(
            seat=seat,
            kind=spot.kind,
            valid_from=spot.first_day,
            valid_through=entry.last_day or seat.valid_through,
            level=entry.choices.get("level", ""),
            title_then=entry.texts["title"] or known,
            basis=entry.choices.get("basis", Mandate.Basis.POSITION),
            basis_reference=entry.texts.get("basis_reference", ""),
            decided_on=entry.days.get("decided_on"),
        )
        if not self._check_days(spot, made, None):
            return
        if entry.texts["title"] and isinstance(who, Known):
            self.contacts.retitle(spot, known)
        line.state = "created"
        line.said.append(f"Nytt uppdrag från och med den {in_words(made.valid_from)}.")
        self.begun.append((made, who))
        self.slots[(id(seat), made.kind)].append(Slot(made, entry.number))
        self.contacts.reach(spot, line)

    def _may_replace(self, spot: Spot, mandate: Mandate) -> bool:
        """Typed over somebody else's row: the new one needs a first day of their own."""
        entry = spot.entry
        if entry.person_key is not None:
            self.cells.fault(entry, "Nycklarna för rad och person hör inte ihop.", "person_key")
            return False
        if entry.first_day is None or not Mandate(valid_from=entry.first_day).is_upcoming(
            mandate.valid_from
        ):
            said = "Raden har fått en ny person. Skriv den nya personens första dag."
            self.cells.fault(entry, said, "valid_from")
            return False
        return True

    def _check_days(self, spot: Spot, after: Mandate, before: Mandate | None) -> bool:
        """Whether the mandate lies within its seat, and its leaves within the mandate."""
        seat: Any = spot.seat
        columns: tuple[str, ...] = ("valid_from", "function", "title")
        if seat.is_upcoming(after.valid_from):
            begins = in_words(seat.valid_from)
            said = f"Platsen i gruppen börjar den {begins}. Skriv en senare första dag."
        elif seat.has_ended(after.valid_from):
            said = f"Platsen i gruppen slutade den {in_words(seat.valid_through)}."
        elif seat.valid_through and _longer(seat, after.valid_through):
            said = f"Platsen i gruppen slutar den {in_words(seat.valid_through)}."
            columns = ("valid_through", *columns)
        elif after.valid_through and after.is_upcoming(after.valid_through):
            said = "Sista dagen ligger före första dagen."
            columns = ("valid_through", *columns)
        elif before and any(
            after.is_upcoming(leave.valid_from) for leave in self.ground.leaves[before.pk]
        ):
            said = "En tjänstledighet börjar före den nya första dagen. Rätta den först."
        else:
            return True
        self.cells.fault(spot.entry, said, *columns)
        return False


def _is(who: Known | NewOne, person: int) -> bool:
    return isinstance(who, Known) and who.person.pk == person


def _longer(row: Period, last_day: datetime.date | None) -> bool:
    """Whether `last_day` is a later last day than that of the row."""
    if row.valid_through is None:
        return False
    return last_day is None or row.has_ended(last_day)


def _with(mandate: Mandate, wanted: dict[str, Any]) -> Mandate:
    """The mandate as it would be; not saved."""
    after = Mandate(pk=mandate.pk, seat_id=mandate.seat_id, person_id=mandate.person_id)
    for name in ("kind", "valid_from", "valid_through"):
        setattr(after, name, wanted.get(name, getattr(mandate, name)))
    return after


def _changed_in_words(mandate: Mandate, wanted: dict[str, Any]) -> str:
    def text(value: Any) -> str:
        return str(value) if isinstance(value, datetime.date) else "tills vidare"

    said = []
    for name, word in _WORDS.items():
        if name not in wanted:
            continue
        if name in ("valid_from", "valid_through"):
            said.append(f"{word} {text(wanted[name])} (var {text(getattr(mandate, name))})")
        else:
            said.append(word)
    return f"Ändras: {', '.join(said)}."
