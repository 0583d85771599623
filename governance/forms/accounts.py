"""What is filled in about accounts: signing in, passwords, invitations, links to persons."""

import logging
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import forms as auth
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from governance.models import Agreement, Organization, Person
from governance.permissions import names
from governance.queries.accounts import linkable_people, organizations_of
from governance.queries.grants import OFFERED, words_of
from governance.rights import Account
from governance.services.accounts import NewPerson
from governance.temporal import today

logger = logging.getLogger(__name__)
Choices = list[tuple[str, str]]


class SignInForm(auth.AuthenticationForm):
    """One sentence for an unknown address, a wrong password and a closed account."""

    error_messages = {
        "invalid_login": (
            "E-postadressen och lösenordet hör inte ihop. Kontrollera stavningen och försök igen. "
            "Har du glömt lösenordet kan du välja ett nytt."
        ),
        "inactive": "E-postadressen och lösenordet hör inte ihop.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-postadress"
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": not self.is_bound, "maxlength": 254}
        )
        self.fields["password"].label = "Lösenord"


class ForgotPasswordForm(auth.PasswordResetForm):
    """Sends a link if the address has an open account, and never says whether it has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-postadress"

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """As Django's, but what a mail server says stays out of the log: it repeats the address."""
        subject = render_to_string(subject_template_name, context).strip()
        text = render_to_string(email_template_name, context)
        try:
            EmailMultiAlternatives(subject, text, from_email, [to_email]).send()
        except Exception as error:
            kind = type(error).__name__
            logger.warning("lösenordsbrev till konto %s gick inte: %s", context["user"].pk, kind)


def ask_for_new_password(form: forms.Form) -> None:
    """Label and explain the two fields of a new password in plain words."""
    first, again = form.fields["new_password1"], form.fields["new_password2"]
    first.label, again.label = "Nytt lösenord", "Det nya lösenordet en gång till"
    first.help_text = (
        "Minst 12 tecken, till exempel några ord efter varandra. "
        "Inte bara siffror, inte ett vanligt lösenord och inte likt din e-postadress."
    )
    again.help_text = ""
    first.error_messages["required"] = "Skriv ett lösenord."
    again.error_messages["required"] = "Skriv samma lösenord en gång till."


PASSWORDS_DIFFER = "Lösenorden är inte lika. Skriv samma i båda fälten."


class NewPasswordForm(auth.SetPasswordForm):
    error_messages = {**auth.SetPasswordForm.error_messages, "password_mismatch": PASSWORDS_DIFFER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_new_password(self)


class ChangePasswordForm(auth.PasswordChangeForm):
    """The address is shown so that a password manager knows whose password it is."""

    address = forms.EmailField(
        label="E-postadress",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "readonly": True}),
    )
    field_order = ["address", "old_password", "new_password1", "new_password2"]
    error_messages = {
        **auth.PasswordChangeForm.error_messages,
        "password_mismatch": PASSWORDS_DIFFER,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["address"] = self.user.email
        # A refused form moves the focus to its summary instead.
        self.fields["old_password"].widget.attrs["autofocus"] = not self.is_bound
        self.fields["old_password"].label = "Nuvarande lösenord"
        self.fields["old_password"].error_messages["required"] = "Skriv ditt nuvarande lösenord."
        ask_for_new_password(self)


def described(user: Account, people: Iterable[Person]) -> Choices:
    """Each person as a choice: name as this reader may see it, title and place of work."""
    people = list(people)
    shown = names(user, people)
    return [
        (
            str(person.pk),
            ", ".join(
                part
                for part in (
                    shown[person.pk] or "Namnet visas inte",
                    person.title,
                    str(person.organization),
                )
                if part
            ),
        )
        for person in people
    ]


class LinkForm(forms.Form):
    person = forms.ChoiceField(
        label="Person",
        error_messages={"required": "Välj en person."},
        help_text=(
            "Här finns personer i dina överenskommelser som saknar konto. "
            "Den som har uppdrag i en annan överenskommelse knyts av driftansvarig."
        ),
    )

    def __init__(
        self,
        *args: Any,
        user: Account,
        agreements: list[Agreement],
        organizations: set[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in linkable_people(agreements, organizations)}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "Välj person"),
            *described(user, self.people.values()),
        ]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class InviteForm(forms.Form):
    """An invitation: the address, and a person or a first right; all else may wait."""

    email = forms.EmailField(
        label="E-postadress",
        max_length=254,
        help_text="Dit skickas en länk där mottagaren väljer sitt lösenord.",
        error_messages={"required": "Skriv en e-postadress."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    agreement = forms.ChoiceField(label="Överenskommelse")
    right = forms.ChoiceField(
        label="Första behörigheten",
        required=False,
        help_text="Den som arbetar hos en av parterna får läsa utan att du väljer något här.",
    )
    person = forms.ChoiceField(
        label="Person som redan finns",
        required=False,
        help_text="Finns personen inte i listan fyller du i fälten nedanför i stället.",
    )
    given_name = forms.CharField(label="Ny person: förnamn", max_length=80, required=False)
    family_name = forms.CharField(label="Ny person: efternamn", max_length=80, required=False)
    title = forms.CharField(label="Ny person: titel", max_length=120, required=False)
    organization = forms.ChoiceField(label="Ny person: organisation", required=False)

    def __init__(
        self, *args: Any, user: Account, agreements: list[Agreement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = {str(each.pk): each for each in agreements}
        taking_part = organizations_of(user, agreements)
        self.people = {str(each.pk): each for each in linkable_people(agreements, taking_part)}
        rows = Organization.objects.as_of(today()).filter(pk__in=taking_part)
        self.organizations = {str(each.pk): each for each in rows.order_by("sort_key")}
        self._choose("agreement", [(key, str(each)) for key, each in self.agreements.items()])
        self._choose(
            "right", [("", "Ingen"), *((each, words_of(each)) for each in OFFERED[Agreement])]
        )
        self._choose("person", [("", "Ingen"), *described(user, self.people.values())])
        self._choose(
            "organization",
            [("", "Välj organisation")]
            + [(k, each.name) for k, each in self.organizations.items()],
        )
        for name in ("given_name", "family_name", "title"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if len(agreements) == 1:
            self.fields["agreement"].widget = forms.HiddenInput()
            self.fields["agreement"].initial = str(agreements[0].pk)

    def _choose(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_agreement(self) -> Agreement:
        return self.agreements[self.cleaned_data["agreement"]]

    def clean_person(self) -> Person | None:
        return self.people.get(self.cleaned_data["person"])

    def clean_organization(self) -> Organization | None:
        return self.organizations.get(self.cleaned_data["organization"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        typed = [name for name in ("given_name", "family_name", "title") if data.get(name)]
        new = bool(typed or data.get("organization"))
        if new and data.get("person"):
            self.add_error("person", "Välj en person som finns eller fyll i en ny, inte båda.")
        elif new and not data.get("given_name"):
            self.add_error("given_name", "Skriv den nya personens förnamn.")
        elif new and not data.get("organization") and "organization" not in self.errors:
            self.add_error("organization", "Välj var den nya personen arbetar.")
        elif not (new or data.get("person") or data.get("right") or self.errors):
            self.add_error(
                "person", "Välj en person eller en behörighet. Annars ser kontot ingenting."
            )
        return data

    def whom(self) -> Person | NewPerson | None:
        """The person the account is for, once the form is valid."""
        data = self.cleaned_data
        if data["given_name"]:
            return NewPerson(
                organization=data["organization"],
                given_name=data["given_name"],
                family_name=data["family_name"],
                title=data["title"],
            )
        return data["person"]

    def sentences(self, *, has_account: bool) -> list[str]:
        """What will happen. Of an account that exists, nothing is said but that it does."""
        data = self.cleaned_data
        gets = f"Kontot får rätten att {words_of(data['right'])}: {data['agreement']}."
        if has_account:
            instead = (
                "Adressen har redan ett konto. Inget nytt konto skapas och inget brev skickas."
            )
            link = "Någon person knyts inte till kontot nu. Det görs på kontots egen sida."
            return [instead, gets, *([link] if self.whom() else [])]
        found = [f"Ett konto skapas för {data['email']}."]
        if data["given_name"]:
            who = f"{data['given_name']} {data['family_name']}".strip()
            found.append(f"{who} läggs till hos {data['organization'].name} och får kontot.")
        elif data["person"]:
            label = dict(self.fields["person"].choices)[str(data["person"].pk)]  # type: ignore[attr-defined]
            found.append(f"Kontot knyts till: {label}.")
        return [*found, *([gets] if data["right"] else []), "Ett brev med en länk skickas."]
