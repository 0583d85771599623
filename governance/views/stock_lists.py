"""…/bestand/lagg-in/: a company's list of stock on its way in, in steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from governance.forms.properties import StockUploadForm, WholeListForm
from governance.models import ImportRun, Organization, User
from governance.permissions import get_visible, require, visible_stock_runs
from governance.rights import EDIT_HOLDINGS
from governance.services import property_columns
from governance.services import property_runs as service
from governance.services.acts import Stale
from governance.services.imports import is_open, sheet_of
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.stock import crumbs_of, own_organization
from governance.views.verb_pages import CONFLICT, tell

RUNS_SHOWN = 20
ROWS_SHOWN = 300


@form_page
def add_stock(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload or paste a list, and the lists so far."""
    this = _to_change(request, slug)
    form = StockUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.POST.get("steg") != "andra" and form.is_valid():
        assert form.sheet is not None
        run = service.upload_stock(
            user=_user(request),
            organization=this,
            sheet=form.sheet,
            day=today(),
            now=timezone.now(),
            file_name=form.file_name,
        )
        return redirect("governance:stock_run", slug=this.slug, pk=run.pk)
    runs = visible_stock_runs(request.user).filter(organization=this)
    context = {
        "form": form,
        "organization": this,
        "runs": [
            StockRun(run, request) for run in runs.select_related("act__undone_by")[:RUNS_SHOWN]
        ],
        "crumbs": crumbs_of(this, more=True),
    }
    return render(request, "stock/add.html", context)


def _to_change(request: HttpRequest, slug: str) -> Organization:
    this = own_organization(request, slug)
    require(request.user, EDIT_HOLDINGS, this)
    return this


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


class StockRun:
    """One list in words: its state and what became of it."""

    def __init__(self, run: ImportRun, request: HttpRequest) -> None:
        self.run = run
        self.own = run.user_id == request.user.pk
        self.counts = run.counts

    @property
    def undone(self) -> bool:
        return self.run.act is not None and hasattr(self.run.act, "undone_by")

    @property
    def state(self) -> str:
        if self.undone:
            return "Ångrad"
        if self.run.act_id is not None:
            return "Sparad"
        if self.run.discarded:
            return "Bortkastad"
        return "Väntar på dig" if self.own else "Väntar på en kollega"


# -- one list -----------------------------------------------------------------------------


@form_page
def stock_run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The next step of one list: its columns, what it would do, or what was done."""
    this = _to_change(request, slug)
    run = _run(request, this, pk)
    step = request.POST.get("steg", "") if request.method == "POST" else ""
    if step in _STEPS and run.user_id == request.user.pk:
        try:
            return _STEPS[step](request, run)
        except Stale as stale:
            return _page(request, this, pk, stale=str(stale.message), status=CONFLICT)
        except ValidationError as refusal:
            return _page(request, this, pk, refused=refusal.messages)
    return _page(request, this, pk)


def _run(request: HttpRequest, this: Organization, pk: int) -> ImportRun:
    runs = visible_stock_runs(request.user).filter(organization=this)
    return get_visible(runs.select_related("organization", "act__undone_by"), pk=pk)


def _page(
    request: HttpRequest,
    this: Organization,
    pk: int,
    *,
    stale: str = "",
    refused: list[str] | None = None,
    form: WholeListForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The list as it is now, whatever was tried with it."""
    run = _run(request, this, pk)
    context: dict[str, Any] = {
        "it": StockRun(run, request),
        "run": run,
        "organization": this,
        "stale": stale,
        "refused": refused or [],
        "crumbs": crumbs_of(this, more=True),
    }
    if run.user_id != request.user.pk or not is_open(run):
        return render(request, "stock/done.html", context, status=status)
    if not run.choices.get("columns") or request.GET.get("visa") == "kolumner":
        return _columns(request, run, context, status)
    return _plan(request, run, context, form, status)


def _columns(
    request: HttpRequest, run: ImportRun, context: dict[str, Any], status: int | None
) -> HttpResponse:
    sheet = sheet_of(run)
    keys = run.columns["keys"]
    if "kolumn-0" in request.POST:
        keys = _keys(request, len(sheet.headings))
    context |= {
        "columns": property_columns.headings_of(sheet, keys, service.personal_of(run)),
        "choices": property_columns.LABELS.items(),
        "rows": len(sheet.rows),
        "heading_row": sheet.heading_row,
    }
    return render(request, "stock/columns.html", context, status=status)


def _plan(
    request: HttpRequest,
    run: ImportRun,
    context: dict[str, Any],
    form: WholeListForm | None,
    status: int | None,
) -> HttpResponse:
    plan = service.stock_plan_of(run)
    chosen = {
        "first_day": service.chosen_day(run),
        "whole": bool(run.choices.get("whole")),
    }
    if form is None:
        form = WholeListForm(request.POST if "first_day" in request.POST else None, initial=chosen)
    every = request.GET.get("visa") == "alla"
    context |= {
        "plan": plan,
        "counts": plan.counts(),
        "form": form,
        "lines": plan.lines if every else plan.lines[:ROWS_SHOWN],
        "not_shown": 0 if every else max(0, len(plan.lines) - ROWS_SHOWN),
    }
    return render(request, "stock/plan.html", context, status=status)


# -- the steps -----------------------------------------------------------------------------


def _keys(request: HttpRequest, number: int) -> list[str]:
    sent = [request.POST.get(f"kolumn-{at}", "") for at in range(number)]
    return [key if key in property_columns.LABELS else "" for key in sent]


def _back(run: ImportRun) -> HttpResponse:
    assert run.organization is not None
    return redirect("governance:stock_run", slug=run.organization.slug, pk=run.pk)


def _choose_columns(request: HttpRequest, run: ImportRun) -> HttpResponse:
    number = len(run.sheet["headings"]) if run.sheet else 0
    service.choose_columns(run=run, keys=_keys(request, number))
    return _back(run)


def _choose(request: HttpRequest, run: ImportRun) -> HttpResponse:
    form = WholeListForm(request.POST)
    if not form.is_valid():
        assert run.organization is not None
        return _page(request, run.organization, run.pk, form=form)
    service.choose(run=run, **form.cleaned_data)
    return _back(run)


def _confirm(request: HttpRequest, run: ImportRun) -> HttpResponse:
    done = service.confirm(user=_user(request), run=run, seen=request.POST.get("seen", ""))
    tell(request, done)
    assert run.organization is not None
    return redirect("governance:stock", slug=run.organization.slug)


def _discard(request: HttpRequest, run: ImportRun) -> HttpResponse:
    service.discard(run=run)
    messages.success(request, "Listan är bortkastad. Inget ur den finns kvar.")
    assert run.organization is not None
    return redirect("governance:add_stock", slug=run.organization.slug)


_STEPS: dict[str, Callable[[HttpRequest, ImportRun], HttpResponse]] = {
    "kolumner": _choose_columns,
    "val": _choose,
    "spara": _confirm,
    "slang": _discard,
}
