"""/: what needs the reader; every count is a link to the same list."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.models import Agreement, Person, SteeringGroup
from governance.permissions import allowed
from governance.queries.rosters import SeatCounts, count, seats_of
from governance.queries.work import Task, coordinator_tasks, own_roles
from governance.rights import EDIT_ROSTER, EDIT_STRUCTURE
from governance.views.reading import Reading, read


@dataclass(frozen=True)
class Worklist:
    """What a coordinator should see to; `agreement` is named when it is one of several."""

    agreement: Agreement | None
    tasks: list[Task]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """One part for each thing that the reader is; most readers are one thing."""
    reading = read(request)
    person: Person | None = getattr(request.user, "person", None)
    context = reading.context(
        worklists=[_worklist(reading, scope) for scope in _scopes(request, reading)],
        kept=_kept(request, reading),
        roles=own_roles(person, reading.groups, reading.day) if person else [],
        **_own_organization(person, reading),
    )
    return render(request, "start/start.html", context)


def _kept(request: HttpRequest, reading: Reading) -> list[SteeringGroup]:
    """The groups of the day whose rosters the reader keeps, one step away."""
    rows = reading.groups.as_of(reading.day).select_related("agreement").order_by("sort_key")
    return [group for group in rows if allowed(request.user, EDIT_ROSTER, group)]


def _scopes(request: HttpRequest, reading: Reading) -> list[Agreement | None]:
    """What the reader coordinates: None for all that is shown, else each agreement by itself."""
    mine = [each for each in reading.agreements if allowed(request.user, EDIT_STRUCTURE, each)]
    if mine and len(mine) == len(reading.agreements):
        return [None]
    return [*mine]


def _worklist(reading: Reading, agreement: Agreement | None) -> Worklist:
    groups, agreements = reading.groups, reading.agreements
    chosen = agreement or reading.agreement
    keep = {} if reading.is_today else {"datum": reading.day.isoformat()}
    if chosen is not None:
        groups, agreements = groups.filter(agreement=chosen), [chosen]
        keep["overenskommelse"] = chosen.slug
    tasks = coordinator_tasks(groups, agreements, reading.day, coming=reading.is_today, **keep)
    return Worklist(agreement, tasks)


def _own_organization(person: Person | None, reading: Reading) -> dict[str, Any]:
    """The seats of the organisation where the reader works."""
    if person is None or not reading.agreements:
        return {"organization": None}
    own = seats_of(person.organization_id, reading.groups, reading.day)
    counts: SeatCounts = count((each.seat, each.status) for each in own)
    return {"organization": person.organization, "own_seats": own, "own_counts": counts}
