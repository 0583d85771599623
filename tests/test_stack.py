"""The server calls the app with room on the stack: no loop fetches memory at every turn."""

import resource
from collections.abc import Callable

from django.test import RequestFactory

from samverkan.stack import with_room
from samverkan.wsgi import application

DEPTHS = range(120)
TURNS = 300


def _deep(depth: int, work: Callable[[], None]) -> None:
    if depth:
        _deep(depth - 1, work)
    else:
        work()


def _turns() -> None:
    for _ in range(TURNS):
        _deep(12, lambda: None)


def _pages_fetched(depth: int) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    with_room(_deep, depth, _turns)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_a_loop_fetches_no_memory_at_any_depth():
    worst = max(map(_pages_fetched, DEPTHS))
    assert worst < TURNS / 3


def test_what_is_called_with_room_gets_its_arguments_and_gives_its_answer():
    assert with_room(divmod, 7, 2) == (3, 1)


def test_the_server_gets_its_answer_from_the_app(db):
    heard: list[str] = []
    request = RequestFactory().get("/finns-inte/")
    body = application(request.environ, lambda status, headers: heard.append(status))
    assert heard[0][:3] in {"302", "404"}
    body.close()
