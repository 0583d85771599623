"""Guessing passwords is stopped, and nobody can lock out somebody else."""

import pytest
from django.test import Client, RequestFactory

from samverkan import signin

pytestmark = pytest.mark.django_db
PASSWORD = "ett-långt-lösenord"
PAGE = "/konto/logga-in/"


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_user("ada@example.se", PASSWORD)


def attempt(email: str, password: str, address: str = "192.0.2.1"):
    return Client(REMOTE_ADDR=address).post(PAGE, {"username": email, "password": password})


def test_ten_failures_lock_the_account_from_that_address_only(ada):
    for spelling in ["ada@example.se", " ADA@example.se", "Ada@Example.SE "] * 3:
        assert attempt(spelling, "fel").status_code == 200
    assert attempt("ada@example.se", "fel").status_code == 429
    locked = attempt("ada@example.se", PASSWORD)
    assert locked.status_code == 429
    assert "accounts/locked.html" in [template.name for template in locked.templates]
    assert attempt("ada@example.se", PASSWORD, address="192.0.2.2").status_code == 302


def test_nine_failures_do_not_lock_and_a_success_starts_over(ada):
    for _ in range(2):
        for _ in range(9):
            assert attempt("ada@example.se", "fel").status_code == 200
        assert attempt("ada@example.se", PASSWORD).status_code == 302


def test_log_of_failures_names_nobody(ada, caplog):
    for _ in range(11):
        attempt("ada@example.se", "fel")
    assert "Locking out" in caplog.text
    assert "ada" not in caplog.text
    assert "192.0.2.1" not in caplog.text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
    ],
)
def test_address_is_the_one_that_our_own_proxy_saw(settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert signin.client_address(request) == expected
