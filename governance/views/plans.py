"""/styrgrupper/<slug>/atgardsplan/: a group's action plan with its decision, and the verbs."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.measures import WithdrawForm
from governance.forms.plans import PlanForm
from governance.models import Act, ActionPlan, SteeringGroup
from governance.permissions import (
    allowed,
    get_permitted,
    get_visible,
    require,
    visible_groups,
    visible_measures,
    visible_pictures,
)
from governance.queries.plans import plan_page, plans_of
from governance.rights import EDIT_PRIORITIES, Account
from governance.services import plans as services
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.reading import read
from governance.views.situation_pictures import address_of
from governance.views.verb_pages import VerbPage, carry_out


@require_safe
def group_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan that is in force on the day, and links to the others."""
    return _plan(request, slug, None)


@require_safe
def action_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One plan, whenever it is in force."""
    return _plan(request, slug, pk)


def _plan(request: HttpRequest, slug: str, pk: int | None) -> HttpResponse:
    reading = read(request, narrows=False)
    visible = visible_groups(request.user).select_related("agreement")
    group = get_visible(visible, slug=slug)
    found = plan_page(request.user, group, reading.day, pk)
    if pk is not None and found.plan is None:
        raise Http404
    context = reading.context(
        group=group,
        found=found,
        plan=found.plan,
        picture_url=address_of(request.user, found.plan.picture) if found.plan else "",
        may_edit=reading.is_today and allowed(request.user, EDIT_PRIORITIES, group),
        crumbs=_crumbs(group)[: 2 if pk is None else 3],
    )
    return render(request, "plans/plan.html", context)


@form_page
def make_plan(request: HttpRequest, slug: str) -> HttpResponse:
    visible = visible_groups(request.user).select_related("agreement")
    group = get_permitted(request.user, EDIT_PRIORITIES, visible, slug=slug)
    page = _page_of(
        group,
        services.make_plan,
        heading="Gör en åtgärdsplan",
        lead=f"Samla åtgärder i {group.name} i en plan. Bara titel och första dag behövs.",
        confirm="Lägg till planen",
        fixed={"group": group},
    )
    form = PlanForm(request.POST or None, plan=None, **_rows(request.user, group))
    return carry_out(request, form, page)


@form_page
def change_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group, plan = _plan_to_change(request.user, slug, pk)
    here = reverse("governance:action_plan", args=[slug, pk])
    page = _page_of(
        group,
        services.change_plan,
        heading="Ändra åtgärdsplanen",
        lead="Ändra planen, vilka åtgärder som ingår, eller registrera beslutet.",
        confirm="Ändra planen",
        fixed={"plan": plan},
        cancel_url=here,
        after=lambda act: here,
    )
    sent = request.POST if request.method == "POST" else None  # nothing may be ticked
    form = PlanForm(sent, plan=plan, **_rows(request.user, group))
    return carry_out(request, form, page)


@form_page
def withdraw_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group, plan = _plan_to_change(request.user, slug, pk)
    page = _page_of(
        group,
        services.withdraw_plan,
        heading="Ta bort åtgärdsplanen",
        lead=f"Bara för en plan som är fel inlagd: {plan.title}. Åtgärderna finns kvar. "
        "Har planen slutat gälla? Ändra den då och fyll i sista dagen.",
        confirm="Ta bort planen",
        fixed={"plan": plan},
        cancel_url=reverse("governance:action_plan", args=[slug, pk]),
        danger=True,
    )
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    return carry_out(request, form, page)


def _plan_to_change(user: Account, slug: str, pk: int) -> tuple[SteeringGroup, ActionPlan]:
    group = get_visible(visible_groups(user).select_related("agreement"), slug=slug)
    plan = get_visible(plans_of(user, group), pk=pk)
    require(user, EDIT_PRIORITIES, group)
    return group, plan


def _rows(user: Account, group: SteeringGroup) -> dict[str, Any]:
    """What may be chosen: the group's lägesbilder or the municipality's, and its measures."""
    agreements = {group.agreement_id, group.agreement.parent_id} - {None}
    own = Q(group=group) | Q(agreement__in=agreements)
    measures = visible_measures(user).filter(priority__group=group)
    return {
        "today": today(),
        "pictures": visible_pictures(user).filter(own).select_related("area"),
        "measures": measures.select_related("plan"),
    }


def _crumbs(group: SteeringGroup) -> list[tuple[str, str]]:
    return [
        (GROUPS[0], reverse(GROUPS[1])),
        (group.name, reverse("governance:group", args=[group.slug])),
        ("Åtgärdsplan", reverse("governance:group_plan", args=[group.slug])),
    ]


def _page_of(group: SteeringGroup, service: Callable[..., Act], **more: Any) -> VerbPage:
    here = reverse("governance:group_plan", args=[group.slug])
    given: dict[str, Any] = {"cancel_url": here, "after": lambda act: here}
    return VerbPage(
        service=service,
        groups=lambda form: [group],
        crumbs=_crumbs(group),
        **{**given, **more},
    )
