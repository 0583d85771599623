"""Writing sheets that can be filled in and read back: one heading row, one row a line."""

import csv
import datetime
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from governance.sheets.cells import cell_text, clean, is_phone_number, neutralise

_DAY, _TEXT = "yyyy-mm-dd", "@"
_NARROWEST, _WIDEST = 9, 44
_NO_TITLE = re.compile(r"[\[\]:*?/\\]+")
_LONGEST_TITLE = 31
_LONGEST_CHOICE = 255
_LONGEST_CELL = 32_767  # characters, of Excel; what is longer makes the file faulty
_CUT = " … (Texten är avkortad. En cell i Excel rymmer högst 32\u00a0767 tecken. {}.)"


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook to write: its headings, and the rows under them.

    Days are days, a Decimal is a number, and all else is text. `choices` gives the words
    to choose among in a column, by heading; Excel then offers them, and takes others too.
    What is typed in an empty cell stays as typed, but for the columns in `days`.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    days: Collection[str] = ()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A file that Excel in Swedish opens as a table: semicolons, UTF-8 with its mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([neutralise(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str,
    *,
    choices: Mapping[str, Sequence[str]] | None = None,
    days: Collection[str] = (),
) -> bytes:
    """A workbook of one sheet, as a `Tab` says, that has a CSV file beside it.

    A text that Excel has no room for ends with a sentence that says so and where the whole
    is; `too_long` names its place.
    """
    tab = Tab(title, headings, rows, choices or {}, days)
    return write_book(title, [tab], whole="Hela texten finns i CSV-filen")


def write_book(title: str, tabs: Iterable[Tab], *, whole: str) -> bytes:
    """A workbook with a sheet for each tab, in order, their headings frozen.

    `whole` says where the whole of a text is that Excel has no room for, without a full stop.
    """
    book = Workbook(write_only=True)
    book.properties.title = title
    for tab in tabs:
        _add(book, tab, _CUT.format(whole))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _add(book: Workbook, tab: Tab, cut: str) -> None:
    lines = [[_value(value) for value in row] for row in tab.rows]
    sheet = book.create_sheet(_NO_TITLE.sub(" ", tab.title).strip()[:_LONGEST_TITLE] or "Blad 1")
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(tab.headings):
        letter = get_column_letter(at + 1)
        longest = max([len(heading) + 2, *(len(str(line[at])) for line in lines)])
        sheet.column_dimensions[letter].width = min(max(longest, _NARROWEST), _WIDEST)
        sheet.column_dimensions[letter].number_format = _DAY if heading in tab.days else _TEXT
        _offer(sheet, letter, tab.choices.get(heading, ()))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(tab.headings))}{len(lines) + 1}"
    sheet.append([_heading(sheet, heading) for heading in tab.headings])
    style = _style_of_text(sheet)
    for line in lines:
        sheet.append([_cell(sheet, value, style, cut) for value in line])


def too_long(cells: Sequence[str]) -> list[int]:
    """The places in a row of the texts that are cut in a workbook; a CSV file has them whole."""
    return [
        at
        for at, text in enumerate(cells)
        if len(text) >= _LONGEST_CELL and len(neutralise(clean(text))) > _LONGEST_CELL
    ]


def _plain(value: object) -> str:
    """What `read_sheet` will give back; a number with the comma that Swedish Excel reads."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return clean(value) if isinstance(value, str) else cell_text(value)


def _value(value: object) -> str | datetime.date | Decimal:
    return value if isinstance(value, datetime.date | Decimal) else _plain(value)


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top")
    return cell


def _style_of_text(sheet: WriteOnlyWorksheet) -> StyleArray:
    """Looked up once a sheet: for each cell it costs more than writing it."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = _TEXT
    return cell._style


def _cell(
    sheet: WriteOnlyWorksheet,
    value: str | datetime.date | Decimal,
    style: StyleArray,
    cut: str,
) -> Cell | None:
    """A day, a number, text or nothing: text is text, whatever number or formula it looks like.

    A phone number stands as it is, marked as text; an apostrophe would be copied with it.
    """
    if isinstance(value, Decimal):
        return WriteOnlyCell(sheet, value=value)
    if not value:
        return None
    if isinstance(value, datetime.date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = _DAY
        return cell
    phone = is_phone_number(value)
    text = value if phone else neutralise(value)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - len(cut)] + cut
    cell = Cell(sheet, row=1, column=1, value=text, style_array=style)
    cell.data_type = "s"
    if phone:
        cell.quotePrefix = True
    return cell


def _offer(sheet: WriteOnlyWorksheet, letter: str, words: Sequence[str]) -> None:
    listed = ",".join(words)
    if listed and len(listed) <= _LONGEST_CHOICE:
        offer = DataValidation(type="list", formula1=f'"{listed}"', showErrorMessage=False)
        offer.add(f"{letter}2:{letter}1048576")
        sheet.data_validations.append(offer)
