"""/begaran/: an organisation asks for a seat in a group, and is answered."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.inquiries import WithdrawForm
from governance.forms.seat_requests import AskSeatForm, DeclineSeatForm, GrantSeatForm
from governance.models import Act, Organization, SeatRequest
from governance.permissions import (
    NotAllowed,
    allowed,
    get_visible,
    require,
    visible_groups,
    visible_organizations,
)
from governance.queries.seat_requests import RequestLists
from governance.rights import APPOINT_OWN, EDIT_ROSTER, rights
from governance.services import seat_requests as services
from governance.swedish import in_words
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.reading import read
from governance.views.verb_pages import VerbPage, carry_out

HERE = ("Begäran om plats", "governance:seat_requests")


@require_safe
def seat_requests(request: HttpRequest) -> HttpResponse:
    """What is to be answered, the own organisation's requests, and what has been answered."""
    reading = read(request)
    if not reading.agreements:
        raise Http404
    groups = reading.groups.select_related("agreement")
    lists = RequestLists(request.user, groups, reading.day, past=not reading.is_today)
    appoints = {
        each.organization_id
        for each in lists.own
        if allowed(request.user, APPOINT_OWN, each.organization)
    }
    context = reading.context(
        lists=lists,
        appoints=appoints,
        only_waiting=request.GET.get("visa") == "att-svara",
        crumbs=[("Uppdrag", reverse("governance:mandates"))],
    )
    return render(request, "seat_requests/seat_requests.html", context)


@form_page
def request_seat(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_visible(visible_groups(request.user).select_related("agreement"), slug=slug)
    visible: Any = visible_organizations(request.user)
    mine = [each.pk for each in visible.as_of(today()) if allowed(request.user, APPOINT_OWN, each)]
    if not mine:
        person = rights(request.user).person
        raise NotAllowed(APPOINT_OWN, person.organization if person else group.agreement)
    here = reverse("governance:group", args=[group.slug])
    page = VerbPage(
        service=services.ask,
        heading="Be om en plats i gruppen",
        lead=f"Begäran går till samordnaren för {group.name}, som beviljar eller avböjer den.",
        confirm="Skicka begäran",
        cancel_url=here,
        groups=lambda form: [group],
        done=lambda act: group,
        fixed={"group": group, "day": today()},
        after=_back,
        crumbs=[(GROUPS[0], reverse(GROUPS[1])), (group.name, here)],
    )
    form = AskSeatForm(
        request.POST or None,
        organizations=Organization.objects.filter(pk__in=mine),
        chosen=request.GET.get("organisation", ""),
    )
    return carry_out(request, form, page)


@form_page
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    require(request.user, APPOINT_OWN, found.organization)
    page = _page(
        found,
        services.withdraw,
        heading="Ta tillbaka begäran om plats",
        lead="Gruppens samordnare behöver inte svara längre.",
        confirm="Ta tillbaka begäran",
        danger=True,
    )
    return carry_out(request, WithdrawForm(request.POST or None), page)


@form_page
def grant_request(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    require(request.user, EDIT_ROSTER, found.group)
    page = _page(
        found,
        services.grant,
        heading="Bevilja begäran om plats",
        lead=f"{found.organization} får platsen i {found.group.name} och utser själv ledamot.",
        confirm="Bevilja platsen",
    )
    return carry_out(request, GrantSeatForm(request.POST or None, today=today()), page)


@form_page
def decline_request(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    require(request.user, EDIT_ROSTER, found.group)
    page = _page(
        found,
        services.decline,
        heading="Avböj begäran om plats",
        lead="Organisationen läser svaret.",
        confirm="Avböj begäran",
        danger=True,
    )
    return carry_out(request, DeclineSeatForm(request.POST or None), page)


def _find(request: HttpRequest, pk: int) -> SeatRequest:
    rows = SeatRequest.objects.filter(group__in=visible_groups(request.user))
    return get_visible(rows.select_related("group__agreement", "organization", "function"), pk=pk)


def _page(found: SeatRequest, service: Callable[..., Act], **texts: Any) -> VerbPage:
    return VerbPage(
        service=service,
        cancel_url=reverse(HERE[1]),
        seen=lambda form: services.last_seen(found),
        fixed={"request": found},
        after=_back,
        about="Begäran",
        facts=[
            ("Organisation", str(found.organization)),
            ("Grupp", found.group.name),
            ("Funktion", found.function.title),
            ("Begärd den", in_words(found.day)),
            ("Varför", found.why),
        ],
        crumbs=[(HERE[0], reverse(HERE[1]))],
        **texts,
    )


def _back(done: Act) -> str:
    return reverse(HERE[1])
