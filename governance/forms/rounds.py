"""Forms for the yearly round: opened for a year, and its last day."""

import datetime
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Agreement

WHOLE_YEAR = "Skriv ett år med fyra siffror, till exempel 2025."
DUE_HELP = "Lägg den gärna före nämndens verksamhetsberättelse. Kan ändras senare."


class OpenYearForm(BlockForm):
    """The agreement, when there are several to choose among, the year and the last day."""

    aliases: dict[str, str] = {}

    agreement = forms.ModelChoiceField(
        label="Överenskommelse",
        queryset=Agreement.objects.none(),
        error_messages={"required": "Välj en överenskommelse.", "invalid_choice": GONE},
    )
    year = forms.IntegerField(
        label="År",
        min_value=1901,
        max_value=2198,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHOLE_YEAR),
    )
    due = DayField(label="Klar senast", required=False, help_text=DUE_HELP)

    def __init__(
        self,
        *args: Any,
        agreements: list[Agreement],
        today: datetime.date,
        given: dict[str, int],
        **kwargs: Any,
    ) -> None:
        known = {"year": today.year - 1, "agreement": agreements[0].pk, **given}
        super().__init__(*args, initial=known, **kwargs)
        rows = Agreement.objects.filter(pk__in=[each.pk for each in agreements])
        self.fields["agreement"].queryset = rows  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AgreementForm(BlockForm):
    """Whose follow-ups of a year it is about."""

    aliases: dict[str, str] = {}

    agreement = OpenYearForm.base_fields["agreement"]

    def __init__(self, *args: Any, agreements: list[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, initial={"agreement": agreements[0].pk}, **kwargs)
        rows = Agreement.objects.filter(pk__in=[each.pk for each in agreements])
        self.fields["agreement"].queryset = rows  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class DueForm(AgreementForm):
    """The last day of those that are not sent yet."""

    due = DayField(label="Klar senast", help_text=DUE_HELP)
