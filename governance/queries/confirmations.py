"""When a mandate was last said to be right: asked about, entered or changed."""

import datetime

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localtime

from governance.models import Confirmation, Mandate, Seat
from governance.months import within_months
from governance.temporal import PeriodQuerySet

# What nobody has confirmed for so many months stands on the work list.
MONTHS = 6


def last_confirmed(
    seats: PeriodQuerySet[Seat], day: datetime.date
) -> dict[int, datetime.date | None]:
    """By mandate, of those that hold the seats or are on leave from them on `day`; one query.

    Only what was known through `day` counts. None: nothing was known of the mandate then.
    """
    confirmed = Confirmation.objects.through(day).filter(mandate=OuterRef("pk")).order_by("-day")
    entered = Mandate.history.filter(id=OuterRef("pk"), history_date__date__lte=day)
    rows = Mandate.objects.as_of(day).filter(
        seat__in=seats.values("pk"), kind__in=[Mandate.Kind.ORDINARY, Mandate.Kind.ACTING]
    )
    found: dict[int, datetime.date | None] = {}
    for pk, asked, written in rows.order_by().values_list(
        "pk",
        Subquery(confirmed.values("day")[:1]),
        Subquery(entered.order_by("-history_date").values("history_date")[:1]),
    ):
        days = [asked, written and localtime(written).date()]
        found[pk] = max((each for each in days if each), default=None)
    return found


def is_confirmed(last: datetime.date | None, day: datetime.date) -> bool:
    """Whether somebody has said within MONTHS of `day` that it is right."""
    return within_months(last, day, MONTHS)
