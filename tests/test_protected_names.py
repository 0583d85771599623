"""The protected person of the demo: whom the name is shown to, and where it is stored."""

import logging

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from governance.models import Mandate, PersonName, User
from governance.services import coverages, groups
from governance.temporal import today
from tests.access import addresses, url_of
from tests.pages import ABOUT_ONE, ACROSS
from tests.pages import url_of as page_of

pytestmark = pytest.mark.django_db
DEMO = "karin rut sven olle fatima patrik siri diana utan".split()


@pytest.fixture
def seat(empty_database, caplog) -> Mandate:
    """The protected person's seat, after everything that a day at work might do to its group."""
    caplog.set_level(logging.DEBUG)
    call_command("demo")
    found = Mandate.objects.as_of(today()).filter(person__protected=True).get()
    group = found.seat.group
    areas = [row.area for row in group.coverages.as_of(today())]
    coverages.change_coverage(user=None, group=group, areas=areas[:0], first_day=today())
    groups.rest(user=None, group=group, first_day=today())
    return found


@pytest.fixture
def words(seat) -> set[str]:
    """The name in every order; others in the demo may share one half of it."""
    name = PersonName.objects.get(person=seat.person)
    given, family = name.given_name, name.family_name
    assert given
    assert family
    return {f"{given} {family}", f"{family} {given}", f"{family}, {given}"}


def window(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email__startswith=f"{name}."))
    return client


def pages_about(seat: Mandate, account: User) -> list[str]:
    person, group = seat.person, seat.seat.group
    pages = [
        page_of(name, group, person.organization, person, account)
        for name in [*ACROSS, *ABOUT_ONE, "account"]
    ]
    name = PersonName.objects.get(person=person)
    pages += [f"/sok/?q={word}" for word in (name.given_name[:-1], name.family_name[:-1])]
    return [*pages, "/konto/alla/", "/konto/behorigheter/", f"/konto/{account.pk}/",
            "/konto/bjud-in/", "/konto/behorigheter/ny/", "/lokala-styrgrupper/",
            f"/personer/{person.pk}/?datum=2035-01-01", "/andringar/?sedan=2000-01-01"]  # fmt: skip


def shows(client: Client, pages: list[str], words: set[str]) -> list[str]:
    return [
        page for page in pages if any(word in client.get(page).content.decode() for word in words)
    ]


@pytest.mark.once("postgres")
def test_only_siri_meets_the_name_and_only_where_the_person_sits(seat, words, caplog):
    pages = pages_about(seat, User.objects.get(email__startswith="karin."))
    group, person = seat.seat.group, seat.person
    for name in DEMO:
        found = shows(window(name), pages, words)
        if name == "siri":
            assert set(found) >= {f"/styrgrupper/{group.slug}/", f"/personer/{person.pk}/"}
            assert not [page for page in found if page.startswith("/sok/")]
        else:
            assert found == [], name
    assert shows(Client(), ["/lokala-styrgrupper/", "/"], words) == []
    assert not [word for word in words if word in caplog.text]


def test_the_back_office_does_not_show_the_name(seat, words, caplog):
    """To an operator without the right: every list, row, history and list of choices."""
    client, person = window("diana"), seat.person
    rows = {"person": person.pk, "personname": person.name.pk, "mandate": seat.pk,
            "seat": seat.seat_id, "steeringgroup": seat.seat.group_id}  # fmt: skip
    pages = []
    for address, arguments in addresses():
        if address.startswith("admin:governance_"):
            noun = address.removeprefix("admin:governance_").rsplit("_", 1)[0]
            model = apps.get_model("governance", noun.split("_")[0])
            first = rows.get(noun) or model._default_manager.values_list("pk", flat=True).first()
            pages.append(url_of(address, dict.fromkeys(arguments, first or 1)))
    assert len(pages) > 60
    listed = [page for page in pages if page.endswith(("person/", "mandate/", "user/"))]
    pages += [f"{page}?q={word[:-1]}" for page in listed for word in words]
    fields = [("mandate", "person"), ("person", "user"), ("personname", "person")]
    pages += [
        f"/admin/autocomplete/?app_label=governance&model_name={model}&field_name={field}&term="
        for model, field in fields
    ]
    assert shows(client, pages, words) == []
    assert not [word for word in words if word in caplog.text]


def test_the_name_stands_in_its_own_tables_and_no_other(seat, words, mailoutbox):
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            text = " ".join(str(value) for value in row).lower()
            if any(word.lower() in text for word in words):
                found.add(model.__name__)
    assert found <= {"PersonName", "HistoricalPersonName"}
    assert "PersonName" in found
    assert not [letter for letter in mailoutbox if any(word in letter.body for word in words)]
