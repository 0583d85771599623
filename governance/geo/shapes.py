"""Which shapes a place lies in, or so near that nobody can tell."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

OUTSIDE = -1
NEAR = -2
# So few places are looked up one by one.
FEW = 250


class ShapeIndex:
    """Answers for many places at once which of the shapes each lies in.

    `keys` are the ids of the shapes `wkbs` (well-known binary, SWEREF 99 TM); a line
    may be `accuracy` metres off. A place within that of a line is given every key that
    it may lie in; it is never guessed. Safe to read from several threads once made.
    """

    def __init__(self, keys: Sequence[int], wkbs: Sequence[bytes], accuracy: float) -> None:
        self.keys = tuple(keys)
        self.accuracy = float(accuracy)
        self.shapes = np.array([shapely.from_wkb(bytes(wkb)) for wkb in wkbs], dtype=object)
        self._tree = shapely.STRtree(self.shapes)
        self._sure = self._for_sure()
        # A round corner is drawn with straight pieces, so the margin is a little wider.
        self._reach = shapely.buffer(self.shapes, self.accuracy * 1.02 + 0.01, quad_segs=8)
        self._make_ready()

    def candidates(self, norths: Any, easts: Any) -> list[tuple[int, ...]]:
        """For each place the keys within `accuracy`: none, one, or several.

        Of several, the one that the place lies in stands first, the others by distance.
        """
        codes, near = self.settle(norths, easts)
        answers: list[tuple[int, ...]] = [*((key,) for key in self.keys), ()]
        found = [answers[code] for code in np.maximum(codes, OUTSIDE).tolist()]
        for at, positions in near.items():
            found[at] = tuple(self.keys[position] for position in positions)
        return found

    def settle(self, norths: Any, easts: Any) -> tuple[np.ndarray, dict[int, list[int]]]:
        """The position of the one shape each place lies in for certain, OUTSIDE or NEAR.

        Those that are NEAR a line stand in the dictionary: the positions of the shapes
        within `accuracy`, the one that the place lies in first.
        """
        x, y = np.atleast_1d(np.asarray(easts, float)), np.atleast_1d(np.asarray(norths, float))
        codes = np.full(len(x), OUTSIDE, dtype=np.intp)
        if not self.keys:
            return codes, {}
        if len(x) <= FEW:
            return self._settle_few(x, y, codes)
        for position, inside in _each_inside(self._sure, x, y, np.arange(len(x))):
            codes[inside] = position
        for _, inside in _each_inside(self._reach, x, y, np.flatnonzero(codes == OUTSIDE)):
            codes[inside] = NEAR
        near = self._near(x, y, np.flatnonzero(codes == NEAR))
        for at in np.flatnonzero(codes == NEAR).tolist():
            if at not in near:
                codes[at] = OUTSIDE
        return codes, near

    def _settle_few(
        self, x: np.ndarray, y: np.ndarray, codes: np.ndarray
    ) -> tuple[np.ndarray, dict[int, list[int]]]:
        """The same answers: asking the tree for each place costs less than passing every shape."""
        near = self._near(x, y, np.flatnonzero(np.isfinite(x) & np.isfinite(y)))
        for at, positions in list(near.items()):
            codes[at] = NEAR
            if shapely.contains_xy(self._sure[positions[0]], x[at], y[at]):
                codes[at] = near.pop(at)[0]
        return codes, near

    def _near(self, x: np.ndarray, y: np.ndarray, rows: np.ndarray) -> dict[int, list[int]]:
        points = shapely.points(x[rows], y[rows])
        which, positions = self._tree.query(points, predicate="dwithin", distance=self.accuracy)
        within = shapely.contains_properly(self.shapes[positions], points[which])
        distance = shapely.distance(self.shapes[positions], points[which])
        found: dict[int, list[int]] = {}
        for at in np.lexsort((positions, distance, ~within, which)):
            found.setdefault(int(rows[which[at]]), []).append(int(positions[at]))
        return found

    def _for_sure(self) -> np.ndarray:
        """Each shape without the margin along its lines, and without what others claim too."""
        sure = shapely.buffer(self.shapes, -self.accuracy, quad_segs=8)
        one, other = self._tree.query(self.shapes, predicate="intersects")
        shared = one != other
        pairs = zip(one[shared].tolist(), other[shared].tolist(), strict=True)
        for mine, theirs in pairs:
            if shapely.intersects(sure[mine], self.shapes[theirs]):
                sure[mine] = shapely.difference(
                    sure[mine], shapely.buffer(self.shapes[theirs], self.accuracy + 0.01)
                )
        return sure

    def _make_ready(self) -> None:
        """Build now what is built at the first question, so that no two threads do it at once."""
        shapely.prepare(self._sure)
        shapely.prepare(self._reach)
        if self.keys:
            places = shapely.get_coordinates(shapely.point_on_surface(self.shapes))
            self.settle(places[:, 1], places[:, 0])
            self._near(places[:, 0], places[:, 1], np.arange(len(places)))


def _each_inside(shapes: np.ndarray, x: np.ndarray, y: np.ndarray, rows: np.ndarray) -> Any:
    """For each shape its position and which of the rows lie in it; `shapes` are prepared."""
    rows = rows[np.argsort(x[rows])]
    easts, norths = x[rows], y[rows]
    for position, (west, south, east, north) in enumerate(shapely.bounds(shapes)):
        if np.isnan(west):
            continue  # narrower than the margin: nowhere for certain
        first, last = np.searchsorted(easts, west), np.searchsorted(easts, east, "right")
        here = norths[first:last]
        boxed = rows[first:last][(here >= south) & (here <= north)]
        yield position, boxed[shapely.contains_xy(shapes[position], x[boxed], y[boxed])]
