"""Pytest plugin (`-p tests.chromium`): browser tests run once, and only where Chromium is."""

import os
import shutil

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """The system's own Chromium; none is ever downloaded."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def may_leave_out() -> bool:
    return os.environ.get("CI", "").lower() != "true"


def reason_to_leave_out() -> str:
    """Why browser tests do not run in this pass; empty when they do."""
    if os.environ.get("TEST_DB") == "postgres":
        return "webbläsartesterna körs i passet med SQLite"
    if executable() is None and may_leave_out():
        return "webbläsartesterna, för att Chromium inte finns på datorn"
    return ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not reason_to_leave_out():
        return
    config.hook.pytest_deselected(items=[item for item in items if needs_browser(item)])
    items[:] = [item for item in items if not needs_browser(item)]


def needs_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if reason := reason_to_leave_out():
        terminalreporter.write_line(f"Utelämnat här: {reason}.")
