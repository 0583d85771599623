"""One group's adopted follow-ups beside each other: the years as columns, the newest last."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from governance.documents.blocks import Block, Column, Heading, Table, Text
from governance.documents.report_words import NOTHING, STATUSES, late, worked
from governance.models import FollowUp, FollowUpSection
from governance.queries.indicators import TOO_SMALL
from governance.swedish import in_words, measured

Part = dict[str, Any]
_NONE = "ingen fastställd"
_NOT_IN = "Inte med"


class _Years:
    """Every year from the first to the last that has a follow-up, each with its or None."""

    def __init__(self, followups: list[FollowUp]) -> None:
        found = {each.year: each for each in followups}
        self.rows = [(year, found.get(year)) for year in range(min(found), max(found) + 1)]
        self.data = [(year, row.snapshot or {}) for year, row in self.rows if row]

    def columns(self, first: str, *more: str) -> list[Column]:
        titles = [self._title(year, row) for year, row in self.rows]
        return [Column(first), *(Column(title) for title in (*titles, *more))]

    def _title(self, year: int, row: FollowUp | None) -> str:
        if row is None:
            return f"{year} ({_NONE})"
        return f"{year} (version {row.number})" if row.number > 1 else str(year)

    def cells(self, said: Callable[[int, Part], str]) -> list[str]:
        """What `said` answers of each year's snapshot; of one without, its heading tells."""
        return [said(year, row.snapshot or {}) if row else NOTHING for year, row in self.rows]


def comparison_of(followups: list[FollowUp]) -> list[Block]:
    """Judgements, goals, measures and work by year; the newest adopted one of each year.

    Each year is told as it was frozen, so a value put right later stays as it was then.
    """
    if not followups:
        return []
    years = _Years(followups)
    return [*_judgements(years), *_goals(years), *_measures(years), *_work(years)]


# -- judgements -----------------------------------------------------------------------------------


def _judgements(years: _Years) -> Iterator[Block]:
    yield Heading("Bedömning av måluppfyllelsen", 2, "bedomning")
    titles = {
        _about(part): _title(part) for _year, data in years.data for part in _challenges(data)
    }
    if not titles:
        yield Text("Ingen utmaning eller egen prioritering har följts upp.", note=True)
        return
    rows = [
        [title, *years.cells(lambda _year, data, about=about: _judged(data, about))]
        for about, title in titles.items()
    ]
    yield Table(
        caption="Bedömning av varje utmaning och egen prioritering, år för år",
        columns=years.columns("Utmaning eller prioritering"),
        rows=rows,
    )
    if any(_NOT_IN in row for row in rows):
        yield Text(f"{_NOT_IN}: utmaningen eller prioriteringen fanns inte det året.", note=True)


def _challenges(data: Part) -> list[Part]:
    parts: list[Part] = data["sections"]
    return [each for each in parts if each["kind"] == FollowUpSection.Kind.CHALLENGE]


def _about(part: Part) -> tuple[int | None, int | None]:
    return part["challenge"], part["priority"]


def _title(part: Part) -> str:
    title = str(part["title"])
    return title[:1].upper() + title[1:]


def _judged(data: Part, about: tuple[int | None, int | None]) -> str:
    for part in _challenges(data):
        if _about(part) == about:
            return str(part["judged"]).capitalize() or "Inte bedömd"
    return _NOT_IN


# -- goals ----------------------------------------------------------------------------------------


def _goals(years: _Years) -> Iterator[Block]:
    """A row for each indicator and area; baseline and target as in the last year that has them."""
    yield Heading("Mål", 2, "mal")
    newest = {_measured(goal): goal for _year, data in years.data for goal in _goals_in(data)}
    if not newest:
        yield Text("Inget mål har följts upp.", note=True)
        return
    columns = years.columns("Indikator och område", "Mål")
    yield Table(
        caption="Värden för varje mål, år för år",
        columns=[columns[0], Column("Utgångsläge"), *columns[1:]],
        rows=[
            [
                f"{goal['indicator']}, {goal['area']}",
                _baseline(goal),
                *years.cells(lambda year, data, key=key: _value(data, key, year)),
                f"{_figure(goal['target'], goal)} senast den {_day(goal['due'])}",
            ]
            for key, goal in newest.items()
        ],
    )
    said = {each["text"]: None for goal in newest.values() for each in goal.get("breaks", [])}
    for text in said:
        yield Text(text, note=True)


def _goals_in(data: Part) -> list[Part]:
    return [goal for each in data["facts"]["priorities"] for goal in each["goals"]]


def _measured(goal: Part) -> tuple[int, int]:
    return goal["indicator_pk"], goal["area_pk"]


def _baseline(goal: Part) -> str:
    if goal["baseline_year"] is None:
        return "Saknas"
    return f"{_figure(goal['baseline'], goal)} ({goal['baseline_year']})"


def _value(data: Part, key: tuple[int, int], year: int) -> str:
    """The value of that very year as it was frozen; no year repeats another's."""
    for goal in _goals_in(data):
        if _measured(goal) == key:
            of_year = [each for each in goal["values"] if each["year"] == year]
            return _figure(of_year[0]["value"], goal) if of_year else f"Ingen mätning {year}"
    return "Inget mål"


def _figure(value: str | None, goal: Part) -> str:
    return TOO_SMALL if value is None else measured(Decimal(value), goal["unit"])


def _day(iso: str) -> str:
    return in_words(datetime.date.fromisoformat(iso))


# -- measures and work ----------------------------------------------------------------------------


def _measures(years: _Years) -> Iterator[Block]:
    yield Heading("Åtgärder", 2, "atgarder")
    rows = [
        [
            label,
            *years.cells(lambda _year, data, status=status: str(_tally(data)[status])),
        ]
        for status, label in STATUSES
    ]
    of_them = late(_tally(years.data[0][1]))[0]
    yield Table(
        caption="Åtgärder efter läge, år för år",
        columns=years.columns("Läge"),
        rows=[*rows, [of_them, *years.cells(lambda _year, data: late(_tally(data))[1])]],
    )


def _tally(data: Part) -> dict[str, int]:
    tally: dict[str, int] = data["facts"]["tally"]
    return tally


def _work(years: _Years) -> Iterator[Block]:
    yield Heading("Så fungerade gruppen", 2, "gruppen")
    abouts = [about for about, _said in worked(years.data[0][1]["facts"])]
    yield Table(
        caption="Möten, närvaro och platser, år för år",
        columns=years.columns("Uppgift"),
        rows=[
            [
                about,
                *years.cells(lambda _year, data, about=about: dict(worked(data["facts"]))[about]),
            ]
            for about in abouts
        ],
    )
    for year, data in years.data:
        for each in data["facts"]["predecessors"]:
            yield Text(
                f"Under {year} kom gruppen efter {each['name']}, som har egna uppföljningar."
            )
