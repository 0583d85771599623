"""The map of coverage as a drawing: where everything stands in `coverages/map.svg`.

Shapes come in metres (SWEREF 99 TM) and are made simpler for drawing only: what lies where
is never answered from here. North is up.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from governance.documents.patterns import Pattern
from governance.models import SteeringGroup
from governance.queries.coverage_shapes import CoverageShapes, Patch

WIDTH, MARGIN = 840, 12
TALLEST = 1000  # of the ground; a long narrow territory is drawn smaller
TOP, LINE = 70, 26  # above the ground, and a line of the legend
LETTERS = 46  # how many fit in half the width of the legend
FINE = 0.6  # how many pixels a line may be moved when it is made simpler
_SAID = {"gap": "lokal styrgrupp saknas", "unknown": "uppgift om lokal styrgrupp saknas"}


@dataclass(frozen=True)
class Field:
    """A stadsdel on the drawing: `patterns` are laid one over the other."""

    slug: str
    path: str
    title: str
    state: str
    patterns: list[Pattern]


@dataclass(frozen=True)
class Label:
    x: int
    y: int
    text: str
    kind: str = "name"

    @property
    def width(self) -> int:
        return 14 + 8 * len(self.text)

    @property
    def left(self) -> float:
        return self.x - self.width / 2


@dataclass(frozen=True)
class Entry:
    """A line of the legend: its place, and the pattern or state that it explains."""

    x: int
    y: int
    text: str
    pattern: Pattern | None = None
    state: str = ""


@dataclass(frozen=True)
class Map:
    height: int
    fields: list[Field]
    edges: list[str]
    names: list[Label]
    badges: list[Label]
    legend: list[Entry]
    foot: list[Label]
    patterns: list[Pattern]


class Ground:
    """Turns metres into pixels, so that all the shapes fit."""

    def __init__(self, shapes: np.ndarray) -> None:
        west, south, east, north = shapely.total_bounds(shapes) if len(shapes) else (0, 0, 1, 0)
        wide, high = max(east - west, 1), max(north - south, 1)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, TALLEST / high)
        self._west = west - (WIDTH / self.scale - wide) / 2
        self._north = north
        self.bottom = TOP + round(high * self.scale) if len(shapes) else TOP

    def place(self, points: np.ndarray) -> np.ndarray:
        x = (points[:, 0] - self._west) * self.scale
        y = (self._north - points[:, 1]) * self.scale + TOP
        return np.column_stack((x, y))

    def path(self, shape: Any) -> str:
        """The shape as the data of a path, tenths of a pixel."""
        rings = [
            ring
            for part in shapely.get_parts(shape)
            if part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors)
        ]
        return "".join(self._ring(shapely.get_coordinates(ring)) for ring in rings)

    def _ring(self, points: np.ndarray) -> str:
        placed = [f"{x:.1f} {y:.1f}" for x, y in self.place(points[:-1])]
        return f"M{'L'.join(placed)}Z" if placed else ""

    def middle(self, shape: Any) -> tuple[int, int]:
        """Where a label has the most room around it."""
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if not parts:
            return WIDTH // 2, TOP
        largest = max(parts, key=shapely.area)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=20 / self.scale / 10)
        [(x, y)] = self.place(shapely.get_coordinates(circle)[:1])
        return round(x), round(y)


def draw(shapes: CoverageShapes) -> Map:
    """Every stadsdel that has a shape exactly once, and the legend of what is seen."""
    patches = shapes.patches
    whole = np.array([patch.shape for patch in patches], dtype=object)
    ground = Ground(whole)
    simple = simplified(whole, FINE / ground.scale)
    patterns = {pk: Pattern(number) for pk, number in shapes.numbers.items()}
    fields = [
        Field(
            slug=patch.row.area.slug,
            path=ground.path(shape),
            title=said(shapes, patch),
            state=shapes.state(patch.row),
            patterns=[patterns[pk] for pk in patch.groups],
        )
        for patch, shape in zip(patches, simple, strict=True)
    ]
    legend, bottom = _legend(shapes, patterns, ground.bottom + LINE + 10)
    foot = [Label(MARGIN, bottom + LINE * at, text) for at, text in enumerate(_foot(shapes))]
    names, badges = _labels(shapes, ground, simple)
    return Map(
        height=bottom + LINE * len(foot) + MARGIN,
        fields=fields,
        edges=[ground.path(each) for each in unions(patches, simple).values()],
        names=names,
        badges=badges,
        legend=legend,
        foot=foot,
        patterns=list(patterns.values()),
    )


def simplified(shapes: np.ndarray, metres: float) -> np.ndarray:
    """The shapes with fewer points, and the lines between neighbours still shared."""
    return _simplified(tuple(shapely.to_wkb(shapes).tolist()), round(metres, 3))


@functools.lru_cache(maxsize=8)
def _simplified(wkbs: tuple[bytes, ...], metres: float) -> np.ndarray:
    shapes = shapely.from_wkb(np.array(wkbs, dtype=object))
    return shapely.coverage_simplify(shapes, metres) if len(shapes) else shapes


def said(shapes: CoverageShapes, patch: Patch) -> str:
    """The stadsdel and who works there, in words."""
    row = patch.row
    groups = [
        f"{each.group.name} (vilande)" if each.is_resting else each.group.name
        for each in row.covering
    ]
    words = " och ".join(groups) or _SAID[shapes.state(row)]
    if row.is_double:
        words = f"flera grupper, {words}"
    where = f"{row.area.name} i {row.district.name}" if row.district else row.area.name
    return f"{where}: {words}"


def numbered(shapes: CoverageShapes, groups: tuple[int, ...]) -> str:
    """`3`, or `3 + 5` where two work."""
    return " + ".join(str(shapes.numbers[pk]) for pk in groups)


def unions(patches: list[Patch], simple: np.ndarray) -> dict[tuple[int, ...], Any]:
    """One shape for each combination of groups; where there is none, none."""
    parts: dict[tuple[int, ...], list[Any]] = defaultdict(list)
    for patch, shape in zip(patches, simple, strict=True):
        if patch.groups:
            parts[patch.groups].append(shape)
    return {groups: shapely.union_all(found) for groups, found in parts.items()}


def _labels(
    shapes: CoverageShapes, ground: Ground, simple: np.ndarray
) -> tuple[list[Label], list[Label]]:
    """The stadsdelsområden by name; in each of their parts, the numbers of the groups there."""
    parts: dict[Any, dict[tuple[int, ...], list[Any]]] = defaultdict(lambda: defaultdict(list))
    for patch, shape in zip(shapes.patches, simple, strict=True):
        parts[patch.row.district][patch.groups].append(shape)
    names: list[Label] = []
    badges: list[Label] = []
    for district, by_groups in parts.items():
        for groups, found in by_groups.items():
            x, y = ground.middle(shapely.union_all(found))
            text = numbered(shapes, groups)
            if not text:
                mark = "?" if shapes.is_unknown else "Lucka"
                names.append(Label(x, y + 4, mark, "mark" if shapes.is_unknown else "gap-text"))
            else:
                badges.append(Label(x, y - 8, text))
        if district is not None:
            every = [shape for found in by_groups.values() for shape in found]
            x, y = ground.middle(shapely.union_all(every))
            names.append(Label(x, y + 18, district.name))
    return names, badges


def _legend(
    shapes: CoverageShapes, patterns: dict[int, Pattern], top: int
) -> tuple[list[Entry], int]:
    """The groups by number and the states that are seen; and where the legend ends."""
    words: list[tuple[str, Pattern | None, str]] = [
        (_named(shapes, group), patterns[group.pk], "") for group in shapes.groups
    ]
    states = {shapes.state(patch.row) for patch in shapes.patches}
    for state, text in (
        ("double", "Flera grupper arbetar där (dubbel täckning)"),
        ("gap", "Lucka: lokal styrgrupp saknas"),
        ("unknown", "Uppgift om lokal styrgrupp saknas"),
    ):
        if state in states:
            words.append((text, None, state))
    columns = 1 if any(len(text) > LETTERS for text, _, _ in words) else 2
    deep = -(-len(words) // columns)
    entries = [
        Entry(MARGIN + (at // deep) * (WIDTH // 2), top + LINE * (at % deep), *word)
        for at, word in enumerate(words)
    ]
    return entries, top + LINE * deep + 10


def _named(shapes: CoverageShapes, group: SteeringGroup) -> str:
    resting = " (vilande)" if group.pk in shapes.resting else ""
    return f"{shapes.numbers[group.pk]}. {group.name}{resting}"


def _foot(shapes: CoverageShapes) -> Iterable[str]:
    """What is not on the map, and where its lines come from."""
    missing = [row.area.name for row in shapes.without_shape]
    if missing and shapes.patches:
        yield from _wrapped(f"Utan gräns på kartan: {', '.join(missing)}.")
    for each in shapes.sets:
        dated = f", {each.source_date}" if each.source_date else ""
        yield from _wrapped(f"Gränser: {each.source}{dated}.")


def _wrapped(text: str, letters: int = 110) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
