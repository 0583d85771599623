"""The map of coverage as shapes that a browser draws itself."""

import json
from typing import Any

import numpy as np
import shapely
from django.urls import reverse

from governance.documents.maps import FINE, Ground, said, simplified
from governance.geo import wgs84_from_sweref
from governance.queries.coverage_shapes import CoverageShapes, Patch


def features(shapes: CoverageShapes) -> dict[str, Any]:
    """The stadsdelar as GeoJSON (RFC 7946): WGS 84, longitude first, about a metre fine."""
    whole = np.array([patch.shape for patch in shapes.patches], dtype=object)
    simple = simplified(whole, FINE / Ground(whole).scale)
    return {
        "type": "FeatureCollection",
        "date": shapes.day.isoformat(),
        "sketch": shapes.is_sketch,
        "sources": [each.source for each in shapes.sets],
        "features": [
            {
                "type": "Feature",
                "properties": _properties(shapes, patch),
                "geometry": json.loads(shapely.to_geojson(shapely.transform(shape, _degrees))),
            }
            for patch, shape in zip(shapes.patches, simple, strict=True)
        ],
    }


def _degrees(points: np.ndarray) -> np.ndarray:
    lats, lons = wgs84_from_sweref(points[:, 1], points[:, 0])
    return np.round(np.column_stack((lons, lats)), 5)


def _properties(shapes: CoverageShapes, patch: Patch) -> dict[str, Any]:
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
                "url": reverse("governance:group", args=[each.group.slug]),
                "number": shapes.numbers[each.group.pk],
            }
            for each in row.covering
        ],
    }
