"""Pytest plugin (`-p tests.once`): what no engine can change is run on one of them.

Only where `./run test` runs a pass of its own for each engine (see chromium.PART). Two kinds:
tests that ask no database, and those marked `once`, which open many or all addresses of the
app, look at what the pages answer or count their queries, and take minutes; what the pages ask
the database is tested on both elsewhere. Chosen by hand, every test runs on the engine asked for.
"""

import os

import pytest

from tests.chromium import PART

USES_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def engine_of(item: pytest.Item) -> str:
    """The only engine on which the test is run; nothing when it is run on both."""
    marker = item.get_closest_marker("once")
    if marker is not None:
        return str(marker.args[0])
    asks = item.get_closest_marker("django_db") is not None
    asks = asks or bool(USES_DATABASE & set(getattr(item, "fixturenames", ())))
    return "" if asks else "sqlite"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get(PART) != "rest":
        return
    engine = os.environ.get("TEST_DB", "sqlite")
    elsewhere = [each for each in items if engine_of(each) not in ("", engine)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [each for each in items if engine_of(each) in ("", engine)]
