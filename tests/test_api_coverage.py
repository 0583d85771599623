"""The API's answers about places: one, and ten thousand at a time."""

import json
import re

import pytest

from governance.geo import wgs84_from_sweref
from governance.models import Act, Area, Holding, LookupRun, Property
from governance.services.tokens import create_token
from tests.places import EAST, NORTH
from tests.worlds import FIRST, World

pytestmark = pytest.mark.django_db
COVERAGE, BULK = "/api/v1/coverage", "/api/v1/coverage/bulk"


@pytest.fixture(autouse=True)
def no_hurry(settings):
    """As many lists as the tests send."""
    settings.API_LISTS_A_MINUTE = 1000


@pytest.fixture
def headers(drawn, bo) -> dict[str, str]:
    text = create_token(user=bo, organization=drawn.company, name="Prov")[1]
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def ask(client, headers):
    def question(**query):
        response = client.get(COVERAGE, query, headers=headers)
        assert response.status_code == 200, response.content
        return response.json()

    return question


@pytest.fixture
def send(client, headers):
    def whole(body, kind="application/json"):
        text = body if isinstance(body, bytes) else json.dumps(body)
        return client.post(BULK, text, content_type=kind, headers=headers)

    return whole


@pytest.fixture
def home(drawn) -> Property:
    """Kvarn 1 in the south, known to its company as N-1."""
    return make_home(drawn, "1", drawn.south)


def make_home(drawn: World, unit: str, stated: Area | None) -> Property:
    found = Property.objects.create(
        municipality="Provstad", tract="Kvarn", unit=unit, stated_area=stated
    )
    Holding.objects.create(
        property=found, organization=drawn.company, own_number="N-1", valid_from=FIRST
    )
    return found


def test_one_answer_has_the_shape_that_is_promised(ask, drawn, home):
    found = ask(designation="Kvarn 1")
    parts = ["query", "date", "certainty", "reason", "areas", "groups", "candidates"]
    assert list(found) == parts
    assert found["query"] == {"designation": "Kvarn 1"}
    assert found["certainty"] == "exact"
    assert [each["kind"] for each in found["areas"]][:2] == ["stadsdel", "stadsdelsomrade"]
    [group] = found["groups"]
    assert (group["slug"], group["level"]) == (drawn.group.slug, "local")
    assert set(group["contact"]) == {"title", "mailbox", "phone"}


def test_a_key_finds_a_property_by_the_number_that_its_own_company_has_given_it(ask, home):
    assert ask(own_number="n-1")["certainty"] == "exact"


def test_a_number_that_stands_for_a_place_and_for_no_known_one_is_a_choice(ask, drawn, home):
    make_home(drawn, "2", None)
    assert ask(own_number="N-1")["certainty"] == "ambiguous"


def test_the_number_of_another_company_is_unknown(client, ask, elsewhere, bo, home):
    text = create_token(user=bo, organization=elsewhere.company, name="Prov")[1]
    other = client.get(COVERAGE, {"own_number": "N-1"}, headers={"Authorization": f"Bearer {text}"})
    assert other.json()["certainty"] == "none"


def test_a_hidden_property_is_unknown_to_its_own_key_too(ask, home):
    Property.objects.update(hidden=True)
    assert ask(own_number="N-1")["certainty"] == "none"
    assert ask(designation="Kvarn 1")["certainty"] == "none"


def test_a_coordinate_is_answered_by_the_boundaries_and_swapped_axes_are_said(ask, drawn):
    [lat], [lon] = wgs84_from_sweref([NORTH + 500.0], [EAST + 500.0])
    found, swapped = ask(lat=lat, lon=lon), ask(lat=lon, lon=lat)
    assert found["certainty"] == "exact"
    assert swapped["areas"] == found["areas"]
    assert swapped["reason"] != found["reason"]


def test_half_a_coordinate_is_answered_with_what_is_missing(ask, drawn):
    assert ask(lat=59.3)["reason"] == "Skriv både lat och lon."


@pytest.mark.parametrize(
    "query",
    [
        {"lat": "nan", "lon": "1"},
        {"lat": "1e999", "lon": "1"},
        {"lat": "åtta", "lon": "1"},
        {"stadsdel": "x", "date": "2025-02-30"},
        {"stadsdel": "x", "date": "1735689600"},
        {"stadsdel": "x", "date": ""},
        {"stadsdel": "x" * 201},
    ],
)
def test_a_question_that_cannot_be_read_is_refused_in_a_sentence(client, headers, query):
    response = client.get(COVERAGE, query, headers=headers)
    assert response.status_code == 422
    assert response.json()["detail"].endswith(".")


# Each is a row that cannot be answered, for one reason or another.
NONSENSE = [
    None,
    1,
    "text",
    [],
    {},
    {"id": {"a": 1}, "stadsdel": "Norra Provstad"},
    {"id": 1, "lat": None, "lon": None},
    {"id": 2, "lat": True, "lon": 1},
    {"id": 3, "lat": "59,2", "lon": []},
    {"id": 4, "lat": 59.2},
    {"id": 5, "lat": 10**400, "lon": 18},
    {"id": 6, "designation": "å" * 10_000},
    {"id": 7, "designation": "a\0b"},
    {"id": 8, "stadsdel": "\ud800"},
    {"id": 9, "designation": "=1+1"},
    {"id": 10, "designation": "Solna Berga 1:2"},
    {"id": 11, "lat": 59.36, "lon": 18.15},  # Lidingö
    {"id": 12, "lat": 59.37, "lon": 17.99},  # Solna
    {"id": 13, "stadsdel": {"a": 1}},
    {"id": 14, "adress": "Kvarngatan 1"},
    {"id": 10**30, "address": "@SUM(A1)"},
]
ODD = 400


def test_ten_thousand_rows_are_answered_in_their_order_each_with_a_reason(send, drawn, home):
    rows: list[object] = [{"id": f"r{at}", "stadsdel": "Norra Provstad"} for at in range(10_000)]
    for at, row in enumerate(NONSENSE):
        rows[at * ODD] = row
    before = Act.objects.count()
    response = send({"items": rows})
    assert response.status_code == 200, response.content[:300]
    items = response.json()["items"]
    assert len(items) == len(rows)
    assert all(each["reason"] for each in items)
    for at, row in enumerate(NONSENSE):
        assert (items[at * ODD]["certainty"], items[at * ODD]["groups"]) == ("none", []), row
    assert [each["id"] for each in items[1:ODD]] == [f"r{at}" for at in range(1, ODD)]
    assert {each["certainty"] for each in items[1:ODD]} == {"exact"}
    assert (Property.objects.count(), LookupRun.objects.count()) == (1, 0)
    assert Act.objects.count() == before


def test_a_list_is_answered_as_its_rows_are_one_at_a_time(send, ask, home):
    rows = [{"designation": "Kvarn 1"}, {"stadsdel": "Norra Provstad"}, {"own_number": "N-1"}]
    assert send({"items": [{"id": 1, **row} for row in rows]}).json()["items"] == [
        {"id": 1, **ask(**row)} for row in rows
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"1" * 5000, 400),
        (b"[]", 422),
        (b"null", 422),
        ({"items": 1}, 422),
        ({"items": [], "date": 20250301}, 422),
        ({"items": [], "date": "i dag"}, 422),
        ({"items": [1] * 10_001}, 422),
        (b" " * 20_000_001, 413),
        (b" " * 120_000_000, 413),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_a_sentence(send, body, status):
    response = send(body)
    assert response.status_code == status
    assert re.fullmatch(r".+ .+\.", response.json()["detail"])
