"""A coordinator takes a stand on what an organisation has proposed: one act, accepted or not."""

import datetime

from django.core.exceptions import ValidationError

from governance.models import Act, Answer, Mandate, Person, Seat, User
from governance.queries.inquiries import last_seen_answer, shown_mandate
from governance.services.acts import Stale, act
from governance.services.answers import forget
from governance.services.mandate_rows import NO_DETAILS, in_group, stop, take_over
from governance.services.seats import last_seen_seats, lock_seats
from governance.temporal import day_before

SETTLED = "Förslaget är redan avgjort. Inget har ändrats nu."


def last_seen(answer: Answer) -> int:
    """The latest act on the proposal or on its seat: what a reader has seen."""
    return max(last_seen_seats([answer.seat]), last_seen_answer(answer))


def settle(
    *,
    user: User | None,
    answer: Answer,
    accepted: bool,
    day: datetime.date,
    since: datetime.date | None = None,
    person: Person | None = None,
    seen: int | None = None,
) -> Act:
    """Let the proposal hold from `since` (the answer's own day unless given), or decline it.

    `person` is somebody already entered who is the one that the organisation means; the
    person it entered is then deleted. So is whoever was proposed and declined. Neither can
    be undone, since names are kept in no history.
    """
    if not accepted:
        return _decline(user=user, answer=answer, seen=seen)
    with act(user=user, verb=_verb(answer, person), agreement=answer.inquiry.agreement) as done:
        seat, answer = _locked(answer, seen)
        _check_unchanged(seat, answer, day)
        since = since or answer.since or day
        if answer.kind == Answer.Kind.LEFT:
            done.summary = _end(seat, answer, since)
        else:
            done.summary = _begin(seat, answer, since, person)
        proposed = answer.person
        answer.person = person or proposed
        _write(answer, Answer.Outcome.ACCEPTED, done)
        if proposed is not None and person is not None:
            forget(Person.objects.filter(pk=proposed.pk, proposals=None))
        done.groups.add(seat.group)
        done.summary += f"\nSå föreslog {seat.organization}."
    return done


def _decline(*, user: User | None, answer: Answer, seen: int | None) -> Act:
    with act(user=user, verb=Act.Verb.CONFIRM, agreement=answer.inquiry.agreement) as done:
        seat, answer = _locked(answer, seen)
        proposed, answer.person = answer.person, None
        _write(answer, Answer.Outcome.DECLINED, done)
        if proposed is not None:
            forget(Person.objects.filter(pk=proposed.pk, proposals=None))
        done.groups.add(seat.group)
        gone = " Den som föreslogs tas bort." if proposed is not None else ""
        done.summary = (
            f"{in_group(seat)}: förslaget från {seat.organization} avböjs.{gone} "
            "Inget annat ändras."
        )
    return done


def _verb(answer: Answer, person: Person | None) -> str:
    """What it is called in the history; what cannot be undone is no verb of the roster's."""
    if person is not None:
        return Act.Verb.CONFIRM
    if answer.kind == Answer.Kind.LEFT:
        return Act.Verb.END
    return Act.Verb.REPLACE if answer.mandate_id else Act.Verb.APPOINT


def _locked(answer: Answer, seen: int | None) -> tuple[Seat, Answer]:
    """The seat and the answer as they are now, both locked."""
    [seat] = lock_seats([answer.seat])
    rows = Answer.objects.select_for_update(of=("self",)).filter(pk=answer.pk)
    found = rows.select_related("person", "inquiry", "mandate__person").first()
    if found is None:
        raise ValidationError("Svaret finns inte längre. Inget har ändrats.")
    found.seat = seat
    if seen is not None and last_seen(found) != seen:
        raise Stale("Förslaget eller platsen")
    if found.outcome:
        raise ValidationError(SETTLED)
    if found.kind == Answer.Kind.RIGHT:
        raise ValidationError(
            "Organisationen har ändrat sig: uppgiften stämmer. Inget har ändrats."
        )
    return seat, found


def _check_unchanged(seat: Seat, answer: Answer, day: datetime.date) -> None:
    """Refuse when somebody else sits there than when the organisation answered."""
    now = shown_mandate(Mandate.objects.filter(seat=seat), day)
    if now is not None and now.pk != answer.mandate_id:
        raise ValidationError(
            "Platsen har fått en annan ledamot sedan organisationen svarade. Avböj förslaget, "
            "eller byt ledamot på platsens egen sida."
        )


def _begin(seat: Seat, answer: Answer, since: datetime.date, person: Person | None) -> str:
    chosen = person or answer.person
    if chosen is None:
        raise ValidationError("Den föreslagna personen finns inte längre. Avböj förslaget.")
    return take_over(seat, chosen, since, None, Mandate.EndReason.REPLACED, NO_DETAILS)


def _end(seat: Seat, answer: Answer, since: datetime.date) -> str:
    if answer.mandate is None:
        raise ValidationError("Uppdraget finns inte längre. Avböj förslaget.")
    answer.mandate.seat = seat
    return stop(answer.mandate, day_before(since), Mandate.EndReason.LEFT)


def _write(answer: Answer, outcome: str, done: Act) -> None:
    if answer.mandate is not None and not Mandate.objects.filter(pk=answer.mandate_id).exists():
        answer.mandate = None  # withdrawn just now, for it would have begun after its last day
    answer.outcome, answer.settled_by = outcome, done
    answer.full_clean()
    answer.save()
