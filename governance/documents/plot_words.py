"""What a plot shows in a Swedish sentence or a few: its text alternative."""

from collections.abc import Sequence

from governance.documents.plots import Bar, IndicatorPlot, MultiplesPlot, Plot, Point, StatusPlot
from governance.queries.indicators import TOO_SMALL
from governance.swedish import counted, listed, measured

NOTHING = "Ingen mätning"
IN_TABLE = "Tabellen visar samma uppgifter."
_FEW = 6  # as many are named one by one


def alternative(plot: Plot) -> str:
    """What there is to see, with the figures that count; the table beside it has them all."""
    if isinstance(plot, IndicatorPlot):
        said = _of_indicator(plot)
    elif isinstance(plot, MultiplesPlot):
        said = _of_multiples(plot)
    else:
        said = _of_statuses(plot)
    return " ".join(each for each in said if each)


def with_year(point: Point, unit: str) -> str:
    """`12 % (2020)`."""
    return f"{measured(point.value, unit)} ({point.year})"


def years_said(years: Sequence[int]) -> str:
    """`2018 och 2019`, `2015–2018 och 2020`: three or more in a row as from and to."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words: list[str] = []
    for run in runs:
        words += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(year) for year in run]
    return listed(words)


def _of_indicator(plot: IndicatorPlot) -> list[str]:
    said = [f"{plot.title}.", _course(plot)]
    if plot.baseline:
        said.append(f"Utgångsläge: {with_year(plot.baseline, plot.unit)}.")
    if plot.target:
        value = measured(plot.target.value, plot.unit)
        said.append(f"Mål: {value} senast {plot.target.year}.")
    if plot.gaps:
        said.append(f"{NOTHING} {years_said(plot.gaps)}.")
    if plot.hidden:
        said.append(f"Visas inte, {TOO_SMALL}: {years_said(plot.hidden)}.")
    return [*said, *(each.text for each in plot.breaks)]


def _course(plot: IndicatorPlot) -> str:
    """From the first value to the last, and how far up and down between them."""
    if not plot.points:
        return f"{NOTHING} att visa."
    first, last = plot.points[0], plot.points[-1]
    if first == last:
        return f"En mätning: {with_year(first, plot.unit)}."
    number = counted(len(plot.points), "mätning", "mätningar")
    said = f"{number}, från {with_year(first, plot.unit)} till {with_year(last, plot.unit)}."
    most, least = _extremes(plot.points)
    between = [
        f"{word} {with_year(each, plot.unit)}"
        for word, each in (("högst", most), ("lägst", least))
        if each.value not in (first.value, last.value)
    ]
    return f"{said} Däremellan {listed(between)}." if between else said


def _extremes(points: Sequence[Point]) -> tuple[Point, Point]:
    return max(points, key=lambda each: each.value), min(points, key=lambda each: each.value)


def _of_multiples(plot: MultiplesPlot) -> list[str]:
    number = len(plot.drawn)
    alike = f"{number} små diagram med samma skala." if number > 1 else ""
    said = [f"{plot.title}.", alike, plot.left_out]
    latest = [(each.title, each.points[-1]) for each in plot.parts if each.points]
    if 0 < len(latest) <= _FEW:
        values = [f"{title} {with_year(point, plot.unit)}" for title, point in latest]
        said.append(f"Senaste värde: {listed(values)}.")
    elif latest:
        ordered = sorted(latest, key=lambda each: each[1].value)
        (low, least), (high, most) = ordered[0], ordered[-1]
        said.append(
            f"Senaste värde är lägst i {low}, {with_year(least, plot.unit)}, "
            f"och högst i {high}, {with_year(most, plot.unit)}."
        )
    empty = [each.title for each in plot.parts if each.is_empty]
    if empty:
        named = listed(empty) if len(empty) <= _FEW else f"{len(empty)} av {len(plot.parts)}"
        said.append(f"Inget värde att visa: {named}.")
    return [*said, _breaks_of(plot), IN_TABLE]


def _breaks_of(plot: MultiplesPlot) -> str:
    changed = [each.title for each in plot.parts if each.breaks and each.points]
    if not changed:
        return ""
    named = listed(changed) if len(changed) <= _FEW else f"{len(changed)} av {len(plot.parts)}"
    return f"Området har ändrats: {named}."


def _of_statuses(plot: StatusPlot) -> list[str]:
    totals = [sum(column) for column in zip(*(bar.numbers for bar in plot.bars), strict=True)]
    late = sum(bar.late for bar in plot.bars)
    said = [f"{plot.title}.", _sum(plot.statuses, totals, late)]
    if 1 < len(plot.bars) <= _FEW:
        said += [f"{bar.label}: {bar_total(bar)}." for bar in plot.bars]
    elif len(plot.bars) > 1:
        said.append(f"En stapel för var och en av {len(plot.drawn)} rader i tabellen.")
    return [*said, plot.left_out, IN_TABLE]


def _sum(statuses: Sequence[str], totals: Sequence[int], late: int) -> str:
    if not sum(totals):
        return "Inga åtgärder."
    parts = [f"{word.lower()} {number}" for word, number in zip(statuses, totals, strict=True)]
    number = counted(sum(totals), "åtgärd", "åtgärder")
    delayed = f" Försenade: {late}." if late else ""
    return f"{number}: {listed(parts)}.{delayed}"


def bar_total(bar: Bar) -> str:
    """`12, varav 2 försenade`, `3`, `inga åtgärder`."""
    total = sum(bar.numbers)
    if not total:
        return "inga åtgärder"
    late = f", varav {counted(bar.late, 'försenad', 'försenade')}" if bar.late else ""
    return f"{total}{late}"
