"""Pages that change one person: put right, moved, reached, protected."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.people import (
    ContactsForm,
    DescribePersonForm,
    MovePersonForm,
    ProtectedForm,
    ProtectForm,
)
from governance.models import Act, Agreement, Organization, Person, PersonName
from governance.permissions import contacts, get_visible, visible_organizations, visible_people
from governance.queries.people import (
    ContactList,
    name_for,
    namesakes,
    person_rights,
    require_to_edit,
    require_to_protect,
)
from governance.rights import Account
from governance.services import contact_details, people, protection
from governance.swedish import listed
from governance.temporal import PeriodQuerySet, today
from governance.views.group_verbs import form_page
from governance.views.verb_pages import VerbPage, carry_out

HIDDEN = "Namnet visas inte"


@form_page
def describe_person(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request.user, pk)
    agreement = require_to_edit(request.user, person)
    name = name_for(request.user, person)
    page = _page_of(
        person,
        name,
        agreement,
        people.describe,
        heading="Rätta namn och titel",
        lead="Använd detta när något skrevs in fel. Har personen fått en ny titel eller "
        "arbetsplats: välj det på personens sida i stället.",
        confirm="Rätta uppgifterna",
    )
    known = None if name is None else PersonName.objects.filter(person=person).first()
    form = DescribePersonForm(
        request.POST or None,
        person=person,
        name=known or (None if name is None else PersonName(person=person)),
    )
    return carry_out(request, form, page)


@form_page
def move_person(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request.user, pk)
    agreement = require_to_edit(request.user, person)
    visible = visible_organizations(request.user)
    now: PeriodQuerySet[Organization] = visible.as_of(today())  # type: ignore[attr-defined]
    own = Organization.objects.filter(pk=person.organization_id)
    # Who works where the user sees nothing is not fetched away from there.
    sees = visible.filter(pk=person.organization_id).exists()
    page = _page_of(
        person,
        name_for(request.user, person),
        agreement,
        people.move,
        heading="Ny titel eller arbetsplats",
        lead="Uppdragen ligger kvar och behåller titeln som gällde när de började.",
        confirm="Spara",
        fixed={"person": person, "agreement": agreement, "day": today()},
    )
    form = MovePersonForm(
        request.POST or None, person=person, organizations=(now | own if sees else own)
    )
    return carry_out(request, form, page)


@form_page
def change_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request.user, pk)
    agreement = require_to_edit(request.user, person)
    page = _page_of(
        person,
        name_for(request.user, person),
        agreement,
        contact_details.set_contacts,
        heading="Ändra kontaktuppgifter",
        lead="Personen har skyddade personuppgifter. Då finns inga egna kontaktuppgifter här."
        if person.protected
        else "Bara tjänsteuppgifter. Alla som hör till överenskommelsen kan se dem.",
        confirm="Spara kontaktuppgifterna",
        timeline=ContactList(person),
        timeline_template="people/contacts_become.html",
    )
    details = contacts([person]).get(person.pk, [])
    return carry_out(request, ContactsForm(request.POST or None, details=details), page)


@form_page
def protect_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a protection; or, where there is one, clean once more or lift it."""
    person = _person(request.user, pk)
    agreement = require_to_protect(request.user, person)
    may_lift = person_rights(request.user, person).lift
    form: Any = ProtectForm(request.POST if request.method == "POST" else None)
    if person.protected:
        form = ProtectedForm(request.POST or None, may_lift=may_lift)
    lifting = person.protected and form.lifts
    page = _page_of(
        person,
        name_for(request.user, person),
        agreement,
        protection.unprotect if lifting else protection.protect,
        heading="Skyddade personuppgifter",
        lead="Personen är skyddad. Skyddet kan bara tas bort av den som får se skyddade namn."
        if person.protected
        else "Namnet döljs överallt, och tas bort ur det som redan är skrivet. "
        "Kontaktuppgifterna tas bort.",
        confirm=_confirm(person, lifting=lifting),
        danger=True,
        more_facts=_alike(namesakes(request.user, person)),
    )
    return carry_out(request, form, page)


def _alike(others: list[Person]) -> list[tuple[str, str]]:
    """Who has the same name, said on the page alone: in the history it would give it away."""
    if not others:
        return []
    told = listed([f"{each} hos {each.organization}" for each in others])
    return [("Heter likadant", f"{told}. Är det samma person: skydda den också.")]


def _confirm(person: Person, *, lifting: bool) -> str:
    if lifting:
        return "Ta bort skyddet"
    return "Rensa namnet igen" if person.protected else "Skydda personuppgifterna"


def _person(user: Account, pk: int) -> Person:
    return get_visible(visible_people(user).select_related("organization"), pk=pk)


def _page_of(
    person: Person,
    name: str | None,
    agreement: Agreement,
    service: Callable[..., Act],
    more_facts: Iterable[tuple[str, str]] = (),
    **more: Any,
) -> VerbPage:
    """The page of a verb on one person; what is not given follows from the person."""
    here = reverse("governance:person", args=[person.pk])
    label = HIDDEN if name is None else name or "Namn saknas"
    more.setdefault("fixed", {"person": person, "agreement": agreement})
    return VerbPage(
        service=service,
        cancel_url=here,
        seen=lambda form: people.last_seen_person(person),
        after=lambda act: here,
        about="Uppgifterna",
        crumbs=[(label, here)],
        facts=[
            ("Person", label),
            ("Titel", person.title[:1].upper() + person.title[1:] or "Ej registrerad"),
            ("Arbetar hos", str(person.organization)),
            *more_facts,
        ],
        **more,
    )
