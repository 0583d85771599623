"""What a list of stock says otherwise about one property: its facts, addresses and holdings."""

import datetime
from typing import Any

from governance.addresses import AddressParts
from governance.geo import Point
from governance.models import Address, Holding, HoldingKind, Property
from governance.queries.stock_ground import StockGround, door_of, meet
from governance.services.property_cells import StockCells, StockEntry
from governance.services.property_targets import NOT_POSSIBLE, Item, Target, name

OWN_SAYS = {HoldingKind.OWNS, HoldingKind.LEASEHOLD}
_SAME_PLACE = 0.01  # metres
_FACTS = {"flats": "lägenheter", "use": "användning", "area": "stadsdel", "point": "koordinat",
          "hidden": "visas inte"}  # fmt: skip
_HOLDING = {"kind": "slag", "own_number": "egna nummer", "valid_from": "första dag",
            "valid_through": "sista dag"}  # fmt: skip


class Changes:
    """The changes of one property; what is wrong goes to the cells as faults."""

    def __init__(
        self, target: Target, ground: StockGround, cells: StockCells, day: datetime.date
    ) -> None:
        self.target, self.ground, self.cells, self.day = target, ground, cells, day
        self.facts: dict[str, Any] = {}
        self.new_addresses: list[Address] = []
        self.gone_addresses: list[Address] = []
        self.posted: list[tuple[Address, str]] = []
        self.begun: list[tuple[Holding, StockEntry]] = []
        self.changed: list[tuple[Holding, dict[str, Any], StockEntry]] = []
        self.kept: set[int] = set()
        self.said: list[str] = []
        self.left_to_others = False
        self._wanted: dict[int, tuple[Holding, dict[str, Any], StockEntry]] = {}
        self._new: list[tuple[Holding, dict[str, Any], StockEntry]] = []

    def read(self) -> None:
        # A row that does not say as what leans on those that do.
        for item in sorted(self.target.items, key=lambda item: not item.entry.kind):
            self._hold(item)
        self._settle()
        if self._answers_for_it():
            self._read_facts()
            self._read_addresses()
        else:
            self.left_to_others = True

    def _answers_for_it(self) -> bool:
        """Whether its facts are the organisation's to change: others may have it too."""
        this = self.target.property
        if self.target.new:
            return True
        whole = Holding(valid_from=self.day)
        if not self.ground.others(this, whole):
            return True
        return any(row.kind in OWN_SAYS for row in self.ground.own_rows(this))

    # -- holdings ---------------------------------------------------------------------------

    def _hold(self, item: Item) -> None:
        entry = item.entry
        there = item.keyed or self._there(entry)
        if there is None:
            self._begin(entry)
            return
        self.kept.add(there.pk)
        _, said, first = self._wanted.setdefault(there.pk, (there, {}, entry))
        self._agree(said, entry, first)

    def _begin(self, entry: StockEntry) -> None:
        """A row of the stock that is not there; several rows of the list may be about it."""
        new = Holding(
            organization=self.ground.organization,
            kind=entry.kind or HoldingKind.OWNS,
            valid_from=entry.first_day or self.day,
            valid_through=entry.last_day,
        )
        for holding, said, first in self._new:
            if entry.kind in ("", holding.kind) and meet(holding, new):
                self._agree(said, entry, first)
                return
        self._new.append((new, _said(entry), entry))

    def _agree(self, said: dict[str, Any], entry: StockEntry, first: StockEntry) -> None:
        """Take what the row says besides; a fault when it says otherwise than the first."""
        for key, value in _said(entry).items():
            if said.setdefault(key, value) != value:
                self._otherwise(entry, first, _HOLDING[key], key)

    def _otherwise(self, entry: StockEntry, first: StockEntry, word: str, *keys: str) -> None:
        said = (
            f"Rad {first.number} säger något annat om samma fastighets {word}. "
            "Skriv samma uppgift på alla fastighetens rader."
        )
        self.cells.fault(entry, said, *keys)

    def _settle(self) -> None:
        """What the rows together make of each holding, checked against what else there is."""
        for there, said, entry in self._wanted.values():
            new = {key: value for key, value in said.items() if value != getattr(there, key)}
            if new:
                self.changed.append((there, new, entry))
                self._check(_with(there, new), there.pk, entry)
        for holding, said, entry in self._new:
            for key, value in said.items():
                setattr(holding, key, value)
            self.begun.append((holding, entry))
            self._check(holding, None, entry)

    def _there(self, entry: StockEntry) -> Holding | None:
        """The organisation's own row that the entry is about."""
        own = self.ground.own_rows(self.target.property)
        period = Holding(valid_from=entry.first_day or self.day, valid_through=entry.last_day)
        near = [row for row in own if meet(row, period)] or (own if not entry.first_day else [])
        same = [row for row in near if not entry.kind or row.kind == entry.kind]
        if same:
            return same[0]
        alone = len(near) == 1 and len(self.target.items) == 1
        return near[0] if alone else None

    def _check(self, after: Holding, pk: int | None, entry: StockEntry) -> None:
        if after.has_ended(after.valid_from):
            said = "Sista dagen ligger före första dagen."
            self.cells.fault(entry, said, "valid_through", "valid_from")
            return
        this = self.target.property
        if self.target.new:
            return
        for row in self.ground.held[this.pk]:
            theirs = row.organization_id != self.ground.organization.pk
            if row.pk == pk or not meet(row, after):
                continue
            if theirs and (
                row.kind == after.kind or (this.hidden and not self.ground.own_rows(this))
            ):
                self.cells.fault(entry, NOT_POSSIBLE, "designation", "own_number")
                return
            if not theirs and row.kind == after.kind and row.pk not in self.kept:
                said = "Fastigheten står redan i ert bestånd på det sättet under de dagarna."
                self.cells.fault(entry, said, "designation", "valid_from")
                return

    # -- the property itself ------------------------------------------------------------------

    def _read_facts(self) -> None:
        this = self.target.property
        for key, word in _FACTS.items():
            found = self._one(key)
            if found is None:
                continue
            new = _columns(key, found)
            if key == "point" and _is_at(this, found):
                continue
            if any(getattr(this, column) != value for column, value in new.items()):
                self.facts |= new
                self.said.append(word)
        if self.target.renamed is not None:
            whole = Property()
            name(whole, self.target.renamed)
            self.facts |= {
                column: getattr(whole, column)
                for column in ("municipality", "tract", "block", "unit")
            }
            self.said.append("beteckning")

    def _one(self, key: str) -> Any:
        """What the rows say of it, when they say the same; else a fault with both rows."""
        rows = [
            item.entry
            for item in self.target.items
            if item.bears and getattr(item.entry, key) not in (None, "")
        ]
        other = next((e for e in rows if getattr(e, key) != getattr(rows[0], key)), None)
        if other is not None:
            self._otherwise(other, rows[0], _FACTS[key], *_headed(key))
        return getattr(rows[0], key) if rows else None

    def _read_addresses(self) -> None:
        """The addresses that the list gives take the place of those that were there."""
        given: dict[tuple[object, ...], AddressParts] = {}
        for item in self.target.items:
            if item.bears:
                for parts in item.entry.addresses:
                    given.setdefault(parts.key, parts)
        if not given:
            return
        there = {door_of(row): row for row in self.ground.addresses[self.target.property.pk or 0]}
        self.gone_addresses = [row for key, row in there.items() if key not in given]
        for key, parts in given.items():
            if key not in there:
                self.new_addresses.append(address_of(parts))
            elif parts.postal_code and parts.postal_code != there[key].postal_code:
                self.posted.append((there[key], parts.postal_code))
        if self.gone_addresses or self.new_addresses or self.posted:
            self.said.append("adresser")


def _said(entry: StockEntry) -> dict[str, Any]:
    """What the row says of the holding itself."""
    said = {
        "kind": entry.kind,
        "own_number": entry.own_number,
        "valid_from": entry.first_day,
        "valid_through": entry.last_day,
    }
    return {key: value for key, value in said.items() if value}


def _with(row: Holding, new: dict[str, Any]) -> Holding:
    """The row as it would be."""
    names = ("kind", "valid_from", "valid_through")
    return Holding(**{each: new.get(each, getattr(row, each)) for each in names})


def _is_at(this: Property, point: Point) -> bool:
    if this.north is None or this.east is None:
        return False
    return abs(this.north - point.north) + abs(this.east - point.east) < _SAME_PLACE


def _columns(key: str, value: Any) -> dict[str, Any]:
    if key == "area":
        return {"stated_area_id": value.pk}
    if key == "point":
        return {"north": value.north, "east": value.east}
    return {key: value}


def _headed(key: str) -> tuple[str, ...]:
    return ("first", "point") if key == "point" else (key,)


def address_of(parts: AddressParts) -> Address:
    return Address(
        street=parts.street,
        number=parts.number,
        letter=parts.letter,
        number_through=parts.number_through,
        letter_through=parts.letter_through,
        postal_code=parts.postal_code,
    )
