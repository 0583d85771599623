"""A coarse drawing of the stadsdelar, made from a point in each, where no boundaries are loaded."""

import csv
from pathlib import Path

from django.core.exceptions import ValidationError

from governance.geo import sweref_from_wgs84
from governance.geo.sketches import sketch
from governance.models import Act, Agreement, Area, AreaMap, Boundary, BoundarySet, User
from governance.services.acts import act
from governance.swedish import counted
from governance.temporal import UNKNOWN_FIRST_DAY

KIND = Area.Kind.NEIGHBOURHOOD
SOURCE = "Skiss, dragen mellan en punkt i varje stadsdel"
# Within this of a line of the sketch, metres, the answer names the neighbours too.
ACCURACY = 300
FEWEST = 4  # points from which there is anything to draw


def sketch_boundaries(*, folder: Path, user: User | None = None) -> list[Act]:
    """Draw the stadsdelar of each agreement's territory from the points in areas.csv.

    Once only: where a sketch is, or has been, nothing is done. A sketch is never
    activated, and answers only on days without boundaries in force.
    """
    points = _points(folder / "areas.csv")
    agreements = Agreement.objects.filter(parent=None).exclude(territory=None)
    found = [_sketch(each, points, user) for each in agreements.select_related("territory")]
    return [done for done in found if done is not None]


def _points(file: Path) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the stadsdelar that have them, by slug."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("kind") == KIND]
    try:
        return {
            row["slug"]: (float(row["latitude"]), float(row["longitude"]))
            for row in rows
            if row.get("latitude") and row.get("longitude")
        }
    except ValueError as error:
        raise ValidationError(f"{file.name}: en latitud eller longitud är inget tal.") from error


def _sketch(
    agreement: Agreement, points: dict[str, tuple[float, float]], user: User | None
) -> Act | None:
    territory = agreement.territory_id
    before = BoundarySet.history.filter(kind=KIND, territory=territory, sketch=True)
    inside = AreaMap(None).downwards(territory) if territory else set()
    areas = Area.objects.filter(kind=KIND, pk__in=inside, slug__in=points).order_by("pk")
    known = {points[area.slug]: area for area in areas}
    if len(known) < FEWEST or before.exists():
        return None
    norths, easts = sweref_from_wgs84(*zip(*known, strict=True))
    with act(user=user, verb=Act.Verb.LOAD, agreement=agreement) as done:
        drawn = BoundarySet(
            kind=KIND,
            territory_id=territory,
            valid_from=UNKNOWN_FIRST_DAY,
            source=SOURCE,
            accuracy=ACCURACY,
            sketch=True,
        )
        drawn.save()
        Boundary.objects.bulk_create(
            [
                Boundary(boundary_set=drawn, area=area, name=area.name, shape=shape)
                for area, shape in zip(known.values(), sketch(norths, easts), strict=True)
            ],
            batch_size=200,
        )
        done.summary = f"En skiss ritades av {counted(len(known), 'stadsdel', 'stadsdelar')}."
    return done
