"""Acts on many groups at once: one person on many seats, an organisation succeeded."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.days import day_within
from governance.forms.successions import EverywhereForm, SucceedForm
from governance.models import Act, Mandate, Organization, Seat, SteeringGroup
from governance.permissions import (
    allowed,
    allowed_on_a_group,
    get_visible,
    require,
    require_somewhere,
    visible_groups,
    visible_organizations,
    visible_people,
)
from governance.queries.staffing import (
    Beginnings,
    HeldSeat,
    people_at,
    seats_to_change,
    seats_to_fill,
    successors_of,
    with_holders,
)
from governance.rights import APPOINT_OWN, EDIT_ROSTER, EDIT_STRUCTURE, Account
from governance.services import successions
from governance.services.seats import last_seen_seats
from governance.swedish import fold, in_words, listed
from governance.temporal import day_after, day_before, today
from governance.views.group_verbs import form_page
from governance.views.verb_pages import VerbPage, carry_out


@form_page
def appoint_everywhere(request: HttpRequest, pk: int) -> HttpResponse:
    """One person on any number of the organisation's seats that the reader may fill.

    With `?eftertradare` somebody else is to take over the seats that the person holds.
    """
    found = get_visible(visible_people(request.user).select_related("organization"), pk=pk)
    workplace, here = found.organization, reverse("governance:person", args=[pk])
    lines = _lines(request, workplace)
    leaving = "eftertradare" in request.GET
    held = {line.seat.pk for line in lines for each, _ in line.sitting if each.person_id == pk}
    alike = {line.seat.pk for line in lines if fold(line.seat.function.title) == fold(found.title)}
    form = EverywhereForm(
        request.POST or None,
        organization=workplace,
        people=people_at(request.user, workplace),
        first_day=today(),
        lines=lines,
        person=None if leaving else found,
        ticked=sorted(held if leaving else alike - held),
    )
    page = VerbPage(
        service=successions.appoint_everywhere,
        heading="Utse en efterträdare i alla grupper" if leaving else "Utse i flera grupper",
        lead=f"Platser för {workplace} där du får utse, med en första dag för alla."
        if lines
        else f"{workplace} har ingen plats där du får utse.",
        confirm="Utse på alla valda platser",
        cancel_url=here,
        timeline=Beginnings(request.user),
        timeline_template="rosters/begins.html",
        seen=lambda form: _seen(form.chosen()),
        done=_first_group,
        after=lambda act: here,
        crumbs=[(str(workplace), reverse("governance:organization", args=[workplace.slug]))],
    )
    return carry_out(request, form, page)


def _lines(request: HttpRequest, workplace: Organization) -> list[HeldSeat]:
    """The seats on the first day, each with whoever would end the day before."""
    user, day = request.user, day_within(request.POST.get("first_day"), today())
    seats = seats_to_fill(user, workplace, day)
    if not seats and not allowed(user, APPOINT_OWN, workplace):
        _require_some_roster(user)
    ordinary = Mandate.objects.as_of(day).filter(kind=Mandate.Kind.ORDINARY)
    return with_holders(user, seats, ordinary)


def _require_some_roster(user: Account) -> None:
    """403 for those who may change no roster at all, 404 for strangers."""
    some = visible_groups(user).select_related("agreement").first()
    if some is None:
        raise Http404
    if not allowed_on_a_group(user, EDIT_ROSTER):
        require(user, EDIT_ROSTER, some)


@form_page
def succeed(request: HttpRequest, slug: str) -> HttpResponse:
    """Let an organisation be succeeded by another: its seats end and the other gets seats."""
    visible = visible_organizations(request.user)
    old = get_visible(visible, slug=slug)
    require_somewhere(request.user, EDIT_STRUCTURE)
    here = reverse("governance:organization", args=[old.slug])
    first_day = day_after(old.valid_through) if old.valid_through else today()
    chosen = day_within(request.POST.get("first_day"), first_day)
    lines = _seats_to_hand_over(request.user, old, chosen)
    known, others = successors_of(visible, old, chosen)
    form = SucceedForm(
        request.POST or None,
        first_day=first_day,
        organizations=[*known, *others],
        new=known[0] if len(known) == 1 else None,
        lines=lines,
        ticked=len(known) < 2,
    )
    page = VerbPage(
        service=successions.succeed,
        heading=f"{old} efterträds",
        lead="Den gamla organisationens platser avslutas och efterträdaren får likadana. "
        "Du väljer vilka platser och vilka uppdrag som följer med.",
        confirm="Genomför bytet",
        cancel_url=here,
        timeline=Beginnings(request.user),
        timeline_template="rosters/begins.html",
        seen=lambda form: _seen(form.chosen()),
        done=_first_group,
        after=lambda act: here,
        fixed={"old": old},
        crumbs=[("Struktur", reverse("governance:structure")), (str(old), here)],
        facts=_facts(old, known, lines),
        form_template="rosters/succeed.html",
        danger=True,
    )
    return carry_out(request, form, page)


def _seats_to_hand_over(
    user: Account, old: Organization, first_day: datetime.date
) -> list[HeldSeat]:
    """The seats that are there both on `first_day` and the day before, with what outlasts it."""
    last_day = day_before(first_day)
    seats = [seat for seat in seats_to_change(user, old, last_day) if seat.in_force(first_day)]
    return with_holders(user, seats, Mandate.objects.outlasting(last_day))


def _seen(seats: list[Seat]) -> int | None:
    return last_seen_seats(seats) if seats else None


def _first_group(act: Act) -> SteeringGroup:
    return act.groups.order_by("sort_key")[0]


def _facts(
    old: Organization, known: list[Organization], lines: list[HeldSeat]
) -> list[tuple[str, str]]:
    last = old.valid_through
    return [
        ("Sista dag", in_words(last) if last else "Tills vidare"),
        ("Efterträdare", listed(str(each) for each in known) or "Ingen registrerad"),
        ("Platser att ta över", str(len(lines))),
    ]
