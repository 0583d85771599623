"""/personer/<id>/: one person and the mandates that the reader may see."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Mandate, Organization, Person, SteeringGroup
from governance.permissions import (
    allowed,
    allowed_on_a_group,
    contacts,
    get_visible,
    visible_organizations,
    visible_people,
)
from governance.queries.people import name_for, person_rights
from governance.rights import APPOINT_OWN, EDIT_ROSTER, EDIT_STRUCTURE, Account
from governance.views.groups import Verb
from governance.views.reading import Reading, read


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, organisation, mandates and how the person is reached: now, earlier and coming."""
    reading = read(request)
    workplaces = visible_organizations(request.user).filter(pk=OuterRef("organization"))
    people = visible_people(request.user).annotate(sees_workplace=Exists(workplaces))
    found: Any = get_visible(people.select_related("organization"), pk=pk)
    mandates = list(
        Mandate.objects.filter(person=found, seat__group__in=reading.groups)
        .select_related("seat__group__agreement", "seat__function", "seat__organization")
        .order_by("-valid_from", "-pk")
    )
    day, workplace = reading.day, found.organization
    address = reverse("governance:organization", args=[workplace.slug])
    groups = [each.seat.group for each in mandates]
    lasting = [each.seat.group for each in mandates if not each.has_ended(day)]
    return render(
        request,
        "people/person.html",
        reading.context(
            person=found,
            name=name_for(request.user, found, [group.agreement for group in groups]),
            contacts=contacts([found]).get(found.pk, []),
            mailbox=_mailbox(found, mandates, reading),
            now=[each for each in mandates if each.in_force(day)],
            earlier=[each for each in mandates if each.has_ended(day)],
            coming=[each for each in mandates if each.is_upcoming(day)],
            may_edit=any(allowed(request.user, EDIT_STRUCTURE, a) for a in reading.agreements),
            verbs=_verbs(request.user, found, lasting) if reading.is_today else [],
            may_appoint=reading.is_today and _may_appoint(request.user, workplace),
            sees_workplace=found.sees_workplace,
            crumbs=[(str(workplace), address)] if found.sees_workplace else [],
        ),
    )


def _verbs(user: Account, person: Person, sitting: list[SteeringGroup]) -> list[Verb]:
    """What the reader may do with what is known of the person."""
    may = person_rights(user, person, sitting)
    found = []
    if may.edit is not None:
        found = [
            ("Rätta namn och titel", "describe_person"),
            ("Ny titel eller arbetsplats", "move_person"),
        ]
        if not person.protected:
            found.append(("Ändra kontaktuppgifter", "change_contacts"))
    if may.protect is not None:
        label = "Skyddade personuppgifter" if person.protected else "Skydda personuppgifter"
        found.append((label, "protect_person"))
    return [Verb(label, reverse(f"governance:{name}", args=[person.pk])) for label, name in found]


def _may_appoint(user: Account, workplace: Organization) -> bool:
    return allowed(user, APPOINT_OWN, workplace) or allowed_on_a_group(user, EDIT_ROSTER)


def _mailbox(person: Person, mandates: list[Mandate], reading: Reading) -> str:
    """Where to write when the name is hidden: of a seat held that day, else of the organisation."""
    seats = [each.seat.mailbox for each in mandates if each.in_force(reading.day)]
    return next(filter(None, seats), person.organization.mailbox)
