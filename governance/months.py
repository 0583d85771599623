"""Calendar months: what six months ago was, and whether a day lies that far back."""

import calendar
import datetime


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day of an earlier month, or its last day: six before 31 August is 28 February."""
    years, month = divmod(day.month - 1 - months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def within_months(last: datetime.date | None, day: datetime.date, months: int) -> bool:
    """Whether `last` is at most that many months before `day`; the day itself counts."""
    return last is not None and last >= months_before(day, months)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day: 24 after 29 February is 28 February."""
    return months_before(day, -months)


def months_between(first: datetime.date, last: datetime.date) -> int:
    """Whole months from `first` to `last`; 31 January to 28 February is one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if last >= months_after(first, months) else months - 1
