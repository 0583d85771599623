"""Forms for one group: proposed, made active, rested, resumed and described."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.coverages import AreasForm
from governance.forms.days import DayField
from governance.forms.decisions import RegistrationForm
from governance.models import Agreement, SteeringGroup

NO_NAME = "Skriv gruppens namn."
NO_BASIS = "Ange vilken grund den lokala gruppen vilar på."
NO_NUMBER = "Skriv ett antal dagar med siffror, 0 eller mer."
MAILBOX_HELP = "Gruppens funktionsbrevlåda, aldrig en persons egen adress."
NOTE_HELP = (
    "Skriv inget om enskilda, hälsa eller ledighet, "
    "och inget som polisen har lämnat under sekretess."
)


class FirstDayForm(RegistrationForm):
    """What activating, resting and resuming need: the first day."""

    first_day = DayField(label="Gäller från och med")

    field_order = ["first_day"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": kwargs["today"]}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {
            "first_day": self.cleaned_data["first_day"],
            "registration": self.registration(),
        }


class ProposeForm(AreasForm):
    """A new group. Its decision comes when it is made active, so none is asked for here."""

    day_name = "valid_from"
    aliases: dict[str, str] = {}

    agreement = forms.ModelChoiceField(
        label="Överenskommelse", queryset=Agreement.objects.none(), empty_label=None
    )
    name = forms.CharField(
        label="Gruppens namn", max_length=120, error_messages={"required": NO_NAME}
    )
    kind = forms.ChoiceField(label="Slag", choices=SteeringGroup.Kind.choices, initial="local")
    valid_from = DayField(label="Föreslås från och med")
    basis = forms.ChoiceField(
        label="Grund",
        choices=[("", "Välj grund"), *SteeringGroup.Basis.choices],
        help_text="Vad gruppens område bygger på. Bara en lokal styrgrupp måste ha en grund.",
        error_messages={"required": NO_BASIS},
    )
    parent = forms.ModelChoiceField(
        label="Under gruppen",
        queryset=SteeringGroup.objects.none(),
        required=False,
        empty_label="Ingen",
    )
    mailbox = forms.EmailField(label="Funktionsbrevlåda", required=False, help_text=MAILBOX_HELP)
    note = forms.CharField(
        label="Anmärkning",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NOTE_HELP,
    )

    field_order = ["agreement", "name", "kind", "valid_from", "basis", "areas"]

    def __init__(
        self,
        *args: Any,
        agreements: QuerySet[Agreement],
        groups: QuerySet[SteeringGroup],
        **kwargs: Any,
    ) -> None:
        first = agreements.first()
        initial = {"valid_from": kwargs["today"], "agreement": first and first.pk}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("decided_by", "decided_on", "registry_number", "mandate", "decision_note"):
            del self.fields[name]
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]
        self.fields["parent"].queryset = groups  # type: ignore[attr-defined]
        if len(agreements) == 1:
            self.fields["agreement"].widget = forms.HiddenInput()
        self.fields["basis"].required = self["kind"].value() == SteeringGroup.Kind.LOCAL

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        parent, agreement = data.get("parent"), data.get("agreement")
        if parent and agreement and parent.agreement_id != agreement.pk:
            self.add_error("parent", "Gruppen hör till en annan överenskommelse. Välj en annan.")
        return data

    def arguments(self) -> dict[str, Any]:
        names = "agreement name kind basis valid_from parent mailbox note".split()
        chosen = {name: self.cleaned_data[name] for name in names}
        return {**chosen, "areas": list(self.cleaned_data["areas"])}

    def details(self) -> list[forms.BoundField]:
        return []


class DescribeForm(forms.ModelForm):
    """What is said of a group and rests on no decision."""

    class Meta:
        model = SteeringGroup
        fields = ["name", "basis", "chairing", "mailbox", "notice_days", "note"]
        labels = {
            "name": "Gruppens namn",
            "notice_days": "Varna så många dagar innan ett uppdrag går ut",
        }
        help_texts = {"mailbox": MAILBOX_HELP, "note": NOTE_HELP}
        error_messages = {
            "name": {"required": NO_NAME},
            "basis": {"required": NO_BASIS},
            "notice_days": dict.fromkeys(["required", "invalid", "min_value"], NO_NUMBER),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 3
        basis: Any = self.fields["basis"]
        basis.choices = [("", "Välj grund"), *SteeringGroup.Basis.choices]
        basis.required = self.instance.kind == SteeringGroup.Kind.LOCAL

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def essentials(self) -> list[forms.BoundField]:
        return self.visible_fields()
