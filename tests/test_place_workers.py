"""A change made by one process shows in the next answer of every other, kept structure or not."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from governance.models import (
    Area,
    AreaPart,
    BoundarySet,
    Coverage,
    Organization,
    RouteContact,
    Seat,
    SteeringGroup,
    User,
)
from tests.days import day
from tests.places import EAST, NORTH, draw, route
from tests.worlds import FIRST, World, make_person, make_user, make_world

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-01-15"
# A worker: answers each line with what it would show, and keeps what it may keep between.
WORKER = """
import json, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
import datetime
from governance.models import User
from governance.permissions import reader_of
from governance.queries.places import Finder, Question
for line in sys.stdin:
    user = User.objects.get(email="bo@example.org")
    if sys.argv[3] == "key":
        user = reader_of(user.person.organization)
    finder = Finder(user, datetime.date.fromisoformat(sys.argv[2]))
    print(json.dumps([
        [reply.certainty, [area.name for area in reply.areas]]
        + [[each.group.name, each.status.code, each.contact.title] for each in reply.groups]
        for reply in finder.find_all(Question(**each) for each in json.loads(line))
    ]), flush=True)
"""
QUESTIONS = [
    {"first": str(NORTH + 1500), "second": str(EAST + 500)},
    {"area": "Norra Provstad"},
]


@pytest.fixture
def here(transactional_db) -> World:
    world = make_world("Provstad")
    make_person(world.city, user=make_user("bo@example.org"))
    world.agreement.parties.add(world.police)
    draw(world.municipality, "stadsdel", {world.south: (0, 0, 1, 1), world.north: (1, 0, 2, 1)})
    route(world, "preventive", "Kommunpolis", group=world.group)
    return world


@pytest.fixture
def reader() -> str:
    """Who asks: somebody's account, or a key of the organisation where that person works."""
    return "account"


@pytest.fixture
def worker(here, reader) -> Iterator[Callable[[], list]]:
    """Asks the other process; its database is the one that this test writes to."""
    connection.ensure_connection()
    started = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), NOW, reader],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "samverkan.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask() -> list:
        started.stdin.write(json.dumps(QUESTIONS) + "\n")
        started.stdin.flush()
        return json.loads(started.stdout.readline())

    yield ask
    started.communicate(timeout=30)


def save(row, **fields) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def end(row) -> None:
    save(row, valid_through=day("2025-12-31"))


def split_the_district(world: World) -> None:
    other = Area.objects.create(name="Nytt", slug="nytt", kind="stadsdelsomrade", valid_from=FIRST)
    AreaPart.objects.filter(part=world.north).first().delete()
    AreaPart.objects.create(part=world.north, whole=other, whole_kind=other.kind, valid_from=FIRST)


def leave_the_agreement(world: World) -> None:
    """The organisation to which the route leads is a party no more: nobody sees the route."""
    world.agreement.parties.remove(world.police)


def another_boundary(world: World) -> None:
    end(BoundarySet.objects.get())
    squares = {world.north: (0, 0, 1, 1), world.south: (1, 0, 2, 1)}
    draw(world.municipality, "stadsdel", squares, valid_from=day("2026-01-01"))


CHANGES = {
    "group": lambda world: save(SteeringGroup.objects.get(pk=world.group.pk), name="Ny"),
    "state": lambda world: world.group.decisions.create(act="rest", first_day=day("2025-01-01")),
    "coverage": lambda world: end(Coverage.objects.get()),
    "contact": lambda world: save(RouteContact.objects.get(), title="Områdespolis"),
    "route": lambda world: end(RouteContact.objects.get().route),
    "party": leave_the_agreement,
    "area": lambda world: save(Area.objects.get(pk=world.district.pk), name="Omdöpt"),
    "nesting": split_the_district,
    "boundaries": another_boundary,
    "no boundaries": lambda world: end(BoundarySet.objects.get()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_shows_in_the_next_answer_of_another_process(here, worker, change):
    before = worker()
    assert worker() == before
    assert before[0][1] == ["Norra Provstad", "Provstads district"]
    assert before[0][2] == ["Lokala gruppen i Provstad", "active_unregistered", "Kommunpolis"]
    change(here)
    assert worker() != before


@pytest.mark.parametrize("reader", ["account", "key"])
def test_a_seat_that_makes_the_route_visible_shows_at_once(here, worker):
    leave_the_agreement(here)
    before = worker()
    Seat.objects.create(
        group=here.group,
        organization=Organization.objects.get(pk=here.police.pk),
        function=here.member.function,
        number=7,
        valid_from=FIRST,
    )
    assert (before[1][2][2], worker()[1][2][2]) == ("", "Kommunpolis")


@pytest.mark.parametrize("reader", ["key"])
def test_a_key_of_an_organisation_that_leaves_reads_nothing_more(here, worker):
    before = worker()
    assert worker() == before
    here.agreement.parties.remove(here.city)
    Seat.objects.filter(organization=here.city).delete()
    assert (before[1][0], worker()) == ("exact", [["none", []], ["none", []]])


def test_the_reader_is_told_apart(here, worker):
    before = worker()
    User.objects.filter(email="bo@example.org").update(is_active=False)
    assert worker() == [["none", []], ["none", []]] != before
