"""Tables of a report in a Word file: real header rows, and widths that fit the page."""

import re

from docx.oxml.xmlchemy import BaseOxmlElement

from governance.documents.blocks import Table
from governance.documents.report_docx_parts import element, paragraph, run, writable
from governance.documents.report_docx_styles import room

# Styles of text and of headings, and the size of their letters in twentieths of a point.
_NORMAL, _SMALL = ("TableText", "TableHeading", 190), ("SmallTableText", "SmallTableHeading", 170)
_PADDING = 180
# How wide letters are in bold Arial, in parts of their size; all others as `_OTHERS`.
_WIDTHS = {"fijltIJ.,:;!|'()[]/": 0.33, "r-–−*": 0.42, "mwMWÄÅÖOGQ%@": 0.9}
_WIDE = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_OTHERS, _CAPITALS = 0.61, 0.74
_LONGEST_WORD, _LONGEST_LINE = 16, 32  # in sizes of a letter; what is longer may be broken
_MOST = 1.4  # how much wider than its text a table may be, so that a row is still one to read
_WORDS = re.compile(r"[ \t\n–/-]+")  # a blank that does not break holds its words together


def needs_width(table: Table) -> bool:
    """Whether it needs a page lying down: some word would be broken on an upright one."""
    return _least(table, _SMALL[2]) > room(wide=False)


def table_of(table: Table, *, wide: bool) -> BaseOxmlElement:
    """At most as wide as the text, in smaller letters where no word would fit otherwise.

    The header row comes again on each page, and no row is split between two.
    """
    space = room(wide=wide)
    text, heading, size = _NORMAL if _least(table, _NORMAL[2]) <= space else _SMALL
    widths = _widths(table, size, space)
    right = [column.numeric for column in table.columns]
    titles = [column.title for column in table.columns]
    rows = [_row(titles, heading, widths, right, header=True)]
    rows += [_row(cells, text, widths, right) for cells in table.rows]
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", _look(table, sum(widths)), grid, *rows)


def _look(table: Table, width: int) -> BaseOxmlElement:
    marks = {"firstRow": 1, "firstColumn": 1, "lastRow": 0, "lastColumn": 0}
    return element(
        "tblPr",
        element("tblStyle", val="ReportTable"),
        element("tblW", w=width, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="06A0", **marks, noHBand=1, noVBand=1),
        element("tblCaption", val=writable(table.caption)),
    )


def _row(
    cells: list[str], style: str, widths: list[int], right: list[bool], *, header: bool = False
) -> BaseOxmlElement:
    look = element("trPr", element("cantSplit"))
    if header:
        look.append(element("tblHeader"))
    made = [
        element(
            "tc",
            element("tcPr", element("tcW", w=width, type="dxa")),
            paragraph(style, run(text), right=aside),
        )
        for text, width, aside in zip(cells, widths, right, strict=True)
    ]
    return element("tr", look, *made)


# -- widths -------------------------------------------------------------------------------


def _columns(table: Table) -> list[list[str]]:
    rows = [[column.title for column in table.columns], *table.rows]
    return [list(cells) for cells in zip(*rows, strict=True)]


def _width_of(text: str) -> float:
    """How wide a text is in one line, in sizes of its letters; rather too much than too little."""
    return sum(_WIDE.get(letter) or (_CAPITALS if letter.isupper() else _OTHERS) for letter in text)


def _least_of(cells: list[str], size: int) -> int:
    """How wide a column must be for no word to be broken."""
    longest = max(_width_of(word) for text in cells for word in _WORDS.split(text))
    return round(min(longest, _LONGEST_WORD) * size) + _PADDING


def _least(table: Table, size: int) -> int:
    return sum(_least_of(cells, size) for cells in _columns(table))


def _wanted_of(cells: list[str], size: int) -> int:
    """How wide it would be with every line in one piece."""
    longest = max(_width_of(line) for text in cells for line in text.split("\n"))
    return round(min(longest, _LONGEST_LINE) * size) + _PADDING


def _widths(table: Table, size: int, space: int) -> list[int]:
    """Of each column: what it needs, and a part of the rest by how much more it would like."""
    columns = _columns(table)
    least = [_least_of(cells, size) for cells in columns]
    wanted = [
        max(_wanted_of(cells, size), need) for cells, need in zip(columns, least, strict=True)
    ]
    asked = sum(wanted)
    if asked <= space:
        return [each * min(space, round(asked * _MOST)) // asked for each in wanted]
    if sum(least) >= space:
        return [each * space // sum(least) for each in least]
    rest, more = space - sum(least), asked - sum(least)
    return [need + (want - need) * rest // more for need, want in zip(least, wanted, strict=True)]
