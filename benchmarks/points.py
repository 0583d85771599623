"""A hundred thousand points in WGS 84, named on two levels, beside a bare tree of shapes.

The floor asks shapely's STRtree which polygons cover points that it is given ready-made and
projected; the app projects them, leaves no point near a line to chance, and names the stadsdel
and what it is part of that day. The polygons are the city's when its open data lie beside the
project in ../shared/data, else those of the sketch.
"""

import datetime
import gc
from pathlib import Path

import numpy as np
import shapely
from django.conf import settings

from benchmarks.measuring import Result, in_turn, seconds
from governance.geo import sweref_from_wgs84, wgs84_from_sweref
from governance.geo.coordinates import System
from governance.geo.geojson import Drawing, Shape, read_geojson
from governance.models import Agreement, Area, AreaPart, Boundary
from governance.queries.boundaries import boundary_index
from governance.services.boundaries import Origin, activate_boundaries, load_boundaries
from governance.services.sketches import sketch_boundaries
from governance.services.structure import load_structure

POINTS = 100_000
NEAR = 2_000  # of them within ten metres of a line
ROUNDS = 25
DAY = datetime.date(2026, 1, 1)
KIND, LARGER = Area.Kind.NEIGHBOURHOOD, Area.Kind.DISTRICT
# At least 0.9 of the floor's points a second is at most so many times its seconds.
LIMIT = round(1 / 0.9, 3)
DATA = Path(settings.BASE_DIR).parent / "shared" / "data" / "stadsdelar.geojson"
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SHORTENED = {"ULVSUNDA INDUSTRIOMR": "ulvsunda-industriomrade"}
Named = tuple[tuple[str, ...], tuple[str, ...]]


def measure() -> list[Result]:
    load_structure(folder=FIXTURES)
    sketch_boundaries(folder=FIXTURES)
    real = DATA.exists()
    load(city() if real else drawn(), DATA.name if real else "Skissen")
    return [ratio("stadens polygoner" if real else "skissens polygoner")]


def city() -> Drawing:
    return read_geojson(DATA.read_bytes(), "name")


def drawn() -> Drawing:
    """The shapes of the sketch, as if they had been measured."""
    rows = Boundary.objects.filter(boundary_set__sketch=True).values_list("name", "shape")
    shapes = [Shape(name, bytes(shape)) for name, shape in rows]
    return Drawing(shapes, System.TM, swapped=False)


def load(drawing: Drawing, source: str) -> None:
    agreement = Agreement.objects.get(slug="overgripande")
    known = {each.name for each in drawing.shapes}
    loaded = load_boundaries(
        user=None,
        agreement=agreement,
        kind=KIND,
        drawing=drawing,
        origin=Origin(source=source),
        valid_from=DAY,
        matches={name: slug for name, slug in SHORTENED.items() if name in known},
    )
    activate_boundaries(
        user=None, agreement=agreement, boundary_set=loaded.boundary_set, valid_from=DAY
    )


def ratio(polygons: str) -> Result:
    found = boundary_index(DAY).set_of(KIND)
    assert found is not None
    rows = Boundary.objects.filter(boundary_set=found).values_list("shape", flat=True)
    shapes = shapely.from_wkb([bytes(row) for row in rows])
    tree = shapely.STRtree(shapes)
    lats, lons = places(shapes)
    norths, easts = sweref_from_wgs84(lats, lons)
    ready = shapely.points(easts, norths)
    named: list[Named] = []

    def floor() -> float:
        gc.collect()
        return seconds(lambda: tree.query(ready, predicate="covered_by"))

    def whole() -> float:
        gc.collect()
        named.clear()
        return seconds(lambda: named.extend(names_of(lats, lons)))

    floor(), whole()  # what is made ready once is made ready now
    least, taken = in_turn(ROUNDS, floor, whole)
    check(named, tree.query(ready, predicate="covered_by"))
    several = sum(len(one) > 1 for one, _ in named)
    return Result(
        what=f"Namnge {POINTS} punkter på två nivåer, {polygons}, mot ett bart träd",
        cost=taken / least,
        limit=LIMIT,
        unit="gånger",
        details=f"{POINTS / taken:,.0f} mot {POINTS / least:,.0f} punkter i sekunden, "
        f"kvot {least / taken:.2f}; {several} punkter med flera kandidater",
    )


def names_of(lats: np.ndarray, lons: np.ndarray) -> list[Named]:
    """The names of the stadsdelar that each place may lie in, and of what they are part of."""
    index = boundary_index(DAY)
    names = dict(Area.objects.values_list("pk", "name"))
    parts = AreaPart.objects.as_of(DAY).filter(whole_kind=LARGER)
    above = dict(parts.values_list("part_id", "whole__name"))
    known: dict[tuple[int, ...], Named] = {}
    found = index.at(KIND, *sweref_from_wgs84(lats, lons))
    for keys in set(found):
        larger = dict.fromkeys(above[key] for key in keys if key in above)
        known[keys] = tuple(names[key] for key in keys), tuple(larger)
    return [known[keys] for keys in found]


def places(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points all over the polygons, some of them close to a line; the same in every run."""
    chance = np.random.default_rng(2019)
    whole = shapely.union_all(shapes)
    shapely.prepare(whole)
    west, south, east, north = whole.bounds
    x, y = np.empty(0), np.empty(0)
    while len(x) < POINTS - NEAR:
        xs, ys = chance.uniform(west, east, POINTS), chance.uniform(south, north, POINTS)
        inside = shapely.contains_xy(whole, xs, ys)
        x, y = np.append(x, xs[inside]), np.append(y, ys[inside])
    corners = chance.choice(shapely.get_coordinates(shapes), NEAR)
    corners = corners + chance.uniform(-7, 7, corners.shape)
    x, y = (np.append(all_[: POINTS - NEAR], corners[:, at]) for at, all_ in enumerate((x, y)))
    return wgs84_from_sweref(y, x)


def check(named: list[Named], covered: np.ndarray) -> None:
    """No point may be named without those that the bare tree finds."""
    assert len(named) == POINTS
    counts = np.bincount(covered[0], minlength=POINTS)
    assert all(len(one) >= count for (one, _), count in zip(named, counts, strict=True))
