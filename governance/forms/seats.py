"""Forms for a seat: added, changed from a day, ended."""

import datetime
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet

from governance.forms.days import DayField
from governance.models import Function, Organization, Seat, WantedFunction

GONE = "Valet finns inte längre. Välj ett annat i listan."
MAILBOX_HELP = "Platsens funktionsbrevlåda, aldrig en persons egen adress."


class Block(NamedTuple):
    """Some fields of a form that stand together; with a title they can be folded away."""

    fields: list[forms.BoundField]
    title: str = ""
    open: bool = True


class BlockForm(forms.Form):
    """A form laid out in blocks. `folded` lists (title, fields) of those that are folded.

    `aliases` says where a refusal of the service is shown when the names differ.
    """

    use_required_attribute = False
    aliases: dict[str, str] = {"valid_from": "first_day", "valid_through": "last_day"}
    folded: list[tuple[str, list[str]]] = []

    def blocks(self) -> list[Block]:
        """The fields in the order they are declared; a fold stands where its first field does."""
        found: list[Block] = []
        folds = {name: fold for fold in self.folded for name in fold[1]}
        for bound in self.visible_fields():
            fold = folds.get(bound.name)
            if fold is None:
                found.append(Block([bound]))
            elif bound.name == next(name for name in fold[1] if name in self.fields):
                found.append(self._fold(*fold))
        return found

    def _fold(self, title: str, names: list[str]) -> Block:
        fields = [self[name] for name in names if name in self.fields]
        touched = any(field.errors or self.was_touched(field) for field in fields)
        return Block(fields, title, touched)

    def was_touched(self, field: forms.BoundField) -> bool:
        """Whether something other than what stood there from the start has been entered."""
        return self.is_bound and field.field.has_changed(field.initial, field.data)


class AddSeatForm(BlockForm):
    """A new place in a group. Equal seats are numbered by the service when none is given.

    `wishes` are those of the group that lack seats; `chosen` is the one that it is to meet.
    """

    organization = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organization.objects.none(),
        empty_label="Välj organisation",
        error_messages={"required": "Välj en organisation.", "invalid_choice": GONE},
    )
    function = forms.ModelChoiceField(
        label="Funktion",
        queryset=Function.objects.none(),
        empty_label="Välj funktion",
        error_messages={"required": "Välj en funktion.", "invalid_choice": GONE},
    )
    fulfils = forms.ModelChoiceField(
        label="Önskad funktion som platsen uppfyller",
        queryset=WantedFunction.objects.none(),
        required=False,
        empty_label="Den som passar, om någon",
        help_text="Önskade funktioner som saknar plats i gruppen.",
        error_messages={"invalid_choice": GONE},
    )
    role = forms.ChoiceField(label="Roll", choices=Seat.Role.choices, initial=Seat.Role.MEMBER)
    first_day = DayField(label="Finns från och med")
    mailbox = forms.EmailField(label="Funktionsbrevlåda", required=False, help_text=MAILBOX_HELP)
    number = forms.IntegerField(
        label="Nummer",
        required=False,
        min_value=1,
        max_value=99,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Skriv ett nummer från 1 till 99."
        ),
        help_text="Bara om gruppen har flera likadana platser. Lämna annars tomt.",
    )

    folded = [("Mer om platsen", ["mailbox", "number"])]

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        functions: QuerySet[Function],
        today: datetime.date,
        wishes: QuerySet[WantedFunction] | None = None,
        chosen: WantedFunction | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"first_day": today, "function": chosen and chosen.function, "fulfils": chosen}
        super().__init__(*args, initial=initial, **kwargs)
        if wishes:
            self.fields["fulfils"].queryset = wishes  # type: ignore[attr-defined]
        else:
            del self.fields["fulfils"]
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["function"].queryset = functions  # type: ignore[attr-defined]
        if chosen:
            kind = chosen.get_organization_kind_display()
            self.fields["organization"].help_text = (
                f"Önskemålet gäller slaget {kind}, så bara sådana organisationer går att välja. "
                "Finns ingen: lägg till ett önskemål från ett annat slag."
            )

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ChangeSeatForm(AddSeatForm):
    """What is another from a day; the mailbox is changed in place."""

    folded = []

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["number"]
        self.fields["first_day"].label = "Ändras från och med"
        names = "organization function role mailbox".split()
        self.initial = {**self.initial, **{name: getattr(seat, name) for name in names}}

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class EndSeatForm(BlockForm):
    last_day = DayField(
        label="Sista dag", help_text="Uppdragen på platsen slutar senast samma dag."
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
