"""/import/: lists of members on their way in, in steps that each can be taken up later."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from governance.forms.imports import ChoicesForm, UploadForm
from governance.models import Act, ImportRun, SteeringGroup, User
from governance.permissions import (
    NotAllowed,
    allowed,
    get_visible,
    visible_groups,
    visible_import_runs,
)
from governance.queries.imports import Ground, editable_groups
from governance.rights import EDIT_ROSTER
from governance.services import import_columns, import_undo
from governance.services import imports as service
from governance.services.acts import Stale
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.verb_pages import CONFLICT

RUNS_SHOWN = 50
ROWS_SHOWN = 300
_CRUMBS = [("Uppdrag", "governance:mandates"), ("Läs in en lista", "governance:imports")]


@form_page
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a list, and the lists so far."""
    groups = _groups_to_change(request)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        groups=groups,
        initial={"group": _asked(request, groups)},
    )
    if request.method == "POST" and request.POST.get("steg") != "andra" and form.is_valid():
        assert form.sheet is not None
        run = service.upload(
            user=_user(request),
            sheet=form.sheet,
            day=today(),
            now=timezone.now(),
            group=form.cleaned_data["group"],
            file_name=form.file_name,
        )
        return redirect("governance:import_run", pk=run.pk)
    runs = visible_import_runs(request.user).select_related("group", "act", "user")
    context = {
        "form": form,
        "runs": [_Run(run, request) for run in runs.select_related("act__undone_by")[:RUNS_SHOWN]],
        "runs_shown": RUNS_SHOWN,
    }
    return render(request, "imports/imports.html", context)


def _groups_to_change(request: HttpRequest) -> list[SteeringGroup]:
    """The groups whose rosters the reader may change: a refusal or a 404 when there is none."""
    found = editable_groups(_user(request))
    if not found:
        near = visible_groups(request.user).select_related("agreement").first()
        if near is None:
            raise Http404
        raise NotAllowed(EDIT_ROSTER, near.agreement)
    return found


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _asked(request: HttpRequest, groups: list[SteeringGroup]) -> SteeringGroup | None:
    slug = request.GET.get("grupp", "")
    return next((group for group in groups if group.slug == slug), None)


class _Run:
    """One list in words: its state and what became of it."""

    def __init__(self, run: ImportRun, request: HttpRequest) -> None:
        self.run = run
        self.own = run.user_id == request.user.pk
        self.counts = run.counts
        self.new = run.counts.get("created", 0) + run.counts.get("replaced", 0)

    @property
    def undone(self) -> bool:
        return self.run.act is not None and hasattr(self.run.act, "undone_by")

    @property
    def state(self) -> str:
        if self.undone:
            return "Ångrad"
        if self.run.act_id is not None:
            return "Inläst"
        return "Bortkastad" if self.run.discarded else "Väntar på dig"


# -- one list -----------------------------------------------------------------------------


@form_page
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of one list: its columns, the plan, or what was done."""
    related = ("group__agreement", "act__agreement", "act__undone_by")
    run = get_visible(visible_import_runs(request.user).select_related(*related), pk=pk)
    step = request.POST.get("steg", "") if request.method == "POST" else ""
    status, said = None, ""
    if step in _STEPS and (step == "angra" or run.user_id == request.user.pk):
        try:
            return _STEPS[step](request, run)
        except Stale as stale:
            status, said = CONFLICT, str(stale.message)
        except ValidationError as refusal:
            return _page(request, run.pk, refused=refusal.messages)
    return _page(request, run.pk, stale=said, status=status)


def _page(
    request: HttpRequest,
    pk: int,
    *,
    stale: str = "",
    refused: list[str] | None = None,
    form: ChoicesForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The list as it is now, whatever was tried with it."""
    related = ("group__agreement", "act__agreement", "act__undone_by", "user")
    run = get_visible(visible_import_runs(request.user).select_related(*related), pk=pk)
    context: dict[str, Any] = {
        "it": _Run(run, request),
        "run": run,
        "stale": stale,
        "refused": refused or [],
        "crumbs": [(label, reverse(name)) for label, name in _CRUMBS],
    }
    if run.user_id != request.user.pk or not service.is_open(run):
        groups = list(run.act.groups.select_related("agreement")) if run.act else []
        context["groups"] = groups
        context["may_undo"] = (
            bool(groups)
            and not context["it"].undone
            and all(allowed(request.user, EDIT_ROSTER, group) for group in groups)
        )
        return render(request, "imports/done.html", context, status=status)
    if not run.choices.get("columns") or request.GET.get("visa") == "kolumner":
        return _columns(request, run, context, status)
    return _plan(request, run, context, form, status)


def _columns(
    request: HttpRequest, run: ImportRun, context: dict[str, Any], status: int | None
) -> HttpResponse:
    sheet = service.sheet_of(run)
    keys = run.columns["keys"]
    if "kolumn-0" in request.POST:
        keys = _keys(request, len(sheet.headings))
    context["columns"] = import_columns.headings_of(sheet, keys)
    context["choices"] = import_columns.LABELS.items()
    context["rows"] = len(sheet.rows)
    context["heading_row"] = sheet.heading_row
    return render(request, "imports/columns.html", context, status=status)


def _plan(
    request: HttpRequest,
    run: ImportRun,
    context: dict[str, Any],
    form: ChoicesForm | None,
    status: int | None,
) -> HttpResponse:
    if "first_day" in request.POST:  # typed, and not kept in the run yet
        run.choices["answers"] = {**run.choices.get("answers", {}), **_answers(request)}
    ground = Ground(_user(request))
    plan = service.plan_of(run, ground)
    chosen = service.options_of(run)
    initial = {
        "first_day": chosen.first_day,
        "group": run.group,
        "add_seats": chosen.add_seats,
        "show_police": chosen.show_police,
    }
    groups = [group for pk, group in ground.groups.items() if pk in ground.editable]
    if form is None and "first_day" in request.POST:
        form = ChoicesForm(request.POST, groups=groups)
    every = request.GET.get("visa") == "alla"
    context |= {
        "plan": plan,
        "counts": plan.counts(),
        "form": form or ChoicesForm(groups=groups, initial=initial),
        "lines": plan.lines if every else plan.lines[:ROWS_SHOWN],
        "not_shown": 0 if every else max(0, len(plan.lines) - ROWS_SHOWN),
        "notes": [line for line in plan.lines if line.state == "left" and line.said],
    }
    return render(request, "imports/plan.html", context, status=status)


# -- the steps -----------------------------------------------------------------------------


def _keys(request: HttpRequest, number: int) -> list[str]:
    sent = [request.POST.get(f"kolumn-{at}", "") for at in range(number)]
    return [key if key in import_columns.LABELS else "" for key in sent]


def _back(run: ImportRun) -> HttpResponse:
    return redirect("governance:import_run", pk=run.pk)


def _choose_columns(request: HttpRequest, run: ImportRun) -> HttpResponse:
    number = len(run.sheet["headings"]) if run.sheet else 0
    if run.sheet:
        service.choose_columns(run=run, keys=_keys(request, number))
    return _back(run)


def _choose(request: HttpRequest, run: ImportRun) -> HttpResponse:
    form = ChoicesForm(request.POST, groups=editable_groups(_user(request)))
    if not form.is_valid():
        return _page(request, run.pk, form=form)
    service.choose(run=run, answers=_answers(request), **form.cleaned_data)
    return _back(run)


def _answers(request: HttpRequest) -> dict[str, str]:
    prefixes = ("person-", "ord-")
    return {name: text for name, text in request.POST.items() if name.startswith(prefixes)}


def _confirm(request: HttpRequest, run: ImportRun) -> HttpResponse:
    seen = request.POST.get("seen", "")
    done = service.confirm(user=_user(request), run=run, seen=seen)
    return _told(request, run, done)


def _discard(request: HttpRequest, run: ImportRun) -> HttpResponse:
    service.discard(run=run)
    messages.success(request, "Listan är bortkastad. Inget ur den finns kvar.")
    return redirect("governance:imports")


def _undo(request: HttpRequest, run: ImportRun) -> HttpResponse:
    groups = run.act.groups.select_related("agreement") if run.act else []
    for group in groups:
        if not allowed(request.user, EDIT_ROSTER, group):
            raise NotAllowed(EDIT_ROSTER, group)
    return _told(request, run, import_undo.undo_import(user=_user(request), run=run))


def _told(request: HttpRequest, run: ImportRun, done: Act) -> HttpResponse:
    messages.success(request, done.summary.splitlines()[0])
    return _back(run)


_STEPS: dict[str, Callable[[HttpRequest, ImportRun], HttpResponse]] = {
    "kolumner": _choose_columns,
    "val": _choose,
    "spara": _confirm,
    "slang": _discard,
    "angra": _undo,
}
