"""What reading in a list of values would do: worked out from the list and what is there.

Nothing is written. All faults are found at once. A row without a value says nothing: it
neither enters zero nor takes a value away.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.models import IndicatorValue
from governance.queries.indicators import hides, shown, where
from governance.services.import_cells import Fault
from governance.services.indicator_cells import Common, ValueCells, ValueEntry, ValueGround
from governance.services.indicator_columns import check_keys
from governance.services.property_columns import left_out
from governance.services.property_plan import StockLine
from governance.sheets import Sheet

_WORDS = {"value": "värde", "measured_on": "dagen", "source": "källa"}


@dataclass
class ValuePlan:
    """Everything that would be written, a line for each row, and what stands in the way."""

    lines: list[StockLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    not_used: list[str] = field(default_factory=list)
    created: list[IndicatorValue] = field(default_factory=list)
    changed: list[tuple[IndicatorValue, dict[str, Any]]] = field(default_factory=list)
    left: int = 0
    digest: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be carried out, and does anything."""
        return not self.faults and self.does_something

    @property
    def does_something(self) -> bool:
        return bool(self.created or self.changed)

    def counts(self) -> dict[str, int]:
        """How many values are made, changed and left."""
        made, changed = len(self.created), len(self.changed)
        return {"created": made, "changed": changed, "left": self.left}


def make_value_plan(
    areas: Iterable[int],
    sheet: Sheet,
    keys: Sequence[str],
    common: Common,
    personal: Collection[int] = (),
) -> ValuePlan:
    """The plan for the list with its columns taken for `keys`, in the areas entered for."""
    plan = ValuePlan(not_used=left_out(sheet.headings, keys, personal))
    if said := check_keys(keys):
        plan.faults = [Fault(sheet.heading_row, "", text) for text in said]
        return plan
    ground = ValueGround(areas)
    cells = ValueCells(sheet, keys, ground, common)
    for entry in cells.entries():
        line = StockLine(entry.row, _what(entry))
        if not entry.faulty:
            _settle(plan, cells, ground, entry, line)
        plan.lines.append(line)
    plan.faults = sorted(cells.faults, key=lambda fault: fault.row)
    plan.digest = _digest(plan)
    return plan


def _settle(
    plan: ValuePlan, cells: ValueCells, ground: ValueGround, entry: ValueEntry, line: StockLine
) -> None:
    """Put the row, which has no fault, where it belongs in the plan."""
    assert entry.indicator and entry.area and entry.year  # noqa: PT018
    row = ground.there.get((entry.indicator.pk, entry.area.pk, entry.year))
    if entry.masked and (row is None or not hides(entry.indicator, row.value)):
        cells.fault(entry, "Skriv antalet. Det går inte att läsa ur orden.", "value")
        return
    if entry.number is None and not entry.masked:
        line.state, line.said = "left", ["Raden har inget värde. Inget läggs in."]
    elif row is None:
        made = IndicatorValue(
            indicator=entry.indicator,
            area=entry.area,
            year=entry.year,
            value=entry.number,
            measured_on=entry.measured_on,
            source=entry.source,
        )
        plan.created.append(made)
        line.state, line.said = "created", [f"Nytt värde: {shown(entry.indicator, made.value)}."]
        return
    elif new := _otherwise(entry, row):
        plan.changed.append((row, new))
        line.state, line.said = "changed", [_in_words(row, new)]
        return
    else:
        line.state = "left"
    plan.left += 1


def _otherwise(entry: ValueEntry, row: IndicatorValue) -> dict[str, Any]:
    """What the row of the list says otherwise; an empty cell changes nothing."""
    said: dict[str, Any] = {} if entry.masked else {"value": entry.number}
    if "measured_on" in entry.given:
        said["measured_on"] = entry.measured_on
    if "source" in entry.given:
        said["source"] = entry.source
    new = {name: value for name, value in said.items() if getattr(row, name) != value}
    return new | {"source_mark": ""} if "value" in new and row.source_mark else new


def _in_words(row: IndicatorValue, new: dict[str, Any]) -> str:
    told = [word for name, word in _WORDS.items() if name in new and name != "value"]
    if "value" in new:
        now, was = shown(row.indicator, new["value"]), shown(row.indicator, row.value)
        told.insert(0, f"{now} i stället för {was}")
    return f"Ändras: {', '.join(told)}."


def _what(entry: ValueEntry) -> str:
    """What the row is about, as it was understood, else as the user's own list says it."""
    area = where(entry.area) if entry.area else entry.texts.get("area", "")
    indicator = entry.indicator.code if entry.indicator else entry.texts.get("indicator", "")
    year = str(entry.year) if entry.year else entry.texts.get("year", "")
    return ", ".join(filter(None, (indicator, area, year)))


def _digest(plan: ValuePlan) -> str:
    """The same for the same plan on the same rows."""
    told: list[object] = [str(fault) for fault in plan.faults]
    told += [
        (row.indicator_id, row.area_id, row.year, str(row.value), str(row.measured_on), row.source)
        for row in plan.created
    ]
    told += [
        (row.pk, str(row.value), sorted((name, str(value)) for name, value in new.items()))
        for row, new in plan.changed
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
