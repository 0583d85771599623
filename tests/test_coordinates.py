"""Coordinates as people write them, in three systems and either order."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.geo import read_pair, read_point, sweref_from_wgs84, wgs84_from_sweref
from governance.geo.coordinates import MAX_LENGTH

# Abrahamsberg, in the three systems (DOMAIN 2.2 and facts/stadsdelar.csv).
NORTH, EAST = 6580692.3, 667794.5
SAME = [
    ("59.331600", "17.949633"),
    ("6579609", "147132"),
    ("6580692.3", "667794.5"),
]


@pytest.mark.parametrize("pair", SAME)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_numbers_tell_the_system_and_the_order(pair, swapped) -> None:
    reading = read_pair(*(reversed(pair) if swapped else pair))
    assert reading.point is not None
    assert math.hypot(reading.point.north - NORTH, reading.point.east - EAST) < 2
    assert reading.swapped is swapped
    assert ("omvänd ordning" in reading.sentence) is swapped
    assert str(reading.system) in reading.sentence


@pytest.mark.parametrize(
    "text",
    [
        "59.3316, 17.9496",
        "59.3316,17.9496",
        "59,3316 17,9496",
        "59,3316,17,9496",
        "59,3316; 17,9496",
        "59.3316\t17.9496",
        "lat: 59.3316 lon: 17.9496",
        "59.3316° N 17.9496° E",
        "N 6579609 E 147132",
        "6579609,147132",
        "6 579 609 147 132",
        "6 579 609, 147 132",
        "147132 6579609",
        "X: 6580692.3 Y: 667794.5",
    ],
)
def test_one_text_may_be_written_in_many_ways(text) -> None:
    reading = read_point(text)
    assert reading.point is not None
    assert math.hypot(reading.point.north - NORTH, reading.point.east - EAST) < 20


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "17.9", "Ett tomt fält är inget tal"),
        ("sextio", "17.9", "sextio är inget tal"),
        (float("nan"), 17.9, "nan är inget tal"),
        (math.inf, 17.9, "inf är inget tal"),
        ("0", "0", "inte koordinater i Sverige"),
        ("59.3", "-17.9", "inte koordinater i Sverige"),
        ("6580000", "1628000", "RT 90"),
        ("1628000", "6580000", "RT 90"),
        ("8250000", "2007000", "inte koordinater i Sverige"),
        ("9" * 400, "1", "inget tal"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(first, second, said) -> None:
    reading = read_pair(first, second)
    assert reading.point is None
    assert said in reading.sentence
    assert len(reading.sentence) < 300


@pytest.mark.parametrize("text", ["", "Årsta", "59.3", "1 2 3 4 5 6 7 8 9 10", "5" * 10_000])
def test_a_text_without_two_coordinates_is_refused(text) -> None:
    reading = read_point(text)
    assert reading.point is None
    assert reading.sentence.endswith(".")


@given(st.text(max_size=MAX_LENGTH + 5))
def test_no_text_breaks_the_reading(text) -> None:
    assert read_point(text).sentence


@given(st.floats(55.1, 69.4), st.floats(10.6, 24.4))
def test_there_and_back_is_the_same_place(lat, lon) -> None:
    back = wgs84_from_sweref(*sweref_from_wgs84([lat], [lon]))
    assert abs(back[0][0] - lat) < 1e-8
    assert abs(back[1][0] - lon) < 1e-8
