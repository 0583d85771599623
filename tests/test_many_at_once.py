"""The same button pressed by twenty at once: one wins, the others are told, none breaks."""

import threading

import pytest
from django.db import OperationalError, connection
from django.test import Client

from governance.models import Act, Agreement, Mandate, SteeringGroup
from tests.at_once import at_the_same_time
from tests.verb_pages import NOW, text, url
from tests.worlds import appoint, grant, make_person, make_user, make_world

STALE = "Gruppen har ändrats sedan du öppnade sidan."


def presses(agreement: Agreement, address: str, typed: dict) -> list:
    """Twenty windows of one coordinator, each ready to confirm."""
    user = make_user("anna@example.org")
    grant(user, "edit_structure", agreement)
    windows = [Client() for _ in range(20)]
    for window in windows:
        window.force_login(user)
    seen = windows[0].get(address).context["seen"]
    sent = {**typed, "seen": "" if seen is None else seen, "steg": "spara"}
    return [lambda window=window: window.post(address, sent) for window in windows]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("verb", "day"), [("rest", "first_day"), ("dissolve", "last_day")])
def test_of_twenty_who_confirm_one_wins_and_the_others_see_the_new_state(verb, day):
    world = make_world("Provstad")
    answers = at_the_same_time(*presses(world.agreement, url(verb, world.group.slug), {day: NOW}))
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 19
    assert all(STALE in text(answer) for answer in answers if answer.status_code == 409)
    assert Act.objects.filter(verb=verb).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_propose_the_same_group_one_wins():
    world = make_world("Provstad")
    typed = {"agreement": world.agreement.pk, "name": "Torggruppen", "kind": "local",
             "basis": "place", "valid_from": NOW}  # fmt: skip
    answers = at_the_same_time(*presses(world.agreement, url("propose"), typed))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [302]
    assert SteeringGroup.objects.filter(name="Torggruppen").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_all_who_confirm_the_same_replacement_over_few_connections_none_meets_a_fault():
    """200 browsers, 4 connections: as many as one process of `./run serve` has."""
    world = make_world("Provstad")
    number = 200 if connection.vendor == "postgresql" else 20
    appoint(world.member, make_person(world.company))
    people = [make_person(world.company) for _ in range(number)]
    user = make_user("anna@example.org")
    grant(user, "edit_structure", world.agreement)
    window = Client()
    window.force_login(user)
    address = url("replace", world.group.slug, world.member.pk)
    typed = {"first_day": NOW, "basis": "position", "steg": "spara"}
    typed["seen"] = window.get(address).context["seen"]
    pool = threading.BoundedSemaphore(4)

    def press(person):
        browser = Client(raise_request_exception=False)
        browser.cookies = window.cookies
        with pool:
            return browser.post(address, {**typed, "person": person.pk})

    answers = at_the_same_time(*(lambda person=person: press(person) for person in people))
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * (number - 1)
    assert all("har ändrats sedan" in text(each) for each in answers if each.status_code == 409)
    assert Act.objects.filter(verb="replace").count() == 1
    assert Mandate.objects.filter(seat=world.member).count() == 2


@pytest.mark.parametrize("path", ["/", "/konto/logga-in/", "/lokala-styrgrupper/"])
@pytest.mark.django_db
def test_a_database_without_room_for_one_more_says_come_back(monkeypatch, karin, path):
    browser = Client(raise_request_exception=False)
    browser.force_login(karin)

    def full(*args: object) -> None:
        raise OperationalError("FATAL: sorry, too many clients already")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", full)
    answer = browser.get(path)
    monkeypatch.undo()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "Inget har sparats" in text(answer)
