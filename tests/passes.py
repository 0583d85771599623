"""`./run test`: the whole suite on SQLite and on PostgreSQL at once, then the browser tests.

The two engines share nothing, so they keep one processor each; pages are opened when both are
done, so that Chromium has the machine to itself.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tests import chromium

# Engine and part (see chromium.PART) of what runs at the same time, in turn.
STAGES = [
    {"SQLite": ("sqlite", "rest"), "PostgreSQL": ("postgres", "rest")},
    {"webbläsaren": ("sqlite", "browser")},
]
NO_TESTS_CHOSEN = 5


def main(arguments: list[str]) -> int:
    left_out = "" if chromium.executable() else "webbläsartesterna, för att Chromium saknas"
    if left_out and not chromium.may_leave_out():
        say("Med CI=true får inget utelämnas, men Chromium saknas. Installera paketet chromium.")
        return 1
    codes, lines = [], []
    for stage in STAGES:
        with ThreadPoolExecutor() as pool:
            jobs = {
                name: pool.submit(timed, *how, arguments, aloud=name == next(iter(stage)))
                for name, how in stage.items()
            }
        for name, job in jobs.items():
            code, seconds = job.result()
            codes.append(code)
            lines.append(f"{name}: {verdict(code)} ({seconds:.0f} s)")
    say(f"\n{' · '.join(lines)}")
    say(f"Utelämnat: {left_out or 'inget'}.")
    return outcome(codes, chosen=bool(arguments) or bool(left_out))


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
