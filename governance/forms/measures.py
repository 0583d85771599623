"""Forms for measures: what they are, how far they have come, and taken away."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField
from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import ActionPlan, Area, LocalPriority, Measure, Organization, Seat
from governance.services.measures import Content
from governance.swedish import in_words

NO_PERSONS = "Skriv inget om enskilda personer, och inget som polisen lämnat under sekretess."
NO_NUMBER = "Skriv ett tal som inte är under noll, till exempel 8 eller 2,5."


def number_field(label: str, **more: Any) -> forms.DecimalField:
    """Takes a decimal comma or a point; may be left empty, which is not zero."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            NO_NUMBER,
        ),
        **more,
    )


def _one_of(model: Any, label: str, **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=model.objects.none(),
        error_messages={"required": "Välj i listan.", "invalid_choice": GONE},
        **more,
    )


class MeasureForm(BlockForm):
    """What a measure is. `measure` is the one that is changed, None for a new one."""

    aliases: dict[str, str] = {}
    folded = [
        ("Mer om åtgärden", ["description", "places", "plan"]),
        ("Kostnad och tid", ["cost", "hours"]),
    ]

    priority = _one_of(LocalPriority, "Lokal prioritering", empty_label="Välj prioritering")
    title = forms.CharField(
        label="Vad som ska göras",
        max_length=200,
        error_messages={"required": "Skriv vad som ska göras."},
        help_text=f"Till exempel: trygghetsvandringar i centrum. {NO_PERSONS}",
    )
    organization = _one_of(Organization, "Ansvarig organisation", empty_label="Välj organisation")
    seat = _one_of(
        Seat,
        "Ansvarig plats i gruppen",
        required=False,
        empty_label="Ingen särskild",
        help_text="Den ansvariga organisationens plats, vem som än sitter där.",
    )
    start = DayField(label="Börjar", required=False)
    due = DayField(label="Klar senast", help_text="Sista dagen. Den räknas som i tid.")
    target = number_field("Hur många, minst", max_digits=12)
    unit = forms.CharField(
        label="Av vad",
        max_length=60,
        required=False,
        help_text=f"Till exempel: trygghetsvandringar. {NO_PERSONS}",
    )
    per = forms.ChoiceField(
        label="Räknat", choices=Measure.Per.choices, initial=Measure.Per.TOTAL, required=False
    )
    description = forms.CharField(
        label="Beskrivning",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONS,
    )
    places = RowsField(
        label="Platser",
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE, "invalid_list": GONE},
    )
    plan = _one_of(ActionPlan, "Åtgärdsplan", required=False, empty_label="Ingen åtgärdsplan")
    cost = number_field("Kostnad i kronor", max_digits=14, help_text="Lämna tomt om du inte vet.")
    hours = number_field("Arbetstimmar", max_digits=10, help_text="Lämna tomt om du inte vet.")

    def __init__(
        self,
        *args: Any,
        measure: Measure | None,
        today: datetime.date,
        rows: dict[str, QuerySet[Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_known(measure) if measure else None, **kwargs)
        for name, choices in rows.items():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]
        priority, seat, places, organization = (
            self.fields[name] for name in ("priority", "seat", "places", "organization")
        )
        organization.label_from_instance = lambda row: row.name  # type: ignore[attr-defined]
        priority.label_from_instance = lambda row: _priority_label(row, today)  # type: ignore[attr-defined]
        seat.label_from_instance = seat_label  # type: ignore[attr-defined]
        places.label_from_instance = lambda row: f"{row} ({row.get_kind_display()})"  # type: ignore[attr-defined]
        if not rows["places"].exists():
            del self.fields["places"]
        if not rows["plan"].exists():
            del self.fields["plan"]

    def was_touched(self, field: forms.BoundField) -> bool:
        """What is filled in is never folded away."""
        return bool(field.value()) or super().was_touched(field)

    def arguments(self) -> dict[str, Any]:
        content = dict(self.cleaned_data)
        content["places"] = list(content.get("places", ()))
        content["per"] = content["per"] or Measure.Per.TOTAL
        return {"content": Content(**content)}


class ReportForm(BlockForm):
    """How far a measure has come."""

    aliases: dict[str, str] = {}

    status = forms.ChoiceField(
        label="Läge", choices=Measure.Status.choices, widget=forms.RadioSelect
    )
    progress = number_field("Gjort hittills, i allt", max_digits=12)
    why = forms.CharField(
        label="Varför",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Behövs när åtgärden är ej genomförd. {NO_PERSONS}",
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        known = {"status": measure.status, "progress": _typed(measure.progress)}
        known["why"] = measure.why
        super().__init__(*args, initial=known, **kwargs)
        since = f" från den {in_words(measure.start)}" if measure.start else " från början"
        counted = f"Antal {measure.unit}{since} till i dag." if measure.unit else ""
        self.fields["progress"].help_text = f"{counted} Lämna tomt om du inte vet.".strip()

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WithdrawForm(BlockForm):
    """Nothing is needed to take away what was wrongly entered."""

    def arguments(self) -> dict[str, Any]:
        return {}


def _known(measure: Measure) -> dict[str, Any]:
    names = "title start due unit per description".split()
    keys = "priority organization seat plan".split()
    return {
        **{name: getattr(measure, name) for name in names},
        **{name: getattr(measure, f"{name}_id") for name in keys},
        **{name: _typed(getattr(measure, name)) for name in ("target", "cost", "hours")},
        "places": [place.pk for place in measure.places.all()],
    }


def _typed(number: Decimal | None) -> str:
    """A number as somebody would type it."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def _priority_label(row: LocalPriority, today: datetime.date) -> str:
    title = row.short_title[:1].upper() + row.short_title[1:]
    if row.in_force(today):
        return title
    last = f" till den {in_words(row.valid_through)}" if row.valid_through else ""
    return f"{title} (från den {in_words(row.valid_from)}{last})"


def seat_label(seat: Seat) -> str:
    number = f" {seat.number}" if seat.number != 1 else ""
    title = seat.function.title
    return f"{title[:1].upper()}{title[1:]}{number}, {seat.organization}"
