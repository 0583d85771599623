"""Pages that change one value of an indicator: enter, correct, take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.indicators import ValueForm, WithdrawForm, correcting
from governance.models import Act, Agreement, Area, Indicator, IndicatorValue
from governance.permissions import (
    get_visible,
    require_to_measure,
    visible_indicators,
    visible_values,
)
from governance.queries.indicators import shown, where
from governance.services import indicators as service
from governance.views.group_verbs import form_page
from governance.views.indicators import CRUMBS
from governance.views.verb_pages import VerbPage, carry_out


@form_page
def add_value(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a value for an area and a year that have none."""
    measuring = require_to_measure(request.user)
    this = get_visible(visible_indicators(request.user), slug=slug)
    areas = Area.objects.filter(pk__in=measuring.areas).order_by("sort_key", "kind", "pk")
    form = ValueForm(
        request.POST or None,
        areas=areas,
        unit=this.unit,
        initial={"area": request.GET.get("omrade", ""), "year": request.GET.get("ar", "")},
    )

    def save(*, area: Area, **typed: Any) -> Act:
        agreement = measuring.agreement_for(area)
        return service.add_value(agreement=agreement, indicator=this, area=area, **typed)

    page = VerbPage(
        service=save,
        heading=f"Lägg in ett värde: {this.name}",
        lead="Lägg bara in det som är uppmätt. Ett år utan mätning har inget värde, inte noll.",
        confirm="Lägg in värdet",
        **_of(this),
    )
    return carry_out(request, form, page)


@form_page
def correct_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is right instead of what stands there."""
    row, agreement = _row(request, pk)
    page = VerbPage(
        service=service.correct_value,
        fixed={"agreement": agreement, "row": row},
        heading=f"Rätta ett värde: {row.indicator.name}",
        lead="Det som stod förut finns kvar i historiken.",
        confirm="Rätta värdet",
        seen=lambda form: service.last_written(row),
        facts=_facts(row),
        about="Värdet",
        **_of(row.indicator),
    )
    return carry_out(request, correcting(row, request.POST or None), page)


@form_page
def withdraw_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a value that should never have been there."""
    row, agreement = _row(request, pk)
    page = VerbPage(
        service=service.withdraw_value,
        fixed={"agreement": agreement, "row": row},
        heading=f"Ta bort ett värde: {row.indicator.name}",
        lead="För det som aldrig skulle ha lagts in. Året står sedan utan mätning.",
        confirm="Ta bort värdet",
        seen=lambda form: service.last_written(row),
        facts=_facts(row),
        about="Värdet",
        danger=True,
        **_of(row.indicator),
    )
    return carry_out(request, WithdrawForm(request.POST or None), page)


def _row(request: HttpRequest, pk: int) -> tuple[IndicatorValue, Agreement]:
    """The value, and for which agreement the user may change it: a 403 when for none."""
    rows = visible_values(request.user).select_related("indicator", "area")
    row = get_visible(rows, pk=pk)
    return row, require_to_measure(request.user).agreement_for(row.area)


def _of(this: Indicator) -> dict[str, Any]:
    """What the pages of all verbs on an indicator have in common."""
    here = reverse("governance:indicator", args=[this.slug])
    return {
        "cancel_url": here,
        "after": lambda act: here,
        "crumbs": [*((label, reverse(name)) for label, name in CRUMBS), (this.name, here)],
    }


def _facts(row: IndicatorValue) -> list[tuple[str, str]]:
    return [
        ("Område", where(row.area)),
        ("År", str(row.year)),
        ("Värde", shown(row.indicator, row.value)),
        ("Källa", row.source or "Inte angiven"),
    ]
