"""Ten thousand mandates from one workbook, beside the least that reading and writing them costs.

The floor reads the same file with openpyxl and writes the same rows with
`bulk_create_with_history`, in one transaction: persons, names, addresses and mandates.
"""

import gc
import hashlib
import io
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone
from openpyxl import load_workbook
from simple_history.utils import bulk_create_with_history

from benchmarks.measuring import Result, in_turn, peak_megabytes, seconds
from governance.models import (
    Act,
    ContactDetail,
    ImportRun,
    Mandate,
    Person,
    PersonName,
    Seat,
    User,
    carrying_out,
)
from governance.permissions import visible_groups
from governance.queries import roster_sheets
from governance.queries.roster_sheets import read_key
from governance.services import imports
from governance.sheets import read_sheet, write_xlsx
from governance.temporal import today
from tests.worlds import FIRST, World, grant, make_group, make_person, make_user, make_world

MANDATES = 10_000
GROUPS = 20
ROUNDS = 3
BATCH = 500
LIMIT, MEGABYTES = 3.0, 300.0
# What either way may have written, those that refer to others first.
HISTORIES = [noun.history.model for noun in (Mandate, ContactDetail, PersonName, Person)]
WRITTEN = [*HISTORIES, Mandate, ContactDetail, PersonName, Person, ImportRun]
WRITTEN += [Act.groups.through, Act]


def measure() -> list[Result]:
    world = make_world("Radstad")
    coordinator = make_user("samordnare@example.org")
    make_person(world.city, user=coordinator)
    grant(coordinator, "edit_structure", world.agreement)
    make_seats(world)
    staff = make_staff(world)
    results = [
        ratio("nya personer", coordinator, filled_in(coordinator, [])),
        ratio("personer som redan finns", coordinator, filled_in(coordinator, staff)),
    ]
    peak = Result("Mest minne under mätningen", peak_megabytes(), MEGABYTES, "MB")
    return [*results, peak]


def ratio(words: str, user: User, content: bytes) -> Result:
    """The least and the import in turn, each from and back to vacant seats."""

    def floor() -> float:
        return taken_back(lambda: write_at_once(content))

    def whole() -> float:
        return taken_back(lambda: read_in(user, content))

    least, taken = in_turn(ROUNDS, floor, whole)
    return Result(
        what=f"Läsa in {MANDATES} uppdrag, {words}, mot golvet",
        cost=taken / least,
        limit=LIMIT,
        unit="gånger",
        details=f"inläsningen {taken:.1f} s, golvet {least:.1f} s",
    )


def make_seats(world: World) -> None:
    """As many vacant seats as there will be mandates, in groups of five hundred."""
    each = MANDATES // GROUPS
    Seat.objects.bulk_create(
        Seat(
            group=group,
            organization=world.company,
            function=world.member.function,
            number=number,
            valid_from=FIRST,
        )
        for group in [make_group(world.agreement, f"Radgrupp {at}") for at in range(GROUPS)]
        for number in range(1, each + 1)
    )


def make_staff(world: World) -> list[PersonName]:
    """As many people at the company as there are seats."""
    people = Person.objects.bulk_create(
        Person(organization=world.company, title="chef") for _ in range(MANDATES)
    )
    return PersonName.objects.bulk_create(
        PersonName(person=person, given_name="Känd", family_name=surname(at))
        for at, person in enumerate(people)
    )


def filled_in(user: User, staff: list[PersonName]) -> bytes:
    """The exported workbook with one of `staff` on every seat of these groups, or somebody new."""
    keys = [column.key for column in roster_sheets.COLUMNS]
    groups = visible_groups(user).filter(name__startswith="Radgrupp")
    rows = []
    for at, row in enumerate(roster_sheets.roster_rows(user, groups, today())):
        who = known(staff[at]) if staff else somebody_new(at)
        cells = {"kind": "ordinarie", "valid_from": today(), **who}
        rows.append([cells.get(key, cell) for key, cell in zip(keys, row, strict=True)])
    return write_xlsx(roster_sheets.headings(), rows, "Ledamöter")


def known(name: PersonName) -> dict[str, str]:
    return {
        "person_key": roster_sheets.key_of(name.person),
        "given_name": name.given_name,
        "family_name": name.family_name,
        "title": name.person.title,
    }


def surname(at: int) -> str:
    """Letters that are no misspelling of any other surname here."""
    letters = hashlib.sha256(str(at).encode()).hexdigest()[:10]
    return letters.translate(str.maketrans("0123456789", "ghijklmnop")).capitalize()


def somebody_new(at: int) -> dict[str, str]:
    return {
        "given_name": "Prov",
        "family_name": surname(-at),
        "title": "handläggare",
        "email": f"prov.{at}@example.org",
    }


def read_in(user: User, content: bytes) -> None:
    """From the file to the confirmed act, as the command does it."""
    sheet = read_sheet(content, "lista.xlsx")
    run = imports.upload(user=user, sheet=sheet, day=today(), now=timezone.now())
    imports.confirm(user=user, run=run)


def write_at_once(content: bytes) -> None:
    """The same rows with as little as can be done about them."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    headings, *rows = book.worksheets[0].iter_rows(values_only=True)
    lines = [dict(zip(headings, row, strict=True)) for row in rows]
    seats = {roster_sheets.key_of(seat): seat for seat in Seat.objects.all()}
    at = [seats[line["Rad (nyckel)"]] for line in lines]
    with transaction.atomic(), carrying_out(Act.objects.create(verb=Act.Verb.IMPORT)):
        if lines[0]["Person (nyckel)"]:
            ids = [read_key(line["Person (nyckel)"])[1] for line in lines]
        else:
            ids = write_people(at, lines)
        bulk_create_with_history(
            [
                Mandate(
                    seat=seat,
                    person_id=person,
                    title_then=line["Titel"],
                    valid_from=line["Från och med"].date(),
                )
                for seat, person, line in zip(at, ids, lines, strict=True)
            ],
            Mandate,
            batch_size=BATCH,
        )


def write_people(at: list[Seat], lines: list[dict[str, Any]]) -> list[int]:
    rows = [
        Person(organization_id=seat.organization_id, title=line["Titel"])
        for seat, line in zip(at, lines, strict=True)
    ]
    bulk_create_with_history(rows, Person, batch_size=BATCH)
    names = [
        PersonName(person=person, given_name=line["Förnamn"], family_name=line["Efternamn"])
        for person, line in zip(rows, lines, strict=True)
    ]
    bulk_create_with_history(names, PersonName, batch_size=BATCH)
    details = [
        ContactDetail(person=person, kind="email", value=line["E-post"], main=True)
        for person, line in zip(rows, lines, strict=True)
    ]
    bulk_create_with_history(details, ContactDetail, batch_size=BATCH)
    return [person.pk for person in rows]


def taken_back(work: Callable[[], object]) -> float:
    """The seconds that the work took; what it wrote is taken away again, untimed."""
    before = {model: last_pk(model) for model in WRITTEN}
    gc.collect()
    taken = seconds(work)
    assert Mandate.objects.filter(pk__gt=before[Mandate]).count() == MANDATES
    for model in WRITTEN:
        rows = model._base_manager.filter(pk__gt=before[model])
        rows._raw_delete(rows.db)
    return taken


def last_pk(model: type[Model]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0
