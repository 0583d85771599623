"""Reads the files of the structure, and says every fault in them before anything is written."""

import csv
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model

from governance.queries.faults import lies_within
from governance.services.structure_tables import (
    OWNED,
    SEPARATOR,
    SHARED,
    Key,
    Reference,
    Table,
)
from governance.swedish import listed
from governance.temporal import Period

_YES_OR_NO = ("yes", "no", "")


@dataclass
class Record:
    """A row of a file: the instance it would become, and the rows it refers to by key."""

    table: Table
    line: int
    key: Key
    instance: Model
    references: dict[str, Key | None] = field(default_factory=dict)
    many: dict[str, list[Key]] = field(default_factory=dict)

    def fault(self, column: str, message: str) -> str:
        return f"{self.table.file}, rad {self.line}, kolumn {column}: {message}"


class Files:
    """All records of all files, by file and key, with every fault found in them."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[str] = []
        self.unread: set[str] = set()  # a file with a fault of its own: no more is said of it
        self.records: dict[str, dict[Key, Record]] = {}
        for table in [*SHARED, *OWNED]:
            self.records[table.file] = self._read(table, folder / table.file)
        for record in self._all():
            self._check_references(record)

    def _all(self) -> Iterator[Record]:
        for records in self.records.values():
            yield from records.values()

    def target(self, record: Record, name: str) -> Record | None:
        """The record that a reference points at, or None when the cell is empty."""
        key = record.references[name]
        if key is None:
            return None
        return self.records[record.table.references[name].file].get(key)

    def owner(self, record: Record) -> Key:
        """The key of the agreement that a record of an agreement's file belongs to."""
        if record.table.model._meta.model_name == "agreement":
            return record.key
        first = next(iter(record.table.references))
        above = self.target(record, first)
        return self.owner(above) if above else ()

    # -- reading ---------------------------------------------------------------------

    def _read(self, table: Table, path: Path) -> dict[Key, Record]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                if self._columns_are_right(table, list(rows.fieldnames or [])):
                    return self._records(table, rows)
        except OSError:
            self.faults.append(f"{table.file}: filen finns inte i {path.parent}.")
        except UnicodeDecodeError:
            self.faults.append(f"{table.file}: filen är inte sparad som UTF-8.")
        self.unread.add(table.file)
        return {}

    def _columns_are_right(self, table: Table, found: list[str]) -> bool:
        wanted = columns(table)
        missing, unknown = wanted - set(found), set(found) - wanted
        if missing:
            self.faults.append(f"{table.file}: kolumn saknas: {listed(sorted(missing))}.")
        if unknown:
            self.faults.append(f"{table.file}: okänd kolumn: {listed(sorted(unknown))}.")
        return not missing and not unknown

    def _records(self, table: Table, rows: "csv.DictReader[str]") -> dict[Key, Record]:
        found: dict[Key, Record] = {}
        for cells in rows:
            line = rows.line_num
            if None in cells or None in cells.values():
                self.faults.append(
                    f"{table.file}, rad {line}: antalet värden är inte som i rubriken."
                )
                continue
            record = self._record(table, line, {name: text.strip() for name, text in cells.items()})
            if earlier := found.get(record.key):
                key = f"samma som på rad {earlier.line}: {', '.join(record.key)}."
                self.faults.append(record.fault(table.key[-1], key))
            found[record.key] = record
        return found

    def _record(self, table: Table, line: int, cells: dict[str, str]) -> Record:
        instance = table.model()
        record = Record(table, line, table.key_of(cells.__getitem__), instance)
        for name, reference in table.references.items():
            record.references[name] = _pointed_at(reference, cells)
        for name in table.many:
            kind = record.key[:1] if table.same_kind else ()
            words = [word.strip() for word in cells[name].split(SEPARATOR)]
            record.many[name] = [(*kind, word) for word in words if word]
        for column in plain_columns(table):
            text = cells[column]
            if column in table.lists:
                text = ",".join(word.strip() for word in text.split(SEPARATOR))
            try:
                setattr(instance, column, _value(instance._meta.get_field(column), text))
            except ValueError:
                self.faults.append(record.fault(column, f"”{text}” går inte att läsa."))
        self._clean(record)
        return record

    def _clean(self, record: Record) -> None:
        """What the model itself says of its own columns, without asking the database."""
        instance = record.instance
        try:
            instance.clean_fields(exclude=set(record.references))
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                self.faults += [record.fault(column, message) for message in messages]
        else:
            if isinstance(instance, Period) and instance.has_ended(instance.valid_from):
                message = "Sista dagen får inte ligga före första dagen."
                self.faults.append(record.fault("valid_through", message))

    # -- references ------------------------------------------------------------------

    def _check_references(self, record: Record) -> None:
        table = record.table
        for name, reference in table.references.items():
            key = record.references[name]
            target = self.target(record, name)
            if key is not None and target is None:
                self._unknown(record, name, reference, key)
            elif key is None and not table.model._meta.get_field(name).null:
                self.faults.append(record.fault(name, "cellen får inte vara tom."))
            elif target and reference.inside and not _is_inside(record, target):
                where = f"dagarna ligger utanför dem på rad {target.line} i {reference.file}."
                self.faults.append(record.fault("valid_through", where))
        for name, reference in table.many.items():
            for key in record.many[name]:
                if key not in self.records[reference.file]:
                    self._unknown(record, name, reference, key)
        self._check_upwards(record)

    def _unknown(self, record: Record, name: str, reference: Reference, key: Key) -> None:
        if reference.file in self.unread:
            return
        text = ", ".join(key)
        self.faults.append(record.fault(name, f"”{text}” finns inte i {reference.file}."))

    def _check_upwards(self, record: Record) -> None:
        """A row must not be above itself, or no order of writing would do."""
        seen, above = {record.key}, record
        while "parent" in above.references and (parent := self.target(above, "parent")):
            if parent.key in seen:
                self.faults.append(record.fault("parent", "raden hör till sig själv."))
                return
            seen.add(parent.key)
            above = parent


def plain_columns(table: Table) -> list[str]:
    """Columns that a field of the noun takes as they are."""
    skipped = {"id", "search_key", "sort_key", *table.unsaid, *table.references}
    return [each.name for each in table.model._meta.fields if each.name not in skipped]


def columns(table: Table) -> set[str]:
    """Every column of the file."""
    pointing = {name for each in table.references.values() for name in each.columns}
    return {*plain_columns(table), *pointing, *table.many, *table.ignored}


def _pointed_at(reference: Reference, cells: dict[str, str]) -> Key | None:
    if reference.split:
        text = cells[reference.columns[0]]
        return tuple(text.split(reference.split)) if text else None
    key = tuple(cells[column] for column in reference.columns)
    return key if any(key) else None


def _value(column: Any, text: str) -> Any:
    if isinstance(column, models.DateField):
        return datetime.date.fromisoformat(text) if text else None
    if isinstance(column, models.IntegerField):
        return int(text) if text else None
    if isinstance(column, models.BooleanField):
        return _YES_OR_NO.index(text) == 0
    if isinstance(column, models.DecimalField):
        return _number(text) if text else None
    return text


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def _is_inside(record: Record, target: Record) -> bool:
    inner, outer = record.instance, target.instance
    if not (isinstance(inner, Period) and isinstance(outer, Period)):
        return True
    if inner.valid_from is None or outer.valid_from is None:
        return True  # said already, as a fault of the day itself
    return lies_within(inner, outer)
