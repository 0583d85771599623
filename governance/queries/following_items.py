"""Follow-ups that wait and late measures, matter by matter, for the weekly letters."""

import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from governance.models import (
    Agreement,
    FollowUp,
    Mandate,
    Measure,
    Organization,
    Seat,
    SteeringGroup,
    User,
)
from governance.permissions import agreement_ids, allowed, works_with
from governance.queries.waiting import followup_tasks, measure_tasks, waiting_for
from governance.queries.work import LEADING_ROLES, Task
from governance.queries.worklists import FOLLOWUP, LATE_MEASURE, Item
from governance.rights import APPOINT_OWN
from governance.swedish import in_words
from governance.temporal import has_passed

State = FollowUp.State
_SAID = {
    State.DRAFT: "är ett utkast",
    State.RETURNED: "är återlämnad och ska ändras",
    State.WITH_MEMBERS: "är hos styrgruppen att läsa och kommentera",
    State.SENT: "väntar på att fastställas",
}


class Followed:
    """What an agreement's groups have not finished on a day; who it waits for is asked of users.

    Two queries, and one for each user that is asked about.
    """

    def __init__(self, agreement: Agreement, day: datetime.date) -> None:
        self.day = day
        self._groups = SteeringGroup.objects.filter(agreement=agreement)
        self._keep = {"overenskommelse": agreement.slug}
        self._told: set[str] = set()

    @cached_property
    def followups(self) -> dict[int, Item]:
        """Those that are not adopted, by key."""
        rows = FollowUp.objects.filter(group__in=self._groups).exclude(state=State.ADOPTED)
        rows = rows.select_related("group__agreement").defer("snapshot").order_by("due", "pk")
        return {each.pk: _about_followup(each, self.day) for each in rows}

    @cached_property
    def late(self) -> list[Measure]:
        rows = Measure.objects.late(self.day).filter(priority__group__in=self._groups)
        return list(rows.select_related("priority__group__agreement", "organization"))

    def of(self, user: User) -> tuple[list[Item], list[Task]]:
        """What waits for the user, and the same as the counts of the start page.

        A late measure is told of to those who work with the group, and to those who fill
        the seats of the organisation that answers for it.
        """
        if not self.followups and not self.late:
            return [], []
        waiting = waiting_for(user, self._groups, self.day) if self.followups else {}
        items = [self.followups[row.followup.pk] for rows in waiting.values() for row in rows]
        late = [each for each in self.late if works_with(user, each.group) or _fills(user, each)]
        items += [_about_measure(each) for each in late]
        self._told |= {item.key for item in items}
        own = dict.fromkeys(each.organization for each in late if _fills(user, each))
        return items, [
            *(followup_tasks(waiting, self._keep) if waiting else []),
            *measure_tasks(user, late, own, self.day, self._keep),
        ]

    @property
    def untold(self) -> list[Item]:
        """What waits for none of those asked about, without what members are to read."""
        followups = [
            item
            for item in self.followups.values()
            if item.followup and item.followup.state != State.WITH_MEMBERS
        ]
        items = [*followups, *map(_about_measure, self.late)]
        return [item for item in items if item.key not in self._told]


def accounts_of(day: datetime.date) -> Q:
    """The accounts of those who lead a group, and of the members who have something to read."""
    read = FollowUp.objects.filter(state=State.WITH_MEMBERS).values("group")
    seats: QuerySet[Seat] = Seat.objects.as_of(day).filter(
        Q(role__in=LEADING_ROLES) | Q(group__in=read)
    )
    seats = seats.exclude(role=Seat.Role.DEPUTY)
    return Q(person__in=Mandate.objects.holding(day).filter(seat__in=seats).values("person"))


def _fills(user: User, measure: Measure) -> bool:
    organization: Organization = measure.organization
    return allowed(user, APPOINT_OWN, organization) and measure.group.agreement_id in agreement_ids(
        user
    )


def _about_followup(followup: FollowUp, day: datetime.date) -> Item:
    """Another matter each time it comes back, and when it is late."""
    words = f"Uppföljning {followup.year} för {followup.group.name} {_SAID[State(followup.state)]}."
    late = followup.is_open and has_passed(followup.due, day)
    if followup.is_open and followup.due:
        is_due = "Den skulle ha varit klar" if late else "Klar senast"
        words += f" {is_due} den {in_words(followup.due)}."
    sent = followup.sent_at.isoformat() if followup.sent_at else "never"
    parts = [FOLLOWUP, followup.pk, followup.state, sent, *(["late"] if late else [])]
    return Item(":".join(map(str, parts)), FOLLOWUP, followup.group, words, followup=followup)


def _about_measure(measure: Measure) -> Item:
    words = (
        f"Åtgärden ”{measure.title}” i {measure.group.name} skulle ha varit klar "
        f"den {in_words(measure.due)}."
    )
    key = f"{LATE_MEASURE}:{measure.pk}:{measure.due}"
    return Item(key, LATE_MEASURE, measure.group, words, organization=measure.organization)
