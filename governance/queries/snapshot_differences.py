"""Where a follow-up would be told otherwise if its data were taken again today.

Both sides are about the avstämningsdatum, so what has happened since is no difference;
what was corrected, entered late or renamed is. Measures have no days of their own and
differ as soon as they go on.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from governance.queries.followup_figures import GoalLine, MeasureLine
from governance.swedish import listed

Part = dict[str, Any]
_NOTHING = "ingen uppgift"
_GONE = "finns inte"


@dataclass(frozen=True)
class Difference:
    """What it is about, and how it was told when the follow-up was sent and is told today."""

    about: str
    then: str
    now: str


def differences_between(then: Part, now: Part) -> list[Difference]:
    """Of two snapshots with names, but for the texts that people wrote."""
    told, tells = then["facts"], now["facts"]
    goal = functools.partial(_goal, year=int(then["cutoff"][:4]))
    found = [
        _unlike("Gruppens namn", then["group"]["name"], now["group"]["name"]),
        _unlike("Gruppens läge", then["group"]["state"], now["group"]["state"]),
        _unlike("Överenskommelsens namn", then["agreement"], now["agreement"]),
        _unlike("Överenskommelsens version", _version(then), _version(now)),
        _unlike("Täckning", _named(then["coverage"]), _named(now["coverage"])),
        _unlike("Föregångare", _named(told["predecessors"]), _named(tells["predecessors"])),
        _unlike("Möten", _meetings(told["meetings"]), _meetings(tells["meetings"])),
        *_by_key("Plats i gruppen", "seat", then["roster"], now["roster"], _seat, _seat_label),
        *_by_key("Prioritering", "pk", told["priorities"], tells["priorities"], _title, _title),
        *_by_key("Mål", "pk", _goals(told), _goals(tells), goal, _goal_label),
        *_by_key("Åtgärd", "pk", told["measures"], tells["measures"], _measure, _title),
    ]
    return [each for each in found if each is not None]


def _unlike(about: str, then: str, now: str) -> Difference | None:
    return Difference(about, then or _NOTHING, now or _NOTHING) if then != now else None


def _by_key(
    about: str, key: str, then: Iterable[Part], now: Iterable[Part], words: Any, label: Any
) -> Iterator[Difference]:
    """Rows that are told otherwise, or stand on one side only; the same row has the same key."""
    before, after = ({row[key]: row for row in rows} for rows in (then, now))
    for each in {**before, **after}:
        old, new = before.get(each), after.get(each)
        said = words(old) if old else _GONE
        says = words(new) if new else _GONE
        if said != says or _people(old) != _people(new):
            yield Difference(f"{about}: {label(old or new)}", said, says)


def _version(part: Part) -> str:
    return f"{part['version']['number']}: {part['version']['title']}" if part["version"] else ""


def _named(rows: Iterable[Part]) -> str:
    return listed(each["name"] for each in rows)


def _title(row: Part) -> str:
    return str(row["title"])


def _meetings(facts: Part) -> str:
    said = [f"{facts['held']} hållna", f"{facts['cancelled']} inställda"]
    if facts["attendance"] is not None:
        said.append(f"{facts['attendance']} % närvaro")
    return f"{', '.join(said)} ({', '.join(facts['days'])})" if facts["days"] else ", ".join(said)


# -- seats -------------------------------------------------------------------------------------


def _seat_label(row: Part) -> str:
    number = f" {row['number']}" if row["number"] != 1 else ""
    return f"{row['function']}{number}, {row['organization']}"


def _seat(row: Part) -> str:
    """Without its status, which also says what was known of days to come."""
    people = [_person(each) for each in _sitting(row)]
    return ", ".join([_seat_label(row), row["role"], *(people or ["ingen ledamot"])])


def _sitting(row: Part) -> list[Part]:
    return [*([row["holder"]] if row["holder"] else []), *row["deputies"]]


def _people(row: Part | None) -> list[int]:
    """Whoever sits there: two persons may be told in the same words when names are hidden."""
    return [each["person"] for each in _sitting(row)] if row and "holder" in row else []


def _person(each: Part) -> str:
    name = "namnet visas inte" if each["name"] is None else each["name"] or "namn saknas"
    return f"{name} ({each['title']})" if each["title"] else name


# -- figures ---------------------------------------------------------------------------------


def _goals(facts: Part) -> list[Part]:
    return [goal for priority in facts["priorities"] for goal in priority["goals"]]


def _goal_label(goal: Part) -> str:
    return f"{goal['indicator']}, {goal['area']}"


def _goal(goal: Part, year: int) -> str:
    line = GoalLine(goal, year)
    said = [
        f"utgångsläge {line.baseline}",
        f"{year - 1}: {line.before}",
        f"{year}: {line.now}",
        f"mål {line.target} senast den {line.due}",
    ]
    return f"{_goal_label(goal)}. {', '.join(said)}"


def _measure(part: Part) -> str:
    line = MeasureLine(part)
    said = [part["title"], part["organization"], line.status.text, f"klar senast den {line.due}"]
    return ", ".join([*said, *(each for each in (line.progress, part["why"]) if each)])
