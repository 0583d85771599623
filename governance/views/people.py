"""/personer/<id>/: one person and the mandates that the reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Agreement, Mandate, Organization, Person
from governance.permissions import (
    allowed,
    allowed_on_a_group,
    get_visible,
    names,
    visible_organizations,
    visible_people,
)
from governance.rights import (
    APPOINT_OWN,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    VIEW_PROTECTED,
    Account,
)
from governance.views.reading import Reading, read


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, organisation and mandates: now, earlier and coming on the day."""
    reading = read(request)
    found = get_visible(visible_people(request.user).select_related("organization"), pk=pk)
    mandates = list(
        Mandate.objects.filter(person=found, seat__group__in=reading.groups)
        .select_related("seat__group__agreement", "seat__function", "seat__organization")
        .order_by("-valid_from", "-pk")
    )
    day, workplace = reading.day, found.organization
    sees_workplace = visible_organizations(request.user).filter(pk=workplace.pk).exists()
    address = reverse("governance:organization", args=[workplace.slug])
    return render(
        request,
        "people/person.html",
        reading.context(
            person=found,
            name=_name(request, found, mandates),
            mailbox=_mailbox(found, mandates, reading),
            now=[each for each in mandates if each.in_force(day)],
            earlier=[each for each in mandates if each.has_ended(day)],
            coming=[each for each in mandates if each.is_upcoming(day)],
            may_edit=any(allowed(request.user, EDIT_STRUCTURE, a) for a in reading.agreements),
            may_appoint=reading.is_today and _may_appoint(request.user, workplace),
            sees_workplace=sees_workplace,
            crumbs=[(str(workplace), address)] if sees_workplace else [],
        ),
    )


def _may_appoint(user: Account, workplace: Organization) -> bool:
    return allowed(user, APPOINT_OWN, workplace) or allowed_on_a_group(user, EDIT_ROSTER)


def _name(request: HttpRequest, person: Person, mandates: list[Mandate]) -> str | None:
    """The name under the best right that the reader has on an agreement the person sits under."""
    involved: list[Agreement] = [mandate.seat.group.agreement for mandate in mandates]
    permitted = [each for each in involved if allowed(request.user, VIEW_PROTECTED, each)]
    agreement = next(iter(permitted or involved), None)
    return names(request.user, [person], agreement)[person.pk]


def _mailbox(person: Person, mandates: list[Mandate], reading: Reading) -> str:
    """Where to write when the name is hidden: of a seat held that day, else of the organisation."""
    seats = [each.seat.mailbox for each in mandates if each.in_force(reading.day)]
    return next(filter(None, seats), person.organization.mailbox)
