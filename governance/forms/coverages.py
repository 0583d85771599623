"""Choosing areas: boxes to tick, by kind, without script."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField, ids
from governance.forms.days import DayField, day_within
from governance.forms.decisions import RegistrationForm
from governance.models import Area

OFFERED = [
    Area.Kind.DISTRICT,
    Area.Kind.POLICE_DISTRICT,
    Area.Kind.NEIGHBOURHOOD,
    Area.Kind.PLACE,
]
PLURALS = {
    Area.Kind.DISTRICT: "Stadsdelsområden",
    Area.Kind.POLICE_DISTRICT: "Lokalpolisområden",
    Area.Kind.NEIGHBOURHOOD: "Stadsdelar",
    Area.Kind.PLACE: "Avgränsade platser",
}


class AreasField(RowsField):
    """Takes every area that the reader may see; the service says which are not there that day."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Area.objects.none(), label="Områden", required=False, **kwargs)
        self.error_messages["invalid_choice"] = "Ett av områdena finns inte. Välj på nytt."


class AreasForm(RegistrationForm):
    """A form with areas: those in force on the chosen day are offered, with those ticked."""

    areas = AreasField()
    day_name = "first_day"

    def __init__(self, *args: Any, visible: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible = visible
        self.fields["areas"].queryset = visible.filter(kind__in=OFFERED)  # type: ignore[attr-defined]

    def areas_by_kind(self) -> list[dict[str, Any]]:
        """One folded part for each kind of area: its name, its boxes and how many are ticked."""
        field = self["areas"]
        ticked = {str(value) for value in field.value() or []}
        shown = self.visible.as_of(self._day()) | self.visible.filter(pk__in=ids(ticked))  # type: ignore[attr-defined]
        parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in OFFERED}
        for area in shown.filter(kind__in=OFFERED).distinct().order_by("sort_key"):
            parts[area.kind].append({"area": area, "ticked": str(area.pk) in ticked})
        return [self._part(kind, boxes) for kind, boxes in parts.items() if boxes]

    def _part(self, kind: str, boxes: list[dict[str, Any]]) -> dict[str, Any]:
        number = sum(box["ticked"] for box in boxes)
        opened = bool(number or self["areas"].errors)
        return {
            "label": PLURALS[Area.Kind(kind)],
            "boxes": boxes,
            "ticked": number,
            "open": opened or kind == Area.Kind.DISTRICT,
        }

    def _day(self) -> datetime.date:
        return day_within(self[self.day_name].value(), self.today)


class CoverageForm(AreasForm):
    first_day = DayField(label="Gäller från och med")

    field_order = ["first_day"]

    def __init__(self, *args: Any, covered: list[int], **kwargs: Any) -> None:
        initial = {"first_day": kwargs["today"], "areas": covered}
        super().__init__(*args, initial=initial, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {
            "first_day": self.cleaned_data["first_day"],
            "areas": list(self.cleaned_data["areas"]),
            "registration": self.registration(),
        }
