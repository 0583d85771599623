"""The pages and the command of the yearly round: opened, looked at, reminded of."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import FollowUp, Reminder
from governance.services.rounds import open_year
from tests.days import day
from tests.test_followup_pages import url
from tests.worlds import appoint, make_group, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(world):
    """Secretary of the hand-made local group."""
    user = make_user("skriver@example.org")
    appoint(world.secretary, make_person(world.city, "Sara", "Provskrivare", user=user))
    return user


@pytest.fixture
def followup(world) -> FollowUp:
    open_year(user=None, agreement=world.agreement, year=2024)
    return FollowUp.objects.get(group=world.group, year=2024)


# -- the year -------------------------------------------------------------------------------


def test_the_year_page_keeps_to_twenty_queries_with_300_groups(client, anna, world):
    for place in range(299):
        make_group(world.agreement, f"Grupp {place}")
    open_year(user=None, agreement=world.agreement, year=2024)
    client.force_login(anna)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/uppfoljning/2024/").content.decode()
    assert page.count("0 av 10<") == 300
    assert len(asked) <= 20


def test_the_years_are_listed_with_how_many_are_adopted(as_anna, followup):
    page = as_anna.get("/uppfoljning/").content.decode()
    assert 'href="/uppfoljning/2024/"' in page
    own = as_anna.get(f"/uppfoljning/?grupp={followup.group.slug}").content.decode()
    assert f'href="{url(followup)}"' in own
    unknown = as_anna.get("/uppfoljning/?grupp=finns-inte").content.decode()
    assert "Styrgruppen i adressen finns inte" in unknown


def test_a_year_is_opened_after_a_preview(as_anna, world):
    data = {"agreement": world.agreement.pk, "year": 2023, "due": "2024-02-01"}
    preview = as_anna.post("/uppfoljning/oppna/", data)
    assert "öppnas för 1 grupp" in preview.content.decode()
    assert not FollowUp.objects.exists()
    done = as_anna.post("/uppfoljning/oppna/", {**data, "steg": "spara", "seen": ""})
    assert done.url == "/uppfoljning/2023/"
    assert FollowUp.objects.get().due == day("2024-02-01")


@pytest.mark.parametrize("year", ["", "tjugo", "99999", "-1"])
def test_what_is_no_year_is_refused_beside_the_field(as_anna, world, year):
    page = as_anna.post("/uppfoljning/oppna/", {"agreement": world.agreement.pk, "year": year})
    assert "Skriv ett år med fyra siffror" in page.content.decode()


@pytest.mark.parametrize("year", [0, 1900, 2199, 99999999999])
def test_a_year_outside_the_calendar_is_not_found(as_anna, year):
    for address in (f"{year}/", f"klar-senast/{year}/", f"paminn/{year}/", f"{year}/farsta/"):
        assert as_anna.get(f"/uppfoljning/{address}").status_code == 404


def test_the_last_day_is_changed_for_those_that_are_not_sent(as_anna, world, followup):
    data = {"agreement": world.agreement.pk, "due": "2025-02-20", "steg": "spara", "seen": ""}
    as_anna.post("/uppfoljning/klar-senast/2024/", data)
    followup.refresh_from_db()
    assert followup.due == day("2025-02-20")
    assert followup.history.count() == 2


def test_the_secretary_is_reminded_of_what_is_missing(
    as_anna, world, followup, writer, letters, django_capture_on_commit_callbacks
):
    followup.sections.filter(kind="facts").update(done=True)
    data = {"agreement": world.agreement.pk}
    preview = as_anna.post("/uppfoljning/paminn/2024/", data)
    assert "skickas till 1 grupp" in preview.content.decode()
    assert letters == []
    with django_capture_on_commit_callbacks(execute=True):
        as_anna.post("/uppfoljning/paminn/2024/", {**data, "steg": "spara", "seen": ""})
    [letter] = letters
    assert letter.to == [writer.email]
    assert "Lägesbild: saknas" in letter.body
    assert "Uppgifter: " not in letter.body
    assert Reminder.objects.get().told == [f"followup:{followup.pk}"]


def test_without_a_secretary_the_mailbox_is_reminded(
    as_anna, world, followup, letters, django_capture_on_commit_callbacks
):
    data = {"agreement": world.agreement.pk, "steg": "spara", "seen": ""}
    with django_capture_on_commit_callbacks(execute=True):
        as_anna.post("/uppfoljning/paminn/2024/", data)
    assert letters[0].to == [world.agreement.mailbox]


# -- the command ----------------------------------------------------------------------------


def test_the_command_opens_all_agreements_and_can_be_run_again(world, elsewhere, capsys):
    call_command("open_followups", "2024", "--dry-run")
    assert "Inget har ändrats." in capsys.readouterr().out
    assert not FollowUp.objects.exists()
    call_command("open_followups", "2024", "--due", "2025-02-15")
    groups = set(FollowUp.objects.values_list("group", flat=True))
    assert {world.group.pk, elsewhere.group.pk} <= groups
    call_command("open_followups", "2024")
    assert "Inget att öppna" in capsys.readouterr().out
    assert FollowUp.objects.count() == len(groups)


@pytest.mark.parametrize("arguments", [["1700"], ["2024", "--due", "2025-02-30"]])
def test_the_command_refuses_in_swedish(db, arguments):
    with pytest.raises(CommandError, match="Skriv till exempel"):
        call_command("open_followups", *arguments)
