"""/styrgrupper/: the list of groups, one group, and its history."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import GroupDecision, SteeringGroup
from governance.permissions import allowed, get_visible, may_fill_of, visible_groups
from governance.queries import groups as queries
from governance.queries.histories import group_acts, names_before
from governance.queries.meetings import with_meetings
from governance.queries.rosters import roster
from governance.queries.tenses import NOW, TENSES, coming, earlier_holders, with_tense_counts
from governance.rights import EDIT_ROSTER, EDIT_STRUCTURE
from governance.views.reading import Reading, read
from governance.views.undo import offered

ACTS_A_PAGE = 25
EARLIER_AT_MOST = 200


@dataclass(frozen=True)
class Verb:
    """Something that may be done with the group now, and the page where it is done."""

    label: str
    url: str


# What can be done in each state: (label, name of the page). A group that has ended keeps
# nothing but the registration of its decisions, which stands beside each of them.
_PROPOSED = [
    ("Gör gruppen aktiv", "activate"),
    ("Ändra täckning", "change_coverage"),
    ("Upplös gruppen", "dissolve"),
]
_ACTIVE = [
    ("Ändra täckning", "change_coverage"),
    ("Låt gruppen vila", "rest"),
    ("Slå ihop", "merge"),
    ("Upplös gruppen", "dissolve"),
]
_VERBS = {
    "starting": _PROPOSED,
    "proposed": _PROPOSED,
    "active": _ACTIVE,
    "active_unregistered": _ACTIVE,
    "resting": [("Återuppta gruppen", "resume"), *_ACTIVE[:1], *_ACTIVE[2:]],
}


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of the day, narrowed by what stands in the address."""
    reading = read(request)
    choice = queries.Choice.read(request.GET)
    table = queries.GroupTable(reading.groups, reading.day)
    rows = table.choose(choice, coming=reading.is_today)
    context = reading.context(
        rows=rows,
        choice=choice,
        ended=sum(row.state.code == "ended" for row in table.every),
        filled=sum(row.seats.filled for row in rows),
        vacant=sum(row.seats.vacant for row in rows),
        unregistered=sum(row.lacks_registration for row in rows),
        kinds=SteeringGroup.Kind.choices,
        bases=SteeringGroup.Basis.choices,
        states=queries.STATES.items(),
        seat_choices=queries.SEATS.items(),
        may_propose=reading.is_today and _edits_something(request, reading),
    )
    return render(request, "groups/groups.html", context)


def _edits_something(request: HttpRequest, reading: Reading) -> bool:
    return any(allowed(request.user, EDIT_STRUCTURE, each) for each in reading.agreements)


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group on the day: who sits there, where it works and on whose decision."""
    reading = read(request)
    visible = visible_groups(request.user)
    counted = with_meetings(with_tense_counts(visible, reading.day), reading.day)
    found = _find(counted, reading, slug)
    state = found.state(reading.day)
    may_edit = reading.is_today and allowed(request.user, EDIT_STRUCTURE, found.agreement)
    may_describe = reading.is_today and allowed(request.user, EDIT_ROSTER, found)
    decisions = queries.decisions(found, reading.day, coming=reading.is_today)
    decided = any(decision.act == GroupDecision.Kind.CREATE for decision in decisions)
    context = reading.context(
        group=found,
        state=state,
        **_staff(request, found, reading, state.code),
        places=queries.places(found, reading.day),
        decisions=decisions,
        relations=queries.relations(found, visible, reading.day),
        verbs=_verbs(found, state.code, decided=decided) if may_edit else {},
        may_register=may_edit,
        may_describe=may_describe and state.code != "ended",
        crumbs=[("Styrgrupper", reverse("governance:groups"))],
    )
    return render(request, "groups/group.html", context)


def _staff(
    request: HttpRequest, group: SteeringGroup, reading: Reading, state: str
) -> dict[str, Any]:
    """Who sits there on the day, or the tab asked for: who did before, or will after it.

    `fills` are the seats on which the reader may say who sits.
    """
    asked = request.GET.get("visa", NOW)
    tense = asked if asked in TENSES else NOW
    counts = {"tidigare": group.earlier_count, "kommande": group.coming_count}  # type: ignore[attr-defined]
    found: dict[str, Any] = {
        "tense": tense,
        "tabs": [(each, label, counts.get(each)) for each, label in TENSES.items()],
        "has_other_days": any(counts.values()),
    }
    if tense == "tidigare":
        found["earlier"] = earlier_holders(request.user, group, reading.day, EARLIER_AT_MOST)
        found["earlier_at_most"] = EARLIER_AT_MOST
    elif tense == "kommande":
        found["coming"] = coming(request.user, group, reading.day)
    else:
        found["roster"] = seats = roster(request.user, group, reading.day)
        if reading.is_today and state != "ended":
            found["fills"] = may_fill_of(request.user, group, (row.seat for row in seats.rows))
    return found


def _find(visible: queries.SteeringGroupQuerySet, reading: Reading, slug: str) -> SteeringGroup:
    rows = visible.with_state(reading.day).select_related("agreement", "parent")
    return get_visible(rows, slug=slug)


def _verbs(group: SteeringGroup, state: str, *, decided: bool) -> dict[str, Verb]:
    """The verbs that make sense in the state, by the name of their page.

    A group that is decided for a later day is not made active once more.
    """
    found = {}
    for label, name in _VERBS.get(state, []):
        if name == "activate" and decided:
            continue
        if name == "merge":
            url = f"{reverse('governance:merge')}?grupp={group.slug}"
        else:
            url = reverse(f"governance:{name}", args=[group.slug])
        found[name] = Verb(label, url)
    return found


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What has been done with the group."""
    reading = read(request)
    found = _find(visible_groups(request.user), reading, slug)
    acts = group_acts(request.user, found, None if reading.is_today else reading.day)
    page = Paginator(acts, ACTS_A_PAGE).get_page(request.GET.get("sida"))
    context = reading.context(
        group=found,
        state=found.state(reading.day),
        page=page,
        undo_offered=offered(request.user, page.object_list),
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
        called=names_before(found),
        may_read_notes=allowed(request.user, EDIT_ROSTER, found),
        crumbs=[
            ("Styrgrupper", reverse("governance:groups")),
            (found.name, reverse("governance:group", args=[found.slug])),
        ],
    )
    return render(request, "groups/history.html", context)
