"""Priorities in the municipality made by hand, as tests choose, change and read them."""

from governance.models import LocalPriority, SteeringGroup
from governance.queries.faults import CHECKS
from governance.queries.priorities import of_group
from governance.services import priorities
from governance.temporal import day_before
from tests.days import day

NOW = day("2026-11-23")
TURN = day("2024-01-01")
BEFORE = day_before(TURN)


def own() -> list[LocalPriority]:
    rows = LocalPriority.objects.filter(group__agreement__slug="provstad")
    return list(rows.order_by("order", "pk"))


def titles(group: SteeringGroup, on=NOW) -> list[tuple[int, str]]:
    return [(row.place, row.priority.short_title) for row in of_group(group, on).now]


def choose(world, *challenges, **more):
    asked = {"user": None, "group": world.group, "first_day": TURN, "day": NOW, **more}
    return priorities.choose(challenges=challenges or [world.challenge], **asked)


def add_own(world, own_title="Trafik", **more):
    asked = {"user": None, "group": world.group, "first_day": TURN, "day": NOW, **more}
    return priorities.add_own(own_title=own_title, **asked)


def faults() -> list[str]:
    return [fault for check in CHECKS for fault in check()]


def change(row, **more):
    asked = {"first_day": row.valid_from, "last_day": row.valid_through, "reason": row.reason}
    return priorities.change(
        user=None, priority=row, **{**asked, "own_title": row.own_title, **more}
    )
