"""The same question gets the same answer by page, by list, by API and with `?datum=`."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from governance.models import Address, Area, Holding, Property, Status, SteeringGroup, User
from governance.queries.lookups import Answer, answer_of
from governance.queries.places import Certainty, Contact, GroupAnswer, Question, Reply
from governance.temporal import today
from tests.access import window
from tests.days import day
from tests.lookups import answered, sheet_of
from tests.places import EAST, NORTH, route
from tests.worlds import FIRST, World

pytestmark = pytest.mark.django_db
PROPERTIES = 500
PAST = day("2024-05-01")
HEADINGS = ["Fastighetsbeteckning", "Eget nummer", "Adresser", "Stadsdel", "Koordinat i en cell"]
# A question: the place of its column among HEADINGS, and what is written there.
Asked = tuple[int, str]
Way = Callable[[User, list[Asked], datetime.date], list[Answer]]


def by_page(reader: User, asked: list[Asked], when: datetime.date) -> list[Answer]:
    """One at a time in the box; with `?datum=` when the day is not today."""
    client, page = window(reader), reverse("governance:properties")
    on = {} if when == today() else {"datum": when.isoformat()}
    pages = (client.get(page, {"q": text, **on}) for _, text in asked)
    return [answer_of(shown.context["reply"]) for shown in pages]


def by_list(reader: User, asked: list[Asked], when: datetime.date) -> list[Answer]:
    """All in one list with a column of each kind."""
    rows = [["" if at != column else text for at in range(len(HEADINGS))] for column, text in asked]
    return answered(reader, sheet_of(HEADINGS, rows), when)


def by_api(reader: User, asked: list[Asked], when: datetime.date) -> list[Answer]:
    """All in one question; what is answered to a system is put in the words of the list."""
    rows = [{"id": at, **part_of(*each)} for at, each in enumerate(asked)]
    body = {"date": when.isoformat(), "items": rows}
    sent = window(reader).post(
        reverse("api:coverage_bulk"), json.dumps(body), content_type="application/json"
    )
    return [in_words(each) for each in sent.json()["items"]]


def part_of(column: int, text: str) -> dict[str, str]:
    names = ["designation", "own_number", "address", "stadsdel"]
    if column < len(names):
        return {names[column]: text}
    return dict(zip(["lat", "lon"], text.split(), strict=True))


def in_words(item: dict[str, Any]) -> Answer:
    groups = [
        GroupAnswer(
            SteeringGroup.objects.get(slug=each["slug"]),
            Status(**each["status"]),
            Contact(**each["contact"]),
        )
        for each in item["groups"]
    ]
    areas, candidates = (
        tuple(Area.objects.get(kind=each["kind"], slug=each["slug"]) for each in item[part])
        for part in ("areas", "candidates")
    )
    certainty = Certainty(item["certainty"])
    return answer_of(Reply(Question(), certainty, item["reason"], areas, tuple(groups), candidates))


WAYS: dict[str, Way] = {"page": by_page, "list": by_list, "API": by_api}


@pytest.fixture
def asked(drawn: World) -> list[Asked]:
    """Properties with a stated area, a point, both, neither, or a point near a line."""
    route(drawn, "preventive", "Kommunpolisen", group=drawn.group)
    places = [
        {"stated_area": drawn.north},
        {"stated_area": drawn.south},
        {"north": NORTH + 1500.0, "east": EAST + 500.0},
        {"stated_area": drawn.south, "north": NORTH + 1500.0, "east": EAST + 500.0},
        {"north": NORTH + 1001.0, "east": EAST + 500.0},
        {"north": NORTH + 9000.0, "east": EAST + 9000.0},
        {},
    ]
    found = Property.objects.bulk_create(
        Property(municipality="Provstad", tract="Kvarn", unit=str(at), **places[at % len(places)])
        for at in range(1, PROPERTIES + 1)
    )
    Holding.objects.bulk_create(
        Holding(
            property=each, organization=drawn.company, own_number=f"N-{each.unit}", valid_from=FIRST
        )
        for each in found
    )
    Address.objects.bulk_create(
        Address(property=each, street="Kvarngatan", number=int(each.unit)) for each in found
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a database in use knows how many rows it has
    return [written(each) for each in found]


def written(each: Property) -> Asked:
    """By designation, own number, address, stadsdel or coordinate, in turn."""
    texts = [
        each.designation,
        f"N-{each.unit}",
        f"Kvarngatan {each.unit}",
        str(each.stated_area or "") or each.designation,
        f"{each.north} {each.east}" if each.north else each.designation,
    ]
    column = int(each.unit) % len(texts)
    return (0 if texts[column] == each.designation else column), texts[column]


@pytest.mark.parametrize("when", [None, PAST], ids=["today", "?datum="])
def test_every_way_of_asking_gives_the_same_answers(stina, asked, when):
    found = {name: ask(stina, asked, when or today()) for name, ask in WAYS.items()}
    first, *others = found.values()
    assert len(first) == PROPERTIES
    assert {answer.certainty for answer in first} == {"exact", "ambiguous", "none"}
    assert len({answer.groups for answer in first}) > 1
    for other in others:
        assert other == first
