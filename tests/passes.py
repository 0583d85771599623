"""`./run test`: the whole suite on PostgreSQL and, at the same time, on SQLite and in Chromium.

The two engines share nothing, so they keep one processor each; SQLite is done first, and
pages are opened meanwhile.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tests import chromium

# Engine and part (see chromium.PART) of what runs in turn; the lanes run at the same time,
# and what the first does is said while it goes on.
LANES = [
    {"SQLite": ("sqlite", "rest"), "webbläsaren": ("sqlite", "browser")},
    {"PostgreSQL": ("postgres", "rest")},
]
NO_TESTS_CHOSEN = 5


def main(arguments: list[str]) -> int:
    left_out = "" if chromium.executable() else "webbläsartesterna, för att Chromium saknas"
    if left_out and not chromium.may_leave_out():
        say("Med CI=true får inget utelämnas, men Chromium saknas. Installera paketet chromium.")
        return 1
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(in_turn, lane, arguments, aloud=lane is LANES[0]) for lane in LANES]
    results = [result for job in jobs for result in job.result()]
    lines = [f"{name}: {verdict(code)} ({seconds:.0f} s)" for name, code, seconds in results]
    say(f"\n{' · '.join(lines)}")
    say(f"Utelämnat: {left_out or 'inget'}.")
    codes = [code for _, code, _ in results]
    return outcome(codes, chosen=bool(arguments) or bool(left_out))


def in_turn(
    lane: dict[str, tuple[str, str]], arguments: list[str], *, aloud: bool
) -> list[tuple[str, int, float]]:
    """The name, the exit code and the seconds of each pass of a lane."""
    return [(name, *timed(*how, arguments, aloud=aloud)) for name, how in lane.items()]


def timed(engine: str, part: str, arguments: list[str], *, aloud: bool) -> tuple[int, float]:
    """The exit code and the seconds; what is not said aloud is said when it is over."""
    started = time.monotonic()
    if aloud:
        say(f"\n== {engine}, {part} ==")
        return run(engine, part, arguments), time.monotonic() - started
    with tempfile.TemporaryFile("w+") as said:
        code = run(engine, part, arguments, output=said)
        seconds = time.monotonic() - started
        said.seek(0)
        say(f"\n== {engine}, {part} ==\n{said.read()}")
    return code, seconds


def run(engine: str, part: str, arguments: list[str], output: object = None) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    env = {**os.environ, "TEST_DB": engine, chromium.PART: part}
    return subprocess.run(command, env=env, check=False, stdout=output, stderr=output).returncode


def outcome(codes: list[int], *, chosen: bool) -> int:
    """A pass without tests is accepted when tests were chosen and another pass ran some of them.

    Where Chromium is left out, its pass has none.
    """
    if chosen and 0 in codes:
        codes = [0 if code == NO_TESTS_CHOSEN else code for code in codes]
    return next((code for code in codes if code), 0)


def verdict(code: int) -> str:
    return {0: "godkänd", NO_TESTS_CHOSEN: "inga tester"}.get(code, "UNDERKÄND")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
