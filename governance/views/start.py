"""/: what needs the reader; every count is a link to the same list."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.models import Agreement, Person, SteeringGroup
from governance.permissions import allowed, groups_to_add_routes, may_add_routes
from governance.queries.mandate_lists import Choice, MandateList
from governance.queries.missing_routes import missing_routes
from governance.queries.rosters import SeatCounts, count
from governance.queries.routes import TRIES, Ground, RouteChoice, RouteList, read_ground
from governance.queries.seat_tables import SeatTable
from governance.queries.waiting import followup_tasks, late_measures, measure_tasks, waiting_for
from governance.queries.work import (
    OwnRole,
    Task,
    coordinator_tasks,
    own_roles,
    route_tasks,
    seat_tasks,
    tasks_to_answer,
)
from governance.rights import EDIT_ROSTER, EDIT_STRUCTURE
from governance.views.reading import Reading, read


@dataclass(frozen=True)
class Worklist:
    """What the reader should see to; `where` names the part when it is not all that is shown."""

    anchor: str
    where: str
    tasks: list[Task]


@dataclass(frozen=True)
class RoleCard:
    """A group that the reader leads, and what is to be done there by others."""

    own: OwnRole
    tasks: list[Task]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """One part for each thing that the reader is; most readers are one thing."""
    reading = read(request)
    person: Person | None = getattr(request.user, "person", None)
    table = SeatTable(reading.groups, reading.day)
    kept = [each for each in table.groups.values() if allowed(request.user, EDIT_ROSTER, each)]
    ground = _ground(request, reading)
    worklists = _worklists(request, reading, table, kept, ground)
    if worklists and reading.is_today:
        worklists[0].tasks[:0] = tasks_to_answer(request.user, kept, _keep(reading))
    if about_routes := _route_tasks(request, reading, ground):
        worklists = worklists or [Worklist("kontaktvagar", "", [])]
        worklists[0].tasks.extend(about_routes)
    if followed := _followed_up(request, reading, person):
        if not worklists or worklists[0].where:
            worklists.insert(0, Worklist("uppfoljning", "", []))
        worklists[0].tasks.extend(followed)
    context = reading.context(
        worklists=worklists,
        kept=kept,
        roles=_roles(request, reading, table) if person else [],
        **_own_organization(person, reading, table),
    )
    return render(request, "start/start.html", context)


def _worklists(
    request: HttpRequest,
    reading: Reading,
    table: SeatTable,
    kept: list[SteeringGroup],
    ground: Ground | None,
) -> list[Worklist]:
    """Of each agreement that the reader coordinates, and of the other rosters she keeps."""
    mine = [each for each in reading.agreements if allowed(request.user, EDIT_STRUCTURE, each)]
    whole = bool(mine) and len(mine) == len(reading.agreements)
    found = [
        _of_agreements(request, reading, table, None if whole else each, ground)
        for each in (mine[:1] if whole else mine)
    ]
    single = [group for group in kept if group.agreement not in mine]
    if len(single) > 1 and not mine:
        tasks = _tasks(request, reading, table, Choice(mina="1"))
        return [Worklist("grupperna", "grupperna där du ändrar ledamöter", tasks)]
    for group in single:
        tasks = _tasks(request, reading, table, Choice(grupp=group.slug))
        found.append(Worklist(group.slug, group.name, tasks))
    return found


def _of_agreements(
    request: HttpRequest,
    reading: Reading,
    table: SeatTable,
    agreement: Agreement | None,
    ground: Ground | None,
) -> Worklist:
    """The work of a coordinator: of one agreement, or of all that is shown."""
    groups, agreements, keep = reading.groups, reading.agreements, _keep(reading)
    within = None
    if agreement is not None:
        groups, agreements = groups.filter(agreement=agreement), [agreement]
        keep["overenskommelse"] = agreement.slug
        ground = ground.narrowed(agreement) if ground else None
        within = [pk for pk, group in table.groups.items() if group.agreement == agreement]
    seats = MandateList(request.user, table, Choice(), within)
    tasks = coordinator_tasks(
        groups, agreements, seats, coming=reading.is_today, keep=keep, ground=ground
    )
    if agreement is None:
        return Worklist("allt", "", tasks)
    return Worklist(agreement.slug, agreement.name, tasks)


def _roles(request: HttpRequest, reading: Reading, table: SeatTable) -> list[RoleCard]:
    """The groups that the reader leads; what she keeps herself stands in her work list."""
    found = []
    for own in own_roles(request.user, table.groups, reading.day):
        group = table.groups[own.group.pk]
        mine = allowed(request.user, EDIT_ROSTER, group)
        choice = Choice(grupp=group.slug)
        found.append(RoleCard(own, [] if mine else _tasks(request, reading, table, choice)))
    return found


def _ground(request: HttpRequest, reading: Reading) -> Ground | None:
    """Today's areas and groups, for those who edit any contact route."""
    if not reading.is_today or not may_add_routes(request.user):
        return None
    return read_ground(reading.groups, reading.agreements, reading.day)


def _route_tasks(request: HttpRequest, reading: Reading, ground: Ground | None) -> list[Task]:
    """Contact routes to see to, for those who edit any."""
    if ground is None:
        return []
    since = timezone.now() - TRIES
    found = RouteList(request.user, ground, RouteChoice(), reading.groups, since)
    mine = groups_to_add_routes(request.user, ground.groups.values())
    missing = missing_routes(ground, found.every, found.choice, mine)
    return route_tasks(len(found.stale), missing.number, _keep(reading))


def _followed_up(request: HttpRequest, reading: Reading, person: Person | None) -> list[Task]:
    """Follow-ups that wait for the reader, and late measures; only of what is so today."""
    if not reading.is_today or not reading.agreements:
        return []
    user, groups, day, keep = request.user, reading.groups, reading.day, _keep(reading)
    late = late_measures(user, groups, day)
    own = [person.organization] if person else []
    return [
        *followup_tasks(waiting_for(user, groups, day), keep),
        *measure_tasks(user, late, own, day, keep),
    ]


def _tasks(request: HttpRequest, reading: Reading, table: SeatTable, choice: Choice) -> list[Task]:
    return seat_tasks(MandateList(request.user, table, choice), _keep(reading))


def _keep(reading: Reading) -> dict[str, str]:
    """What goes with every address from here: the day shown and the agreement chosen."""
    keep = {} if reading.is_today else {"datum": reading.day.isoformat()}
    return keep | ({"overenskommelse": reading.agreement.slug} if reading.agreement else {})


def _own_organization(person: Person | None, reading: Reading, table: SeatTable) -> dict[str, Any]:
    """The seats of the organisation where the reader works."""
    if person is None or not reading.agreements:
        return {"organization": None}
    own = table.of(person.organization_id)
    counts: SeatCounts = count((each.seat, each.status) for each in own)
    return {"organization": person.organization, "own_seats": own, "own_counts": counts}
