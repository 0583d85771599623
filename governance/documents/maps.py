"""The map of coverage as a drawing: where everything stands in `coverages/map.svg`.

Shapes come in metres (SWEREF 99 TM) and are made simpler for drawing only: what lies where
is never answered from here. North is up.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from governance.documents.map_ground import (
    ASIDE,
    FINE,
    MARGIN,
    UNDER,
    WIDTH,
    Box,
    Ground,
    simplified,
)
from governance.documents.map_words import NOTHING, Level, Told, feet, named, numbered, said
from governance.documents.patterns import Pattern
from governance.queries.coverage_shapes import CoverageShapes, Patch

LETTERS = 46  # how many fit in half the width of the legend
LINE = 26  # how high a line of the legend is
SMALLEST, LARGEST = 9, 15  # the circle of a number


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
class Mark:
    """How many there are at a place: a number in a circle that grows with it."""

    x: int
    y: int
    radius: int
    number: int
    title: str

    @property
    def box(self) -> Box:
        return self.x, self.y, self.radius, self.radius


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
    marks: list[Mark]
    legend: list[Entry]
    foot: list[Label]
    patterns: list[Pattern]


def draw(shapes: CoverageShapes, told: Told = NOTHING) -> Map:
    """Every stadsdel that has a shape exactly once, and the legend of what is seen."""
    patches = shapes.patches
    whole = np.array([patch.shape for patch in patches], dtype=object)
    ground = Ground(whole)
    simple = simplified(whole, FINE / ground.scale)
    level = ground.chosen(told.levels)
    patterns = {pk: Pattern(number) for pk, number in shapes.numbers.items()}
    fields = [
        Field(
            slug=patch.row.area.slug,
            path=ground.path(shape),
            title=said(shapes, patch, told),
            state=shapes.state(patch.row),
            patterns=[patterns[pk] for pk in patch.groups],
        )
        for patch, shape in zip(patches, simple, strict=True)
    ]
    legend, bottom = _legend(shapes, patterns, told, level, ground.bottom + LINE + 10)
    lines = [line for text in feet(shapes, told) for line in _wrapped(text)]
    foot = [Label(MARGIN, bottom + LINE * at, text) for at, text in enumerate(lines)]
    marks = marks_of(shapes, ground, simple, level)
    names, badges = _labels(shapes, ground, simple, marks)
    return Map(
        height=bottom + LINE * len(foot) + MARGIN,
        fields=fields,
        edges=[ground.path(each) for each in unions(patches, simple).values()],
        names=names,
        badges=badges,
        marks=marks,
        legend=legend,
        foot=foot,
        patterns=list(patterns.values()),
    )


def unions(patches: list[Patch], simple: np.ndarray) -> dict[tuple[int, ...], Any]:
    """One shape for each combination of groups; where there is none, none."""
    parts: dict[tuple[int, ...], list[Any]] = defaultdict(list)
    for patch, shape in zip(patches, simple, strict=True):
        if patch.groups:
            parts[patch.groups].append(shape)
    return {groups: shapely.union_all(found) for groups, found in parts.items()}


def marks_of(
    shapes: CoverageShapes, ground: Ground, simple: np.ndarray, level: Level
) -> list[Mark]:
    """The circles, the area of each after its number; none upon another where there is room."""
    most = max((count.number for count in level.counts), default=1)
    marks: list[Mark] = []
    for count in level.counts:
        here = [patch.row.area.pk in count.areas for patch in shapes.patches]
        shape = shapely.union_all(simple[here])
        x, y = ground.middle(shape)
        if any(abs(x - mark.x) < SMALLEST and abs(y - mark.y) < SMALLEST for mark in marks):
            x, y = ground.middle(shape, [mark.box for mark in marks])
        grown = SMALLEST + round((LARGEST - SMALLEST) * (count.number / most) ** 0.5)
        radius = max(grown, 4 + 3 * len(str(count.number)))
        marks.append(Mark(x, y, radius, count.number, count.said))
    return marks


def _labels(
    shapes: CoverageShapes, ground: Ground, simple: np.ndarray, marks: list[Mark]
) -> tuple[list[Label], list[Label]]:
    """The stadsdelsområden by name; in each of their parts, the numbers of the groups there."""
    parts: dict[Any, dict[tuple[int, ...], list[Any]]] = defaultdict(lambda: defaultdict(list))
    for patch, shape in zip(shapes.patches, simple, strict=True):
        parts[patch.row.district][patch.groups].append(shape)
    names: list[Label] = []
    badges: list[Label] = []
    taken = [mark.box for mark in marks]
    for district, by_groups in parts.items():
        found: list[tuple[int, int]] = []
        wide = Label(0, 0, district.name).width / 2 if district else ASIDE
        for groups, here in by_groups.items():
            x, y = ground.middle(shapely.union_all(here), taken, wide)
            text = numbered(shapes, groups)
            if not text:
                mark = "?" if shapes.is_unknown else "Lucka"
                names.append(Label(x, y + 4, mark, "mark" if shapes.is_unknown else "gap-text"))
            else:
                badges.append(Label(x, y - 8, text))
            found.append((x, y))
        if district is not None:
            every = [shape for here in by_groups.values() for shape in here]
            one = len(found) == 1
            x, y = found[0] if one else ground.middle(shapely.union_all(every), taken, wide)
            name = Label(x, y + 18, district.name)
            aside = min(max(name.x, name.width // 2), WIDTH - name.width // 2)
            names.append(Label(aside, name.y, name.text))
            found.append((x, y))
        if marks:
            taken += [(x, y, wide, UNDER) for x, y in found]
    return names, badges


def _legend(
    shapes: CoverageShapes, patterns: dict[int, Pattern], told: Told, level: Level, top: int
) -> tuple[list[Entry], int]:
    """The groups by number and the states that are seen; and where the legend ends."""
    words: list[tuple[str, Pattern | None, str]] = [
        (f"{shapes.numbers[group.pk]}. {named(shapes, group, told)}", patterns[group.pk], "")
        for group in shapes.groups
    ]
    if level.counts:
        words.append((level.counted, None, "count"))
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


def _wrapped(text: str, letters: int = 110) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
