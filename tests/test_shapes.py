"""In which shape a place lies, and when nobody can tell."""

import numpy as np
import pytest
import shapely

from governance.geo import ShapeIndex
from tests.boundary_sets import EAST, NORTH, box

# Four squares that meet in one corner, with the keys of nobody's areas.
FOUR = {11: box(0, 0), 12: box(1000, 0), 13: box(0, 1000), 14: box(1000, 1000)}


def index(shapes: dict[int, shapely.Geometry] = FOUR, accuracy: float = 5) -> ShapeIndex:
    return ShapeIndex(list(shapes), [shapely.to_wkb(each) for each in shapes.values()], accuracy)


def at(east: float, north: float, **kwargs) -> tuple[int, ...]:
    return index(**kwargs).candidates([NORTH + north], [EAST + east])[0]


def test_well_inside_there_is_one_answer() -> None:
    assert at(500, 500) == (11,)
    assert at(1500, 1500) == (14,)


@pytest.mark.parametrize(("east", "first"), [(996, 11), (1004, 12)])
def test_near_a_line_both_sides_are_named_and_the_one_it_lies_in_first(east, first) -> None:
    assert at(east, 500) == (first, 23 - first)


def test_beyond_the_accuracy_there_is_one_answer_again() -> None:
    assert at(994, 500) == (11,)
    assert at(1006, 500) == (12,)
    assert at(994, 500, accuracy=10) == (11, 12)


def test_on_a_line_and_on_a_corner_all_are_named_without_preference() -> None:
    assert at(1000, 500, accuracy=0) == (11, 12)
    assert at(1000, 1000, accuracy=0) == (11, 12, 13, 14)
    assert at(1000, 1000) == (11, 12, 13, 14)


def test_outside_there_is_no_answer_but_just_outside_there_is_a_candidate() -> None:
    assert at(-100, 500) == ()
    assert at(-3, 500) == (11,)
    codes, near = index().settle([NORTH + 500], [EAST - 3])
    assert codes[0] < 0  # named, but not for certain
    assert near == {0: [0]}


def test_where_two_shapes_overlap_both_are_named() -> None:
    shapes = {1: box(0, 0), 2: box(900, 0)}
    assert at(950, 500, shapes=shapes) == (1, 2)
    assert at(850, 500, shapes=shapes) == (1,)
    assert at(897, 500, shapes=shapes) == (1, 2)
    inner = {1: box(0, 0), 2: box(400, 400, 100, 100)}
    assert at(450, 450, shapes=inner) == (1, 2)
    assert at(200, 200, shapes=inner) == (1,)


def test_a_shape_narrower_than_the_margin_is_still_named() -> None:
    assert at(2, 50, shapes={1: box(0, 0, 4, 100), 2: box(4, 0, 500, 100)}) == (1, 2)


def test_nothing_is_found_among_no_shapes_or_for_what_is_no_place() -> None:
    assert at(500, 500, shapes={}) == ()
    assert index().candidates([np.nan, np.inf, 1e300], [np.nan, 0, 1e300]) == [(), (), ()]
    assert index().candidates([], []) == []


def test_a_few_are_answered_as_many_are() -> None:
    rng = np.random.default_rng(8)
    shapes = {**FOUR, 15: box(1700, 1700), 16: box(10, 10, 8, 8)}
    for accuracy in (0, 5, 300):
        easts, norths = EAST + rng.uniform(-50, 2800, 500), NORTH + rng.uniform(-50, 2800, 500)
        asked = index(shapes, accuracy)
        many, near = asked.settle(norths, easts)
        for at, (north, east) in enumerate(zip(norths, easts, strict=True)):
            [code], few = asked.settle([north], [east])
            assert (code, few.get(0)) == (many[at], near.get(at))


def test_many_at_once_are_answered_as_one_by_one_by_distance() -> None:
    rng = np.random.default_rng(7)
    easts, norths = EAST + rng.uniform(-50, 2050, 3000), NORTH + rng.uniform(-50, 2050, 3000)
    keys, shapes = list(FOUR), np.array(list(FOUR.values()))
    found = index().candidates(norths, easts)
    for number, (east, north) in enumerate(zip(easts, norths, strict=True)):
        within = shapely.distance(shapes, shapely.Point(east, north)) <= 5
        assert set(found[number]) == {keys[each] for each in np.flatnonzero(within)}
        holding = [key for key in keys if FOUR[key].contains_properly(shapely.Point(east, north))]
        assert found[number][:1] == tuple(holding) or not holding
