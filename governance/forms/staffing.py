"""The grid in which a whole group is kept: a row per seat, of which the changed ones count."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.models import Person
from governance.models.organizations import POLICE_KINDS
from governance.queries.staffing import Candidate, StaffRow
from governance.services.mandate_rows import NewPerson
from governance.services.rosters import Change

NO_CHANGE = "Ingen ändring"
GONE = "Personen finns inte i listan. Välj på nytt."
BOTH = "Välj antingen någon i listan eller skriv en ny person, inte båda."
NO_NAME = "Skriv förnamnet på den nya personen."
_PARTS = ("person", "given_name", "family_name", "title", "protected", "own_day")


@dataclass(frozen=True)
class GridRow:
    """A seat with the bound fields of its row."""

    seat: StaffRow
    fields: dict[str, forms.BoundField]

    @property
    def typed(self) -> bool:
        """Whether the part for a new person is to stand open."""
        return any(
            self.fields[name].errors or (self.fields[name].value() and name != "protected")
            for name in ("given_name", "family_name", "title")
        )

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields.values())


class StaffForm(forms.Form):
    """`rows` are the group's seats. The first day is said once, and in a row only if another."""

    first_day = DayField(
        label="Första dag",
        help_text="Gäller alla rader som du ändrar. Den som sitter där nu slutar dagen före.",
    )

    def __init__(
        self, *args: Any, today: datetime.date, rows: list[StaffRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)
        self._rows = {row.seat.pk: row for row in rows}
        self.aliases = {f"seat-{pk}": f"person-{pk}" for pk in self._rows}
        for pk, row in self._rows.items():
            for part, field in zip(_PARTS, _fields(row), strict=True):
                self.fields[f"{part}-{pk}"] = field

    def grid(self) -> list[GridRow]:
        return [
            GridRow(row, {part: self[f"{part}-{pk}"] for part in _PARTS})
            for pk, row in self._rows.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for pk in self._rows:
            self._check(pk)
        if not self.errors and not self._changed():
            self.add_error(None, "Ändra minst en rad: välj en person eller skriv en ny.")
        return data

    def _check(self, pk: int) -> None:
        chosen, given, family, title = (
            self.cleaned_data.get(f"{part}-{pk}") for part in _PARTS[:4]
        )
        if chosen and (given or family or title):
            self.add_error(f"person-{pk}", BOTH)
        elif (family or title) and not given:
            self.add_error(f"given_name-{pk}", NO_NAME)
        elif self.cleaned_data.get(f"own_day-{pk}") and not (chosen or given):
            self.add_error(f"person-{pk}", "Välj vem som ska börja den dagen.")

    def _changed(self) -> list[int]:
        data = self.cleaned_data
        return [pk for pk in self._rows if data.get(f"person-{pk}") or data.get(f"given_name-{pk}")]

    def arguments(self) -> dict[str, Any]:
        data, changed = self.cleaned_data, self._changed()
        chosen = Person.objects.in_bulk(
            [data[f"person-{pk}"] for pk in changed if data[f"person-{pk}"]]
        )
        return {
            "changes": [
                Change(
                    seat=self._rows[pk].seat,
                    person=chosen.get(data[f"person-{pk}"] or 0) or self._new(pk),
                    first_day=data[f"own_day-{pk}"] or data["first_day"],
                )
                for pk in changed
            ]
        }

    def _new(self, pk: int) -> NewPerson:
        return NewPerson(
            **{
                part: self.cleaned_data[f"{part}-{pk}"]
                for part in ("given_name", "family_name", "title", "protected")
            }
        )


def _fields(row: StaffRow) -> list[forms.Field]:
    """The fields of one row, in the order of `_PARTS`; each label tells which seat it is."""
    police = row.seat.organization.kind in POLICE_KINDS
    return [
        person_field(f"Ny ledamot, {row.label}", row.people),
        forms.CharField(label=f"Förnamn, {row.label}", max_length=80, required=False),
        forms.CharField(label=f"Efternamn, {row.label}", max_length=80, required=False),
        forms.CharField(label=f"Titel, {row.label}", max_length=120, required=False),
        forms.BooleanField(label="Visa bara funktionen", initial=police, required=False),
        DayField(label=f"Annan första dag, {row.label}", required=False),
    ]


def person_field(
    label: str, people: list[Candidate], empty: str = NO_CHANGE
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *((each.pk, each.label) for each in people)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": GONE},
    )
