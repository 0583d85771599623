"""The process that serves is killed between two saves: what was typed is saved or comes back."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Error, expect

from tests.browser.conftest import signed_in
from tests.browser.test_writing_together import (  # noqa: F401  (analysis is a fixture)
    PAGE,
    SAVED,
    analysis,
    says,
    stored,
    write,
)

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
STARTED = 30  # seconds


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def serve(site: str, port: int) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a server process of its own on the database of the test, until it answers."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env={
                **os.environ,
                "SAMVERKAN_MODE": "test",
                "SECRET_KEY": settings.SECRET_KEY,
                "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(server)
        wait_for(port)
        return server

    yield start
    for server in started:
        server.kill()
        server.wait()


def wait_for(port: int) -> None:
    end = time.monotonic() + STARTED
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("Servern kom inte igång.")


def test_a_killed_server_loses_nothing_that_was_typed(browser: Browser, port, serve, analysis):  # noqa: F811
    server = serve()
    page = signed_in(browser, f"http://127.0.0.1:{port}", "sven", 1280).new_page()
    page.goto(PAGE)
    write(page, analysis, "Sparat. ")
    says(page, analysis, SAVED)
    write(page, analysis, "Inte sparat.")
    server.send_signal(signal.SIGKILL)
    assert server.wait() == -signal.SIGKILL
    with pytest.raises(Error):
        page.reload()
    assert stored(analysis) == "Sparat. "
    serve()
    page.goto(PAGE)
    text = page.locator(f"#id_{analysis.pk}_text")
    expect(text).to_have_value("Sparat. Inte sparat.")
    says(page, analysis, SAVED)
    assert stored(analysis) == "Sparat. Inte sparat."
