"""The stadsdelar of a day with their shapes and the groups that work there: what the map shows."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from governance.models import Area, BoundarySet, SteeringGroup
from governance.queries.boundaries import BoundaryIndex, shapes_of
from governance.queries.coverages import CoverageRow


@dataclass(frozen=True)
class Patch:
    """One stadsdel: its row in the table of coverage, and its shape in SWEREF 99 TM."""

    row: CoverageRow
    shape: Any

    @property
    def groups(self) -> tuple[int, ...]:
        """The ids of the groups that work there, in the order in which they are numbered."""
        return tuple(covering.group.pk for covering in self.row.covering)


class Rows(Protocol):
    """What is drawn: stadsdelar of a day, and whether sources say nothing of groups then."""

    @property
    def day(self) -> datetime.date: ...
    @property
    def rows(self) -> Sequence[CoverageRow]: ...
    @property
    def unknown_before(self) -> datetime.date | None: ...


class CoverageShapes:
    """The rows of `table` put on the ground, by the boundaries in force on its day.

    Only areas of the table are here, so nothing is drawn that the reader's table does
    not hold. One query for each set that this process has not read.
    """

    def __init__(self, table: Rows, boundaries: BoundaryIndex) -> None:
        self.table = table
        self.day = table.day
        shapes: dict[int, Any] = {}
        whose: dict[int, BoundarySet] = {}
        for each in boundaries.sets_of(Area.Kind.NEIGHBOURHOOD) if table.rows else []:
            index = shapes_of(each)
            shapes.update(zip(index.keys, index.shapes, strict=True))
            whose.update(dict.fromkeys(index.keys, each))
        self.patches = [
            Patch(row, shapes[row.area.pk]) for row in table.rows if row.area.pk in shapes
        ]
        self.without_shape = [row for row in table.rows if row.area.pk not in shapes]
        self.sets = list(dict.fromkeys(whose[patch.row.area.pk] for patch in self.patches))

    @property
    def is_sketch(self) -> bool:
        """Whether any line is drawn from points only: nobody may lean on it."""
        return any(each.sketch for each in self.sets)

    @property
    def is_unknown(self) -> bool:
        """Whether no source tells of groups that day; then a bare stadsdel is no gap."""
        return self.table.unknown_before is not None

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Each group that works in a stadsdel with its number, from 1; its pattern follows it."""
        return {group.pk: number for number, group in enumerate(self.groups, start=1)}

    @cached_property
    def groups(self) -> list[SteeringGroup]:
        found = {each.group.pk: each.group for row in self.table.rows for each in row.covering}
        return sorted(found.values(), key=lambda group: (group.sort_key, group.pk))

    @cached_property
    def resting(self) -> set[int]:
        covering = (each for row in self.table.rows for each in row.covering)
        return {each.group.pk for each in covering if each.is_resting}

    def state(self, row: CoverageRow) -> str:
        """One of `covered`, `double`, `gap` and `unknown`."""
        if row.covering:
            return "double" if row.is_double else "covered"
        return "unknown" if self.is_unknown else "gap"
