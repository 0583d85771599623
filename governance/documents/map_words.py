"""What the maps say in words: who works where, how much is there, and whose lines they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.timezone import localtime

from governance.models import BoundarySet, SteeringGroup
from governance.queries.coverage_shapes import CoverageShapes, Patch

_SAID = {"gap": "lokal styrgrupp saknas", "unknown": "uppgift om lokal styrgrupp saknas"}


@dataclass(frozen=True)
class Count:
    """So many things in the stadsdelar with these ids, and the same in words."""

    areas: frozenset[int]
    number: int
    said: str


@dataclass(frozen=True)
class Level:
    """Numbers that are shown together, and what they are the number of."""

    counted: str
    counts: list[Count]


@dataclass(frozen=True)
class Told:
    """What a map tells beside who works where.

    `areas` and `groups` are added to what is said of a stadsdel and of a group, by id;
    `levels` are the same numbers for larger and then smaller areas, where there is room;
    `notes` stand under the map.
    """

    areas: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


NOTHING = Told()


def said(shapes: CoverageShapes, patch: Patch, told: Told = NOTHING) -> str:
    """The stadsdel, who works there and what more is told of it, in words."""
    row = patch.row
    groups = [
        f"{each.group.name} (vilande)" if each.is_resting else each.group.name
        for each in row.covering
    ]
    words = " och ".join(groups) or _SAID[shapes.state(row)]
    if row.is_double:
        words = f"flera grupper, {words}"
    where = f"{row.area.name} i {row.district.name}" if row.district else row.area.name
    more = told.areas.get(row.area.pk)
    return f"{where}: {words}; {more}" if more else f"{where}: {words}"


def numbered(shapes: CoverageShapes, groups: tuple[int, ...]) -> str:
    """`3`, or `3 + 5` where two work."""
    return " + ".join(str(shapes.numbers[pk]) for pk in groups)


def named(shapes: CoverageShapes, group: SteeringGroup, told: Told = NOTHING) -> str:
    """The group as the legend has it, without its number."""
    resting = " (vilande)" if group.pk in shapes.resting else ""
    more = told.groups.get(group.pk)
    return f"{group.name}{resting}: {more}" if more else f"{group.name}{resting}"


def source_of(boundaries: BoundarySet) -> str:
    """Whose lines they are: source, licence and date, and whether they are only about right."""
    if boundaries.sketch:
        return f"Gränser: {boundaries.source}, ungefärligt"
    loaded = f"inläst {localtime(boundaries.loaded_at).date()}"
    dated = str(boundaries.source_date) if boundaries.source_date else loaded
    parts = [boundaries.source, boundaries.licence, dated]
    return f"Gränser: {', '.join(filter(None, parts))}"


def feet(shapes: CoverageShapes, told: Told) -> Iterable[str]:
    """What is not on the map, and where its lines come from."""
    yield from told.notes
    missing = [row.area.name for row in shapes.without_shape]
    if missing and shapes.patches:
        yield f"Utan gräns på kartan: {', '.join(missing)}."
    for each in shapes.sets:
        yield f"{source_of(each)}."
