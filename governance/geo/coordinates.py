"""Coordinates as people write them: which system, which number is north, and where that is."""

import functools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from pyproj import Transformer

MAX_LENGTH = 200  # of what is typed: no pair of coordinates is longer


class System(StrEnum):
    """The systems that are read, with the names that people know them by."""

    TM = "SWEREF 99 TM"
    LOCAL = "SWEREF 99 18 00"
    WGS84 = "WGS 84"

    @property
    def epsg(self) -> int:
        return {System.TM: 3006, System.LOCAL: 3011, System.WGS84: 4326}[self]


@dataclass(frozen=True)
class Extent:
    """Within what the numbers of a system lie in Sweden: north (latitude), then east."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, north: float, east: float) -> bool:
        return self.south <= north <= self.north and self.west <= east <= self.east


# No two of them meet, not with the axes swapped either, so the numbers tell the system.
EXTENTS = {
    System.TM: Extent(6_100_000, 7_700_000, 255_000, 930_000),
    System.LOCAL: Extent(6_100_000, 7_700_000, 50_000, 250_000),
    System.WGS84: Extent(55, 69.5, 10, 25),
}
# RT 90 2,5 gon V: known by its numbers, but not read, since it lies up to metres off.
RT90 = Extent(6_100_000, 7_700_000, 1_200_000, 1_900_000)


@dataclass(frozen=True)
class Point:
    """A place in SWEREF 99 TM, metres."""

    north: float
    east: float


@dataclass(frozen=True)
class Reading:
    """What a pair of coordinates was read as, with a sentence for the reader.

    `point` is None when it could not be read; then `sentence` says what is wrong and
    what to do. `swapped` tells that east stood before north.
    """

    point: Point | None
    system: System | None
    swapped: bool
    sentence: str


def read_point(text: str) -> Reading:
    """Read two coordinates written in one text: '59.3293, 18.0686', 'N 6579609 E 147132' …

    Decimal comma or point; comma, semicolon, tab or space between; spaces in thousands.
    """
    if len(text) > MAX_LENGTH:
        return _unread("Texten är för lång för att vara ett par koordinater.")
    for first, second in _ways_to_part(text):
        reading = read_pair(first, second)
        if reading.point is not None:
            return reading
    parts = _numbers(text)
    if len(parts) == 2:
        return read_pair(*parts)
    return _unread(
        "Det där är inte ett par koordinater. Skriv två tal, till exempel 59.3293, 18.0686."
    )


def read_pair(first: str | float, second: str | float) -> Reading:
    """Read two coordinates in any order and any of the three systems, told by the numbers."""
    numbers = [_number(first), _number(second)]
    for text, number in zip((first, second), numbers, strict=True):
        if number is None:
            said = str(text)[:40].strip() or "Ett tomt fält"
            return _unread(f"{said} är inget tal. Skriv koordinaterna som två tal.")
    one, other = float(numbers[0] or 0), float(numbers[1] or 0)
    for system, extent in EXTENTS.items():
        for swapped, (north, east) in enumerate([(one, other), (other, one)]):
            if extent.holds(north, east):
                return _read(system, north, east, bool(swapped))
    if RT90.holds(one, other) or RT90.holds(other, one):
        return _unread(
            "Talen ser ut att vara i RT 90, som inte läses här. "
            "Ange dem i SWEREF 99 18 00, SWEREF 99 TM eller WGS 84."
        )
    return _unread(
        f"{_written(one)} och {_written(other)} är inte koordinater i Sverige. "
        "Ange dem i SWEREF 99 18 00, SWEREF 99 TM eller WGS 84."
    )


def sweref_from_wgs84(lats: Any, lons: Any) -> tuple[np.ndarray, np.ndarray]:
    """Norths and easts in SWEREF 99 TM; what cannot be projected becomes infinite."""
    easts, norths = transformer(System.WGS84, System.TM).transform(list(lons), list(lats))
    return np.asarray(norths), np.asarray(easts)


def wgs84_from_sweref(norths: Any, easts: Any) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes, degrees."""
    # Lists, for pyproj takes an array with one place in it for a number.
    lons, lats = transformer(System.TM, System.WGS84).transform(list(easts), list(norths))
    return np.asarray(lats), np.asarray(lons)


@functools.cache
def transformer(given: System, wanted: System) -> Transformer:
    """From one system to another, east (longitude) first in both."""
    return Transformer.from_crs(given.epsg, wanted.epsg, always_xy=True)


def system_of(west: float, south: float, east: float, north: float) -> tuple[System, bool] | None:
    """The system that a whole drawing is in, and whether its axes are swapped."""
    for system, extent in EXTENTS.items():
        if extent.holds(south, west) and extent.holds(north, east):
            return system, False
        if extent.holds(west, south) and extent.holds(east, north):
            return system, True
    return None


def _read(system: System, north: float, east: float, swapped: bool) -> Reading:
    x, y = transformer(system, System.TM).transform(east, north)
    said = f"Koordinaterna lästes som {system}"
    said += ", med öst före nord: talen stod i omvänd ordning." if swapped else "."
    return Reading(Point(north=float(y), east=float(x)), system, swapped, said)


def _unread(sentence: str) -> Reading:
    return Reading(None, None, False, sentence)


def _number(text: str | float) -> float | None:
    """The number in a text like '6 579 609,5', 'N 59.33' or '18.07° Ö'; None if there is none."""
    if isinstance(text, int | float):
        return float(text) if math.isfinite(text) else None
    if len(text) > MAX_LENGTH:
        return None
    found = re.fullmatch(
        r"(?:[a-zåäö]{1,9}[.:=]?)?(-?\d+(?:[.,]\d+)?)(?:°|m)?[nsöoew]?",
        re.sub(r"\s+", "", text.replace("\u2212", "-")).lower(),
    )
    return float(found[1].replace(",", ".")) if found else None


def _ways_to_part(text: str) -> Iterable[tuple[str, str]]:
    """The ways in which a text may be two numbers, the likeliest first."""
    for between in (";", "\t", "\n", "/", "|", ", "):
        parts = [part for part in text.strip().split(between) if part.strip()]
        if len(parts) == 2:
            yield parts[0], parts[1]
    found = _numbers(text)
    if len(found) == 2:
        yield found[0], found[1]
    if text.count(",") == 1:
        first, second = text.split(",")
        yield first, second
    for at in range(1, len(found)):
        yield "".join(found[:at]), "".join(found[at:])


def _numbers(text: str) -> list[str]:
    return re.findall(r"-?\d+(?:[.,]\d+)?", text.replace("\u2212", "-"))[:8]


def _written(number: float) -> str:
    return f"{number:.10g}"
