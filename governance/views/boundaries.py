"""/granser/: sets of boundaries, one set beside the one in force, and the verbs on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.boundaries import (
    ActivateBoundariesForm,
    DiscardBoundariesForm,
    LoadBoundariesForm,
    NamesForm,
)
from governance.models import Agreement, BoundarySet
from governance.permissions import (
    agreements_with,
    allowed,
    get_visible,
    require_over,
    require_somewhere,
    visible_boundary_sets,
)
from governance.queries.boundary_comparisons import compare
from governance.queries.boundary_names import names_of, unnamed
from governance.queries.boundary_sets import sets_by_kind, state_of
from governance.rights import EDIT_STRUCTURE, rights
from governance.services import boundaries as services
from governance.views.group_verbs import form_page
from governance.views.reading import read
from governance.views.verb_pages import VerbPage, add_refusal, carry_out, tell

ABOUT = "Gränserna"
# Rows of the comparison that are shown unless all are asked for.
SHOWN = 30


@require_safe
def boundaries(request: HttpRequest) -> HttpResponse:
    """Which boundaries answer on the day, which are to, and which wait to be activated."""
    reading = read(request)
    sets = visible_boundary_sets(request.user)
    if reading.agreement is not None:
        sets = sets.filter(territory=reading.agreement.territory_id)
    may_load = any(allowed(request.user, EDIT_STRUCTURE, each) for each in reading.agreements)
    context = reading.context(
        kinds=sets_by_kind(sets, reading.day),
        may_load=may_load and reading.is_today,
        crumbs=_crumbs()[:1],
    )
    return render(request, "boundaries/boundaries.html", context)


@require_safe
def boundary_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One set: where it comes from, and how it differs from the one in force."""
    reading = read(request)
    found = _set(request, pk)
    code, state = state_of(found, reading.day)
    there = [each for each in rights(request.user).agreements if each.territory == found.territory]
    may = any(allowed(request.user, EDIT_STRUCTURE, each) for each in there)
    context = reading.context(
        set=found,
        code=code,
        state=state,
        it=compare(found),
        shown=None if request.GET.get("visa") == "alla" else SHOWN,
        may_edit=may and reading.is_today and code == "inactive",
        crumbs=_crumbs(),
    )
    return render(request, "boundaries/boundary_set.html", context)


@form_page
def load_boundaries(request: HttpRequest) -> HttpResponse:
    """Upload a file; what it holds answers nothing until it is activated."""
    require_somewhere(request.user, EDIT_STRUCTURE)
    agreements = agreements_with(request.user, EDIT_STRUCTURE).exclude(territory=None)
    form = LoadBoundariesForm(
        request.POST or None, request.FILES or None, agreements=list(agreements)
    )
    if request.method == "POST" and form.is_valid():
        try:
            loaded = services.load_boundaries(user=request.user, **form.arguments())  # type: ignore[arg-type]
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            if loaded.act is None:
                messages.info(request, "Gränserna är redan inlästa. Inget har ändrats.")
            else:
                tell(request, loaded.act)
            for note in form.drawing.notes if form.drawing else []:
                messages.info(request, note)
            return redirect("governance:boundary_set", pk=loaded.boundary_set.pk)
    return render(request, "boundaries/load.html", {"form": form, "crumbs": _crumbs()})


@form_page
def confirm_boundary_names(request: HttpRequest, pk: int) -> HttpResponse:
    found, agreement = _to_change(request, pk)
    rows = unnamed(found)
    taken = set(found.boundaries.exclude(area=None).values_list("area_id", flat=True))
    form = NamesForm(
        request.POST if request.method == "POST" else None,
        rows=rows,
        names=names_of(found),
        taken=taken,
    )
    page = _page_of(
        found,
        agreement,
        services.confirm_names,
        heading="Bekräfta namn",
        lead="Namnen i filen som inte är något områdes namn. Välj vilket område var och en är.",
        confirm="Bekräfta namnen",
    )
    return carry_out(request, form, page)


@form_page
def activate_boundaries(request: HttpRequest, pk: int) -> HttpResponse:
    found, agreement = _to_change(request, pk)
    page = _page_of(
        found,
        agreement,
        services.activate_boundaries,
        heading="Aktivera gränserna",
        lead="Från den dagen svarar gränserna på var en adress eller fastighet ligger. "
        "Frågor om tidigare dagar besvaras med de gränser som gällde då.",
        confirm="Aktivera gränserna",
    )
    form = ActivateBoundariesForm(request.POST or None, initial={"valid_from": found.valid_from})
    return carry_out(request, form, page)


@form_page
def discard_boundaries(request: HttpRequest, pk: int) -> HttpResponse:
    found, agreement = _to_change(request, pk)
    page = _page_of(
        found,
        agreement,
        services.discard_boundaries,
        heading="Kasta gränserna",
        lead="Gränserna har aldrig gällt och tas bort. De som gäller berörs inte.",
        confirm="Kasta gränserna",
        danger=True,
        after=lambda act: reverse("governance:boundaries"),
    )
    form = DiscardBoundariesForm(request.POST if request.method == "POST" else None)
    return carry_out(request, form, page)


def _set(request: HttpRequest, pk: int) -> BoundarySet:
    return get_visible(visible_boundary_sets(request.user).select_related("territory"), pk=pk)


def _to_change(request: HttpRequest, pk: int) -> tuple[BoundarySet, Agreement]:
    found = _set(request, pk)
    return found, require_over(request.user, EDIT_STRUCTURE, found.territory_id)


def _crumbs() -> list[tuple[str, str]]:
    return [
        ("Struktur", reverse("governance:structure")),
        ("Gränser", reverse("governance:boundaries")),
    ]


def _page_of(found: BoundarySet, agreement: Agreement, service: Any, **more: Any) -> VerbPage:
    here = reverse("governance:boundary_set", args=[found.pk])
    facts = [
        ("Slag", found.get_kind_display()),
        ("Inom", str(found.territory)),
        ("Källa", found.source),
        ("Fil", found.file_name or "–"),
    ]
    name = f"Gränser för {found.get_kind_display()}"
    arguments: dict[str, Any] = {
        "cancel_url": here,
        "after": lambda act: here,
        "facts": facts,
        **more,
    }
    return VerbPage(
        service=service,
        seen=lambda form: services.last_change(found.territory_id),
        fixed={"agreement": agreement, "boundary_set": found},
        crumbs=[*_crumbs(), (name, here)],
        about=ABOUT,
        **arguments,
    )
