"""Rosters as sheets: the columns of the export, which is also the template of the import.

One row for each mandate in force on the day, and one without a person for each seat that
has neither an ordinary holder nor an acting one, so that the sheet can be filled in.
Rows and persons are recognised by opaque keys, else by the words themselves.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from governance.models import (
    ContactDetail,
    Level,
    Mandate,
    Person,
    PersonName,
    Seat,
    Status,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import contacts
from governance.queries.organizations import name_parts_by_mandate
from governance.queries.rosters import mandates_by_seat, seat_status
from governance.rights import Account
from governance.sheets import SheetError
from governance.temporal import PeriodQuerySet

# Stands for a name that the reader may not see. Its row changes nothing about the person.
MASKED = "Namnet visas inte"


@dataclass(frozen=True)
class Column:
    """One column of the sheet; what is typed in a `read_only` one is never imported."""

    key: str
    heading: str
    read_only: bool = False
    choices: tuple[str, ...] = ()
    of_days: bool = False


COLUMNS = (
    Column("row_key", "Rad (nyckel)"),
    Column("person_key", "Person (nyckel)"),
    Column("group", "Styrgrupp"),
    Column("organization", "Organisation"),
    Column("function", "Funktion"),
    Column("number", "Nummer"),
    Column("role", "Roll", choices=tuple(map(str, Seat.Role.labels))),
    Column("given_name", "Förnamn"),
    Column("family_name", "Efternamn"),
    Column("title", "Titel"),
    Column("email", "E-post"),
    Column("phone", "Telefon"),
    Column("kind", "Slag", choices=tuple(map(str, Mandate.Kind.labels))),
    Column("level", "Nivå", choices=tuple(map(str, Level.labels))),
    Column("valid_from", "Från och med", of_days=True),
    Column("valid_through", "Till och med", of_days=True),
    Column("basis", "Grund", choices=tuple(map(str, Mandate.Basis.labels))),
    Column("basis_reference", "Hänvisning"),
    Column("decided_on", "Beslutat den", of_days=True),
    Column("status", "Läge", read_only=True),
)

_KIND_ORDER = {kind: place for place, kind in enumerate(Mandate.Kind)}


# -- keys ---------------------------------------------------------------------------------

_LETTERS: dict[str, type[Mandate | Seat | Person]] = {"U": Mandate, "S": Seat, "P": Person}


def key_of(row: Mandate | Seat | Person) -> str:
    """What stands for the row in a sheet: `U123-4f0a` for a mandate, S for a seat, P for a person.

    The last part is worked out with the installation's secret, so that a key that was
    mistyped, or comes from elsewhere, is found out.
    """
    letter = next(letter for letter, model in _LETTERS.items() if isinstance(row, model))
    return f"{letter}{row.pk}-{_check(letter, row.pk)}"


def read_key(text: str) -> tuple[type[Mandate | Seat | Person], int]:
    """Of which model the key is, and the id. Raises SheetError for what is no key of ours."""
    body, _, check = text.strip().partition("-")
    letter, digits = body[:1].upper(), body[1:]
    if letter in _LETTERS and digits.isascii() and digits.isdigit() and len(digits) < 19:
        pk = int(digits)
        if constant_time_compare(check.lower(), _check(letter, pk)):
            return _LETTERS[letter], pk
    raise SheetError(
        f"Nyckeln {text.strip()[:40]} stämmer inte. Hämta filen på nytt, eller töm cellen "
        "så att raden känns igen på orden i stället."
    )


def _check(letter: str, pk: int) -> str:
    return salted_hmac("governance.queries.roster_sheets", f"{letter}{pk}").hexdigest()[:4]


# -- rows ---------------------------------------------------------------------------------


def headings() -> list[str]:
    return [column.heading for column in COLUMNS]


def choices() -> dict[str, tuple[str, ...]]:
    """The words to choose among, by heading, in the columns that have such."""
    return {column.heading: column.choices for column in COLUMNS if column.choices}


def days() -> list[str]:
    """The headings of the columns that hold days."""
    return [column.heading for column in COLUMNS if column.of_days]


def roster_rows(
    user: Account,
    groups: SteeringGroupQuerySet,
    day: datetime.date,
    seats: PeriodQuerySet[Seat] | None = None,
) -> list[list[object]]:
    """The rows of the sheet for `groups`, which the reader may see, on `day`.

    `seats` narrows it to some of their seats. Six queries at most, whatever the number of
    groups and rows. Days come as dates, all else as text.
    """
    rows = groups.as_of(day).with_state(day).select_related("agreement")
    by_id = {group.pk: group for group in rows}
    wanted = (Seat.objects.all() if seats is None else seats).as_of(day).filter(group__in=by_id)
    mandates = mandates_by_seat(wanted)
    found = sorted(
        wanted.order_by().select_related("function", "organization"),
        key=lambda seat: (
            *_in_list(by_id[seat.group_id]),
            seat.in_roster,
        ),
    )
    sitting = {seat.pk: _sitting(mandates.get(seat.pk, []), day) for seat in found}
    shown = name_parts_by_mandate(
        user, [(each, by_id[seat.group_id]) for seat in found for each in sitting[seat.pk]]
    )
    reached = contacts(each.person for rows in sitting.values() for each in rows)
    lines: list[list[object]] = []
    for seat in found:
        group = by_id[seat.group_id]
        status = seat_status(seat, mandates.get(seat.pk, ()), day, group)
        lines += _lines(seat, group, status, sitting[seat.pk], shown, reached)
    return lines


def _in_list(group: SteeringGroup) -> tuple[str, str, int]:
    return group.kind, group.sort_key, group.pk


def _sitting(mandates: Iterable[Mandate], day: datetime.date) -> list[Mandate]:
    """Those in force on the day, the ordinary holder first, personal deputies last."""
    return sorted(
        (each for each in mandates if each.in_force(day)),
        key=lambda each: (_KIND_ORDER[Mandate.Kind(each.kind)], each.valid_from, each.pk),
    )


def _lines(
    seat: Seat,
    group: SteeringGroup,
    status: Status,
    sitting: list[Mandate],
    shown: Mapping[int, PersonName | None],
    reached: Mapping[int, list[ContactDetail]],
) -> list[list[object]]:
    of_seat: dict[str, object] = {
        "group": group.name,
        "organization": seat.organization.name,
        "function": seat.function.title,
        "number": str(seat.number),
        "role": seat.get_role_display(),
        "status": status.text,
    }
    cells = [
        of_seat | _of_mandate(each, shown[each.pk]) | _reached(reached.get(each.person_id, []))
        for each in sitting
    ]
    if all(each.kind == Mandate.Kind.PERSONAL_DEPUTY for each in sitting):
        cells.insert(0, of_seat | {"row_key": key_of(seat)})
    return [[each.get(column.key, "") for column in COLUMNS] for each in cells]


def _of_mandate(mandate: Mandate, name: PersonName | None) -> dict[str, object]:
    return {
        "row_key": key_of(mandate),
        "person_key": key_of(mandate.person),
        "given_name": name.given_name if name else MASKED,
        "family_name": name.family_name if name else "",
        "title": mandate.title_then or mandate.person.title,
        "kind": mandate.get_kind_display(),
        "level": mandate.get_level_display() if mandate.level else "",
        "valid_from": mandate.valid_from,
        "valid_through": mandate.valid_through,
        "basis": mandate.get_basis_display(),
        "basis_reference": mandate.basis_reference,
        "decided_on": mandate.decided_on,
    }


def _reached(details: list[ContactDetail]) -> dict[str, object]:
    """The first address and the first number, the main one before the others."""
    emails = [each.value for each in details if each.kind == ContactDetail.Kind.EMAIL]
    numbers = [each.value for each in details if each.kind != ContactDetail.Kind.EMAIL]
    return {"email": emails[0] if emails else "", "phone": numbers[0] if numbers else ""}
