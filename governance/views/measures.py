"""/atgarder/: what is done about the priorities, over all groups, in one group, and one of them."""

from collections.abc import Callable
from functools import cache, partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.documents.measure_plots import group_plot, measures_plot
from governance.models import SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import allowed, get_visible, visible_groups, works_with
from governance.queries import measure_sheets
from governance.queries.measure_lists import (
    BY_CHALLENGE,
    BY_GROUP,
    BY_ORGANIZATION,
    LATE,
    ORDERS,
    PARTS,
    STATES,
    UNFINISHED,
    Choice,
    MeasureList,
)
from governance.queries.measures import MeasureRow, measures_in
from governance.rights import EDIT_PRIORITIES
from governance.sheets import write_csv, write_xlsx
from governance.views.exports import file_response
from governance.views.group_verbs import GROUPS
from governance.views.plot_figures import PlotFigure, drawn_at
from governance.views.reading import Reading, read
from governance.views.situation_pictures import address_of

MEASURES = ("Åtgärder", "governance:measures")
PER_PAGE = 100


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Every measure of the reader's groups, narrowed by the address, late ones first."""
    reading = read(request)
    found = _found(request, reading, reading.groups, Choice.read(request.GET))
    choice = found.choice
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("sida"))
    context = reading.context(
        found=found,
        choice=choice,
        page=page,
        rows=page.object_list,
        edits=any(row.may_edit for row in page.object_list),
        kept=_kept(reading),
        tabs=[
            (label, _address(reading, lage=word), choice == Choice(lage=word))
            for word, label in [("", "Alla"), (LATE, "Försenade"), (UNFINISHED, "Inte klara")]
        ],
        per=choice.per or BY_GROUP,
        parts=PARTS.items(),
        figure=PlotFigure(
            measures_plot(found),
            reverse("governance:measures_plot") + choice.address(**dict(_kept(reading))),
        ),
        plain=f"{request.path}{_address(reading)}",
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
        states=STATES.items(),
        orders=[(word, label) for word, (label, _) in ORDERS.items()],
        groups=found.options(BY_GROUP),
        organizations=found.options(BY_ORGANIZATION),
        challenges=found.options(BY_CHALLENGE),
        years=[(year, year) for year in found.years],
        whose=[("1", "De som jag arbetar med")],
    )
    return render(request, "measures/measures.html", context)


@require_safe
def export_measures(request: HttpRequest) -> HttpResponse:
    """The measures that /atgarder/ shows at the same address, all pages of them."""
    reading = read(request)
    measures = measures_in(request.user, reading.groups).prefetch_related("places")
    choice, is_mine = Choice.read(request.GET), _is_mine(request)
    rows = MeasureList(measures, choice, reading.day, is_mine=is_mine).rows
    lines = measure_sheets.sheet_rows(rows)
    if request.GET.get("format") == "csv":
        content = write_csv(measure_sheets.HEADINGS, lines)
        return file_response(content, "atgarder", reading.day, csv=True)
    content = write_xlsx(measure_sheets.HEADINGS, lines, "Åtgärder", days=measure_sheets.DAYS)
    return file_response(content, "atgarder", reading.day, csv=False)


@require_safe
def group_measures(request: HttpRequest, slug: str) -> HttpResponse:
    """What one group does, late ones first, with the verbs on each."""
    reading = read(request, narrows=False)
    visible = visible_groups(request.user).select_related("agreement")
    group = get_visible(visible, slug=slug)
    found = _found(request, reading, visible.filter(pk=group.pk), Choice())
    may_edit = reading.is_today and allowed(request.user, EDIT_PRIORITIES, group)
    context = reading.context(
        group=group,
        found=found,
        rows=found.rows,
        figure=PlotFigure(
            group_plot(group, found), drawn_at(reading, "group_measures_plot", group.slug)
        ),
        edits=may_edit,
        may_edit=may_edit,
        crumbs=[
            (GROUPS[0], reverse(GROUPS[1])),
            (group.name, reverse("governance:group", args=[group.slug])),
        ],
    )
    return render(request, "measures/group.html", context)


@require_safe
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure: what, who, when, and how far it has come."""
    reading = read(request, narrows=False)
    rows = measures_in(request.user, visible_groups(request.user)).select_related(
        "plan__picture__area", "plan__picture__group", "plan__picture__agreement"
    )
    found = get_visible(rows.prefetch_related("places"), pk=pk)
    may_edit = reading.is_today and allowed(request.user, EDIT_PRIORITIES, found.group)
    context = reading.context(
        measure=found,
        row=MeasureRow(found, found.is_late(reading.day), may_edit),
        group=found.group,
        picture_url=address_of(request.user, found.plan.picture) if found.plan else "",
        crumbs=[
            (MEASURES[0], reverse(MEASURES[1])),
            (found.group.name, reverse("governance:group_measures", args=[found.group.slug])),
        ],
    )
    return render(request, "measures/measure.html", context)


def _found(
    request: HttpRequest, reading: Reading, groups: SteeringGroupQuerySet, choice: Choice
) -> MeasureList:
    measures = measures_in(request.user, groups)
    may_edit = cache(partial(_may_edit, request, reading))
    return MeasureList(measures, choice, reading.day, may_edit, _is_mine(request))


def _is_mine(request: HttpRequest) -> Callable[[SteeringGroup], bool]:
    return cache(partial(works_with, request.user))


def _may_edit(request: HttpRequest, reading: Reading, group: SteeringGroup) -> bool:
    return reading.is_today and allowed(request.user, EDIT_PRIORITIES, group)


def _kept(reading: Reading) -> list[tuple[str, str]]:
    """What of the address stays when another choice is made: the day and the agreement."""
    kept = [] if reading.is_today else [("datum", reading.day.isoformat())]
    return kept + ([("overenskommelse", reading.agreement.slug)] if reading.agreement else [])


def _address(reading: Reading, **choice: str) -> str:
    return Choice(**choice).address(**dict(_kept(reading))) or "?"
