"""Rows of a list as other systems send them: each is read, or it is said what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from governance.api.schemas import ID_LIMIT, LONGEST
from governance.queries.places import Question

# What a row may ask with, and which part of the question that is.
PARTS = {
    "designation": "designation",
    "own_number": "own_number",
    "stadsdel": "area",
    "address": "address",
    "lat": "first",
    "lon": "second",
}
NO_ROW = 'Raden är inget objekt. Skriv till exempel {"id": 1, "stadsdel": "Farsta"}.'
NO_ID = f"id ska vara ett heltal eller text, högst {LONGEST} tecken."
NOTHING = f"Raden har inget att slå upp. Skriv minst en av {', '.join(PARTS)}."
HALF = "Skriv både lat och lon."


@dataclass
class Row:
    """One row: its own id, what of it was read, and all that is wrong with it."""

    id: str | int | None = None
    query: dict[str, str | int | float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def question(self) -> Question:
        """The question as it is typed on the page."""
        return Question(**{PARTS[name]: written(value) for name, value in self.query.items()})


def read_row(sent: Any) -> Row:
    """The row, whatever was sent; nothing is raised."""
    if not isinstance(sent, dict):
        return Row(faults=[NO_ROW])
    row = Row()
    key = sent.get("id")
    if key is None or is_key(key):
        row.id = key
    else:
        row.faults.append(NO_ID)
    for name in PARTS:
        value = sent.get(name)
        if value is None or value == "":
            continue
        if fault := fault_of(value):
            row.faults.append(f"{name} {fault}")
        else:
            row.query[name] = value
    if not row.faults and not row.query:
        row.faults.append(NOTHING)
    elif not row.faults and ("lat" in row.query) != ("lon" in row.query):
        row.faults.append(HALF)
    return row


def is_key(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST and can_be_sent(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= ID_LIMIT


def fault_of(value: Any) -> str:
    """What is wrong with a part of a question; nothing where it can be read."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            return f"är {len(value)} tecken lång. Skriv högst {LONGEST} tecken."
        return "" if can_be_sent(value) else "har tecken som inte går att läsa."
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "går inte att läsa. Skriv text eller ett tal."
    return "" if abs(value) <= ID_LIMIT else "är inget tal som går att läsa."  # nan is not either


def can_be_sent(text: str) -> bool:
    """Whether the text has no half characters, which no answer can hold."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def written(value: str | int | float) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"
