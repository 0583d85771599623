"""Forms for one person on many seats, and for an organisation that another succeeds."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.forms.mandates import DETAILS, NEW_PERSON, AppointForm
from governance.models import Mandate, Organization, Person, Seat
from governance.queries.staffing import HeldSeat
from governance.services.mandate_rows import NewPerson
from governance.swedish import in_words, listed

NOT_THEN = "En av platserna finns inte den dagen. Se listan nedan och välj på nytt."
NO_SEAT = "Välj minst en plats."
HIDDEN = "Namnet visas inte"


@dataclass(frozen=True)
class Box:
    """A box to tick, as the page draws it."""

    name: str
    value: int
    label: str
    ticked: bool


class EverywhereForm(AppointForm):
    """Who sits from the first day, and on which of the organisation's seats.

    `person` is chosen beforehand, or None when a successor is to be named; `ticked` are
    the seats that are ticked at first.
    """

    seats = forms.TypedMultipleChoiceField(
        label="Platser",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Den som sitter på platsen nu slutar dagen före.",
        error_messages={"required": NO_SEAT, "invalid_choice": NOT_THEN},
    )

    field_order = ["person", *NEW_PERSON, "first_day", "seats"]
    folded = AppointForm.folded[:1]

    def __init__(
        self,
        *args: Any,
        lines: list[HeldSeat],
        person: Person | None,
        ticked: list[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("last_day", *DETAILS):
            del self.fields[name]
        self.initial = {
            **self.initial,
            "person": person.pk if person else None,
            "seats": ticked,
        }
        self.fields["seats"].choices = [(line.seat.pk, in_full(line)) for line in lines]  # type: ignore[attr-defined]
        self._seats = {line.seat.pk: line.seat for line in lines}
        self.aliases = {**self.aliases, **{f"seat-{pk}": "seats" for pk in self._seats}}

    def chosen(self) -> list[Seat]:
        """The seats of a valid form; none before anything is chosen."""
        return [self._seats[pk] for pk in self.cleaned_data["seats"]] if self.is_bound else []

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        person = data.get("person") or NewPerson(**{name: data[name] for name in NEW_PERSON})
        return {
            "person": person,
            "choices": [(seat, data["first_day"]) for seat in self.chosen()],
        }


class SucceedForm(forms.Form):
    """Who succeeds, from when, which seats it gets and which mandates go with them."""

    aliases = {"organization": "new"}

    new = forms.TypedChoiceField(
        label="Efterträds av",
        coerce=int,
        error_messages={
            "required": "Välj vilken organisation som tar över.",
            "invalid_choice": "Organisationen finns inte den dagen. Välj en i listan.",
        },
    )
    first_day = DayField(
        label="Första dag hos efterträdaren",
        help_text="Platserna hos den gamla organisationen har sin sista dag dagen före.",
    )
    seats = forms.TypedMultipleChoiceField(
        label="Platser som efterträdaren får",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_SEAT, "invalid_choice": NOT_THEN},
    )
    keep_people = forms.TypedMultipleChoiceField(
        label="Uppdrag som följer med",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "Ett av uppdragen gäller inte den dagen. Välj på nytt i listan nedan."
        },
    )

    def __init__(
        self,
        *args: Any,
        first_day: datetime.date,
        organizations: list[Organization],
        new: Organization | None,
        lines: list[HeldSeat],
        ticked: bool,
        **kwargs: Any,
    ) -> None:
        self._organizations = {each.pk: each for each in organizations}
        self._lines = {line.seat.pk: line for line in lines}
        self._mandates = {each.pk: each for line in lines for each, _ in line.sitting}
        initial = {
            "first_day": first_day,
            "new": new.pk if new else None,
            "seats": [*self._lines] if ticked else [],
            "keep_people": [*self._mandates] if ticked else [],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.aliases = {**self.aliases, **{f"seat-{pk}": "seats" for pk in self._lines}}
        fields: dict[str, Any] = self.fields
        fields["new"].choices = [
            ("", "Välj organisation"),
            *((pk, each.name) for pk, each in self._organizations.items()),
        ]
        fields["seats"].choices = [(pk, str(line.seat)) for pk, line in self._lines.items()]
        fields["keep_people"].choices = [(pk, str(each)) for pk, each in self._mandates.items()]

    def parts(self) -> list[tuple[HeldSeat, Box, list[Box]]]:
        """Each seat with its box, and the boxes of the mandates on it."""
        seats = {str(value) for value in self["seats"].value() or ()}
        kept = {str(value) for value in self["keep_people"].value() or ()}
        return [
            (
                line,
                Box("seats", pk, line.words, str(pk) in seats),
                [
                    Box("keep_people", each.pk, _mandate_words(each, name), str(each.pk) in kept)
                    for each, name in line.sitting
                ],
            )
            for pk, line in self._lines.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seats = set(data.get("seats") or ())
        loose = [pk for pk in data.get("keep_people") or () if self._seat_of(pk) not in seats]
        if seats and loose:
            self.add_error(
                "keep_people",
                "Ett uppdrag hör till en plats som inte är vald. Kryssa också för platsen.",
            )
        return data

    def _seat_of(self, pk: int) -> int:
        return int(self._mandates[pk].seat_id)

    def chosen(self) -> list[Seat]:
        """The seats of a valid form; none before anything is chosen."""
        if not self.is_bound:
            return []
        return [self._lines[pk].seat for pk in self.cleaned_data["seats"]]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "new": self._organizations[data["new"]],
            "first_day": data["first_day"],
            "seats": self.chosen(),
            "keep_people": [self._mandates[pk] for pk in data["keep_people"]],
        }


def in_full(line: HeldSeat) -> str:
    """A seat with its group and whoever holds it, as one line to choose."""
    now = [HIDDEN if name is None else name or "Namn saknas" for _, name in line.sitting]
    held = f"Nu: {listed(now)}" if now else "Ingen ledamot"
    return f"{line.seat.group}: {line.words}. {held}."


def _mandate_words(mandate: Mandate, name: str | None) -> str:
    shown = HIDDEN if name is None else name or "Namn saknas"
    last = mandate.valid_through
    through = f"till och med den {in_words(last)}" if last else "tills vidare"
    kind = "" if mandate.kind == Mandate.Kind.ORDINARY else f", {mandate.get_kind_display()}"
    return f"{shown}{kind}: från och med den {in_words(mandate.valid_from)}, {through}"
