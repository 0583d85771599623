"""Accounts: inviting, linking to a person, closing and opening again, one act each."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.template.loader import render_to_string

from governance.models import (
    Act,
    Agreement,
    AgreementUserGrant,
    Organization,
    Person,
    PersonName,
    User,
)
from governance.queries.grants import words_of
from governance.rights import EDIT_STRUCTURE
from governance.services.acts import act
from governance.services.grants import keep_a_coordinator, write_grant

logger = logging.getLogger(__name__)

LINK_DAYS = settings.PASSWORD_RESET_TIMEOUT // 86400  # how long the link in a letter works


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not in the app yet."""

    organization: Organization
    given_name: str
    family_name: str = ""
    title: str = ""


def invite(
    *,
    user: User | None,
    agreement: Agreement,
    email: str,
    person: Person | NewPerson | None = None,
    right: str = "",
) -> Act:
    """Make an account without a password, linked to a person and with a first right.

    The letter is sent afterwards, by `send_invitation`, when all this is stored.
    """
    with act(user=user, verb=Act.Verb.INVITE, agreement=agreement) as done:
        account = User(email=email.strip().lower())
        account.set_unusable_password()
        account.full_clean()
        account.save()
        summary = [f"{account} skapades."]
        if isinstance(person, NewPerson):
            person = _add_person(person)
        if person is not None:
            _connect(account, person)
            summary.append(f"Kontot är knutet till {str(person).lower()}.")
        if right:
            write_grant(account, right, agreement)
            summary.append(f"Kontot får rätten att {words_of(right)}: {agreement}.")
        done.summary = "\n".join(summary)
    return done


def _add_person(new: NewPerson) -> Person:
    person = Person(organization=new.organization, title=new.title)
    person.full_clean()
    person.save()
    name = PersonName(person=person, given_name=new.given_name, family_name=new.family_name)
    name.full_clean()
    name.save()
    return person


def send_invitation(*, account: User, agreement: Agreement, link: str) -> bool:
    """Send the letter with the link; False when it could not be sent.

    The log says which account and what kind of fault, never the fault's own text: that
    of a mail server repeats the address.
    """
    context = {"agreement": agreement, "link": link, "days": LINK_DAYS}
    subject = render_to_string("accounts/mail/invitation_subject.txt", context).strip()
    text = render_to_string("accounts/mail/invitation.txt", context)
    try:
        send_mail(subject, text, None, [account.email])
    except Exception as error:  # whatever the mail server does, the account stays
        kind = type(error).__name__
        logger.warning("inbjudan till konto %s gick inte att skicka: %s", account.pk, kind)
        return False
    return True


def link(*, user: User | None, account: User, person: Person, agreement: Agreement) -> Act:
    """Say whose account it is; rights then follow from the person's work and mandates."""
    with act(user=user, verb=Act.Verb.LINK, agreement=agreement) as done:
        _connect(account, person)
        _mark(account)
        done.summary = f"{account} är knutet till {str(person).lower()}."
    return done


def _connect(account: User, person: Person) -> None:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.user_id is not None:
        raise ValidationError("Personen har redan ett konto. Välj en annan person.")
    if Person.objects.filter(user=account).exists():
        raise ValidationError("Kontot är redan knutet till en person. Ta bort knytningen först.")
    person.user = account
    person.save()


def _mark(account: User) -> None:
    """Let the act stand in the account's own history too, where its coordinators are found."""
    User.objects.select_for_update().get(pk=account.pk).save()


def unlink(*, user: User | None, account: User, agreement: Agreement) -> Act:
    """Take away the link to the person, and with it all rights that followed from it."""
    with act(user=user, verb=Act.Verb.LINK, agreement=agreement) as done:
        person = Person.objects.select_for_update(of=("self",)).filter(user=account).first()
        if person is None:
            raise ValidationError("Kontot är inte knutet till någon person. Inget har ändrats.")
        person.user = None
        person.save()
        _mark(account)
        done.summary = f"{account} är inte längre knutet till {str(person).lower()}."
    return done


def close(*, user: User | None, account: User, agreement: Agreement) -> Act:
    """Close an account: it cannot sign in, and has no rights.

    Its password goes with it, so that neither a session nor a link sent before works
    if the account is opened again.
    """
    with act(user=user, verb=Act.Verb.CLOSE, agreement=agreement) as done:
        coordinated = Agreement.objects.select_for_update(of=("self",)).filter(
            pk__in=AgreementUserGrant.objects.filter(
                user=account, permission__codename=EDIT_STRUCTURE
            ).values("content_object")
        )
        losing = list(coordinated.order_by("pk"))
        account = User.objects.select_for_update().get(pk=account.pk)
        _refuse_to_close(user, account)
        account.is_active = False
        account.set_unusable_password()
        account.save()
        for each in losing:
            keep_a_coordinator(each)
        done.summary = f"{account} är stängt."
    return done


def _refuse_to_close(user: User | None, account: User) -> None:
    if not account.is_active:
        raise ValidationError("Kontot är redan stängt. Inget har ändrats.")
    if user is not None and user.pk == account.pk:
        raise ValidationError(
            "Du kan inte stänga ditt eget konto. Be en annan samordnare eller driftansvarig."
        )


def reopen(*, user: User | None, account: User, agreement: Agreement) -> Act:
    """Open a closed account again; its holder chooses a new password by a new letter."""
    with act(user=user, verb=Act.Verb.REOPEN, agreement=agreement) as done:
        account = User.objects.select_for_update().get(pk=account.pk)
        if account.is_active:
            raise ValidationError("Kontot är redan öppet. Inget har ändrats.")
        account.is_active = True
        account.save()
        done.summary = f"{account} är öppet igen."
    return done
