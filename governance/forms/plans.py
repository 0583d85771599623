"""Forms for action plans: made, changed, and taken away."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField
from governance.forms.days import DayField
from governance.forms.measures import NO_PERSONS
from governance.forms.seats import GONE, BlockForm
from governance.models import ActionPlan, Measure, SituationPicture
from governance.services.plans import Content
from governance.swedish import in_words

LATER = "Kan fyllas i senare. Så länge står det att beslutet är ej registrerat."


class PlanForm(BlockForm):
    """A plan, the measures that it gathers and its decision; `plan` is the one that is changed."""

    aliases: dict[str, str] = {}
    folded = [("Beslut", ["decided_by", "decided_on", "registry_number"])]

    title = forms.CharField(
        label="Titel",
        max_length=200,
        error_messages={"required": "Skriv en titel."},
        help_text=f"Till exempel: Åtgärdsplan 2026. {NO_PERSONS}",
    )
    valid_from = DayField(label="Gäller från och med")
    valid_through = DayField(
        label="Gäller till och med", required=False, help_text="Lämna tomt för tills vidare."
    )
    picture = forms.ModelChoiceField(
        label="Lägesbild som ligger till grund",
        queryset=SituationPicture.objects.none(),
        required=False,
        empty_label="Ingen lägesbild",
        error_messages={"invalid_choice": GONE},
    )
    measures = RowsField(
        label="Åtgärder i planen",
        queryset=Measure.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE, "invalid_list": GONE},
    )
    decided_by = forms.CharField(
        label="Beslutad av",
        max_length=120,
        required=False,
        help_text=f"Ett organ eller en befattning. {LATER} {NO_PERSONS}",
    )
    decided_on = DayField(label="Beslutad den", required=False)
    registry_number = forms.CharField(
        label="Diarienummer", max_length=60, required=False, help_text=NO_PERSONS
    )

    def __init__(
        self,
        *args: Any,
        plan: ActionPlan | None,
        today: datetime.date,
        pictures: QuerySet[SituationPicture],
        measures: QuerySet[Measure],
        **kwargs: Any,
    ) -> None:
        initial = _known(plan) if plan else {"valid_from": today}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["picture"].queryset = pictures  # type: ignore[attr-defined]
        self.fields["picture"].label_from_instance = _picture_label  # type: ignore[attr-defined]
        self.fields["measures"].queryset = measures  # type: ignore[attr-defined]
        self.fields["measures"].label_from_instance = (  # type: ignore[attr-defined]
            lambda row: _measure_label(row, plan)
        )
        if not pictures.exists():
            del self.fields["picture"]
        if not measures.exists():
            del self.fields["measures"]

    def was_touched(self, field: forms.BoundField) -> bool:
        """What is filled in is never folded away."""
        return bool(field.value()) or super().was_touched(field)

    def arguments(self) -> dict[str, Any]:
        content = dict(self.cleaned_data)
        measures = list(content.pop("measures", ()))
        return {"content": Content(**content), "measures": measures}


def _known(plan: ActionPlan) -> dict[str, Any]:
    names = "title valid_from valid_through decided_by decided_on registry_number".split()
    return {
        **{name: getattr(plan, name) for name in names},
        "picture": plan.picture_id,
        "measures": list(plan.measures.values_list("pk", flat=True)),
    }


def _picture_label(picture: SituationPicture) -> str:
    where = f", {picture.area}" if picture.area else ""
    whose = "Lägesbild" if picture.group_id else "Kommunens lägesbild"
    return f"{whose} den {in_words(picture.day)}{where}"


def _measure_label(measure: Measure, plan: ActionPlan | None) -> str:
    said = f"{measure.title}, klar senast den {in_words(measure.due)}"
    if measure.plan is not None and measure.plan != plan:
        said += f" (flyttas från {measure.plan})"
    return said
