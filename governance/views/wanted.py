"""/funktioner/ and /styrgrupper/<slug>/funktioner/: what is wanted, and how it is met."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Organization, WantedFunction
from governance.permissions import allowed, allowed_on_a_group, get_visible, visible_groups
from governance.queries import functions as queries
from governance.queries.wanted import WishRow, in_words, of_group, total, wishes
from governance.rights import EDIT_PRIORITIES, EDIT_ROSTER, Account, rights
from governance.views.reading import read


@require_safe
def functions(request: HttpRequest) -> HttpResponse:
    """Every wanted function against the groups of the day, narrowed by the address."""
    reading = read(request)
    choice = queries.Choice.read(request.GET)
    every = wishes(reading.groups, reading.day)
    rows = [row for row in every if choice.takes(row)]
    counts = total(rows)
    kinds = {row.wish.organization_kind for row in every}
    own = _own_organization(request.user)
    context = reading.context(
        choice=choice,
        any_wish=bool(every),
        columns=queries.columns(rows),
        matrices=queries.matrices(rows),
        groups={row.group.pk for row in rows},
        counts=counts,
        wanted_number=counts.total(),
        sums=in_words(counts),
        kinds=[kind for kind in Organization.Kind.choices if kind[0] in kinds],
        needs=WantedFunction.Need.choices,
        asked=[(word, label) for word, (_, label) in queries.ASKED.items()],
        chosen_kind=Organization.Kind(choice.slag).label if choice.slag else "",
        own=own if own is not None and own.kind in kinds else None,
        may_add=_may_add(request.user, rows) if reading.is_today else set(),
        crumbs=[("Uppdrag", reverse("governance:mandates"))],
        may_want=reading.is_today and allowed_on_a_group(request.user, EDIT_PRIORITIES),
    )
    return render(request, "wanted/functions.html", context)


def _own_organization(user: Account) -> Organization | None:
    """Where the reader works, who may want to know what is wanted from there."""
    person = rights(user).person
    return person.organization if person is not None else None


def _may_add(user: Account, rows: list[WishRow]) -> set[int]:
    """The groups to which the reader may add a seat."""
    groups = {row.group.pk: row.group for row in rows}
    return {pk for pk, group in groups.items() if allowed(user, EDIT_ROSTER, group)}


@require_safe
def group_functions(request: HttpRequest, slug: str) -> HttpResponse:
    """What one group wants, wanted and will want, with the verbs on each wish."""
    reading = read(request)
    visible = visible_groups(request.user).with_state(reading.day).select_related("agreement")
    group = get_visible(visible, slug=slug)
    state = group.state(reading.day)
    found = of_group(group, reading.day)
    open_today = reading.is_today and state.code != "ended"
    context = reading.context(
        group=group,
        state=state,
        wishes=found,
        may_edit=open_today and allowed(request.user, EDIT_PRIORITIES, group),
        may_add=open_today and allowed(request.user, EDIT_ROSTER, group),
        crumbs=[
            ("Styrgrupper", reverse("governance:groups")),
            (group.name, reverse("governance:group", args=[group.slug])),
        ],
    )
    return render(request, "wanted/group.html", context)
