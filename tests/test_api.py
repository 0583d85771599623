"""The API tells what the pages tell: the same answers, and never more than a reader may see."""

import datetime
import json

import pytest

from governance.models import ApiToken
from governance.services.tokens import create_token, revoke_token
from tests.worlds import appoint, make_person

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture
def key(world, bo) -> str:
    return create_token(user=bo, organization=world.company, name="Prov")[1]


@pytest.fixture
def get(client, key):
    def ask(path: str, **asked):
        return client.get(f"{ROOT}{path}", asked, headers={"Authorization": f"Bearer {key}"})

    return ask


def test_a_key_reads_which_group_covers_a_stadsdel(get, world):
    answer = get("/coverage", stadsdel=world.north.name).json()
    assert answer["certainty"] == "exact"
    assert [group["slug"] for group in answer["groups"]] == [world.group.slug]
    assert world.north.slug in [area["slug"] for area in answer["areas"]]


def test_a_list_is_answered_in_its_order_with_a_reason_for_each_row(client, key, world):
    rows = [{"id": 1, "stadsdel": "Finns inte"}, {"id": "b", "stadsdel": world.south.name}]
    answer = client.post(
        f"{ROOT}/coverage/bulk",
        json.dumps({"items": rows}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    items = answer.json()["items"]
    assert [(item["id"], item["certainty"]) for item in items] == [(1, "none"), ("b", "exact")]
    assert all(item["reason"] for item in items)


@pytest.mark.parametrize(
    "path", ["/groups", "/organizations", "/areas", "/mandates", "/groups.geojson"]
)
def test_every_list_answers(get, drawn, path):
    assert get(path).status_code == 200


def test_the_boundaries_are_in_degrees(get, drawn):
    answer = get("/areas.geojson", kind="stadsdel").json()
    [lon, lat] = answer["features"][0]["geometry"]["coordinates"][0][0]
    assert 59 < lat < 60
    assert 17 < lon < 19


def test_a_roster_has_names_but_not_those_that_are_protected(get, world):
    appoint(world.chair, make_person(world.city, "Öppen", "Provberg"))
    appoint(world.secretary, make_person(world.city, "Dold", "Provdal", protected=True))
    answers = [get(f"/groups/{world.group.slug}").json(), get("/mandates").json()]
    said = json.dumps(answers, ensure_ascii=False)
    assert "Öppen Provberg" in said
    assert "Provdal" not in said


def test_nobody_without_a_key_is_answered(client, world):
    for path in ("/coverage", "/groups", "/mandates"):
        answer = client.get(f"{ROOT}{path}")
        assert answer.status_code == 401
        assert "nyckel" in answer.json()["detail"]


def test_a_revoked_key_is_refused_at_once(client, key, get, bo, world):
    token = ApiToken.objects.get()
    assert get("/groups").status_code == 200
    token.refresh_from_db()
    assert token.last_used_on is not None
    revoke_token(user=bo, token=token, now=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    assert get("/groups").status_code == 401


def test_the_text_of_a_key_is_kept_nowhere(key):
    token = ApiToken.objects.get()
    assert key not in str(vars(token))
    assert key.startswith(token.prefix)
