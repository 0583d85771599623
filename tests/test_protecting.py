"""A name written wherever people write, before its person was protected: gone after."""

import logging

import pytest
from django.core import mail
from django.test import Client

from governance.models import (
    Act,
    GroupDecision,
    ImportRun,
    Mandate,
    Person,
    Reminder,
    SteeringGroup,
    User,
)
from tests.access import window
from tests.back_office import typed
from tests.back_office import url as in_admin
from tests.days import day
from tests.letters import sign_in
from tests.protecting import carry_out, everywhere, found_in, sessions, showing, tables_that_hold
from tests.test_access import PERSONAS
from tests.verb_pages import url
from tests.worlds import grant, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "gomda.hemlighetsson@polisen.example.org"
# Nobody else in these tests has the family name, so it is looked for by itself too.
TRACES = ["hemlighetsson", "+46701234567", "070-123 45 67"]


@pytest.fixture
def seat(farsta, patrik):
    return farsta.seats.filter(organization=patrik.person.organization).first()


@pytest.fixture
def person(seat, karin, diana, rut, farsta, caplog) -> Person:
    """Somebody whose name has been written wherever people write."""
    caplog.set_level(logging.DEBUG)
    keeper = window(karin)
    carry_out(
        keeper,
        url("appoint", farsta.slug, seat.pk),
        {
            "given_name": "Gomda",
            "family_name": "Hemlighetsson",
            "title": "kommunpolis",
            "first_day": "2024-01-01",
            "basis": "position",
            "basis_reference": "Enligt Gömda Hemlighetsson",
        },
    )
    found = Person.objects.get(name__family_name="Hemlighetsson")
    name = {"given_name": "Gömda", "family_name": "Hemlighetsson"}
    title = {"title": "chef, tidigare Hemlighetsson, Gömda"}
    carry_out(keeper, url("describe_person", found.pk), {**name, **title})
    details = {"email_new": ADDRESS, "mobile_new": "070-123 45 67"}
    carry_out(keeper, url("change_contacts", found.pk), details)
    found.user = make_user(ADDRESS)
    found.save()
    sign_in(ADDRESS, "fel lösenord")
    _written_by_hand(keeper, farsta, seat)
    _edited_in_the_back_office(window(diana), found)
    _imported_and_mailed(farsta, karin)
    _kept_when_signed_out(rut, found)
    mail.outbox.clear()
    caplog.clear()
    return found


def _written_by_hand(keeper: Client, farsta: SteeringGroup, seat) -> None:
    described = {"name": farsta.name, "basis": farsta.basis, "chairing": farsta.chairing}
    described |= {"notice_days": 60, "note": "Fråga GÖMDA  HEMLIGHETSSON, 070-123 45 67."}
    carry_out(keeper, url("describe", farsta.slug), described)
    carry_out(keeper, url("describe", farsta.slug), {**described, "note": "Fråga någon annan."})
    seat.mailbox = ADDRESS
    seat.save()
    decision = GroupDecision.objects.filter(group=farsta).first()
    decision.note = "Muntligt av Gömda Hemlighetsson"
    decision.save()
    Act.objects.create(verb="describe", note="På begäran av Gomda Hemlighetsson", summary="Ändrat.")
    mandate = Mandate.objects.get(person__name__family_name="Hemlighetsson")
    mandate.title_then = "vikarie för Gömda Hemlighetsson"
    mandate.save()


def _edited_in_the_back_office(operator: Client, person: Person) -> None:
    address = in_admin("person", person.pk, "change")
    sent = typed(operator, address, title="Gömda Hemlighetssons efterträdare")
    assert operator.post(address, sent).status_code == 302


def _imported_and_mailed(farsta: SteeringGroup, karin: User) -> None:
    ImportRun.objects.create(
        user=karin,
        group=farsta,
        file_name="Hemlighetsson Gömda.xlsx",
        sheet=[["Förnamn", "Titel", "Efternamn"], ["Gömda", "polis", "Hemlighetsson"]],
        columns={"Gömda Hemlighetsson": "name"},
        choices={"new": [["Gömda", "Hemlighetsson"]]},
    )
    Reminder.objects.create(
        agreement=farsta.agreement,
        mailbox=ADDRESS,
        day=day("2024-02-01"),
        subject="Gömda Hemlighetsson går ut",
        text=f"Skriv till {ADDRESS}",
    )


def _kept_when_signed_out(rut: User, person: Person) -> None:
    """What was typed in a form when the session had ended lies in the visitor's session."""
    visitor = Client()
    sent = {"given_name": "Gömda", "family_name": "Hemlighetsson", "title": "chef"}
    assert visitor.post(url("describe_person", person.pk), sent).status_code == 302
    assert found_in(sessions(), TRACES)


def test_the_name_stands_in_many_places_before(person):
    assert tables_that_hold(TRACES) > {
        "governance_act",
        "governance_contactdetail",
        "governance_groupdecision",
        "governance_historicalmandate",
        "governance_importrun",
        "governance_reminder",
        "governance_seat",
        "axes_accessattempt",
        "governance_person",
        "django_session",
    }


def test_after_the_protection_no_table_but_that_of_names_holds_it(person, karin, caplog):
    carry_out(window(karin), url("protect_person", person.pk), {})
    # The address of an account is a sign-in; it is shown to nobody but its holder.
    assert tables_that_hold(TRACES) == {"governance_personname", "governance_user"}
    assert not found_in(caplog.text, TRACES)
    assert mail.outbox == []
    assert ImportRun.objects.get(file_name__contains="borttaget").discarded


@pytest.mark.once("postgres")
def test_after_the_protection_no_page_or_file_shows_it_but_to_the_one_allowed(
    request, person, seat, karin, caplog
):
    carry_out(window(karin), url("protect_person", person.pk), {})
    pages = everywhere(seat, person, make_user("given@example.org"))
    own = [page for page in pages if not page.startswith("/admin/")]
    assert len(own) > 60
    caplog.clear()
    for name in [*PERSONAS, "stranger"]:
        found = showing(
            window(request.getfixturevalue(name)), pages if name == "diana" else own, TRACES
        )
        if name == "siri":
            assert set(found) >= {f"/personer/{person.pk}/", f"/styrgrupper/{seat.group.slug}/"}
            assert not [page for page in found if page.startswith("/sok/")]
            said = f"såg det skyddade namnet på person {person.pk}"
            assert caplog.text.count(said) >= len(found)
        else:
            assert found == [], name
    assert showing(Client(), [page for page in own if "logga-ut" not in page], TRACES) == []
    assert not found_in(caplog.text, TRACES)
    assert not [each for each in mail.outbox if found_in(each.body + each.subject, TRACES)]


def test_an_operator_who_may_see_protected_names_is_logged_too(person, karin, diana, caplog):
    carry_out(window(karin), url("protect_person", person.pk), {})
    grant(diana, "view_protected", person.mandates.first().seat.group.agreement)
    page = window(diana).get(in_admin("person", person.pk, "change"))
    assert found_in(page.content.decode(), TRACES)
    assert f"person {person.pk}" in caplog.text
