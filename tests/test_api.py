"""The API tells what the pages tell: the same answers, and never more than a reader may see."""

import datetime
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from governance.models import ApiToken
from governance.services.tokens import create_token, revoke_token
from tests.worlds import appoint, grant, make_person

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


def test_the_page_shows_a_new_key_once_and_revokes_it(client, bodil, company):
    client.force_login(bodil)
    page = reverse("governance:api_tokens")
    made = client.post(page, {"organization": company.pk, "name": "Fastighetssystemet"})
    key = made.context["text"]
    assert key in made.content.decode()
    assert key not in client.get(page).content.decode()
    headers = {"Authorization": f"Bearer {key}"}
    assert Client().get(f"{ROOT}/groups", headers=headers).status_code == 200
    assert client.post(page, {"aterkalla": ApiToken.objects.get().pk}).status_code == 302
    assert Client().get(f"{ROOT}/groups", headers=headers).status_code == 401


def test_who_has_no_right_at_an_organisation_makes_no_key_for_it(client, bo, world):
    client.force_login(bo)
    page = reverse("governance:api_tokens")
    client.post(page, {"organization": world.city.pk, "name": "Prov"})
    assert not ApiToken.objects.exists()


def test_a_key_of_others_is_not_there(client, bodil, stina, elsewhere):
    token = create_token(user=bodil, organization=elsewhere.company, name="Prov")[0]
    client.force_login(stina)
    page = reverse("governance:api_tokens")
    assert client.post(page, {"aterkalla": token.pk}).status_code == 404


def test_a_list_of_somebody_signed_in_needs_the_csrf_token(bodil):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bodil)
    assert strict.get(f"{ROOT}/groups").status_code == 200
    sent = strict.post(f"{ROOT}/coverage/bulk", {"items": []}, content_type="application/json")
    assert sent.status_code == 403


def test_neither_a_key_nor_its_company_sees_a_hidden_property_here(client, get, held, bodil):
    hidden = held[0].property
    before = get("/coverage", designation=hidden.designation).json()
    type(hidden).objects.filter(pk=hidden.pk).update(hidden=True)
    after = get("/coverage", designation=hidden.designation).json()
    client.force_login(bodil)
    own = client.get(f"{ROOT}/coverage", {"designation": hidden.designation}).json()
    assert before["certainty"] != "none"
    assert [after["certainty"], own["certainty"]] == ["none", "none"]


def test_who_may_see_protected_names_does_not_see_them_here(client, anna, world):
    grant(anna, "view_protected", world.agreement)
    appoint(world.chair, make_person(world.city, "Dold", "Provdal", protected=True))
    client.force_login(anna)
    answers = [
        client.get(f"{ROOT}{path}").json() for path in (f"/groups/{world.group.slug}", "/mandates")
    ]
    assert "Provdal" not in json.dumps(answers, ensure_ascii=False)


def test_too_many_questions_are_refused_with_when_to_come_back(get, settings):
    cache.clear()
    settings.API_QUESTIONS_A_MINUTE = 2
    answers = [get("/areas") for _ in range(5)]
    assert {answer.status_code for answer in answers} >= {200, 429}
    late = next(answer for answer in answers if answer.status_code == 429)
    assert 0 < int(late["Retry-After"]) <= 60
    assert "minuten" in late.json()["detail"]
    cache.clear()


def test_too_large_a_list_is_refused_in_a_sentence(client, key):
    answer = client.post(
        f"{ROOT}/coverage/bulk",
        b" " * 20_000_001,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.json()["detail"]


def test_what_can_be_asked_is_told_to_everybody(client, db):
    page = client.get("/api/v1/docs").content.decode()
    assert "/api/v1/coverage/bulk" in page
