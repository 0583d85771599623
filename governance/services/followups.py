"""How a follow-up goes from draft to adopted, and how an adopted one is corrected.

Each verb locks the follow-up and then its group, as whoever saves a text does, so two of
them never meet, and refuses from a state that it does not start in. Who may do it is asked
by the pages.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Sum

from governance.models import Act, FollowUp, FollowUpSection, User
from governance.queries.followup_verbs import not_now
from governance.queries.missing_parts import missing_parts
from governance.queries.snapshots import snapshot_of
from governance.services.acts import Stale, act, last_seen, lock
from governance.swedish import in_words
from governance.temporal import has_passed

State = FollowUp.State
_DIGITS = 1_000_000


def followup_seen(followup: FollowUp) -> int:
    """What a reader of the follow-up has seen: the group's latest act and every saved text."""
    saves = FollowUpSection.objects.filter(followup=followup).aggregate(all=Sum("revision"))
    return last_seen([followup.group]) * _DIGITS + (saves["all"] or 0)


def show_to_members(*, user: User | None, followup: FollowUp, seen: int | None = None) -> Act:
    """Let all members in force read it and comment; it can still be changed."""
    with act(user=user, verb=Act.Verb.SHOW, agreement=followup.group.agreement) as done:
        followup = lock_followup(followup, Act.Verb.SHOW, seen)
        followup.state = State.WITH_MEMBERS
        _save(followup, done)
        done.summary = f"{_label(followup)} visas för gruppens ledamöter. De kan kommentera den."
    return done


def send(
    *,
    user: User | None,
    followup: FollowUp,
    now: datetime.datetime,
    registry_number: str = "",
    seen: int | None = None,
) -> Act:
    """Send it for adoption with a new snapshot; refused with all that is missing, if anything."""
    with act(user=user, verb=Act.Verb.SEND, agreement=followup.group.agreement) as done:
        followup = lock_followup(followup, Act.Verb.SEND, seen)
        sections = list(FollowUpSection.objects.select_for_update().filter(followup=followup))
        missing = missing_parts(sections)
        if missing:
            raise ValidationError([each.sentence for each in missing])
        followup.state = State.SENT
        followup.sent_at, followup.sent_by = now, user
        followup.return_note = ""
        followup.registry_number = registry_number.strip()
        followup.snapshot = snapshot_of(followup)
        _save(followup, done, sections)
        done.summary = (
            f"{_label(followup)} skickas för fastställande.\n"
            f"Uppgifterna fryses som de var den {in_words(followup.cutoff)}."
        )
    return done


def hand_back(
    *, user: User | None, followup: FollowUp, return_note: str, seen: int | None = None
) -> Act:
    """Return it to those who write it, saying what is to be changed."""
    with act(user=user, verb=Act.Verb.HAND_BACK, agreement=followup.group.agreement) as done:
        followup = lock_followup(followup, Act.Verb.HAND_BACK, seen)
        followup.state = State.RETURNED
        followup.return_note = return_note.strip()
        _save(followup, done)
        done.summary = (
            f"{_label(followup)} lämnas tillbaka.\n"
            "Den kan ändras igen, och uppgifterna tas på nytt när den skickas nästa gång."
        )
    return done


def adopt(
    *,
    user: User | None,
    followup: FollowUp,
    today: datetime.date,
    adopted_on: datetime.date,
    paragraph: str,
    registry_number: str,
    capacity: str,
    minutes: str = "",
    seen: int | None = None,
) -> Act:
    """Register that a meeting has adopted it; from then on it is locked.

    `capacity` is as what the user registers it, one of `permissions.capacities`.
    """
    with act(user=user, verb=Act.Verb.ADOPT, agreement=followup.group.agreement) as done:
        followup = lock_followup(followup, Act.Verb.ADOPT, seen)
        _check_meeting(followup, adopted_on, today)
        followup.state = State.ADOPTED
        followup.adopted_on, followup.adopted_by = adopted_on, user
        followup.paragraph = paragraph.strip()
        followup.registry_number = registry_number.strip()
        followup.capacity, followup.minutes = capacity, minutes.strip()
        if capacity in FollowUp.BY_MINUTES and not followup.minutes:
            sentence = "Hänvisa till mötets protokoll, till exempel § 4."
            raise ValidationError({"minutes": sentence})
        _save(followup, done)
        done.summary = (
            f"{_label(followup)} är fastställd den {in_words(adopted_on)}, "
            f"{followup.paragraph}, diarienummer {followup.registry_number}. Registreras i "
            f"egenskap av {followup.get_capacity_display()}.\nDen låses och kan inte ändras."
        )
    return done


def revise(*, user: User | None, followup: FollowUp, reason: str, seen: int | None = None) -> Act:
    """Open a correction: the next version, a draft with the same texts. The one before stays."""
    with act(user=user, verb=Act.Verb.REVISE, agreement=followup.group.agreement) as done:
        followup = lock_followup(followup, Act.Verb.REVISE, seen)
        newest = FollowUp.objects.newest().filter(group=followup.group_id, year=followup.year)
        if not newest.filter(pk=followup.pk).exists():
            raise ValidationError(
                f"{_label(followup)} har redan en nyare version. Fortsätt på den i stället."
            )
        next_one = FollowUp(
            group=followup.group,
            year=followup.year,
            number=followup.number + 1,
            version_id=followup.version_id,
            picture_id=followup.picture_id,
            cutoff=followup.cutoff,
            reason=reason.strip(),
        )
        _save(next_one, done)
        for section in followup.sections.all():
            _copy(section, next_one)
        done.summary = (
            f"{_label(followup)} rättas: version {next_one.number} öppnas som utkast.\n"
            f"Version {followup.number} gäller tills den nya är fastställd, "
            "och går alltid att läsa."
        )
    return done


def lock_followup(followup: FollowUp, verb: Act.Verb, seen: int | None = None) -> FollowUp:
    """The follow-up as it is now, locked before its group; refused in another state than `verb`
    starts in, and Stale when something was done or written since the reader saw it.
    """
    found = FollowUp.objects.select_for_update(of=("self",)).get(pk=followup.pk)
    [found.group] = lock([found.group])
    if refusal := not_now(verb, found):
        raise ValidationError(refusal)
    if seen is not None and followup_seen(found) != seen:
        raise Stale("Uppföljningen")
    return found


def _save(followup: FollowUp, done: Act, sections: Iterable[FollowUpSection] = ()) -> None:
    """Save it with what its texts are now; those are kept in the history with each sending."""
    followup.full_clean()
    followup.save()
    for section in sections:
        section.save()
    done.groups.add(followup.group)


def _copy(section: FollowUpSection, followup: FollowUp) -> None:
    """The same text in the next version, ready as it was."""
    copied = FollowUpSection(
        followup=followup,
        kind=section.kind,
        challenge_id=section.challenge_id,
        priority_id=section.priority_id,
        order=section.order,
        text=section.text,
        judgement=section.judgement,
        done=section.done,
    )
    copied.full_clean()
    copied.save()


def _check_meeting(followup: FollowUp, adopted_on: datetime.date, today: datetime.date) -> None:
    if has_passed(today, adopted_on):
        sentence = f"Mötet kan inte ha varit efter i dag, den {in_words(today)}."
        raise ValidationError({"adopted_on": sentence})
    if adopted_on.year < followup.year:
        sentence = f"Uppföljningen gäller {followup.year} och kan inte fastställas före det året."
        raise ValidationError({"adopted_on": sentence})


def _label(followup: FollowUp) -> str:
    number = f", version {followup.number}" if followup.number > 1 else ""
    return f"Uppföljningen {followup.year} för {followup.group.name}{number}"
