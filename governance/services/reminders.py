"""Letters on Monday mornings, to those who have something new to do."""

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from governance.models import Agreement, Reminder, SteeringGroup
from governance.queries.reminders import Due, letters_due, sent_to
from governance.swedish import counted

logger = logging.getLogger(__name__)
MONDAY = 0
NEW_AT_MOST = 30  # lines in one letter; the lists have the rest


@dataclass
class Sent:
    """What a round did, or would do: the letters, how many had nothing new, and what failed."""

    letters: list[tuple[Due, Reminder]] = field(default_factory=list)
    silent: int = 0
    failed: list[str] = field(default_factory=list)
    unreachable: list[SteeringGroup] = field(default_factory=list)


def next_monday(day: datetime.date) -> datetime.date:
    """The next day of letters after `day`."""
    return day + datetime.timedelta(days=7 - (day.weekday() - MONDAY) % 7)


def remind(
    *,
    day: datetime.date,
    dry_run: bool = False,
    watch: Callable[..., Iterable[Any]] = iter,
) -> Sent:
    """Mail everybody who has something new to do on `day`; one failure stops no other letter.

    What a recipient has been told of before is not news, so a second run sends nothing.
    Only what the mail server took is written down.
    """
    found = letters_due(day)
    sent = Sent(unreachable=found.unreachable)
    for due in watch(found.due):
        try:
            letter = compose(due, day) if dry_run else _send(due, day)
        except Exception as error:  # whatever the mail server does, the others get theirs
            # The error itself may repeat the address.
            logger.error("påminnelsen till %s gick inte: %s", due.recipient, type(error).__name__)
            sent.failed.append(due.recipient)
            continue
        if letter is None:
            sent.silent += 1
        else:
            sent.letters.append((due, letter))
    return sent


def compose(due: Due, day: datetime.date) -> Reminder | None:
    """The letter, not saved; None when all of it has been told before."""
    known = {key for told in sent_to(due).values_list("told", flat=True) for key in told}
    new = [item for item in due.items if item.key not in known]
    if not new:
        return None
    news = counted(len(new), "ny sak att göra", "nya saker att göra")
    context = {
        "due": due,
        "news": news,
        "new": new[:NEW_AT_MOST],
        "more": len(new) - NEW_AT_MOST if len(new) > NEW_AT_MOST else 0,
        "site": settings.SITE_URL,
        "start": reverse("governance:start"),
        "all_letters": reverse("governance:reminders"),
    }
    text = render_to_string("reminders/letter.txt", context)
    subject = f"{news} i {due.agreement.name}"
    return Reminder(
        agreement=due.agreement,
        user=due.user,
        mailbox=due.mailbox,
        day=day,
        subject=" ".join(subject.split())[:200],
        text=text,
        told=[item.key for item in due.items],
    )


def _send(due: Due, day: datetime.date) -> Reminder | None:
    """Write the letter down and hand it in; what is handed in by nobody is not written down.

    One letter at a time in each agreement: of two rounds at once the later finds that all
    is told. The lock lets others write about the agreement meanwhile.
    """
    with transaction.atomic():
        Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=due.agreement.pk)
        letter = compose(due, day)
        if letter is None:
            return None
        letter.save()
        address = due.user.email if due.user else due.mailbox
        headers = {"Auto-Submitted": "auto-generated"}
        EmailMessage(letter.subject, letter.text, None, [address], headers=headers).send()
    return letter
