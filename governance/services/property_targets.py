"""Which property each row of a list of stock is about: one that is there, or a new one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.designations import Designation
from governance.models import Holding, Property
from governance.queries.imports import words
from governance.queries.stock_ground import StockGround
from governance.services.property_cells import StockCells, StockEntry

# Said of whatever another organisation stands in the way of, whether it can be seen or not.
NOT_POSSIBLE = (
    "Raden går inte att spara i ert bestånd som den är. Kontrollera beteckningen, slaget och "
    "dagarna, eller kontakta samordnaren."
)


@dataclass
class Item:
    """One property of one row; `bears` is whether the row's other facts are about it.

    A row may name several properties, and then bears its facts on the first of them.
    """

    entry: StockEntry
    designation: Designation | None
    bears: bool
    keyed: Holding | None = None


@dataclass
class Target:
    """A property with all that the list says of it. `new` is one that is not there yet."""

    property: Property
    new: bool
    items: list[Item] = field(default_factory=list)
    renamed: Designation | None = None


class Targets:
    """Finds each row's property by key, designation, own number or door, in that order."""

    def __init__(self, ground: StockGround, cells: StockCells) -> None:
        self.ground, self.cells = ground, cells
        self.by_property: dict[int, Target] = {}
        self._new: dict[object, Target] = {}
        self._targets: dict[int, Target] = {}  # the new ones, by id() of their property
        self._listed: dict[object, list[Property]] = defaultdict(list)

    def read(self, entries: Iterable[StockEntry]) -> list[Target]:
        # Those that say which property they are about come first: others may lean on them.
        for entry in sorted(entries, key=lambda entry: not (entry.designations or entry.row_key)):
            if entry.faulty:
                continue
            named: list[Designation | None] = [*entry.designations] or [None]
            for at, designation in enumerate(named):
                self._take(Item(entry, designation, bears=at == 0))
        return [*self.by_property.values(), *self._new.values()]

    def _take(self, item: Item) -> None:
        target = self._keyed(item) if item.entry.row_key else self._named(item)
        if target is None:
            return
        target.items.append(item)
        if item.entry.own_number:
            self._listed[("number", words(item.entry.own_number))].append(target.property)
        for parts in item.entry.addresses if item.bears else ():
            self._listed[parts.key].append(target.property)

    def _keyed(self, item: Item) -> Target | None:
        holding = self.ground.own.get(item.entry.row_key or 0)
        if holding is None:
            said = "Raden finns inte längre i ert bestånd. Töm nyckeln eller ta bort raden."
            self.cells.fault(item.entry, said, "row_key")
            return None
        if not item.bears:
            return self._named(item)
        item.keyed = holding
        target = self._of(self.ground.properties[holding.property_id])
        wanted = item.designation
        if wanted and wanted.key != _key(target.property):
            if wanted.key in self.ground.by_designation:
                self.cells.fault(item.entry, NOT_POSSIBLE, "designation")
                return None
            target.renamed = wanted
        return target

    def _named(self, item: Item) -> Target | None:
        entry, wanted = item.entry, item.designation
        if wanted is not None:
            found = self.ground.by_designation.get(wanted.key)
            if found is not None:
                return self._of(found)
            if wanted.key in self._new:
                return self._new[wanted.key]
            bare = self._one_of([row for row in self._numbered(entry) if not _key(row)])
            if bare is not None and bare.pk not in self.by_property:
                target = self._of(bare)
                target.renamed = wanted
                return target
            return self._make(wanted.key, wanted)
        return self._unnamed(item)

    def _unnamed(self, item: Item) -> Target | None:
        """A row without designation: what has its number or its door, here or in the list."""
        entry = item.entry
        if entry.own_number:
            key: object = ("number", words(entry.own_number))
            there, said = self._numbered(entry), "Det egna numret"
        else:
            key = entry.addresses[0].key
            doors = self.ground.by_door.get(entry.addresses[0].key, [])
            there = [self.ground.properties[row.property_id] for row in doors]
            said = "Adressen"
        found = {id(row): row for row in [*there, *self._listed.get(key, [])]}
        if len(found) > 1:
            said = f"{said} står för flera fastigheter. Skriv beteckningen också."
            self.cells.fault(entry, said, "own_number" if entry.own_number else "address")
            return None
        for row in found.values():
            return self._of(row) if row.pk else self._targets[id(row)]
        return self._make(key, None)

    def _numbered(self, entry: StockEntry) -> list[Property]:
        rows = self.ground.by_number.get(words(entry.own_number), []) if entry.own_number else []
        found = {row.property_id: self.ground.properties[row.property_id] for row in rows}
        return list(found.values())

    def _one_of(self, rows: list[Property]) -> Property | None:
        found = {row.pk: row for row in rows}
        return next(iter(found.values())) if len(found) == 1 else None

    def _of(self, row: Property) -> Target:
        return self.by_property.setdefault(row.pk, Target(row, new=False))

    def _make(self, key: object, wanted: Designation | None) -> Target:
        if key not in self._new:
            row = Property()
            if wanted is not None:
                name(row, wanted)
            self._new[key] = self._targets[id(row)] = Target(row, new=True)
        return self._new[key]


def name(row: Property, wanted: Designation) -> None:
    """Give the property the designation."""
    row.municipality, row.tract = wanted.municipality[:60], wanted.tract
    row.block, row.unit = wanted.block, wanted.unit


def _key(row: Property) -> str:
    one = Designation(row.municipality, row.tract, row.block, row.unit)
    return one.key if row.tract else ""
