"""/organisationer/<slug>/bestand/: a company's own stock, for itself alone."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import HoldingKind, Organization, Property
from governance.permissions import (
    allowed,
    get_visible,
    require_to_see_stock,
    visible_organizations,
)
from governance.queries import stock_sheets
from governance.queries.stock import NO_USE, ORDERS, SHOWN, StockChoice, StockList
from governance.rights import EDIT_HOLDINGS
from governance.sheets import write_csv, write_xlsx
from governance.views.exports import file_response
from governance.views.reading import read

PER_PAGE = 100


@require_safe
def stock(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows of the day, narrowed by what stands in the address, a hundred a page."""
    reading = read(request, narrows=False)
    this = own_organization(request, slug)
    choice = StockChoice.read(request.GET)
    found = StockList(request.user, this, reading.day, choice)
    page = Paginator(found.with_related(), PER_PAGE).get_page(request.GET.get("sida"))
    kept = {} if reading.is_today else {"datum": reading.day.isoformat()}
    context = reading.context(
        organization=this,
        choice=choice,
        page=page,
        rows=page.object_list,
        totals=found.totals(),
        any_ever=bool(page.object_list) or found.ever.exists(),
        may_edit=reading.is_today and allowed(request.user, EDIT_HOLDINGS, this),
        uses=[*Property.Use.choices, (NO_USE, "Inte angivet")],
        kinds=HoldingKind.choices,
        shown=SHOWN,
        orders=[(word, label) for word, (label, _) in ORDERS.items()],
        kept=kept.items(),
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
        plain=f"{request.path}{StockChoice().address(**kept)}",
        crumbs=crumbs_of(this),
    )
    return render(request, "stock/stock.html", context)


def own_organization(request: HttpRequest, slug: str) -> Organization:
    """The organisation: 404 when it cannot be seen at all, a refusal when it is not one's own."""
    this = get_visible(visible_organizations(request.user), slug=slug)
    require_to_see_stock(request.user, this)
    return this


def crumbs_of(this: Organization, *, more: bool = False) -> list[tuple[str, str]]:
    crumbs = [
        ("Struktur", reverse("governance:structure")),
        (this.name, reverse("governance:organization", args=[this.slug])),
    ]
    return [*crumbs, ("Bestånd", reverse("governance:stock", args=[this.slug]))] if more else crumbs


@require_safe
def export_stock(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows that the page shows at the same address, all pages, in the import's columns."""
    reading = read(request, narrows=False)
    this = own_organization(request, slug)
    found = StockList(request.user, this, reading.day, StockChoice.read(request.GET))
    rows = stock_sheets.stock_rows(found.with_related())
    headings = stock_sheets.headings()
    csv = request.GET.get("format") == "csv"
    content = (
        write_csv(headings, rows)
        if csv
        else write_xlsx(
            headings,
            rows,
            "Bestånd",
            choices=stock_sheets.choices(),
            days=stock_sheets.days(),
        )
    )
    return file_response(content, f"bestand-{this.slug}", reading.day, csv=csv)
