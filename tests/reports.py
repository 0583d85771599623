"""Follow-ups that are sent or adopted with a true snapshot, for tests of reports."""

import datetime
from typing import Any

from governance.models import FollowUp, SteeringGroup
from governance.queries.snapshots import snapshot_of
from tests.following import make_followup
from tests.test_followup_states import NOW, ready
from tests.worlds import World, appoint, make_group, make_person, make_seat


def told(followup: FollowUp) -> FollowUp:
    """The row as pages read it."""
    rows = FollowUp.objects.select_related("group__agreement", "version")
    return rows.get(pk=followup.pk)


def freeze(followup: FollowUp, state: str = "adopted", **fields: Any) -> FollowUp:
    """Written, sent and, if asked, adopted; without the acts."""
    ready(followup)
    given: dict[str, Any] = {"state": state, "sent_at": NOW, **fields}
    if state == "adopted":
        when = datetime.date(followup.year + 1, 2, 9)
        given = {"adopted_on": when, "paragraph": "§ 4", "capacity": "chair", **given}
    FollowUp.objects.filter(pk=followup.pk).update(snapshot=snapshot_of(told(followup)), **given)
    return told(followup)


def adopted(group: SteeringGroup, year: int = 2021, **fields: Any) -> FollowUp:
    return freeze(make_followup(group, year), registry_number="FAR 2022/17", **fields)


def many_groups(world: World, number: int) -> list[FollowUp]:
    """So many more local groups with somebody in the chair and an adopted follow-up of 2021."""
    found = []
    before = FollowUp.objects.count()
    for each in range(before, before + number):
        group = make_group(world.agreement, f"Grupp {each}", parent=world.central)
        chair = make_seat(group, world.city, "provstad-direktor", "chair")
        appoint(chair, make_person(world.city, f"Person {each}", "Provson"))
        found.append(adopted(group))
    return found
