"""Headers and addresses by which somebody outside could lead a reader astray."""

import pytest
from django.test import Client

from tests.worlds import PASSWORD

ELSEWHERE = [
    "https://fel.example.se/",
    "//fel.example.se/",
    "/\\fel.example.se/",
    "\\\\fel.example.se",
    "https:fel.example.se",
    "javascript:alert(1)",
    "http:///fel.example.se",
    " //fel.example.se",
    "/\t/fel.example.se",
    "\0//fel.example.se",
]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("how", ["field", "address", "already in", "back office"])
def test_no_address_leads_out_of_the_app(bo, diana, target, how):
    client = Client()
    if how == "already in":
        client.force_login(bo)
        answer = client.get("/konto/logga-in/", {"next": target})
    elif how == "back office":
        client.force_login(diana)
        answer = client.get("/admin/login/", {"next": target})
    else:
        typed = {"username": bo.email, "password": PASSWORD}
        where = "/konto/logga-in/"
        if how == "field":
            typed["next"] = target
        answer = client.post(where, typed, query_params={"next": target} if how != "field" else {})
    assert answer.status_code == 302
    assert answer["Location"] in ("/", "/admin/")


@pytest.mark.parametrize("target", ["//fel.example.se", "https://fel.example.se"])
def test_signing_out_leads_to_signing_in_and_nowhere_else(client, bo, target):
    client.force_login(bo)
    answer = client.post("/konto/logga-ut/", {"next": target})
    assert answer["Location"] == "/konto/logga-in/"


@pytest.mark.parametrize(
    "address", ["/", "/konto/logga-in/", "/lokala-styrgrupper/", "/finns/inte/", "/admin/"]
)
def test_every_answer_forbids_frames_guessing_and_outside_scripts(client, diana, address):
    client.force_login(diana)
    answer = client.get(address)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["fel.example.se", "localhost.fel.example.se", "[::1]:x", "a b"])
def test_another_host_is_a_swedish_400_and_names_nothing(db, host):
    answer = Client(headers={"host": host}).get("/konto/glomt-losenord/")
    assert answer.status_code == 400
    assert "Det gick inte att läsa det som skickades" in answer.content.decode()
    assert host not in answer.content.decode()


def test_the_link_in_a_letter_is_never_to_the_host_that_was_asked(db, bo, mailoutbox):
    Client(headers={"host": "fel.example.se", "x-forwarded-host": "fel.example.se"}).post(
        "/konto/glomt-losenord/", {"email": bo.email}
    )
    Client(headers={"x-forwarded-host": "fel.example.se"}).post(
        "/konto/glomt-losenord/", {"email": bo.email}
    )
    assert not [letter for letter in mailoutbox if "fel.example.se" in letter.body]


def test_a_session_key_that_was_planted_is_not_taken_up(bo):
    client = Client()
    client.cookies["sessionid"] = "planterad" * 4
    client.post("/konto/logga-in/", {"username": bo.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != "planterad" * 4
    old = Client()
    old.cookies["sessionid"] = "planterad" * 4
    assert old.get("/konto/").status_code == 302
