"""/styrgrupper/<slug>/lista/: the roster and how its members are reached, to print and to mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.permissions import get_visible, visible_groups
from governance.queries.contacts import addresses, contact_rows
from governance.queries.rosters import roster
from governance.views.reading import read


@require_safe
def contact_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody in one group on the day with the ways to reach them, made for A4."""
    reading = read(request)
    visible = visible_groups(request.user).with_state(reading.day).select_related("agreement")
    group = get_visible(visible, slug=slug)
    found = roster(request.user, group, reading.day)
    rows = contact_rows(found)
    copied = addresses(rows)
    context = reading.context(
        group=group,
        state=group.state(reading.day),
        roster=found,
        rows=rows,
        copied="; ".join(copied),
        address_count=len(copied),
        crumbs=[
            ("Styrgrupper", reverse("governance:groups")),
            (group.name, reverse("governance:group", args=[group.slug])),
        ],
    )
    return render(request, "contacts/contact_list.html", context)
