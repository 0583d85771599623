"""Saving one section of a follow-up, when several people may be writing at once."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from governance.models import Act, FollowUp, FollowUpSection, User
from governance.services.acts import act
from governance.swedish import spaced

LONGEST = 30_000  # characters of one section: some ten pages


@dataclass(frozen=True)
class Saved:
    """That a section was saved; `revision` is what the next save is to be based on."""

    revision: int
    done: bool


class Conflict(ValidationError):
    """Somebody saved another text after the one that this save was based on.

    `section` is as it is stored now; nothing of it was changed.
    """

    def __init__(self, section: FollowUpSection) -> None:
        sentence = (
            "Någon annan sparade medan du skrev. Båda texterna finns kvar. "
            "Välj vilken som ska gälla."
        )
        super().__init__(sentence, code="conflict")
        self.section = section


def save_section(
    *,
    user: User,
    section: FollowUpSection,
    text: str,
    judgement: str,
    done: bool,
    based_on: int,
) -> Saved:
    """Save what is typed, unless somebody has saved another text since revision `based_on`.

    Raises Conflict then, with the newer text. A save that was done already (its answer was
    lost on the way) is not done again. Anything may be missing in a draft. A new revision
    writes history and an act only when the section is ticked off as ready, or is not any more.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise ValidationError(
            {
                "text": f"Texten är {spaced(len(text))} tecken. Högst {spaced(LONGEST)} får plats "
                "i ett avsnitt. Korta den eller lägg resten i en bilaga."
            }
        )
    new = {"text": text, "judgement": judgement, "done": done}
    with transaction.atomic():
        followup = _open(section)
        now = FollowUpSection.objects.get(pk=section.pk)
        if all(getattr(now, name) == value for name, value in new.items()):
            return Saved(now.revision, now.done)
        if now.revision != based_on:
            raise Conflict(now)
        if now.done != done:
            return _ticked(user, followup, now, new)
        _write(user, now, new)
        return Saved(based_on + 1, done)


def _open(section: FollowUpSection) -> FollowUp:
    """The section's follow-up, locked: who sends or adopts it waits, or has been first."""
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("group__agreement")
    followup = rows.get(pk=section.followup_id)
    if not followup.is_open:
        raise ValidationError(
            f"Uppföljningen är {followup.get_state_display()}, så texten kan inte ändras nu. "
            "Inget har sparats. Kopiera det du skrev om du vill ha det kvar.",
            code="locked",
        )
    return followup


def _write(user: User, section: FollowUpSection, new: dict[str, object]) -> None:
    """One statement that changes nothing when another save has come between."""
    row = FollowUpSection.objects.filter(pk=section.pk, revision=section.revision)
    stamp = {"revision": F("revision") + 1, "edited_by": user, "edited_at": Now()}
    if not row.update(**new, **stamp):
        raise Conflict(FollowUpSection.objects.get(pk=section.pk))


def _ticked(
    user: User, followup: FollowUp, section: FollowUpSection, new: dict[str, object]
) -> Saved:
    with act(user=user, verb=Act.Verb.FOLLOW, agreement=followup.group.agreement) as done:
        _write(user, section, new)
        section.refresh_from_db()
        section.full_clean()
        section.save()  # the same values once more, for the history
        done.groups.add(followup.group)
        word = "klart" if section.done else "inte klart längre"
        name = followup.group.name
        done.summary = f"{name}, uppföljning {followup.year}: avsnittet {section.title} är {word}."
    return Saved(section.revision, section.done)
