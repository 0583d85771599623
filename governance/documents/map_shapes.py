"""The map of coverage as shapes that a browser draws itself."""

import json
from typing import Any

import numpy as np
import shapely
from django.urls import reverse

from governance.documents.maps import FINE, Ground, numbered, said, simplified, unions
from governance.documents.patterns import Pattern
from governance.geo import wgs84_from_sweref
from governance.models import SteeringGroup
from governance.queries.coverage_shapes import CoverageShapes, Patch


def features(shapes: CoverageShapes, kept: str = "") -> dict[str, Any]:
    """The stadsdelar as GeoJSON (RFC 7946): WGS 84, longitude first, about a metre fine.

    `kept` is what links carry on, such as the day; `groups` has the pattern of each number.
    """
    whole = np.array([patch.shape for patch in shapes.patches], dtype=object)
    simple = simplified(whole, FINE / Ground(whole).scale)
    return {
        "type": "FeatureCollection",
        "date": shapes.day.isoformat(),
        "sketch": shapes.is_sketch,
        "sources": [each.source for each in shapes.sets],
        "groups": [_group(shapes, group, kept) for group in shapes.groups],
        "labels": [
            {"text": numbered(shapes, groups), "at": _middle(shape)}
            for groups, shape in unions(shapes.patches, simple).items()
        ],
        "features": [
            {
                "type": "Feature",
                "properties": _properties(shapes, patch, kept),
                "geometry": json.loads(shapely.to_geojson(shapely.transform(shape, _degrees))),
            }
            for patch, shape in zip(shapes.patches, simple, strict=True)
        ],
    }


def _middle(shape: Any) -> list[float]:
    """Latitude and longitude of a place inside the shape with room around it."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    circle = shapely.maximum_inscribed_circle(max(parts, key=shapely.area), tolerance=20)
    lon, lat = _degrees(shapely.get_coordinates(circle))[0]
    return [float(lat), float(lon)]


def _degrees(points: np.ndarray) -> np.ndarray:
    lats, lons = wgs84_from_sweref(points[:, 1], points[:, 0])
    return np.round(np.column_stack((lons, lats)), 5)


def _group(shapes: CoverageShapes, group: SteeringGroup, kept: str) -> dict[str, Any]:
    pattern = Pattern(shapes.numbers[group.pk])
    resting = " (vilande)" if group.pk in shapes.resting else ""
    return {
        "number": pattern.number,
        "name": f"{group.name}{resting}",
        "url": f"{reverse('governance:group', args=[group.slug])}{kept}",
        "path": pattern.path,
        "filled": pattern.is_filled,
        "tint": pattern.tint,
        "scale": pattern.scale,
    }


def _properties(shapes: CoverageShapes, patch: Patch, kept: str) -> dict[str, Any]:
    row = patch.row
    return {
        "name": row.area.name,
        "district": row.district.name if row.district else "",
        "said": said(shapes, patch),
        "state": shapes.state(row),
        "pattern": shapes.numbers[patch.groups[0]] if patch.groups else 0,
        "links": [
            {
                "name": each.group.name,
                "url": f"{reverse('governance:group', args=[each.group.slug])}{kept}",
                "number": shapes.numbers[each.group.pk],
            }
            for each in row.covering
        ],
    }
