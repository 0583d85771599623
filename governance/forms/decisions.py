"""What may be told of the decision that a verb rests on, now or later."""

import datetime
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.models import GroupDecision
from governance.services.decisions import Registration
from governance.swedish import in_words
from governance.temporal import day_after

DETAILS = ["decided_by", "decided_on", "registry_number", "mandate", "decision_note"]


class RegistrationForm(forms.Form):
    """The details of a decision; all may stay empty. `today` bounds when it was taken.

    `aliases` says where a refusal of the service is shown when the names differ.
    """

    aliases = {"note": "decision_note"}

    decided_by = forms.CharField(
        label="Vem beslutade",
        max_length=120,
        required=False,
        help_text="Till exempel en nämnd eller styrgrupp. Skriv inte en persons namn.",
    )
    decided_on = DayField(label="Beslutat den", required=False)
    registry_number = forms.CharField(label="Diarienummer", max_length=60, required=False)
    mandate = forms.CharField(
        label="Med stöd av",
        max_length=200,
        required=False,
        help_text="Till exempel delegationsordning eller reglemente.",
    )
    decision_note = forms.CharField(
        label="Anmärkning till beslutet",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv inget om enskilda, hälsa eller ledighet, "
        "och inget som polisen har lämnat under sekretess.",
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decided_on(self) -> datetime.date | None:
        day = self.cleaned_data["decided_on"]
        if day is not None and day >= day_after(self.today):
            raise forms.ValidationError(
                f"Beslutet kan inte vara fattat efter i dag, den {in_words(self.today)}."
            )
        return day

    def registration(self) -> Registration:
        data = self.cleaned_data
        return Registration(
            decided_by=data["decided_by"],
            decided_on=data["decided_on"],
            registry_number=data["registry_number"],
            mandate=data["mandate"],
            note=data["decision_note"],
        )

    def arguments(self) -> dict[str, Any]:
        """What the service is told, besides who and when it was last seen."""
        return {"registration": self.registration()}

    # -- how the form is laid out --------------------------------------------------------

    def essentials(self) -> list[forms.BoundField]:
        """The fields that are neither the areas nor the folded details of the decision."""
        return [field for field in self.visible_fields() if field.name not in [*DETAILS, "areas"]]

    def details(self) -> list[forms.BoundField]:
        return [self[name] for name in DETAILS]

    def details_open(self) -> bool:
        """Whether something in the folded part was filled in or is wrong."""
        return any(field.errors or field.value() for field in self.details())


class RegisterForm(RegistrationForm):
    """Completes a decision already in force; here the details are all there is."""

    def __init__(self, *args: Any, decision: GroupDecision, **kwargs: Any) -> None:
        known = {name: getattr(decision, name) for name in DETAILS[:-1]}
        super().__init__(*args, initial={**known, "decision_note": decision.note}, **kwargs)
        self.decision = decision

    def arguments(self) -> dict[str, Any]:
        return {"registration": self.registration(), "decision": self.decision}

    def essentials(self) -> list[forms.BoundField]:
        return self.visible_fields()

    def details(self) -> list[forms.BoundField]:
        """None are folded: a field that stood twice would be sent twice, and the last one won."""
        return []
