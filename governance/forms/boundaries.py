"""Forms for boundaries: the upload, the names to confirm, and the day to activate from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from governance.forms.choices import DIGITS
from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.geo.geojson import MAX_BYTES, MAX_VERTICES, Drawing, DrawingError, check_size
from governance.geo.geojson import read_geojson as read
from governance.models import Agreement, Area, Boundary
from governance.queries.boundary_names import AreaNames
from governance.services.boundaries import MAX_ACCURACY, Origin

LEFT_OUT = "utan"
_LIMITS = (
    f"GeoJSON, högst {MAX_BYTES // 1024 // 1024} MB och {MAX_VERTICES // 1000} 000 brytpunkter, "
    "i SWEREF 99 18 00, SWEREF 99 TM eller WGS 84."
)


class LoadBoundariesForm(BlockForm):
    """A file and what is said of it; `drawing` is what was read, once the form is valid."""

    agreement = forms.ModelChoiceField(
        label="Överenskommelse",
        queryset=Agreement.objects.none(),
        help_text="Gränserna gäller inom överenskommelsens område.",
        empty_label=None,
        error_messages={"required": "Välj en överenskommelse.", "invalid_choice": GONE},
    )
    kind = forms.ChoiceField(
        label="Slag av område",
        choices=Area.Kind.choices,
        error_messages={"required": "Välj ett slag.", "invalid_choice": GONE},
    )
    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,
        help_text=_LIMITS,
        error_messages={"required": "Välj en fil.", "invalid": "Välj en fil."},
    )
    name_field = forms.CharField(
        label="Fält med områdets namn",
        max_length=60,
        initial="name",
        help_text="Vad fältet heter i filen, till exempel NAMN.",
        error_messages={"required": "Fyll i fältets namn."},
    )
    source = forms.CharField(
        label="Källa",
        max_length=300,
        help_text="Till exempel Stockholms stads öppna data, Stadskartan.",
        error_messages={"required": "Fyll i varifrån gränserna kommer."},
    )
    valid_from = DayField(
        label="Gäller från och med", help_text="Dagen går att ändra när gränserna aktiveras."
    )
    licence = forms.CharField(label="Licens", max_length=120, required=False)
    source_date = DayField(label="Källans datum", required=False)
    accuracy = forms.IntegerField(
        label="Noggrannhet i meter",
        initial=5,
        min_value=0,
        max_value=MAX_ACCURACY,
        help_text="Så långt fel en gräns kan ligga. Närmare än så nämns alla möjliga områden.",
        error_messages={
            "required": "Fyll i ett antal meter.",
            "invalid": "Skriv ett helt antal meter.",
            "min_value": "Skriv 0 eller mer.",
            "max_value": f"Skriv högst {MAX_ACCURACY} meter.",
        },
    )
    folded = [("Mer om källan", ["licence", "source_date", "accuracy"])]
    aliases: dict[str, str] = {}

    def __init__(self, *args: Any, agreements: list[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drawing: Drawing | None = None
        field: Any = self.fields["agreement"]
        field.queryset = Agreement.objects.filter(pk__in=[each.pk for each in agreements])
        if len(agreements) == 1:
            field.initial = agreements[0]
            field.widget = field.hidden_widget()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and "name_field" in cleaned:
            try:
                check_size(file.size or 0)
                self.drawing = read(file.read(), cleaned["name_field"])
            except DrawingError as error:
                self.add_error("file", ValidationError(error.faults))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("source", "licence", "source_date", "accuracy")
        origin = Origin(**{name: data[name] for name in names}, file_name=data["file"].name or "")
        chosen = {name: data[name] for name in ("agreement", "kind", "valid_from")}
        return {**chosen, "drawing": self.drawing, "origin": origin}


class NamesForm(BlockForm):
    """One choice for each shape whose name is no area's; the likeliest area is chosen at first."""

    aliases: dict[str, str] = {}

    def __init__(
        self, *args: Any, rows: list[Boundary], names: AreaNames, taken: set[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        free = {str(area.pk): area for area in names.areas if area.pk not in taken}
        self._areas: dict[str, Area] = free
        choices = [
            ("", "Bestäm senare"),
            (LEFT_OUT, "Ta inte med formen"),
            *((pk, area.name) for pk, area in free.items()),
        ]
        for row in rows:
            likely = names.suggestion(row.name, taken)
            self.fields[f"namn-{row.pk}"] = forms.ChoiceField(
                label=row.name,
                choices=choices,
                required=False,
                initial=str(likely.pk) if likely else "",
                help_text=f"Menas {likely.name}? Kontrollera att det stämmer." if likely else "",
                error_messages={"invalid_choice": GONE},
            )

    def arguments(self) -> dict[str, Any]:
        chosen = {
            int(name.removeprefix("namn-")): self._areas.get(value)
            for name, value in self.cleaned_data.items()
            if value and len(value) <= DIGITS
        }
        return {"chosen": chosen}


class ActivateBoundariesForm(BlockForm):
    """From which day the boundaries are to answer."""

    aliases: dict[str, str] = {}

    valid_from = DayField(
        label="Gäller från och med",
        help_text="De gränser som gäller nu slutar gälla dagen före.",
    )

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class DiscardBoundariesForm(BlockForm):
    """Nothing is needed to throw a set away."""

    aliases: dict[str, str] = {}

    def arguments(self) -> dict[str, Any]:
        return {}
