"""The map of coverage as shapes that a browser draws itself."""

import json
from typing import Any

import numpy as np
import shapely
from django.urls import reverse

from governance.documents.map_ground import FINE, Box, Ground, simplified
from governance.documents.map_words import NOTHING, Told, named, numbered, said, source_of
from governance.documents.maps import SMALLEST, marks_of, unions
from governance.documents.patterns import Pattern
from governance.geo import wgs84_from_sweref
from governance.models import BoundarySet, SteeringGroup
from governance.queries.coverage_shapes import CoverageShapes, Patch


def features(shapes: CoverageShapes, kept: str = "", told: Told = NOTHING) -> dict[str, Any]:
    """The stadsdelar as GeoJSON (RFC 7946): WGS 84, longitude first, about a metre fine.

    `kept` is what links carry on, such as the day; `groups` has the pattern of each number.
    """
    whole = np.array([patch.shape for patch in shapes.patches], dtype=object)
    ground = Ground(whole)
    simple = simplified(whole, FINE / ground.scale)
    levels = [(level, marks_of(shapes, ground, simple, level)) for level in told.levels]
    shown = told.levels.index(ground.chosen(told.levels)) + 1 if levels else 0
    taken = [mark.box for _, found in levels[:shown] for mark in found]
    return {
        "type": "FeatureCollection",
        "date": shapes.day.isoformat(),
        "sketch": shapes.is_sketch,
        "sources": [_source(each) for each in shapes.sets],
        "groups": [_group(shapes, group, kept, told) for group in shapes.groups],
        "levels": [
            {
                "counted": level.counted,
                "counts": [
                    {"number": mark.number, "at": _at(ground, mark.x, mark.y)} for mark in found
                ],
            }
            for level, found in levels
        ],
        "labels": _labels(shapes, ground, simple, taken),
        "features": [
            {
                "type": "Feature",
                "properties": _properties(shapes, patch, kept, told),
                "geometry": json.loads(shapely.to_geojson(shapely.transform(shape, in_degrees))),
            }
            for patch, shape in zip(shapes.patches, simple, strict=True)
        ],
    }


def _labels(
    shapes: CoverageShapes, ground: Ground, simple: np.ndarray, taken: list[Box]
) -> list[dict[str, Any]]:
    """The number of each combination of groups, beside what is taken and one another."""
    labels = []
    for groups, shape in unions(shapes.patches, simple).items():
        x, y = ground.middle(shape, taken)
        taken = [*taken, (x, y, SMALLEST, SMALLEST)]
        labels.append({"text": numbered(shapes, groups), "at": _at(ground, x, y)})
    return labels


def _at(ground: Ground, x: float, y: float) -> list[float]:
    """Latitude and longitude of a pixel of the drawing."""
    lon, lat = in_degrees(np.array([ground.metres(x, y)]))[0]
    return [float(lat), float(lon)]


def in_degrees(points: np.ndarray) -> np.ndarray:
    """East and north in metres as longitude and latitude, about a metre fine."""
    lats, lons = wgs84_from_sweref(points[:, 1], points[:, 0])
    return np.round(np.column_stack((lons, lats)), 5)


def _source(each: BoundarySet) -> dict[str, Any]:
    """Whose lines they are; `said` is the same in words."""
    return {
        "source": each.source,
        "licence": each.licence,
        "date": each.source_date and each.source_date.isoformat(),
        "sketch": each.sketch,
        "said": source_of(each),
    }


def _group(shapes: CoverageShapes, group: SteeringGroup, kept: str, told: Told) -> dict[str, Any]:
    pattern = Pattern(shapes.numbers[group.pk])
    return {
        "number": pattern.number,
        "name": named(shapes, group, told),
        "url": f"{reverse('governance:group', args=[group.slug])}{kept}",
        "path": pattern.path,
        "filled": pattern.is_filled,
        "tint": pattern.tint,
        "scale": pattern.scale,
    }


def _properties(shapes: CoverageShapes, patch: Patch, kept: str, told: Told) -> dict[str, Any]:
    row = patch.row
    return {
        "name": row.area.name,
        "district": row.district.name if row.district else "",
        "said": said(shapes, patch, told),
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
