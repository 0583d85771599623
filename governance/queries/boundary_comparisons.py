"""A set of boundaries beside the one in force: what is missing, new, gained and lost."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import shapely

from governance.models import Area, Boundary, BoundarySet
from governance.queries.boundary_names import areas_of_kind
from governance.temporal import day_before

HECTARE = 10_000.0
# Slivers below this, in hectares, are the drawing's own unevenness and are not listed.
SLIVER = 0.01


@dataclass(frozen=True)
class Change:
    """One area in both sets, in hectares."""

    area: Area
    before: float
    after: float
    gained: float
    lost: float


@dataclass(frozen=True)
class Overlap:
    """Ground that two areas both claim, in hectares."""

    one: Area
    other: Area
    hectares: float


@dataclass(frozen=True)
class Hole:
    """Ground inside the drawing that no area claims, in hectares, and where (EPSG:3006)."""

    hectares: float
    north: float
    east: float


@dataclass
class Comparison:
    """What somebody should have seen before a set is activated. `before` is None without one."""

    before: BoundarySet | None
    unnamed: list[Boundary]
    missing: list[Area]
    new: list[Area] = field(default_factory=list)
    gone: list[Area] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    overlaps: list[Overlap] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    shapes: int = 0
    hectares: float = 0.0


def compare(boundary_set: BoundarySet) -> Comparison:
    """The set beside the one that answers when it begins, or did the day before. Five queries."""
    rows = _rows(boundary_set)
    now = _shapes(rows)
    left = [row for row in rows if row.area is None]
    expected = areas_of_kind(boundary_set.kind, boundary_set.territory_id, boundary_set.valid_from)
    found = Comparison(
        before=_before(boundary_set),
        unnamed=left,
        missing=[
            area for area in expected if area not in now and area.in_force(boundary_set.valid_from)
        ],
        shapes=len(rows),
        invalid=[area.name for area, shape in now.items() if not shapely.is_valid(shape)],
    )
    if now and not found.invalid:  # the surfaces of what is invalid mean nothing
        _measure(found, now)
    return found


def _measure(found: Comparison, now: dict[Area, shapely.Geometry]) -> None:
    if found.before is not None:
        then = _shapes(_rows(found.before))
        found.new = [area for area in now if area not in then]
        found.gone = [area for area in then if area not in now]
        found.changes = sorted(_changes(then, now), key=lambda each: -(each.gained + each.lost))
        found.unchanged = len(then.keys() & now.keys()) - len(found.changes)
    found.overlaps = sorted(_overlaps(now), key=lambda each: -each.hectares)
    whole = shapely.union_all(list(now.values()))
    found.holes = sorted(_holes(whole), key=lambda each: -each.hectares)
    found.hectares = shapely.area(whole) / HECTARE


def _before(boundary_set: BoundarySet) -> BoundarySet | None:
    rows = BoundarySet.objects.filter(
        kind=boundary_set.kind, territory=boundary_set.territory_id, activated=True
    ).exclude(pk=boundary_set.pk)
    first = boundary_set.valid_from
    return rows.overlapping(day_before(first), first).order_by("-valid_from").first()


def _rows(boundary_set: BoundarySet) -> list[Boundary]:
    rows = Boundary.objects.filter(boundary_set=boundary_set).select_related("area")
    return list(rows.order_by("area__sort_key", "name"))


def _shapes(rows: list[Boundary]) -> dict[Area, shapely.Geometry]:
    return {row.area: shapely.from_wkb(bytes(row.shape)) for row in rows if row.area}


def _changes(
    then: dict[Area, shapely.Geometry], now: dict[Area, shapely.Geometry]
) -> Iterable[Change]:
    for area, after in now.items():
        before = then.get(area)
        if before is None or shapely.equals_exact(before, after):
            continue
        common = shapely.area(shapely.intersection(before, after))
        gained = (shapely.area(after) - common) / HECTARE
        lost = (shapely.area(before) - common) / HECTARE
        if max(gained, lost) >= SLIVER:
            yield Change(
                area, shapely.area(before) / HECTARE, shapely.area(after) / HECTARE, gained, lost
            )


def _overlaps(now: dict[Area, shapely.Geometry]) -> Iterable[Overlap]:
    areas, shapes = list(now), list(now.values())
    ones, others = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        if one < other:
            shared = shapely.area(shapely.intersection(shapes[one], shapes[other])) / HECTARE
            if shared >= SLIVER:
                yield Overlap(areas[one], areas[other], shared)


def _holes(whole: shapely.Geometry) -> Iterable[Hole]:
    for part in shapely.get_parts(whole):
        for ring in shapely.get_rings(part)[1:]:
            hole = shapely.polygons(ring)
            if shapely.area(hole) / HECTARE >= SLIVER:
                place = shapely.point_on_surface(hole)
                yield Hole(shapely.area(hole) / HECTARE, place.y, place.x)
