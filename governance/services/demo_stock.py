"""The invented stock of the demo: properties that say themselves that they are examples."""

import datetime
from collections.abc import Iterator

from simple_history.utils import bulk_update_with_history

from governance.models import Area, Holding, Organization, carrying_out
from governance.queries.stock_sheets import COLUMNS
from governance.services.properties import save_stock
from governance.sheets import Row, Sheet

SOURCE = "Exempel: påhittad fastighet i demon"
FIRST = datetime.date(2021, 1, 1)
_KEYS = [column.key for column in COLUMNS]
_HEADINGS = [column.heading for column in COLUMNS]
# Company, the letters of its own numbers, what its properties are for, and how many.
# Micasa, the fourth housing company, has not put in its stock.
COMPANIES = [
    ("stockholmshem", "SH", "bostäder", 48),
    ("svenska-bostader", "SB", "bostäder", 40),
    ("familjebostader", "FB", "bostäder", 30),
    ("sisab", "SI", "skola", 24),
]
_QUARTERS = "vingen kvarnen gården ugglan linden spaden lyktan backen".split()
_STREETS = "vägen gatan gränd stigen".split()
_BEGINNINGS = {"SH": "Exempel", "SB": "Prov", "FB": "Påhitts", "SI": "Övnings"}
_HIDDEN = 7  # the place of the one that is not shown to others


def add_stock() -> None:
    """Save an invented list for each of the companies, one act each, marked as examples."""
    areas = _areas()
    for at, (slug, letters, use, number) in enumerate(COMPANIES):
        company = Organization.objects.get(slug=slug)
        done = save_stock(
            user=None,
            organization=company,
            sheet=_sheet(letters, use, number, areas[at * 5 :] + areas[: at * 5]),
            columns=_KEYS,
            day=FIRST,
        )
        rows = list(company.holdings.all())
        for row in rows:
            row.source_mark, row.source = Holding.Mark.EXAMPLE, SOURCE
        with carrying_out(done):
            bulk_update_with_history(rows, Holding, ["source_mark", "source"], batch_size=200)


def _areas() -> list[str]:
    """Every third stadsdel by name, so that the stock lies spread."""
    rows = Area.objects.filter(kind=Area.Kind.NEIGHBOURHOOD).order_by("sort_key")
    return list(rows.values_list("name", flat=True))[::3]


def _sheet(letters: str, use: str, number: int, areas: list[str]) -> Sheet:
    rows = [
        Row(place + 2, [found.get(key, "") for key in _KEYS])
        for place, found in enumerate(_properties(letters, use, number, areas))
    ]
    return Sheet(headings=_HEADINGS, rows=rows, heading_row=1)


def _properties(letters: str, use: str, number: int, areas: list[str]) -> Iterator[dict[str, str]]:
    """Two have no stadsdel, so no group; some share an own number; one is hidden."""
    begin = _BEGINNINGS[letters]
    for at in range(number):
        street = f"{begin}{_STREETS[at % len(_STREETS)]}"
        tract = f"{begin}{_QUARTERS[at % len(_QUARTERS)]}"
        first = 2 * (at + 1)
        flats = 12 + 7 * at % 90
        yield {
            "own_number": f"{letters}-{100 + at - at % 6 // 5}",
            "designation": f"{tract} {1 + at // 8}"
            if at % 9
            else f"{tract} {1 + at // 8}:{at + 1}",
            "address": f"{street} {first}–{first + 4}" if at % 3 else f"{street} {first} A–C",
            "area": "" if at in (3, 4) else areas[at * 3 // 4 % len(areas)],
            "flats": str(flats) if use == "bostäder" else "",
            "use": use if at % 10 else "lokal",
            "kind": "tomträtt" if at % 4 == 1 else "äger",
            "hidden": "ja" if letters == "SH" and at == _HIDDEN else "nej",
        }
