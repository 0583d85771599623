"""The cells of an Excel workbook, read with care: what is in it was written by others."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from governance.sheets.cells import SheetError, cell_text
from governance.sheets.tables import MAX_COLUMNS, Sheet, empty

# A workbook of MAX_ROWS rows with twenty columns takes a third of this when unpacked.
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2_000
_LAST_ROW = 1_048_576  # Excel has no more
_SAVE_AS = "Öppna den i Excel, välj Spara som och välj Excel-arbetsbok (.xlsx)."


def read_workbook(content: bytes, find: Callable[[list[list[str]]], Sheet]) -> Sheet:
    """What `find` finds in the first sheet where it finds a table; hidden ones are not read.

    It is given the rows as text, blank ones as empty lists; values, never formulas. Raises
    SheetError where no sheet has a table, for what is no plain XLSX, for macros, and for
    what would unpack to more than MAX_UNPACKED bytes.
    """
    _inspect(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of all that it leaves out
            return _first_table(content, find)
    except SheetError:
        raise
    except _DAMAGED as error:
        raise _damaged() from error


# What openpyxl and the parsers under it raise for a workbook that is not as it should be.
_DAMAGED = (
    zipfile.BadZipFile,
    ParseError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


def _damaged() -> SheetError:
    return SheetError(f"Filen är skadad eller inget vanligt kalkylark. {_SAVE_AS}")


def _inspect(content: bytes) -> None:
    """Refuse what is not to be unpacked at all, from the table of contents alone."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged() from error
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise SheetError(f"Filen innehåller makron. {_SAVE_AS}")
    if "content.xml" in names or "xl/workbook.bin" in names:
        raise SheetError(f"Filen är inte sparad som .xlsx. {_SAVE_AS}")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetError("Filen är för stor när den packas upp. Dela upp den i flera filer.")


def _first_table(content: bytes, find: Callable[[list[list[str]]], Sheet]) -> Sheet:
    """The refusal is that of the first sheet with anything in it."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    refusal = None
    for sheet in book.worksheets:
        rows = list(_rows(sheet)) if sheet.sheet_state == "visible" else []
        if any(rows):
            try:
                return find(rows)
            except SheetError as error:
                refusal = refusal or error
    raise refusal or empty()


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[list[str]]:
    # How large a sheet says it is may be wrong either way.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)):
        if number >= _LAST_ROW:
            raise _damaged()
        filled = [at for at, value in enumerate(row) if value is not None]
        yield [cell_text(value) for value in row[: filled[-1] + 1]] if filled else []
