"""What nobody should send: each a Swedish page or sentence, nothing changed, a quiet log."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from governance.models import Area
from tests.pages import READING, url_of
from tests.verb_pages import NOW, VERBS, pages, text, url
from tests.verbs import counts
from tests.worlds import make_group

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgres")]

LOGGED_BY = logging.StreamHandler  # the handler of settings.LOGGING; pytest has its own kinds

# Each query has one odd value of everything that some page reads.
DAYS = [
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "+2025-01-01",
    "２０２５-０１-０１",
    "99999-01-01",
]
DAYS += ["0001-01-02", "9999-12-30", "\0", "x" * 3000]
NUMBERS = ["-1", "0", "9" * 30, "1e5", "\0", "٣", "", "last", "1.5", "x"]
TEXTS = ["%", "_", "\\", "'", '"', "a\0b", "ß İ ﬀ", "🙂", "' OR 1=1 --", "x" * 9000]
QUERIES = [
    {
        "datum": day,
        "sedan": day,
        "sida": number,
        "konto": number,
        "grupp": typed,
        "verb": typed,
        "slag": typed,
        "visa": typed,
        "lage": typed,
        "q": typed,
        "gor": typed,
    }
    for day, number, typed in zip(DAYS, NUMBERS, TEXTS, strict=True)
]


@pytest.fixture
def other(world):
    return make_group(world.agreement, "Andra gruppen")


def quiet(caplog) -> bool:
    """No error, and no traceback of any kind, in the log so far."""
    return not [each for each in caplog.records if each.levelno >= logging.ERROR or each.exc_info]


@pytest.mark.parametrize("name", READING)
def test_odd_queries_give_a_page(client, karin, farsta, caplog, name):
    client.force_login(karin)
    organization = karin.person.organization
    address = url_of(name, farsta, organization, karin.person, karin).split("?")[0]
    for query in QUERIES:
        assert client.get(address, query).status_code == 200, query
    for raw in ["datum=%ff%fe&q=%ff%fe&sida=%ff", "%ff=%fe", "datum=2025-01-01&datum=x&q=a&q=b"]:
        assert client.get(f"{address}?{raw}").status_code == 200, raw
    assert quiet(caplog)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("address", ["/", "/styrgrupper/farsta/", "/andringar/"])
def test_a_day_too_far_away_shows_today_and_says_so(client, karin, farsta, address, day):
    client.force_login(karin)
    assert f"{day} är inget datum. Sidan visar i dag." in text(client.get(address, {"datum": day}))


@pytest.mark.parametrize("odd", ["\0", "0001-01-01", "9999-12-31", "9" * 400, "%", "🙂", "-1"])
@pytest.mark.parametrize("verb", VERBS)
def test_odd_forms_are_refused_beside_their_fields(client, world, other, anna, caplog, verb, odd):
    address, typed = pages(world, other)[verb]
    client.force_login(anna)
    before = counts()
    for name in typed.keys() - {"name", "new_name", "note"}:  # may be odd
        for step in ("", "spara"):
            sent = {**typed, name: odd, "seen": odd, "steg": step}
            assert client.post(address, sent).status_code in (200, 409), name
    client.post(address, "{}", content_type="application/json")
    client.post(address, b"\xff\xfe\0", content_type="application/x-www-form-urlencoded")
    client.post(address, b"--x", content_type="multipart/form-data; boundary=x")
    assert counts() == before
    assert quiet(caplog)


@pytest.mark.parametrize("odd", ["\0", "x" * 5000, "🙂@example.org", "%", "a\0b@example.org"])
@pytest.mark.parametrize(
    ("name", "field"),
    [("login", "username"), ("login", "password"), ("forgot_password", "email")],
)
def test_odd_signing_in_is_only_refused(client, db, caplog, name, field, odd):
    typed = {"username": "a@example.org", "password": "x", field: odd}
    headers = {"user-agent": "x" * 3000, "accept": "y" * 3000}
    assert client.post(url(name), typed, headers=headers).status_code in (200, 302)
    assert quiet(caplog)


@pytest.mark.parametrize("name", ["invite", "give_grant", "propose"])
def test_odd_choices_of_accounts_are_refused(client, world, anna, caplog, name):
    client.force_login(anna)
    before = counts()
    fields = "email agreement person organization right account on title parent areas".split()
    for odd in ("\0", "9" * 30, "-1", "agreement-0", "🙂"):
        sent = {**dict.fromkeys(fields, odd), "steg": "spara"}
        assert client.post(url(name), sent).status_code == 200
    assert counts() == before
    assert quiet(caplog)


def test_what_cannot_be_read_at_all_is_a_swedish_400(client, karin):
    client.force_login(karin)
    response = client.get("/styrgrupper/?" + "a=1&" * 11_000)
    assert response.status_code == 400
    assert "Det gick inte att läsa det som skickades" in text(response)
    assert "Inget har sparats." in text(response)


def test_too_much_at_once_is_a_swedish_400(client, world, anna):
    client.force_login(anna)
    address = url("describe", world.group.slug)
    response = client.post(address, {"note": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    # A test client sends multipart, whose fields count together.
    assert response.status_code == 400
    assert "Korta texten" in text(response)


@pytest.mark.parametrize(
    ("name", "kept"), [("django.security.TooManyFieldsSent", False), ("django.request", True)]
)
def test_only_faults_of_our_own_have_a_traceback_in_the_log(name, kept):
    error = ValueError("fel")
    record = logging.LogRecord(name, 40, "", 1, "Fel", (), (ValueError, error, None))
    [handler] = [each for each in logging.getLogger().handlers if type(each) is LOGGED_BY]
    assert handler.filter(record)
    assert bool(record.exc_info) is kept


@pytest.mark.parametrize("address", ["/", "/styrgrupper/farsta/", "/konto/logga-ut/", "/sok/"])
def test_the_wrong_method_is_a_swedish_405(client, karin, farsta, address):
    client.force_login(karin)
    ask = client.get if "logga-ut" in address else client.post
    for response in [ask(address), client.delete(address), client.put(address)]:
        assert response.status_code == 405
        assert "Sidan kan inte öppnas så" in text(response)
        assert response["Allow"]


def test_no_method_is_overridden_by_a_field_or_a_header(client, world, anna):
    client.force_login(anna)
    before = counts()
    address = url("rest", world.group.slug)
    client.get(address, {"_method": "POST", "first_day": NOW, "steg": "spara", "seen": "0"})
    client.get(address, headers={"x-http-method-override": "POST"})
    assert counts() == before


def test_a_form_without_its_token_is_a_swedish_403_that_changes_nothing(world, anna):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    before = counts()
    for verb in ("rest", "dissolve", "describe", "activate", "change_coverage", "resume"):
        response = strict.post(url(verb, world.group.slug), {"first_day": NOW, "steg": "spara"})
        assert response.status_code == 403
        assert "Inget har sparats." in text(response)
    assert counts() == before


def test_areas_that_the_reader_cannot_see_are_no_choice(client, world, elsewhere, anna):
    client.force_login(anna)
    before = counts()
    foreign = elsewhere.north.pk
    assert Area.objects.filter(pk=foreign).exists()
    for verb, typed in [
        ("change_coverage", {"first_day": NOW, "areas": [foreign], "seen": "0"}),
        (
            "propose",
            {"agreement": world.agreement.pk, "name": "Ny", "kind": "local", "basis": "place",
             "valid_from": NOW, "areas": [foreign]},
        ),
        (
            "propose",
            {"agreement": elsewhere.agreement.pk, "name": "Ny", "kind": "local", "basis": "place",
             "valid_from": NOW, "areas": [world.north.pk]},
        ),
    ]:  # fmt: skip
        address = url(verb) if verb == "propose" else url(verb, world.group.slug)
        response = client.post(address, {**typed, "steg": "spara"})
        assert response.status_code == 200
        assert response.context["form"].errors
        assert "Annanstad" not in text(response)
    assert counts() == before


def test_fields_that_are_not_on_the_form_change_nothing(client, world, elsewhere, anna):
    client.force_login(anna)
    typed = {"name": "Nytt namn", "basis": "place", "chairing": "single", "notice_days": 60}
    extra = {"slug": "annat", "agreement": elsewhere.agreement.pk, "kind": "central",
             "valid_from": "1999-01-01", "valid_through": "2001-01-01", "id": elsewhere.group.pk,
             "group": elsewhere.group.pk, "user": "1", "source": "x", "parent": ""}  # fmt: skip
    seen = client.get(url("describe", world.group.slug)).context["seen"]
    sent = {**typed, **extra, "seen": seen, "steg": "spara"}
    assert client.post(url("describe", world.group.slug), sent).status_code == 302
    before = vars(world.group) | {"name": "Nytt namn"}
    world.group.refresh_from_db()
    elsewhere.group.refresh_from_db()
    kept = ("slug", "agreement_id", "kind", "valid_from", "valid_through", "parent_id", "name")
    assert {name: getattr(world.group, name) for name in kept} == {n: before[n] for n in kept}
    assert elsewhere.group.name == "Lokala gruppen i Annanstad"
