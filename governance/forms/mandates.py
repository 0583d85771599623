"""Forms for one mandate: who, from when, and what may be told of it."""

import datetime
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Level, Mandate, Organization, Person
from governance.services.mandates import Details, NewPerson

NEW_PERSON = ["given_name", "family_name", "title", "protected"]
DETAILS = ["level", "title_then", "basis", "basis_reference", "decided_on"]
ABOUT = "Mer om uppdraget"
POLICE_KINDS = {
    Organization.Kind.POLICE_AUTHORITY,
    Organization.Kind.POLICE_REGION,
    Organization.Kind.POLICE_AREA,
    Organization.Kind.POLICE_DISTRICT,
}
# Why a mandate ends, when nobody else begins and neither seat nor group is ended.
REASONS = [
    Mandate.EndReason.CHANGED_POST,
    Mandate.EndReason.LEFT,
    Mandate.EndReason.OTHER,
]
UNTIL_FURTHER = "Lämna tomt om det gäller tills vidare."

People = list[tuple[Person, str]]


class DetailsForm(BlockForm):
    """What may be told of a mandate; all of it may stay empty."""

    level = forms.ChoiceField(
        label="Nivå", choices=[("", "Ej angiven"), *Level.choices], required=False
    )
    title_then = forms.CharField(
        label="Titel vid den tiden",
        max_length=120,
        required=False,
        help_text="Bara om den skiljer sig från personens titel i dag.",
    )
    basis = forms.ChoiceField(label="Grund", choices=Mandate.Basis.choices, initial="position")
    basis_reference = forms.CharField(
        label="Hänvisning",
        max_length=200,
        required=False,
        help_text="Till exempel ett diarienummer. Skriv inte en persons namn.",
    )
    decided_on = DayField(label="Beslutat den", required=False)

    def described(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in DETAILS})


class AppointForm(DetailsForm):
    """Who sits on a seat from a day: somebody in the list, or a new person by name."""

    person = forms.ModelChoiceField(
        label="Person",
        queryset=Person.objects.none(),
        error_messages={"required": "Välj en person, eller skriv en ny.", "invalid_choice": GONE},
    )
    given_name = forms.CharField(
        label="Förnamn", max_length=80, error_messages={"required": "Skriv förnamnet."}
    )
    family_name = forms.CharField(label="Efternamn", max_length=80, required=False)
    title = forms.CharField(label="Titel", max_length=120, required=False)
    protected = forms.BooleanField(
        label="Visa bara funktionen",
        required=False,
        help_text="Namnet visas då bara för de få som får se skyddade namn.",
    )
    first_day = DayField(label="Från och med")
    last_day = DayField(label="Till och med", required=False, help_text=UNTIL_FURTHER)

    field_order = ["person", *NEW_PERSON, "first_day", "last_day", *DETAILS]
    folded = [
        ("En ny person, som inte finns i listan", NEW_PERSON),
        (ABOUT, ["last_day", *DETAILS]),
    ]

    def __init__(
        self,
        *args: Any,
        people: People,
        organization: Organization,
        first_day: datetime.date | None,
        **kwargs: Any,
    ) -> None:
        police = organization.kind in POLICE_KINDS
        super().__init__(*args, initial={"first_day": first_day, "protected": police}, **kwargs)
        if people:
            offer(self.fields["person"], people)
        else:
            del self.fields["person"]
            self.folded = self.folded[1:]

    def clean(self) -> dict[str, Any]:
        """One of the two is enough: what is missing of the other is no fault."""
        data = super().clean() or self.cleaned_data
        typed = any(data.get(name) for name in ("given_name", "family_name", "title"))
        if data.get("person") and typed:
            self.add_error("person", "Välj en person eller skriv en ny, inte båda.")
        elif data.get("person") or (not typed and "person" in self.fields):
            self.errors.pop("given_name", None)
        elif typed:
            self.errors.pop("person", None)
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        person = data.get("person") or NewPerson(**{name: data[name] for name in NEW_PERSON})
        days = {"first_day": data["first_day"], "last_day": data["last_day"]}
        return {"person": person, **days, "details": self.described()}


class StandInForm(AppointForm):
    """Somebody beside the ordinary holder, or in his or her place for a time."""

    kind = forms.ChoiceField(
        label="Som",
        choices=[
            (Mandate.Kind.ACTING, "Tillförordnad: har platsen så länge"),
            (Mandate.Kind.PERSONAL_DEPUTY, "Personlig ersättare: räknas inte som ledamot"),
        ],
        initial=Mandate.Kind.ACTING,
        widget=forms.RadioSelect,
    )
    field_order = ["kind", *AppointForm.field_order]

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "kind": self.cleaned_data["kind"]}


class CorrectForm(DetailsForm):
    """Everything on a mandate that can have been entered wrongly."""

    person = forms.ModelChoiceField(
        label="Person",
        queryset=Person.objects.none(),
        empty_label=None,
        error_messages={"required": "Välj en person.", "invalid_choice": GONE},
    )
    first_day = DayField(label="Från och med")
    last_day = DayField(label="Till och med", required=False, help_text=UNTIL_FURTHER)

    end_reason = forms.ChoiceField(
        label="Slutade därför att",
        choices=[("", "Ej angivet"), *Mandate.EndReason.choices],
        required=False,
        help_text="Bara när det finns en sista dag.",
    )

    field_order = ["person", "first_day", "last_day", "end_reason", *DETAILS]
    folded = [(ABOUT, ["end_reason", *DETAILS])]

    def __init__(self, *args: Any, people: People, mandate: Mandate, **kwargs: Any) -> None:
        known: dict[str, Any] = {name: getattr(mandate, name) for name in [*DETAILS, "end_reason"]}
        known["person"] = mandate.person_id
        known["first_day"], known["last_day"] = mandate.valid_from, mandate.valid_through
        super().__init__(*args, initial=known, **kwargs)
        offer(self.fields["person"], people)

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = {name: data[name] for name in self.field_order[:4]}
        return {**kept, "details": self.described()}


class ExtendForm(BlockForm):
    last_day = DayField(label="Ny sista dag", required=False, help_text=UNTIL_FURTHER)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LastDayForm(BlockForm):
    """The last day of something, today unless otherwise said."""

    last_day = DayField(label="Sista dag")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class EndForm(LastDayForm):
    end_reason = forms.ChoiceField(
        label="Slutar därför att",
        choices=[(reason.value, reason.label) for reason in REASONS],
        initial=Mandate.EndReason.CHANGED_POST,
    )


class LeaveForm(BlockForm):
    first_day = DayField(label="Tjänstledig från och med")
    last_day = DayField(label="Till och med", required=False, help_text=UNTIL_FURTHER)

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def offer(field: Any, people: People) -> None:
    """Let the field choose among the people, by their labels."""
    field.queryset = Person.objects.filter(pk__in=[person.pk for person, _ in people])
    empty = [] if field.empty_label is None else [("", "Välj person")]
    field.choices = [*empty, *((person.pk, label) for person, label in people)]
