"""Signing in and out, and passwords."""

import re

import pytest
from django.test import Client

from governance.models import User
from tests.letters import LOGIN, NEW, link_in, sign_in, text
from tests.worlds import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_signing_in_goes_on_to_where_one_was_heading(bo):
    assert sign_in(bo.email, next="/struktur/").url == "/struktur/"
    assert sign_in(bo.email).url == "/"
    page = Client().get("/struktur/", follow=True)
    assert 'name="next" value="/struktur/"' in page.content.decode()


@pytest.mark.parametrize(
    "target", ["https://ond.example/", "//ond.example/", "javascript:alert(1)", "/\\ond.example"]
)
def test_signing_in_never_leads_out_of_the_app(bo, target):
    assert sign_in(bo.email, next=target).url == "/"
    assert "ond.example" not in Client().get(LOGIN, {"next": target}).content.decode()


def test_unknown_address_wrong_password_and_closed_account_get_the_same_sentence(bo):
    closed = make_user("stangd@example.org", is_active=False)
    answers = [
        re.sub(r"csrfmiddlewaretoken.*?>|[\w.]+@example.org", "", sign_in(*pair).content.decode())
        for pair in [(bo.email, "fel"), ("okand@example.org", "fel"), (closed.email, PASSWORD)]
    ]
    assert len(set(answers)) == 1
    assert "hör inte ihop" in answers[0]


def test_the_session_changes_its_key_when_somebody_signs_in(bo):
    client = Client()
    client.get(LOGIN)
    client.session.save()
    session = client.session
    session["kvar"] = "ja"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(LOGIN, {"username": bo.email, "password": PASSWORD})
    assert client.session.session_key != before


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(bo):
    response = sign_in(bo.email)
    cookie = response.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_forms_are_refused_without_their_token(bo):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bo)
    for page in (LOGIN, "/konto/losenord/", "/konto/logga-ut/", "/konto/glomt-losenord/"):
        assert strict.post(page, {}).status_code == 403


def test_signing_out_ends_the_session_and_says_so(client, bo):
    client.force_login(bo)
    page = client.post("/konto/logga-ut/", follow=True)
    assert "Du är utloggad." in text(page)
    assert client.get("/konto/").status_code == 302


def test_password_managers_are_told_which_field_is_which(client, bo):
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    client.force_login(bo)
    page = client.get("/konto/losenord/").content.decode()
    assert page.count('autocomplete="new-password"') == 2


def test_changing_the_password_ends_other_sign_ins_but_not_this_one(client, bo):
    other = Client()
    other.force_login(bo)
    client.force_login(bo)
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert "Lösenordet är bytt" in text(client.post("/konto/losenord/", form, follow=True))
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    assert sign_in(bo.email, NEW).status_code == 302


def test_asking_for_a_new_password_says_the_same_for_every_address(bo, letters):
    pages = [
        Client().post("/konto/glomt-losenord/", {"email": email}, follow=True).content
        for email in (bo.email.upper(), "okand@example.org")
    ]
    assert pages[0] == pages[1]
    assert [letter.to for letter in letters] == [[bo.email]]


def test_a_mail_server_that_fails_shows_and_logs_no_address(bo, settings, caplog):
    settings.EMAIL_BACKEND = "tests.letters.Broken"
    page = Client().post("/konto/glomt-losenord/", {"email": bo.email}, follow=True)
    assert page.status_code == 200
    assert f"konto {bo.pk}" in caplog.text
    assert bo.email not in caplog.text


def test_the_link_to_a_new_password_works_once(bo, letters):
    Client().post("/konto/glomt-losenord/", {"email": bo.email})
    link, client = link_in(letters[0]), Client()
    form = client.get(link)
    assert NEW not in form.url
    done = client.post(form.url, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert "Lösenordet är bytt" in text(done)
    assert sign_in(bo.email, NEW).status_code == 302
    used = Client().get(link, follow=True)
    assert "Länken gäller inte längre" in text(used)
    assert "samordnaren" in text(used)


def test_the_link_to_a_new_password_does_not_open_a_closed_account(bo, letters):
    Client().post("/konto/glomt-losenord/", {"email": bo.email})
    User.objects.filter(pk=bo.pk).update(is_active=False)
    assert "gäller inte längre" in text(Client().get(link_in(letters[0]), follow=True))


def test_a_weak_password_is_refused_in_swedish(client, bo):
    client.force_login(bo)
    form = {"old_password": PASSWORD, "new_password1": "kort", "new_password2": "kort"}
    page = text(client.post("/konto/losenord/", form))
    assert "Rätta detta" in page
    assert "minst 12 tecken" in page
    assert "password" not in page.lower().replace("new_password", "")
