"""Many people change the same seat at the same moment: one wins, the others are told so."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from governance.models import Act, Mandate, Person, Seat
from governance.services import endings, mandates
from governance.services.seats import last_seen_seats
from governance.temporal import day_before
from tests.days import day
from tests.worlds import appoint, make_person, make_world

pytestmark = pytest.mark.django_db(transaction=True)
TURN = day("2024-03-01")
POOL = 30  # connections at a time, well under what a server allows by default


def attempts() -> int:
    """SQLite lets one write at a time, so fewer are enough to queue up."""
    return 200 if connection.vendor == "postgresql" else 20


def all_at_once(work: Callable[[Person], Act], people: list[Person]) -> list[object]:
    """Each in a thread of its own, let go by a barrier; what each gave or raised."""
    start = threading.Barrier(len(people))
    pool = threading.BoundedSemaphore(POOL)
    results: list[object] = [None] * len(people)

    def run(place: int) -> None:
        start.wait(timeout=60)
        with pool:
            try:
                results[place] = work(people[place])
            except Exception as error:
                results[place] = error
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


@pytest.fixture
def seat(transactional_db) -> Seat:
    return make_world("Provstad").member


@pytest.fixture
def people(seat) -> list[Person]:
    rows = [Person(organization=seat.organization) for _ in range(attempts())]
    return Person.objects.bulk_create(rows)


def one_won(results: list[object], sentence: str) -> Act:
    """The act of the winner; everybody else has been given the sentence."""
    won = [result for result in results if isinstance(result, Act)]
    lost = [result for result in results if isinstance(result, ValidationError)]
    others: list[Any] = [each for each in results if each not in won and each not in lost]
    assert others == []
    assert len(won) == 1
    assert all(sentence in " ".join(refusal.messages) for refusal in lost)
    assert Act.objects.filter(verb=won[0].verb).count() == 1  # a refusal leaves none behind
    return won[0]


def written(act: Act) -> list[tuple[str, int]]:
    """Every history row of mandates that the act wrote: what was done, and to which."""
    rows = Mandate.history.filter(caused_by=act).order_by("history_id")
    return list(rows.values_list("history_type", "id"))


@pytest.mark.parametrize("looked", [True, False])
def test_one_of_all_who_appoint_to_a_seat_wins_and_the_others_are_told(seat, people, looked):
    """Whether they had a preview, which goes stale, or not, so that the seat is found taken."""
    seen = last_seen_seats([seat]) if looked else None

    def work(person: Person) -> Act:
        own = Seat.objects.get(pk=seat.pk)
        return mandates.appoint(user=None, seat=own, person=person, first_day=TURN, seen=seen)

    results = all_at_once(work, people)
    sentence = "har ändrats sedan du öppnade sidan" if looked else "Platsen har redan en ledamot"
    act = one_won(results, sentence)
    mandate = Mandate.objects.get(seat=seat)
    assert written(act) == [("+", mandate.pk)]
    assert Mandate.history.filter(seat=seat).count() == 1


def test_one_of_all_who_replace_the_same_holder_wins_and_the_others_are_told(seat, people):
    held = appoint(seat, make_person(seat.organization))
    seen = last_seen_seats([seat])

    def work(person: Person) -> Act:
        own = Seat.objects.get(pk=seat.pk)
        return mandates.replace(user=None, seat=own, person=person, first_day=TURN, seen=seen)

    act = one_won(all_at_once(work, people), "har ändrats sedan du öppnade sidan")
    first, second = Mandate.objects.filter(seat=seat).order_by("valid_from")
    assert (first.pk, first.valid_through) == (held.pk, day_before(TURN))
    assert (second.valid_from, second.valid_through) == (TURN, None)
    assert sorted(written(act)) == sorted([("~", held.pk), ("+", second.pk)])


def test_those_who_change_seats_and_those_who_dissolve_the_group_never_stop_each_other(
    seat, people
):
    """Everybody locks the seats before the group, so nobody waits for a lock in a circle."""

    def work(person: Person) -> Act:
        own = Seat.objects.select_related("group__agreement").get(pk=seat.pk)
        if person.pk % 2:
            return endings.dissolve(user=None, group=own.group, last_day=TURN)
        return mandates.appoint(user=None, seat=own, person=person, first_day=day("2024-02-01"))

    results = all_at_once(work, people[:20])
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [each for each in results if not isinstance(each, Act | ValidationError)] == []
    assert len(results) - len(refused) == 2
    assert "samtidigt" not in " ".join(str(refusal) for refusal in refused)
    mandate = Mandate.objects.get(seat=seat)
    assert mandate.valid_through == Seat.objects.get(pk=seat.pk).valid_through == TURN
