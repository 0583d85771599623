"""A company's stock as a sheet: the columns of the export, which is also the import's template."""

from collections.abc import Iterable

from django.utils.crypto import constant_time_compare, salted_hmac

from governance.models import Address, Holding, HoldingKind, Property
from governance.queries.roster_sheets import Column
from governance.sheets import SheetError

YES, NO = "ja", "nej"
COLUMNS = (
    Column("row_key", "Rad (nyckel)"),
    Column("own_number", "Eget nummer"),
    Column("designation", "Fastighetsbeteckning"),
    Column("address", "Adresser"),
    Column("area", "Stadsdel"),
    Column("flats", "Lägenheter"),
    Column("use", "Används till", choices=tuple(map(str, Property.Use.labels))),
    Column("kind", "Slag", choices=tuple(map(str, HoldingKind.labels))),
    Column("first", "Nord"),
    Column("second", "Öst"),
    Column("valid_from", "Från och med", of_days=True),
    Column("valid_through", "Till och med", of_days=True),
    Column("hidden", "Visas inte", choices=(YES, NO)),
)


def headings() -> list[str]:
    return [column.heading for column in COLUMNS]


def choices() -> dict[str, tuple[str, ...]]:
    """The words to choose among, by heading, in the columns that have such."""
    return {column.heading: column.choices for column in COLUMNS if column.choices}


def days() -> list[str]:
    """The headings of the columns that hold days."""
    return [column.heading for column in COLUMNS if column.of_days]


def key_of(holding: Holding) -> str:
    """What stands for the row in a sheet: `B123-4f0a`; the last part finds a mistyped one out."""
    return f"B{holding.pk}-{_check(holding.pk)}"


def read_key(text: str) -> int:
    """The id of the holding. Raises SheetError for what is no key of ours."""
    body, _, check = text.strip().partition("-")
    digits = body[1:]
    ours = body[:1].upper() == "B" and digits.isascii() and digits.isdigit() and len(digits) < 19
    if ours and constant_time_compare(check.lower(), _check(int(digits))):
        return int(digits)
    raise SheetError(
        f"Nyckeln {text.strip()[:40]} stämmer inte. Hämta filen på nytt, eller töm cellen "
        "så att raden känns igen på beteckningen i stället."
    )


def _check(pk: int) -> str:
    return salted_hmac("governance.queries.stock_sheets", f"B{pk}").hexdigest()[:4]


def address_cell(addresses: Iterable[Address]) -> str:
    """All addresses of a property in one cell, as `read_addresses` takes them."""
    texts = [
        f"{each.text()}, {each.postal_code}" if each.postal_code else each.text()
        for each in addresses
    ]
    return "; ".join(texts)


def stock_rows(holdings: Iterable[Holding]) -> list[list[object]]:
    """The rows of the sheet; each holding comes with its property, area and addresses."""
    return [_row(holding) for holding in holdings]


def _row(holding: Holding) -> list[object]:
    this = holding.property
    return [
        key_of(holding),
        holding.own_number,
        this.designation,
        address_cell(this.addresses.all()),
        this.stated_area.name if this.stated_area else "",
        "" if this.flats is None else this.flats,
        this.get_use_display(),
        holding.get_kind_display(),
        "" if this.north is None else this.north,
        "" if this.east is None else this.east,
        holding.valid_from,
        holding.valid_through,
        YES if this.hidden else NO,
    ]
