"""Pages that change who sits on one seat: appoint, replace, stand in, extend, end, correct."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from governance.forms.mandates import (
    AppointForm,
    CorrectForm,
    EndForm,
    ExtendForm,
    LastDayForm,
    LeaveForm,
    StandInForm,
)
from governance.models import Act, Leave, Mandate, Seat
from governance.permissions import get_visible, require_to_fill, visible_groups
from governance.queries.seats import Around, around
from governance.rights import Account
from governance.services import mandates
from governance.temporal import day_after, today
from governance.views.group_verbs import form_page
from governance.views.seat_verbs import facts, page_of, period, seat_label, seat_to_fill
from governance.views.verb_pages import VerbPage, carry_out

WHOLE = "seat__group__agreement", "seat__organization", "seat__function", "person"


@form_page
def appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _seat_verb(
        request,
        slug,
        pk,
        AppointForm,
        mandates.appoint,
        heading="Utse ledamot",
        confirm="Utse ledamoten",
    )


@form_page
def replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    also = "Den som sitter i dag slutar dagen före den nya börjar."
    return _seat_verb(
        request,
        slug,
        pk,
        AppointForm,
        mandates.replace,
        also=also,
        heading="Byt ledamot",
        confirm="Byt ledamot",
    )


@form_page
def plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same as replacing, with a day to come: the day after the holder's last, if it is set."""
    also = "Den som sitter i dag är kvar till dagen före den nya börjar."
    return _seat_verb(
        request,
        slug,
        pk,
        AppointForm,
        mandates.replace,
        also=also,
        later=True,
        heading="Planera efterträdare",
        confirm="Planera efterträdaren",
    )


@form_page
def stand_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _seat_verb(
        request,
        slug,
        pk,
        StandInForm,
        mandates.stand_in,
        heading="Utse ersättare eller tillförordnad",
        confirm="Utse",
    )


def _seat_verb(
    request: HttpRequest,
    slug: str,
    pk: int,
    form: type[AppointForm],
    service: Callable[..., Act],
    *,
    heading: str,
    confirm: str,
    also: str = "",
    later: bool = False,
) -> HttpResponse:
    """A verb that gives a seat to a person; `later` begins after the present holder's last day."""
    seat = seat_to_fill(request.user, slug, pk)
    near = around(request.user, seat, today(), choose=True)
    page = page_of(
        request.user,
        seat,
        service,
        facts=facts(seat, near),
        heading=heading,
        lead=f"{_about(seat)} {also}".strip(),
        confirm=confirm,
    )
    first_day = today()
    if later:
        first_day = day_after((near.ordinary and near.ordinary.valid_through) or first_day)
    filled = form(
        request.POST or None,
        people=near.people,
        organization=seat.organization,
        first_day=first_day,
    )
    return carry_out(request, filled, page)


@form_page
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate_to_change(request.user, pk)
    page = _page_of_mandate(
        request.user,
        mandate,
        mandates.extend,
        heading="Förläng uppdraget",
        lead=_about(mandate.seat),
        confirm="Förläng uppdraget",
    )
    return carry_out(request, ExtendForm(request.POST or None), page)


@form_page
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate_to_change(request.user, pk)
    page = _page_of_mandate(
        request.user,
        mandate,
        mandates.end,
        heading="Avsluta uppdraget",
        lead=f"{_about(mandate.seat)} Platsen finns kvar och kan få en ny ledamot.",
        confirm="Avsluta uppdraget",
        danger=True,
    )
    return carry_out(request, EndForm(request.POST or None, today=today()), page)


@form_page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate_to_change(request.user, pk)
    page = _page_of_mandate(
        request.user,
        mandate,
        mandates.take_leave,
        heading="Tjänstledig",
        lead=f"{_about(mandate.seat)} Här anges bara dagarna, aldrig varför.",
        confirm="Spara tjänstledigheten",
    )
    return carry_out(request, LeaveForm(request.POST or None, today=today()), page)


@form_page
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate_to_change(request.user, pk)
    near = around(request.user, mandate.seat, today(), subject=mandate, choose=True)
    page = _page_of_mandate(
        request.user,
        mandate,
        mandates.correct,
        near=near,
        heading="Rätta fel uppgift",
        lead="Använd detta när något skrevs in fel. Har något ändrats i verkligheten: "
        "byt ledamot, förläng eller avsluta i stället.",
        confirm="Rätta uppgiften",
    )
    form = CorrectForm(request.POST or None, people=near.people, mandate=mandate)
    return carry_out(request, form, page)


@form_page
def end_leave(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Leave.objects.filter(mandate__seat__group__in=visible_groups(request.user))
    related = [f"mandate__{name}" for name in WHOLE]
    found = get_visible(rows.select_related(*related), pk=pk)
    require_to_fill(request.user, found.mandate.seat)
    page = _page_of_mandate(
        request.user,
        found.mandate,
        mandates.end_leave,
        heading="Avsluta tjänstledigheten",
        lead=f"{_about(found.mandate.seat)} Tjänstledig {period(found)}.",
        confirm="Avsluta tjänstledigheten",
        fixed={"leave": found},
    )
    return carry_out(request, LastDayForm(request.POST or None, today=today()), page)


def _about(seat: Seat) -> str:
    return f"{seat_label(seat)} i {seat.group.name}."


def _mandate_to_change(user: Account, pk: int) -> Mandate:
    rows = Mandate.objects.filter(seat__group__in=visible_groups(user)).select_related(*WHOLE)
    mandate = get_visible(rows, pk=pk)
    require_to_fill(user, mandate.seat)
    return mandate


def _page_of_mandate(
    user: Account,
    mandate: Mandate,
    service: Callable[..., Act],
    near: Around | None = None,
    **more: Any,
) -> VerbPage:
    seat = mandate.seat
    near = near or around(user, seat, today(), subject=mandate)
    more.setdefault("fixed", {"mandate": mandate})
    return page_of(user, seat, service, facts=facts(seat, near, mandate), **more)
