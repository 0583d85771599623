"""Measures everything on one engine; leaves with 1 when something costs more than it may."""

import sys

from benchmarks.measuring import own_database


def main() -> int:
    with own_database() as engine:
        from benchmarks import coverage, group_page, imports, lists, points, report

        say(f"Mäter på {engine}. Bara förhållandena betyder något.")
        results = []
        # Lists that are read in come first: the most memory so far is then theirs and no other's.
        for noun in (imports, lists, group_page, report, points, coverage):
            for result in noun.measure():
                say(str(result))
                results.append(result)
    return 0 if all(result.kept for result in results) else 1


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
