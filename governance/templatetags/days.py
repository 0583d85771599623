"""Links that keep the day the reader is looking at."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def day_url(context: template.Context, name: str, *args: Any) -> str:
    """The address of one of the app's pages, on the day shown when that is not today."""
    address = reverse(f"governance:{name}", args=args)
    if context.get("is_today", True):
        return address
    return f"{address}?datum={context['day'].isoformat()}"
