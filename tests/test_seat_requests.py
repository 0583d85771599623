"""An organisation asks for a seat in a group, and is answered."""

import pytest

from governance.models import Act, Seat, SeatRequest
from governance.services import mandates, seat_requests
from governance.services.undo import undo
from governance.temporal import day_before, today
from tests.days import day
from tests.reading import read
from tests.seat_pages import carry_out, cost
from tests.test_start import rows, tasks
from tests.verb_pages import url
from tests.verbs import caused, refused
from tests.worlds import FIRST, make_person

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")
WHY = "Vi har många hus vid torget."


def ask(world, **more) -> Act:
    arguments = {
        "user": None,
        "group": world.group,
        "organization": world.company,
        "function": world.chair.function,
        "why": WHY,
        "day": TURN,
    }
    return seat_requests.ask(**{**arguments, **more})


@pytest.fixture
def asked(world) -> SeatRequest:
    ask(world)
    return SeatRequest.objects.select_related("group__agreement").get()


def test_asking_is_one_act_and_says_no_free_text(world):
    act = ask(world)
    assert (act.verb, caused(act)) == ("request", [("seatrequest", "+")])
    assert act.summary == (
        "Provstad-direktor i Lokala gruppen i Provstad: Provstads bostäder ber om en plats."
    )


def test_the_same_is_not_asked_for_twice_but_again_after_an_answer(world, asked):
    assert "har redan bett om den platsen" in str(refused(ask, world=world))
    seat_requests.decline(user=None, request=asked, answer="Inte nu.")
    ask(world)
    assert SeatRequest.objects.count() == 2


def test_a_seat_that_is_there_or_a_group_that_is_not_is_refused(world):
    said = refused(ask, world=world, function=world.member.function)
    assert "har redan en plats" in said["function"][0]
    groups_end = day("2024-02-29")
    type(world.group).objects.filter(pk=world.group.pk).update(valid_through=groups_end)
    world.group.refresh_from_db()
    ask(world, day=groups_end)
    assert "avslutad" in str(refused(ask, world=world, function=world.secretary.function))


def test_a_granted_request_is_a_vacant_seat_in_the_same_act(world, asked):
    act = seat_requests.grant(user=None, request=asked, role="member", first_day=TURN)
    assert caused(act) == [("seat", "+"), ("seatrequest", "~")]
    asked.refresh_from_db()
    seat = Seat.objects.get(organization=world.company, function=world.chair.function)
    assert (asked.outcome, asked.seat, seat.valid_from) == ("granted", seat, TURN)
    assert "beviljas." in act.summary
    assert "Ny plats i gruppen" in act.summary
    refused(seat_requests.decline, user=None, request=asked, answer="Nej.")


def test_a_first_day_before_the_group_is_refused(asked):
    said = refused(
        seat_requests.grant,
        user=None,
        request=asked,
        role="member",
        first_day=day_before(FIRST),
    )
    assert list(said) == ["first_day"]


def test_an_answer_is_undone_with_the_seat_it_gave(asked):
    act = seat_requests.grant(user=None, request=asked, role="member", first_day=TURN)
    undo(user=None, act=act, now=act.at)
    asked.refresh_from_db()
    assert (asked.outcome, asked.seat) == ("asked", None)
    assert (
        Seat.objects.filter(function=asked.function, organization=asked.organization).count() == 0
    )


def test_an_answer_is_not_undone_once_somebody_sits_there(world, asked):
    act = seat_requests.grant(user=None, request=asked, role="member", first_day=TURN)
    asked.refresh_from_db()
    person = make_person(world.company)
    mandates.appoint(user=None, seat=asked.seat, person=person, first_day=TURN)
    refused(undo, user=None, act=act, now=act.at)


def test_declining_takes_a_sentence_and_taking_back_an_open_request(asked):
    assert list(refused(seat_requests.decline, user=None, request=asked, answer=" ")) == ["answer"]
    seat_requests.withdraw(user=None, request=asked)
    asked.refresh_from_db()
    assert asked.outcome == "withdrawn"
    assert "redan besvarad" in str(refused(seat_requests.withdraw, user=None, request=asked))


def test_a_request_that_was_answered_meanwhile_is_stale(asked):
    seen = seat_requests.last_seen(asked)
    seat_requests.decline(user=None, request=asked, answer="Inte nu.", seen=seen)
    said = refused(seat_requests.withdraw, user=None, request=asked, seen=seen)
    assert "Begäran har ändrats" in said[""][0]


# -- pages ----------------------------------------------------------------------------------------


def test_the_company_asks_and_the_coordinator_grants(client, world, stina, keeper):
    client.force_login(stina)
    here = url("request_seat", world.group.slug)
    typed = {
        "organization": world.company.pk,
        "function": world.chair.function.pk,
        "why": WHY,
    }
    assert "Skriv en mening" in client.post(here, {**typed, "why": ""}).content.decode()
    assert carry_out(client, here, typed).user == stina
    request = SeatRequest.objects.get()
    assert "Begärd" in read(client, url("seat_requests"))
    assert client.get(url("grant_request", request.pk)).status_code == 403
    client.force_login(keeper)
    assert client.get(url("withdraw_request", request.pk)).status_code == 403
    assert client.get(here).status_code == 403
    number, at = tasks(client)["begäran om plats att svara på"]
    assert number == 1 == rows(client, at)
    typed = {"role": "member", "first_day": today().isoformat(), "answer": "Välkomna."}
    carry_out(client, url("grant_request", request.pk), typed)
    assert "begäran om plats att svara på" not in tasks(client)
    client.force_login(stina)
    assert "Beviljad : Välkomna." in read(client, url("seat_requests"))


def test_a_declined_request_is_told_to_the_company_and_to_nobody_else(
    client, world, stina, bo, keeper, asked
):
    client.force_login(keeper)
    carry_out(client, url("decline_request", asked.pk), {"answer": "Gruppen är full."})
    client.force_login(stina)
    assert "Avböjd : Gruppen är full." in read(client, url("seat_requests"))
    client.force_login(bo)
    body = read(client, url("seat_requests"))
    assert "Gruppen är full." not in body
    assert WHY not in body


def test_a_past_day_shows_the_requests_as_they_were(client, stina, asked):
    SeatRequest.history.update(history_date="2024-03-01T12:00:00Z")
    seat_requests.decline(user=None, request=asked, answer="Inte nu.")
    client.force_login(stina)
    here = url("seat_requests")
    assert WHY not in read(client, f"{here}?datum=2024-02-29")
    body = read(client, f"{here}?datum=2024-03-01")
    assert "Begärd" in body
    assert "Inte nu." not in body
    assert "Inte nu." in read(client, here)


def test_the_list_costs_as_much_with_one_as_with_many(client, world, keeper, asked):
    client.force_login(keeper)
    few = cost(client, url("seat_requests"))
    for place in range(10):
        seat_requests.decline(
            user=None, request=SeatRequest.objects.get(outcome="asked"), answer="Inte nu."
        )
        ask(world, why=f"Igen {place}")
    assert cost(client, url("seat_requests")) == few <= 12


def test_a_request_of_another_municipality_is_not_there(client, world, elsewhere, keeper):
    ask(elsewhere)
    client.force_login(keeper)
    there = SeatRequest.objects.get()
    for name in ("grant_request", "decline_request", "withdraw_request"):
        assert client.get(url(name, there.pk)).status_code == 404
    assert client.get(url("request_seat", elsewhere.group.slug)).status_code == 404
