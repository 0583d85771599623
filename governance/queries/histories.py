"""What has been done with a group, and what it was called before."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.timezone import localtime

from governance.models import Act, SteeringGroup
from governance.permissions import visible_acts
from governance.rights import Account


def group_acts(user: Account, group: SteeringGroup, until: datetime.date | None) -> QuerySet[Act]:
    """The acts on the group that the reader may see, the newest first.

    `until` leaves out what was entered after that day, for a look at a day that has been.
    """
    acts = visible_acts(user).filter(groups=group)
    if until is not None:
        acts = acts.filter(at__date__lte=until)
    return acts.select_related("user__person__organization", "undone_by")


@dataclass(frozen=True)
class EarlierName:
    """What the group was called until its name was changed."""

    name: str
    until: datetime.date


def names_before(group: SteeringGroup) -> list[EarlierName]:
    """Names that the group has had, the latest first, from its history."""
    rows = group.history.order_by("history_date", "history_id").values_list("name", "history_date")
    found: list[EarlierName] = []
    before = None
    for name, at in rows:
        if before is not None and name != before:
            found.append(EarlierName(before, localtime(at).date()))
        before = name
    return [each for each in reversed(found) if each.name != group.name]
