"""Requests for seats as a reader may see them: to answer, and one's own."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from governance.models import SeatRequest, SteeringGroup
from governance.permissions import allowed
from governance.rights import EDIT_ROSTER, Account, rights

SETTLED_AT_MOST = 50


def to_settle(user: Account, groups: Iterable[SteeringGroup]) -> QuerySet[SeatRequest]:
    """Open requests in those of `groups`, which come with their agreements, that the user keeps."""
    kept = [group.pk for group in groups if allowed(user, EDIT_ROSTER, group)]
    return SeatRequest.objects.filter(group__in=kept, outcome=SeatRequest.Outcome.ASKED)


class RequestLists:
    """What the user sees of requests made on `day` or before; a `past` day shows what was so then.

    One query, and one more for a past day.
    """

    def __init__(
        self,
        user: Account,
        groups: Iterable[SteeringGroup],
        day: datetime.date,
        *,
        past: bool = False,
    ) -> None:
        by_id = {group.pk: group for group in groups}
        kept = {pk for pk, group in by_id.items() if allowed(user, EDIT_ROSTER, group)}
        own = rights(user).own
        rows = SeatRequest.objects.through(day).filter(group__in=by_id)
        related = rows.select_related("group", "organization", "function")
        found = [each for each in related if each.group_id in kept or each.organization_id in own]
        if past:
            _as_they_were(found, day)
        mine = [each for each in found if each.organization_id in own]
        there = [each for each in found if each.group_id in kept]
        asked = SeatRequest.Outcome.ASKED
        self.keeps = bool(kept)
        self.waiting = [each for each in there if each.outcome == asked]
        self.settled = [each for each in there if each.outcome != asked][:SETTLED_AT_MOST]
        self.own = mine


def _as_they_were(rows: Iterable[SeatRequest], day: datetime.date) -> None:
    """Give the rows the outcome and the answer that they had when `day` was over."""
    known = SeatRequest.history.filter(history_date__date__lte=day).order_by("history_id")
    then = {
        pk: (outcome, answer)
        for pk, outcome, answer in known.values_list("id", "outcome", "answer")
    }
    for row in rows:
        row.outcome, row.answer = then.get(row.pk, (SeatRequest.Outcome.ASKED, ""))
