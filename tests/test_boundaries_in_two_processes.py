"""A set that one process activates shows in the next answer of another, which runs all along."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.boundary_sets import EAST, NORTH, box, geojson

ROOT = Path(__file__).parent.parent
# Answers each day that it is sent with the names of the stadsdelar at one place.
WORKER = f"""
import datetime, sys
import django
django.setup()
from governance.models import Area
from governance.queries.boundaries import boundary_index
for line in sys.stdin:
    index = boundary_index(datetime.date.fromisoformat(line.strip()))
    [found] = index.at("stadsdel", [{NORTH + 950}], [{EAST + 500}])
    names = Area.objects.filter(pk__in=found).values_list("name", flat=True)
    print(", ".join(names) or "ingen", flush=True)
"""


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """A database of its own, in a file, with the structure in it."""
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "SAMVERKAN_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "samverkan.settings",
        "PYTHONPATH": str(ROOT),
    }
    environment = {**os.environ, **own}
    for command in ("migrate", "load_structure"):
        manage(environment, command)
    return environment


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def worker(environment) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


def ask(worker: subprocess.Popen[str], when: str) -> str:
    worker.stdin.write(f"{when}\n")
    worker.stdin.flush()
    return worker.stdout.readline().strip()


def test_a_running_process_answers_by_the_set_that_another_has_activated(
    environment, worker, tmp_path
) -> None:
    sketched = ask(worker, "2022-06-01")
    lines = {"2021-01-01": 1000, "2023-01-01": 900}  # where Akalla begins and Husby ends
    for first, line in lines.items():
        file = tmp_path / "gränser.geojson"
        shapes = {"AKALLA": box(0, line), "HUSBY": box(0, line - 1000)}
        file.write_bytes(geojson(shapes))
        manage(
            environment,
            "import_boundaries",
            str(file),
            "--kind=stadsdel",
            f"--valid-from={first}",
            "--activate",
        )
        assert ask(worker, "2022-06-01") == "Husby"
        assert ask(worker, "2023-01-01") == ("Husby" if line == 1000 else "Akalla")
    assert ask(worker, "2020-12-31") == sketched
