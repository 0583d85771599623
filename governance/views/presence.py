"""A company beside the groups, and a group beside the companies."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Organization
from governance.permissions import allowed, get_visible, visible_groups, visible_organizations
from governance.queries.organizations import COMPANIES, OrganizationSeats
from governance.queries.presence import GroupCompanies, Presence
from governance.rights import APPOINT_OWN, rights
from governance.views.reading import Reading, read

PER_PAGE = 100
WITHOUT_GROUP = "ingen"


@require_safe
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Stock and seats group by group; with `?visa=personer`, who sits in all the groups."""
    reading = read(request)
    found = get_visible(visible_organizations(request.user), slug=slug)
    own = rights(request.user).own
    if request.GET.get("visa") == "personer":
        seats = OrganizationSeats(request.user, found, reading.groups, reading.day)
        more: dict[str, Any] = {"people": [line for line in seats.lines if line.mandate]}
    else:
        table = Presence(request.user, found, reading.groups, reading.day)
        more = {"table": table, "total": table.total, **_list(request, table, found.pk in own)}
        more |= {"tiles": settings.MAP_TILES, "attribution": settings.MAP_ATTRIBUTION}
    context = reading.context(
        organization=found,
        is_own=found.pk in own,
        is_company=found.kind in COMPANIES,
        may_ask=reading.is_today and allowed(request.user, APPOINT_OWN, found),
        crumbs=_crumbs(reading, found),
        **more,
    )
    return render(request, "presence/presence.html", context)


def _list(request: HttpRequest, table: Presence, is_own: bool) -> dict[str, Any]:
    """The company's own rows in the group asked for with `?grupp=`, else those without one."""
    if not is_own:
        return {}
    asked = request.GET.get("grupp", WITHOUT_GROUP)
    row = next((each for each in table.rows if each.group.slug == asked), None)
    page = Paginator(row.rows if row else table.without_group, PER_PAGE).get_page(
        request.GET.get("sida")
    )
    keep = [(name, text) for name, text in request.GET.items() if name != "sida"]
    return {"page": page, "listed_group": row and row.group, "keep_but_page": keep}


def _crumbs(reading: Reading, organization: Organization) -> list[tuple[str, str]]:
    day = "" if reading.is_today else f"?datum={reading.day.isoformat()}"
    here = reverse("governance:organization", args=[organization.slug])
    return [
        ("Struktur", f"{reverse('governance:structure')}{day}"),
        (str(organization), f"{here}{day}"),
    ]


@require_safe
def group_companies(request: HttpRequest, slug: str) -> HttpResponse:
    """Which companies have how much where one group works, and which of them sit there."""
    reading = read(request)
    visible = visible_groups(request.user).with_state(reading.day).select_related("agreement")
    group = get_visible(visible, slug=slug)
    rows: Any = visible_organizations(request.user).filter(kind__in=COMPANIES)
    companies = rows.as_of(reading.day).order_by("sort_key")
    context = reading.context(
        group=group,
        state=group.state(reading.day),
        table=GroupCompanies(request.user, group, companies, reading.day),
        crumbs=[
            ("Styrgrupper", reverse("governance:groups")),
            (group.name, reverse("governance:group", args=[group.slug])),
        ],
    )
    return render(request, "presence/group.html", context)
