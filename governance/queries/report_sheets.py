"""The data of a year as sheets to analyse: what was frozen, without the names of persons.

Numbers are numbers and days are days. A count that is too small to be shown is the words
for that, and what was never measured is an empty cell.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_DOWN, Decimal
from typing import Any

from governance.models import FollowUp, FollowUpSection, Indicator, Measure
from governance.queries.followup_figures import GoalLine
from governance.queries.indicators import TOO_SMALL
from governance.queries.rounds import STATE_WORDS
from governance.sheets import Tab

# The name of a group, its year, its follow-up and what was frozen of it.
Told = tuple[str, int, FollowUp, dict[str, Any]]
_ABOUT = "Utmaning eller prioritering"
_MILLIONTHS = Decimal("0.000001")


def tabs(told: Iterable[Told]) -> list[Tab]:
    """Follow-ups, judgements, goals and measures; every row begins with its group and year.

    One follow-up of a group and year is meant to come, the one that counts. No queries.
    """
    rows = list(told)
    return [
        _tab("Uppföljningar", _FOLLOWUPS, rows, _followup),
        _tab("Bedömningar", [_ABOUT, "Bedömning"], rows, _judgements),
        _tab("Mål", _GOALS, rows, _goals),
        _tab("Åtgärder", _MEASURES, rows, _measures),
    ]


def _tab(
    title: str,
    headings: list[str],
    told: list[Told],
    rows_of: Callable[[FollowUp, dict[str, Any]], Iterator[list[object]]],
) -> Tab:
    rows = [
        [name, Decimal(year), *row]
        for name, year, followup, frozen in told
        for row in rows_of(followup, frozen)
    ]
    return Tab(title, ["Styrgrupp", "År", *headings], rows, days=_DAYS)


_DAYS = ["Fastställd den", "Avstämningsdatum", "Uppmätt den", "Senast", "Börjar", "Klar senast"]
_FOLLOWUPS = [
    "Överenskommelse",
    "Version",
    "Läge",
    "Fastställd den",
    "Paragraf",
    "Diarienummer",
    "Avstämningsdatum",
    "Platser",
    "Bemannade",
    "Vakanta",
    "Hållna möten",
    "Inställda möten",
    "Närvaro i procent",
]


def _followup(followup: FollowUp, frozen: dict[str, Any]) -> Iterator[list[object]]:
    roster, meetings = frozen["facts"]["roster"], frozen["facts"]["meetings"]
    counts = [roster[each] for each in ("seats", "filled", "vacant")]
    counts += [meetings[each] for each in ("held", "cancelled", "attendance")]
    yield [
        frozen["agreement"],
        Decimal(followup.number),
        STATE_WORDS[FollowUp.State(followup.state)],
        followup.adopted_on,
        followup.paragraph,
        followup.registry_number,
        _day(frozen["cutoff"]),
        *map(_number, counts),
    ]


def _judgements(_followup: FollowUp, frozen: dict[str, Any]) -> Iterator[list[object]]:
    for part in frozen["sections"]:
        if part["kind"] == FollowUpSection.Kind.CHALLENGE:
            yield [_capital(part["title"]), part["judged"]]


# -- goals --------------------------------------------------------------------------------

_GOALS = [
    _ABOUT,
    "Indikator",
    "Riktning",
    "Enhet",
    "Område",
    "Effektmål",
    "Utgångsläge",
    "Utgångslägets år",
    "Mätår",
    "Värde",
    "Uppmätt den",
    "Källa",
    "Målvärde",
    "Senast",
    "Andel av vägen (1 är hela)",
    "Hur långt",
]


def _goals(followup: FollowUp, frozen: dict[str, Any]) -> Iterator[list[object]]:
    """A row for each year that was measured, and one for a goal with none since its baseline."""
    for priority in frozen["facts"]["priorities"]:
        for goal in priority["goals"]:
            line = GoalLine(goal, followup.year)
            values = [*goal["values"], *([] if line.since else [None])]
            yield from (_goal(_capital(priority["title"]), line, each) for each in values)


def _goal(about: str, line: GoalLine, value: dict[str, Any] | None) -> list[object]:
    goal = line.goal
    share, said = _how_far(line, value)
    measured: list[object] = [None] * 4
    if value is not None:
        shown = TOO_SMALL if value["hidden"] else _number(value["value"])
        measured = [_number(value["year"]), shown, _day(value["measured_on"]), value["source"]]
    hidden = goal["baseline_year"] is not None and goal["baseline"] is None
    return [
        about,
        goal["indicator"],
        Indicator.Direction(goal["direction"]).label,
        goal["unit"],
        goal["area"],
        goal["aim"],
        TOO_SMALL if hidden else _number(goal["baseline"]),
        _number(goal["baseline_year"]),
        *measured,
        _number(goal["target"]),
        _day(goal["due"]),
        share,
        said,
    ]


def _how_far(line: GoalLine, value: dict[str, Any] | None) -> tuple[Decimal | None, str]:
    """By the value of the row itself, so that each year tells how far it had come by then."""
    if value is not None and value not in line.since:
        own = value["year"] == line.goal["baseline_year"]
        return None, "Utgångsläget." if own else "Mätt före utgångsläget."
    found = line.reached(value)
    share = None if found.share is None else (found.share / 100).quantize(_MILLIONTHS, ROUND_DOWN)
    return share, found.said


# -- measures -----------------------------------------------------------------------------

_MEASURES = [
    _ABOUT,
    "Åtgärd",
    "Ansvarig organisation",
    "Börjar",
    "Klar senast",
    "Hur många",
    "Av vad",
    "Räknat",
    "Läge",
    "Försenad",
    "Gjort hittills",
    "Varför",
    "Kostnad i kronor",
    "Arbetstimmar",
]


def _measures(_followup: FollowUp, frozen: dict[str, Any]) -> Iterator[list[object]]:
    about = {each["pk"]: _capital(each["title"]) for each in frozen["facts"]["priorities"]}
    for measure in frozen["facts"]["measures"]:
        yield [
            about[measure["priority"]],
            measure["title"],
            measure["organization"],
            _day(measure["start"]),
            _day(measure["due"]),
            _number(measure["target"]),
            measure["unit"],
            Measure.Per(measure["per"]).label if measure["target"] is not None else "",
            Measure.Status(measure["status"]).label,
            "ja" if measure["late"] else "nej",
            _number(measure["progress"]),
            measure["why"],
            _number(measure["cost"]),
            _number(measure["hours"]),
        ]


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _number(value: str | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
