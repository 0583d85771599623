"""/indikatorer/las-in/: a list of values on its way in, in steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from governance.forms.indicator_lists import CommonForm, ValueUploadForm
from governance.models import Agreement, ImportRun, Indicator, User
from governance.permissions import (
    Measuring,
    NotAllowed,
    get_visible,
    require_to_measure,
    visible_indicators,
    visible_value_runs,
)
from governance.permissions.refusals import ENTER_VALUES
from governance.services import indicator_columns, property_columns
from governance.services import indicator_runs as service
from governance.services.acts import Stale
from governance.services.imports import is_open, sheet_of
from governance.services.property_runs import discard, personal_of
from governance.views.group_verbs import form_page
from governance.views.stock_lists import ROWS_SHOWN, RUNS_SHOWN, StockRun
from governance.views.verb_pages import CONFLICT, tell

_CRUMBS = [("Indikatorer", "governance:indicators")]
_LISTS = ("Läs in värden", "governance:value_lists")


@form_page
def value_lists(request: HttpRequest) -> HttpResponse:
    """Upload or paste a list, and the user's lists so far."""
    measuring = require_to_measure(request.user)
    form = ValueUploadForm(
        request.POST or None,
        request.FILES or None,
        agreements=measuring.agreements,
        indicators=_indicators(request),
    )
    if request.method == "POST" and request.POST.get("steg") != "andra" and form.is_valid():
        assert form.sheet is not None
        run = service.upload_values(
            user=_user(request),
            agreement=form.chosen_agreement,
            sheet=form.sheet,
            indicator=form.cleaned_data["indicator"],
            now=timezone.now(),
            file_name=form.file_name,
        )
        return redirect("governance:value_run", pk=run.pk)
    runs = visible_value_runs(request.user).select_related("act__undone_by").order_by("-pk")
    context = {
        "form": form,
        "runs": [StockRun(run, request) for run in runs[:RUNS_SHOWN]],
        "crumbs": _crumbs(),
    }
    return render(request, "indicators/lists.html", context)


def _crumbs(*, more: bool = False) -> list[tuple[str, str]]:
    return [(label, reverse(name)) for label, name in [*_CRUMBS, *([_LISTS] if more else [])]]


def _indicators(request: HttpRequest) -> QuerySet[Indicator]:
    return visible_indicators(request.user).order_by("code")


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


# -- one list -----------------------------------------------------------------------------


@form_page
def value_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of one list: its columns, what it would do, or what was done."""
    measuring = require_to_measure(request.user)
    run = _run(request, pk)
    step = request.POST.get("steg", "") if request.method == "POST" else ""
    if step in _STEPS:
        try:
            return _STEPS[step](request, run, measuring)
        except Stale as stale:
            return _page(request, pk, measuring, stale=str(stale.message), status=CONFLICT)
        except ValidationError as refusal:
            return _page(request, pk, measuring, refused=refusal.messages)
    return _page(request, pk, measuring)


def _run(request: HttpRequest, pk: int) -> ImportRun:
    return get_visible(visible_value_runs(request.user).select_related("act__undone_by"), pk=pk)


def _agreement(run: ImportRun, measuring: Measuring) -> Agreement:
    """For which agreement the list is read in; a refusal when that right is gone."""
    for each in measuring.agreements:
        if each.pk == run.choices.get("agreement"):
            return each
    raise NotAllowed(ENTER_VALUES, measuring.agreements[0])


def _page(
    request: HttpRequest,
    pk: int,
    measuring: Measuring,
    *,
    stale: str = "",
    refused: list[str] | None = None,
    form: CommonForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The list as it is now, whatever was tried with it."""
    run = _run(request, pk)
    context: dict[str, Any] = {
        "it": StockRun(run, request),
        "run": run,
        "stale": stale,
        "refused": refused or [],
        "crumbs": _crumbs(more=True),
        "here": reverse("governance:value_run", args=[run.pk]),
    }
    if not is_open(run):
        return render(request, "indicators/done.html", context, status=status)
    if not run.choices.get("columns") or request.GET.get("visa") == "kolumner":
        return _columns(request, run, context, status)
    return _plan(request, run, measuring, context, form, status)


def _columns(
    request: HttpRequest, run: ImportRun, context: dict[str, Any], status: int | None
) -> HttpResponse:
    sheet = sheet_of(run)
    keys = run.columns["keys"]
    if "kolumn-0" in request.POST:
        keys = _keys(request, len(sheet.headings))
    context |= {
        "columns": property_columns.headings_of(sheet, keys, personal_of(run)),
        "choices": indicator_columns.LABELS.items(),
        "rows": len(sheet.rows),
        "heading_row": sheet.heading_row,
    }
    return render(request, "indicators/columns.html", context, status=status)


def _plan(
    request: HttpRequest,
    run: ImportRun,
    measuring: Measuring,
    context: dict[str, Any],
    form: CommonForm | None,
    status: int | None,
) -> HttpResponse:
    agreement = _agreement(run, measuring)
    plan = service.value_plan_of(run, measuring.areas_of(agreement))
    chosen = {name: run.choices.get(name) for name in ("indicator", "kind", "year")}
    every = request.GET.get("visa") == "alla"
    context |= {
        "plan": plan,
        "counts": plan.counts(),
        "agreement": agreement,
        "form": form or CommonForm(indicators=_indicators(request), initial=chosen),
        "lines": plan.lines if every else plan.lines[:ROWS_SHOWN],
        "not_shown": 0 if every else max(0, len(plan.lines) - ROWS_SHOWN),
    }
    return render(request, "indicators/plan.html", context, status=status)


# -- the steps -----------------------------------------------------------------------------


def _keys(request: HttpRequest, number: int) -> list[str]:
    sent = [request.POST.get(f"kolumn-{at}", "") for at in range(number)]
    return [key if key in indicator_columns.LABELS else "" for key in sent]


def _back(run: ImportRun) -> HttpResponse:
    return redirect("governance:value_run", pk=run.pk)


def _choose_columns(request: HttpRequest, run: ImportRun, measuring: Measuring) -> HttpResponse:
    number = len(run.sheet["headings"]) if run.sheet else 0
    service.choose_columns(run=run, keys=_keys(request, number))
    return _back(run)


def _choose(request: HttpRequest, run: ImportRun, measuring: Measuring) -> HttpResponse:
    form = CommonForm(request.POST, indicators=_indicators(request))
    if not form.is_valid():
        return _page(request, run.pk, measuring, form=form)
    service.choose(run=run, **form.cleaned_data)
    return _back(run)


def _confirm(request: HttpRequest, run: ImportRun, measuring: Measuring) -> HttpResponse:
    if not is_open(run):
        raise Stale(sentence="Listan är redan inläst. Inget mer har ändrats.")
    agreement = _agreement(run, measuring)
    done = service.confirm(
        user=_user(request),
        run=run,
        agreement=agreement,
        areas=measuring.areas_of(agreement),
        seen=request.POST.get("seen", ""),
    )
    tell(request, done)
    return _back(run)


def _discard(request: HttpRequest, run: ImportRun, measuring: Measuring) -> HttpResponse:
    discard(run=run)
    messages.success(request, "Listan är bortkastad. Inget ur den finns kvar.")
    return redirect("governance:value_lists")


_STEPS: dict[str, Callable[[HttpRequest, ImportRun, Measuring], HttpResponse]] = {
    "kolumner": _choose_columns,
    "val": _choose,
    "spara": _confirm,
    "slang": _discard,
}
