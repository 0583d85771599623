"""/styrgrupper/<slug>/platser/<id>/: one seat, and who held, holds and will hold it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Mandate, Seat
from governance.permissions import allowed, get_visible, may_fill, visible_groups
from governance.queries import seats as queries
from governance.queries.rosters import seat_status
from governance.queries.wanted import met_by
from governance.rights import EDIT_ROSTER
from governance.views.groups import Verb
from governance.views.reading import Reading, read
from governance.views.seat_verbs import seat_label, visible_seats


@require_safe
def seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The seat on the day, with its mandates by tense and the verbs on each."""
    reading = read(request)
    found = get_visible(visible_seats(request.user).filter(group__slug=slug), pk=pk)
    group = get_visible(visible_groups(request.user).with_state(reading.day), pk=found.group_id)
    rows = queries.held(request.user, found)
    parts = queries.by_tense(rows, reading.day)
    may_edit = reading.is_today and may_fill(request.user, found)
    may_change = allowed(request.user, EDIT_ROSTER, found.group)
    status = seat_status(found, [row.mandate for row in rows], reading.day, group)
    context = reading.context(
        seat=found,
        label=seat_label(found),
        mailbox=found.mailbox or found.organization.mailbox,
        status=status,
        wish=met_by(found, reading.day),
        parts=parts,
        may_edit=may_edit,
        verbs=_verbs(found, parts, reading, may_change=may_change) if may_edit else [],
        crumbs=[
            ("Styrgrupper", reverse("governance:groups")),
            (found.group.name, reverse("governance:group", args=[found.group.slug])),
        ],
    )
    return render(request, "seats/seat.html", context)


def _verbs(seat: Seat, parts: queries.Parts, reading: Reading, *, may_change: bool) -> list[Verb]:
    """What may be done with the seat today; nothing with one that has ended.

    Whoever only fills the seats of an organisation does not change the seats themselves.
    """
    if seat.has_ended(reading.day):
        return []
    found = [("Utse ledamot", "appoint")]
    if parts.of_kind(Mandate.Kind.ORDINARY):
        found = [("Byt ledamot", "replace"), ("Planera efterträdare", "plan")]
    found.append(("Utse ersättare eller tillförordnad", "stand_in"))
    if may_change:
        found += [("Ändra platsen", "change_seat"), ("Avsluta platsen", "end_seat")]
    return [
        Verb(label, reverse(f"governance:{name}", args=[seat.group.slug, seat.pk]))
        for label, name in found
    ]
