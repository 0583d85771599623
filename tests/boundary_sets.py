"""Sets of boundaries made by hand: squares and files of them."""

import json
from typing import Any

import numpy as np
import shapely
from django.db.models import Model
from pyproj import Transformer

from governance.geo.geojson import Drawing, read_geojson
from governance.models import Agreement, Area, Boundary, BoundarySet
from governance.services.boundaries import Origin
from tests.days import day

# The south-western corner of what is drawn here, in SWEREF 99 TM.
NORTH, EAST = 6_580_000, 670_000
ORIGIN = Origin(source="Provkartan", accuracy=5)


def box(east: float, north: float, width: float = 1000, height: float = 1000) -> shapely.Polygon:
    """A rectangle so many metres from the corner."""
    left, low = EAST + east, NORTH + north
    return shapely.box(left, low, left + width, low + height)


def geojson(shapes: dict[str, Any], *, epsg: int = 4326, swapped: bool = False) -> bytes:
    """A file of the shapes by name, in another system; None is a shape that is missing."""
    turn = Transformer.from_crs(3006, epsg, always_xy=True).transform

    def written(points: np.ndarray) -> np.ndarray:
        pair = np.column_stack(turn(points[:, 0], points[:, 1]))
        return pair[:, ::-1] if swapped else pair

    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": shape and json.loads(shapely.to_geojson(shapely.transform(shape, written))),
        }
        for name, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def drawing(shapes: dict[str, Any]) -> Drawing:
    return read_geojson(geojson(shapes, epsg=3006), "name")


def make_boundary_set(
    territory: Area | None, shapes: dict[Area, Any] | None = None, **fields: Any
) -> BoundarySet:
    """A set with these shapes; inactive unless said otherwise."""
    given = {"kind": Area.Kind.NEIGHBOURHOOD, "source": "Provkartan", **fields}
    found = BoundarySet.objects.create(
        territory=territory, **{"valid_from": day("2019-01-01"), **given}
    )
    for area, shape in (shapes or {}).items():
        Boundary.objects.create(
            boundary_set=found, area=area, name=area.name.upper(), shape=shapely.to_wkb(shape)
        )
    return found


def bounds_within(agreement: Agreement) -> dict[str, Model]:
    """An inactive set in the agreement's territory with one shape, by noun."""
    area = Area.objects.filter(kind=Area.Kind.NEIGHBOURHOOD).order_by("pk").first()
    found = make_boundary_set(agreement.territory or area, {area: box(0, 0)} if area else {})
    return {"boundaryset": found, "boundary": found.boundaries.first()}
