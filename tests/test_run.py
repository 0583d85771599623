"""`./run` speaks Swedish, and stops with a sentence where it cannot go on."""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-dev.lock"]


def run(*arguments: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        ["./run", *arguments], cwd=cwd, env=base | env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_names_every_command(arguments):
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    dispatch = (ROOT / "run").read_text().rsplit("case $command in", 1)[1]
    commands = set(re.findall(r"^    ([a-z]+)\)", dispatch, re.MULTILINE))
    assert {"demo", "serve", "test", "check", "manage"} <= commands
    assert commands == set(re.findall(r"^  ([a-z]+)\b", result.stdout, re.MULTILINE))


def test_unknown_command_shows_the_help_and_fails():
    result = run("starta")
    assert result.returncode == 1
    assert result.stderr.endswith("Okänt kommando: starta\n")
    assert "Användning" in result.stderr


def test_demo_names_another_port_when_its_own_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("demo", "--port", str(port))
    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} används redan. Välj en annan, till exempel: ./run demo --port {port + 1}\n"
    )


@pytest.mark.parametrize("port", ["", "abc", "0", "65536", "-1", "8000.5", "123456"])
def test_demo_refuses_what_is_no_port(port):
    result = run("demo", "--port", port)
    assert result.returncode == 1
    assert result.stderr == f'Porten ska vara ett tal mellan 1 och 65535, inte "{port}".\n'


def test_demo_refuses_in_production():
    result = run("demo", SAMVERKAN_MODE="production")
    assert result.returncode == 1
    assert "körs bara i demoläge" in result.stderr


def test_serve_refuses_unsafe_settings_before_it_touches_anything():
    result = run("serve")
    assert result.returncode == 1
    assert "SECRET_KEY saknas" in result.stderr
    assert "Traceback" not in result.stderr


def test_too_old_python_is_told_in_a_sentence(tmp_path):
    shutil.copy(ROOT / "run", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        fake = programs / name
        fake.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" || exit 1\n')
        fake.chmod(0o755)
    result = run("install", cwd=tmp_path, PATH=f"{programs}:/usr/bin:/bin")
    assert result.returncode == 1
    assert "behöver Python 3.11, 3.12 eller 3.13. Här finns: Python 3.9.2." in result.stderr
    assert not (tmp_path / ".venv").exists()


# -- the demo, from an empty database ------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What the first `./run demo` said, and the environment in which it ran."""
    env = {"DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.sqlite3"}
    return run("demo", "--no-serve", **env), env


def test_first_demo_succeeds_without_a_word_on_stderr(demo):
    result, _ = demo
    assert (result.returncode, result.stderr) == (0, "")
    assert "http://127.0.0.1:8000/" in result.stdout


def test_second_demo_answers_after_less_than_five_seconds_of_work_and_stops_when_told(demo):
    _, env = demo
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    before = work_of_others()
    server = subprocess.Popen(
        ["./run", "demo", "--port", str(port)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        status = answer_of(server, f"http://127.0.0.1:{port}/halsa/")
    finally:
        server.send_signal(signal.SIGINT)
        said, log = server.communicate(timeout=30)
    assert status == 200, log
    assert work_of_others() - before < 5
    assert f"http://127.0.0.1:{port}/" in said
    assert log == ""


def work_of_others() -> float:
    """Processor seconds of the processes that have ended; waiting for others does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def answer_of(server: subprocess.Popen[str], address: str) -> int | None:
    """The first status that comes; none when the server ends without an answer."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.05)
    return None


# -- lock files -----------------------------------------------------------------------------------


def pinned(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text().splitlines()
    pins = [line.removesuffix(" \\") for line in lines if line and not line.startswith((" ", "#"))]
    return dict(pin.split("==", 1) for pin in pins)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_and_hashes_everything_and_names_no_address(lock):
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(pinned(lock)) > 10
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)


def test_the_larger_locks_hold_the_same_versions():
    smaller, middle, larger = map(pinned, LOCKS)
    version = re.compile(r"[^ ;]+")
    for inner, outer in ((smaller, middle), (middle, larger)):
        for name, pin in inner.items():
            assert version.match(outer[name])[0] == version.match(pin)[0]
