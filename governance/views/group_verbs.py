"""Pages that change one group: propose, activate, cover, rest, resume, describe, register."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.forms.coverages import CoverageForm
from governance.forms.decisions import RegisterForm
from governance.forms.groups import DescribeForm, FirstDayForm, ProposeForm
from governance.models import Act, Agreement, Area, GroupDecision, SteeringGroup
from governance.permissions import (
    agreements_with,
    get_permitted,
    get_visible,
    require,
    visible_agreements,
    visible_areas,
    visible_groups,
)
from governance.rights import EDIT_ROSTER, EDIT_STRUCTURE, Account
from governance.services import coverages, decisions, groups
from governance.services.previews import CoverageChange
from governance.swedish import in_words, listed
from governance.temporal import today
from governance.views.kept_text import keeps_typed
from governance.views.verb_pages import VerbPage, carry_out

GROUPS = ("Styrgrupper", "governance:groups")


def form_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return keeps_typed(require_http_methods(["GET", "HEAD", "POST"])(view))


@form_page
def propose(request: HttpRequest) -> HttpResponse:
    agreements = agreements_to_change(request.user)
    now = today()
    form = ProposeForm(
        request.POST or None,
        today=now,
        agreements=agreements,
        groups=visible_groups(request.user).as_of(now).filter(agreement__in=agreements),
        visible=visible_areas(request.user),
    )
    page = VerbPage(
        service=groups.propose,
        heading="Föreslå en ny styrgrupp",
        lead="Gruppen täcker inget förrän den görs aktiv.",
        confirm="Föreslå gruppen",
        cancel_url=reverse("governance:groups"),
        groups=lambda form: [],
        done=lambda act: act.groups.get(),
        change=lambda form: CoverageChange(
            form.cleaned_data["valid_from"],
            visible_groups(request.user),
            [form.cleaned_data["agreement"]],
        ),
        crumbs=[(GROUPS[0], reverse(GROUPS[1]))],
    )
    return carry_out(request, form, page)


@form_page
def activate(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_to_change(request.user, slug)
    page = page_of(
        group,
        groups.activate,
        heading=f"Gör {group.name} aktiv",
        lead="Från den första dagen räknas gruppen i täckningen.",
        confirm="Gör gruppen aktiv",
        change=lambda form: _coverage_from(request.user, group, form),
    )
    return carry_out(request, FirstDayForm(request.POST or None, today=today()), page)


@form_page
def change_coverage(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_to_change(request.user, slug)
    covered = covered_today(group)
    form = CoverageForm(
        request.POST or None,
        today=today(),
        visible=visible_areas(request.user),
        covered=[area.pk for area in covered],
    )
    page = page_of(
        group,
        coverages.change_coverage,
        heading=f"Ändra täckningen för {group.name}",
        lead="Kryssa för alla områden som gruppen ska täcka. Det som gällde förut blir historik.",
        confirm="Ändra täckningen",
        facts=facts(group, covered),
        change=lambda form: _coverage_from(request.user, group, form),
    )
    return carry_out(request, form, page)


@form_page
def rest(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_to_change(request.user, slug)
    page = page_of(
        group,
        groups.rest,
        heading=f"Låt {group.name} vila",
        lead="En vilande grupp räknas fortfarande i täckningen, men som vilande.",
        confirm="Låt gruppen vila",
    )
    return carry_out(request, FirstDayForm(request.POST or None, today=today()), page)


@form_page
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_to_change(request.user, slug)
    page = page_of(
        group,
        groups.resume,
        heading=f"Återuppta {group.name}",
        lead="Gruppen är aktiv igen från den första dagen.",
        confirm="Återuppta gruppen",
    )
    return carry_out(request, FirstDayForm(request.POST or None, today=today()), page)


@form_page
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_permitted(request.user, EDIT_ROSTER, _groups(request.user), slug=slug)
    page = page_of(
        group,
        groups.describe,
        heading=f"Ändra uppgifter om {group.name}",
        lead="Det här ändrar inget som vilar på ett beslut.",
        confirm="Spara uppgifterna",
    )
    return carry_out(request, DescribeForm(request.POST or None, instance=group), page)


@form_page
def register(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = group_to_change(request.user, slug)
    decision = get_visible(GroupDecision.objects.filter(group=group), pk=pk)
    page = page_of(
        group,
        decisions.register_decision,
        fixed={},
        heading=f"Registrera beslut om {group.name}",
        lead=f"Beslutet att {decision.get_act_display()} gäller från och med den "
        f"{in_words(decision.first_day)}. Fyll i det du vet.",
        confirm="Registrera beslutet",
    )
    form = RegisterForm(request.POST or None, today=today(), decision=decision)
    return carry_out(request, form, page)


# -- what the pages of verbs share -------------------------------------------------------


def agreements_to_change(user: Account) -> Any:
    """The agreements whose structure the user may change; 403 for readers, 404 for strangers."""
    agreements = agreements_with(user, EDIT_STRUCTURE)
    if not agreements:
        mine: Agreement | None = visible_agreements(user).first()
        if mine is None:
            raise Http404
        require(user, EDIT_STRUCTURE, mine)
    return agreements


def group_to_change(user: Account, slug: str) -> SteeringGroup:
    group = get_visible(_groups(user), slug=slug)
    require(user, EDIT_STRUCTURE, group.agreement)
    return group


def _groups(user: Account) -> Any:
    return visible_groups(user).select_related("agreement").with_state(today())


def page_of(group: SteeringGroup, service: Callable[..., Act], **more: Any) -> VerbPage:
    """The page of a verb on one group; what is not given follows from the group."""
    here = reverse("governance:group", args=[group.slug])
    more.setdefault("fixed", {"group": group})
    if "facts" not in more:
        more["facts"] = facts(group, covered_today(group))
    return VerbPage(
        service=service,
        cancel_url=here,
        groups=lambda form: [group],
        done=lambda act: group,
        crumbs=[(GROUPS[0], reverse(GROUPS[1])), (group.name, here)],
        **more,
    )


def covered_today(group: SteeringGroup) -> list[Area]:
    return [row.area for row in group.coverages.as_of(today()).select_related("area")]


def facts(group: SteeringGroup, covered: list[Area]) -> list[tuple[str, str]]:
    """How it is today, beside what is about to change it; from `_groups`, with its state."""
    last = group.valid_through
    through = f"till och med den {in_words(last)}" if last else "tills vidare"
    state = group.state(today())
    covers = "Ska täcka" if state.code == "proposed" else "Täcker i dag"
    return [
        ("Läge i dag", state.text),
        ("Finns", f"från och med den {in_words(group.valid_from)}, {through}"),
        (covers, listed(area.name for area in covered) or "inget område"),
    ]


def _coverage_from(user: Account, group: SteeringGroup, form: Any) -> CoverageChange:
    return CoverageChange(form.cleaned_data["first_day"], visible_groups(user), [group.agreement])
