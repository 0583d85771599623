"""What a list would change of persons who are there: titles, addresses and numbers."""

from dataclasses import dataclass, field

from governance.models import ContactDetail
from governance.queries.imports import Known
from governance.services.import_cells import Cells, Entry, digits
from governance.services.import_words import Spot
from governance.swedish import fold

_STATES = {
    "created": "Nytt uppdrag",
    "replaced": "Ersätter någon",
    "changed": "Ändras",
    "left": "Lämnas som den är",
    "vacant": "Ingen person, lämnas",
    "left_out": "Tas inte med",
    "asked": "Behöver svar",
    "fault": "Fel",
}


@dataclass
class Line:
    """What becomes of one row. `who` is what the user typed, and is shown to nobody else."""

    row: int
    state: str = "left"
    where: str = ""
    group: str = ""
    who: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return _STATES[self.state]


class Contacts:
    """Gathers new titles, added details, and those that take the place of another."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.titles: dict[int, str] = {}
        self.added: list[tuple[Known, str, str]] = []
        self.replaced: list[tuple[ContactDetail, str]] = []
        # By person and column: what the list says, and on which row it said so first.
        self._told: dict[tuple[int, str], tuple[str, int]] = {}

    def retitle(self, spot: Spot, shown: str) -> None:
        """The person's title of today follows the row's, where it was the same before."""
        person = spot.who.person
        if person.title in ("", shown):
            self.titles.setdefault(person.pk, spot.entry.texts["title"])

    def reach(self, spot: Spot, line: Line) -> None:
        """An address or a number that is written otherwise takes the place of the first."""
        who = spot.who
        if not isinstance(who, Known) or who.person.protected:
            return
        for column in ("email", "phone"):
            text = spot.entry.texts[column]
            if text and self._is_news(spot.entry, who, column, text):
                email = column == "email"
                line.said.append("Ny e-postadress." if email else "Nytt telefonnummer.")
                first = _of_kind(who, email)
                if first:
                    self.replaced.append((first[0], text))
                else:
                    self.added.append((who, column, text))

    def _is_news(self, entry: Entry, who: Known, column: str, text: str) -> bool:
        compared = fold if column == "email" else digits
        earlier = self._told.setdefault((who.person.pk, column), (compared(text), entry.number))
        if earlier[0] != compared(text):
            said = f"Samma person har en annan uppgift på rad {earlier[1]}. Rätta en av dem."
            self.cells.fault(entry, said, column)
            return False
        if earlier[1] != entry.number:
            return False
        there = {compared(each.value) for each in _of_kind(who, column == "email")}
        if column == "email" and who.account:
            there.add(fold(who.account))
        return compared(text) not in there


def _of_kind(who: Known, email: bool) -> list[ContactDetail]:
    kinds = ContactDetail.Kind
    return [each for each in who.contacts if (each.kind == kinds.EMAIL) == email]
