"""Forms of one value of an indicator: entered, corrected, taken away."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Area, IndicatorValue
from governance.queries.indicators import hides, where
from governance.sheets import SheetError, read_cell_number
from governance.swedish import figure

SOURCE_HELP = (
    "Var värdet är hämtat, till exempel Trygghetsmätningen 2023, start.stockholm. "
    "Skriv inget om enskilda personer, och inget som polisen lämnat under sekretess."
)
_YEAR = "Skriv ett år med fyra siffror, till exempel 2023."


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return where(obj)


class NumberField(forms.CharField):
    """A number with decimal comma or point, blanks between thousands left out."""

    default_error_messages = {
        "required": "Skriv värdet. Saknas en mätning: skriv inget värde alls."
    }

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        try:
            return read_cell_number(text)
        except SheetError as error:
            raise ValidationError(str(error), code="invalid") from error


def year_field(**given: Any) -> forms.IntegerField:
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _YEAR)
    typed = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        min_value=1900, max_value=2200, error_messages=wrong, widget=typed, **given
    )


class ValueForm(BlockForm):
    """What was measured in an area one year."""

    aliases = {"value": "number"}

    area = AreaChoice(
        label="Område",
        queryset=Area.objects.none(),
        empty_label="Välj område",
        help_text="Det område som mätningen gjordes för, också om det har upphört.",
        error_messages={"required": "Välj ett område.", "invalid_choice": GONE},
    )
    year = year_field(label="År", help_text="Det år som värdet handlar om.")
    number = NumberField(
        label="Värde",
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    measured_on = DayField(
        label="Uppmätt den", required=False, help_text="Om dagen är känd, till exempel 2023-10-15."
    )
    source = forms.CharField(label="Källa", required=False, max_length=300, help_text=SOURCE_HELP)

    def __init__(
        self,
        *args: Any,
        areas: QuerySet[Area] | None,
        unit: str,
        initial: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["number"].help_text = f"Enhet: {unit}. Skriv till exempel 12 eller 12,5."
        if areas is None:
            del self.fields["area"]
        else:
            self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def correcting(row: IndicatorValue, data: Any) -> ValueForm:
    """The form filled with the value; a count that is too small to be shown is left empty."""
    number = "" if hides(row.indicator, row.value) else figure(row.value).replace("−", "-")
    day: datetime.date | None = row.measured_on
    initial = {"year": row.year, "number": number, "measured_on": day, "source": row.source}
    return ValueForm(data, areas=None, unit=row.indicator.unit, initial=initial)


class WithdrawForm(BlockForm):
    """Nothing to fill in: what it does is said on the page and in the preview."""

    def arguments(self) -> dict[str, Any]:
        return {}
