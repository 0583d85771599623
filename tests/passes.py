"""`./run test`: the whole suite on SQLite, then on PostgreSQL; browser tests on the first pass."""

import os
import subprocess
import sys
import time

from tests import chromium

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
NO_TESTS_CHOSEN = 5


def main(arguments: list[str]) -> int:
    left_out = "" if chromium.executable() else "webbläsartesterna, för att Chromium saknas"
    if left_out and not chromium.may_leave_out():
        say("Med CI=true får inget utelämnas, men Chromium saknas. Installera paketet chromium.")
        return 1
    codes, lines = [], []
    for engine, name in ENGINES.items():
        say(f"\n== {name} ==")
        started = time.monotonic()
        codes.append(run(engine, arguments))
        lines.append(f"{name}: {verdict(codes[-1])} ({time.monotonic() - started:.0f} s)")
    say(f"\n{' · '.join(lines)}")
    say(f"Utelämnat: {left_out or 'inget'}.")
    return outcome(codes, chosen=bool(arguments))


def run(engine: str, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, "TEST_DB": engine}, check=False).returncode


def outcome(codes: list[int], *, chosen: bool) -> int:
    """A pass without tests is accepted when tests were chosen and another pass ran some of them."""
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
