"""Forms for goals: what is measured and where, then from what to what and by when."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html

from governance.forms.days import DayField
from governance.forms.priorities import WARNING
from governance.forms.seats import GONE, BlockForm
from governance.models import Area, Goal, Indicator, IndicatorValue
from governance.queries.indicators import shown
from governance.services.goals import Terms


class _Areas(forms.ModelChoiceField):
    def label_from_instance(self, obj: Area) -> str:
        return f"{obj.name} ({obj.get_kind_display()})"


class AboutForm(BlockForm):
    """The indicator and the area; what is known of them decides what is suggested next."""

    indikator = forms.ModelChoiceField(
        label="Indikator",
        queryset=Indicator.objects.none(),
        empty_label="Välj indikator",
        error_messages={"required": "Välj en indikator.", "invalid_choice": GONE},
    )
    omrade = _Areas(
        label="Område",
        queryset=Area.objects.none(),
        empty_label="Välj område",
        help_text="Där gruppen arbetar, och de mindre och större områden som hör till.",
        error_messages={"required": "Välj ett område.", "invalid_choice": GONE},
    )

    def __init__(
        self, *args: Any, indicators: QuerySet[Indicator], areas: QuerySet[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indikator"].queryset = indicators  # type: ignore[attr-defined]
        self.fields["omrade"].queryset = areas  # type: ignore[attr-defined]


def _number(label: str, *, required: bool) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        localize=True,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": "Skriv ett tal.",
            "invalid": "Skriv ett tal, till exempel 12 eller 12,5.",
            "max_decimal_places": "Skriv högst två decimaler.",
            "max_digits": "Talet är för långt.",
            "max_whole_digits": "Talet är för långt.",
        },
    )


class TermsForm(BlockForm):
    """From what to what and by when, in the indicator's own unit."""

    baseline = _number("Utgångsläge", required=False)
    baseline_year = forms.IntegerField(
        label="Utgångslägets år",
        required=False,
        min_value=1900,
        max_value=2200,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Skriv ett år med fyra siffror."
        ),
    )
    target = _number("Målvärde", required=True)
    due = DayField(label="Senast", help_text="Sista dagen att nå målet. Dagen räknas med.")
    aim = forms.CharField(
        label="Effektmål",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Vad ni vill uppnå, med ord. {WARNING}",
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("baseline", "target"):
            self.fields[name].label = f"{self.fields[name].label} ({indicator.unit})"
        if indicator.direction != Indicator.Direction.NEUTRAL:
            good = indicator.get_direction_display()
            self.fields["target"].help_text = f"{good[:1].upper()}{good[1:]}."

    def clean(self) -> dict[str, Any]:
        """A baseline and its year go together."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        if found.get("baseline") is not None and found.get("baseline_year") is None:
            self.add_error("baseline_year", "Skriv vilket år utgångsläget är från.")
        if found.get("baseline") is None and found.get("baseline_year") is not None:
            self.add_error("baseline", "Skriv utgångsläget, eller ta bort året.")
        return found

    def arguments(self) -> dict[str, Any]:
        names = ("baseline", "baseline_year", "target", "due", "aim")
        return {"terms": Terms(**{name: self.cleaned_data[name] for name in names})}


class AddGoalForm(TermsForm):
    """With the baseline that is suggested filled in, and told where it comes from."""

    indikator = forms.IntegerField(widget=forms.HiddenInput)
    omrade = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        area: Area,
        suggested: IndicatorValue | None,
        last_day: datetime.date | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, indicator=indicator, **kwargs)
        self.initial = {"indikator": indicator.pk, "omrade": area.pk, "due": last_day}
        if suggested is None:
            known = "Inget utfall är känt för området. Skriv ett som ni själva känner till, "
            known += "eller lämna tomt. Utan utgångsläge går det inte att räkna hur långt ni nått."
            self.fields["baseline"].help_text = known
            return
        self.initial.update(baseline=_typed(suggested.value), baseline_year=suggested.year)
        source = format_html(" Källa: {}.", suggested.source) if suggested.source else ""
        self.fields["baseline"].help_text = format_html(
            "Förslag: {} är utfallet {}.{}",
            shown(indicator, suggested.value),
            suggested.year,
            source,
        )


class ChangeGoalForm(TermsForm):
    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, indicator=goal.indicator, **kwargs)
        names = ("baseline", "baseline_year", "target", "due", "aim")
        self.initial = {name: getattr(goal, name) for name in names}
        for name in ("baseline", "target"):
            self.initial[name] = _typed(self.initial[name])


def _typed(value: Decimal | None) -> Decimal | None:
    """The number without idle zeros, as somebody would type it."""
    if value is None or value != value.to_integral_value():
        return None if value is None else value.normalize()
    return value.quantize(Decimal(1))


class RemoveGoalForm(BlockForm):
    """Nothing is asked: the preview tells what is taken away."""

    def arguments(self) -> dict[str, Any]:
        return {}
