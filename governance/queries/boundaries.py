"""Which areas a place lies in on a day, by the boundaries that were in force."""

import datetime
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any

from governance.geo import ShapeIndex
from governance.models import Boundary, BoundarySet

# Shapes made ready, by set. A set in use never changes; its moment of loading tells a set
# from another that got the same id after a restored backup.
_MADE: OrderedDict[tuple[Any, ...], ShapeIndex] = OrderedDict()
_KEPT = 24
_MAKING = Lock()


class BoundaryIndex:
    """The boundaries of one day. Where a set is in force, no sketch of that kind answers."""

    def __init__(self, sets: Iterable[BoundarySet]) -> None:
        chosen: dict[tuple[str, int], BoundarySet] = {}
        for each in sorted(sets, key=lambda one: (one.activated, one.pk)):
            chosen[each.kind, each.territory_id] = each
        self.sets = list(chosen.values())
        self.sketch = frozenset(each.kind for each in self.sets if each.sketch)

    def set_of(self, kind: str) -> BoundarySet | None:
        """The set that answers for the kind; of several territories, the first loaded."""
        return next(iter(self.sets_of(kind)), None)

    def sets_of(self, kind: str) -> list[BoundarySet]:
        """Those that answer for the kind, one a territory."""
        return sorted((each for each in self.sets if each.kind == kind), key=lambda one: one.pk)

    def at(self, kind: str, norths: Any, easts: Any) -> list[tuple[int, ...]]:
        """For each place the ids of the areas of the kind that it lies in or may lie in.

        Several when the place is within the set's accuracy of a line; the area that
        the drawing puts it in stands first. Empty outside every area.
        """
        found: list[tuple[int, ...]] | None = None
        for each in self.sets_of(kind):
            here = shapes_of(each).candidates(norths, easts)
            found = here if found is None else [a + b for a, b in zip(found, here, strict=True)]
        return [() for _ in norths] if found is None else found

    def certain(self, kind: str, norths: Any, easts: Any) -> list[bool]:
        """Whether each place lies in one area of the kind, and no line within the accuracy.

        Never by a sketch. False also outside every area, and at the edge of the territory.
        """
        certain = [False for _ in norths]
        for each in self.sets_of(kind):
            if not each.sketch:
                codes, _ = shapes_of(each).settle(norths, easts)
                certain = [a or b for a, b in zip(certain, (codes >= 0).tolist(), strict=True)]
        return certain


def boundary_index(day: datetime.date) -> BoundaryIndex:
    """The boundaries in force on `day`, and the sketches where there are none.

    One query each time tells which sets those are, so a change made by another process
    shows at once; the shapes themselves are read and made ready once in each process.
    """
    sets = BoundarySet.objects.as_of(day).filter(activated=True)
    sketches = BoundarySet.objects.as_of(day).filter(sketch=True)
    return BoundaryIndex((sets | sketches).order_by("pk"))


def shapes_of(boundary_set: BoundarySet) -> ShapeIndex:
    """The shapes of a set that have an area, ready for questions; keys are ids of areas."""
    version = (
        boundary_set.pk,
        boundary_set.loaded_at,
        boundary_set.accuracy,
        boundary_set.activated,
    )
    with _MAKING:
        made = _MADE.get(version)
        if made is None:
            made = _MADE[version] = _make(boundary_set)
        _MADE.move_to_end(version)
        while len(_MADE) > _KEPT:
            _MADE.popitem(last=False)
    return made


def _make(boundary_set: BoundarySet) -> ShapeIndex:
    rows = Boundary.objects.filter(boundary_set=boundary_set).exclude(area=None).order_by("pk")
    shapes = list(rows.values_list("area_id", "shape"))
    return ShapeIndex(
        [area for area, _ in shapes], [shape for _, shape in shapes], boundary_set.accuracy
    )
