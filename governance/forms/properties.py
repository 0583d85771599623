"""Forms of a company's stock: the upload, what holds for a whole list, and one property."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from governance.addresses import AddressParts, read_address
from governance.forms.days import DayField
from governance.forms.imports import UploadForm
from governance.forms.seats import BlockForm
from governance.geo import read_point
from governance.models import Area, Holding, Property
from governance.queries.stock_sheets import address_cell


class StockUploadForm(UploadForm):
    """A file or pasted cells; `sheet` is what was read, once the form is valid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, groups=[], **kwargs)
        del self.fields["group"]
        self.fields[
            "pasted"
        ].help_text = "Ta med rubrikraden, till exempel Fastighetsbeteckning, Adress och Stadsdel."


class WholeListForm(forms.Form):
    """What is chosen for the whole list."""

    first_day = DayField(
        label="Listan gäller från och med",
        help_text="Första dag för rader som saknar egen första dag.",
    )
    whole = forms.BooleanField(
        label="Listan är hela beståndet",
        required=False,
        help_text="Då slutar det som inte står i listan dagen före. Annars lämnas det som det är.",
    )


class PropertyForm(BlockForm):
    """The facts of one property, and the company's own number for it."""

    own_number = forms.CharField(label="Eget nummer", required=False, max_length=40)
    addresses = forms.CharField(
        label="Adresser",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="En adress på varje rad, till exempel Farstavägen 12 A–C, 123 45. "
        "Skriv inga lägenhetsnummer.",
    )
    stated_area = forms.ModelChoiceField(
        label="Stadsdel",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Ingen vald",
        error_messages={"invalid_choice": "Stadsdelen finns inte i listan. Välj på nytt."},
    )
    flats = forms.IntegerField(label="Lägenheter", required=False, min_value=0, max_value=100_000)
    use = forms.ChoiceField(
        label="Används till", required=False, choices=[("", "Inte angivet"), *Property.Use.choices]
    )
    point = forms.CharField(
        label="Koordinat",
        required=False,
        max_length=80,
        help_text="Två tal i SWEREF 99 18 00, SWEREF 99 TM eller WGS 84, "
        "till exempel 59.2440, 18.0930.",
    )

    def __init__(self, *args: Any, holding: Holding, areas: list[Area], **kwargs: Any) -> None:
        this = holding.property
        rows = address_cell(this.addresses.all()).split("; ")
        at = "" if this.north is None else f"{this.north} {this.east}"
        initial = {
            "own_number": holding.own_number,
            "addresses": "\n".join(rows),
            "stated_area": this.stated_area_id,
            "flats": this.flats,
            "use": this.use,
            "point": at,
        }
        super().__init__(*args, initial=initial, **kwargs)
        found = Area.objects.filter(pk__in=[area.pk for area in areas])
        self.fields["stated_area"].queryset = found.order_by("sort_key")  # type: ignore[attr-defined]

    def clean_own_number(self) -> str:
        return " ".join(str(self.cleaned_data["own_number"]).split())

    def clean_addresses(self) -> list[AddressParts]:
        found = []
        lines = self.cleaned_data["addresses"].replace(";", "\n").splitlines()
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            parts = read_address(line)
            if parts is None:
                raise ValidationError(
                    f"Rad {number} går inte att läsa som en adress. "
                    "Skriv till exempel Farstavägen 12 A, 123 45."
                )
            found.append(parts)
        return found

    def clean_point(self) -> tuple[float | None, float | None]:
        text = self.cleaned_data["point"]
        if not text.strip():
            return None, None
        if text == self.initial["point"]:
            north, east = text.split()
            return float(north), float(east)
        found = read_point(text)
        if found.point is None:
            raise ValidationError(found.sentence)
        return found.point.north, found.point.east

    def arguments(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        north, east = cleaned.pop("point")
        return {**cleaned, "north": north, "east": east}


class HideForm(BlockForm):
    """Nothing to fill in: what it does is said on the page and in the preview."""

    def arguments(self) -> dict[str, Any]:
        return {}


class EndHoldingForm(BlockForm):
    last_day = DayField(label="Sista dag i beståndet")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
