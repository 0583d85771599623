"""Boundaries in a file: three systems, either order of the axes, limits, and every fault said."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from governance.geo.geojson import MAX_BYTES, MAX_VERTICES, DrawingError, check_size, read_geojson
from tests.boundary_sets import EAST, NORTH, box, geojson

ROOT = Path(__file__).parent.parent
SYSTEMS = {3006: "SWEREF 99 TM", 3011: "SWEREF 99 18 00", 4326: "WGS 84"}


def faults(data: bytes, name_field: str = "name") -> list[str]:
    with pytest.raises(DrawingError) as refusal:
        read_geojson(data, name_field)
    assert all(fault.endswith(".") for fault in refusal.value.faults)
    return refusal.value.faults


def with_crs(data: bytes, name: str) -> bytes:
    crs = {"type": "name", "properties": {"name": name}}
    return json.dumps({**json.loads(data), "crs": crs}).encode()


def feature(name: object, geometry: object) -> dict:
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize("epsg", SYSTEMS)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_system_and_the_order_of_the_axes_are_told_from_the_numbers(epsg, swapped) -> None:
    drawing = read_geojson(geojson({"Norra": box(0, 0)}, epsg=epsg, swapped=swapped), "name")
    [shape] = drawing.shapes
    drawn = shapely.from_wkb(shape.wkb)
    assert shapely.hausdorff_distance(drawn, box(0, 0)) < 0.01
    assert drawing.system == SYSTEMS[epsg]
    assert drawing.swapped is swapped
    assert any("omvänd ordning" in note for note in drawing.notes) is swapped


def test_a_crs_that_says_the_same_is_taken_and_one_that_says_otherwise_is_a_fault() -> None:
    data = geojson({"Norra": box(0, 0)})
    assert read_geojson(with_crs(data, "urn:ogc:def:crs:OGC:1.3:CRS84"), "name").shapes
    assert read_geojson(with_crs(data, "urn:ogc:def:crs:EPSG::4326"), "name").shapes
    [said] = faults(with_crs(data, "urn:ogc:def:crs:EPSG::3011"))
    assert "SWEREF 99 18 00" in said
    assert "men talen är i WGS 84" in said
    assert "EPSG:3021" in faults(with_crs(data, "EPSG:3021"))[0]


def test_holes_several_parts_and_heights_are_kept_or_left_out() -> None:
    ring = shapely.Polygon(box(0, 0).exterior, [box(300, 300, 100, 100).exterior])
    several = shapely.MultiPolygon([ring, box(2000, 0)])
    drawing = read_geojson(geojson({"Norra": several}, epsg=3006), "name")
    assert shapely.equals(shapely.from_wkb(drawing.shapes[0].wkb), several)
    tall = [[x, y, 12.5] for x, y in shapely.get_coordinates(box(0, 0)).tolist()]
    data = collection(feature("Södra", {"type": "Polygon", "coordinates": [tall]}))
    assert shapely.equals(shapely.from_wkb(read_geojson(data, "name").shapes[0].wkb), box(0, 0))


def test_every_fault_is_said_at_once_and_no_shape_is_mended() -> None:
    crossing = [[EAST, NORTH], [EAST + 9, NORTH + 9], [EAST + 9, NORTH], [EAST, NORTH + 9]]
    flat = [[EAST, NORTH]] * 4
    said = faults(
        collection(
            feature("Norra", {"type": "Polygon", "coordinates": [[*crossing, crossing[0]]]}),
            feature("NORRA", {"type": "Polygon", "coordinates": [[*crossing, crossing[0]]]}),
            feature("Tom", {"type": "Polygon", "coordinates": []}),
            feature("Platt", {"type": "Polygon", "coordinates": [flat]}),
            feature("Öppen", {"type": "Polygon", "coordinates": [crossing]}),
            feature("Ord", {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}),
            feature("Punkt", {"type": "Point", "coordinates": [EAST, NORTH]}),
            feature("Ingen", None),
            feature(None, None),
            "skräp",
        )
    )
    text = "\n".join(said)
    assert "Norra finns 2 gånger" in text
    assert text.count("korsar sig själv vid N 6580004, E 670004") == 2
    assert "Tom är en tom form" in text
    assert "Platt är en tom form" in text
    assert "Öppen har en ring" in text
    assert "Ord har en ring" in text
    assert "Punkt är av slaget Point" in text
    assert "Ingen har ingen form alls" in text
    assert "Form nummer 9 har inget användbart namn i fältet name" in text
    assert "Form nummer 10 har ingen form alls" in text


def test_a_wrong_name_field_is_told_with_the_fields_there_are() -> None:
    [said] = faults(geojson({"Norra": box(0, 0)}), "NAMN")
    assert "fältet NAMN. Fält som finns: name." in said


def test_shapes_in_no_system_or_in_two_are_refused() -> None:
    mercator = json.loads(shapely.to_geojson(shapely.box(2e6, 825e4, 2.1e6, 826e4)))
    [said] = faults(collection(feature("Norra", mercator)))
    assert "inte i något av de system som läses" in said
    degrees = json.loads(shapely.to_geojson(shapely.box(18, 59, 18.1, 59.1)))
    metres = json.loads(shapely.to_geojson(box(0, 0)))
    mixed = collection(feature("A", degrees), feature("B", metres), feature("C", degrees))
    assert faults(mixed) == ["B ligger inte i WGS 84 som de andra."]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsens",
        b"[1]",
        b"null",
        b'{"type": "FeatureCollection"}',
        b'{"features": []}',
        b'{"features": 7}',
        b"\xff\xfe\x00\x00",
        b"[" * 100_000,
        b'{"features": [{"properties": 1, "geometry": {"type": {}, "coordinates": {}}}]}',
        b'{"type": "Topology", "objects": {}}',
        collection(feature("N", {"type": "Polygon", "coordinates": [[[math.nan, 1]] * 4]})),
        collection(feature("N", {"type": "MultiPolygon", "coordinates": [[], [[1]], 3]})),
        b'{"features": [' + b"9" * 6000 + b"]}",
    ],
)
def test_nonsense_is_answered_with_a_sentence(data) -> None:
    assert faults(data)


def test_a_file_is_refused_by_its_size_before_it_is_parsed() -> None:
    check_size(MAX_BYTES)
    with pytest.raises(DrawingError, match="högst 20 MB och 250 000 brytpunkter"):
        check_size(MAX_BYTES + 1)
    ring = b",".join(b"[18.1,59.1]" for _ in range(MAX_VERTICES + 1))
    assert "250 000 brytpunkter" in faults(b'{"features":[[[' + ring + b"]]]}")[0]


# What the process has held at most is read of itself: `ru_maxrss` counts what it was forked from.
MEASURED = """
import re, sys
from pathlib import Path
from governance.geo.geojson import DrawingError, check_size, read_geojson
for name in sys.argv[1:]:
    try:
        check_size(Path(name).stat().st_size)
        read_geojson(Path(name).read_bytes(), "name")
        print("läst")
    except DrawingError as error:
        print(error.faults[0])
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read as Linux tells")
def test_the_largest_files_are_answered_within_the_memory(tmp_path) -> None:
    """The most vertices that are read, a multitude of small things, and ten million vertices."""
    turn = [2 * math.pi * at / (MAX_VERTICES - 10) for at in range(MAX_VERTICES - 10)]
    ring = [[EAST + 9e3 * math.cos(each), NORTH + 9e3 * math.sin(each)] for each in turn]
    largest = feature("Norra", {"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    (tmp_path / "largest.geojson").write_bytes(collection(largest))
    (tmp_path / "objects.geojson").write_bytes(b'{"a":[' + b'{"a":1},' * 390_000 + b"{}]}")
    with (tmp_path / "millions.geojson").open("wb") as file:
        file.write(b'{"features":[{"geometry":{"type":"Polygon","coordinates":[[')
        for _ in range(100):
            file.write(b"[18.1,59.1]," * 100_000)
        file.write(b"[18.1,59.1]]]}}]}")
    files = sorted(str(path) for path in tmp_path.glob("*.geojson"))
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    read, millions, objects, megabytes = run.stdout.splitlines()
    assert read == "läst"
    assert "för stor" in millions
    assert "inga former" in objects
    assert int(megabytes) < 300
