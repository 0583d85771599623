"""Sheets as people send them: read, pasted and written, with no knowledge of the app's nouns.

A leaf beside `temporal` and `swedish`: what a column means is decided by those who ask.
"""

from governance.sheets.cells import (
    SheetError,
    cell_text,
    neutralise,
    read_cell_day,
    read_cell_number,
    restore,
)
from governance.sheets.reading import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, read_pasted, read_sheet
from governance.sheets.tables import Row, Sheet
from governance.sheets.writing import Tab, too_long, write_book, write_csv, write_xlsx

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Row",
    "Sheet",
    "SheetError",
    "Tab",
    "cell_text",
    "neutralise",
    "read_cell_day",
    "read_cell_number",
    "read_pasted",
    "read_sheet",
    "restore",
    "too_long",
    "write_book",
    "write_csv",
    "write_xlsx",
]
