"""One seat and those who have held it, hold it and will hold it, as a reader may see them."""

import datetime
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from governance.models import Act, Leave, Mandate, Organization, Person, Seat
from governance.models.agreements import Agreement
from governance.permissions import names
from governance.queries.rosters import Holder
from governance.rights import Account
from governance.swedish import sort_key


@dataclass(frozen=True)
class Held(Holder):
    """A mandate on a seat, with the leaves from it, the earliest first."""

    leaves: tuple[Leave, ...] = ()


def held(user: Account, seat: Seat) -> list[Held]:
    """Every mandate that the seat has or has had, the latest first: three queries.

    `seat` comes with its group and that group's agreement.
    """
    mandates = list(
        Mandate.objects.filter(seat=seat).select_related("person").order_by("-valid_from", "-pk")
    )
    prefetch_related_objects(mandates, "leaves")
    shown = names(user, [mandate.person for mandate in mandates], seat.group.agreement)
    return [
        Held(
            mandate,
            shown[mandate.person_id],
            tuple(sorted(mandate.leaves.all(), key=lambda leave: leave.valid_from)),
        )
        for mandate in mandates
    ]


class SeatTimeline:
    """The mandates of a seat as a verb would leave them; `look` is called while it is in force."""

    def __init__(self, user: Account, seat: Seat) -> None:
        self._user, self._seat = user, seat
        self.rows: list[Held] = []

    def look(self, done: Act) -> None:
        self.rows = held(self._user, self._seat)


@dataclass(frozen=True)
class Parts:
    """A seat's mandates on a day, by tense; the coming ones in the order they begin."""

    earlier: list[Held]
    now: list[Held]
    coming: list[Held]

    def of_kind(self, kind: str) -> Mandate | None:
        """The mandate of the kind that is in force on the day, if any."""
        return next((row.mandate for row in self.now if row.mandate.kind == kind), None)


def by_tense(rows: list[Held], day: datetime.date) -> Parts:
    return Parts(
        earlier=[row for row in rows if row.mandate.has_ended(day)],
        now=[row for row in rows if row.mandate.in_force(day)],
        coming=[row for row in reversed(rows) if row.mandate.is_upcoming(day)],
    )


def candidates(
    user: Account, organization: Organization, agreement: Agreement
) -> list[tuple[Person, str]]:
    """Who works at the organisation, each with a label for a list; hidden names come last."""
    people = list(Person.objects.filter(organization=organization))
    shown = names(user, people, agreement)
    labels = [(person, person_label(person, shown[person.pk])) for person in people]
    return sorted(
        labels, key=lambda pair: (shown[pair[0].pk] is None, sort_key(pair[1]), pair[0].pk)
    )


def person_label(person: Person, name: str | None) -> str:
    """A person on one line, as in a list of choices."""
    if name is None:
        return f"Namnet visas inte ({person.title})" if person.title else "Namnet visas inte"
    text = name or "Namn saknas"
    return f"{text}, {person.title}" if person.title else text
