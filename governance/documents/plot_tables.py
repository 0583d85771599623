"""The figures of a plot as a table: all that is drawn, and what is not drawn for want of room."""

from collections.abc import Iterator

from governance.documents.blocks import Column, Table
from governance.documents.plot_words import NOTHING, with_year
from governance.documents.plots import IndicatorPlot, MultiplesPlot, Plot, StatusPlot
from governance.queries.indicators import TOO_SMALL
from governance.swedish import listed, measured, spaced

_YEARS_ACROSS = 8  # as many columns of years fit on A4


def table_of(plot: Plot) -> Table:
    """A row for each time, each small plot or each bar; missing is said and never zero."""
    if isinstance(plot, IndicatorPlot):
        return _of_indicator(plot)
    if isinstance(plot, MultiplesPlot):
        return _of_multiples(plot)
    return _of_statuses(plot)


def _of_indicator(plot: IndicatorPlot) -> Table:
    columns = [Column("När"), Column("Värde", numeric=True), Column("Att veta")]
    rows = [cells for _, cells in sorted(_times(plot), key=lambda each: each[0])]
    return Table(f"{plot.title} ({plot.unit})", columns, rows)


def _times(plot: IndicatorPlot) -> Iterator[tuple[tuple[float, int], list[str]]]:
    """Each row with its place among the others: what was measured, what was not, the aims."""
    if plot.baseline:
        value = measured(plot.baseline.value, plot.unit)
        yield (plot.baseline.year, 0), [str(plot.baseline.year), value, "Utgångsläge"]
    for point in plot.points:
        yield (point.year, 1), [str(point.year), measured(point.value, plot.unit), "Uppmätt"]
    for year in plot.hidden:
        yield (year, 1), [str(year), TOO_SMALL, "Så små antal visas inte"]
    for first, last in _runs(plot.gaps):
        years = str(first) if first == last else f"{first}–{last}"
        yield (first, 1), [years, "–", NOTHING]
    for each in plot.breaks:
        yield (float(each.place), 1), [each.day.isoformat(), "–", each.text]
    if plot.target:
        value = measured(plot.target.value, plot.unit)
        yield (plot.target.year, 2), [str(plot.target.year), value, "Mål, senast det året"]


def _runs(years: list[int]) -> list[tuple[int, int]]:
    """The years as from and to, where they follow on each other."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


# -- several --------------------------------------------------------------------------------------


def _of_multiples(plot: MultiplesPlot) -> Table:
    years = sorted({year for part in plot.parts for year in _years(part)})
    across = len(years) <= _YEARS_ACROSS
    aims = [word for word, has in _aims(plot) if has]
    changes = any(part.breaks for part in plot.parts)
    columns = [Column("Var"), *(Column(word, numeric=True) for word in aims)]
    columns += [Column(str(year), numeric=True) for year in years] if across else []
    columns += [] if across else [Column("Värden")]
    columns += [Column("Att veta")] if changes else []
    rows = [
        [
            part.title,
            *(_aim(part, word) for word in aims),
            *([_value(part, year) for year in years] if across else [_in_a_row(part)]),
            *([" ".join(each.text for each in part.breaks) or "–"] if changes else []),
        ]
        for part in plot.parts
    ]
    return Table(f"{plot.title} ({plot.unit})", columns, rows)


def _years(part: IndicatorPlot) -> set[int]:
    return {each.year for each in part.points} | set(part.hidden)


def _aims(plot: MultiplesPlot) -> list[tuple[str, bool]]:
    return [
        ("Utgångsläge", any(part.baseline for part in plot.parts)),
        ("Mål", any(part.target for part in plot.parts)),
    ]


def _aim(part: IndicatorPlot, word: str) -> str:
    point = part.baseline if word == "Utgångsläge" else part.target
    return with_year(point, part.unit) if point else "–"


def _value(part: IndicatorPlot, year: int) -> str:
    if year in part.hidden:
        return TOO_SMALL
    found = next((each for each in part.points if each.year == year), None)
    return measured(found.value, part.unit) if found else NOTHING


def _in_a_row(part: IndicatorPlot) -> str:
    """`8 % (2014), 11 % (2017) och 9 % (2020)`."""
    said = {each.year: with_year(each, part.unit) for each in part.points}
    said |= {year: f"{TOO_SMALL} ({year})" for year in part.hidden}
    return listed(said[year] for year in sorted(said)) if said else NOTHING


def _of_statuses(plot: StatusPlot) -> Table:
    words = [*plot.statuses, "Summa", "Varav försenade"]
    columns = [Column("Var"), *(Column(word, numeric=True) for word in words)]
    rows = [
        [bar.label, *(spaced(each) for each in (*bar.numbers, sum(bar.numbers), bar.late))]
        for bar in plot.bars
    ]
    return Table(plot.title, columns, rows)
