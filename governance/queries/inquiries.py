"""What an organisation is asked, what it has answered, and what is left to settle."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, Q, QuerySet

from governance.models import (
    Act,
    Agreement,
    Answer,
    Inquiry,
    Mandate,
    Organization,
    Person,
    Seat,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import allowed, names
from governance.queries.rosters import Holder
from governance.rights import EDIT_ROSTER, VIEW_PROTECTED, Account
from governance.temporal import day_before

PROPOSALS = (Answer.Kind.CHANGE, Answer.Kind.LEFT)
ENDED_AT_MOST = 50
# The link shows everybody the same, whoever happens to be signed in while it is opened.
WHOEVER_HAS_THE_LINK = AnonymousUser()


def shown_mandate(mandates: Iterable[Mandate], day: datetime.date) -> Mandate | None:
    """The mandate that is asked about: the ordinary one, also when on leave, else the acting."""
    current = {mandate.kind: mandate for mandate in mandates if mandate.in_force(day)}
    return current.get(Mandate.Kind.ORDINARY) or current.get(Mandate.Kind.ACTING)


@dataclass(frozen=True)
class AskedSeat:
    """A seat that is asked about, and what has been answered.

    `main` is the mandate that an answer is about, None when nobody is appointed; `others`
    are those beside it and those to come. `proposed` is the person put forward.
    """

    seat: Seat
    day: datetime.date
    main: Holder | None
    others: tuple[Holder, ...]
    answer: Answer | None
    proposed: Holder | None

    @property
    def mandate(self) -> Mandate | None:
        return self.main.mandate if self.main else None

    @property
    def in_force(self) -> list[Mandate]:
        """Every mandate on the seat that holds on the day, which is what is found right."""
        told = [self.main, *self.others]
        return [each.mandate for each in told if each and each.mandate.in_force(self.day)]

    @property
    def is_settled(self) -> bool:
        return self.answer is not None and bool(self.answer.outcome)

    @property
    def is_answered(self) -> bool:
        """Whether the answer is about how it is now; a seat changed since is asked about anew."""
        if self.answer is None or self.is_settled:
            return self.answer is not None
        return self.answer.mandate_id == (self.mandate.pk if self.mandate else None)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of whoever has left."""
        since = self.answer.since if self.answer else None
        return day_before(since) if since else None


def seats_asked_about(inquiry: Inquiry, day: datetime.date) -> QuerySet[Seat]:
    """The organisation's own seats in the agreement on the day.

    Not those of organisations under it: each answers for its own, and a name is told to
    nobody but the organisation that named it.
    """
    groups = SteeringGroup.objects.as_of(day).filter(agreement=inquiry.agreement_id)
    return Seat.objects.as_of(day).filter(organization=inquiry.organization_id, group__in=groups)


def asked_seats(
    user: Account,
    inquiry: Inquiry,
    day: datetime.date,
    groups: Iterable[SteeringGroup] | None = None,
) -> list[AskedSeat]:
    """What the inquiry asks about on `day`, by group: four queries, any number of seats.

    `groups` narrows it to those. `inquiry` comes with its agreement.
    """
    seats = seats_asked_about(inquiry, day)
    if groups is not None:
        seats = seats.filter(group__in=[group.pk for group in groups])
    rows = seats.select_related("group", "function", "organization")
    ordered = sorted(
        rows, key=lambda each: (each.group.sort_key, each.function.sort_key, each.number)
    )
    mandates: dict[int, list[Mandate]] = defaultdict(list)
    lasting = Mandate.objects.outlasting(day_before(day)).filter(seat__in=seats.values("pk"))
    for mandate in lasting.select_related("person").order_by("valid_from", "pk"):
        mandates[mandate.seat_id].append(mandate)
    answers = {
        answer.seat_id: answer
        for answer in Answer.objects.filter(inquiry=inquiry).select_related("person")
    }
    people = [each.person for found in mandates.values() for each in found]
    people += [answer.person for answer in answers.values() if answer.person]
    shown = names(user, people, inquiry.agreement)
    return [_asked(seat, mandates[seat.pk], answers.get(seat.pk), shown, day) for seat in ordered]


def _asked(
    seat: Seat,
    mandates: list[Mandate],
    answer: Answer | None,
    shown: dict[int, str | None],
    day: datetime.date,
) -> AskedSeat:
    main = shown_mandate(mandates, day)
    others = [Holder(each, shown[each.person_id]) for each in mandates if each != main]
    person = answer.person if answer else None
    return AskedSeat(
        seat=seat,
        day=day,
        main=Holder(main, shown[main.person_id]) if main else None,
        others=tuple(others),
        answer=answer,
        proposed=Holder(Mandate(person=person), shown[person.pk]) if person else None,
    )


# -- what is left to settle ------------------------------------------------------------------


def open_proposals(user: Account, groups: Iterable[SteeringGroup]) -> QuerySet[Answer]:
    """Answers that propose a change in those of `groups` whose rosters the user keeps.

    A group comes with its agreement. An inquiry may have expired: what it led to stays.
    """
    kept = [group.pk for group in groups if allowed(user, EDIT_ROSTER, group)]
    return Answer.objects.filter(seat__group__in=kept, kind__in=PROPOSALS, outcome="")


@dataclass(frozen=True)
class Proposal:
    """A proposal as the reader may see it: who is entered now, and who is put forward."""

    answer: Answer
    now: Holder | None
    proposed: Holder | None

    @property
    def last_day(self) -> datetime.date | None:
        return day_before(self.answer.since) if self.answer.since else None


def proposals(user: Account, rows: QuerySet[Answer]) -> list[Proposal]:
    """The proposals with their names, by group, in three queries at most."""
    related = ["person", "mandate__person", "inquiry", "seat__group__agreement"]
    related += ["seat__function", "seat__organization"]
    answers = list(rows.select_related(*related).order_by("seat__group__sort_key", "pk"))
    pairs = [
        (person, answer.seat.group.agreement)
        for answer in answers
        for person in (answer.person, answer.mandate and answer.mandate.person)
        if person
    ]
    shown = _shown(user, pairs)
    return [
        Proposal(
            answer=each,
            now=Holder(each.mandate, shown[each.mandate.person_id]) if each.mandate else None,
            proposed=(
                Holder(Mandate(person=each.person), shown[each.person.pk]) if each.person else None
            ),
        )
        for each in answers
    ]


def _shown(user: Account, pairs: list[tuple[Person, Agreement]]) -> dict[int, str | None]:
    """The names, each under the right on its own agreement; two queries at most."""
    found: dict[int, str | None] = {}
    for sees in (True, False):
        mine = [pair for pair in pairs if allowed(user, VIEW_PROTECTED, pair[1]) is sees]
        if mine:
            found |= names(user, [person for person, _ in mine], mine[0][1])
    return found


# -- who is asked ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """An inquiry: how many seats it is about, how many are answered, whether all are ours.

    `shares_link` is whether the reader keeps the roster of every group that the link shows.
    """

    inquiry: Inquiry
    seats: int
    answered: int
    shares_link: bool


def inquiries_of(groups: Iterable[SteeringGroup]) -> QuerySet[Inquiry]:
    """The inquiries to organisations that have, or had, a seat in one of the groups."""
    by_agreement: dict[int, list[int]] = defaultdict(list)
    for group in groups:
        by_agreement[group.agreement_id].append(group.pk)
    wanted = Q(pk__in=[])
    for agreement, kept in by_agreement.items():
        organizations = Seat.objects.filter(group__in=kept).values("organization")
        wanted |= Q(agreement=agreement, organization__in=organizations)
    return Inquiry.objects.filter(wanted)


def asked(
    rows: Iterable[Inquiry], groups: Iterable[SteeringGroup], day: datetime.date
) -> list[Asked]:
    """Each inquiry with its counts in `groups`, in two queries for all."""
    inquiries = list(rows)
    kept = {group.pk for group in groups}
    organizations = {each.organization_id for each in inquiries}
    agreements = {each.agreement_id for each in inquiries}
    seats: Counter[Any] = Counter()
    others: set[Any] = set()
    at_work = SteeringGroup.objects.as_of(day).filter(agreement__in=agreements)
    for organization, agreement, group in (
        Seat.objects.as_of(day)
        .filter(organization__in=organizations, group__in=at_work)
        .values_list("organization", "group__agreement", "group")
        .order_by()
    ):
        if group in kept:
            seats[organization, agreement] += 1
        else:
            others.add((organization, agreement))
    answers = Answer.objects.filter(inquiry__in=inquiries, seat__group__in=kept)
    answered = Counter(answers.order_by().values_list("inquiry", flat=True))
    return [
        Asked(
            inquiry=each,
            seats=seats[each.organization_id, each.agreement_id],
            answered=answered[each.pk],
            shares_link=(each.organization_id, each.agreement_id) not in others,
        )
        for each in inquiries
    ]


def organizations_to_ask(
    user: Account, agreement: Agreement, groups: SteeringGroupQuerySet, day: datetime.date
) -> list[tuple[Organization, int]]:
    """Those with seats on `day` in the agreement's groups that the user keeps, and how many."""
    rows = groups.as_of(day).filter(agreement=agreement).select_related("agreement")
    kept = [group.pk for group in rows if allowed(user, EDIT_ROSTER, group)]
    seats = Seat.objects.as_of(day).filter(group__in=kept)
    number = Counter(seats.order_by().values_list("organization", flat=True))
    return [(each, number[each.pk]) for each in Organization.objects.filter(pk__in=number)]


class Letters:
    """Whom an act asks, at which address, and whether anew; `look` is called in its force."""

    def __init__(self) -> None:
        self.rows: list[Inquiry] = []
        self.renewed: set[int] = set()

    def look(self, done: Act) -> None:
        """The inquiries that the act wrote; those that it changed were open already."""
        written = list(Inquiry.history.filter(caused_by=done).values_list("id", "history_type"))
        self.renewed = {pk for pk, kind in written if kind == "~"}
        rows = Inquiry.objects.filter(pk__in=[pk for pk, _ in written])
        self.rows = list(rows.select_related("organization").order_by("organization__sort_key"))


def last_seen_answer(answer: Answer) -> int:
    """The latest act on the answer itself; 0 if none."""
    rows = Answer.history.filter(id=answer.pk)
    return rows.aggregate(newest=Max("caused_by"))["newest"] or 0
