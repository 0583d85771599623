"""Coverage by coordinate over HTTP at eight clients, beside an empty view behind the same check.

Both are answered by one gunicorn, started as `./run serve` starts it.
"""

import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.measuring import Result, in_turn
from governance.models import Organization, User
from governance.services.sketches import sketch_boundaries
from governance.services.structure import load_structure
from governance.services.tokens import create_token

CLIENTS = 8
ASKED = 100  # of each client in a round
ROUNDS = 7
LIMIT = 2.0
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def measure() -> list[Result]:
    load_structure(folder=FIXTURES)
    sketch_boundaries(folder=FIXTURES)
    user = User.objects.create_user("matning@example.org", "ett-långt-lösenord")
    company = Organization.objects.get(slug="stockholmshem")
    key = create_token(user=user, organization=company, name="Mätning")[1]
    chance = random.Random(2019)  # noqa: S311 - places, not secrets
    points = [(chance.uniform(59.24, 59.40), chance.uniform(17.85, 18.15)) for _ in range(ASKED)]
    places = [f"/api/v1/coverage?lat={lat:.5f}&lon={lon:.5f}" for lat, lon in points]
    with served() as port:
        least, taken = (
            round_of(port, key, paths) for paths in (["/least/nothing"] * ASKED, places)
        )
        least(), taken()  # what is made ready once is made ready now
        floor, cost = in_turn(ROUNDS, least, taken)
    many = CLIENTS * ASKED
    return [
        Result(
            what=f"Täckning för en koordinat över HTTP, {CLIENTS} klienter, mot en tom vy",
            cost=cost / floor,
            limit=LIMIT,
            unit="gånger",
            details=f"{many / cost:.0f} mot {many / floor:.0f} svar i sekunden",
        )
    ]


def round_of(port: int, key: str, paths: list[str]) -> Callable[[], float]:
    """What all the clients take to ask for all the paths, in seconds."""

    def client(_: int) -> None:
        asking = http.client.HTTPConnection("127.0.0.1", port)
        for path in paths:
            asking.request("GET", path, headers={"Authorization": f"Bearer {key}"})
            answer = asking.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
        asking.close()

    def work() -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(client, range(CLIENTS)))
        return time.perf_counter() - started

    return work


@contextmanager
def served() -> Iterator[int]:
    """The app on a free port, over the same database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = f"-m gunicorn samverkan.wsgi --worker-class gthread --bind 127.0.0.1:{port}"
    words += " --workers 2 --threads 4 --log-level warning"
    more = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "benchmarks.served"}
    server = subprocess.Popen([sys.executable, *words.split()], env={**os.environ, **more})  # noqa: S603
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    host, port = str(known["HOST"]).replace("/", "%2F"), known["PORT"]
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return f"postgres://{who}@{host}{f':{port}' if port else ''}/{known['NAME']}"


def wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
