"""Forms for meetings: planned, changed, held."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.forms.choices import RowsField
from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Meeting, Seat

NO_TIME = "Skriv klockslaget som 13.30 eller 13:30."
REGISTRY_HELP = "Var anteckningarna finns. Skriv inget om enskilda."


def time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": NO_TIME},
    )


class MeetingForm(BlockForm):
    """When and where; only the day is needed."""

    aliases: dict[str, str] = {}

    day = DayField(label="Dag")
    starts_at = time_field("Börjar klockan")
    ends_at = time_field("Slutar klockan")
    place = forms.CharField(label="Plats", max_length=200, required=False)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ChangeMeetingForm(MeetingForm):
    registry_number = forms.CharField(
        label="Anteckningarnas diarienummer",
        max_length=60,
        required=False,
        help_text=REGISTRY_HELP,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        names = "day starts_at ends_at place registry_number".split()
        known = {name: getattr(meeting, name) for name in names}
        super().__init__(*args, initial=known, **kwargs)
        if meeting.state != Meeting.State.HELD:
            del self.fields["registry_number"]


class HoldForm(BlockForm):
    """Who was there by function, where the notes are, and when the next meeting is."""

    aliases: dict[str, str] = {}

    present = RowsField(
        label="Närvarande funktioner",
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Platserna som var företrädda, vem som än kom. Namn skrivs inte.",
        error_messages={"invalid_choice": GONE, "invalid_list": GONE},
    )
    registry_number = ChangeMeetingForm.base_fields["registry_number"]
    next_day = DayField(
        label="Nästa möte", required=False, help_text="Planeras samtidigt. Lämna annars tomt."
    )

    def __init__(self, *args: Any, meeting: Meeting, seats: QuerySet[Seat], **kwargs: Any) -> None:
        present = [seat.pk for seat in meeting.present.all()]
        known = {"present": present, "registry_number": meeting.registry_number}
        super().__init__(*args, initial=known, **kwargs)
        field: Any = self.fields["present"]
        field.queryset = seats
        field.label_from_instance = _label

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CancelForm(BlockForm):
    """Nothing is needed to cancel a meeting."""

    def arguments(self) -> dict[str, Any]:
        return {}


def _label(seat: Seat) -> str:
    number = f" {seat.number}" if seat.number != 1 else ""
    title = seat.function.title
    return f"{title[:1].upper()}{title[1:]}{number}, {seat.organization}"
