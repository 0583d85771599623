"""Where the table is in a sheet: the row of headings, and the rows under it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.sheets.cells import SheetError, read_cell_day

MAX_ROWS = 20_000
MAX_COLUMNS = 200
# The headings stand among the first rows that hold anything, below titles and notes.
_LOOKED_AT = 30
_LONGEST_HEADING = 80
_USUAL = re.compile(
    r"(för|efter)?namn\b|titel\b|befattning\b|funktion\b|roll\b|organisation\b|förvaltning\b"
    r"|bolag\b|e-?post|e-?mail|mejl|mail|tele|tel\b|tfn\b|mobil"
)
# What may head a list of a single column: designations or addresses, one a row.
_ALONE = re.compile(
    r"fastighet|beteckning|registerbeteckning|adress|gatuadress|stadsdel\b|koordinat"
)
_DATA = re.compile(r"\S+@\S+\.\S+|[+(]?\d[\d .,:()/%-]*")


@dataclass(frozen=True)
class Row:
    """`number` is the row in the user's own file, the first being 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """One table: every row has as many cells as there are headings, and blank ones are left out.

    Headings are as the user wrote them, perhaps twice the same; a column with content and
    no heading is called by its letter ("Kolumn C").
    """

    headings: list[str]
    rows: list[Row]
    heading_row: int


def find_table(lines: Iterable[Sequence[str]]) -> Sheet:
    """The table among all the lines of a sheet, titles and blank lines above it left out.

    Raises SheetError where there is none, or where it is larger than MAX_ROWS and MAX_COLUMNS.
    """
    rows: list[Row] = []
    for number, cells in enumerate(lines, start=1):
        if not any(cells):
            continue
        if any(cells[MAX_COLUMNS:]):
            raise SheetError(
                f"Filen har fler än {MAX_COLUMNS} kolumner. Ta bort dem som inte behövs."
            )
        rows.append(Row(number, list(cells)))
        if len(rows) > MAX_ROWS + _LOOKED_AT:
            raise _too_many()
    if not rows:
        raise empty()
    at = _heading_at(rows)
    if len(rows) - at - 1 > MAX_ROWS:
        raise _too_many()
    return _sheet(rows[at], rows[at + 1 :])


def empty() -> SheetError:
    return SheetError("Filen är tom. Välj en fil med en rubrikrad och minst en rad under den.")


def _too_many() -> SheetError:
    return SheetError("Filen har fler än 20 000 rader. Dela upp den i flera filer.")


def _heading_at(rows: list[Row]) -> int:
    """The first row of nothing but words with two that head most lists of people, or about
    as wide as the rows under it.

    A title may have two cells, and a list a column without heading: three cells of four
    are enough, two of four only where no row has more. A list of a single column is headed
    by a word that heads lists of properties.
    """
    shares: list[tuple[int, float]] = []
    for at, row in enumerate(rows[:_LOOKED_AT]):
        filled = [cell for cell in row.cells if cell]
        if _heads_alone(filled, rows[at + 1 :]):
            return at
        if len(filled) < 2 or not all(map(_is_heading, filled)):
            continue
        if sum(_USUAL.match(cell.casefold()) is not None for cell in filled) >= 2:
            return at
        below = rows[at + 1 : at + 1 + _LOOKED_AT]
        widest = max((sum(map(bool, each.cells)) for each in below), default=1)
        shares.append((at, len(filled) / widest))
    for enough in (0.75, 0.5):
        found = [at for at, share in shares if share >= enough]
        if found:
            return found[0]
    raise SheetError(
        "Hittade ingen rubrikrad. Skriv rubriker som Förnamn, Efternamn och E-post "
        "på en egen rad ovanför uppgifterna."
    )


def _heads_alone(filled: list[str], below: list[Row]) -> bool:
    """Whether it heads a list of one column."""
    if len(filled) != 1 or not _ALONE.match(filled[0].casefold()) or not _is_heading(filled[0]):
        return False
    return all(sum(map(bool, row.cells)) == 1 for row in below[:_LOOKED_AT]) and bool(below)


def _is_heading(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADING and not _DATA.fullmatch(cell) and not _is_day(cell)


def _is_day(cell: str) -> bool:
    try:
        return read_cell_day(cell) is not None
    except SheetError:
        return False


def _sheet(heading: Row, rows: list[Row]) -> Sheet:
    """The columns that hold anything, each with a heading."""
    wide = max(len(row.cells) for row in [heading, *rows])
    headings = heading.cells + [""] * (wide - len(heading.cells))
    used = [
        at
        for at in range(wide)
        if headings[at] or any(at < len(row.cells) and row.cells[at] for row in rows)
    ]
    return Sheet(
        headings=[" ".join(headings[at].split()) or f"Kolumn {_letter(at)}" for at in used],
        rows=[
            Row(row.number, [row.cells[at] if at < len(row.cells) else "" for at in used])
            for row in rows
        ],
        heading_row=heading.number,
    )


def _letter(at: int) -> str:
    """A for 0, Z for 25, AA for 26, as spreadsheets name their columns."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
