"""A report as a tagged PDF (PDF/UA-1), laid out by typst from report.typ beside this file.

typst cannot yet say that the first cell of a row is its header: the heads of columns are
tagged as headers, the first cells are not.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from governance.documents.blocks import Block, Document, Facts, Figure, Heading, Table, Text
from governance.documents.pdf_letters import fonts, pieces, plain, title
from governance.documents.plot_words import alternative
from governance.documents.plots import Plot
from governance.documents.typesetting import typeset

LAYOUT = Path(__file__).with_name("report.typ")
_CONTENTS = 40  # so many headings of levels 2 and 3 have room in the contents
_LINE, _PAD = 85, 3  # letters on a line of a table, and what the space between columns takes
_SHORT, _SHORTS = 12, 45  # letters in a short column, and in all of them, for none to be broken
_TERMS = 32  # letters of what a fact is about, before it takes more than one line


def pdf(document: Document, drawings: Mapping[Plot, bytes]) -> bytes:
    """The file. `drawings` holds an SVG of each plot of the document.

    Nothing is written to disk, and no text is read as markup. What no font can show is a
    box (□). The same document gives the same bytes.
    """
    names = {plot: f"{at}.svg" for at, plot in enumerate(document.plots)}
    files = {name: drawings[plot].decode() for plot, name in names.items()}
    files["report.json"] = json.dumps(_data(document, names))
    files["main.typ"] = LAYOUT.read_text()
    return typeset(files, fonts())


def _data(document: Document, names: Mapping[Plot, str]) -> dict[str, Any]:
    number = document.registry_number
    levels = [each.level for each in document.blocks if isinstance(each, Heading)]
    return {
        "title": title(document.title),
        "heading": _line(title(document.title)),
        "subtitle": _line(document.subtitle),
        "registry": _line(f"Diarienummer: {number}") if number else [],
        "depth": 3 if sum(level <= 3 for level in levels) <= _CONTENTS else 2,
        "chapters": document.contents,
        "blocks": list(_blocks(document.blocks, names)),
    }


def _line(text: str) -> list[list[str]]:
    return pieces(plain(text))


def _blocks(blocks: list[Block], names: Mapping[Plot, str]) -> Iterator[dict[str, Any]]:
    level = 1
    for each in blocks:
        match each:
            case Heading():
                level = min(each.level, level + 1)  # a jump would break PDF/UA
                yield {"kind": "heading", "level": level, "text": _line(title(each.text))}
            case Text():
                paragraphs = [pieces(part) for part in each.paragraphs]
                yield {"kind": "text", "note": each.note, "paragraphs": paragraphs}
            case Facts():
                yield _facts(each)
            case Table():
                yield _table(each)
            case Figure():
                yield {
                    "kind": "figure",
                    "file": names[each.plot],
                    "alternative": plain(alternative(each.plot)),
                }


def _facts(block: Facts) -> dict[str, Any]:
    longest = max((len(about) for about, _ in block.rows), default=0)
    rows = [[_line(about), pieces(said)] for about, said in block.rows]
    return {"kind": "facts", "wide": min(longest, _TERMS) + 2, "rows": rows}


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": _line(block.caption),
        "columns": [{"title": _line(c.title), "numeric": c.numeric} for c in block.columns],
        "widths": _widths(block),
        "short": block.is_short,
        "rows": [[pieces(cell) for cell in row] for row in block.rows],
    }


def _widths(block: Table) -> list[float | None]:
    """Of each column its share of the width, or none when it is as wide as what it holds.

    Short columns are not broken; the others share what is left by their longest cells and
    words, so that a long text gets more room but leaves some to the rest.
    """
    columns = [
        [column.title, *(line for row in block.rows for line in row[at].splitlines())]
        for at, column in enumerate(block.columns)
    ]
    longest = [max(map(len, cells)) for cells in columns]
    if sum(length + _PAD for length in longest) <= _LINE:
        return [None] * len(columns)
    short = [length <= _SHORT for length in longest]
    fit = sum(longest[at] + _PAD for at, is_short in enumerate(short) if is_short) <= _SHORTS
    return [
        None if fit and is_short else _share(cells, column.numeric)
        for cells, is_short, column in zip(columns, short, block.columns, strict=True)
    ]


def _share(cells: list[str], numeric: bool) -> float:
    word = min(max(len(word) for cell in cells for word in cell.split() or [""]), 16)
    return _PAD + (word + 1 if numeric else max(word, 4 * min(max(map(len, cells)), 90) ** 0.5))
