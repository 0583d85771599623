"""Letters to those whose follow-up of a year is not sent yet, when the coordinator asks for it."""

import datetime
import logging
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from governance.models import Act, Agreement, FollowUp, Mandate, Reminder, Seat, SteeringGroup, User
from governance.models.groups import heirs
from governance.queries.rounds import Line, year_lines
from governance.services.acts import act
from governance.swedish import counted, listed

logger = logging.getLogger(__name__)


def remind_round(*, user: User, agreement: Agreement, year: int, day: datetime.date) -> Act:
    """Mail the secretaries of the groups whose follow-up is not sent, or their mailbox.

    For a group that has ended it is the successor's. The letters go when all is saved; one
    that fails stops no other, and only what the mail server took is written down.
    """
    groups = SteeringGroup.objects.filter(agreement=agreement)
    waiting = [line for line in year_lines(user, groups, year, day) if line.is_waited_for]
    if not waiting:
        raise ValidationError(
            f"Ingen uppföljning för {year} i {agreement} väntar på att bli skriven. "
            "Ingen har fått någon påminnelse."
        )
    with act(user=user, verb=Act.Verb.OPEN_ROUND, agreement=agreement) as done:
        secretaries = _secretaries(waiting, day)
        letters = [
            letter for line in waiting for letter in _letters(line, secretaries[line.group.pk], day)
        ]
        told = {key for letter in letters for key in letter.told}
        silent = [each.group.name for each in waiting if _key(each.followup) not in told]
        done.groups.add(*(line.group for line in waiting))
        number = counted(len(waiting) - len(silent), "grupp", "grupper")
        done.summary = f"Påminnelse om uppföljning {year} skickas till {number} i {agreement.name}."
        if silent:
            done.summary += f"\nIngen kan påminnas om {listed(silent)}: där finns ingen att mejla."
        transaction.on_commit(lambda: _send(letters))
    return done


def _secretaries(lines: list[Line], day: datetime.date) -> dict[int, list[User]]:
    """Open accounts of those who are secretaries today, by the group whose follow-up it is."""
    after = heirs(day)
    stand_for: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        ended = line.group.has_ended(day)
        for own in after.get(line.group.pk, set()) if ended else {line.group.pk}:
            stand_for[own].add(line.group.pk)
    held = Mandate.objects.holding(day).filter(
        seat__in=Seat.objects.as_of(day),
        seat__role=Seat.Role.SECRETARY,
        seat__group__in=stand_for,
        person__user__is_active=True,
    )
    found: dict[int, list[User]] = defaultdict(list)
    for mandate in held.select_related("person__user", "seat"):
        for group in stand_for[mandate.seat.group_id]:
            if mandate.person.user and mandate.person.user not in found[group]:
                found[group].append(mandate.person.user)
    return found


def _letters(line: Line, users: list[User], day: datetime.date) -> list[Reminder]:
    """One to each secretary, or else one to the functional mailbox; none when there is none."""
    mailbox = line.group.mailbox or line.group.agreement.mailbox
    recipients: list[dict[str, Any]] = [{"user": each} for each in users]
    if not recipients and mailbox:
        recipients = [{"mailbox": mailbox}]
    followup = line.followup
    if followup is None:
        return []
    arguments = [followup.year, line.group.slug]
    text = render_to_string(
        "followups/letter.txt",
        {
            "line": line,
            "missing": [cell for cell in line.cells if cell.done < cell.number],
            "address": f"{settings.SITE_URL}{reverse('governance:followup', args=arguments)}",
        },
    )
    subject = f"Uppföljning {followup.year} för {line.group.name} är inte skickad"
    return [
        Reminder(
            agreement=line.group.agreement,
            day=day,
            subject=subject[:200],
            text=text,
            told=[_key(followup)],
            **recipient,
        )
        for recipient in recipients
    ]


def _key(followup: FollowUp | None) -> str:
    return f"followup:{followup.pk}" if followup else ""


def _send(letters: list[Reminder]) -> None:
    for letter in letters:
        address = letter.user.email if letter.user else letter.mailbox
        headers = {"Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(letter.subject, letter.text, None, [address], headers=headers).send()
        except Exception as error:  # whatever the mail server does, the others get theirs
            # The error itself may repeat the address.
            logger.error("en påminnelse om uppföljning gick inte: %s", type(error).__name__)
            continue
        letter.save()
