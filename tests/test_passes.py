"""`./run test` leaves nothing out in silence: two engines, and the browser once."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests import chromium, once, passes, postgres

ROOT = Path(__file__).resolve().parent.parent
VENDORS = {"sqlite": "sqlite", "postgres": "postgresql"}


@pytest.fixture
def passes_run(monkeypatch):
    """The passes that were asked for, with no pytest inside pytest."""
    asked = []

    def run(engine, part, arguments, output=None):
        asked.append((engine, part))
        return 0

    monkeypatch.setattr(passes, "run", run)
    return asked


def test_this_pass_runs_on_the_engine_that_was_asked_for():
    assert connection.vendor == VENDORS[os.environ.get("TEST_DB", "sqlite")]


def test_both_engines_run_and_nothing_is_left_out(passes_run, monkeypatch, capsys):
    monkeypatch.setattr(chromium, "executable", lambda: "/usr/bin/chromium")
    assert passes.main([]) == 0
    assert sorted(passes_run) == [("postgres", "rest"), ("sqlite", "browser"), ("sqlite", "rest")]
    assert passes_run.index(("sqlite", "rest")) < passes_run.index(("sqlite", "browser"))
    assert capsys.readouterr().out.endswith("Utelämnat: inget.\n")


def test_missing_chromium_is_said_at_the_end(passes_run, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(chromium, "executable", lambda: None)
    assert passes.main([]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Utelämnat: webbläsartesterna, för att Chromium saknas."


def test_missing_chromium_is_a_failure_in_ci(passes_run, monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(chromium, "executable", lambda: None)
    assert passes.main([]) == 1
    assert passes_run == []


@pytest.mark.parametrize(
    ("codes", "chosen", "expected"),
    [
        ([0, 0], False, 0),
        ([0, 1], False, 1),
        ([1, 0], True, 1),
        ([0, 5], True, 0),  # only browser tests were chosen
        ([5, 5], True, 5),
        ([0, 5], False, 5),
        ([0, 4], True, 4),
    ],
)
def test_exit_code_is_that_of_the_first_pass_that_failed(codes, chosen, expected):
    assert passes.outcome(codes, chosen=chosen) == expected


@pytest.mark.parametrize(
    ("engine", "program", "ci", "left_out"),
    [
        ("sqlite", "/usr/bin/chromium", "", False),
        ("sqlite", None, "", True),
        ("sqlite", None, "true", False),
        ("postgres", "/usr/bin/chromium", "true", True),
    ],
)
def test_browser_tests_run_once_and_in_ci_always(monkeypatch, engine, program, ci, left_out):
    monkeypatch.setenv("TEST_DB", engine)
    monkeypatch.setenv("CI", ci)
    monkeypatch.delenv("TEST_PART", raising=False)
    monkeypatch.setattr(chromium, "executable", lambda: program)
    assert bool(chromium.reason_to_leave_out()) is left_out


@pytest.mark.parametrize(("part", "kept"), [("browser", ["b"]), ("rest", ["a"]), ("", ["a", "b"])])
def test_each_part_takes_its_own_tests_and_together_they_are_all(monkeypatch, part, kept):
    monkeypatch.setenv("TEST_DB", "sqlite")
    monkeypatch.setenv("TEST_PART", part)
    monkeypatch.setattr(chromium, "executable", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(chromium, "needs_browser", lambda item: item == "b")
    items, dropped = ["a", "b"], []
    hook = SimpleNamespace(pytest_deselected=lambda items: dropped.extend(items))
    chromium.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)
    assert items == kept
    assert sorted(items + dropped) == ["a", "b"]


@pytest.mark.parametrize(
    ("part", "engine", "kept"),
    [
        ("rest", "sqlite", ["pure", "asks"]),
        ("rest", "postgres", ["asks", "pages"]),
        ("", "sqlite", ["pure", "asks", "pages"]),
    ],
)
def test_what_no_engine_can_change_runs_on_one_and_all_else_on_both(
    monkeypatch, part, engine, kept
):
    monkeypatch.setenv("TEST_DB", engine)
    monkeypatch.setenv("TEST_PART", part)
    dropped = []
    items = [marked("pure"), marked("asks", django_db=()), marked("pages", once=("postgres",))]
    hook = SimpleNamespace(pytest_deselected=lambda items: dropped.extend(items))
    once.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)
    assert [each.name for each in items] == kept
    assert len(items) + len(dropped) == 3


def marked(name, **markers):
    """A test as the plugin sees it: `django_db=()` for a marker without arguments."""
    found = {marker: SimpleNamespace(args=args) for marker, args in markers.items()}
    return SimpleNamespace(name=name, fixturenames=[], get_closest_marker=found.get)


def test_without_any_postgresql_the_run_fails(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "SYSTEM", Path("/nonexistent"))
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    with ExitStack() as cleanup, pytest.raises(LookupError, match="ingen PostgreSQL finns"):
        postgres.choose("postgres", cleanup)


def test_given_database_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/samverkan")
    with ExitStack() as cleanup:
        assert postgres.choose("postgres", cleanup) == "PostgreSQL i DATABASE_URL"
    assert os.environ["DATABASE_URL"] == "postgres://db/samverkan"


def test_newest_server_of_the_system_comes_before_the_wheel(monkeypatch, tmp_path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(postgres, "SYSTEM", tmp_path)
    assert postgres.find_programs() == tmp_path / "17" / "bin"


def test_the_wheel_has_a_server_that_starts_and_stops(monkeypatch):
    monkeypatch.setattr(postgres, "SYSTEM", Path("/nonexistent"))
    programs = postgres.find_programs()
    with postgres.server(programs) as url:
        folder = Path(url.split("@")[1].split("/")[0].replace("%2F", "/"))
        assert (folder / ".s.PGSQL.5432").is_socket()
    assert not folder.exists()


def test_unknown_engine_stops_pytest_with_a_sentence():
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "tests/test_passes.py"],
        cwd=ROOT,
        env={**os.environ, "TEST_DB": "oracle"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "skriv TEST_DB=sqlite eller TEST_DB=postgres" in result.stderr
