"""Areas and groups as GeoJSON in WGS 84, by the boundaries in force on the day."""

import datetime
import json
from collections import defaultdict
from typing import Any

import numpy as np
import shapely
from django.http import HttpRequest
from ninja import Query, Router

from governance.api.access import reader
from governance.api.days import day_of
from governance.api.schemas import Drawn, FeatureCollection, OnDay, or_refusal
from governance.geo import wgs84_from_sweref
from governance.models import Area, Boundary
from governance.permissions import Reader, visible_areas
from governance.queries.boundaries import BoundaryIndex, boundary_index
from governance.queries.places import Finder

router = Router(tags=["Karta"])
DIGITS = 6  # of a degree: a decimetre


@router.get("/areas.geojson", response=or_refusal(FeatureCollection), summary="Områdenas gränser")
def areas_geojson(request: HttpRequest, asked: Query[Drawn]) -> dict[str, Any]:
    day = day_of(asked.date)
    index = boundary_index(day)
    shapes = shapes_of(reader(request), index, asked.kind)
    areas = Area.objects.as_of(day).filter(pk__in=shapes).order_by("sort_key", "pk")
    sketch = asked.kind in index.sketch
    return collection(
        day,
        [
            feature(shapes[area.pk], kind=area.kind, slug=area.slug, name=area.name, sketch=sketch)
            for area in areas
        ],
    )


@router.get(
    "/groups.geojson",
    response=or_refusal(FeatureCollection),
    summary="Var de lokala grupperna verkar",
)
def groups_geojson(request: HttpRequest, asked: Query[OnDay]) -> dict[str, Any]:
    """Stadsdelarna i varje lokal grupps täckning, sammanlagda. En grupp utan gränser har null."""
    who, day = reader(request), day_of(asked.date)
    structure = Finder(who, day).structure
    kind = Area.Kind.NEIGHBOURHOOD
    shapes = shapes_of(who, structure.boundaries, kind)
    within: dict[int, set[int]] = defaultdict(set)
    groups = {}
    for area, covering in structure.covering.items():
        for group in covering:
            groups[group.pk] = group
            within[group.pk] |= structure.nesting.downwards(area) & shapes.keys()
    sketch = kind in structure.boundaries.sketch
    ordered = sorted(groups.values(), key=lambda each: (each.sort_key, each.pk))
    return collection(
        day,
        [
            feature(
                shapely.union_all([shapes[pk] for pk in sorted(within[group.pk])]),
                slug=group.slug,
                name=group.name,
                status=group.state(day).code,
                sketch=sketch,
            )
            for group in ordered
        ],
    )


def shapes_of(who: Reader, index: BoundaryIndex, kind: str) -> dict[int, Any]:
    """The shape of each area of the kind that the reader may see, in SWEREF 99 TM."""
    rows = Boundary.objects.filter(
        boundary_set__in=[each.pk for each in index.sets_of(kind)], area__in=visible_areas(who)
    )
    return {
        area: shapely.from_wkb(bytes(shape)) for area, shape in rows.values_list("area", "shape")
    }


def feature(shape: Any, **properties: str | bool) -> dict[str, Any]:
    drawn = None
    if not shape.is_empty:
        drawn = json.loads(shapely.to_geojson(shapely.transform(shape, _in_degrees)))
    return {"type": "Feature", "properties": properties, "geometry": drawn}


def _in_degrees(points: np.ndarray) -> np.ndarray:
    """East and north in metres as longitude and latitude."""
    lats, lons = wgs84_from_sweref(points[:, 1], points[:, 0])
    return np.round(np.column_stack([lons, lats]), DIGITS)


def collection(day: datetime.date, features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "date": day, "features": features}
