"""Boundaries in a GeoJSON file: read with limits, every fault named, nothing mended."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np
import shapely

from governance.geo.coordinates import EXTENTS, System, system_of, transformer

MAX_BYTES = 20 * 1024 * 1024
MAX_VERTICES = 250_000
MAX_SHAPES = 5_000
# Brackets, commas and colons: what a small file can blow up into many small things in memory by.
MAX_PARTS = 1_200_000
MAX_NAME = 200
_CRS = {"CRS84": System.WGS84, "4326": System.WGS84, "3006": System.TM, "3011": System.LOCAL}
_TOO_BIG = (
    "Filen är för stor: högst {megabytes} MB och {vertices} brytpunkter läses. "
    "Förenkla formerna i ett kartprogram, eller dela upp filen."
).format(megabytes=MAX_BYTES // 1024 // 1024, vertices=f"{MAX_VERTICES:,}".replace(",", " "))


class DrawingError(Exception):
    """Why a file cannot be used, in sentences: all that is wrong with it."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = list(faults)


@dataclass(frozen=True)
class Shape:
    """One shape of a file by its name there; well-known binary in SWEREF 99 TM."""

    name: str
    wkb: bytes


@dataclass(frozen=True)
class Drawing:
    """What a file held, with the system it was in and sentences about how it was read."""

    shapes: list[Shape]
    system: System
    swapped: bool
    notes: list[str] = field(default_factory=list)


def check_size(size: int) -> None:
    """Refuse a file by its number of bytes, before any of it is read."""
    if size > MAX_BYTES:
        raise DrawingError(_TOO_BIG)


def read_geojson(data: bytes, name_field: str) -> Drawing:
    """The shapes of a GeoJSON file with polygons, each with a name of its own.

    SWEREF 99 18 00, SWEREF 99 TM and WGS 84 are told from the numbers, and swapped axes
    are found; a `crs` that says otherwise is a fault. DrawingError lists every fault.
    """
    check_size(len(data))
    if _vertices(data) > MAX_VERTICES or sum(map(data.count, (b"[", b"{", b",", b":"))) > MAX_PARTS:
        raise DrawingError(_TOO_BIG)
    top = _parsed(data)
    reading = _Reading(name_field)
    for number, feature in enumerate(_features(top), start=1):
        reading.take(number, feature)
    return reading.drawing(_said_system(top))


def _vertices(data: bytes) -> int:
    """About how many positions the file has; nothing is kept while they are counted."""
    return sum(1 for _ in re.finditer(rb"\[\s*-?\d", data))


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        top = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise DrawingError(
            "Filen är inte GeoJSON. Spara om den som GeoJSON i ett kartprogram."
        ) from error
    if not isinstance(top, dict):
        raise DrawingError("Filen är JSON men inte GeoJSON: den har inga former.")
    return top


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _features(top: dict[str, Any]) -> list[Any]:
    features = [top] if top.get("type") == "Feature" else top.get("features")
    if not isinstance(features, list) or not features:
        raise DrawingError("Filen har inga former: den saknar en FeatureCollection med innehåll.")
    if len(features) > MAX_SHAPES:
        raise DrawingError(f"Filen har fler än {MAX_SHAPES} former. Dela upp den.")
    return features


def _said_system(top: dict[str, Any]) -> str:
    """What the file's own `crs` says, if it says anything."""
    crs = top.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name[:80] if isinstance(name, str) else ""


class _Reading:
    """A file under way: its polygons by name as they stand, and the faults so far."""

    def __init__(self, name_field: str) -> None:
        self.name_field = name_field
        self.faults: list[str] = []
        self.polygons: list[tuple[str, list[list[np.ndarray]]]] = []

    def take(self, number: int, feature: Any) -> None:
        """Keep the polygons of one feature, or say what is wrong with it."""
        properties = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        name = self._name(number, properties if isinstance(properties, dict) else {})
        called = name or f"Form nummer {number}"
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if kind not in ("Polygon", "MultiPolygon"):
            said = f"är av slaget {str(kind)[:40]}" if kind else "har ingen form alls"
            self.faults.append(f"{called} {said}; det ska vara Polygon eller MultiPolygon.")
            return
        if not isinstance(coordinates, list) or not any(coordinates):
            self.faults.append(f"{called} är en tom form.")
            return
        parts = [coordinates] if kind == "Polygon" else coordinates
        try:
            rings = [[_ring(ring) for ring in part] for part in parts if part]
        except (ValueError, TypeError):
            self.faults.append(
                f"{called} har en ring som inte är ett varv av minst fyra talpar, där det sista "
                "är detsamma som det första."
            )
            return
        self.polygons.append((name, rings))

    def _name(self, number: int, properties: dict[str, Any]) -> str:
        found = properties.get(self.name_field)
        name = " ".join(str(found).split()) if isinstance(found, str | int) else ""
        if not name or "\x00" in name or len(name) > MAX_NAME:
            known = ", ".join(sorted(str(key)[:40] for key in properties)[:10]) or "inga"
            self.faults.append(
                f"Form nummer {number} har inget användbart namn i fältet "
                f"{self.name_field[:40]}. Fält som finns: {known}."
            )
            return ""
        return name

    def drawing(self, said: str) -> Drawing:
        """The polygons in SWEREF 99 TM; raises with everything that is wrong."""
        for name, count in Counter(name.casefold() for name, _ in self.polygons if name).items():
            if count > 1:
                shown = next(each for each, _ in self.polygons if each.casefold() == name)
                self.faults.append(f"{shown} finns {count} gånger. Varje namn ska finnas en gång.")
        system, swapped = self._system(said)
        shapes = [] if system is None else list(self._shapes(system, swapped))
        if self.faults or system is None:
            raise DrawingError(*self.faults)
        notes = [f"Koordinaterna är i {system}."]
        if swapped:
            notes.append("Axlarna stod i omvänd ordning, nord före öst. De har vänts rätt.")
        return Drawing(shapes, system, swapped, notes)

    def _system(self, said: str) -> tuple[System | None, bool]:
        """The system that all the numbers fit, None with a fault when there is none."""
        boxes = [_box(rings) for _, rings in self.polygons]
        if not boxes:
            return None, False
        low, high = np.min(boxes, axis=0), np.max(boxes, axis=0)
        found = system_of(low[0], low[1], high[2], high[3])
        stated = next((system for code, system in _CRS.items() if said.endswith(code)), None)
        if found is None:
            self._say_where_they_lie(boxes, said)
            return None, False
        if said and stated != found[0]:
            told = f"{stated} ({said})" if stated else said
            self.faults.append(
                f"Filen säger att koordinaterna är i {told}, men talen är i {found[0]}. "
                "Spara om filen med rätt koordinatsystem."
            )
        return found

    def _say_where_they_lie(self, boxes: list[np.ndarray], said: str) -> None:
        known = ", ".join(EXTENTS)
        fit = [system_of(*box) for box in boxes]
        if any(fit):
            most = Counter(each for each in fit if each).most_common(1)[0][0]
            outside = [
                name for (name, _), each in zip(self.polygons, fit, strict=True) if each != most
            ]
            self.faults += [f"{name} ligger inte i {most[0]} som de andra." for name in outside]
            return
        west, south, east, north = boxes[0]
        self.faults.append(
            f"Koordinaterna är inte i något av de system som läses ({known}): talen ligger "
            f"kring {(west + east) / 2:.10g} och {(south + north) / 2:.10g}"
            f"{f', och filen säger {said}' if said else ''}. Spara om filen i ett av systemen."
        )

    def _shapes(self, system: System, swapped: bool) -> Iterator[Shape]:
        turn = transformer(system, System.TM)
        for name, parts in self.polygons:
            polygons = []
            for rings in parts:
                drawn = []
                for ring in rings:
                    first, second = (ring[:, 1], ring[:, 0]) if swapped else ring.T
                    drawn.append(np.column_stack(turn.transform(first, second)))
                polygons.append(shapely.polygons(drawn[0], drawn[1:] or None))
            shape = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
            fault = _fault(shape)
            if fault:
                self.faults.append(f"{name or 'En form utan namn'} {fault}")
            yield Shape(name, shapely.to_wkb(shape))


def _ring(ring: Any) -> np.ndarray:
    """A ring as an array of pairs; heights are left out. ValueError for what is no ring."""
    if not isinstance(ring, list) or not all(isinstance(pair, list) for pair in ring):
        raise TypeError
    numbers = [number for pair in ring for number in pair[:2]]
    plain = all(type(number) in (int, float) and math.isfinite(number) for number in numbers)
    if not plain or len(numbers) != 2 * len(ring) or len(ring) < 4 or ring[0][:2] != ring[-1][:2]:
        raise ValueError
    return np.asarray(numbers, dtype=float).reshape(-1, 2)


def _box(rings: list[list[np.ndarray]]) -> np.ndarray:
    points = np.concatenate([ring for part in rings for ring in part])
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _fault(shape: Any) -> str:
    """What is wrong with a shape, with the place where; empty when nothing is."""
    reason = shapely.is_valid_reason(shape)
    crosses = "ntersection" in reason
    if shapely.is_empty(shape) or (shapely.area(shape) == 0 and not crosses):
        return "är en tom form."
    if shapely.is_valid(shape):
        return ""
    place = re.search(r"\[(\S+) (\S+)\]", reason)
    where = f" vid N {float(place[2]):.0f}, E {float(place[1]):.0f}" if place else ""
    what = "korsar sig själv" if crosses else "är inte en giltig form"
    return f"{what}{where} (SWEREF 99 TM). Rätta den i ett kartprogram."
