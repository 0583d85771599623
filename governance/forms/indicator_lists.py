"""Forms of a list of values: the upload, and what holds for rows that do not say it."""

from typing import Any

from django import forms

from governance.forms.indicators import year_field
from governance.forms.properties import StockUploadForm
from governance.forms.seats import GONE
from governance.models import Agreement, Area, Indicator


def _indicator_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Indikator för rader som saknar den",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label="Står i listan",
        error_messages={"invalid_choice": GONE},
    )


class ValueUploadForm(StockUploadForm):
    """A file or pasted cells; `sheet` is what was read, once the form is valid.

    The agreement is asked for only where the user enters values for several.
    """

    agreement = forms.ModelChoiceField(
        label="Överenskommelse",
        queryset=Agreement.objects.none(),
        empty_label=None,
        help_text="Områdena i listan är den överenskommelsens.",
        error_messages={"required": "Välj en överenskommelse.", "invalid_choice": GONE},
    )
    indicator = _indicator_field()

    def __init__(self, *args: Any, agreements: list[Agreement], indicators: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._only = agreements[0] if len(agreements) == 1 else None
        if self._only is not None:
            del self.fields["agreement"]
        else:
            offered = Agreement.objects.filter(pk__in=[each.pk for each in agreements])
            self.fields["agreement"].queryset = offered  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]
        self.fields["pasted"].help_text = "Ta med rubrikraden, till exempel Område, År och Värde."

    @property
    def chosen_agreement(self) -> Agreement:
        found: Agreement = self._only or self.cleaned_data["agreement"]
        return found


class CommonForm(forms.Form):
    """What holds for the rows of the list that do not say it themselves."""

    indicator = _indicator_field()
    kind = forms.ChoiceField(
        label="Slag av område för rader som saknar det",
        choices=[("", "Står i listan, eller framgår av namnet"), *Area.Kind.choices],
        required=False,
        error_messages={"invalid_choice": GONE},
    )
    year = year_field(label="År för rader som saknar det", required=False)

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]
