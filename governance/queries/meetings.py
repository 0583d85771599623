"""Meetings of a group on a day: the last one held, the next one planned, and all of them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from governance.models import Meeting, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.temporal import OccasionQuerySet, day_after


def known(day: datetime.date) -> OccasionQuerySet[Meeting]:
    """Meetings that had been on `day`, or had been entered by then."""
    entered = Meeting.history.filter(
        id=OuterRef("pk"), history_type="+", history_date__date__lte=day
    )
    rows: OccasionQuerySet[Meeting] = Meeting.objects.all()
    return rows.filter(Q(pk__in=Meeting.objects.through(day).values("pk")) | Exists(entered))


def with_meetings(groups: SteeringGroupQuerySet, day: datetime.date) -> SteeringGroupQuerySet:
    """Each group with `last_meeting` and `next_meeting`: days as known on `day`, or None.

    The next one is planned for `day` or later; for a day that has been, one that was then
    still to come counts although it has been held since.
    """
    states = Meeting.State
    of_group = Meeting.objects.filter(group=OuterRef("pk"))
    held = of_group.through(day).filter(state=states.HELD).order_by("-day")
    planned = known(day).since(day).filter(state=states.PLANNED)
    held_since = known(day).since(day_after(day)).filter(state=states.HELD)
    coming = of_group.filter(
        Q(pk__in=planned.values("pk")) | Q(pk__in=held_since.values("pk"))
    ).order_by("day")
    return groups.annotate(
        last_meeting=Subquery(held.values("day")[:1]),
        next_meeting=Subquery(coming.values("day")[:1]),
    )


@dataclass(frozen=True)
class Meetings:
    """The meetings of a group as known on a day; those that have been come newest first."""

    coming: list[Meeting]
    been: list[Meeting]


def meetings(group: SteeringGroup, day: datetime.date) -> Meetings:
    """In four queries, whatever the number; what was planned for a day gone by is `been`."""
    this = Meeting.objects.filter(pk=OuterRef("pk"))
    rows: list[Any] = list(
        known(day)
        .filter(group=group)
        .annotate(
            is_ahead=Exists(this.since(day).exclude(state=Meeting.State.HELD)),
            is_later=Exists(this.since(day_after(day))),
        )
        .prefetch_related("present__function", "present__organization")
        .order_by("-day", "-pk")
    )
    return Meetings(
        coming=[row for row in reversed(rows) if row.is_ahead or row.is_later],
        been=[row for row in rows if not (row.is_ahead or row.is_later)],
    )
