"""Pages that change what is wanted: stated, changed, ended, and met by other seats."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.wanted import ChangeWishForm, EndWishForm, TieSeatsForm, WantForm
from governance.models import Act, SteeringGroup, WantedFunction
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import NotAllowed, allowed, get_visible, require, visible_groups
from governance.rights import EDIT_PRIORITIES, Account
from governance.services import wanted
from governance.services.wanted_rows import equal_seats
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.seat_verbs import Facts, period
from governance.views.verb_pages import VerbPage, carry_out

FUNCTIONS = ("Önskade funktioner", "governance:functions")


@form_page
def want(request: HttpRequest) -> HttpResponse:
    groups = _groups_to_change(request.user)
    chosen = request.GET.get("grupp", "")
    page = VerbPage(
        service=wanted.want,
        heading="Lägg till önskad funktion",
        lead="Säg vilken funktion som behövs och i vilka grupper. "
        "Platser som redan finns för funktionen räknas genast.",
        confirm="Lägg till önskemålet",
        cancel_url=_back(groups.filter(slug=chosen).first()),
        groups=lambda form: form.chosen(),
        done=lambda act: act.groups.all()[0],
        after=_after,
        crumbs=[(FUNCTIONS[0], reverse(FUNCTIONS[1]))],
    )
    form = WantForm(request.POST or None, groups=groups, chosen=chosen, today=today())
    return carry_out(request, form, page)


@form_page
def change_wish(request: HttpRequest, pk: int) -> HttpResponse:
    wish = _wish_to_change(request.user, pk)
    page = _page_of(
        wish,
        wanted.change_wish,
        heading="Ändra önskad funktion",
        lead="Det som gällde förut står kvar på de dagar då det gällde.",
        confirm="Ändra önskemålet",
    )
    return carry_out(request, ChangeWishForm(request.POST or None, wish=wish, today=today()), page)


@form_page
def end_wish(request: HttpRequest, pk: int) -> HttpResponse:
    wish = _wish_to_change(request.user, pk)
    page = _page_of(
        wish,
        wanted.end_wish,
        heading="Avsluta önskad funktion",
        lead="Platserna i gruppen finns kvar, men räknas inte längre mot önskemålet.",
        confirm="Avsluta önskemålet",
        danger=True,
    )
    return carry_out(request, EndWishForm(request.POST or None, today=today()), page)


@form_page
def tie_seats(request: HttpRequest, pk: int) -> HttpResponse:
    wish = _wish_to_change(request.user, pk)
    page = _page_of(
        wish,
        wanted.tie_seats,
        heading="Välj platser som uppfyller önskemålet",
        lead="Platser med samma funktion och från samma slag av organisation kan väljas. "
        "Valet gäller alla dagar, också bakåt i tiden.",
        confirm="Spara valet",
    )
    sent = request.POST if request.method == "POST" else None  # nothing may be ticked
    form = TieSeatsForm(sent, seats=equal_seats(wish))
    return carry_out(request, form, page)


def _groups_to_change(user: Account) -> SteeringGroupQuerySet:
    """The groups of today or later whose wishes the reader may change, at least one."""
    visible = visible_groups(user).outlasting(today()).select_related("agreement")
    every = list(visible)
    mine = [group.pk for group in every if allowed(user, EDIT_PRIORITIES, group)]
    if not every:
        raise Http404
    if not mine:
        raise NotAllowed(EDIT_PRIORITIES, every[0])
    return visible.filter(pk__in=mine)


def _wish_to_change(user: Account, pk: int) -> WantedFunction:
    """The wish, if the reader may see its group (else 404) and change it (else a refusal)."""
    rows = WantedFunction.objects.filter(group__in=visible_groups(user))
    wish = get_visible(rows.select_related("group__agreement", "function"), pk=pk)
    require(user, EDIT_PRIORITIES, wish.group)
    return wish


def _page_of(wish: WantedFunction, service: Callable[..., Act], **more: Any) -> VerbPage:
    here = reverse("governance:group_functions", args=[wish.group.slug])
    return VerbPage(
        service=service,
        cancel_url=here,
        groups=lambda form: [wish.group],
        done=lambda act: wish.group,
        after=lambda act: here,
        fixed={"wish": wish},
        facts=_facts(wish),
        crumbs=[
            (GROUPS[0], reverse(GROUPS[1])),
            (wish.group.name, reverse("governance:group", args=[wish.group.slug])),
            (FUNCTIONS[0], here),
        ],
        **more,
    )


def _facts(wish: WantedFunction) -> Facts:
    days = period(wish)
    return [
        ("Funktion", wish.function.title.capitalize()),
        ("Från", wish.get_organization_kind_display().capitalize()),
        ("Behov", wish.get_need_display().capitalize()),
        ("Lägsta nivå", wish.get_level_display().capitalize() or "Vilken som helst"),
        ("Antal", str(wish.number)),
        ("Utses av", wish.appoints[:1].upper() + wish.appoints[1:] or "Ej angivet"),
        ("Tid", days[:1].upper() + days[1:]),
    ]


def _back(group: SteeringGroup | None) -> str:
    """Where the reader came from: the page of the one group, else the page of all."""
    if group is None:
        return reverse(FUNCTIONS[1])
    return reverse("governance:group_functions", args=[group.slug])


def _after(act: Act) -> str:
    groups = list(act.groups.all()[:2])
    return _back(groups[0] if len(groups) == 1 else None)
