"""The local groups as anybody may see them: no person, and no number that tells of persons."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from governance.models import Agreement, Area, Coverage, Status, SteeringGroup


@dataclass(frozen=True)
class OpenGroup:
    group: SteeringGroup
    status: Status
    areas: list[Area]


def open_groups(day: datetime.date) -> list[tuple[Agreement, list[OpenGroup]]]:
    """The local groups at work on `day` in the whole installation, by agreement: two queries."""
    coverages = Coverage.objects.as_of(day).select_related("area").order_by("area__sort_key")
    rows = (
        SteeringGroup.objects.filter(kind=SteeringGroup.Kind.LOCAL)
        .at_work(day)
        .with_state(day)
        .select_related("agreement")
        .prefetch_related(Prefetch("coverages", queryset=coverages, to_attr="then"))
        .order_by("agreement__level", "agreement__sort_key", "sort_key")
    )
    by_agreement: dict[Agreement, list[OpenGroup]] = defaultdict(list)
    for group in rows:
        areas = [coverage.area for coverage in group.then]  # type: ignore[attr-defined]
        by_agreement[group.agreement].append(OpenGroup(group, group.state(day), areas))
    return list(by_agreement.items())
