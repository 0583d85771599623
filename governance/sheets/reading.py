"""Reading what people send: a workbook, a text file with separators, or pasted cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from governance.sheets.cells import SheetError, cell_text
from governance.sheets.tables import MAX_COLUMNS, MAX_ROWS, Sheet, empty, find_table
from governance.sheets.workbooks import read_workbook

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "read_pasted", "read_sheet"]

MAX_BYTES = 10 * 1024 * 1024
_DELIMITERS = ";\t,"
_TRIED_LINES = 50
_SAVE_AS = (
    "Öppna den, välj Spara som och välj Excel-arbetsbok (.xlsx) eller CSV. Försök sedan igen."
)
# How files that are no tables begin, and what to do with them.
_OTHERS = [
    (b"\xd0\xcf\x11\xe0", f"Filen är en äldre Excelfil eller skyddad med lösenord. {_SAVE_AS}"),
    (b"%PDF", "Filen är en PDF. Be om uppgifterna i ett kalkylark, eller klistra in dem."),
    (b"{\\rtf", f"Filen är ett textdokument. {_SAVE_AS}"),
]
_PAGE = re.compile(rb"\s*<(!doctype|html|\?xml|table)", re.IGNORECASE)


def read_sheet(content: bytes, filename: str) -> Sheet:
    """The table in a file: XLSX, or text with ; , or tab between the cells.

    What kind it is is seen in the content; `filename` only words the refusal. Raises
    SheetError for all other files, and for those larger than MAX_BYTES.
    """
    if not content.strip():
        raise empty()
    if len(content) > MAX_BYTES:
        raise SheetError(
            f"Filen är större än {MAX_BYTES // 1024 // 1024} MB. Dela upp den i flera filer."
        )
    for beginning, sentence in _OTHERS:
        if content.startswith(beginning):
            raise SheetError(sentence)
    if content.startswith(b"PK"):
        return read_workbook(content, find_table)
    if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise SheetError(f"Filen är en webbsida och inget kalkylark. {_SAVE_AS}")
    return find_table(_lines(_decoded(content, filename)))


def read_pasted(text: str) -> Sheet:
    """The table in text copied from a spreadsheet: tabs between the cells, else as in a file."""
    if not text.strip():
        raise SheetError(
            "Inget är inklistrat. Kopiera cellerna, också rubrikraden, eller välj en fil."
        )
    if len(text) > MAX_BYTES:
        raise SheetError("Texten är för lång. Spara den som en fil och välj filen i stället.")
    if "\t" not in text:
        return find_table(_lines(text))
    try:
        return find_table(_records(text, "\t"))
    except _Unclosed:  # Excel quotes cells with line breaks only; other quotes are its own text
        plain = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        return find_table([cell_text(cell) for cell in line] for line in plain)


class _Unclosed(SheetError):
    """A quotation mark that is not closed, or closed in the middle of a cell."""


def _decoded(content: bytes, filename: str) -> str:
    """UTF-16 with a byte order mark ("Unicodetext"), UTF-8 with or without, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError(f"{filename[:80] or 'Filen'} går inte att läsa som kalkylark. {_SAVE_AS}")


def _lines(text: str) -> Iterator[list[str]]:
    """The lines of a text file, cells parted by what its first line says or most lines agree on."""
    told = re.match(r"sep=(.)\r?\n", text)  # how Excel is told; it shows no such row itself
    if told:
        return _records(text[told.end() :], told[1])
    return _records(text, _delimiter(text))


def _delimiter(text: str) -> str:
    """That of `; tab ,` which parts most of the first lines into equally many cells."""

    def agreement(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for line, _ in zip(reader, range(_TRIED_LINES), strict=False):
            if len(line) > 1:
                widths[len(line)] += 1
        width, lines = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return lines, width

    return max(_DELIMITERS, key=agreement)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 1
    try:
        for line in reader:
            yield [cell_text(cell) for cell in line]
            row += 1
    except csv.Error:
        raise _Unclosed(
            f'Rad {row} har ett citattecken (") som inte hör ihop med något annat. '
            "Ta bort det eller spara filen på nytt från kalkylprogrammet."
        ) from None
