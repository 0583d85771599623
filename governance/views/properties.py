"""/fastigheter/<id>/: one property, and what its own company may do with it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.properties import EndHoldingForm, HideForm, PropertyForm
from governance.models import Act, Holding
from governance.permissions import (
    allowed,
    get_visible,
    require,
    visible_holdings,
    visible_properties,
)
from governance.queries.properties import view_of
from governance.queries.stock_ground import Home
from governance.rights import EDIT_HOLDINGS
from governance.services import properties
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.reading import read
from governance.views.stock import crumbs_of
from governance.views.verb_pages import VerbPage, carry_out

HIDDEN_SAYS = (
    "Fastigheten försvinner ur sökning, karta, förslag och andras sidor och filer. Den räknas "
    "med i summor som andra ser bara där minst fem sådana finns i summan. Ert eget bolag ser "
    "den som förut."
)
SHOWN_SAYS = "Beteckning, adresser och stadsdel kan sökas av alla som hör till överenskommelsen."


@require_safe
def property_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Designation, addresses and who has it; for the own company everything."""
    reading = read(request, narrows=False)
    rows = visible_properties(request.user).select_related("stated_area")
    found = view_of(request.user, get_visible(rows, pk=pk), reading.day)
    now = next((each for each in found.own if each.in_force(reading.day)), None)
    context = reading.context(
        it=found,
        this=found.this,
        now=now,
        editable=[
            each
            for each in found.own
            if reading.is_today
            and not each.has_ended(reading.day)
            and allowed(request.user, EDIT_HOLDINGS, each.organization)
        ],
        crumbs=crumbs_of(now.organization, more=True) if now else [],
    )
    return render(request, "properties/property.html", context)


@form_page
def describe_property(request: HttpRequest, pk: int) -> HttpResponse:
    holding = _to_change(request, pk)
    areas = [area for rows in Home(holding.organization).areas.values() for area in rows]
    form = PropertyForm(request.POST or None, holding=holding, areas=areas)
    page = _page_of(
        holding,
        properties.describe_property,
        heading="Ändra uppgifter om fastigheten",
        lead="Skriv inget om enskilda. Uppgifterna gäller fastigheten, inte dem som bor där.",
        confirm="Spara uppgifterna",
    )
    return carry_out(request, form, page)


@form_page
def hide_property(request: HttpRequest, pk: int) -> HttpResponse:
    holding = _to_change(request, pk)
    hidden = holding.property.hidden
    page = _page_of(
        holding,
        properties.hide_property,
        heading="Visa fastigheten igen" if hidden else "Visa inte fastigheten för andra",
        lead=SHOWN_SAYS if hidden else f"För skyddat boende. {HIDDEN_SAYS}",
        confirm="Visa fastigheten igen" if hidden else "Visa inte fastigheten",
        fixed={"holding": holding, "hidden": not hidden},
    )
    return carry_out(request, HideForm(request.POST if request.method == "POST" else None), page)


@form_page
def end_holding(request: HttpRequest, pk: int) -> HttpResponse:
    holding = _to_change(request, pk)
    page = _page_of(
        holding,
        properties.end_holding,
        heading="Avsluta: fastigheten lämnar beståndet",
        lead="Använd detta när fastigheten är såld eller inte längre hyrs. Historiken finns kvar.",
        confirm="Avsluta",
        danger=True,
        after=lambda act: reverse("governance:stock", args=[holding.organization.slug]),
    )
    return carry_out(request, EndHoldingForm(request.POST or None, today=today()), page)


def _to_change(request: HttpRequest, pk: int) -> Holding:
    """A row of the reader's own stock that has not ended: else 404, or what right is missing."""
    rows = visible_holdings(request.user).overlapping(today(), None)
    found = get_visible(rows.select_related("organization", "property__stated_area"), pk=pk)
    require(request.user, EDIT_HOLDINGS, found.organization)
    return found


def _page_of(holding: Holding, service: Callable[..., Act], **more: Any) -> VerbPage:
    this, company = holding.property, holding.organization
    address = reverse("governance:property", args=[this.pk])
    more.setdefault("fixed", {"holding": holding})
    more.setdefault("after", lambda act: address)
    label = this.designation or holding.own_number or "Fastighet utan beteckning"
    return VerbPage(
        service=service,
        cancel_url=address,
        seen=lambda form: properties.last_stock_act(company),
        crumbs=[*crumbs_of(company, more=True), (label, address)],
        facts=[("Fastighet", label), ("Bolag", company.name)],
        about="Beståndet",
        **more,
    )
