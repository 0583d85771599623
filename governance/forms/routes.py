"""Forms for contact routes: added, changed, ended; a fieldset for each contact in its order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.days import DayField
from governance.forms.groups import NOTE_HELP
from governance.forms.meetings import time_field
from governance.forms.seats import GONE, BlockForm
from governance.models import Area, ContactRoute, Organization, SteeringGroup
from governance.permissions import NotAllowed, require_to_edit_route
from governance.rights import Account
from governance.services.route_contacts import Line

ROWS, OPEN = 5, 2  # contacts that can be typed, and those that always show
TITLES = "funktioner"  # the list of suggestions on the page
ONE_OF_THEM = "Välj ett område eller en styrgrupp, inte båda."
_PARTS = [each.name for each in fields(Line)]
_DAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
_WEEKDAYS = [("", "alla dagar"), ("12345", "måndag–fredag"), ("67", "lördag–söndag")]


@dataclass(frozen=True)
class ContactRow:
    """A contact's bound fields; `used` when something stands there or is wrong."""

    number: int
    fields: list[forms.BoundField]
    used: bool

    @property
    def legend(self) -> str:
        return f"Kontakt {self.number}{', som man provar först' if self.number == 1 else ''}"


class ContactsForm(BlockForm):
    """The contacts in the order in which they are tried, and a note; empty rows are left out."""

    note = forms.CharField(label="Anmärkning", max_length=300, required=False, help_text=NOTE_HELP)

    def __init__(
        self, *args: Any, titles: Iterable[str], known: Sequence[Line] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        self.titles_id = TITLES
        self._rows = range(1, max(ROWS, len(known)) + 1)
        for number in self._rows:
            line = known[number - 1] if number <= len(known) else Line("")
            for part, made in _contact_fields(line.weekdays).items():
                self.fields[f"{part}-{number}"] = made
                self.initial[f"{part}-{number}"] = getattr(line, part)

    def contact_rows(self) -> list[ContactRow]:
        found = []
        for number in self._rows:
            bound = [self[f"{part}-{number}"] for part in _PARTS]
            used = any(each.errors or each.value() for each in bound)
            found.append(ContactRow(number, bound, used))
        return found

    @property
    def first_rows(self) -> list[ContactRow]:
        return self.contact_rows()[:OPEN]

    @property
    def more_rows(self) -> list[ContactRow]:
        return self.contact_rows()[OPEN:]

    @property
    def more_used(self) -> bool:
        return any(each.used for each in self.more_rows)

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that belong to no contact, but for the note, which stands last."""
        rows = {f"{part}-{number}" for number in self._rows for part in _PARTS}
        return [each for each in self.visible_fields() if each.name not in {*rows, "note"}]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self._typed():
            self.add_error("title-1", "Skriv minst en kontakt.")
        return data

    def _typed(self) -> list[int]:
        """Numbers of the rows where something stands; a row of hours alone counts too."""
        return [
            number
            for number in self._rows
            if any(self.cleaned_data.get(f"{part}-{number}") for part in _PARTS)
        ]

    def contacts(self) -> list[Line]:
        """What is typed; a refusal of the service finds its row again by `aliases`."""
        typed = self._typed()
        self.aliases = {
            f"{part}-{place}": f"{part}-{number}"
            for place, number in enumerate(typed, start=1)
            for part in _PARTS
        }
        return [
            Line(**{part: self.cleaned_data[f"{part}-{number}"] for part in _PARTS})
            for number in typed
        ]

    def arguments(self) -> dict[str, Any]:
        return {"contacts": self.contacts(), "note": self.cleaned_data["note"]}


class AddRouteForm(ContactsForm):
    """A new route; the selects hold what the user may see, and `clean` asks for the right."""

    organization = forms.ModelChoiceField(
        label="Vem man når",
        queryset=Organization.objects.none(),
        empty_label="Välj organisation",
        error_messages={"required": "Välj en organisation.", "invalid_choice": GONE},
    )
    direction = forms.ChoiceField(label="Riktning", choices=ContactRoute.Direction.choices)
    purpose = forms.ChoiceField(label="Syfte", choices=ContactRoute.Purpose.choices)
    area = forms.ModelChoiceField(
        label="Område",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Inget område",
        help_text="Välj ett område, eller en styrgrupp nedanför.",
        error_messages={"invalid_choice": GONE},
    )
    group = forms.ModelChoiceField(
        label="Styrgrupp",
        queryset=SteeringGroup.objects.none(),
        required=False,
        empty_label="Ingen styrgrupp",
        error_messages={"invalid_choice": GONE},
    )
    first_day = DayField(label="Gäller från och med")
    field_order = ["organization", "direction", "purpose", "area", "group", "first_day"]

    def __init__(
        self,
        *args: Any,
        user: Account,
        organizations: QuerySet[Organization],
        areas: QuerySet[Area],
        groups: QuerySet[SteeringGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        choices = {"organization": organizations, "area": areas, "group": groups}
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["area"].label_from_instance = _called  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        area, group = data.get("area"), data.get("group")
        if (area is None) == (group is None) and not {"area", "group"} & set(self.errors):
            self.add_error("area", ONE_OF_THEM)
        elif not self.errors:
            try:
                require_to_edit_route(self._user, data["organization"], group, area)
            except NotAllowed as refusal:
                self.add_error("organization", f"{refusal.missing} {refusal.whom}")
        return data

    def arguments(self) -> dict[str, Any]:
        names = [*self.field_order]
        return {**super().arguments(), **{name: self.cleaned_data[name] for name in names}}


class EndRouteForm(BlockForm):
    aliases: dict[str, str] = {}

    last_day = DayField(label="Sista dag då den gäller")

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _called(area: Area) -> str:
    return f"{area.name} ({area.get_kind_display()})"


def _contact_fields(weekdays: str) -> dict[str, forms.Field]:
    """The fields of one contact; days that are none of the usual choices stay as a choice."""
    usual = [value for value, _ in _WEEKDAYS]
    own = ", ".join(_DAYS[int(each) - 1] for each in weekdays)
    return {
        "title": forms.CharField(
            label="Funktion",
            max_length=120,
            required=False,
            widget=forms.TextInput(attrs={"list": TITLES, "autocomplete": "off"}),
        ),
        "mailbox": forms.CharField(
            label="Funktionsbrevlåda",
            max_length=254,
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        ),
        "phone": forms.CharField(
            label="Telefon",
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        ),
        "weekdays": forms.ChoiceField(
            label="Veckodagar",
            choices=[*_WEEKDAYS, *([] if weekdays in usual else [(weekdays, own)])],
            required=False,
        ),
        "opens": time_field("Öppnar klockan"),
        "closes": time_field("Stänger klockan"),
        "closed_on_holidays": forms.BooleanField(label="Stängt på helgdagar", required=False),
        "when_closed": forms.BooleanField(label="Gäller när det är stängt", required=False),
    }
