"""/fastigheter/lista/: a whole list of properties looked up, for the one who uploaded it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.forms.lookups import LookupUploadForm
from governance.models import LookupRun, Organization, User
from governance.permissions import (
    allowed,
    get_visible,
    require,
    visible_lookups,
    visible_organizations,
)
from governance.queries.lookups import (
    HEADINGS,
    ORDERS,
    TO_CHECK,
    LookupChoice,
    LookupTable,
    export_headings,
)
from governance.rights import EDIT_HOLDINGS, rights
from governance.services import lookups as service
from governance.services.imports import sheet_of
from governance.services.property_columns import headings_of
from governance.services.property_runs import upload_stock
from governance.sheets import Sheet, write_csv, write_xlsx
from governance.temporal import today
from governance.views.exports import file_response
from governance.views.group_verbs import form_page
from governance.views.reading import day_asked

PER_PAGE = 100
SECONDS = 3.0  # of looking up before the page answers with how far it has come
ONE = ("Fastigheter", "governance:properties")
MANY = ("Slå upp många", "governance:lookups")


@form_page
def lookups(request: HttpRequest) -> HttpResponse:
    """Upload or paste a list, and the reader's lists of the last 24 hours.

    An account that belongs to no agreement is told so, and nothing that it sends is kept.
    """
    if not rights(request.user).agreements:
        context = {"belongs": False, "crumbs": [(ONE[0], reverse(ONE[1]))]}
        status = 403 if request.method == "POST" else None
        return render(request, "lookups/lookups.html", context, status=status)
    day = day_asked(request.GET.get("datum", "")) or today()
    form = LookupUploadForm(request.POST or None, request.FILES or None, today=day)
    if request.method == "POST" and request.POST.get("steg") != "andra" and form.is_valid():
        assert form.sheet is not None
        run = service.upload_lookup(
            user=_user(request),
            sheet=form.sheet,
            day=form.cleaned_data["day"],
            now=timezone.now(),
            file_name=form.file_name,
        )
        return redirect("governance:lookup", pk=run.pk)
    runs = visible_lookups(request.user, timezone.now()).defer("sheet", "result", "columns")
    crumbs = [(ONE[0], reverse(ONE[1]))]
    context = {"belongs": True, "form": form, "runs": runs, "crumbs": crumbs}
    return render(request, "lookups/lookups.html", context)


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


@form_page
def lookup(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of one list: its columns, how far the answers have come, or the answers."""
    run = _own(request, pk)
    step = request.POST.get("steg", "") if request.method == "POST" else ""
    if step in _STEPS:
        try:
            return _STEPS[step](request, run)
        except ValidationError as refusal:
            return _columns(request, run, refusal.messages)
    if not run.columns["confirmed"] or request.GET.get("visa") == "kolumner":
        return _columns(request, run)
    rows = len(sheet_of(run).rows)
    if len(service.answers_of(run)) < rows:
        service.look_up_more(run=run, user=_user(request), seconds=SECONDS)
    done = len(service.answers_of(run))
    return _answers(request, run) if done == rows else _progress(request, run, done, rows)


def _own(request: HttpRequest, pk: int) -> LookupRun:
    return get_visible(visible_lookups(request.user, timezone.now()), pk=pk)


def _context(run: LookupRun, **more: Any) -> dict[str, Any]:
    crumbs = [(label, reverse(name)) for label, name in (ONE, MANY)]
    return {"run": run, "crumbs": crumbs, **more}


def _columns(
    request: HttpRequest, run: LookupRun, refused: list[str] | None = None
) -> HttpResponse:
    sheet = sheet_of(run)
    keys = run.columns["keys"]
    if "kolumn-0" in request.POST:
        keys = _keys(request, run)
    context = _context(
        run,
        columns=headings_of(sheet, keys, run.columns["personal"]),
        choices=service.ASKED.items(),
        left_out=service.LEFT_OUT,
        rows=len(sheet.rows),
        heading_row=sheet.heading_row,
        refused=refused or [],
    )
    return render(request, "lookups/columns.html", context)


def _progress(request: HttpRequest, run: LookupRun, done: int, rows: int) -> HttpResponse:
    response = render(request, "lookups/progress.html", _context(run, done=done, rows=rows))
    response["Refresh"] = "0"
    return response


def _answers(request: HttpRequest, run: LookupRun) -> HttpResponse:
    choice = LookupChoice.read(request.GET)
    table, sheet = _table(run, choice)
    page = Paginator(table.lines, PER_PAGE).get_page(request.GET.get("sida"))
    context = _context(
        run,
        headings=sheet.headings,
        answer_headings=HEADINGS,
        table=table,
        to_check=table.count(TO_CHECK),
        choice=choice,
        page=page,
        orders=ORDERS,
        companies=_companies(request),
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
    )
    return render(request, "lookups/lookup.html", context)


def _table(run: LookupRun, choice: LookupChoice) -> tuple[LookupTable, Sheet]:
    sheet = sheet_of(run)
    return LookupTable(sheet, service.answers_of(run), choice), sheet


def _companies(request: HttpRequest) -> list[Organization]:
    """Those whose stock the reader may change."""
    own = Organization.objects.filter(pk__in=rights(request.user).own).order_by("sort_key")
    return [each for each in own if allowed(request.user, EDIT_HOLDINGS, each)]


@require_safe
def export_lookup(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that the page shows at the same address, all pages: own columns, then ours."""
    run = _own(request, pk)
    if len(service.answers_of(run)) < len(sheet_of(run).rows):
        return redirect("governance:lookup", pk=run.pk)
    table, sheet = _table(run, LookupChoice.read(request.GET))
    headings = export_headings(sheet.headings)
    rows = [line.cells() for line in table.lines]
    csv = request.GET.get("format") == "csv"
    content = write_csv(headings, rows) if csv else write_xlsx(headings, rows, "Uppslagning")
    return file_response(content, "uppslagning", run.day, csv=csv)


# -- the steps -----------------------------------------------------------------------------


def _keys(request: HttpRequest, run: LookupRun) -> list[str]:
    """What was chosen for each column; a personal one that nobody chose is left out."""
    known = {"", service.LEFT_OUT, *service.ASKED}
    sent = [request.POST.get(f"kolumn-{at}", "?") for at in range(len(run.columns["keys"]))]
    return [
        key if key in known else service.LEFT_OUT if at in run.columns["personal"] else ""
        for at, key in enumerate(sent)
    ]


def _back(run: LookupRun) -> HttpResponse:
    return redirect("governance:lookup", pk=run.pk)


def _choose_columns(request: HttpRequest, run: LookupRun) -> HttpResponse:
    service.choose_columns(run=run, keys=_keys(request, run))
    return _back(run)


def _again(request: HttpRequest, run: LookupRun) -> HttpResponse:
    service.start_again(run=run)
    return _back(run)


def _delete(request: HttpRequest, run: LookupRun) -> HttpResponse:
    service.delete_lookup(run=run)
    messages.success(request, "Listan och svaren är borttagna. Inget ur dem finns kvar.")
    return redirect("governance:lookups")


def _to_stock(request: HttpRequest, run: LookupRun) -> HttpResponse:
    """Hand the list over to the upload of stock, whose own steps follow."""
    slug = request.POST.get("bolag", "")[:200]
    this: Organization = get_visible(visible_organizations(request.user), slug=slug)
    require(request.user, EDIT_HOLDINGS, this)
    listed = upload_stock(
        user=_user(request),
        organization=this,
        sheet=sheet_of(run),
        day=run.day,
        now=timezone.now(),
        file_name=run.file_name,
    )
    return redirect("governance:stock_run", slug=this.slug, pk=listed.pk)


_STEPS: dict[str, Callable[[HttpRequest, LookupRun], HttpResponse]] = {
    "kolumner": _choose_columns,
    "igen": _again,
    "bestand": _to_stock,
    "ta-bort": _delete,
}
