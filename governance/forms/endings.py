"""Forms for ending groups: dissolving one, merging several."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField
from governance.forms.days import DayField, day_within
from governance.forms.decisions import RegistrationForm
from governance.models import SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.temporal import day_before

NOT_THERE = "En av grupperna finns inte. Välj på nytt."


class DissolveForm(RegistrationForm):
    last_day = DayField(
        label="Sista dag",
        help_text="Gruppens platser, uppdrag och täckning slutar samma dag.",
    )
    successor = forms.ModelChoiceField(
        label="Efterföljare",
        queryset=SteeringGroup.objects.none(),
        required=False,
        empty_label="Ingen",
        help_text="Gruppen som tar över. Inget flyttas dit.",
        error_messages={"invalid_choice": "Gruppen finns inte. Välj en i listan."},
    )

    field_order = ["last_day", "successor"]

    def __init__(self, *args: Any, successors: QuerySet[SteeringGroup], **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": kwargs["today"]}, **kwargs)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {
            "last_day": self.cleaned_data["last_day"],
            "successor": self.cleaned_data["successor"],
            "registration": self.registration(),
        }


class MergeForm(RegistrationForm):
    """Which groups become one. Those at work today or on the day before are offered."""

    aliases = {**RegistrationForm.aliases, "name": "new_name"}

    groups = RowsField(
        label="Grupper som ska gå upp i en annan",
        queryset=SteeringGroup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en grupp som ska gå upp i en annan.",
            "invalid_choice": NOT_THERE,
        },
    )
    into = forms.ModelChoiceField(
        label="De går upp i",
        queryset=SteeringGroup.objects.none(),
        required=False,
        empty_label="En ny grupp (skriv namnet nedan)",
        error_messages={"invalid_choice": "Gruppen finns inte. Välj en i listan."},
    )
    new_name = forms.CharField(
        label="Den nya gruppens namn",
        max_length=120,
        help_text="Lämna tomt om de går upp i en grupp som finns.",
        error_messages={
            "required": "Skriv den nya gruppens namn, eller välj en grupp som de går upp i."
        },
    )
    first_day = DayField(
        label="Gäller från och med", help_text="Grupperna har sin sista dag dagen före."
    )

    field_order = ["groups", "into", "new_name", "first_day"]

    def __init__(
        self, *args: Any, groups: SteeringGroupQuerySet, preselected: str = "", **kwargs: Any
    ) -> None:
        ticked = groups.filter(slug=preselected).values_list("pk", flat=True)
        initial = {"first_day": kwargs["today"], "groups": list(ticked)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["new_name"].required = not self["into"].value()
        day = day_within(self["first_day"].value(), self.today)
        offered = groups.at_work(day_before(day)) | groups.at_work(self.today)
        for name in ("groups", "into"):
            self.fields[name].queryset = groups  # type: ignore[attr-defined]
            self.fields[name].choices = self._choices(name, offered.distinct())  # type: ignore[attr-defined]

    def _choices(self, name: str, offered: SteeringGroupQuerySet) -> list[tuple[Any, str]]:
        chosen = [(group.pk, group.name) for group in offered.order_by("sort_key")]
        empty = self.fields[name].empty_label  # type: ignore[attr-defined]
        return chosen if empty is None else [("", empty), *chosen]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "groups": list(data["groups"]),
            "into": data["into"],
            "new_name": data["new_name"],
            "first_day": data["first_day"],
            "registration": self.registration(),
        }
