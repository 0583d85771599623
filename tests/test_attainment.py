"""How far along the way to a goal: a table written by hand, and what holds for every goal."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from governance.attainment import attainment, percent
from governance.swedish import figure, measured

LOWER, HIGHER, NEUTRAL = "lower_better", "higher_better", "neutral"
RIGHT, WRONG = (
    "Gick åt rätt håll: {} av vägen till målet.",
    "Gick åt fel håll: {} av vägen till målet.",
)
REACHED = f"{RIGHT} Målet är nått."
SAME = "Oförändrat: {} av vägen till målet."
NO = "Kan inte räknas: {}."

# Baseline, target, now, direction, the sentence, and what stands in it.
CASES = [
    (200, 150, 180, LOWER, RIGHT, "40\u00a0%"),
    (21, 15, 11, LOWER, REACHED, "167\u00a0%"),
    (26, 13, 13, LOWER, REACHED, "100\u00a0%"),
    (70, 80, 65, HIGHER, WRONG, "−50\u00a0%"),
    (70, 80, 75, HIGHER, RIGHT, "50\u00a0%"),
    (70, 80, 95, HIGHER, REACHED, "250\u00a0%"),
    (12, 10, 14, LOWER, WRONG, "−100\u00a0%"),
    (12, 10, 16, LOWER, WRONG, "−200\u00a0%"),
    (12, 10, 12, LOWER, SAME, "0\u00a0%"),
    (12, 15, 12, HIGHER, SAME, "0\u00a0%"),
    (12, 12, 12, LOWER, NO, "mål och utgångsläge är lika"),
    (12, 12, 9, LOWER, NO, "mål och utgångsläge är lika"),
    ("12.0", 12, 11, HIGHER, NO, "mål och utgångsläge är lika"),
    (None, 10, 11, LOWER, NO, "utgångsläget saknas"),
    (12, None, 11, LOWER, NO, "målvärdet saknas"),
    (12, 10, None, LOWER, NO, "ett nytt värde saknas"),
    (None, None, None, LOWER, NO, "utgångsläget saknas"),
    (100, 50, 75, NEUTRAL, NO, "varken högre eller lägre är bättre"),
    (100, 100, None, NEUTRAL, NO, "ett nytt värde saknas"),
    (10, 12, 11, LOWER, NO, "målet är sämre än utgångsläget"),
    (12, 10, 11, HIGHER, NO, "målet är sämre än utgångsläget"),
    ("76.8", "81.1", "78.8", HIGHER, RIGHT, "47\u00a0%"),
    ("0.5", "0.25", "0.40", LOWER, RIGHT, "40\u00a0%"),
    (0, 10, 0, HIGHER, SAME, "0\u00a0%"),
    (10, 0, 5, LOWER, RIGHT, "50\u00a0%"),
    (-10, 10, 0, HIGHER, RIGHT, "50\u00a0%"),
    (1000, 0, 4, LOWER, RIGHT, "99\u00a0%"),
    (1000, 0, 999, LOWER, RIGHT, "mindre än 1\u00a0%"),
    (1000, 0, 1001, LOWER, WRONG, "mindre än −1\u00a0%"),
    (1, 0, -14, LOWER, REACHED, "1\u00a0500\u00a0%"),
    (3, 1, 2, LOWER, RIGHT, "50\u00a0%"),
    (8, 0, 7, LOWER, RIGHT, "13\u00a0%"),  # 12,5 is rounded up
]


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize(("baseline", "target", "now", "direction", "sentence", "filled"), CASES)
def test_the_table_of_attainment(baseline, target, now, direction, sentence, filled) -> None:
    found = attainment(
        baseline=number(baseline), target=number(target), now=number(now), direction=direction
    )
    assert found.said == sentence.format(filled)
    assert (found.share is None) == (sentence == NO)


values = st.decimals(min_value=-10_000, max_value=10_000, places=2)


@given(baseline=values, target=values, now=values)
def test_the_share_says_which_side_of_baseline_and_goal_a_value_lies(baseline, target, now) -> None:
    assume(baseline != target)
    direction = LOWER if target < baseline else HIGHER
    better = (lambda a, b: a < b) if direction == LOWER else (lambda a, b: a > b)
    found = attainment(baseline=baseline, target=target, now=now, direction=direction)
    assert found.share is not None
    assert (found.share > 0) == better(now, baseline)
    assert (found.share < 0) == better(baseline, now)
    assert (found.share >= 100) == (now == target or better(now, target))
    assert ("Målet är nått." in found.said) == (found.share >= 100)
    assert found.said.startswith("Gick åt fel håll") == better(baseline, now)
    assert ("100\u00a0%" in found.said) <= (found.share >= 100 or found.share <= -99)


@given(baseline=values, target=values, now=values, by=values)
def test_moving_all_three_alike_changes_nothing(baseline, target, now, by) -> None:
    assume(baseline != target)
    direction = LOWER if target < baseline else HIGHER
    first = attainment(baseline=baseline, target=target, now=now, direction=direction)
    moved = attainment(
        baseline=baseline + by, target=target + by, now=now + by, direction=direction
    )
    assert first == moved


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("9.00", "9"),
        ("76.80", "76,8"),
        ("0.05", "0,05"),
        ("157281.00", "157\u00a0281"),
        ("1234567.5", "1\u00a0234\u00a0567,5"),
        ("-3.10", "−3,1"),
        ("-0.00", "0"),
        ("0", "0"),
        ("100", "100"),
        ("1E+3", "1\u00a0000"),
    ],
)
def test_a_figure_has_decimal_comma_and_unbreakable_blanks(value, text) -> None:
    assert figure(Decimal(value)) == text


def test_a_figure_stands_before_its_unit_and_counts_have_none() -> None:
    assert measured(Decimal("9.00"), "%") == "9\u00a0%"
    assert (
        measured(Decimal(20596), "per 100 000 invånare") == "20\u00a0596\u00a0per 100 000 invånare"
    )
    assert measured(Decimal(157281), "antal") == "157\u00a0281"


def test_nearly_there_is_not_there() -> None:
    assert percent(Decimal("99.6")) == "99\u00a0%"
    assert percent(Decimal(100)) == "100\u00a0%"
