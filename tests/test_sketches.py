"""The coarse drawing that ships with the app, made from one point in each stadsdel."""

import csv

import pytest
import shapely
from django.core.exceptions import ValidationError

from governance.geo import sweref_from_wgs84
from governance.geo.sketches import sketch
from governance.models import Boundary, BoundarySet
from governance.services.sketches import sketch_boundaries
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db


def test_the_sketch_is_drawn_once_and_holds_every_point_it_was_drawn_from(structure) -> None:
    [done] = sketch_boundaries(folder=FIXTURES)
    assert done.agreement == structure
    assert "117 stadsdelar" in done.summary
    assert sketch_boundaries(folder=FIXTURES) == []
    found = BoundarySet.objects.get(sketch=True)
    assert (found.activated, found.kind, found.territory) == (
        False, "stadsdel", structure.territory
    )  # fmt: skip
    rows = {row.area.slug: shapely.from_wkb(bytes(row.shape)) for row in shapes_of(found)}
    assert len(rows) == 117
    assert shapely.is_valid(list(rows.values())).all()
    with (FIXTURES / "areas.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] == "stadsdel":
                place = shapely.Point(float(row["longitude"]), float(row["latitude"]))
                assert rows[row["slug"]].distance(in_sweref(place)) == 0, row["slug"]


def shapes_of(found: BoundarySet):
    return Boundary.objects.filter(boundary_set=found).select_related("area")


def in_sweref(place: shapely.Point) -> shapely.Point:
    norths, easts = sweref_from_wgs84([place.y], [place.x])
    return shapely.Point(easts[0], norths[0])


def test_each_place_of_a_sketch_belongs_to_its_nearest_point() -> None:
    points = [(0, 0), (0, 3000), (3000, 0), (3000, 3000)]
    shapes = shapely.from_wkb(sketch([n for n, _ in points], [e for _, e in points]))
    for (north, east), shape in zip(points, shapes, strict=True):
        assert shape.contains(shapely.Point(east, north))
        assert shape.area == pytest.approx(shapes[0].area, rel=0.01)
    assert shapely.union_all(shapes).area == pytest.approx(shapely.area(shapes).sum())


def test_a_point_that_is_no_number_is_refused_with_the_name_of_the_file(folder) -> None:
    file = folder / "areas.csv"
    text = file.read_text(encoding="utf-8").replace("59.3316", "femtionio")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValidationError, match=r"areas\.csv: en latitud"):
        sketch_boundaries(folder=folder)
