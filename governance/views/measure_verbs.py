"""Pages that change measures: entered, changed, reported on, and taken away."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.measures import MeasureForm, ReportForm, WithdrawForm
from governance.models import (
    Act,
    Area,
    AreaMap,
    Coverage,
    Measure,
    Organization,
    Seat,
    SteeringGroup,
)
from governance.permissions import (
    get_permitted,
    get_visible,
    organizations_in,
    require,
    visible_groups,
    visible_plans,
    visible_priorities,
)
from governance.queries.measures import MeasureRow, measures_in
from governance.rights import EDIT_PRIORITIES, Account
from governance.services import measures as services
from governance.swedish import in_words
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.seat_verbs import Facts
from governance.views.verb_pages import VerbPage, carry_out


@form_page
def add_measure(request: HttpRequest, slug: str) -> HttpResponse:
    visible = visible_groups(request.user).select_related("agreement")
    group = get_permitted(request.user, EDIT_PRIORITIES, visible, slug=slug)
    page = _page_of(
        group,
        services.add_measure,
        heading="Lägg till åtgärd",
        lead=f"En åtgärd i {group.name}. Bara prioritering, vad som ska göras, ansvarig "
        "organisation och sista dag behövs.",
        confirm="Lägg till åtgärden",
        fixed={"group": group, "today": today()},
    )
    form = MeasureForm(
        request.POST or None, measure=None, today=today(), rows=_rows(request.user, group)
    )
    return carry_out(request, form, page)


@form_page
def change_measure(request: HttpRequest, pk: int) -> HttpResponse:
    measure = _measure_to_change(request.user, pk)
    page = _page_about(
        measure,
        services.change_measure,
        heading="Ändra åtgärden",
        lead="Hur långt den har kommit ändrar du i stället med Rapportera.",
        confirm="Ändra åtgärden",
        fixed={"measure": measure, "today": today()},
    )
    rows = _rows(request.user, measure.group, measure)
    form = MeasureForm(request.POST or None, measure=measure, today=today(), rows=rows)
    return carry_out(request, form, page)


@form_page
def report_measure(request: HttpRequest, pk: int) -> HttpResponse:
    measure = _measure_to_change(request.user, pk)
    page = _page_about(
        measure,
        services.report_measure,
        heading="Rapportera åtgärden",
        lead="Säg hur långt åtgärden har kommit. Det du skrev förra gången står kvar i historiken.",
        confirm="Spara rapporten",
        fixed={"measure": measure},
        facts=_facts(measure),
    )
    return carry_out(request, ReportForm(request.POST or None, measure=measure), page)


@form_page
def withdraw_measure(request: HttpRequest, pk: int) -> HttpResponse:
    measure = _measure_to_change(request.user, pk)
    page = _page_about(
        measure,
        services.withdraw_measure,
        heading="Ta bort åtgärden",
        lead="Bara för en åtgärd som är fel inlagd. Blev den inte gjord? "
        "Rapportera den då som ej genomförd. I gruppens historik står att den togs bort.",
        confirm="Ta bort åtgärden",
        fixed={"measure": measure},
        facts=_facts(measure),
        danger=True,
        after=lambda act: reverse("governance:group_measures", args=[measure.group.slug]),
    )
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    return carry_out(request, form, page)


def _measure_to_change(user: Account, pk: int) -> Measure:
    """The measure, if the reader may see its group (else 404) and change it (else a refusal)."""
    measure = get_visible(measures_in(user, visible_groups(user)), pk=pk)
    require(user, EDIT_PRIORITIES, measure.group)
    return measure


def _rows(
    user: Account, group: SteeringGroup, measure: Measure | None = None
) -> dict[str, QuerySet[Any]]:
    """What may be chosen in the form: what holds today, and what the measure already has."""
    now = today()
    seats = Seat.objects.filter(group=group)
    seated = Exists(seats.as_of(now).filter(organization=OuterRef("pk")))
    taking_part = organizations_in(user, [group.agreement_id])
    organizations = Organization.objects.as_of(now).filter(pk__in=taking_part)
    chosen = seats.as_of(now)
    if measure is not None:
        organizations |= Organization.objects.filter(pk=measure.organization_id)
        chosen |= seats.filter(pk=measure.seat_id)
    related = chosen.select_related("function", "organization")
    priorities = visible_priorities(user).filter(group=group).select_related("challenge")
    return {
        "priority": priorities.order_by("-valid_from", "order", "pk"),
        "organization": organizations.annotate(seated=seated).order_by("-seated", "sort_key"),
        "seat": related.order_by("organization__sort_key", "function__sort_key", "number"),
        "places": _places(group, measure),
        "plan": visible_plans(user).filter(group=group),
    }


def _places(group: SteeringGroup, measure: Measure | None) -> QuerySet[Area]:
    """What the group covers today, and all that is part of it."""
    now = today()
    covered = Coverage.objects.as_of(now).filter(group=group).values_list("area_id", flat=True)
    inside = AreaMap(now).downwards(*covered)
    if measure is not None:
        inside |= {place.pk for place in measure.places.all()}
    return Area.objects.filter(pk__in=inside).order_by("kind", "sort_key")


def _page_of(group: SteeringGroup, service: Callable[..., Act], **more: Any) -> VerbPage:
    here = reverse("governance:group_measures", args=[group.slug])
    given = {"cancel_url": here, "after": lambda act: here, "crumbs": _crumbs(group)}
    return VerbPage(service=service, groups=lambda form: [group], **{**given, **more})


def _page_about(measure: Measure, service: Callable[..., Act], **more: Any) -> VerbPage:
    here = reverse("governance:measure", args=[measure.pk])
    crumbs = [*_crumbs(measure.group), (measure.title, here)]
    given = {"cancel_url": here, "after": lambda act: here, "crumbs": crumbs}
    return _page_of(measure.group, service, **{**given, **more})


def _crumbs(group: SteeringGroup) -> list[tuple[str, str]]:
    return [
        (GROUPS[0], reverse(GROUPS[1])),
        (group.name, reverse("governance:group", args=[group.slug])),
        ("Åtgärder", reverse("governance:group_measures", args=[group.slug])),
    ]


def _facts(measure: Measure) -> Facts:
    row = MeasureRow(measure, measure.is_late(today()))
    return [
        ("Åtgärd", measure.title),
        ("Ansvarig", str(measure.organization)),
        ("Klar senast", in_words(measure.due)),
        ("Mål", row.target or "Inget tal är satt"),
        ("Gjort hittills", row.progress or "Ej registrerat"),
        ("Läge", row.status.text),
    ]
