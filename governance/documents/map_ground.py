"""From metres to the pixels of a map, and where in an area a label has room."""

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from governance.documents.map_words import Level

WIDTH, MARGIN = 840, 12
TALLEST = 1000  # of the ground; a long narrow territory is drawn smaller
TOP = 70  # above the ground
FINE = 0.6  # how many pixels a line may be moved when it is made simpler
ROOM = 5500  # of the ground, in square pixels, that each number needs
ASIDE, UNDER = 42, 18  # how much room a label takes from its middle

Box = tuple[float, float, float, float]  # a place that is taken: its middle, half its width, height


class Ground:
    """Turns metres into pixels, so that all the shapes fit."""

    def __init__(self, shapes: np.ndarray) -> None:
        west, south, east, north = shapely.total_bounds(shapes) if len(shapes) else (0, 0, 1, 0)
        wide, high = max(east - west, 1), max(north - south, 1)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, TALLEST / high)
        self._west = west - (WIDTH / self.scale - wide) / 2
        self._north = north
        self._pixels = wide * high * self.scale**2
        self.bottom = TOP + round(high * self.scale) if len(shapes) else TOP

    def chosen(self, levels: Sequence[Level]) -> Level:
        """The finest level whose numbers have room, else the coarsest."""
        fit = [each for each in levels if self._pixels >= ROOM * len(each.counts)]
        return [*levels[:1], *fit][-1] if levels else Level("", [])

    def place(self, points: np.ndarray) -> np.ndarray:
        x = (points[:, 0] - self._west) * self.scale
        y = (self._north - points[:, 1]) * self.scale + TOP
        return np.column_stack((x, y))

    def path(self, shape: Any) -> str:
        """The shape as the data of a path, tenths of a pixel."""
        rings = [ring for part in _polygons(shape) for ring in (part.exterior, *part.interiors)]
        return "".join(self._ring(shapely.get_coordinates(ring)) for ring in rings)

    def _ring(self, points: np.ndarray) -> str:
        placed = [f"{x:.1f} {y:.1f}" for x, y in self.place(points[:-1])]
        return f"M{'L'.join(placed)}Z" if placed else ""

    def middle(self, shape: Any, taken: Sequence[Box] = (), wide: float = ASIDE) -> tuple[int, int]:
        """Where a label has the most room around it, beside what is taken where there is any."""
        tries = [self._beside(shape, taken, wide * part, UNDER * part) for part in (1, 0.6, 0.3)]
        parts = next(filter(None, map(_polygons, [*tries, shape])), [])
        if not parts:
            return WIDTH // 2, TOP
        largest = max(parts, key=shapely.area)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=20 / self.scale / 10)
        [(x, y)] = self.place(shapely.get_coordinates(circle)[:1])
        return round(x), round(y)

    def _beside(self, shape: Any, taken: Sequence[Box], more: float, under: float) -> Any:
        """What is left of the shape where a label so wide and high covers nothing taken."""
        boxes = [
            shapely.box(
                *self.metres(x - wide - more, y + high + under),
                *self.metres(x + wide + more, y - high - under),
            )
            for x, y, wide, high in taken
        ]
        return shape.difference(shapely.union_all(boxes)) if boxes else shape

    def metres(self, x: float, y: float) -> tuple[float, float]:
        """East and north of a pixel."""
        return self._west + x / self.scale, self._north - (y - TOP) / self.scale


def _polygons(shape: Any) -> list[Any]:
    parts = shapely.get_parts(shape)
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def simplified(shapes: np.ndarray, metres: float) -> np.ndarray:
    """The shapes with fewer points, and the lines between neighbours still shared."""
    return _simplified(tuple(shapely.to_wkb(shapes).tolist()), round(metres, 3))


@functools.lru_cache(maxsize=8)
def _simplified(wkbs: tuple[bytes, ...], metres: float) -> np.ndarray:
    shapes = shapely.from_wkb(np.array(wkbs, dtype=object))
    return shapely.coverage_simplify(shapes, metres) if len(shapes) else shapes
