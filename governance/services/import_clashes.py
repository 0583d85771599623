"""Where the days of a list meet others on the same seat: replaced, left as it is, or a fault."""

import datetime

from governance.models import Mandate, Seat
from governance.queries.imports import Ground
from governance.services.import_cells import Cells
from governance.services.import_changes import Changes, Slot
from governance.services.import_contacts import Line
from governance.services.import_seats import meet
from governance.services.import_words import Spot
from governance.swedish import in_words
from governance.temporal import day_before

_RIVALS = {Mandate.Kind.ORDINARY: "ledamot", Mandate.Kind.ACTING: "tillförordnad"}
_COLUMNS = ("valid_from", "function", "title")


class Clashes:
    """All rows together: `ended` are the mandates that new ordinary holders replace."""

    def __init__(self, ground: Ground, cells: Cells, changes: Changes) -> None:
        self.ground, self.cells, self.changes = ground, cells, changes
        self.ended: dict[int, tuple[Mandate, datetime.date]] = {}
        self.left: set[int] = set()  # the id() of mandates that are not begun after all

    def settle(self, spots: list[Spot], lines: dict[int, Line]) -> None:
        by_row = {spot.entry.number: spot for spot in spots}
        seats: dict[int, Seat] = {id(spot.seat): spot.seat for spot in spots if spot.seat}
        for (seat, kind), slots in self.changes.slots.items():
            if kind not in _RIVALS:
                continue
            others = [
                Slot(each, None)
                for each in self.ground.sitting.get(seats[seat].pk or 0, ())
                if each.kind == kind and each.pk not in self.changes.matched
            ]
            for at, slot in enumerate(slots):
                row = slot.row or 0
                if self._meets_rows(by_row[row], slot, slots[:at]):
                    continue
                for other in others:
                    if meet(slot.mandate, other.mandate):
                        self._clash(by_row[row], slot.mandate, other.mandate, lines[row])

    def _meets_rows(self, spot: Spot, slot: Slot, earlier: list[Slot]) -> bool:
        for other in earlier:
            if meet(slot.mandate, other.mandate):
                said = f"Dagarna krockar med rad {other.row}, på samma plats."
                self.cells.fault(spot.entry, said, *_COLUMNS)
                return True
        return False

    def _clash(self, spot: Spot, made: Mandate, there: Mandate, line: Line) -> None:
        """A new ordinary holder replaces the one who sits there the day before."""
        last_day = day_before(made.valid_from)
        new = made.pk is None and made.kind == Mandate.Kind.ORDINARY
        hidden = self.ground.people[there.person_id].person.protected
        if new and hidden and there.in_force(made.valid_from):
            self._leave(made, line)
            return
        if not (new and there.in_force(last_day)):
            self.cells.fault(spot.entry, _taken(there, made), *_COLUMNS)
            return
        self.ended[there.pk] = (there, last_day)
        line.state = "replaced"
        line.said.append(f"Den som sitter där slutar den {in_words(last_day)}.")

    def _leave(self, made: Mandate, line: Line) -> None:
        """Who is protected is never replaced by a list, and the row is left as it is."""
        self.left.add(id(made))
        line.state = "left"
        line.said = [
            "Den som sitter där har skyddade personuppgifter. Raden läses inte in: "
            "välj Byt ledamot på platsens sida om någon ny börjar."
        ]


def _taken(there: Mandate, made: Mandate) -> str:
    holder = _RIVALS[Mandate.Kind(there.kind)]
    if there.is_upcoming(made.valid_from):
        begins = in_words(there.valid_from)
        return (
            f"Platsen har redan en {holder} från och med den {begins}. "
            "Skriv en sista dag före det, eller avsluta det uppdraget först."
        )
    over = f" till och med den {in_words(there.valid_through)}" if there.valid_through else ""
    return f"Platsen har redan en {holder}{over}. Skriv en senare första dag."
