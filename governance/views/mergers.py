"""Pages that end groups: merging several, dissolving one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.endings import DissolveForm, MergeForm
from governance.models import Act, SteeringGroup
from governance.permissions import visible_groups
from governance.services import endings
from governance.services.previews import CoverageChange
from governance.temporal import day_after, today
from governance.views.group_verbs import (
    GROUPS,
    agreements_to_change,
    form_page,
    group_to_change,
    page_of,
)
from governance.views.verb_pages import VerbPage, carry_out


@form_page
def merge(request: HttpRequest) -> HttpResponse:
    agreements = agreements_to_change(request.user)
    groups = visible_groups(request.user).filter(agreement__in=agreements)
    form = MergeForm(
        request.POST or None,
        today=today(),
        groups=groups,
        preselected=request.GET.get("grupp", ""),
    )
    page = VerbPage(
        service=endings.merge,
        heading="Slå ihop styrgrupper",
        lead="Grupperna avslutas och en annan tar över deras täckning. "
        "Platser och uppdrag flyttas inte.",
        confirm="Slå ihop grupperna",
        cancel_url=reverse("governance:groups"),
        groups=_chosen,
        done=_remaining,
        change=lambda form: CoverageChange(
            form.cleaned_data["first_day"], visible_groups(request.user), agreements
        ),
        crumbs=[(GROUPS[0], reverse(GROUPS[1]))],
        danger=True,
    )
    return carry_out(request, form, page)


def _chosen(form: Any) -> list[SteeringGroup]:
    """The groups of a valid form; none before anything is chosen."""
    if not form.is_bound:
        return []
    into = form.cleaned_data["into"]
    return [*form.cleaned_data["groups"], *([into] if into else [])]


def _remaining(act: Act) -> SteeringGroup:
    """The group that the others went up in: the one of the act with no ending decision of it."""
    ended = SteeringGroup.objects.filter(successors__in=act.groups.all())
    return act.groups.exclude(pk__in=ended.values("pk")).get()


@form_page
def dissolve(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_to_change(request.user, slug)
    others = visible_groups(request.user).filter(agreement=group.agreement).exclude(pk=group.pk)
    form = DissolveForm(request.POST or None, today=today(), successors=others.outlasting(today()))
    page = page_of(
        group,
        endings.dissolve,
        heading=f"Upplös {group.name}",
        lead="Det som inte har börjat återkallas. Det som varit blir kvar som historik.",
        confirm="Upplös gruppen",
        change=lambda form: CoverageChange(
            day_after(form.cleaned_data["last_day"]),
            visible_groups(request.user),
            [group.agreement],
        ),
        danger=True,
    )
    return carry_out(request, form, page)
