"""Ways of doing the same thing, timed in turn: only their ratio means anything."""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

from samverkan.stack import with_room


@dataclass(frozen=True)
class Result:
    """What something costs, as a multiple of its floor or in megabytes, and the most it may."""

    what: str
    cost: float
    limit: float
    unit: str
    details: str = ""

    @property
    def kept(self) -> bool:
        return self.cost <= self.limit

    def __str__(self) -> str:
        verdict = "håller" if self.kept else "HÅLLER INTE"
        line = f"{self.what}: {self.cost:.2f} {self.unit}, högst {self.limit:g}: {verdict}"
        return f"{line}\n    {self.details}" if self.details else line


def in_turn(rounds: int, *ways: Callable[[], float]) -> list[float]:
    """The median seconds of each way over so many rounds, in which each has its turn.

    A way gives the seconds that it took itself, so that what it must put in order
    beforehand is not counted.
    """
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for seconds, way in zip(taken, ways, strict=True):
            seconds.append(way())
    return [median(seconds) for seconds in taken]


def seconds(work: Callable[[], object]) -> float:
    """What the work takes when it is called as the server calls the app: with room on the stack."""
    started = time.perf_counter()
    with_room(work)
    return time.perf_counter() - started


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


@contextmanager
def own_database() -> Iterator[str]:
    """An empty database, thrown away afterwards: on the server in DATABASE_URL, else SQLite.

    As in the tests, TEST_DB=postgres takes the system's PostgreSQL. Gives the engine's name;
    the app can be imported inside.
    """
    from tests.postgres import choose

    given = os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://"))
    os.environ["SAMVERKAN_MODE"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
    with ExitStack() as cleanup:
        engine = choose("postgres" if given else os.environ.get("TEST_DB", "sqlite"), cleanup)
        import django

        django.setup()
        from django.db import connection

        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        cleanup.callback(connection.creation.destroy_test_db, name, verbosity=0)
        yield engine
