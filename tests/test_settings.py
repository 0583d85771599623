"""Real use starts only with safe settings, and says all that is wrong at once."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from samverkan import safety

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "SECRET_KEY": "b7Yt-2kQzR_8wLmX4cVnHs6PjDf0Ga1Ue9TiOo3Kx5Zr-Wq0123456789",
    "ALLOWED_HOSTS": "samverkan.example.se",
    "DATABASE_URL": "postgres://samverkan:secret@db/samverkan",
    "EMAIL_HOST": "mail.example.se",
    "DEFAULT_FROM_EMAIL": "samverkan@example.se",
}


def manage(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SAMVERKAN_MODE": "production", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_settings_are_accepted():
    assert safety.refusal(SAFE) == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY saknas"),
        ({"SECRET_KEY": safety.DEMO_SECRET_KEY}, "SECRET_KEY är en känd nyckel"),
        ({"SECRET_KEY": "django-insecure-" + SAFE["SECRET_KEY"]}, "SECRET_KEY är en känd nyckel"),
        ({"SECRET_KEY": SAFE["SECRET_KEY"][:49]}, "SECRET_KEY är för svag"),
        ({"SECRET_KEY": "abcd" * 20}, "SECRET_KEY är för svag"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS saknas"),
        ({"ALLOWED_HOSTS": "samverkan.example.se, *"}, "ALLOWED_HOSTS släpper in alla"),
        ({"SITE_URL": "http://samverkan.example.se"}, "SITE_URL ska börja med https://"),
        ({"DATABASE_URL": ""}, "DATABASE_URL saknas"),
        ({"DATABASE_URL": "samverkan"}, "DATABASE_URL går inte att tolka"),
        ({"DATABASE_URL": "postgres://db:port/samverkan"}, "DATABASE_URL går inte att tolka"),
        ({"DATABASE_URL": "postgres://db"}, "DATABASE_URL går inte att tolka"),
        ({"EMAIL_HOST": ""}, "EMAIL_HOST saknas"),
        ({"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL saknas"),
        ({"EMAIL_PORT": "tjugofem"}, "EMAIL_PORT ska vara ett tal"),
        ({"PROXY_COUNT": "-1"}, "PROXY_COUNT ska vara ett tal"),
        ({"HSTS_SECONDS": ""}, "HSTS_SECONDS ska vara ett tal"),
        ({"EMAIL_USE_TLS": "kanske"}, "EMAIL_USE_TLS ska vara ja eller nej"),
        ({"DEBUG": "1"}, "DEBUG är på"),
    ],
)
def test_each_fault_is_the_only_one_named(change, sentence):
    found = list(safety.problems(SAFE | change))
    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_start_without_settings_names_all_of_them_and_shows_no_traceback():
    result = manage("check", DEBUG="yes")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    for name in [*SAFE, "DEBUG"]:
        assert f"  - {name} " in result.stderr


def test_unknown_mode_is_refused_with_a_sentence():
    result = manage("check", SAMVERKAN_MODE="prod")
    assert (result.returncode, result.stderr) == (
        1,
        "SAMVERKAN_MODE ska vara demo, test eller production, inte ”prod”.\n",
    )


def test_deploy_check_is_clean_with_the_settings_of_serve():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert result.returncode == 0, result.stderr
    assert "no issues (1 silenced)" in result.stdout  # guardian.W001 and no other: settings.py


def test_deploy_check_notices_a_weakened_setting():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE | {"HSTS_SECONDS": "0"})
    assert result.returncode == 1
    assert "security.W004" in result.stderr


def test_every_setting_is_described_and_handed_to_the_containers():
    code = "".join((ROOT / "samverkan" / name).read_text() for name in ("settings.py", "safety.py"))
    read = set(re.findall(r"env(?:iron)?(?:\.get\(|\[)\"([A-Z_]+)\"", code))
    assert set(SAFE) < read
    read -= {"TEST_SQLITE_FILE"}
    described = (ROOT / "docs/drift.md").read_text()
    assert [name for name in read if f"`{name}`" not in described] == []
    handed_on = (ROOT / "compose.yaml").read_text() + (ROOT / "Dockerfile").read_text()
    assert [name for name in read - {"DEBUG"} if name not in handed_on] == []


# -- what a response carries ----------------------------------------------------------------------


@pytest.fixture
def production(monkeypatch):
    """The settings of production in force around the app under test."""
    for name, value in (SAFE | {"SAMVERKAN_MODE": "production"}).items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location(
        "production_settings", ROOT / "samverkan/settings.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    prefixes = ("SECURE_", "SESSION_", "CSRF_", "X_FRAME", "ALLOWED_HOSTS", "PROXY_", "CONTENT_SEC")
    values = {name: getattr(module, name) for name in dir(module) if name.startswith(prefixes)}
    with override_settings(**values):
        yield Client(headers={"host": "samverkan.example.se"})


@pytest.mark.django_db
def test_headers_behind_tls(production):
    response = production.get("/konto/logga-in/", headers={"x-forwarded-proto": "https"})
    assert response.status_code == 200
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    cookie = response.cookies["csrftoken"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
def test_policy_lets_nothing_in_from_outside_or_inline(production):
    response = production.get("/konto/logga-in/", secure=True)
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.django_db
def test_session_cookie_is_kept_from_scripts_and_plain_http(production, django_user_model):
    django_user_model.objects.create_user("ada@example.se", "ett-långt-lösenord")
    answer = {"username": "ada@example.se", "password": "ett-långt-lösenord"}
    cookie = production.post("/konto/logga-in/", answer, secure=True).cookies["sessionid"]
    assert cookie["secure"]
    assert cookie["httponly"]


def test_plain_http_is_sent_on_to_tls(production):
    response = production.get("/styrgrupper/")
    assert (response.status_code, response["Location"]) == (
        301,
        "https://samverkan.example.se/styrgrupper/",
    )


@pytest.mark.django_db
def test_health_is_answered_without_tls(production):
    response = production.get("/halsa/")
    assert response.status_code == 200
    assert json.loads(response.content)


def test_unknown_host_is_refused_and_not_worth_a_line_in_the_log(production, caplog):
    assert production.get("/", headers={"host": "other.example.se"}, secure=True).status_code == 400
    assert caplog.text == ""


# -- dates ----------------------------------------------------------------------------------------


def test_dates_are_typed_as_iso_and_never_as_american():
    assert forms.DateField().clean("2019-08-27").isoformat() == "2019-08-27"
    with pytest.raises(ValidationError):
        forms.DateField().clean("08/27/2019")
