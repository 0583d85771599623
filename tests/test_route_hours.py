"""Whether a function on a contact route answers, at each edge of its hours."""

import datetime

import pytest

from governance.models import RouteContact
from governance.queries.route_hours import STOCKHOLM, in_words, is_open, opens_next, unanswered


def at(text: str, fold: int = 0) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold)


def hours(days: str = "", opens: str = "", closes: str = "", holidays: bool = True) -> RouteContact:
    """`holidays`: whether it answers on holidays too."""
    return RouteContact(
        weekdays=days,
        opens=datetime.time.fromisoformat(opens) if opens else None,
        closes=datetime.time.fromisoformat(closes) if closes else None,
        closed_on_holidays=not holidays,
    )


OFFICE = hours("12345", "08:00", "16:30", holidays=False)
NIGHT = hours("", "22:00", "06:00")
WEEKEND = hours("5", "17:00", "02:00")


@pytest.mark.parametrize(
    ("contact", "moment", "expected"),
    [
        # An ordinary Monday: the minute before, the first, the last, the minute after.
        (OFFICE, "2026-03-02T07:59", False),
        (OFFICE, "2026-03-02T08:00", True),
        (OFFICE, "2026-03-02T16:29", True),
        (OFFICE, "2026-03-02T16:30", False),
        # Friday evening, and the weekend.
        (OFFICE, "2026-03-06T16:29", True),
        (OFFICE, "2026-03-06T18:00", False),
        (OFFICE, "2026-03-07T12:00", False),
        # Christmas Eve, Christmas Day and the day after them; New Year's Eve.
        (OFFICE, "2026-12-23T12:00", True),
        (OFFICE, "2026-12-24T12:00", False),
        (OFFICE, "2026-12-25T12:00", False),
        (OFFICE, "2026-12-28T12:00", True),
        (OFFICE, "2026-12-31T12:00", False),
        # Midsummer Eve 2026 is a Friday, the 19th; the day before is ordinary.
        (OFFICE, "2026-06-18T12:00", True),
        (OFFICE, "2026-06-19T12:00", False),
        (OFFICE, "2026-06-22T12:00", True),
        (hours("12345", "08:00", "16:30"), "2026-12-25T12:00", True),
        # An ordinary Sunday is no holiday.
        (hours("", "08:00", "16:00", holidays=False), "2026-03-08T12:00", True),
        # Over midnight.
        (NIGHT, "2026-03-02T21:59", False),
        (NIGHT, "2026-03-02T22:00", True),
        (NIGHT, "2026-03-03T05:59", True),
        (NIGHT, "2026-03-03T06:00", False),
        (WEEKEND, "2026-03-06T17:00", True),
        (WEEKEND, "2026-03-07T01:59", True),
        (WEEKEND, "2026-03-07T02:00", False),
        (WEEKEND, "2026-03-07T17:00", False),
        # What begins before a holiday goes on into it; on the holiday nothing begins.
        (hours("", "22:00", "06:00", holidays=False), "2026-06-19T05:00", True),
        (hours("", "22:00", "06:00", holidays=False), "2026-06-19T23:00", False),
        # The whole day.
        (hours(), "2026-12-25T03:00", True),
        (hours("67"), "2026-03-06T23:59", False),
        (hours("67"), "2026-03-07T00:00", True),
        (hours("67"), "2026-03-08T23:59", True),
        (hours("67"), "2026-03-09T00:00", False),
    ],
)
def test_a_function_answers_from_the_minute_it_opens_until_the_minute_it_closes(
    contact, moment, expected
):
    assert is_open(contact, at(moment)) is expected


def test_the_hour_that_comes_twice_is_within_the_night_shift_both_times() -> None:
    shift = hours("", "22:00", "02:30")
    assert is_open(shift, at("2026-10-25T02:15"))
    assert is_open(shift, at("2026-10-25T02:45"))
    assert is_open(shift, at("2026-10-25T02:29", fold=1))
    assert not is_open(shift, at("2026-10-25T02:30", fold=1))
    late = hours("", "02:30", "06:00")
    assert not is_open(late, at("2026-10-25T02:29"))
    assert is_open(late, at("2026-10-25T02:30"))
    assert is_open(late, at("2026-10-25T02:15", fold=1))


def test_the_hour_that_is_left_out_moves_what_opens_and_closes_in_it_by_an_hour() -> None:
    late = hours("", "02:30", "06:00")
    assert not is_open(late, at("2026-03-29T03:29"))
    assert is_open(late, at("2026-03-29T03:30"))
    assert opens_next(late, at("2026-03-29T01:00")) == at("2026-03-29T03:30")
    assert is_open(NIGHT, at("2026-03-29T05:59"))
    assert not is_open(NIGHT, at("2026-03-29T06:00"))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T07:59", "2026-03-02T08:00"),
        ("2026-03-02T16:30", "2026-03-03T08:00"),
        ("2026-03-06T16:30", "2026-03-09T08:00"),
        ("2026-12-23T17:00", "2026-12-28T08:00"),
        ("2026-06-18T17:00", "2026-06-22T08:00"),
    ],
)
def test_the_office_opens_next_on_a_day_that_is_no_holiday(moment, expected):
    assert opens_next(OFFICE, at(moment)) == at(expected)


def test_moments_may_come_in_any_time_zone() -> None:
    assert is_open(OFFICE, datetime.datetime(2026, 7, 1, 6, 0, tzinfo=datetime.UTC))
    assert not is_open(OFFICE, datetime.datetime(2026, 7, 1, 14, 30, tzinfo=datetime.UTC))


def test_hours_are_said_in_words() -> None:
    assert in_words(OFFICE) == "måndag–fredag 08.00–16.30, stängt på helgdagar"
    assert in_words(NIGHT) == "alla dagar 22.00–06.00 nästa dag"
    assert in_words(hours()) == "dygnet runt"
    assert in_words(hours("135", "09:00", "12:00")) == "måndag, onsdag och fredag 09.00–12.00"
    assert in_words(hours("67")) == "lördag och söndag dygnet runt"


def test_the_times_at_which_nobody_answers_are_named() -> None:
    assert unanswered([OFFICE]) == ["kvällar", "nätter", "helger"]
    assert unanswered([OFFICE, NIGHT]) == ["kvällar", "helger"]
    assert unanswered([OFFICE, hours()]) == []
    assert unanswered([]) == ["kvällar", "nätter", "helger"]
