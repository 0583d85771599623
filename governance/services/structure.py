"""The structure of an agreement, read in from files: `load_structure`.

Only what is missing is written. A row whose key has ever stood in the history is
left alone, so that nothing that was changed, ended or withdrawn in the app comes back.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from governance.models import (
    Act,
    Agreement,
    AreaPart,
    Seat,
    SteeringGroup,
    User,
    WantedFunction,
)
from governance.queries.faults import lies_within
from governance.services.acts import act
from governance.services.structure_files import Files, Record
from governance.services.structure_tables import OWNED, SHARED, Key, Table
from governance.services.wanted_rows import open_wish, tie, tie_free
from governance.swedish import counted, listed
from governance.temporal import Period

Steps = list[tuple[Key, Table]]


@dataclass
class Loaded:
    """How many rows of each noun were created, and the acts that it took."""

    created: Counter[type[Model]] = field(default_factory=Counter)
    acts: list[Act] = field(default_factory=list)

    def in_words(self) -> str:
        if not self.created:
            return "Strukturen är redan inläst. Inget har ändrats."
        return f"Strukturen är inläst: {_enumerated(self.created)}."


def load_structure(
    *,
    folder: Path,
    user: User | None = None,
    watch: Callable[[Steps], Iterable[tuple[Key, Table]]] = iter,
) -> Loaded:
    """Read the files in `folder` and create the rows that have never been there.

    One transaction; one act for what agreements share and one for each agreement, so
    that those who belong to it see it among its changes. Faults come all at once in a
    ValidationError, and then nothing is loaded. `watch` wraps the steps (a bar).
    """
    files = Files(folder)
    _refuse(files.faults)
    loading = _Loading(files)
    owners = _parents_first(files)
    steps: Steps = [((), table) for table in SHARED]
    steps += [(owner, table) for owner in owners for table in OWNED]
    with transaction.atomic():
        waiting = iter(watch(steps))
        for owner, tables in [((), SHARED), *((owner, OWNED) for owner in owners)]:
            with loading.one_act(user, owner):
                for _ in tables:
                    loading.load(*next(waiting))
                loading.tie_seats()
        next(waiting, None)  # lets a bar finish
    return loading.loaded


def _refuse(faults: list[str]) -> None:
    if faults:
        raise ValidationError(faults, code="faults_in_files")


def _parents_first(files: Files) -> list[Key]:
    """The keys of the agreements, each after the one it stands under."""
    ordered: list[Key] = []

    def add(record: Record) -> None:
        above = files.target(record, "parent")
        if above is not None:
            add(above)
        if record.key not in ordered:
            ordered.append(record.key)

    for record in files.records["agreements.csv"].values():
        add(record)
    return ordered


class _Loading:
    """One reading-in under way: which rows exist by now, and what has been created."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.loaded = Loaded()
        # The live row of each record; None when it was withdrawn in the app.
        self.rows: dict[str, dict[Key, Model | None]] = {}
        self.new: list[Record] = []

    @contextmanager
    def one_act(self, user: User | None, owner: Key) -> Iterator[None]:
        """An act for what is created inside; without anything created, no act."""
        self.new = []
        with transaction.atomic():
            with act(user=user, verb=Act.Verb.LOAD) as done:
                yield
                if owner:
                    self._file_under(done, owner)
                created = Counter(record.table.model for record in self.new)
                done.summary = f"Inläst från filer: {_enumerated(created)}." if created else ""
            if not self.new:
                transaction.set_rollback(True)
                return
        self.loaded.created += created
        self.loaded.acts.append(done)

    def _file_under(self, done: Act, owner: Key) -> None:
        agreement = self.rows["agreements.csv"][owner]
        if isinstance(agreement, Agreement):
            done.agreement = agreement
            done.save(update_fields=["agreement"])
        groups = {row.pk for record in self.new if (row := _group_of(record))}
        done.groups.add(*groups)

    # -- one file, or an agreement's part of it ---------------------------------------

    def load(self, owner: Key, table: Table) -> None:
        records = [
            record
            for record in self.files.records[table.file].values()
            if not owner or self.files.owner(record) == owner
        ]
        known = _known(table)
        live = table.model._default_manager.in_bulk(set(known.values()))
        new: list[Record] = []
        for wave in self._waves(records):
            missing: list[Record] = []
            for record in wave:
                possible = self._point(record)
                pk = known.get(_identity(record)) if possible else None
                row = live.get(pk) if pk else None
                self._remember(record, row)
                if possible and pk is None:
                    missing.append(record)
            self._write(table, missing)
            new += missing
        self._join(table, new)
        self.new += new

    def tie_seats(self) -> None:
        """Let new wishes be met by equal seats, and new seats meet the wishes that there are.

        What has been there before is left as it was tied, or untied, in the app.
        """
        new = [record.instance for record in self.new]
        tied = {seat.pk for seat in tie_free(row for row in new if isinstance(row, WantedFunction))}
        for seat in new:
            if isinstance(seat, Seat) and seat.pk not in tied:
                seat.fulfils = open_wish(seat)
                tie([seat] if seat.fulfils else [])

    def _remember(self, record: Record, row: Model | None) -> None:
        self.rows.setdefault(record.table.file, {})[record.key] = row

    def _waves(self, records: list[Record]) -> Iterator[list[Record]]:
        """The records in turns, each after the row of the same file that it stands under."""
        while records:
            waiting = {record.key for record in records}
            ready = [each for each in records if each.references.get("parent") not in waiting]
            yield ready
            records = [each for each in records if each.references.get("parent") in waiting]

    def _point(self, record: Record) -> bool:
        """Fill in the foreign keys; False when one of those rows was withdrawn or cut short."""
        for name, key in record.references.items():
            if key is None:
                continue
            reference = record.table.references[name]
            row = self.rows[reference.file].get(key)
            if row is None:
                return False
            setattr(record.instance, name, row)
            if reference.inside and not _fits(record.instance, row):
                return False
        if isinstance(record.instance, AreaPart):
            record.instance.whole_kind = record.instance.whole.kind
        return True

    def _write(self, table: Table, missing: list[Record]) -> None:
        if not missing:
            return
        rows = [record.instance for record in missing]
        try:
            with transaction.atomic():
                bulk_create_with_history(rows, table.model, batch_size=200)
        except IntegrityError:
            _refuse(_refused(missing))
            raise  # none of them alone is at fault
        for record in missing:
            self._remember(record, record.instance)

    def _join(self, table: Table, new: list[Record]) -> None:
        """Second pass: parties, and successors, which may stand further down in the file."""
        for record in new:
            for name, keys in record.many.items():
                rows = self.rows.get(table.many[name].file, {})
                others = [row for key in keys if (row := rows.get(key))]
                if others:
                    getattr(record.instance, name).add(*others)


def _group_of(record: Record) -> SteeringGroup | None:
    row = record.instance
    return row if isinstance(row, SteeringGroup) else getattr(row, "group", None)


def _known(table: Table) -> dict[tuple[Any, ...], int]:
    """Every identity that a row of the noun has ever had, with the row's id."""
    names = _identifying(table)
    history: Any = table.model.history  # type: ignore[attr-defined]
    before = history.order_by("history_id").values_list(*names, "id")
    now = table.model._default_manager.values_list(*names, "id")
    return {tuple(identity): pk for *identity, pk in [*before, *now.order_by("id")]}


def _identity(record: Record) -> tuple[Any, ...]:
    return tuple(getattr(record.instance, name) for name in _identifying(record.table))


def _identifying(table: Table) -> list[str]:
    """The columns in the database that tell the rows of a file apart."""
    pointing = {name for each in table.references.values() for name in each.columns}
    plain = [name for name in table.key if name not in pointing]
    keyed = [
        f"{name}_id" for name, each in table.references.items() if set(each.columns) & {*table.key}
    ]
    return [*keyed, *plain]


def _fits(inner: Model, outer: Model) -> bool:
    """Whether a dated row lies within the one it hangs on, as that one stands in the app."""
    if isinstance(inner, Period) and isinstance(outer, Period):
        return lies_within(inner, outer)
    return True


def _refused(records: list[Record]) -> list[str]:
    """What is wrong with each record, asked of one row at a time."""
    faults: list[str] = []
    for record in records:
        row = record.instance
        row.pk, row._state.adding = None, True
        try:
            row.full_clean()
            row.save()
        except ValidationError as error:
            place = f"{record.table.file}, rad {record.line}"
            faults += [f"{place}: {message}" for message in error.messages]
    return faults


def _enumerated(created: Counter[type[Model]]) -> str:
    return listed(
        counted(number, str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        for model, number in created.items()
    )
