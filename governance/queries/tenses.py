"""Who sat in a group before a day, and who and what begins there after it.

Beside `rosters.roster`, which is the group on the day itself.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.models import Mandate, Seat, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.rosters import Holder, shown_to
from governance.rights import Account

# What may stand in the address of a group's page, and what the tab is called.
NOW = "nu"
TENSES = {"tidigare": "Tidigare", NOW: "Nu", "kommande": "Kommande"}


def with_tense_counts(groups: SteeringGroupQuerySet, day: datetime.date) -> SteeringGroupQuerySet:
    """Each group with `earlier_count` and `coming_count`, as many as the tabs list on `day`."""
    ended, later = Mandate.objects.ended(day), Mandate.objects.upcoming(day)
    return groups.annotate(
        earlier_count=_in_group(ended, "seat__group"),
        coming_count=_in_group(later, "seat__group")
        + _in_group(Seat.objects.upcoming(day), "group"),
    )


def _in_group(rows: QuerySet, group: str) -> Coalesce:
    """How many of the rows are of the group asked about."""
    of_it = rows.filter(**{group: OuterRef("pk")}).order_by().values(group)
    return Coalesce(Subquery(of_it.annotate(number=Count("pk")).values("number")), 0)


def earlier_holders(
    user: Account, group: SteeringGroup, day: datetime.date, at_most: int
) -> list[Holder]:
    """The latest mandates in the group that had ended by `day`, the newest first: two queries."""
    ended = (
        Mandate.objects.ended(day)
        .filter(seat__group=group)
        .select_related("person", "seat__function", "seat__organization")
        .order_by("-valid_through", "-pk")[:at_most]
    )
    mandates = list(ended)
    shown = shown_to(user, mandates, group)
    return [shown(mandate) for mandate in mandates]


@dataclass(frozen=True)
class Coming:
    """What begins in a group after a day: a mandate with its holder, or a seat (`holder` None)."""

    seat: Seat
    row: Mandate | Seat
    holder: Holder | None = None


def coming(user: Account, group: SteeringGroup, day: datetime.date) -> list[Coming]:
    """The mandates and the seats that begin after `day`, the nearest first: three queries."""
    related = ("function", "organization")
    mandates = list(
        Mandate.objects.upcoming(day)
        .filter(seat__group=group)
        .select_related("person", *(f"seat__{name}" for name in related))
    )
    shown = shown_to(user, mandates, group)
    seats = Seat.objects.upcoming(day).filter(group=group).select_related(*related)
    found = [Coming(seat, seat) for seat in seats]
    found += [Coming(mandate.seat, mandate, shown(mandate)) for mandate in mandates]
    return sorted(found, key=_order)


def _order(each: Coming) -> tuple[datetime.date, str, str, int, bool]:
    """By first day, then as seats are listed; a seat before whoever takes it."""
    seat = each.seat
    return (
        each.row.valid_from,
        seat.organization.sort_key,
        seat.function.sort_key,
        seat.pk,
        each.holder is not None,
    )
