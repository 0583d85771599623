"""What a report says, in order, before it is a page, a PDF or a Word file.

Written once, in Swedish, from stored data; the page, the PDF and the Word file lay out the
same blocks, so that they cannot say different things.
"""

from dataclasses import dataclass, field

from governance.documents.plots import Plot


@dataclass(frozen=True)
class Heading:
    """Level 2 to 4: the title of the document is the only heading of level 1."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True)
class Text:
    """What somebody wrote, or a sentence of ours; an empty line begins a new paragraph.

    A `note` is said beside what was written and looks like it.
    """

    text: str
    note: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """Without empty ones; single line breaks are kept in them."""
        parts = self.text.replace("\r\n", "\n").split("\n\n")
        return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True)
class Facts:
    """Short facts, each with what it is about."""

    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """The first cell of each row is the header of the row. Cells are Swedish text."""

    caption: str
    columns: list[Column]
    rows: list[list[str]]

    @property
    def is_short(self) -> bool:
        """So few rows and letters that it is kept whole on one page."""
        letters = sum(len(cell) for row in self.rows for cell in row)
        return len(self.rows) <= 8 and letters <= 600

    @property
    def numbered(self) -> list[list[tuple[str, bool]]]:
        """The rows, each cell with whether its column is of numbers."""
        return [
            [(cell, column.numeric) for cell, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Figure:
    """A plot, with its title in it. `address` is where a page finds it as SVG.

    The table with the same figures is a block of its own, right after it.
    """

    plot: Plot
    address: str


Block = Heading | Text | Facts | Table | Figure


@dataclass(frozen=True)
class Document:
    """A whole report. `file_name` is without its extension, in ASCII.

    With `contents` it is so long that a Word file begins with a table of contents.
    """

    title: str
    subtitle: str
    file_name: str
    registry_number: str = ""
    blocks: list[Block] = field(default_factory=list)
    contents: bool = False

    @property
    def chapters(self) -> list[Heading]:
        """The headings that a table of contents on the page lists."""
        return [each for each in self.blocks if isinstance(each, Heading) and each.level == 2]

    @property
    def plots(self) -> list[Plot]:
        """Every plot of it once, in order."""
        return list(dict.fromkeys(each.plot for each in self.blocks if isinstance(each, Figure)))
