"""Rosters to take away as sheets: what the reader may see, in the columns of the import."""

import datetime
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance.models import Seat
from governance.permissions import get_visible, visible_groups
from governance.queries import roster_sheets
from governance.queries.mandate_lists import Choice, MandateList
from governance.queries.seat_tables import SeatTable
from governance.sheets import write_csv, write_xlsx
from governance.views.reading import read

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export_roster(request: HttpRequest, slug: str) -> HttpResponse:
    """The roster of one group on the day, as `?format=` xlsx or csv."""
    reading = read(request, narrows=False)
    group = get_visible(visible_groups(request.user), slug=slug)
    rows = roster_sheets.roster_rows(
        request.user, visible_groups(request.user).filter(pk=group.pk), reading.day
    )
    return sheet_response(request, rows, f"ledamoter-{group.slug}", reading.day)


@require_safe
def export_mandates(request: HttpRequest) -> HttpResponse:
    """The seats that /uppdrag/ shows at the same address, all pages of them."""
    reading = read(request)
    table = SeatTable(reading.groups, reading.day)
    found = MandateList(request.user, table, Choice.read(request.GET))
    seats = Seat.objects.filter(pk__in=found.seats)
    rows = roster_sheets.roster_rows(request.user, reading.groups, reading.day, seats)
    return sheet_response(request, rows, "uppdrag", reading.day)


def sheet_response(
    request: HttpRequest, rows: Sequence[Sequence[object]], name: str, day: datetime.date
) -> HttpResponse:
    """A file with rows from `roster_sheets`, in the format that the address asks for.

    XLSX unless it asks for csv. The file is called by `name`, which is ASCII, and the day:
    `ledamoter-farsta-2026-11-23.xlsx`. It is kept nowhere on the way, for it holds names.
    """
    headings = roster_sheets.headings()
    if request.GET.get("format") == "csv":
        return file_response(write_csv(headings, rows), name, day, csv=True)
    content = write_xlsx(
        headings,
        rows,
        "Ledamöter",
        choices=roster_sheets.choices(),
        days=roster_sheets.days(),
    )
    return file_response(content, name, day, csv=False)


def file_response(content: bytes, name: str, day: datetime.date, *, csv: bool) -> HttpResponse:
    """A sheet to take away, called by the ASCII `name` and the day; kept nowhere on the way."""
    kind, ending = ("text/csv; charset=utf-8", "csv") if csv else (_XLSX, "xlsx")
    return _to_save(content, kind, f"{name}-{day.isoformat()}.{ending}")


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to take away that says the same whatever the day."""
    return _to_save(content, _XLSX, f"{name}.xlsx")


def _to_save(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
