"""What saving a list of stock would do: worked out from the list and what is there.

Nothing is written. All faults are found at once. What somebody changes between the plan and
the writing is seen on `StockPlan.digest`; the database's own rules have the last word.
"""

import datetime
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.models import Address, Holding, Organization, Property
from governance.queries.stock_ground import Home, StockGround
from governance.services.import_cells import Fault
from governance.services.property_cells import StockCells, StockEntry
from governance.services.property_changes import Changes
from governance.services.property_columns import check_keys, left_out, personal_columns
from governance.services.property_targets import Target, Targets
from governance.sheets import Sheet
from governance.swedish import counted, in_words, listed
from governance.temporal import day_before

_NEW, _CHANGED, _LEFT, _FAULT = "created", "changed", "left", "fault"
STATES = {_NEW: "Ny", _CHANGED: "Ändras", _LEFT: "Lämnas", _FAULT: "Fel"}


@dataclass
class StockLine:
    """One row of the list, and what becomes of it in words."""

    row: int
    what: str
    state: str = _FAULT
    said: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return STATES[self.state]


@dataclass
class StockPlan:
    """Everything that would be written, a line for each row, and what stands in the way."""

    lines: list[StockLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    not_used: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)
    ended: list[Holding] = field(default_factory=list)
    withdrawn: list[Holding] = field(default_factory=list)
    last_day: datetime.date | None = None
    left: int = 0
    digest: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be carried out, and does anything."""
        return not self.faults and self.does_something

    @property
    def does_something(self) -> bool:
        numbers = self.counts()
        return any(numbers[key] for key in ("created", "changed", "ended"))

    def counts(self) -> dict[str, int]:
        """How many rows of the stock are made, changed, ended (or withdrawn) and left."""
        made = sum(len(each.begun) for each in self.changes)
        changed = sum(_is_changed(each) and not each.target.new for each in self.changes)
        return {
            "created": made,
            "properties": sum(each.target.new for each in self.changes),
            "changed": changed,
            "ended": len(self.ended) + len(self.withdrawn),
            "left": self.left,
            "hidden": sum(each.facts.get("hidden") is True for each in self.changes),
            "shown": sum(each.facts.get("hidden") is False for each in self.changes),
        }


def _is_changed(each: Changes) -> bool:
    return bool(
        each.changed or each.facts or each.new_addresses or each.gone_addresses or each.posted
    )


def make_stock_plan(
    organization: Organization,
    sheet: Sheet,
    keys: Sequence[str],
    day: datetime.date,
    *,
    whole: bool = False,
    personal: Collection[int] | None = None,
) -> StockPlan:
    """The plan for the list with its columns taken for `keys`.

    `day` is the first day of what the list does not date. With `whole` the list is all of
    the stock: what it does not name ends the day before. `personal` are the columns that are
    left out, where they have been found already.
    """
    personal = personal_columns(sheet) if personal is None else personal
    keys = ["" if at in personal else key for at, key in enumerate(keys)]
    plan = StockPlan(not_used=left_out(sheet.headings, keys, personal))
    if said := check_keys(keys):
        plan.faults = [Fault(sheet.heading_row, "", text) for text in said]
        return plan
    home = Home(organization)
    cells = StockCells(sheet, keys, home)
    entries = cells.entries()
    named = {one.key for entry in entries for one in entry.designations}
    ground = StockGround(organization, day, named, home)
    targets = Targets(ground, cells).read(entries)
    for target in targets:
        each = Changes(target, ground, cells, day)
        each.read()
        plan.changes.append(each)
    if whole:
        _end_the_rest(plan, ground, day)
    plan.faults = sorted(cells.faults, key=lambda fault: fault.row)
    plan.lines = _lines(entries, plan.changes)
    plan.left = sum(bool(each.kept) and not _is_changed(each) for each in plan.changes)
    plan.notes = _notes(entries, plan)
    plan.digest = _digest(plan)
    return plan


def _end_the_rest(plan: StockPlan, ground: StockGround, day: datetime.date) -> None:
    kept: set[int] = set().union(*(each.kept for each in plan.changes))
    plan.last_day = day_before(day)
    for pk, row in ground.own.items():
        if pk not in kept:
            (plan.withdrawn if row.is_upcoming(plan.last_day) else plan.ended).append(row)


def _lines(entries: Sequence[StockEntry], changes: Sequence[Changes]) -> list[StockLine]:
    lines = {entry.number: StockLine(entry.number, _what(entry)) for entry in entries}
    for each in changes:
        begun = {entry.number for _, entry in each.begun}
        moved = {entry.number: new for _, new, entry in each.changed}
        for item in each.target.items:
            line = lines[item.entry.number]
            if item.entry.faulty:
                continue
            said = [*each.said, *_of_holding(moved.get(line.row, {}))]
            if line.row in begun:
                line.state = _NEW
                line.said = ["Ny fastighet." if each.target.new else "Läggs till i beståndet."]
            elif line.state != _NEW:
                line.state = _CHANGED if said or line.state == _CHANGED else _LEFT
            if said and not each.target.new:
                line.said.append(f"Ändras: {listed(said)}.")
    return list(lines.values())


def _of_holding(new: dict[str, Any]) -> list[str]:
    words = {"kind": "slag", "own_number": "eget nummer", "valid_from": "första dag"}
    return [{**words, "valid_through": "sista dag"}[key] for key in new]


def _what(entry: StockEntry) -> str:
    """What the row is about, as the user's own list says it."""
    named = [one.text for one in entry.designations] or [entry.own_number]
    return ", ".join(filter(None, named)) or ", ".join(one.text for one in entry.addresses)


def _notes(entries: Sequence[StockEntry], plan: StockPlan) -> list[str]:
    notes = []
    swapped = [entry.number for entry in entries if entry.swapped]
    if swapped:
        number = counted(len(swapped), "rad", "rader")
        notes.append(f"Nord och öst stod i omvänd ordning på {number}, och har bytt plats.")
    several = sum(len(entry.designations) > 1 for entry in entries)
    if several:
        number = counted(several, "rad gäller", "rader gäller")
        notes.append(
            f"{number} flera fastigheter. Adress, lägenheter och koordinat sparas på den första."
        )
    shared = sum(each.left_to_others for each in plan.changes)
    if shared:
        number = counted(shared, "fastighet", "fastigheter")
        notes.append(f"Uppgifterna om {number} lämnas, för de står också i ett annat bestånd.")
    if plan.ended and plan.last_day:
        number = counted(len(plan.ended), "fastighet", "fastigheter")
        notes.append(f"{number} som inte står i listan slutar den {in_words(plan.last_day)}.")
    if plan.withdrawn:
        number = counted(len(plan.withdrawn), "fastighet", "fastigheter")
        notes.append(f"{number} som inte står i listan och inte har börjat tas bort.")
    return notes


def _digest(plan: StockPlan) -> str:
    """The same for the same plan on the same rows."""
    told: list[object] = [str(fault) for fault in plan.faults]
    for each in plan.changes:
        told.append((_of(each.target), sorted(map(str, each.facts.items()))))
        told += [_row(row) for row, _ in each.begun]
        told += [(row.pk, sorted(map(str, new.items()))) for row, new, _ in each.changed]
        told += [(row.text(), row.postal_code) for row in each.new_addresses]
        told += [("-", row.pk) for row in each.gone_addresses]
        told += [(row.pk, code) for row, code in each.posted]
    told += [("slut", row.pk) for row in [*plan.ended, *plan.withdrawn]]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _of(target: Target) -> object:
    row: Property = target.property
    return row.pk or row.designation


def _row(row: Holding) -> object:
    return row.kind, row.own_number, str(row.valid_from), str(row.valid_through)


def new_addresses(plan: StockPlan) -> list[Address]:
    """The addresses to be made, each with its property."""
    found = []
    for each in plan.changes:
        for row in each.new_addresses:
            row.property = each.target.property
            found.append(row)
    return found
