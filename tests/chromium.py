"""Pytest plugin (`-p tests.chromium`): browser tests run once, and only where Chromium is."""

import os
import shutil

import pytest

# The environment's word for which tests are wanted: `browser`, `rest`, or else both.
PART = "TEST_PART"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """The system's own Chromium; none is ever downloaded."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def may_leave_out() -> bool:
    return os.environ.get("CI", "").lower() != "true"


def reason_to_leave_out() -> str:
    """Why browser tests do not run in this pass; empty when they do."""
    if os.environ.get("TEST_DB") == "postgres" or os.environ.get(PART) == "rest":
        return "webbläsartesterna körs i ett eget pass"
    if executable() is None and may_leave_out():
        return "webbläsartesterna, för att Chromium inte finns på datorn"
    return ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unwanted = {True} if reason_to_leave_out() else set()
    if os.environ.get(PART) == "browser":
        unwanted.add(False)
    config.hook.pytest_deselected(items=[each for each in items if needs_browser(each) in unwanted])
    items[:] = [each for each in items if needs_browser(each) not in unwanted]


def needs_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if reason := reason_to_leave_out():
        terminalreporter.write_line(f"Utelämnat här: {reason}.")
