"""One seat and those who have held it, hold it and will hold it, as a reader may see them."""

import datetime
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from governance.models import Act, Leave, Mandate, Person, Seat
from governance.permissions import known_people, names
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


@dataclass(frozen=True)
class Around:
    """The people around a seat on a day, as this reader may see them.

    `sitting` are those whose mandates are in force, the ordinary one first; `people`
    those who may be chosen, in the order of a list. `labels` is by person.
    """

    sitting: list[Mandate]
    people: list[tuple[Person, str]]
    labels: dict[int, str]

    @property
    def ordinary(self) -> Mandate | None:
        return next((each for each in self.sitting if each.kind == Mandate.Kind.ORDINARY), None)


def around(
    user: Account,
    seat: Seat,
    day: datetime.date,
    *,
    subject: Mandate | None = None,
    choose: bool = False,
) -> Around:
    """Who sits on the seat and, to `choose` among, who works there; in three queries at most.

    `subject` is a mandate whose person is told of, and may be chosen, in any case.
    """
    rows = Mandate.objects.as_of(day).filter(seat=seat).select_related("person")
    sitting = sorted(rows, key=lambda each: list(Mandate.Kind).index(Mandate.Kind(each.kind)))
    found = list(known_people().filter(organization=seat.organization_id)) if choose else []
    if subject is not None and subject.person not in found:
        found.append(subject.person)
    people = [*found, *(each.person for each in sitting)]
    shown = names(user, people, seat.group.agreement)
    labels = {person.pk: person_label(person, shown[person.pk]) for person in people}
    listed = sorted(
        found, key=lambda each: (shown[each.pk] is None, sort_key(labels[each.pk]), each.pk)
    )
    return Around(sitting, [(person, labels[person.pk]) for person in listed], labels)


def person_label(person: Person, name: str | None) -> str:
    """A person on one line, as in a list of choices; hidden names come last there."""
    if name is None:
        return f"Namnet visas inte ({person.title})" if person.title else "Namnet visas inte"
    text = name or "Namn saknas"
    return f"{text}, {person.title}" if person.title else text
