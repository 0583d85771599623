"""What is filled in when a right is given by hand."""

from typing import Any

from django import forms
from django.db.models import Model

from governance.forms.accounts import Choices
from governance.models import Agreement, Organization, SteeringGroup, User
from governance.permissions import names
from governance.queries.accounts import handled_accounts, organizations_of
from governance.queries.grants import OFFERED, noun_of, own_organizations, words_of
from governance.rights import Account
from governance.temporal import today

_WHERE: dict[type[Model], str] = {
    Agreement: "en överenskommelse",
    SteeringGroup: "en styrgrupp",
    Organization: "en organisation",
}


class GiveForm(forms.Form):
    """Whom, which right and on what; each right is for one kind of thing."""

    account = forms.ChoiceField(label="Konto", error_messages={"required": "Välj ett konto."})
    right = forms.ChoiceField(
        label="Behörighet",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en behörighet."},
    )
    on = forms.ChoiceField(
        label="Gäller",
        error_messages={"required": "Välj vad behörigheten gäller."},
        help_text=(
            "Organisationer som också deltar i andra överenskommelser finns inte här, "
            "eftersom behörigheten då skulle öppna även dem."
        ),
    )

    def __init__(
        self, *args: Any, user: Account, agreements: list[Agreement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = agreements
        accounts = handled_accounts(agreements, organizations_of(user, agreements))
        self.accounts = {str(each.pk): each for each in accounts.filter(is_active=True)}
        self.things: dict[str, Model] = {}
        self._choose("account", [("", "Välj konto"), *self._described(user)])
        self._choose(
            "right",
            [
                (f"{noun_of(noun)}.{right}", f"{words_of(right)} (gäller {_WHERE[noun]})")
                for noun, offered in OFFERED.items()
                for right in offered
            ],
        )
        self._choose("on", self._things_to_choose(user))

    def _choose(self, field: str, choices: Any) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def _described(self, user: Account) -> Choices:
        people = {
            account.person.pk: account
            for account in self.accounts.values()
            if account.person_is_ours  # type: ignore[attr-defined]
        }
        shown = names(user, [account.person for account in people.values()])
        named = {account.pk: shown[person] for person, account in people.items()}
        return [
            (
                key,
                f"{account.shown} ({named[account.pk]})"
                if named.get(account.pk)
                else account.shown,
            )
            for key, account in self.accounts.items()
        ]

    def _things_to_choose(self, user: Account) -> list[tuple[str, Any]]:
        day = today()
        groups = SteeringGroup.objects.as_of(day).filter(agreement__in=self.agreements)
        organizations = Organization.objects.as_of(day).filter(
            pk__in=own_organizations(user, self.agreements)
        )
        parts: list[tuple[str, Any]] = [
            ("Överenskommelser", self.agreements),
            ("Styrgrupper", groups.select_related("agreement")),
            ("Organisationer", organizations),
        ]
        choices: list[tuple[str, Any]] = [("", "Välj vad behörigheten gäller")]
        for heading, rows in parts:
            keyed = {f"{noun_of(row)}-{row.pk}": row for row in rows}
            self.things |= keyed
            if keyed:
                choices.append((heading, [(key, row.name) for key, row in keyed.items()]))
        return choices

    def clean_account(self) -> User:
        return self.accounts[self.cleaned_data["account"]]

    def clean_on(self) -> Model:
        return self.things[self.cleaned_data["on"]]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("right") and data.get("on"):
            noun, right = data["right"].split(".")
            data["right"] = right
            if noun != noun_of(data["on"]):
                [where] = [_WHERE[each] for each in OFFERED if noun_of(each) == noun]
                self.add_error("on", f"Behörigheten {words_of(right)} gäller {where}. Välj en.")
        return data

    def agreement(self) -> Agreement:
        """The agreement in whose name the right is given, once the form is valid."""
        on = self.cleaned_data["on"]
        if isinstance(on, Agreement):
            return on
        return on.agreement if isinstance(on, SteeringGroup) else self.agreements[0]

    def sentences(self) -> list[str]:
        data = self.cleaned_data
        return [f"{data['account'].shown} får rätten att {words_of(data['right'])}: {data['on']}."]
