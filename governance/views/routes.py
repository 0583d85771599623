"""/kontaktvagar/: whom to call, both ways; one-click checks; a sheet for the police."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.models import Area, ContactRoute, RouteAttempt, User
from governance.permissions import (
    get_visible,
    groups_to_add_routes,
    may_add_routes,
    may_edit_routes,
    require_to_edit_route,
    visible_areas,
    visible_routes,
)
from governance.queries.missing_routes import MissingRoutes, missing_routes
from governance.queries.route_pages import cards
from governance.queries.route_sheets import owners
from governance.queries.routes import MISSING, STALE, TRIES, RouteChoice, RouteList, read_ground
from governance.services import route_checks
from governance.temporal import today
from governance.views.reading import read
from governance.views.verb_pages import tell

A_PAGE = 20
TO_SEE_TO = [
    (STALE, "Inte bekräftade på tolv månader"),
    (MISSING, "Grupper som saknar kontaktväg"),
]


@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """The routes in force on the day, and where none is known."""
    reading = read(request)
    now = timezone.now()
    choice = RouteChoice.read(request.GET)
    ground = read_ground(reading.groups, reading.agreements, reading.day)
    found = RouteList(request.user, ground, choice, reading.groups, now - TRIES)
    page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("sida"))
    shown = list(page.object_list)
    moment = now if reading.is_today else None
    editable = may_edit_routes(request.user, shown, ground.nesting) if moment else set()
    rows = cards(shown, reading.day, moment, editable=editable, user=request.user)
    context = reading.context(
        choice=choice,
        to_see_to=TO_SEE_TO if reading.is_today and may_add_routes(request.user) else [],
        only_missing=choice.visa == MISSING,
        may_add=reading.is_today and may_add_routes(request.user),
        found=found,
        page=page,
        sections=_sections(rows),
        missing=_missing(found),
        districts=[] if choice.visa else _districts(ground.areas),
        ways=ContactRoute.Direction.choices,
        purposes=ContactRoute.Purpose.choices,
        kept=[(name, value) for name, value in _kept(request)],
        keep_but_page=[(key, value) for key, value in request.GET.items() if key != "sida"],
    )
    return render(request, "routes/routes.html", context)


def _missing(found: RouteList) -> MissingRoutes | None:
    """Where none is known, unless only routes are asked for; those to see to when they are."""
    choice, ground = found.choice, found.ground
    if choice.visa == MISSING:
        mine = groups_to_add_routes(found.user, ground.groups.values())
        return missing_routes(ground, found.every, choice, mine)
    if choice.organisation or choice.visa == STALE:
        return None
    return missing_routes(ground, found.every, choice)


def _sections(rows: list[Any]) -> list[tuple[str, str, list[Any]]]:
    """Id of the heading, the heading, and its routes, for each direction that has any."""
    found = [
        (way.value, way.label.capitalize(), [row for row in rows if row.route.direction == way])
        for way in ContactRoute.Direction
    ]
    return [section for section in found if section[2]]


def _districts(areas: dict[int, Area]) -> list[Area]:
    police = [each for each in areas.values() if each.kind == Area.Kind.POLICE_DISTRICT]
    return sorted(police, key=lambda each: each.sort_key)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, request.GET[key]) for key in ("datum", "overenskommelse") if request.GET.get(key)]


@require_safe
def route_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One lokalpolisområde on A4: how the police reach those who have something there.

    On a day when the area was not there, the sheet says so.
    """
    reading = read(request, narrows=False)
    ground = read_ground(reading.groups, reading.agreements, reading.day)
    found = next((each for each in _districts(ground.areas) if each.slug == slug), None)
    district = found or get_visible(
        visible_areas(request.user), kind=Area.Kind.POLICE_DISTRICT, slug=slug
    )
    rows = owners(request.user, ground, district, reading.day) if found else []
    context = reading.context(
        district=district,
        was_there=found is not None,
        owners=[each for each in rows if each.cards],
        without=[each.organization for each in rows if not each.cards],
        crumbs=[("Kontaktvägar", reverse("governance:routes"))],
    )
    return render(request, "routes/sheet.html", context)


@require_POST
def verify_route(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the route still holds."""
    route = _visible(request, pk)
    require_to_edit_route(request.user, route.organization, route.group, route.area)
    return _done(
        request,
        route,
        lambda: tell(
            request, route_checks.verify(user=_account(request), route=route, day=today())
        ),
    )


@require_POST
def try_route(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: somebody answered (`svar=ja`), or nobody did."""
    route = _visible(request, pk)
    answered = request.POST.get("svar") == "ja"

    def note() -> None:
        route_checks.note_attempt(
            user=_account(request), route=route, answered=answered, now=timezone.now()
        )
        what = "att du fick svar" if answered else "att du inte fick svar"
        messages.success(request, f"Noterat {what}. Du kan ta tillbaka det inom 15 minuter.")

    return _done(request, route, note)


@require_POST
def take_back_attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one's own try; another's is a 404."""
    mine = RouteAttempt.objects.filter(user=request.user).select_related("route")
    attempt = get_visible(mine, pk=pk)

    def forget() -> None:
        route_checks.take_back(user=_account(request), attempt=attempt, now=timezone.now())
        messages.success(request, "Försöket är borttaget.")

    return _done(request, attempt.route, forget)


def _account(request: HttpRequest) -> User:
    """Whoever asks is signed in: the middleware lets nobody else in."""
    return cast(User, request.user)


def _visible(request: HttpRequest, pk: int) -> ContactRoute:
    """A route in force today that the reader may see, else a 404."""
    rows = ContactRoute.objects.as_of(today()).filter(pk__in=visible_routes(request.user))
    return get_visible(rows.select_related("organization", "area", "group__agreement"), pk=pk)


def _done(request: HttpRequest, route: ContactRoute, work: Callable[[], None]) -> HttpResponse:
    """Carry out the click and go back to the route, in the choice it was shown in."""
    try:
        work()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    back = RouteChoice.read(request.POST).address()
    return redirect(f"{reverse('governance:routes')}{back}#vag-{route.pk}")
