"""Forms for a group's priorities: chosen, added, put in order, changed and ended."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField
from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Challenge, LocalPriority

WARNING = "Skriv inget om enskilda personer, och inget som polisen lämnat under sekretess."
LONGEST = 2000  # characters


def _challenges(label: str) -> RowsField:
    return RowsField(
        label=label,
        queryset=Challenge.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en utmaning.", "invalid_choice": GONE},
    )


def _titled(challenge: Challenge) -> str:
    return f"{challenge.title[:1].upper()}{challenge.title[1:]}"


def _with_version(challenge: Challenge) -> str:
    return f"{_titled(challenge)} (version {challenge.version.number})"


def _with_agreement(challenge: Challenge) -> str:
    version = challenge.version
    return f"{_titled(challenge)} ({version.agreement.name}, version {version.number})"


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Varför",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=WARNING,
    )


class PeriodForm(BlockForm):
    """From when through when a priority is one; without a last day as long as the group lasts."""

    first_day = DayField(label="Första dag")
    last_day = DayField(
        label="Sista dag",
        required=False,
        help_text="Lämna tomt om det gäller tills vidare.",
    )
    reason = _reason()

    def period(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("first_day", "last_day", "reason")}


class ChooseForm(PeriodForm):
    """Several challenges at once; those of versions not in force are folded."""

    challenges = _challenges("Prioriterade utmaningar")
    earlier = _challenges("Utmaningar i andra versioner")
    field_order = ["challenges", "first_day", "last_day", "reason", "earlier"]
    folded = [("Utmaningar i andra versioner", ["earlier"])]

    def __init__(
        self,
        *args: Any,
        now: Sequence[int],
        other: Sequence[int],
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)
        for name, keys in (("challenges", now), ("earlier", other)):
            self._offer(name, keys)
        self.fields["challenges"].required = not (other and self["earlier"].value())
        if not now:
            self.fields["challenges"].help_text = (
                "Det finns ingen att välja i dag: ingen version gäller, eller så är alla redan "
                "valda tills vidare."
            )
        if not other:
            del self.fields["earlier"]

    def _offer(self, name: str, keys: Sequence[int]) -> None:
        """Offer these; the label tells the version, and the agreement where they differ."""
        rows = Challenge.objects.filter(pk__in=keys).select_related("version__agreement")
        ordered = rows.order_by("version__agreement", "-version__number", "order")
        field = self.fields[name]
        field.queryset = ordered  # type: ignore[attr-defined]
        agreements = {each.version.agreement_id for each in ordered}
        label = _with_version if len(agreements) < 2 else _with_agreement
        field.label_from_instance = label  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        chosen: list[QuerySet[Challenge]] = [
            self.cleaned_data.get(name, ()) for name in ("challenges", "earlier")
        ]
        return {**self.period(), "challenges": [row for rows in chosen for row in rows]}


class OwnForm(PeriodForm):
    """A priority that is the group's own; `own_title` says what it is."""

    own_title = forms.CharField(
        label="Titel",
        max_length=200,
        help_text=f"Till exempel Trafiken kring skolorna. {WARNING}",
        error_messages={"required": "Skriv en titel."},
    )
    field_order = ["own_title", "first_day", "last_day", "reason"]

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {**self.period(), "own_title": self.cleaned_data["own_title"]}


class ChangePriorityForm(OwnForm):
    """The same for one that is there; the title of a challenge is not the group's to change."""

    def __init__(
        self, *args: Any, priority: LocalPriority, today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.initial = {
            "own_title": priority.own_title,
            "first_day": priority.valid_from,
            "last_day": priority.valid_through,
            "reason": priority.reason,
        }
        if priority.challenge is not None:
            del self.fields["own_title"]

    def arguments(self) -> dict[str, Any]:
        return {**self.period(), "own_title": self.cleaned_data.get("own_title", "")}


class EndPriorityForm(BlockForm):
    last_day = DayField(
        label="Sista dag",
        help_text="En dag före den första tar bort en prioritering som inte har börjat.",
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"last_day": self.cleaned_data["last_day"]}


class OrderForm(BlockForm):
    """A number for each priority; each number stands once."""

    def __init__(self, *args: Any, priorities: Sequence[LocalPriority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._priorities = {f"nummer_{each.pk}": each for each in priorities}
        most = len(priorities)
        for place, (name, each) in enumerate(self._priorities.items(), start=1):
            self.fields[name] = forms.IntegerField(
                label=f"Nummer för {each.short_title}",
                min_value=1,
                max_value=most,
                initial=place,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"),
                    f"Skriv ett nummer från 1 till {most}.",
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a number that stands twice, beside the second of them."""
        found: dict[str, Any] = super().clean() or {}
        first: dict[int, str] = {}
        for name in self._priorities:
            number = found.get(name)
            if number in first:
                other = self._priorities[first[number]].short_title
                self.add_error(
                    name, f"{other} har också nummer {number}. Ge var och en ett eget nummer."
                )
            elif number is not None:
                first[number] = name
        return found

    def arguments(self) -> dict[str, Any]:
        by_number = sorted(self._priorities, key=lambda name: self.cleaned_data[name])
        return {"priorities": [self._priorities[name] for name in by_number]}
