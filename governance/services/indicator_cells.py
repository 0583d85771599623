"""The rows of a list of values as values, with every fault found."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from governance.models import Area, Indicator, IndicatorValue
from governance.queries.imports import words
from governance.queries.indicators import TOO_SMALL, where
from governance.services.import_cells import Fault
from governance.services.indicators import wrong_number
from governance.sheets import Row, Sheet, SheetError, read_cell_day, read_cell_number
from governance.swedish import listed

_LONGEST_SOURCE = 300
_YEARS = range(1900, 2201)
_DAY_YEARS = range(1900, 2200)
_NOTHING = {"", "-", "–", "..", ".", "saknas", "ej mätt", "ingen mätning", "ingen uppgift"}
_KINDS = {words(str(label)): value for value, label in Area.Kind.choices} | {
    "sdo": "stadsdelsomrade", "stadsdelsnämnd": "stadsdelsomrade", "sdn": "stadsdelsomrade",
    "stadsdelsnämndsområde": "stadsdelsomrade", "lpo": "lokalpolisomrade", "po": "polisomrade",
    "region": "polisregion", "hela staden": "kommun", "stad": "kommun", "plats": "plats",
}  # fmt: skip


@dataclass(frozen=True)
class Common:
    """What holds for the rows that do not say it themselves."""

    indicator: int | None = None
    kind: str = ""
    year: int | None = None


@dataclass
class ValueEntry:
    """One row as values. `number` None with `masked` or without means that nothing is said."""

    row: int
    indicator: Indicator | None = None
    area: Area | None = None
    year: int | None = None
    number: Decimal | None = None
    masked: bool = False
    measured_on: datetime.date | None = None
    source: str = ""
    given: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    faulty: bool = False


class ValueGround:
    """What the words stand for: all indicators, the areas entered for, and what is there.

    Three queries whatever the number of rows.
    """

    def __init__(self, areas: Iterable[int]) -> None:
        self.indicators = {row.pk: row for row in Indicator.objects.all()}
        self.areas = {row.pk: row for row in Area.objects.filter(pk__in=set(areas))}
        rows = IndicatorValue.objects.filter(area__in=self.areas)
        self.there = {(row.indicator_id, row.area_id, row.year): row for row in rows}
        for row in self.there.values():
            row.indicator, row.area = self.indicators[row.indicator_id], self.areas[row.area_id]
        self.indicator_words: dict[str, list[Indicator]] = defaultdict(list)
        for each in self.indicators.values():
            for text in {words(each.code), words(each.name), words(each.slug)}:
                self.indicator_words[text].append(each)
        self.area_words: dict[str, list[Area]] = defaultdict(list)
        for area in self.areas.values():
            for text in {words(area.name), words(area.slug)}:
                self.area_words[text].append(area)


class ValueCells:
    """Reads rows by the chosen columns, and gathers what is wrong."""

    def __init__(
        self, sheet: Sheet, keys: Sequence[str], ground: ValueGround, common: Common
    ) -> None:
        self.at = {key: at for at, key in enumerate(keys) if key}
        self.sheet, self.ground, self.common = sheet, ground, common
        self.faults: list[Fault] = []

    def fault(self, entry: ValueEntry, text: str, key: str) -> None:
        heading = self.sheet.headings[self.at[key]] if key in self.at else ""
        self.faults.append(Fault(entry.row, heading, text))
        entry.faulty = True

    def entries(self) -> list[ValueEntry]:
        """A row for each measurement; what is said twice is a fault that names the other row."""
        found = [self._entry(row) for row in self.sheet.rows]
        first: dict[tuple[int, int, int], int] = {}
        for each in found:
            if each.faulty or not (each.indicator and each.area and each.year):
                continue
            key = (each.indicator.pk, each.area.pk, each.year)
            if key in first:
                said = f"Rad {first[key]} gäller samma indikator, område och år. Ta bort en av dem."
                self.fault(each, said, "area")
            first.setdefault(key, each.row)
        return found

    def _entry(self, row: Row) -> ValueEntry:
        texts = {key: " ".join(row.cells[at].split()) for key, at in self.at.items()}
        entry = ValueEntry(row.number, texts=texts)
        entry.given = {key for key, text in texts.items() if text}
        readers: list[Callable[[ValueEntry], None]] = [
            self._indicator, self._area, self._year, self._number, self._day, self._source,
        ]  # fmt: skip
        for read in readers:
            read(entry)
        return entry

    def _indicator(self, entry: ValueEntry) -> None:
        text = entry.texts.get("indicator", "")
        if not text:
            entry.indicator = self.ground.indicators.get(self.common.indicator or 0)
            if entry.indicator is None:
                said = "Indikator saknas. Skriv den, eller välj en för hela listan."
                self.fault(entry, said, "indicator")
            return
        found = self.ground.indicator_words.get(words(text), [])
        if len(found) == 1:
            entry.indicator = found[0]
        elif found:
            codes = listed(sorted(each.code for each in found), "eller")
            self.fault(entry, f"Flera indikatorer heter så. Skriv koden: {codes}.", "indicator")
        else:
            said = f"Det finns ingen indikator som heter {text[:60]}."
            self.fault(entry, said + self._near(text, self.ground.indicator_words), "indicator")

    def _near(self, text: str, known: Iterable[str]) -> str:
        """What was perhaps meant, by name."""
        found = get_close_matches(words(text), list(known), n=3, cutoff=0.75)
        index: dict[str, list[Indicator] | list[Area]] = {
            **self.ground.area_words, **self.ground.indicator_words,
        }  # fmt: skip
        names = dict.fromkeys(index[each][0].name for each in found)
        return f" Menade du {listed(names, 'eller')}?" if names else ""

    def _area(self, entry: ValueEntry) -> None:
        text, kind = entry.texts.get("area", ""), self._kind(entry)
        if not text:
            self.fault(entry, "Område saknas. Skriv det som mätningen gjordes för.", "area")
            return
        every = self.ground.area_words.get(words(text), [])
        found = [area for area in every if not kind or area.kind == kind]
        if len(found) == 1:
            entry.area = found[0]
        elif found:
            said = f"Flera områden heter så: {listed(sorted(map(where, found)))}."
            self.fault(entry, f"{said} Skriv områdets slag.", "area")
        elif every:
            said = f"{text[:60]} finns, men som {listed(a.get_kind_display() for a in every)}."
            self.fault(entry, f"{said} Rätta slaget.", "kind" if "kind" in self.at else "area")
        else:
            said = f"Det finns inget område som heter {text[:60]} där du lägger in värden."
            self.fault(entry, said + self._near(text, self.ground.area_words), "area")

    def _kind(self, entry: ValueEntry) -> str:
        text = entry.texts.get("kind", "")
        if not text:
            return self.common.kind
        kind = _KINDS.get(words(text), "")
        if not kind:
            said = f"Okänt slag av område: {text[:40]}. Välj bland {listed(Area.Kind.labels)}."
            self.fault(entry, said, "kind")
        return kind

    def _year(self, entry: ValueEntry) -> None:
        text = entry.texts.get("year", "")
        if not text:
            entry.year = self.common.year
            if entry.year is None:
                self.fault(entry, "År saknas. Skriv det, eller välj ett för hela listan.", "year")
            return
        try:
            number = read_cell_number(text)
        except SheetError:
            number = None
        if number is None or number != int(number) or int(number) not in _YEARS:
            said = f"{text[:40]} är inget år. Skriv fyra siffror, till exempel 2023."
            self.fault(entry, said, "year")
        else:
            entry.year = int(number)

    def _number(self, entry: ValueEntry) -> None:
        text = entry.texts.get("value", "")
        if text.casefold() in _NOTHING:
            return
        if text.casefold() == TOO_SMALL:
            entry.masked = True
            return
        try:
            entry.number = read_cell_number(text.removesuffix("%"))
        except SheetError as error:
            self.fault(entry, str(error), "value")
            return
        if entry.indicator and entry.number is not None:
            said = wrong_number(entry.indicator, entry.number)
            if said:
                self.fault(entry, said, "value")

    def _day(self, entry: ValueEntry) -> None:
        try:
            entry.measured_on = read_cell_day(entry.texts.get("measured_on", ""))
        except SheetError as error:
            self.fault(entry, str(error), "measured_on")
            return
        if entry.measured_on and entry.measured_on.year not in _DAY_YEARS:
            self.fault(entry, "Välj en dag mellan år 1900 och 2199.", "measured_on")

    def _source(self, entry: ValueEntry) -> None:
        entry.source = entry.texts.get("source", "")
        if len(entry.source) > _LONGEST_SOURCE:
            said = f"Texten är {len(entry.source)} tecken. Den får vara högst {_LONGEST_SOURCE}."
            self.fault(entry, said, "source")
