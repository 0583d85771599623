"""Forms for a request for a seat: asked for, granted, declined, taken back."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Function, Organization, Seat

PLAIN = (
    "Läses av både organisationen och gruppens samordnare. Skriv inget om enskilda, hälsa eller "
    "ledighet, och inget som polisen har lämnat under sekretess."
)


def sentence(label: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=500,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=PLAIN,
        error_messages={
            "required": "Skriv en mening om varför.",
            "max_length": "Skriv högst 500 tecken.",
        },
    )


class AskSeatForm(BlockForm):
    """`organizations` are those for which the reader may appoint."""

    organization = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organization.objects.none(),
        empty_label="Välj organisation",
        error_messages={"required": "Välj en organisation.", "invalid_choice": GONE},
    )
    function = forms.ModelChoiceField(
        label="Funktion som ska ha platsen",
        queryset=Function.objects.all(),
        empty_label="Välj funktion",
        error_messages={"required": "Välj en funktion.", "invalid_choice": GONE},
    )
    why = sentence("Varför behövs platsen?")

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], chosen: str = "", **kwargs: Any
    ) -> None:
        found = list(organizations)
        first = next((each for each in found if each.slug == chosen), found[0])
        super().__init__(*args, initial={"organization": first}, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class GrantSeatForm(BlockForm):
    role = forms.ChoiceField(label="Roll", choices=Seat.Role.choices, initial=Seat.Role.MEMBER)
    first_day = DayField(label="Finns från och med")
    answer = sentence("Svar till organisationen", required=False)

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class DeclineSeatForm(BlockForm):
    answer = sentence("Svar till organisationen")

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
