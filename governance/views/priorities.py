"""/prioriteringar/ and /styrgrupper/<slug>/prioriteringar/: what the groups have chosen."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.permissions import allowed, get_visible, visible_groups
from governance.queries import priority_sheets
from governance.queries.priorities import Choice, PriorityList, of_group
from governance.rights import EDIT_PRIORITIES
from governance.sheets import write_csv, write_xlsx
from governance.views.exports import file_response
from governance.views.group_verbs import GROUPS
from governance.views.reading import read

PER_PAGE = 100


@require_safe
def priorities(request: HttpRequest) -> HttpResponse:
    """The priorities of the day in the groups at work, narrowed by the address."""
    reading = read(request)
    choice = Choice.read(request.GET)
    found = PriorityList(reading.groups, reading.day, choice)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("sida"))
    kept = {} if reading.is_today else {"datum": reading.day.isoformat()}
    kept |= {"overenskommelse": reading.agreement.slug} if reading.agreement else {}
    may = {each.pk for each in found.groups if allowed(request.user, EDIT_PRIORITIES, each)}
    context = reading.context(
        choice=choice,
        page=page,
        rows=found.with_goals(list(page.object_list)),
        any_priority=bool(found.every),
        number_of_groups=len({row.priority.group_id for row in found.rows}),
        without=found.without,
        group_options=[(each.slug, each.name) for each in found.groups],
        challenge_options=found.challenges,
        may_edit=may if reading.is_today else set(),
        kept=kept.items(),
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
        plain=f"{request.path}{Choice().address(**kept)}",
    )
    return render(request, "priorities/priorities.html", context)


@require_safe
def export_priorities(request: HttpRequest) -> HttpResponse:
    """The rows that the page shows at the same address, all pages, one for each goal."""
    reading = read(request)
    found = PriorityList(reading.groups, reading.day, Choice.read(request.GET))
    rows = priority_sheets.priority_rows(found.with_goals(found.rows))
    headings = priority_sheets.headings()
    csv = request.GET.get("format") == "csv"
    content = (
        write_csv(headings, rows)
        if csv
        else write_xlsx(headings, rows, "Prioriteringar", days=priority_sheets.days())
    )
    return file_response(content, "prioriteringar", reading.day, csv=csv)


@require_safe
def group_priorities(request: HttpRequest, slug: str) -> HttpResponse:
    """What one group works, worked and will work with, with its goals and the verbs."""
    reading = read(request, narrows=False)
    group = get_visible(visible_groups(request.user).select_related("agreement"), slug=slug)
    may_edit = reading.is_today and allowed(request.user, EDIT_PRIORITIES, group)
    context = reading.context(
        group=group,
        found=of_group(group, reading.day),
        may_edit=may_edit,
        may_add=may_edit and not group.has_ended(reading.day),
        crumbs=[
            (GROUPS[0], reverse(GROUPS[1])),
            (group.name, reverse("governance:group", args=[group.slug])),
        ],
    )
    return render(request, "priorities/group.html", context)
