"""Places as numbers and shapes, with no knowledge of the app's nouns.

A leaf beside `temporal` and `swedish`: which area a shape is, and which day it holds for,
is decided by those who ask. Everything inside is in SWEREF 99 TM (EPSG:3006), metres.
"""

from governance.geo.coordinates import (
    Point,
    Reading,
    System,
    read_pair,
    read_point,
    sweref_from_wgs84,
    wgs84_from_sweref,
)
from governance.geo.shapes import ShapeIndex

__all__ = [
    "Point",
    "Reading",
    "ShapeIndex",
    "System",
    "read_pair",
    "read_point",
    "sweref_from_wgs84",
    "wgs84_from_sweref",
]
