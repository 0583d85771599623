"""A company's stock on the map of coverage: what it tells of stadsdelar, groups and properties."""

from typing import Any

import numpy as np
from django.urls import reverse

from governance.documents.map_shapes import features, in_degrees
from governance.documents.map_words import Count, Level, Told
from governance.models import Holding
from governance.queries.coverage_shapes import Patch
from governance.queries.presence_shapes import PresenceShapes
from governance.queries.stock_sums import Amount
from governance.swedish import counted, in_words


def told_of(shapes: PresenceShapes) -> Told:
    """Numbers by stadsdel for its own people, by group for others, and none where none is known."""
    if not shapes.is_known:
        day = in_words(shapes.day)
        said = f"{shapes.organization} har inte lagt in sitt bestånd för den {day}."
        return Told(notes=[said])
    groups = {group.pk: _words(shapes.amount_of(group.pk)) for group in shapes.groups}
    if shapes.is_own:
        return Told(
            areas={patch.row.area.pk: _words(found) for patch, found in shapes.drawn},
            groups=groups,
            levels=[_by_group(shapes), _by_area(shapes)],
            notes=_notes(shapes),
        )
    return Told(groups=groups, levels=[_by_group(shapes)])


def company_features(shapes: PresenceShapes, kept: str) -> dict[str, Any]:
    """The map as GeoJSON, with a point for each own property whose coordinate is known."""
    return {**features(shapes, kept, told_of(shapes)), "points": _points(shapes, kept)}


def _by_group(shapes: PresenceShapes) -> Level:
    """What is in each group; for its own people also what is in each stadsdel without one."""
    counts = []
    for group in shapes.groups:
        found = shapes.amount_of(group.pk)
        here = [patch.row.area.pk for patch in shapes.patches if group.pk in patch.groups]
        if found.properties and here:
            said = f"{group.name}: {_words(found)}"
            counts.append(Count(frozenset(here), found.properties, said))
    bare = [_in(patch, found) for patch, found in shapes.drawn if not patch.groups]
    return Level("Antal fastigheter där gruppen arbetar", [*counts, *bare])


def _by_area(shapes: PresenceShapes) -> Level:
    counts = [_in(patch, found) for patch, found in shapes.drawn]
    return Level("Antal fastigheter i stadsdelen", counts)


def _in(patch: Patch, found: Amount) -> Count:
    area = patch.row.area
    return Count(frozenset({area.pk}), found.properties, f"{area.name}: {_words(found)}")


def _notes(shapes: PresenceShapes) -> list[str]:
    found = []
    off = shapes.off_map.properties
    if off and shapes.patches:
        what = counted(off, "fastighet", "fastigheter")
        found.append(f"{what} ligger inte i någon stadsdel på kartan.")
    if shapes.on_boundaries:
        found.append("En fastighet på en gräns räknas i varje stadsdel som den kan ligga i.")
    return found


def _points(shapes: PresenceShapes, kept: str) -> list[dict[str, Any]]:
    rows = shapes.points
    if not rows:
        return []
    places = np.array([(row.property.east, row.property.north) for row in rows])
    return [
        {
            "at": [float(lat), float(lon)],
            "name": _name(row),
            "url": f"{reverse('governance:property', args=[row.property_id])}{kept}",
        }
        for row, (lon, lat) in zip(rows, in_degrees(places), strict=True)
    ]


def _name(row: Holding) -> str:
    name = row.property.designation or row.own_number or "Fastighet utan beteckning"
    return f"{name} (visas inte för andra)" if row.property.hidden else name


def _words(found: Amount) -> str:
    properties = counted(found.properties, "fastighet", "fastigheter")
    flats = counted(found.flats, "lägenhet", "lägenheter")
    return f"{properties}, {flats}" if found.flats else properties
