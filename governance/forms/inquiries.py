"""Forms for asking organisations, and for saying that a whole group is right."""

import datetime
from typing import Any

from django import forms

from governance.forms.choices import RowsField
from governance.forms.days import DayField
from governance.forms.seats import GONE, BlockForm
from governance.models import Organization
from governance.services.inquiries import DAYS
from governance.swedish import counted


class AskForm(BlockForm):
    """Which organisations are asked, all unless otherwise said, and until when."""

    organizations = RowsField(
        label="Organisationer som tillfrågas",
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en organisation att fråga.",
            "invalid_choice": GONE,
        },
    )
    last_day = DayField(
        label="Sista dag att svara",
        help_text="Länken går att öppna till och med den dagen.",
    )

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        organizations: list[tuple[Organization, int]],
        preselected: str = "",
        **kwargs: Any,
    ) -> None:
        ticked = [each.pk for each, _ in organizations if preselected in ("", each.slug)]
        last_day = today + datetime.timedelta(days=DAYS)
        super().__init__(*args, initial={"organizations": ticked, "last_day": last_day}, **kwargs)
        field: Any = self.fields["organizations"]
        field.queryset = Organization.objects.filter(pk__in=[each.pk for each, _ in organizations])
        field.choices = [(each.pk, _label(each, number)) for each, number in organizations]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"organizations": list(data["organizations"]), "last_day": data["last_day"]}


def _label(organization: Organization, seats: int) -> str:
    without = "" if organization.mailbox else ", saknar brevlåda"
    return f"{organization} ({counted(seats, 'plats', 'platser')}{without})"


class WithdrawForm(BlockForm):
    """Nothing to fill in: what is done is said in the preview."""

    def arguments(self) -> dict[str, Any]:
        return {}


class ConfirmGroupForm(BlockForm):
    day = DayField(label="Stämdes av den", help_text="Till exempel dagen för gruppens möte.")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": today}, **kwargs)
        self._today = today

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError("Den dagen har inte varit än. Välj i dag eller tidigare.")
        return day

    def arguments(self) -> dict[str, Any]:
        return {"day": self.cleaned_data["day"]}
