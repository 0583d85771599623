"""A coarse drawing made from points alone: each place belongs to its nearest point."""

from typing import Any

import numpy as np
import shapely

# How far the drawing reaches beyond its outermost points, metres.
MARGIN = 900.0
# Between 0, which follows every point, and 1, which is the convex hull.
TIGHTNESS = 0.25


def sketch(norths: Any, easts: Any) -> list[bytes]:
    """One shape around each point, in the order of the points; well-known binary.

    They meet without gaps inside a hull around the points. Points must differ.
    """
    points = shapely.points(np.asarray(easts, float), np.asarray(norths, float))
    every = shapely.multipoints(points)
    hull = shapely.buffer(shapely.concave_hull(every, ratio=TIGHTNESS), MARGIN, quad_segs=4)
    cells = shapely.get_parts(shapely.voronoi_polygons(every, extend_to=hull, ordered=True))
    return [shapely.to_wkb(shape) for shape in shapely.intersection(cells, hull)]
