"""Asking organisations whether their names are right, and the link in the letter."""

import contextlib
import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.signing import BadSignature, Signer
from django.db.models import Max
from django.template.loader import render_to_string

from governance.models import Act, Agreement, Inquiry, Organization, User, carrying_out
from governance.services.acts import Stale, act
from governance.services.periods import shorten_all
from governance.swedish import counted, in_words, listed
from governance.temporal import day_before

logger = logging.getLogger(__name__)

DAYS = 30  # how long an organisation has to answer, unless otherwise said
MOST_DAYS = 92
MOST_NAMES = 12
GIVES_UP_AFTER = 2  # letters in a row that failed: the server is down, and the reader waits
_SIGNER = Signer(sep=".", salt="governance.inquiry")


def ask(
    *,
    user: User | None,
    agreement: Agreement,
    organizations: Iterable[Organization],
    day: datetime.date,
    last_day: datetime.date,
    seen: int | None = None,
) -> Act:
    """Ask each organisation from `day` through `last_day`; a question still open is renewed.

    One that is renewed never gets a shorter time than it had. The letters are sent
    afterwards, by `send_letters`, when all this is stored.
    """
    with act(user=user, verb=Act.Verb.ASK, agreement=agreement) as done:
        agreement = _locked(agreement, done, seen)
        _check_last_day(day, last_day)
        asked = sorted(organizations, key=lambda each: each.sort_key)
        if not asked:
            raise ValidationError({"organizations": "Välj minst en organisation att fråga."})
        open_ones = {
            each.organization_id: each
            for each in Inquiry.objects.as_of(day).filter(agreement=agreement)
        }
        for organization in asked:
            _ask_one(open_ones.get(organization.pk), agreement, organization, day, last_day)
        renewed = [str(each) for each in asked if each.pk in open_ones]
        done.summary = "\n".join(_asked_in_words(asked, renewed, last_day))
    return done


def _ask_one(
    inquiry: Inquiry | None,
    agreement: Agreement,
    organization: Organization,
    day: datetime.date,
    last_day: datetime.date,
) -> None:
    if inquiry is None:
        inquiry = Inquiry(agreement=agreement, organization=organization, valid_from=day)
    elif inquiry.valid_through is not None:
        last_day = max(last_day, inquiry.valid_through)
    inquiry.valid_through, inquiry.sent_to = last_day, ""
    inquiry.full_clean()
    inquiry.save()


def _check_last_day(day: datetime.date, last_day: datetime.date) -> None:
    if last_day < day:
        raise ValidationError({"last_day": "Sista dagen att svara får inte ha varit redan."})
    if last_day > day + datetime.timedelta(days=MOST_DAYS):
        raise ValidationError(
            {"last_day": f"Länken kan gälla i högst {MOST_DAYS} dagar. Välj en tidigare dag."}
        )


def _asked_in_words(
    asked: list[Organization], renewed: list[str], last_day: datetime.date
) -> list[str]:
    number = counted(len(asked), "organisation tillfrågas", "organisationer tillfrågas")
    without = [str(each) for each in asked if not each.mailbox]
    return [
        f"{number} om uppgifterna om deras ledamöter stämmer. "
        f"Sista dag att svara är den {in_words(last_day)}.",
        *([f"Frågan är redan öppen och förnyas: {some(renewed)}."] if renewed else []),
        *([f"Saknar funktionsbrevlåda och får inget brev: {some(without)}."] if without else []),
    ]


def some(names: list[str]) -> str:
    """The names in a sentence; of many, the first and how many more there are."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} och {len(names) - MOST_NAMES} till"


def last_asked(agreement: Agreement, but: Act | None = None) -> int:
    """The latest act by which anybody was asked in the agreement: what a reader has seen."""
    acts = Act.objects.filter(agreement=agreement, verb=Act.Verb.ASK)
    return acts.exclude(pk=but and but.pk).aggregate(newest=Max("pk"))["newest"] or 0


def _locked(agreement: Agreement, done: Act, seen: int | None) -> Agreement:
    """The agreement, so that nobody is asked twice by two coordinators at the same time."""
    found = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if seen is not None and last_asked(found, done) != seen:
        raise Stale("Listan över frågor")
    return found


def withdraw(
    *, user: User | None, inquiry: Inquiry, day: datetime.date, seen: int | None = None
) -> Act:
    """Take the question back, so that its link opens nothing more.

    One asked today that is already answered cannot be undone, and closes when the day ends.
    """
    with act(user=user, verb=Act.Verb.ASK, agreement=inquiry.agreement) as done:
        _locked(inquiry.agreement, done, seen)
        rows = Inquiry.objects.select_for_update(of=("self",)).filter(pk=inquiry.pk)
        found = rows.select_related("organization").first()
        if found is None or not found.in_force(day):
            raise ValidationError("Frågan är redan stängd. Inget har ändrats.")
        about = f"Frågan till {found.organization}"
        if found.valid_from == day and found.answers.exists():
            shorten_all(Inquiry.objects.filter(pk=found.pk), day)
            done.summary = f"{about} stängs när dagen är slut. Svaren finns kvar."
        else:
            shorten_all(Inquiry.objects.filter(pk=found.pk), day_before(day))
            done.summary = f"{about} stängs. Länken i brevet går inte längre att öppna."
    return done


# -- the link --------------------------------------------------------------------------------


def token_of(inquiry: Inquiry) -> str:
    """What stands in the link: the key, signed; it is made when needed and stored nowhere."""
    return _SIGNER.sign(str(inquiry.pk))


def inquiry_of(token: str, day: datetime.date) -> Inquiry | None:
    """The inquiry that the link opens on `day`, None for one expired, withdrawn or not ours."""
    try:
        key = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    rows = Inquiry.objects.as_of(day).select_related("agreement", "organization")
    return rows.filter(pk=key).first()


# -- the letters -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """How many letters the mail server took, which it did not, and who has no address."""

    sent: int
    failed: list[str]
    without_address: list[str]


def send_letters(*, done: Act, link_to: Callable[[Inquiry], str]) -> Sent:
    """Send the letters of an act that has been stored; `sent_to` tells which were taken.

    The log says which inquiry and what kind of fault, never the fault's own text: that of
    a mail server repeats the address.
    """
    written = Inquiry.history.filter(caused_by=done, sent_to="").values("id")
    rows = Inquiry.objects.filter(pk__in=written, sent_to="").order_by("organization__sort_key")
    inquiries = list(rows.select_related("agreement", "organization"))
    connection = get_connection()
    failed: list[str] = []
    in_a_row = 0
    for inquiry in inquiries:
        if not inquiry.organization.mailbox:
            continue
        taken = in_a_row < GIVES_UP_AFTER and _deliver(inquiry, link_to(inquiry), connection)
        in_a_row = 0 if taken else in_a_row + 1
        if not taken:
            failed.append(str(inquiry.organization))
            continue
        inquiry.sent_to = inquiry.organization.mailbox
        with carrying_out(done):
            inquiry.save(update_fields=["sent_to"])
    with contextlib.suppress(Exception):
        connection.close()
    without = [str(each.organization) for each in inquiries if not each.organization.mailbox]
    return Sent(len(inquiries) - len(without) - len(failed), failed, without)


def _deliver(inquiry: Inquiry, link: str, connection: BaseEmailBackend) -> bool:
    """Whether the mail server took the letter; a connection that failed is not used again."""
    letter = _letter(inquiry, link)
    letter.connection = connection
    try:
        connection.open()
        letter.send()
    except Exception as error:  # whatever the mail server does, the question stands
        kind = type(error).__name__
        logger.warning("brevet till förfrågan %s gick inte att skicka: %s", inquiry.pk, kind)
        with contextlib.suppress(Exception):
            connection.close()
        return False
    return True


def _letter(inquiry: Inquiry, link: str) -> EmailMessage:
    context = {
        "inquiry": inquiry,
        "agreement": inquiry.agreement,
        "link": link,
        "last_day": in_words(inquiry.valid_through) if inquiry.valid_through else "",
    }
    return EmailMessage(
        subject=render_to_string("inquiries/mail/letter_subject.txt", context).strip(),
        body=render_to_string("inquiries/mail/letter.txt", context),
        to=[inquiry.organization.mailbox],
        reply_to=[inquiry.agreement.mailbox] if inquiry.agreement.mailbox else None,
    )
