"""When a function on a contact route answers: weekdays, holidays, nights and summer time.

A span belongs to the day on which it begins: a night shift that begins on an ordinary
Friday goes on into a holiday. It is open from the minute it opens until the minute it
closes, which no longer counts. All times are those of Europe/Stockholm.
"""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from governance.models import RouteContact
from governance.swedish import listed

STOCKHOLM = ZoneInfo("Europe/Stockholm")
UTC = datetime.UTC
ONE_DAY = datetime.timedelta(days=1)
FAR_ENOUGH = 21  # days within which whoever ever opens does, holidays included
DAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
_WEEKDAYS = "12345"
_EVERY_DAY = "1234567"
# An ordinary week without holidays, on which routes are compared with what is asked of them.
_MONDAY = datetime.date(2026, 2, 2)
_TIMES = [
    ("kvällar", 20, range(5)),
    ("nätter", 3, range(5)),
    ("helger", 12, range(5, 7)),
]


def is_open(contact: RouteContact, moment: datetime.datetime) -> bool:
    """Whether the function answers at `moment`, which bears its time zone."""
    begun = moment.astimezone(STOCKHOLM).date()
    spans = [_span(contact, day) for day in (begun - ONE_DAY, begun)]
    return any(span is not None and span[0] <= moment < span[1] for span in spans)


def opens_next(contact: RouteContact, moment: datetime.datetime) -> datetime.datetime | None:
    """When it next opens after `moment`, in Stockholm's time; None if it never does.

    About one that is closed: who is open is not about to open.
    """
    begun = moment.astimezone(STOCKHOLM).date()
    for number in range(FAR_ENOUGH):
        span = _span(contact, begun + number * ONE_DAY)
        if span is not None and span[0] > moment:
            return span[0].astimezone(STOCKHOLM)
    return None


def is_holiday(day: datetime.date) -> bool:
    """Whether it is a public holiday, or an eve that is kept as one.

    Ordinary Sundays are none: they are told by the day of the week.
    """
    return day in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[datetime.date]:
    public = holidays.Sweden(years=year, include_sundays=False)
    eves = {datetime.date(year, 12, 24), datetime.date(year, 12, 31)}
    friday = next(
        day
        for day in (datetime.date(year, 6, number) for number in range(19, 26))
        if day.weekday() == 4
    )
    return frozenset({*public, *eves, friday})


def _span(
    contact: RouteContact, day: datetime.date
) -> tuple[datetime.datetime, datetime.datetime] | None:
    """From when to when it answers, of what begins on `day`."""
    if contact.weekdays and str(day.isoweekday()) not in contact.weekdays:
        return None
    if contact.closed_on_holidays and is_holiday(day):
        return None
    if contact.opens is None or contact.closes is None:
        return _moment(day, datetime.time()), _moment(day + ONE_DAY, datetime.time(), 1)
    last = day if contact.closes > contact.opens else day + ONE_DAY
    return _moment(day, contact.opens), _moment(last, contact.closes, 1)


def _moment(day: datetime.date, time: datetime.time, fold: int = 0) -> datetime.datetime:
    """In the hour that comes twice, what opens does so the first time and what closes the
    second; in the hour that is left out, both do when the clock has gone on by an hour.
    """
    found = datetime.datetime.combine(day, time, STOCKHOLM)
    later = found.replace(fold=1)
    twice = later.astimezone(UTC) > found.astimezone(UTC)
    # In UTC: comparisons within one time zone would leave out which of the two it is.
    return (later if fold and twice else found).astimezone(UTC)


def in_words(contact: RouteContact) -> str:
    """`måndag–fredag 08.00–16.30, stängt på helgdagar`; `dygnet runt`."""
    if contact.opens is None or contact.closes is None:
        said = "dygnet runt" if _all_days(contact) else f"{_days(contact)} dygnet runt"
    else:
        hours = f"{contact.opens:%H.%M}–{contact.closes:%H.%M}"
        said = f"{_days(contact)} {hours}"
        if contact.closes <= contact.opens:
            said += " nästa dag"
    return f"{said}, stängt på helgdagar" if contact.closed_on_holidays else said


def _all_days(contact: RouteContact) -> bool:
    return not contact.weekdays or set(contact.weekdays) == set(_EVERY_DAY)


def _days(contact: RouteContact) -> str:
    if _all_days(contact):
        return "alla dagar"
    days = "".join(sorted(contact.weekdays))
    if len(days) > 2 and days in _EVERY_DAY:
        return f"{DAYS[int(days[0]) - 1]}–{DAYS[int(days[-1]) - 1]}"
    return listed(DAYS[int(each) - 1] for each in days)


def unanswered(contacts: Iterable[RouteContact]) -> list[str]:
    """The times of an ordinary week at which nobody answers: kvällar, nätter, helger."""
    rows = list(contacts)
    return [
        word
        for word, hour, days in _TIMES
        if not all(any(is_open(each, _ordinary(number, hour)) for each in rows) for number in days)
    ]


def _ordinary(number: int, hour: int) -> datetime.datetime:
    return _moment(_MONDAY + number * ONE_DAY, datetime.time(hour))
