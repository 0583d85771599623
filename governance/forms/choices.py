"""Choosing several rows, whatever is sent as their ids."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

DIGITS = 18  # what an id can have in either database


def ids(texts: Any) -> list[int]:
    """The texts that can be an id at all."""
    found = [str(text) for text in texts]
    return [
        int(text) for text in found if text.isascii() and text.isdigit() and len(text) <= DIGITS
    ]


class RowsField(forms.ModelMultipleChoiceField):
    """Refuses in words what is no id; Django's own field sends any number to the database."""

    def clean(self, value: Any) -> QuerySet[Any]:
        if isinstance(value, list | tuple) and len(ids(value)) < len(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)
