"""Pages that change the seats of a group, and what all pages of verbs on one seat share."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.seats import AddSeatForm, ChangeSeatForm, EndSeatForm
from governance.models import (
    Act,
    Function,
    Mandate,
    Organization,
    Seat,
    SteeringGroup,
    WantedFunction,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import (
    get_permitted,
    get_visible,
    require,
    require_to_fill,
    visible_groups,
    visible_organizations,
)
from governance.queries.seats import Around, SeatTimeline
from governance.queries.wanted import lacking
from governance.rights import EDIT_ROSTER, Account
from governance.services import seats
from governance.swedish import in_words
from governance.temporal import PeriodQuerySet, today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.verb_pages import VerbPage, carry_out

Facts = list[tuple[str, str]]


@form_page
def add_seat(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_permitted(request.user, EDIT_ROSTER, _groups(request.user), slug=slug)
    here = reverse("governance:group", args=[group.slug])
    page = VerbPage(
        service=seats.add_seat,
        heading="Lägg till plats i gruppen",
        lead=f"Platsen i {group.name} finns även om ingen har utsetts än.",
        confirm="Lägg till platsen",
        cancel_url=here,
        groups=lambda form: [group],
        done=lambda act: group,
        fixed={"group": group},
        crumbs=[(GROUPS[0], reverse(GROUPS[1])), (group.name, here)],
    )
    choices = {**_choices(request.user), **_wishes(request.user, group, request.GET)}
    if wish := choices["chosen"]:
        kind = wish.organization_kind
        choices["organizations"] = choices["organizations"].filter(kind=kind)
    form = AddSeatForm(request.POST or None, today=today(), **choices)
    return carry_out(request, form, page)


def _wishes(user: Account, group: SteeringGroup, query: Mapping[str, str]) -> dict[str, Any]:
    """The wishes that the group still lacks seats for, and the one asked for in the address."""
    now = today()
    found = lacking(get_visible(visible_groups(user).with_state(now), pk=group.pk), now)
    keys = [row.wish.pk for row in found]
    chosen = [row.wish for row in found if str(row.wish.pk) == query.get("onskan")]
    wishes = WantedFunction.objects.filter(pk__in=keys).select_related("function")
    return {"wishes": wishes, "chosen": chosen[0] if chosen else None}


@form_page
def change_seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seat = seat_to_change(request.user, slug, pk)
    page = page_of(
        request.user,
        seat,
        seats.change_seat,
        heading="Ändra platsen",
        lead="Byter platsen roll, organisation eller funktion blir den en ny plats från den dagen, "
        "och uppdragen följer med.",
        confirm="Ändra platsen",
        timeline=None,
    )
    form = ChangeSeatForm(
        request.POST or None, seat=seat, today=today(), **_choices(request.user, seat)
    )
    return carry_out(request, form, page)


@form_page
def end_seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    seat = seat_to_change(request.user, slug, pk)
    page = page_of(
        request.user,
        seat,
        seats.end_seat,
        heading="Avsluta platsen",
        lead="Platsen finns kvar i historiken, men räknas inte längre.",
        confirm="Avsluta platsen",
        danger=True,
    )
    return carry_out(request, EndSeatForm(request.POST or None, today=today()), page)


def _choices(user: Account, seat: Seat | None = None) -> dict[str, Any]:
    """The functions, and the organisations of today that the user may see; that of the seat too."""
    visible = visible_organizations(user)
    found: PeriodQuerySet[Organization] = visible.as_of(today())  # type: ignore[attr-defined]
    if seat is not None:
        found = found | visible.filter(pk=seat.organization_id)
    return {"organizations": found, "functions": Function.objects.all()}


def _groups(user: Account) -> SteeringGroupQuerySet:
    return visible_groups(user).select_related("agreement")


# -- what the pages of verbs on one seat share ---------------------------------------------


def seat_to_change(user: Account, slug: str, pk: int) -> Seat:
    """The seat, if the user may see its group (else 404) and keep its roster (else a refusal)."""
    seat = get_visible(visible_seats(user).filter(group__slug=slug), pk=pk)
    require(user, EDIT_ROSTER, seat.group)
    return seat


def seat_to_fill(user: Account, slug: str, pk: int) -> Seat:
    """The seat, if the user may see it (else 404) and say who sits there (else a refusal)."""
    seat = get_visible(visible_seats(user).filter(group__slug=slug), pk=pk)
    require_to_fill(user, seat)
    return seat


def visible_seats(user: Account) -> PeriodQuerySet[Seat]:
    rows = Seat.objects.filter(group__in=visible_groups(user))
    return rows.select_related("group__agreement", "organization", "function")


def seat_label(seat: Seat) -> str:
    number = f" {seat.number}" if seat.number != 1 else ""
    title = seat.function.title
    return f"{title[:1].upper()}{title[1:]}{number}, {seat.organization}"


def page_of(user: Account, seat: Seat, service: Callable[..., Act], **more: Any) -> VerbPage:
    """The page of a verb on one seat; what is not given follows from the seat."""
    here = reverse("governance:seat", args=[seat.group.slug, seat.pk])
    more.setdefault("fixed", {"seat": seat})
    more.setdefault("timeline", SeatTimeline(user, seat))
    more.setdefault("facts", facts(seat))
    return VerbPage(
        service=service,
        cancel_url=here,
        seen=lambda form: seats.last_seen_seats([seat]),
        done=lambda act: seat.group,
        crumbs=_crumbs(seat.group, (seat_label(seat), here)),
        **more,
    )


def _crumbs(group: SteeringGroup, *below: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (GROUPS[0], reverse(GROUPS[1])),
        (group.name, reverse("governance:group", args=[group.slug])),
        *below,
    ]


def facts(seat: Seat, near: Around | None = None, subject: Mandate | None = None) -> Facts:
    """Which seat it is and who holds it today, beside what is about to change it.

    `subject` is the mandate that the verb is about, if it is about one.
    """
    about = [subject] if subject else []
    sitting = near.sitting if near else []
    labels = near.labels if near else {}

    def told(word: str, mandate: Mandate) -> Facts:
        days = period(mandate)
        return [(word, labels[mandate.person_id]), ("Tid", days[:1].upper() + days[1:])]

    rows = [told(f"Uppdraget ({each.get_kind_display()})", each) for each in about]
    rows += [told(_KINDS[Mandate.Kind(each.kind)], each) for each in sitting if each != subject]
    return [
        *(fact for row in rows for fact in row),
        *([("Ledamot i dag", "Ingen")] if near and not sitting else []),
        ("Roll", seat.get_role_display().capitalize()),
    ]


_KINDS = {
    Mandate.Kind.ORDINARY: "Ledamot i dag",
    Mandate.Kind.ACTING: "Tillförordnad i dag",
    Mandate.Kind.PERSONAL_DEPUTY: "Personlig ersättare i dag",
}


def period(row: Any) -> str:
    """From when through when, in running text."""
    last = row.valid_through
    through = f"till och med den {in_words(last)}" if last else "tills vidare"
    return f"från och med den {in_words(row.valid_from)}, {through}"
