"""Pages for anybody: local groups without names, statements, help, health and errors."""

import html
import re
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from governance.models import PersonName
from governance.permissions import NotAllowed
from governance.rights import EDIT_ROSTER
from governance.views.errors import broken, forbidden
from governance.views.help_pages import TASKS
from tests.days import day
from tests.worlds import appoint, make_group, make_person


def text(response) -> str:
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_local_groups_of_every_agreement_are_open_to_anybody(client, structure, elsewhere):
    page = text(client.get("/lokala-styrgrupper/"))
    assert "Lokal styrgrupp Farsta Arbetar i Farsta (stadsdelsområde)." in page
    assert "Lokala gruppen i Annanstad" in page
    assert "Centrala gruppen" not in page
    assert page.index(structure.name) != page.index(elsewhere.agreement.name)


def test_the_open_page_shows_every_agreement_whichever_the_address_asks_for(
    client, structure, elsewhere
):
    for asked in (structure.slug, elsewhere.agreement.slug, "finns-inte"):
        page = text(client.get("/lokala-styrgrupper/", {"overenskommelse": asked}))
        assert "Lokal styrgrupp Farsta" in page
        assert "Lokala gruppen i Annanstad" in page


def test_the_open_page_shows_another_day(client, structure):
    page = text(client.get("/lokala-styrgrupper/", {"datum": "2023-06-30"}))
    assert "Lokal styrgrupp Norrmalm" in page
    assert "Lokal styrgrupp Norra innerstaden" not in page
    page = text(client.get("/lokala-styrgrupper/", {"datum": "2018-01-01"}))
    assert "Det betyder inte att grupp saknades." in page


def test_a_proposed_group_is_not_public(client, structure):
    make_group(structure, "Påtänkta gruppen", active=False)
    assert "Påtänkta" not in text(client.get("/lokala-styrgrupper/"))


def test_the_open_page_names_a_functional_mailbox_and_no_person(client, farsta, farsta_chair):
    farsta.mailbox = "farsta@example.org"
    farsta.save()
    appoint(farsta_chair, make_person(farsta_chair.organization), day("2024-01-01"))
    page = client.get("/lokala-styrgrupper/").content.decode()
    assert "farsta@example.org" in page
    assert PersonName.objects.exists()
    for name in PersonName.objects.all():
        assert name.given_name not in page
        assert name.family_name not in page


def test_the_open_page_says_nothing_of_how_many_sit_there(client, farsta, farsta_chair):
    before = client.get("/lokala-styrgrupper/").content
    appoint(farsta_chair, make_person(farsta_chair.organization), day("2024-01-01"))
    assert client.get("/lokala-styrgrupper/").content == before


def test_the_open_page_never_reads_a_table_of_people(client, structure, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        client.get("/lokala-styrgrupper/")
    assert not [row for row in asked.captured_queries if "governance_person" in row["sql"]]


@pytest.mark.parametrize(
    "address", ["/lokala-styrgrupper/", "/tillganglighet/", "/personuppgifter/", "/hjalp/"]
)
def test_open_pages_need_no_account(client, db, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


def test_faults_are_reported_to_the_mailbox_of_the_installation(client, db, settings):
    settings.DEFAULT_FROM_EMAIL = "drift@example.org"
    assert "drift@example.org" in text(client.get("/tillganglighet/"))
    assert "drift@example.org" in text(client.get("/personuppgifter/"))


@pytest.mark.parametrize("task", [task for tasks in TASKS.values() for task, _ in tasks])
def test_every_help_page_is_there_and_linked(client, db, task):
    assert f'href="/hjalp/{task}/"' in client.get("/hjalp/").content.decode()
    page = client.get(f"/hjalp/{task}/")
    assert page.status_code == 200
    assert "<ol>" in page.content.decode()


def test_an_unknown_task_is_a_swedish_404(client, db):
    for task in ["finns-inte", "task", "index"]:
        response = client.get(f"/hjalp/{task}/")
        assert response.status_code == 404
        assert "Sidan finns inte." in text(response)


def test_health_is_ok_when_the_database_answers(client, db):
    response = client.get("/halsa/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_health_is_503_when_the_database_does_not_answer(client, db):
    with patch.object(connection, "cursor", side_effect=DatabaseError("hemlig adress")):
        response = client.get("/halsa/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable"}


def test_a_403_says_which_right_is_missing_and_whom_to_ask(farsta, fatima):
    farsta.agreement.mailbox = "samordnare@example.org"
    request = RequestFactory().get("/")
    request.user = fatima
    response = forbidden(request, NotAllowed(EDIT_ROSTER, farsta))
    assert response.status_code == 403
    assert "Du har inte rätt att ändra uppgifter och ledamöter i Lokal styrgrupp" in text(response)
    assert "samordnare@example.org" in text(response)


def test_an_unknown_address_is_a_swedish_404_that_repeats_nothing(client, db):
    response = client.get("/hemligt-projekt/")
    assert response.status_code == 404
    assert "Sidan finns inte." in text(response)
    assert "hemligt-projekt" not in text(response)


def test_a_500_is_drawn_without_the_database(django_db_blocker):
    with django_db_blocker.block():
        response = broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Något gick fel" in response.content.decode()


def test_what_breaks_shows_the_swedish_500(db):
    client = Client(raise_request_exception=False)
    with patch("governance.views.open_pages.open_groups", side_effect=RuntimeError):
        response = client.get("/lokala-styrgrupper/")
    assert response.status_code == 500
    assert "Felet är vårt" in response.content.decode()
