"""Ten thousand rows from an uploaded workbook to the finished one, over the pages themselves.

The floor reads the same file with openpyxl and writes what it read.
"""

import gc
import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from benchmarks.measuring import Result, in_turn, peak_megabytes, seconds
from governance.models import Area, Holding, LookupRun, Property, User
from governance.sheets import write_xlsx
from governance.temporal import today
from tests.worlds import FIRST, World, grant, make_person, make_user, make_world

ROWS = 10_000
ROUNDS = 5
LIMIT, MEGABYTES = 3.0, 300.0
HEADINGS = ["Fastnr", "Fastighet", "Adress", "Stadsdel", "Antal lgh", "Byggår", "Förvaltare"]


def measure() -> list[Result]:
    world = make_world("Liststad")
    reader = make_user("listor@example.org")
    make_person(world.company, user=reader)
    grant(reader, "edit_structure", world.agreement)
    make_stock(world)
    content = a_list([world.north, world.south])
    least, taken = in_turn(
        ROUNDS,
        lambda: timed(lambda: read_and_write(content)),
        lambda: timed(lambda: look_up(reader, content)),
    )
    return [
        Result(
            what=f"Slå upp {ROWS} rader, från uppladdad fil till färdig, mot golvet",
            cost=taken / least,
            limit=LIMIT,
            unit="gånger",
            details=f"uppslagningen {taken:.1f} s, golvet {least:.1f} s",
        ),
        Result("Mest minne under mätningen", peak_megabytes(), MEGABYTES, "MB"),
    ]


def make_stock(world: World) -> None:
    """Half of the rows stand in the company's stock."""
    found = Property.objects.bulk_create(
        Property(
            municipality=world.agreement.territory.name,
            tract=f"Listkvarn{at // 100}",
            unit=str(at % 100 + 1),
            stated_area=world.north if at % 4 else world.south,
        )
        for at in range(0, ROWS, 2)
    )
    Holding.objects.bulk_create(
        Holding(property=each, organization=world.company, valid_from=FIRST) for each in found
    )


def a_list(areas: list[Area]) -> bytes:
    rows = [
        [
            f"L{at}", f"Listkvarn{at // 100} {at % 100 + 1}", f"Listgatan {at % 90 + 1} A",
            areas[at % 2].name if at % 3 else "", at % 60 + 1, 1940 + at % 80, "Område norr",
        ]
        for at in range(ROWS)
    ]  # fmt: skip
    return write_xlsx(HEADINGS, rows, "Bestånd")


def look_up(reader: User, content: bytes) -> None:
    """As a browser does it: upload, confirm the columns, wait for the answers, take the file."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    file = SimpleUploadedFile("lista.xlsx", content)
    sent = {"file": file, "day": today().isoformat()}
    page = client.post(reverse("governance:lookups"), sent)["Location"]
    keys = LookupRun.objects.get().columns["keys"]
    chosen = {f"kolumn-{at}": key for at, key in enumerate(keys)}
    client.post(page, {**chosen, "steg": "kolumner"})
    while "Refresh" in client.get(page):
        pass
    finished = client.get(f"{page}export/").content
    assert finished.startswith(b"PK")
    LookupRun.objects.all().delete()


def read_and_write(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content))
    assert book.worksheets[0].max_row == ROWS + 1
    book.save(io.BytesIO())


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    return seconds(work)
