"""Pages that change contact routes: added, changed, ended."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.routes import AddRouteForm, ContactsForm, EndRouteForm
from governance.models import Act, Area, ContactRoute, Function, Organization, SteeringGroup
from governance.permissions import (
    NotAllowed,
    allowed,
    allowed_on_a_group,
    get_visible,
    require_to_edit_route,
    visible_areas,
    visible_groups,
    visible_organizations,
    visible_routes,
)
from governance.rights import EDIT_CONTACTS, EDIT_GROUP_CONTACTS, Account, rights
from governance.services import contacts as services
from governance.services.route_contacts import lines_of
from governance.swedish import in_words, phone_number
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.verb_pages import VerbPage, carry_out

HERE = ("Kontaktvägar", "governance:routes")
FUNCTIONS_ONLY = (
    "Skriv funktioner, aldrig personer. Brevlådan ska vara en funktionsbrevlåda, som flera kan "
    "läsa. 112 och 114 14 läggs inte in."
)


@form_page
def add_route(request: HttpRequest) -> HttpResponse:
    """A new route; `?organisation=`, `?grupp=`, `?omrade=`, `?riktning=` and `?syfte=` begin it."""
    organizations = _organizations(request.user)
    areas = _areas(request.user)
    groups = visible_groups(request.user).as_of(today()).order_by("sort_key")
    page = VerbPage(
        service=services.add_route,
        heading="Lägg till kontaktväg",
        lead=FUNCTIONS_ONLY,
        confirm="Lägg till kontaktvägen",
        cancel_url=reverse(HERE[1]),
        fixed={"today": today()},
        after=_back,
        crumbs=[(HERE[0], reverse(HERE[1]))],
        form_template="routes/form.html",
    )
    form = AddRouteForm(
        request.POST or None,
        user=request.user,
        titles=_titles(),
        organizations=organizations,
        areas=areas,
        groups=groups.select_related("agreement"),
        initial=_begun(request, organizations, areas, groups),
    )
    return carry_out(request, form, page)


@form_page
def change_route(request: HttpRequest, pk: int) -> HttpResponse:
    route = _route(request.user, pk)
    page = _page(
        route,
        services.change_route,
        heading="Ändra kontaktvägen",
        lead=FUNCTIONS_ONLY,
        confirm="Ändra kontaktvägen",
        form_template="routes/form.html",
    )
    page.fixed["today"] = today()
    known = [replace(line, phone=phone_number(line.phone)) for line in lines_of(route)]
    form = ContactsForm(
        request.POST or None, titles=_titles(), known=known, initial={"note": route.note}
    )
    return carry_out(request, form, page)


@form_page
def end_route(request: HttpRequest, pk: int) -> HttpResponse:
    route = _route(request.user, pk)
    page = _page(
        route,
        services.end_route,
        heading="Avsluta kontaktvägen",
        lead="Den visas inte efter den dagen. Lägg in en ny om någon annan ska svara.",
        confirm="Avsluta kontaktvägen",
        danger=True,
    )
    return carry_out(
        request, EndRouteForm(request.POST or None, initial={"last_day": today()}), page
    )


def _route(user: Account, pk: int) -> ContactRoute:
    """The visible route that the user may edit: 404, or a refusal in words."""
    rows = visible_routes(user).select_related("organization", "area", "group__agreement")
    route = get_visible(rows, pk=pk)
    require_to_edit_route(user, route.organization, route.group, route.area)
    return route


def _page(route: ContactRoute, service: Callable[..., Act], **texts: Any) -> VerbPage:
    place = f"{route.area.get_kind_display()} {route.area.name}" if route.area else ""
    facts = [
        ("Vem man når", str(route.organization)),
        ("Gäller", place or str(route.group)),
        ("Riktning", route.get_direction_display()),
        ("Syfte", route.get_purpose_display()),
        ("Från och med", in_words(route.valid_from)),
    ]
    if route.valid_through:
        facts.append(("Till och med", in_words(route.valid_through)))
    return VerbPage(
        service=service,
        cancel_url=reverse(HERE[1]),
        seen=lambda form: services.last_seen(route),
        fixed={"route": route},
        after=_back,
        about="Kontaktvägen",
        facts=facts,
        crumbs=[(HERE[0], reverse(HERE[1]))],
        **texts,
    )


def _back(done: Act) -> str:
    return reverse(HERE[1])


def _titles() -> QuerySet[Function, str]:
    """Functions to choose among while one types."""
    return Function.objects.order_by("sort_key").values_list("title", flat=True)


def _organizations(user: Account) -> QuerySet[Organization]:
    """Those to which the user may add routes: all visible ones, for coordinators of any kind.

    404 to those who belong to nothing, a refusal in words to those who may add none.
    """
    known = rights(user)
    if not known.agreements:
        raise Http404
    visible: Any = visible_organizations(user)
    rows: QuerySet[Organization] = visible.as_of(today()).order_by("sort_key")
    if allowed_on_a_group(user, EDIT_GROUP_CONTACTS):
        return rows
    mine = [each.pk for each in rows if allowed(user, EDIT_CONTACTS, each)]
    if not mine:
        raise NotAllowed(EDIT_CONTACTS, known.person.organization if known.person else rows[0])
    return rows.filter(pk__in=mine)


def _areas(user: Account) -> QuerySet[Area]:
    visible: Any = visible_areas(user)
    rows: QuerySet[Area] = visible.as_of(today())
    # A slug is one per kind: of two alike the lokalpolisområde comes first.
    return rows.order_by("kind", "sort_key")


def _begun(
    request: HttpRequest,
    organizations: QuerySet[Organization],
    areas: QuerySet[Area],
    groups: QuerySet[SteeringGroup],
) -> dict[str, Any]:
    """What the address has chosen already, where it can be chosen."""
    sent = {name: str(text).replace("\0", "")[:100] for name, text in request.GET.items()}
    chosen: dict[str, Any] = {"first_day": today()}
    named: list[tuple[str, str, QuerySet[Any]]] = [
        ("organisation", "organization", organizations),
        ("omrade", "area", areas),
        ("grupp", "group", groups),
    ]
    for word, name, rows in named:
        kind, _, slug = sent.get(word, "").rpartition(":")
        if slug:
            chosen[name] = rows.filter(slug=slug, **({"kind": kind} if kind else {})).first()
    return chosen | {"direction": sent.get("riktning", ""), "purpose": sent.get("syfte", "")}
