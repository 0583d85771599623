"""How dated rows end: shortened, or withdrawn when they would begin after their last day."""

import datetime
from typing import Any

from django.db.models import QuerySet
from simple_history.utils import bulk_update_with_history

from governance.models import Leave, Mandate
from governance.temporal import PeriodQuerySet


def shorten_all(rows: PeriodQuerySet[Any], last_day: datetime.date, **also: str) -> tuple[int, int]:
    """End what lasts longer on `last_day`; how many were ended and how many withdrawn."""
    withdrawn = withdraw(rows.upcoming(last_day))
    lasting = list(rows.outlasting(last_day))
    for row in lasting:
        row.valid_through = last_day
        for name, value in also.items():
            setattr(row, name, value)
    if lasting:
        bulk_update_with_history(lasting, rows.model, ["valid_through", *also], batch_size=500)
    return len(lasting), withdrawn


def withdraw(rows: QuerySet[Any]) -> int:
    """Delete the rows; the history keeps each with its act."""
    withdrawn = len(rows)
    if withdrawn:
        rows.delete()
    return withdrawn


def end_mandates(
    mandates: PeriodQuerySet[Mandate], last_day: datetime.date, reason: str
) -> tuple[int, int]:
    """End mandates with the leaves from them; how many were ended and how many withdrawn."""
    withdraw(Leave.objects.filter(mandate__in=mandates.upcoming(last_day)))
    shorten_all(Leave.objects.filter(mandate__in=mandates), last_day)
    return shorten_all(mandates, last_day, end_reason=reason)
