"""A day as it is typed: refused in a sentence beside the field, and kept as it was typed."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

FIRST, LAST = datetime.date(1900, 1, 2), datetime.date(2199, 12, 30)


def read_day(text: str) -> datetime.date | None:
    """The day that `text` is, as 2019-08-27; None for an impossible one."""
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        return None


def day_within(text: object, otherwise: datetime.date) -> datetime.date:
    """The day that `text` is, if a field would take it, or `otherwise`."""
    day = read_day(str(text or ""))
    return day if day is not None and FIRST <= day <= LAST else otherwise


class DayInput(forms.DateInput):
    """A date field of the browser; it would blank what is no day, which shows as plain text."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # Without `max` a browser takes years of six digits.
        within = {"min": FIRST.isoformat(), "max": LAST.isoformat()}
        super().__init__({**within, **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and read_day(shown) is None:
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """Takes 2019-08-27 and nothing else, within the days that a period can begin or end on."""

    widget = DayInput
    default_error_messages = {"required": "Fyll i en dag."}

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        day = read_day(str(value))
        if day is None:
            raise ValidationError(
                f"{str(value).strip()[:40]} är inget datum. Skriv till exempel 2025-03-01.",
                code="invalid",
            )
        if not FIRST <= day <= LAST:
            raise ValidationError("Välj en dag mellan år 1900 och 2199.", code="range")
        return day
