"""What a year's report begins with: all groups side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from governance.documents.blocks import Block, Column, Heading, Table, Text
from governance.documents.goal_plots import goals_side_by_side, status_plot
from governance.documents.plots import MultiplesPlot, StatusPlot
from governance.documents.report_words import NOTHING, drawn, goal_cells, worked
from governance.models import FollowUpSection
from governance.queries.followup_figures import GoalLine
from governance.queries.reports import YearReport
from governance.queries.snapshots import Frozen
from governance.swedish import counted, listed

# What a page and an A4 sheet have room for beside the groups' names.
MOST_CHALLENGES = 5
_JUDGED = [(value, label.capitalize()) for value, label in FollowUpSection.Judgement.choices]
_NOT_JUDGED = "Inte bedömd"
Part = dict[str, Any]


def overview(report: YearReport, agreement: str = "") -> list[Block]:
    """Which groups, their judgements, measures, work and goals; of none, what to do."""
    blocks: list[Block] = [Heading("Översikt", 2, "oversikt")]
    if not report.told:
        return [*blocks, *_nothing(report)]
    blocks.append(Text(_which(report), note=True))
    blocks += _waiting(report)
    blocks += _judgements(report.told)
    blocks.append(Heading("Åtgärder", 3, "oversikt-atgarder"))
    blocks += drawn(measures_plot(report), _address(report, agreement, "year_measures_plot"))
    blocks.append(Heading("Så fungerade grupperna", 3, "oversikt-grupperna"))
    blocks.append(_work(report.told))
    blocks += _goals(report, agreement)
    return blocks


def _address(report: YearReport, agreement: str, name: str, *args: int) -> str:
    found = reverse(f"governance:{name}", args=[report.year, *args])
    return f"{found}?{urlencode({'overenskommelse': agreement})}" if agreement else found


def _which(report: YearReport) -> str:
    number = len(report.told)
    every = counted(number + len(report.waiting), "lokal styrgrupp", "lokala styrgrupper")
    return f"{number} av {every} har en fastställd uppföljning för {report.year}."


def _nothing(report: YearReport) -> Iterator[Block]:
    if not report.waiting:
        yield Text(f"Det finns ingen lokal styrgrupp att visa för {report.year}.")
        return
    yield Text(
        f"Ingen uppföljning för {report.year} är fastställd än. När en grupp har fastställt sin "
        "uppföljning och det är registrerat kommer den med här."
    )
    yield from _waiting(report)


def _waiting(report: YearReport) -> Iterator[Block]:
    if report.waiting:
        yield Text(
            f"Inte fastställd för {report.year}: {listed(each.name for each in report.waiting)}."
        )


def _name(frozen: Frozen) -> str:
    return str(frozen.data["group"]["name"])


# -- judgements -----------------------------------------------------------------------------------


def _judgements(told: list[Frozen]) -> Iterator[Block]:
    """By challenge, then by group, for each version of an agreement; then the groups' own."""
    yield Heading("Bedömning av måluppfyllelsen", 3, "oversikt-bedomning")
    for version, frozen in _by_version(told).items():
        challenges = {
            part["challenge"]: _title(part)
            for each in frozen
            for part in _judged(each)
            if part["challenge"]
        }
        where = f", {version}" if len(_by_version(told)) > 1 else ""
        if challenges:
            yield _by_challenge(frozen, challenges, where)
            yield from _by_group(frozen, challenges, where)
    yield from _own(told)


def _by_version(told: list[Frozen]) -> dict[str, list[Frozen]]:
    found: dict[str, list[Frozen]] = {}
    for each in told:
        version = each.data["version"]
        number = f", version {version['number']}" if version else ""
        found.setdefault(f"{each.data['agreement']}{number}", []).append(each)
    return found


def _judged(frozen: Frozen) -> list[Part]:
    parts: list[Part] = frozen.data["sections"]
    return [each for each in parts if each["kind"] == FollowUpSection.Kind.CHALLENGE]


def _title(part: Part) -> str:
    title = str(part["title"])
    return title[:1].upper() + title[1:]


def _by_challenge(told: list[Frozen], challenges: dict[int, str], where: str) -> Table:
    found = Counter(
        (part["challenge"], part["judgement"]) for each in told for part in _judged(each)
    )
    values = [*(value for value, _label in _JUDGED), ""]
    return Table(
        caption=f"Antal grupper med varje bedömning, per utmaning{where}",
        columns=[
            Column("Utmaning"),
            *(Column(label, numeric=True) for _value, label in _JUDGED),
            Column(_NOT_JUDGED, numeric=True),
        ],
        rows=[
            [title, *(str(found[challenge, value]) for value in values)]
            for challenge, title in challenges.items()
        ],
    )


def _by_group(told: list[Frozen], challenges: dict[int, str], where: str) -> Iterator[Block]:
    """A few challenges at a time, so that the tables have room on paper."""
    order = list(challenges)
    for start in range(0, len(order), MOST_CHALLENGES):
        some = order[start : start + MOST_CHALLENGES]
        which = ""
        if len(order) > MOST_CHALLENGES:
            which = f", utmaning {start + 1}–{start + len(some)} av {len(order)}"
        yield Table(
            caption=f"Bedömning i varje grupp{which}{where}",
            columns=[Column("Grupp"), *(Column(challenges[each]) for each in some)],
            rows=[[_name(each), *_words(each, some)] for each in told],
        )


def _words(frozen: Frozen, challenges: Iterable[int]) -> list[str]:
    said = {part["challenge"]: _word(part) for part in _judged(frozen)}
    return [said.get(each, NOTHING) for each in challenges]


def _word(part: Part) -> str:
    return str(part["judged"]).capitalize() or _NOT_JUDGED


def _own(told: list[Frozen]) -> Iterator[Block]:
    rows = [
        [_name(each), _title(part), _word(part)]
        for each in told
        for part in _judged(each)
        if part["priority"]
    ]
    if rows:
        titles = ["Grupp", "Egen prioritering", "Bedömning"]
        yield Table("Gruppernas egna prioriteringar", [Column(title) for title in titles], rows)


# -- figures --------------------------------------------------------------------------------------


def measures_plot(report: YearReport) -> StatusPlot:
    """How many measures of each status every group has."""
    rows = [(_name(each), each.data["facts"]["tally"]) for each in report.told]
    return status_plot(f"Åtgärder efter läge i varje grupp, {report.year}", rows)


def _work(told: list[Frozen]) -> Table:
    rows = [worked(each.data["facts"]) for each in told]
    return Table(
        caption="Möten, närvaro och platser i varje grupp",
        columns=[Column("Grupp"), *(Column(about, numeric=True) for about, _said in rows[0])],
        rows=[
            [_name(each), *(said for _about, said in row)]
            for each, row in zip(told, rows, strict=True)
        ],
    )


def indicator_plot(report: YearReport, indicator: int) -> MultiplesPlot | None:
    """The groups side by side that have a goal for the indicator, by its key; None for none."""
    rows = _goals_by_indicator(report).get(indicator, [])
    if not rows:
        return None
    goal = rows[0][1]
    return goals_side_by_side(goal["indicator"], goal["unit"], _labelled(rows))


def _goals_by_indicator(report: YearReport) -> dict[int, list[tuple[Frozen, Part]]]:
    found: dict[int, list[tuple[Frozen, Part]]] = {}
    for each in report.told:
        for priority in each.data["facts"]["priorities"]:
            for goal in priority["goals"]:
                found.setdefault(goal["indicator_pk"], []).append((each, goal))
    return found


def _labelled(rows: list[tuple[Frozen, Part]]) -> dict[str, Part]:
    """The goals by group and area; the last where a group has two for the same area."""
    return {_where(each, goal): goal for each, goal in rows}


def _where(frozen: Frozen, goal: Part) -> str:
    """The group, and the area where the group's name does not say it."""
    name, area = _name(frozen), str(goal["area"])
    return name if area in name else f"{name}, {area}"


def _goals(report: YearReport, agreement: str) -> Iterator[Block]:
    """Every indicator that a group has a goal for, with the groups side by side."""
    found = _goals_by_indicator(report)
    if not found:
        return
    yield Heading("Mål och indikatorer", 3, "oversikt-mal")
    titles = ["Utgångsläge", str(report.year - 1), str(report.year), "Mål", "Så långt"]
    for indicator, rows in found.items():
        yield Table(
            caption=f"Mål: {rows[0][1]['indicator']}",
            columns=[Column("Grupp och område"), *(Column(title) for title in titles)],
            rows=[
                [_where(each, goal), *goal_cells(GoalLine(goal, report.year))]
                for each, goal in rows
            ],
        )
        plot = indicator_plot(report, indicator)
        if plot is not None and not plot.is_empty:
            yield from drawn(plot, _address(report, agreement, "year_plot", indicator))
