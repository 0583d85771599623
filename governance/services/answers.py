"""What an organisation answers about its seats, and what a coordinator makes of it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from governance.models import (
    Act,
    Answer,
    Confirmation,
    ContactDetail,
    Inquiry,
    Mandate,
    Person,
    Seat,
    SteeringGroup,
    User,
)
from governance.queries.inquiries import (
    WHOEVER_HAS_THE_LINK,
    AskedSeat,
    asked_seats,
)
from governance.services.acts import act
from governance.services.mandate_rows import NewPerson, employ, in_group, within
from governance.services.seats import lock_seats
from governance.swedish import counted, in_words, listed
from governance.temporal import day_before

MOST_A_DAY = 40  # answers through one link, so that nobody fills the history by machine


@dataclass(frozen=True)
class Reply:
    """An answer about one seat: `since` is the first day of somebody new, or of nobody."""

    seat: int
    kind: str
    since: datetime.date | None = None
    person: NewPerson | None = None
    email: str = ""


def reply(
    *,
    user: User | None,
    inquiry: Inquiry,
    replies: Iterable[Reply],
    rest_is_right: bool = False,
    channel: str,
    day: datetime.date,
    groups: Iterable[SteeringGroup] | None = None,
) -> Act:
    """Keep what the organisation says; with `rest_is_right`, that the unanswered are right.

    What is right is confirmed at once. A change is a proposal, and an earlier answer is
    replaced until it is settled. Refused with the code `same` when nothing is new.
    """
    groups = None if groups is None else list(groups)
    given = {each.seat: each for each in replies}
    with act(user=user, verb=Act.Verb.CONFIRM, agreement=inquiry.agreement) as done:
        lock_seats(row.seat for row in asked_seats(WHOEVER_HAS_THE_LINK, inquiry, day, groups))
        rows = Inquiry.objects.select_for_update(of=("self",)).filter(pk=inquiry.pk)
        inquiry = rows.select_related("agreement", "organization").get()
        if channel == Confirmation.Channel.LINK:
            _check_link(inquiry, done, day)
        book = _Book(inquiry, channel, day)
        for row in asked_seats(WHOEVER_HAS_THE_LINK, inquiry, day, groups):
            if found := given.get(row.seat.pk):
                book.enter(row, found)
            elif rest_is_right and not row.is_answered:
                book.enter(row, Reply(row.seat.pk, Answer.Kind.RIGHT))
        done.summary = "\n".join(book.close())
        done.groups.set(book.groups)
    return done


def _check_link(inquiry: Inquiry, done: Act, day: datetime.date) -> None:
    if not inquiry.in_force(day):
        raise ValidationError("Länken gäller inte längre. Inget har sparats.")
    lately = Answer.history.filter(
        inquiry=inquiry,
        history_user=None,
        history_date__gte=done.at - datetime.timedelta(days=1),
    )
    if lately.order_by().values("caused_by").distinct().count() >= MOST_A_DAY:
        raise ValidationError(
            "Svaren har ändrats många gånger i dag. Inget har sparats nu. Försök i morgon."
        )


class _Book:
    """The answers to one inquiry, being written inside somebody's act."""

    def __init__(self, inquiry: Inquiry, channel: str, day: datetime.date) -> None:
        self._inquiry, self._channel, self._day = inquiry, channel, day
        self._before = set(_proposed(inquiry).values_list("pk", flat=True))
        self._refused: dict[str, list[str]] = {}
        self._right = 0
        self._said: list[str] = []
        self.groups: set[SteeringGroup] = set()

    def enter(self, row: AskedSeat, given: Reply) -> None:
        """Write one answer; what is refused is told of every row at once, by `field-<seat>`."""
        try:
            self._enter(row, given)
        except ValidationError as refusal:
            errors = refusal.message_dict if hasattr(refusal, "error_dict") else None
            for name, messages in (errors or {"kind": refusal.messages}).items():
                self._refused[f"{name}-{row.seat.pk}"] = messages

    def _enter(self, row: AskedSeat, given: Reply) -> None:
        if row.is_settled:
            raise ValidationError("Samordnaren har redan tagit ställning. Svara på brevet.")
        answer = row.answer or Answer(inquiry=self._inquiry, seat=row.seat)
        before = (answer.kind, answer.mandate_id, answer.person_id, answer.since)
        _check(row, given)
        person = _propose(self._inquiry, row.seat, given)
        answer.kind, answer.mandate, answer.person = given.kind, row.mandate, person
        answer.since = given.since
        after = (answer.kind, answer.mandate_id, answer.person_id, answer.since)
        unconfirmed = self._unconfirmed(row) if given.kind == Answer.Kind.RIGHT else []
        if before == after and not unconfirmed:
            return
        if before[0] == Answer.Kind.RIGHT and given.kind != Answer.Kind.RIGHT:
            _take_back(answer)
        answer.full_clean()
        answer.save()
        for mandate in unconfirmed:
            Confirmation.objects.create(mandate=mandate, day=self._day, channel=self._channel)
        self.groups.add(row.seat.group)
        self._right += given.kind == Answer.Kind.RIGHT
        if given.kind != Answer.Kind.RIGHT:
            self._said.append(f"{in_group(row.seat)}: {in_words_of(answer)}.")

    def _unconfirmed(self, row: AskedSeat) -> list[Mandate]:
        told = Confirmation.objects.filter(
            mandate__in=row.in_force, day=self._day, channel=self._channel
        )
        known = set(told.values_list("mandate", flat=True))
        return [each for each in row.in_force if each.pk not in known]

    def close(self) -> list[str]:
        """Forget whoever is no longer proposed, and tell in words what was written."""
        if self._refused:
            raise ValidationError(self._refused)
        if not self.groups:
            raise ValidationError("Svaren finns redan. Inget har ändrats.", code="same")
        forget(Person.objects.filter(pk__in=self._before).exclude(proposals__isnull=False))
        how = Confirmation.Channel(self._channel).label
        parts = [counted(self._right, "uppgift stämmer", "uppgifter stämmer")] * bool(self._right)
        parts += [counted(len(self._said), "förslag", "förslag")] * bool(self._said)
        return [f"{self._inquiry.organization}, {how}: {listed(parts)}.", *self._said]


def in_words_of(answer: Answer) -> str:
    """What is proposed, without the name."""
    since = answer.since or datetime.date.max
    if answer.kind == Answer.Kind.LEFT:
        return f"har slutat, sista dagen är den {in_words(day_before(since))} (förslag)"
    return f"en annan person från och med den {in_words(since)} (förslag)"


def _check(row: AskedSeat, given: Reply) -> None:
    if given.kind == Answer.Kind.RIGHT:
        return
    if given.since is None:
        raise ValidationError("Skriv vilken dag det gäller.")
    if given.kind == Answer.Kind.CHANGE:
        within(row.seat, given.since, None)
        return
    if row.mandate is None:
        raise ValidationError("Ingen sitter på platsen, så ingen kan ha slutat.")
    last_day = day_before(given.since)
    if row.mandate.is_upcoming(last_day):
        begun = in_words(row.mandate.valid_from)
        raise ValidationError({"last_day": f"Uppdraget började den {begun}. Välj en senare dag."})


def _proposed(inquiry: Inquiry) -> QuerySet[Person]:
    return Person.objects.filter(proposals__inquiry=inquiry, proposals__outcome="").distinct()


def _propose(inquiry: Inquiry, seat: Seat, given: Reply) -> Person | None:
    """The person put forward; named alike on several seats of the inquiry, it is one."""
    if given.kind != Answer.Kind.CHANGE or given.person is None:
        return None
    wanted = (given.person, given.email)
    for person in _proposed(inquiry).select_related("name").prefetch_related("contact_details"):
        addresses = [detail.value for detail in person.contact_details.all()]
        known = NewPerson(
            person.name.given_name, person.name.family_name, person.title, person.protected
        )
        if (known, "".join(addresses)) == wanted:
            return person
    person = employ(seat, given.person)
    if given.email:
        detail = ContactDetail(
            person=person, kind=ContactDetail.Kind.EMAIL, value=given.email, main=True
        )
        detail.full_clean()
        detail.save()
    return person


def _take_back(answer: Answer) -> None:
    """Take away what this answer confirmed, now that it says something else."""
    acts = Answer.history.filter(id=answer.pk).values("caused_by")
    made = Confirmation.history.filter(caused_by__in=acts, history_type="+").values("id")
    Confirmation.objects.filter(pk__in=made, mandate__seat=answer.seat).delete()


def forget(people: QuerySet[Person]) -> None:
    """Delete those who were merely proposed; whoever has had a mandate stays."""
    people.filter(mandates=None, user=None).delete()
