"""The rows of a list of stock as values, with every fault found."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.addresses import AddressParts, read_address, read_addresses, read_postal_code
from governance.designations import Designation, read_designations
from governance.geo import Point, Reading, read_pair, read_point
from governance.models import Area, HoldingKind, Property
from governance.queries.imports import words
from governance.queries.stock_ground import Home
from governance.queries.stock_sheets import NO, YES, read_key
from governance.services.import_cells import Fault
from governance.sheets import Row, Sheet, SheetError, read_cell_day, read_cell_number
from governance.swedish import listed

_LONGEST_NUMBER = 40
_MOST_FLATS = 100_000
_YEARS = range(1900, 2200)
_USES = {words(str(label)): value for value, label in Property.Use.choices} | {
    "bostad": "housing", "bostadshus": "housing", "bostadsfastighet": "housing",
    "hyresrätt": "housing", "studentbostäder": "housing", "skolor": "school",
    "förskola": "school", "utbildning": "school", "vårdboende": "care", "omsorg": "care",
    "äldreboende": "care", "vård och omsorg": "care", "lokaler": "premises",
    "butik": "premises", "kontor": "premises", "garage": "premises", "parkering": "premises",
    "obebyggd": "land", "tomt": "land",
}  # fmt: skip
_KINDS = {words(str(label)): value for value, label in HoldingKind.choices} | {
    "ägd": "owns", "ägt": "owns", "ägare": "owns", "äganderätt": "owns", "eget": "owns",
    "tomträttshavare": "leasehold", "hyr": "rents", "hyrd": "rents", "inhyrd": "rents",
    "förvaltar": "manages", "förvaltas": "manages", "förvaltning": "manages",
}  # fmt: skip
_YES_NO = {YES: True, "j": True, "x": True, "1": True, "sant": True, NO: False, "n": False,
           "0": False, "falskt": False}  # fmt: skip
_PERSONNUMMER = re.compile(r"(19|20)?\d\d(0\d|1[0-2])[0-3]\d ?[-+] ?\d{4}")
_EXAMPLE = "Skriv till exempel Kvarnvingen 3 eller Kristineberg 1:10."


@dataclass
class StockEntry:
    """One row as values; what the row does not say is None or empty."""

    number: int
    row_key: int | None = None
    designations: list[Designation] = field(default_factory=list)
    own_number: str = ""
    addresses: list[AddressParts] = field(default_factory=list)
    area: Area | None = None
    flats: int | None = None
    use: str = ""
    kind: str = ""
    point: Point | None = None
    swapped: bool = False
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    hidden: bool | None = None
    faulty: bool = False


class StockCells:
    """Reads rows by the chosen columns, and gathers what is wrong."""

    def __init__(self, sheet: Sheet, keys: Sequence[str], home: Home) -> None:
        self.at = {key: at for at, key in enumerate(keys) if key}
        self.sheet, self.home = sheet, home
        self.faults: list[Fault] = []
        self._readers: dict[str, Callable[[StockEntry, str], None]] = {
            "row_key": self._row_key,
            "designation": self._designation,
            "own_number": self._own_number,
            "area": self._area,
            "flats": self._flats,
            "use": self._use,
            "kind": self._kind,
            "hidden": self._hidden,
            "valid_from": self._first_day,
            "valid_through": self._last_day,
        }

    def fault(self, entry: StockEntry, text: str, *keys: str) -> None:
        found = (self.sheet.headings[self.at[key]] for key in keys if key in self.at)
        self.faults.append(Fault(entry.number, next(found, ""), text))
        entry.faulty = True

    def entries(self) -> list[StockEntry]:
        return [self._entry(row) for row in self.sheet.rows]

    def _entry(self, row: Row) -> StockEntry:
        texts = {key: row.cells[at].strip() for key, at in self.at.items()}
        entry = StockEntry(row.number)
        for key, read in self._readers.items():
            if text := texts.get(key, ""):
                read(entry, text)
        self._read_address(entry, texts)
        self._read_point(entry, texts)
        self._check(entry)
        return entry

    def _check(self, entry: StockEntry) -> None:
        named = entry.row_key or entry.designations or entry.own_number or entry.addresses
        if not named and not entry.faulty:
            said = "Raden nämner ingen fastighet. Skriv beteckning, eget nummer eller adress."
            self.fault(entry, said, "designation", "own_number", "address")

    # -- one cell ---------------------------------------------------------------------------

    def _row_key(self, entry: StockEntry, text: str) -> None:
        try:
            entry.row_key = read_key(text)
        except SheetError as error:
            self.fault(entry, str(error), "row_key")

    def _designation(self, entry: StockEntry, text: str) -> None:
        found = read_designations(text)
        if found is None:
            said = f"{text[:60]} är ingen fastighetsbeteckning. {_EXAMPLE}"
            self.fault(entry, said, "designation")
            return
        if any(each.in_common for each in found):
            said = f"{text[:60]} är en samfällighet, som inte hör till ett bestånd. Ta bort raden."
            self.fault(entry, said, "designation")
        entry.designations = [each.within(self.home.municipality) for each in found]

    def _own_number(self, entry: StockEntry, text: str) -> None:
        plain = " ".join(text.split())
        if len(plain) > _LONGEST_NUMBER:
            said = f"Numret är {len(plain)} tecken. Det får vara högst {_LONGEST_NUMBER}."
            self.fault(entry, said, "own_number")
        elif _PERSONNUMMER.fullmatch(plain) or "@" in plain:
            said = "Det ser ut som en personuppgift. Skriv fastighetens nummer eller töm cellen."
            self.fault(entry, said, "own_number")
        else:
            entry.own_number = plain

    def _area(self, entry: StockEntry, text: str) -> None:
        found = self.home.areas.get(words(text), [])
        if len(found) == 1:
            entry.area = found[0]
            return
        said = f"Det finns ingen stadsdel som heter {text[:60]}."
        if found:
            said = f"Flera stadsdelar heter {text[:60]}."
        near = self.home.near(text)
        more = f" Menade du {listed(near, 'eller')}?" if near and not found else ""
        self.fault(entry, f"{said}{more} Rätta, eller ta inte med kolumnen.", "area")

    def _flats(self, entry: StockEntry, text: str) -> None:
        try:
            number = read_cell_number(text)
        except SheetError:
            number = None
        if number is None or number != int(number) or not 0 <= number <= _MOST_FLATS:
            said = f"Antalet lägenheter ska vara ett heltal från 0 till {_MOST_FLATS}."
            self.fault(entry, said, "flats")
        else:
            entry.flats = int(number)

    def _use(self, entry: StockEntry, text: str) -> None:
        entry.use = self._choice(entry, text, "use", _USES, Property.Use.labels)

    def _kind(self, entry: StockEntry, text: str) -> None:
        entry.kind = self._choice(entry, text, "kind", _KINDS, HoldingKind.labels)

    def _choice(
        self, entry: StockEntry, text: str, key: str, known: dict[str, str], shown: Any
    ) -> str:
        value = known.get(words(text), "")
        if not value:
            said = f"{text[:40]} känns inte igen. Välj bland {listed(map(str, shown))}."
            self.fault(entry, said, key)
        return value

    def _hidden(self, entry: StockEntry, text: str) -> None:
        entry.hidden = _YES_NO.get(words(text))
        if entry.hidden is None:
            self.fault(entry, f"Skriv {YES} eller {NO}.", "hidden")

    def _first_day(self, entry: StockEntry, text: str) -> None:
        entry.first_day = self._day(entry, text, "valid_from")

    def _last_day(self, entry: StockEntry, text: str) -> None:
        entry.last_day = self._day(entry, text, "valid_through")

    def _day(self, entry: StockEntry, text: str, key: str) -> datetime.date | None:
        try:
            day = read_cell_day(text)
        except SheetError as error:
            self.fault(entry, str(error), key)
            return None
        if day is not None and day.year not in _YEARS:
            self.fault(entry, "Välj en dag mellan år 1900 och 2199.", key)
            return None
        return day

    # -- several cells -----------------------------------------------------------------------

    def _read_address(self, entry: StockEntry, texts: dict[str, str]) -> None:
        """The cell of addresses and the cells of street, number and postal code."""
        whole, street = texts.get("address", ""), texts.get("street", "")
        if whole:
            found = read_addresses(whole)
            if found is None:
                said = "Adressen går inte att läsa. Skriv till exempel Farstavägen 12 A, 123 45."
                self.fault(entry, said, "address")
            entry.addresses += found or []
        if street:
            one = read_address(f"{street} {texts.get('street_number', '')}".strip())
            if one is None:
                said = "Gatan och numret går inte att läsa. Skriv som Farstavägen och 12 A."
                self.fault(entry, said, "street", "street_number")
            else:
                entry.addresses.append(one)
        if code := texts.get("postal_code", ""):
            postal = read_postal_code(code)
            if not postal:
                self.fault(entry, "Postnumret ska ha fem siffror, som 123 45.", "postal_code")
            entry.addresses = [
                each if each.postal_code else _posted(each, postal) for each in entry.addresses
            ]

    def _read_point(self, entry: StockEntry, texts: dict[str, str]) -> None:
        first, second = texts.get("first", ""), texts.get("second", "")
        found: Reading | None = None
        if first or second:
            found = read_pair(first, second)
        elif text := texts.get("point", ""):
            found = read_point(text)
        if found is None:
            return
        if found.point is None:
            self.fault(entry, found.sentence, "first", "point")
        entry.point, entry.swapped = found.point, found.swapped


def _posted(parts: AddressParts, postal_code: str) -> AddressParts:
    return AddressParts(
        parts.street,
        parts.number,
        parts.letter,
        parts.number_through,
        parts.letter_through,
        postal_code,
    )
