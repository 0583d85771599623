"""Validity in time: one vocabulary for every dated row in the app.

A dated row is in force from `valid_from` (från och med) through `valid_through`
(till och med). Both days count. An empty `valid_through` means until further
notice (tills vidare).

This is the only module that compares dates with a day. Everything else passes a
`day` in; only the edges (a view, a command) ask `today()`.
"""

import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)

# The first day of something whose first day nobody knows (precision "unknown").
UNKNOWN_FIRST_DAY = datetime.date(1900, 1, 1)


def today() -> datetime.date:
    """Today in Europe/Stockholm. Called by the edges only."""
    return timezone.localdate()


def day_before(day: datetime.date) -> datetime.date:
    """The last day of what ends when something else begins on `day`."""
    return day - datetime.timedelta(days=1)


def day_after(day: datetime.date) -> datetime.date:
    """The first day of what begins when something else ends on `day`."""
    return day + datetime.timedelta(days=1)


class PeriodQuerySet(models.QuerySet[Row]):
    """Questions about time, answered the same way for every dated model."""

    def as_of(self, day: datetime.date) -> Self:
        """Rows in force on `day`."""
        return self.overlapping(day, day)

    def overlapping(self, first: datetime.date, last: datetime.date | None) -> Self:
        """Rows in force on at least one day from `first` through `last` (None: for ever)."""
        rows = self.filter(Q(valid_through=None) | Q(valid_through__gte=first))
        return rows if last is None else rows.filter(valid_from__lte=last)

    def ended(self, day: datetime.date) -> Self:
        """Rows whose last day was before `day`."""
        return self.filter(valid_through__lt=day)

    def upcoming(self, day: datetime.date) -> Self:
        """Rows whose first day is after `day`."""
        return self.filter(valid_from__gt=day)

    def outlasting(self, day: datetime.date) -> Self:
        """Rows with at least one day after `day`: what an ending on `day` must shorten."""
        return self.filter(Q(valid_through=None) | Q(valid_through__gt=day))


class Period(models.Model):
    """Something in force from a first through a last day; both count."""

    valid_from = models.DateField("från och med")
    valid_through = models.DateField("till och med", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=Q(valid_through=None) | Q(valid_through__gte=F("valid_from")),
                violation_error_message="Sista dagen får inte ligga före första dagen.",
            ),
        ]

    def in_force(self, day: datetime.date) -> bool:
        """Whether this row is in force on `day`; says the same as `as_of`."""
        return self.valid_from <= day and (self.valid_through is None or day <= self.valid_through)

    def has_ended(self, day: datetime.date) -> bool:
        """Whether the last day was before `day`; says the same as `ended`."""
        return self.valid_through is not None and self.valid_through < day

    def is_upcoming(self, day: datetime.date) -> bool:
        """Whether the first day is after `day`; says the same as `upcoming`."""
        return self.valid_from > day


class Lifespan(Period):
    """The life of a stable thing, whose first day is not always known.

    `unknown` goes with 1900-01-01; `not_later_than` means that the thing is known
    from that day at the latest, so an earlier day is *uppgift saknas*, not a gap.
    """

    class Precision(models.TextChoices):
        EXACT = "exact", "exakt"
        NOT_LATER_THAN = "not_later_than", "senast"
        APPROXIMATE = "approximate", "omkring"
        UNKNOWN = "unknown", "okänd"

    valid_from_precision = models.CharField(
        "hur exakt första dagen är", max_length=14, choices=Precision, default=Precision.EXACT
    )

    class Meta(Period.Meta):
        abstract = True

    def is_unknown(self, day: datetime.date) -> bool:
        """Whether the source begins after `day`, so that nothing is known about it then."""
        vague = self.valid_from_precision in (
            self.Precision.NOT_LATER_THAN,
            self.Precision.APPROXIMATE,
        )
        return vague and self.is_upcoming(day)


class EventQuerySet(models.QuerySet[Row]):
    """Rows that take effect on one day, `first_day`, and are never undone by time alone."""

    def effective(self, day: datetime.date) -> Self:
        """Rows that have taken effect on `day` or earlier."""
        return self.filter(first_day__lte=day)


class OccasionQuerySet(models.QuerySet[Row]):
    """Rows about what happens on one `day`; the day asked about counts both ways."""

    def through(self, day: datetime.date) -> Self:
        return self.filter(day__lte=day)

    def since(self, day: datetime.date) -> Self:
        return self.filter(day__gte=day)


class DueQuerySet(models.QuerySet[Row]):
    """Rows that are to be ready by a day, `due`, which still counts as in time."""

    def overdue(self, day: datetime.date) -> Self:
        """Rows whose last day to be ready was before `day`."""
        return self.filter(due__lt=day)


def has_passed(due: datetime.date | None, day: datetime.date) -> bool:
    """Whether the last day to be ready was before `day`; says the same as `overdue`."""
    return due is not None and due < day
