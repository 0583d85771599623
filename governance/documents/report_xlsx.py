"""A year's data as a workbook, to count and draw with elsewhere."""

from collections.abc import Iterable

from governance.queries.report_sheets import Told, tabs
from governance.sheets import write_book


def xlsx(rows: Iterable[Told], *, title: str) -> bytes:
    """The workbook; `rows` are (group's name, year, follow-up, snapshot), in the order to show.

    The name is the one that the group had then. Each snapshot is whole, as `snapshot_of`
    makes it; names of persons put into it are not read. `title` is that of the workbook:
    "Uppföljning 2020". Whether the reader may see the follow-ups is asked before.
    """
    return write_book(title, tabs(rows), whole="Hela texten finns i uppföljningen")
