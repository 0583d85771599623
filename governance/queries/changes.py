"""What has been done since a day, read from the acts."""

import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from governance.models import Act
from governance.models.groups import SteeringGroupQuerySet
from governance.temporal import day_after


def acts_between(
    acts: QuerySet[Act],
    since: datetime.date,
    through: datetime.date,
    groups: SteeringGroupQuerySet,
) -> QuerySet[Act]:
    """The acts of those days, the newest first; each with those of its groups that may be seen."""
    return (
        acts.filter(at__gte=_midnight(since), at__lt=_midnight(day_after(through)))
        .select_related("agreement", "undone_by")
        .prefetch_related(Prefetch("groups", queryset=groups, to_attr="seen_groups"))
        .order_by("-at", "-pk")
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
