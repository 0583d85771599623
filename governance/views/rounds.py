"""/uppfoljning/: the years, what is ready and missing in one, and the verbs on a whole round."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.rounds import AgreementForm, DueForm, OpenYearForm
from governance.models import Act
from governance.permissions import allowed, require_somewhere, visible_groups
from governance.queries.rounds import KINDS, year_lines, year_rows
from governance.queries.waiting import TITLES, Choice, waiting_for
from governance.rights import EDIT_STRUCTURE
from governance.services.round_reminders import remind_round
from governance.services.rounds import open_year, set_due
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.reading import Reading, read
from governance.views.verb_pages import VerbPage, carry_out

ROUNDS = ("Uppföljning", "governance:rounds")
FIRST_YEAR, LAST_YEAR = 1901, 2198


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The years that have follow-ups; with `?grupp=`, those of one group.

    With `?visa=`, the follow-ups that wait for the reader today.
    """
    reading = read(request)
    choice = Choice.read(request.GET)
    if choice.visa and reading.is_today:
        return _waiting(request, reading, choice)
    group, groups = None, reading.groups
    if slug := request.GET.get("grupp", "").replace("\0", ""):
        group = visible_groups(request.user).filter(slug=slug).first()
        if group is None:
            messages.info(request, "Styrgruppen i adressen finns inte. Här är alla grupper.")
        else:
            groups = visible_groups(request.user).filter(pk=group.pk)
    context = reading.context(
        rows=year_rows(request.user, groups),
        group=group,
        may_open=reading.is_today and _coordinates(request),
    )
    return render(request, "followups/rounds.html", context)


def _waiting(request: HttpRequest, reading: Reading, choice: Choice) -> HttpResponse:
    found = waiting_for(request.user, reading.groups, reading.day)
    keep = {"overenskommelse": reading.agreement.slug} if reading.agreement else {}
    context = reading.context(
        title=TITLES[choice.visa],
        rows=found[choice.visa],
        tabs=[
            (f"{TITLES[visa]} ({len(rows)})", Choice(visa).address(**keep), visa == choice.visa)
            for visa, rows in found.items()
            if rows or visa == choice.visa
        ],
        crumbs=[(ROUNDS[0], reverse(ROUNDS[1]))],
    )
    return render(request, "followups/waiting.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """What is ready and what is missing in each group's follow-up, per section."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    reading = read(request)
    lines = year_lines(request.user, reading.groups, year, reading.day)
    coordinates = reading.is_today and _coordinates(request)
    context = reading.context(
        year=year,
        lines=lines,
        open_ones=[line for line in lines if line.is_waited_for],
        begun=[line for line in lines if line.followup],
        adopted=[line for line in lines if line.followup and line.followup.is_locked],
        kinds=KINDS,
        may_open=coordinates and any(line.followup is None for line in lines),
        may_remind=coordinates and any(line.is_waited_for for line in lines),
        crumbs=[(ROUNDS[0], reverse(ROUNDS[1]))],
    )
    return render(request, "followups/year.html", context)


def _coordinates(request: HttpRequest) -> bool:
    mine = read(request).agreements
    return any(allowed(request.user, EDIT_STRUCTURE, each) for each in mine)


# -- verbs --------------------------------------------------------------------------------


@form_page
def open_followups(request: HttpRequest) -> HttpResponse:
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    asked = request.GET.get("ar", "")
    given = {"year": int(asked)} if asked.isascii() and asked.isdigit() and len(asked) == 4 else {}
    form = OpenYearForm(request.POST or None, agreements=agreements, today=today(), given=given)
    page = _page_of(
        open_year,
        heading="Öppna årets uppföljningar",
        lead="Varje lokal grupp som var aktiv eller vilande minst en dag under året får en "
        "uppföljning, ifylld med det som fortsätter från den förra.",
        confirm="Öppna uppföljningarna",
        cancel_url=reverse(ROUNDS[1]),
        after=lambda act: reverse("governance:year", args=[form.cleaned_data["year"]]),
    )
    return carry_out(request, form, page)


@form_page
def set_round_due(request: HttpRequest, year: int) -> HttpResponse:
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    page = _page_of(
        set_due,
        heading=f"Ändra sista dagen för uppföljning {year}",
        lead="Dagen gäller de uppföljningar som inte är skickade än.",
        confirm="Ändra sista dagen",
        fixed={"year": year},
        **_back_to(year),
    )
    return carry_out(request, DueForm(request.POST or None, agreements=agreements), page)


@form_page
def remind_of_round(request: HttpRequest, year: int) -> HttpResponse:
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    page = _page_of(
        remind_round,
        heading=f"Påminn om uppföljning {year}",
        lead="Sekreteraren i varje grupp som inte har skickat sin uppföljning får ett brev om "
        "vad som saknas. Finns inget konto går brevet till gruppens funktionsbrevlåda.",
        confirm="Skicka påminnelserna",
        fixed={"year": year, "day": today()},
        **_back_to(year),
    )
    form = AgreementForm(request.POST or None, agreements=agreements)
    return carry_out(request, form, page)


def _back_to(year: int) -> dict[str, Any]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    here = reverse("governance:year", args=[year])
    return {"cancel_url": here, "after": lambda act: here}


def _page_of(service: Callable[..., Act], **more: Any) -> VerbPage:
    crumbs = [(ROUNDS[0], reverse(ROUNDS[1]))]
    return VerbPage(service=service, about="Uppföljningen", crumbs=crumbs, **more)
