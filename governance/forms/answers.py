"""The form in which an organisation answers about its seats, and the one that settles it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms

from governance.forms.days import DayField
from governance.forms.mandates import POLICE_KINDS, People, offer
from governance.forms.seats import GONE, BlockForm
from governance.models import Answer, Confirmation, Person
from governance.queries.inquiries import AskedSeat
from governance.services.answers import Reply
from governance.services.mandate_rows import NewPerson
from governance.temporal import day_after, day_before

RIGHT, CHANGE, LEFT = Answer.Kind.RIGHT, Answer.Kind.CHANGE, Answer.Kind.LEFT
_PERSON = ("given_name", "family_name", "title")
_PARTS = ("kind", *_PERSON, "email", "protected", "first_day", "last_day")
_HELD = [(RIGHT, "Stämmer"), (CHANGE, "Ändra till en annan person"), (LEFT, "Har slutat")]
_VACANT = [(RIGHT, "Stämmer, ingen är utsedd"), (CHANGE, "Vi utser en person")]
_TO_COME = [(RIGHT, "Stämmer"), (CHANGE, "Vi utser en annan person")]


@dataclass(frozen=True)
class ReplyRow:
    """A seat that is asked about, with the bound fields of its row; none once it is settled."""

    asked: AskedSeat
    label: str
    fields: dict[str, forms.BoundField]


class ReplyForm(forms.Form):
    """`rows` are the seats of the page. A row without a choice keeps the answer it has."""

    use_required_attribute = False

    rest_is_right = forms.BooleanField(
        label="Alla stämmer",
        required=False,
        help_text="Gäller varje plats som inte har något annat svar.",
    )

    def __init__(
        self, *args: Any, rows: list[AskedSeat], today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {row.seat.pk: row for row in rows}
        self._open = [pk for pk, row in self._asked.items() if not row.is_settled]
        for pk in self._open:
            for part, field in zip(_PARTS, _fields(self._asked[pk], today), strict=True):
                self.fields[f"{part}-{pk}"] = field

    def rows(self) -> list[ReplyRow]:
        return [
            ReplyRow(
                asked,
                seat_words(asked),
                {part: self[f"{part}-{pk}"] for part in _PARTS} if pk in self._open else {},
            )
            for pk, asked in self._asked.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for pk in self._open:
            self._check(pk)
        if not self.errors and not data.get("rest_is_right") and not self._chosen():
            self.add_error(None, "Svara för minst en plats, eller kryssa för Alla stämmer.")
        return data

    def _check(self, pk: int) -> None:
        data = self.cleaned_data
        kind = data.get(f"kind-{pk}")
        typed = any(data.get(f"{part}-{pk}") for part in (*_PERSON, "email"))
        if f"kind-{pk}" in self.errors:
            return
        if typed and kind != CHANGE:
            wanted = dict(self.fields[f"kind-{pk}"].choices)[CHANGE]  # type: ignore[attr-defined]
            self.add_error(f"kind-{pk}", f"Välj ”{wanted}”, eller ta bort det som är skrivet.")
        elif kind == CHANGE:
            self._require(f"given_name-{pk}", "Skriv förnamnet.")
            self._require(f"first_day-{pk}", "Fyll i en dag.")
        elif kind == LEFT:
            self._require(f"last_day-{pk}", "Fyll i en dag.")

    def _require(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def _chosen(self) -> list[int]:
        return [pk for pk in self._open if self.cleaned_data.get(f"kind-{pk}")]

    def arguments(self) -> dict[str, Any]:
        return {
            "replies": [self._reply(pk) for pk in self._chosen()],
            "rest_is_right": self.cleaned_data["rest_is_right"],
        }

    def _reply(self, pk: int) -> Reply:
        data = {part: self.cleaned_data[f"{part}-{pk}"] for part in _PARTS}
        if data["kind"] == LEFT:
            return Reply(pk, LEFT, since=day_after(data["last_day"]))
        if data["kind"] == CHANGE:
            person = NewPerson(**{part: data[part] for part in (*_PERSON, "protected")})
            return Reply(pk, CHANGE, data["first_day"], person, data["email"])
        return Reply(pk, RIGHT)


def _fields(row: AskedSeat, today: datetime.date) -> list[forms.Field]:
    """The fields of one row, in the order of `_PARTS`; each label tells which seat it is."""
    about = seat_words(row)
    police = row.seat.organization.kind in POLICE_KINDS
    return [
        forms.ChoiceField(
            label=f"Svar, {about}",
            choices=_HELD if row.main else _TO_COME if row.others else _VACANT,
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": GONE},
        ),
        forms.CharField(label=f"Förnamn, {about}", max_length=80, required=False),
        forms.CharField(label=f"Efternamn, {about}", max_length=80, required=False),
        forms.CharField(label=f"Titel, {about}", max_length=120, required=False),
        forms.EmailField(label=f"E-post i tjänsten, {about}", required=False),
        forms.BooleanField(label=f"Visa bara funktionen, {about}", initial=police, required=False),
        DayField(label=f"Från och med, {about}", initial=today, required=False),
        DayField(label=f"Sista dag, {about}", initial=today, required=False),
    ]


def seat_words(row: AskedSeat) -> str:
    """`VD i Lokal styrgrupp Farsta`, with the number where there are several alike."""
    number = f" {row.seat.number}" if row.seat.number != 1 else ""
    return f"{row.seat.function.title}{number} i {row.seat.group.name}"


class RecordForm(ReplyForm):
    """The same, filled in by a coordinator who was told in some other way."""

    channel = forms.ChoiceField(
        label="Hur kom svaret?",
        choices=[
            (channel.value, str(channel.label).capitalize())
            for channel in Confirmation.Channel
            if channel != Confirmation.Channel.LINK
        ],
        initial=Confirmation.Channel.MAIL,
    )

    field_order = ["channel"]

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "channel": self.cleaned_data["channel"]}


class SettleForm(BlockForm):
    """Whether the proposal is accepted, from when, and whether the person is in here already."""

    decision = forms.ChoiceField(
        label="Vad gäller?",
        choices=[("accept", "Förslaget godtas"), ("decline", "Förslaget avböjs")],
        initial="accept",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om förslaget godtas eller avböjs."},
    )
    first_day = DayField(label="Från och med")
    last_day = DayField(label="Sista dag")
    person = forms.ModelChoiceField(
        label="Finns personen redan i listan?",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nej, det är en ny person",
        help_text="Välj bara om det är samma människa. Då används de uppgifter som redan finns.",
        error_messages={"invalid_choice": GONE},
    )

    def __init__(
        self,
        *args: Any,
        answer: Answer,
        people: People,
        alike: Person | None,
        **kwargs: Any,
    ) -> None:
        since = answer.since
        initial = {
            "first_day": since,
            "last_day": since and day_before(since),
            "person": alike and alike.pk,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if answer.kind == LEFT or not people:
            del self.fields["person"]
        else:
            field: Any = self.fields["person"]
            offer(field, people)
            field.choices = [("", field.empty_label), *field.choices[1:]]
        del self.fields["first_day" if answer.kind == LEFT else "last_day"]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        last_day = data.get("last_day")
        return {
            "accepted": data["decision"] == "accept",
            "since": day_after(last_day) if last_day else data["first_day"],
            "person": data.get("person"),
        }
