"""Pages that change what a group has chosen: choose, add, order, change and end."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.priorities import (
    ChangePriorityForm,
    ChooseForm,
    EndPriorityForm,
    OrderForm,
    OwnForm,
)
from governance.models import Act, LocalPriority, SteeringGroup
from governance.permissions import get_permitted, visible_groups, visible_priorities
from governance.queries.priorities import challenges_for
from governance.rights import EDIT_PRIORITIES, Account
from governance.services import priorities as services
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.seat_verbs import Facts, period
from governance.views.verb_pages import VerbPage, carry_out

PRIORITIES = ("Prioriteringar", "governance:group_priorities")


@form_page
def choose_challenges(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = _group_to_change(request.user, slug), today()
    page = page_of(
        group,
        services.choose,
        heading="Välj utmaningar att prioritera",
        lead=f"Välj en eller flera för {group.name}. De läggs efter dem som gruppen redan har.",
        confirm="Spara valet",
        fixed={"group": group, "day": now},
    )
    in_force, other = challenges_for(group, now)
    form = ChooseForm(request.POST or None, now=in_force, other=other, today=now)
    return carry_out(request, form, page)


@form_page
def add_own_priority(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = _group_to_change(request.user, slug), today()
    page = page_of(
        group,
        services.add_own,
        heading="Lägg till egen prioritering",
        lead=f"Något som {group.name} arbetar med, och som inte är en av överenskommelsens "
        "utmaningar.",
        confirm="Lägg till prioriteringen",
        fixed={"group": group, "day": now},
    )
    return carry_out(request, OwnForm(request.POST or None, today=now), page)


@form_page
def order_priorities(request: HttpRequest, slug: str) -> HttpResponse:
    group, now = _group_to_change(request.user, slug), today()
    page = page_of(
        group,
        services.reorder,
        heading="Ändra ordning",
        lead="Skriv vilken som är nummer 1, 2, 3 och så vidare. Tidigare prioriteringar är "
        "inte med.",
        confirm="Spara ordningen",
        fixed={"group": group, "day": now},
    )
    there = services.unended(group, now)
    return carry_out(request, OrderForm(request.POST or None, priorities=there), page)


@form_page
def change_priority(request: HttpRequest, pk: int) -> HttpResponse:
    priority = priority_to_change(request.user, pk)
    page = page_of(
        priority.group,
        services.change,
        heading="Ändra prioriteringen",
        lead="Ändra varför den är vald eller hur länge. Målen och åtgärderna påverkas inte.",
        confirm="Spara ändringen",
        fixed={"priority": priority},
        facts=facts(priority),
    )
    form = ChangePriorityForm(request.POST or None, priority=priority, today=today())
    return carry_out(request, form, page)


@form_page
def end_priority(request: HttpRequest, pk: int) -> HttpResponse:
    priority = priority_to_change(request.user, pk)
    page = page_of(
        priority.group,
        services.end,
        heading="Avsluta prioriteringen",
        lead="Målen och åtgärderna finns kvar som historik.",
        confirm="Avsluta prioriteringen",
        fixed={"priority": priority},
        facts=facts(priority),
        danger=True,
    )
    return carry_out(request, EndPriorityForm(request.POST or None, today=today()), page)


# -- what the pages of priorities and goals share --------------------------------------------------


def _group_to_change(user: Account, slug: str) -> SteeringGroup:
    visible = visible_groups(user).select_related("agreement")
    return get_permitted(user, EDIT_PRIORITIES, visible, slug=slug)


def priority_to_change(user: Account, pk: int) -> LocalPriority:
    """The priority, if the reader may see its group (else 404) and change it (else a refusal)."""
    rows = visible_priorities(user).select_related("group__agreement", "challenge__version")
    return get_permitted(user, EDIT_PRIORITIES, rows, pk=pk)


def page_of(group: SteeringGroup, service: Callable[..., Act], **more: Any) -> VerbPage:
    """The page of a verb on the group's priorities or goals, which leads back to them."""
    here = reverse(PRIORITIES[1], args=[group.slug])
    return VerbPage(
        service=service,
        cancel_url=here,
        groups=lambda form: [group],
        after=lambda act: here,
        crumbs=[
            (GROUPS[0], reverse(GROUPS[1])),
            (group.name, reverse("governance:group", args=[group.slug])),
            (PRIORITIES[0], here),
        ],
        **more,
    )


def facts(priority: LocalPriority) -> Facts:
    days, title = period(priority), priority.title
    return [
        ("Prioritering", title[:1].upper() + title[1:]),
        ("Grupp", priority.group.name),
        ("Tid", days[:1].upper() + days[1:]),
    ]
