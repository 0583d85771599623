"""The status of seats asked of the database, for lists that are filtered by it.

`rosters.seat_status` says it in words for one seat; both say the same of every seat.
"""

import datetime

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from governance.models import Mandate, Seat, SteeringGroup
from governance.queries.rosters import mandates_by_seat, seat_status
from governance.temporal import PeriodQuerySet, day_after


def with_status(seats: PeriodQuerySet[Seat], day: datetime.date) -> QuerySet[Seat]:
    """Each seat with `status_code` on `day`: the code of its Status. Five queries beforehand."""
    own = Mandate.objects.filter(seat=OuterRef("pk")).exclude(kind=Mandate.Kind.PERSONAL_DEPUTY)
    last = own.order_by(F("valid_through").desc(nulls_first=True), "-pk")
    open_seats = Q(pk__in=Seat.objects.as_of(day).values("pk"))
    open_groups = Q(group__in=SteeringGroup.objects.at_work(day).values("pk"))
    ran_out = Mandate.objects.ended(day).filter(end_reason="")
    return seats.annotate(
        last_mandate=Subquery(last.values("pk")[:1]),
        status_code=Case(
            When(~(open_seats & open_groups), then=Value("closed")),
            When(pk__in=_ending(seats, day), then=Value("ending")),
            When(_held(day), then=Value("filled")),
            When(Exists(own.upcoming(day)), then=Value("starting")),
            When(last_mandate__in=ran_out.values("pk"), then=Value("lapsed")),
            default=Value("vacant"),
            output_field=CharField(),
        ),
    )


def _held(day: datetime.date) -> Exists:
    return Exists(Mandate.objects.holding(day).filter(seat=OuterRef("pk")))


def _ending(seats: PeriodQuerySet[Seat], day: datetime.date) -> list[int]:
    """Keys of seats whose holder leaves within the group's notice, with nobody on the day after.

    Those whose holder's last day is near are few; whether somebody follows is worked out here.
    """
    near = Q(pk__in=[])
    for notice in set(SteeringGroup.objects.order_by().values_list("notice_days", flat=True)):
        horizon = day_after(day + datetime.timedelta(days=notice))
        leaving = Mandate.objects.holding(day).ended(horizon)
        near |= Q(group__notice_days=notice, pk__in=leaving.values("seat"))
    found = seats.filter(near)
    mandates = mandates_by_seat(found)
    groups = SteeringGroup.objects.with_state(day).filter(pk__in=found.values("group"))
    by_id = {group.pk: group for group in groups}
    return [
        seat.pk
        for seat in found
        if seat_status(seat, mandates[seat.pk], day, by_id[seat.group_id]).code == "ending"
    ]
