"""A browser, and a site to open in it: the real structure with the demo's people."""

import contextlib
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.live_server_helper import LiveServer

from governance.models import User
from governance.temporal import today
from tests import chromium

NARROW = 390
WIDTHS = {NARROW: 844, 1280: 900}


@pytest.fixture(scope="package")
def filled() -> Iterator[sqlite3.Connection]:
    """Where the first test leaves a copy of the demo's database, for the others to begin with."""
    with contextlib.closing(sqlite3.connect(":memory:")) as copy:
        yield copy


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer, filled: sqlite3.Connection) -> str:
    """The address of a site with the structure, the demo's people and letters to them."""
    connection.ensure_connection()
    if filled.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        call_command("demo", stdout=io.StringIO())
        call_command("send_reminders", "--date", str(today()), stdout=io.StringIO())
        connection.connection.backup(filled)
    else:
        filled.backup(connection.connection)
    return live_server.url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, asynchronous_unsafe():
        program = playwright.chromium.launch(
            executable_path=chromium.executable(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield program
        program.close()


@contextlib.contextmanager
def asynchronous_unsafe() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, which Django would refuse to run beside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


def signed_in(browser: Browser, site: str, who: str, width: int) -> BrowserContext:
    """A window of the width, signed in as the demo person whose address begins with `who`."""
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": WIDTHS[width]}, locale="sv-SE"
    )
    if who:
        client = Client()
        client.force_login(User.objects.get(email__startswith=f"{who}."))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return context


def english_words() -> set[str]:
    return set((Path(__file__).parent / "english.txt").read_text().split())
