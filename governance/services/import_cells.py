"""The cells of a list as values: days, choices, addresses and keys, with every fault found."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from governance.models import ContactDetail, Level, Mandate, Person, PersonName, Seat
from governance.queries.imports import words
from governance.queries.roster_sheets import MASKED, read_key
from governance.services.import_columns import NAME
from governance.sheets import Row, Sheet, SheetError, read_cell_day, read_cell_number
from governance.swedish import listed

_LONGEST = {
    "given_name": PersonName._meta.get_field("given_name").max_length,
    "family_name": PersonName._meta.get_field("family_name").max_length,
    "title": Person._meta.get_field("title").max_length,
    "email": ContactDetail._meta.get_field("value").max_length,
    "phone": 40,
    "basis_reference": Mandate._meta.get_field("basis_reference").max_length,
}
_CHOICES = {
    "role": {words(str(label)): value for value, label in Seat.Role.choices},
    "kind": {words(str(label)): value for value, label in Mandate.Kind.choices},
    "level": {words(str(label)): value for value, label in Level.choices},
    "basis": {words(str(label)): value for value, label in Mandate.Basis.choices},
}
_SHORT = {
    "role": {"ordf": "chair", "v ordf": "vice_chair", "vice ordf": "vice_chair",
             "medlem": "member", "ordinarie": "member", "sekr": "secretary",
             "ordinarie ledamot": "member", "suppleant": "deputy"},
    "kind": {"tf": "acting", "t f": "acting", "tillförordnad chef": "acting",
             "ersättare": "deputy", "ordinarie ledamot": "ordinary"},
    "level": {"beslutande": "deciding", "chef": "deciding", "mandat": "authorized"},
    "basis": {"befattning": "position", "befattningen": "position"},
}  # fmt: skip
_LABELS = {
    "role": "Okänd roll",
    "kind": "Okänt slag",
    "level": "Okänd nivå",
    "basis": "Okänd grund",
}
_SHOWN = {
    "role": Seat.Role.labels,
    "kind": Mandate.Kind.labels,
    "level": Level.labels,
    "basis": Mandate.Basis.labels,
}
_NO_NAME = re.compile(r"@|\d{6}[-+ ]?\d{4}|\d{8}[-+ ]?\d{4}")  # an address, a personnummer
_PHONE = re.compile(r"\+?[\d ()/-]{5,30}")
_IN_BRACKETS = re.compile(r".*<([^<>]+)>\s*")
# Small words that belong to the family name: von Essen, af Ugglas, de la Gardie.
_PARTICLES = {"von", "af", "de", "la", "van", "der", "den", "du", "del", "al", "el", "ben"}
# What people write where nobody sits.
_NOBODY = {"vakant", "vakans", "vacant", "nn", "n n", "-", "–", "?", "saknas", "tillsätts"}
_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: the row and the heading as they stand in the user's own file."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"Rad {self.row}, {self.column}" if self.column else f"Rad {self.row}"
        return f"{place}: {self.text}"


@dataclass
class Entry:
    """One row as values. `given` names the columns with content, whatever it is worth."""

    number: int
    texts: dict[str, str]
    given: frozenset[str]
    given_name: str = ""
    family_name: str = ""
    masked: bool = False
    row_key: tuple[type[Model], int] | None = None
    person_key: int | None = None
    seat_number: int | None = None
    choices: dict[str, str] = field(default_factory=dict)
    days: dict[str, datetime.date | None] = field(default_factory=dict)
    faulty: bool = False

    @property
    def full(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def has_person(self) -> bool:
        return bool(self.full or self.texts["email"] or self.person_key) or self.masked

    @property
    def first_day(self) -> datetime.date | None:
        return self.days.get("valid_from")

    @property
    def last_day(self) -> datetime.date | None:
        return self.days.get("valid_through")


class Cells:
    """Reads rows by the chosen columns, and gathers what is wrong."""

    def __init__(self, sheet: Sheet, keys: Sequence[str]) -> None:
        self.at = {key: at for at, key in enumerate(keys) if key}
        self.sheet = sheet
        self.faults: list[Fault] = []

    def heading(self, *keys: str) -> str:
        """The user's own heading of the first of the columns that the list has."""
        return next((self.sheet.headings[self.at[key]] for key in keys if key in self.at), "")

    def fault(self, entry: Entry, text: str, *keys: str) -> None:
        self.faults.append(Fault(entry.number, self.heading(*keys), text))
        entry.faulty = True

    def entries(self) -> list[Entry]:
        return [self._entry(row) for row in self.sheet.rows]

    def _entry(self, row: Row) -> Entry:
        texts = {key: " ".join(row.cells[at].split()) for key, at in self.at.items()}
        given = frozenset(key for key, text in texts.items() if text)
        for key in ("email", "phone", "title", "group", "organization", "function"):
            texts.setdefault(key, "")
        entry = Entry(row.number, texts, given)
        self._read_name(entry)
        self._read_keys(entry)
        self._read_choices(entry)
        self._read_days(entry)
        self._read_contacts(entry)
        for key, longest in _LONGEST.items():
            text = getattr(entry, key, "") or texts.get(key, "")
            if longest is not None and len(text) > longest:
                said = f"Texten är {len(text)} tecken. Det får vara högst {longest}."
                self.fault(entry, said, key, NAME)
        return entry

    def _read_name(self, entry: Entry) -> None:
        given, family = entry.texts.get("given_name", ""), entry.texts.get("family_name", "")
        if NAME in entry.given and not given:
            given, split = split_name(entry.texts[NAME])
            family = family or split
        entry.masked = words(f"{given} {family}") == words(MASKED)
        if entry.masked or words(f"{given} {family}") in _NOBODY:
            return
        entry.given_name, entry.family_name = given, family
        if family and not given:
            self.fault(entry, "Förnamnet saknas. Skriv det.", "given_name", "family_name")
        if _NO_NAME.search(f"{given} {family}"):
            self.fault(
                entry, "Det ser inte ut som ett namn. Skriv bara namnet.", "given_name", NAME
            )

    def _read_keys(self, entry: Entry) -> None:
        for key, models in (("row_key", (Mandate, Seat)), ("person_key", (Person,))):
            if key not in entry.given:
                continue
            try:
                model, pk = read_key(entry.texts[key])
            except SheetError as error:
                self.fault(entry, str(error), key)
                continue
            if model not in models:
                self.fault(entry, "Nyckeln hör till en annan kolumn. Töm cellen.", key)
            elif key == "row_key":
                entry.row_key = (model, pk)
            else:
                entry.person_key = pk

    def _read_choices(self, entry: Entry) -> None:
        for key, known in _CHOICES.items():
            if key not in entry.given:
                continue
            text = words(entry.texts[key])
            value = known.get(text) or _SHORT[key].get(text)
            if value is None:
                said = f"{_LABELS[key]}: {entry.texts[key][:40]}. "
                self.fault(entry, f"{said}Välj bland {listed(map(str, _SHOWN[key]))}.", key)
            else:
                entry.choices[key] = value
        if "number" in entry.given:
            self._read_number(entry)

    def _read_number(self, entry: Entry) -> None:
        try:
            number = read_cell_number(entry.texts["number"])
        except SheetError:
            number = None
        if number is None or number != int(number) or not 1 <= number <= 999:
            self.fault(entry, "Platsens nummer ska vara ett heltal från 1 till 999.", "number")
        else:
            entry.seat_number = int(number)

    def _read_days(self, entry: Entry) -> None:
        for key in ("valid_from", "valid_through", "decided_on"):
            if key not in self.at:
                continue
            try:
                entry.days[key] = _day(entry.texts[key])
            except SheetError as error:
                self.fault(entry, str(error), key)
        first, last = entry.first_day, entry.last_day
        if first and last and Mandate(valid_from=first).is_upcoming(last):
            self.fault(entry, "Sista dagen ligger före första dagen.", "valid_through")

    def _read_contacts(self, entry: Entry) -> None:
        email = entry.texts["email"].removeprefix("mailto:")
        if found := _IN_BRACKETS.fullmatch(email):
            email = found[1].strip()
        entry.texts["email"] = email
        if email:
            try:
                validate_email(email)
            except ValidationError:
                said = "Det är ingen e-postadress. Skriv till exempel namn@example.org."
                self.fault(entry, said, "email")
        phone = entry.texts["phone"]
        if phone and (not _PHONE.fullmatch(phone) or sum(map(str.isdigit, phone)) < 5):
            said = "Det är inget telefonnummer. Skriv ett nummer, till exempel 08-508 00 000."
            self.fault(entry, said, "phone")


@lru_cache(maxsize=20_000)
def _day(text: str) -> datetime.date | None:
    """As `read_cell_day`; raises SheetError also for years that no period can begin or end in."""
    day = read_cell_day(text)
    if day is not None and day.year not in _YEARS:
        raise SheetError("Välj en dag mellan år 1900 och 2199.")
    return day


def split_name(text: str) -> tuple[str, str]:
    """Given name and family name of `Anna von Essen` and of `von Essen, Anna`."""
    family, comma, given = text.partition(",")
    if comma and given.strip():
        return given.strip(), family.strip()
    parts = text.replace(",", " ").split()
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    return (" ".join(parts[:at]), " ".join(parts[at:])) if at > 0 else (text.strip(), "")


def digits(phone: str) -> str:
    """A number as it is compared: +46 70-123 and 070 123 are the same."""
    found = "".join(filter(str.isdigit, phone.replace("(0)", "")))
    if phone.strip().startswith("+46"):
        return f"0{found[2:].lstrip('0')}"
    return f"0{found[4:].lstrip('0')}" if found.startswith("0046") else found
