"""How days, periods and numbers of things are written on screen."""

import datetime
from decimal import Decimal

from django import template

from governance.swedish import counted as counted_text
from governance.swedish import figure as plain_text
from governance.swedish import in_words as day_in_words
from governance.swedish import spaced as spaced_number

register = template.Library()


@register.filter
def in_words(day: datetime.date | None) -> str:
    """`27 augusti 2019`, and nothing for no day."""
    return day_in_words(day) if day else ""


@register.simple_tag
def counted(number: int, one: str, many: str) -> str:
    """`1 plats`, `12 platser`."""
    return counted_text(number, one, many)


@register.filter
def spaced(number: int) -> str:
    """`10 000`: thousands apart, by a blank that does not break."""
    return spaced_number(number)


@register.filter
def figure(number: Decimal | None) -> str:
    """`12 000`, `8,5`, and nothing for no number."""
    return "" if number is None else plain_text(number)
