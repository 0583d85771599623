"""/organisationer/<slug>/: one organisation and its seats."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.permissions import allowed, sees_stock, visible_organizations
from governance.queries.organizations import COMPANIES, OrganizationSeats, areas_of, family
from governance.rights import EDIT_STRUCTURE
from governance.views.reading import read


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Facts, seats with their holders, what is under it and what it answers for."""
    reading = read(request)
    found = family(visible_organizations(request.user), slug, reading.day)
    if found is None:
        raise Http404
    this = found.organization
    return render(
        request,
        "organizations/organization.html",
        reading.context(
            organization=this,
            family=found,
            seats=OrganizationSeats(request.user, this, reading.groups, reading.day),
            areas=areas_of(this, reading.day),
            exists=this.in_force(reading.day),
            may_succeed=reading.is_today
            and any(allowed(request.user, EDIT_STRUCTURE, each) for each in reading.agreements),
            sees_stock=sees_stock(request.user, this),
            is_company=this.kind in COMPANIES,
            crumbs=[("Struktur", reverse("governance:structure"))],
        ),
    )
