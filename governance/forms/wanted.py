"""Forms for wanted functions: stated, changed from a day, ended, and tied to seats."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField
from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Function, Level, Organization, Seat, SteeringGroup, WantedFunction
from governance.models.groups import SteeringGroupQuerySet
from governance.services.wanted import Terms
from governance.swedish import in_words

MOST = 20


class TermsForm(BlockForm):
    """How much a function is needed, at what level, how many and who appoints."""

    need = forms.ChoiceField(
        label="Behov",
        choices=WantedFunction.Need.choices,
        initial=WantedFunction.Need.SOUGHT,
    )
    level = forms.ChoiceField(
        label="Lägsta nivå",
        required=False,
        choices=[("", "Vilken som helst"), *Level.choices],
        help_text="Den som har högre nivå räknas också.",
    )
    number = forms.IntegerField(
        label="Antal",
        min_value=1,
        max_value=MOST,
        initial=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Skriv hur många som önskas, från 1 till {MOST}.",
        ),
    )
    appoints = forms.CharField(
        label="Utses av",
        max_length=120,
        required=False,
        help_text="En befattning, till exempel bolagets VD. Skriv inte en persons namn.",
    )
    note = forms.CharField(
        label="Anmärkning",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv inget om enskilda, hälsa eller ledighet, "
        "och inget som polisen har lämnat under sekretess.",
    )

    def terms(self) -> Terms:
        names = "need level number appoints note".split()
        return Terms(**{name: self.cleaned_data[name] for name in names})


class WantForm(TermsForm):
    """The same wish in one group or in many; `groups` are those that the reader may change."""

    groups = RowsField(
        label="Styrgrupper",
        queryset=SteeringGroup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en styrgrupp.",
            "invalid_choice": "En av grupperna finns inte. Välj på nytt.",
        },
    )
    every_local = forms.BooleanField(label="Alla lokala styrgrupper", required=False)
    function = forms.ModelChoiceField(
        label="Funktion",
        queryset=Function.objects.all(),
        empty_label="Välj funktion",
        error_messages={"required": "Välj en funktion.", "invalid_choice": GONE},
    )
    organization_kind = forms.ChoiceField(
        label="Från slag av organisation",
        choices=[("", "Välj slag"), *Organization.Kind.choices],
        error_messages={"required": "Välj ett slag av organisation.", "invalid_choice": GONE},
    )
    first_day = DayField(label="Önskas från och med")

    field_order = ["every_local", "groups", "function", "organization_kind", "need", "level"]
    field_order += ["number", "first_day", "appoints", "note"]
    folded = [("Mer om önskemålet", ["appoints", "note"])]

    def __init__(
        self,
        *args: Any,
        groups: SteeringGroupQuerySet,
        chosen: str = "",
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        self._groups = groups
        slugs = dict(groups.values_list("pk", "slug"))
        ticked = [pk for pk, slug in slugs.items() if slug == chosen or len(slugs) == 1]
        initial = {"first_day": today, "groups": ticked}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]
        if groups.filter(kind=SteeringGroup.Kind.LOCAL).count() < 2:
            del self.fields["every_local"]
        else:
            self.fields["groups"].required = not self["every_local"].value()

    def chosen(self) -> list[SteeringGroup]:
        """The groups that the wish is for; an unsent form looks at none."""
        if not self.is_bound or "groups" not in self.cleaned_data:
            return []
        groups = self.cleaned_data["groups"]
        if self.cleaned_data.get("every_local"):
            groups = groups | self._groups.filter(kind=SteeringGroup.Kind.LOCAL)
        return list(groups.distinct())

    def arguments(self) -> dict[str, Any]:
        names = ("function", "organization_kind", "first_day")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "groups": self.chosen(),
            "terms": self.terms(),
        }


class ChangeWishForm(TermsForm):
    first_day = DayField(label="Ändras från och med")

    def __init__(
        self, *args: Any, wish: WantedFunction, today: datetime.date, **kwargs: Any
    ) -> None:
        names = "need level number appoints note".split()
        starts = wish.valid_from if wish.is_upcoming(today) else today
        initial = {**{name: getattr(wish, name) for name in names}, "first_day": starts}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["first_day"].help_text = (
            f"Skriv {wish.valid_from:%Y-%m-%d}, dagen då önskemålet börjar, "
            "för att rätta en fel uppgift. Annars gäller det gamla till och med dagen före."
        )

    def arguments(self) -> dict[str, Any]:
        return {"first_day": self.cleaned_data["first_day"], "terms": self.terms()}


class EndWishForm(BlockForm):
    last_day = DayField(
        label="Sista dag",
        help_text="En dag före den första tar bort ett önskemål som inte har börjat.",
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"last_day": self.cleaned_data["last_day"]}


class TieSeatsForm(BlockForm):
    """Which of the equal seats meet the wish; those that do are ticked from the start."""

    seats = RowsField(
        label="Platser som uppfyller önskemålet",
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "En av platserna finns inte. Välj på nytt."},
    )

    def __init__(self, *args: Any, seats: QuerySet[Seat], **kwargs: Any) -> None:
        tied = [seat.pk for seat in seats if seat.fulfils_id is not None]
        super().__init__(*args, initial={"seats": tied}, **kwargs)
        self.fields["seats"].queryset = seats  # type: ignore[attr-defined]
        self.fields["seats"].label_from_instance = _seat_label  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {"seats": list(self.cleaned_data["seats"])}


def _seat_label(seat: Seat) -> str:
    number = f" {seat.number}" if seat.number != 1 else ""
    ended = f", till och med den {in_words(seat.valid_through)}" if seat.valid_through else ""
    return f"{seat}{number} (från och med den {in_words(seat.valid_from)}{ended})"
