"""Which follow-ups a report holds, and how far they have come."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import FollowUp, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import visible_followups
from governance.queries.rounds import local_groups_of
from governance.queries.snapshots import Frozen, named
from governance.rights import Account
from governance.swedish import sort_key


@dataclass(frozen=True)
class YearReport:
    """The newest adopted follow-up of each group, in the order of the names they had then.

    `waiting` are the local groups of the year that have none, and nothing of what they write.
    """

    year: int
    told: list[Frozen]
    waiting: list[SteeringGroup]


def year_report(
    user: Account, groups: SteeringGroupQuerySet, year: int, *, most: int | None = None
) -> YearReport:
    """Of those of `groups` that the reader may see; four queries and two for each agreement.

    Of more than `most` groups no names are read: their report is the overview only.
    """
    rows = _newest(
        visible_followups(user)
        .adopted()
        .filter(year=year, group__in=groups)
        .select_related("group__agreement", "version")
        .order_by("number")
    )
    few = most is None or len(rows) <= most
    told = named(user, rows) if few else [Frozen(each, each.snapshot or {}) for each in rows]
    told.sort(key=lambda each: (sort_key(each.data["group"]["name"]), each.followup.pk))
    ready = {each.group_id for each in rows}
    every = local_groups_of(year, groups=groups)
    return YearReport(year, told, [each for each in every if each.pk not in ready])


def _newest(rows: Iterable[FollowUp]) -> list[FollowUp]:
    """The last of each group and year; the rows come with the lowest numbers first."""
    return list({(each.group_id, each.year): each for each in rows}.values())


def adopted_years(user: Account, group: SteeringGroup) -> list[FollowUp]:
    """The newest adopted one of each year, the first year first; one query."""
    rows = visible_followups(user).adopted().filter(group=group)
    return _newest(rows.order_by("year", "number"))
