"""Forms of a follow-up's states: sending, handing back, adopting, correcting, commenting."""

from collections.abc import Iterable
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.forms.seats import BlockForm
from governance.models import FollowUp, FollowUpSection

FREE_TEXT = (
    "Skriv inget om enskilda personer, och inget som polisen lämnat under sekretess. "
    "Texten kan bli allmän handling."
)
REGISTRY = "Till exempel 2021/17. Fråga registrator om du inte vet."


class PlainForm(BlockForm):
    """Nothing is needed but the confirmation."""

    aliases: dict[str, str] = {}

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class SendForm(PlainForm):
    registry_number = forms.CharField(
        label="Diarienummer", max_length=60, required=False, help_text=REGISTRY
    )

    def __init__(self, *args: Any, followup: FollowUp, **kwargs: Any) -> None:
        known = {"registry_number": followup.registry_number}
        super().__init__(*args, initial=known, **kwargs)


class HandBackForm(PlainForm):
    return_note = forms.CharField(
        label="Vad behöver ändras?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=FREE_TEXT,
        error_messages={"required": "Skriv vad som ska ändras i uppföljningen."},
    )


class AdoptForm(PlainForm):
    """What the meeting decided, and as what the reader registers it."""

    adopted_on = DayField(label="Mötets dag", help_text="Dagen då mötet fastställde uppföljningen.")
    paragraph = forms.CharField(
        label="Paragraf",
        max_length=20,
        help_text="Till exempel § 4.",
        error_messages={"required": "Skriv paragrafen i protokollet, till exempel § 4."},
    )
    registry_number = forms.CharField(
        label="Diarienummer",
        max_length=60,
        help_text=REGISTRY,
        error_messages={"required": "Skriv diarienumret som mötets protokoll eller ärendet har."},
    )
    capacity = forms.ChoiceField(
        label="Du registrerar i egenskap av",
        error_messages={
            "required": "Välj i vilken egenskap du registrerar.",
            "invalid_choice": "Den egenskapen har du inte i gruppen. Välj en i listan.",
        },
    )
    minutes = forms.CharField(
        label="Hänvisning till protokollet",
        max_length=200,
        required=False,
        help_text="Behövs när sekreteraren eller samordnaren registrerar. Till exempel: "
        "Protokoll 2022-02-09, § 4. Skriv inget om enskilda personer.",
    )

    def __init__(
        self,
        *args: Any,
        followup: FollowUp,
        capacities: Iterable[FollowUp.Capacity],
        **kwargs: Any,
    ) -> None:
        choices = [(str(each), each.label.capitalize()) for each in capacities]
        known = {"registry_number": followup.registry_number, "capacity": choices[0][0]}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["capacity"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("capacity") in FollowUp.BY_MINUTES and not data.get("minutes"):
            self.add_error("minutes", "Hänvisa till mötets protokoll, till exempel § 4.")
        return data


class ReviseForm(PlainForm):
    reason = forms.CharField(
        label="Varför ska den rättas?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Skälet visas för alla som läser uppföljningen. {FREE_TEXT}",
        error_messages={"required": "Skriv varför uppföljningen ska rättas."},
    )


class CommentForm(PlainForm):
    section = forms.ModelChoiceField(
        label="Avsnitt",
        queryset=FollowUpSection.objects.none(),
        required=False,
        empty_label="Hela uppföljningen",
        error_messages={"invalid_choice": "Avsnittet finns inte. Välj ett i listan."},
    )
    text = forms.CharField(
        label="Kommentar",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=FREE_TEXT,
        error_messages={"required": "Skriv en kommentar."},
    )

    def __init__(self, *args: Any, followup: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        rows = FollowUpSection.objects.filter(followup=followup)
        field.queryset = rows.select_related("challenge", "priority__challenge")
