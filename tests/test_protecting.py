"""A name entered, imported, mailed and edited before its person was protected: gone after.

The tables are read by plain SQL, and the pages by going through every address that the
app has, so that a new table, page or file is looked at from the day it exists.
"""

import io
import logging
import zipfile
from types import SimpleNamespace
from urllib.parse import unquote_plus

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
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
from governance.swedish import fold
from tests.access import addresses, url_of, window
from tests.back_office import typed
from tests.back_office import url as in_admin
from tests.days import day
from tests.letters import sign_in
from tests.test_access import PERSONAS, arguments_of, given, seated
from tests.verb_pages import hidden, url
from tests.worlds import grant, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "gomda.hemlighetsson@polisen.example.org"
# Nobody else in these tests has the family name, so it is looked for by itself too.
TRACES = ["hemlighetsson", "+46701234567", "070-123 45 67"]


def found_in(text: object, words: list[str]) -> bool:
    folded = fold(str(text))
    return any(word in folded for word in words)


@pytest.fixture
def seat(farsta, patrik):
    return farsta.seats.filter(organization=patrik.person.organization).first()


@pytest.fixture
def person(seat, karin, diana, rut, farsta, caplog) -> Person:
    """Somebody whose name has been written wherever people write."""
    caplog.set_level(logging.DEBUG)
    keeper = window(karin)
    _carry_out(
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
    _carry_out(keeper, url("describe_person", found.pk), {**name, **title})
    details = {"email_new": ADDRESS, "mobile_new": "070-123 45 67"}
    _carry_out(keeper, url("change_contacts", found.pk), details)
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


def _carry_out(client: Client, address: str, sent: dict) -> None:
    preview = client.post(address, sent)
    assert preview.status_code == 200
    saved = client.post(address, {**hidden(preview), "steg": "spara"})
    assert saved.status_code == 302, saved.content.decode()


def _written_by_hand(keeper: Client, farsta: SteeringGroup, seat) -> None:
    described = {"name": farsta.name, "basis": farsta.basis, "chairing": farsta.chairing}
    described |= {"notice_days": 60, "note": "Fråga GÖMDA  HEMLIGHETSSON, 070-123 45 67."}
    _carry_out(keeper, url("describe", farsta.slug), described)
    _carry_out(keeper, url("describe", farsta.slug), {**described, "note": "Fråga någon annan."})
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
    assert found_in(_sessions(), TRACES)


# -- where it is looked for ----------------------------------------------------------------


def _sessions() -> str:
    return unquote_plus(str([session.get_decoded() for session in Session.objects.all()]))


def tables_that_hold_it() -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(found_in(row, TRACES) for row in cursor.fetchall()):
                found.add(table)
    if found_in(_sessions(), TRACES):
        found.add("django_session")
    return found


def words_of(response) -> str:
    """All that an answer says, also inside a spreadsheet or another packed file."""
    content = response.getvalue()
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    files = zipfile.ZipFile(io.BytesIO(content))
    return "\n".join(files.read(name).decode(errors="replace") for name in files.namelist())


def everywhere(seat, person: Person, account: User) -> list[str]:
    """Every address of the app, about the person and the seat."""
    mine = SimpleNamespace(
        group=seat.group,
        agreement=seat.group.agreement,
        organization=person.organization,
        person=person,
        account=person.user,
        grant=given(account, seat.group),
        **seated(seat.group.seats.exclude(pk=seat.pk).first(), person),
    )
    mine.seat, mine.mandate = seat, seat.mandates.first()
    pages = [
        url_of(address, arguments_of(address, mine) if names else {})
        for address, names in addresses()
    ]
    searches = ["/sok/?q=hemlighetsso", "/sok/?q=gomda", "/andringar/?sedan=2000-01-01"]
    return [*pages, *searches, f"/personer/{person.pk}/?datum=2035-01-01"]


def showing(client: Client, pages: list[str]) -> list[str]:
    return [page for page in pages if found_in(words_of(client.get(page)), TRACES)]


def test_the_name_stands_in_many_places_before(person):
    assert tables_that_hold_it() > {
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
    _carry_out(window(karin), url("protect_person", person.pk), {})
    # The address of an account is a sign-in; it is shown to nobody but its holder.
    assert tables_that_hold_it() == {"governance_personname", "governance_user"}
    assert not found_in(caplog.text, TRACES)
    assert mail.outbox == []
    assert ImportRun.objects.get(file_name__contains="borttaget").discarded


def test_after_the_protection_no_page_or_file_shows_it_but_to_the_one_allowed(
    request, person, seat, karin, caplog
):
    _carry_out(window(karin), url("protect_person", person.pk), {})
    pages = everywhere(seat, person, make_user("given@example.org"))
    own = [page for page in pages if not page.startswith("/admin/")]
    assert len(own) > 60
    caplog.clear()
    for name in [*PERSONAS, "stranger"]:
        found = showing(window(request.getfixturevalue(name)), pages if name == "diana" else own)
        if name == "siri":
            assert set(found) >= {f"/personer/{person.pk}/", f"/styrgrupper/{seat.group.slug}/"}
            assert not [page for page in found if page.startswith("/sok/")]
            said = f"såg det skyddade namnet på person {person.pk}"
            assert caplog.text.count(said) >= len(found)
        else:
            assert found == [], name
    assert showing(Client(), [page for page in own if "logga-ut" not in page]) == []
    assert not found_in(caplog.text, TRACES)
    assert not [each for each in mail.outbox if found_in(each.body + each.subject, TRACES)]


def test_an_operator_who_may_see_protected_names_is_logged_too(person, karin, diana, caplog):
    _carry_out(window(karin), url("protect_person", person.pk), {})
    grant(diana, "view_protected", person.mandates.first().seat.group.agreement)
    page = window(diana).get(in_admin("person", person.pk, "change"))
    assert found_in(page.content.decode(), TRACES)
    assert f"person {person.pk}" in caplog.text
