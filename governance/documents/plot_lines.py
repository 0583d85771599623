"""Plots over years, drawn: one indicator in one area, and small ones beside each other."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from governance.documents.plot_axes import (
    BASELINE_LOOKS,
    BREAK_LOOKS,
    TARGET_LOOKS,
    TARGET_MARK,
    Scale,
    draw_aims,
    draw_breaks,
    draw_points,
    draw_values,
    label,
    lay_out,
    scale_of,
)
from governance.documents.plot_paper import (
    EDGE,
    INK,
    LINE,
    MUTED,
    NARROW,
    NORMAL,
    SMALL,
    TITLE,
    WIDE,
    Paper,
    length,
    wrapped,
)
from governance.documents.plot_words import NOTHING
from governance.documents.plots import Break, IndicatorPlot, MultiplesPlot

_FOOT = 18.0  # under a field, for its years
_APART = 14.0
_UNITS = {"%": "Procent", "antal": "Antal"}


def indicator_paper(plot: IndicatorPlot, *, narrow: bool) -> Paper:
    """One indicator in one area, with every break told above its line."""
    width = NARROW if narrow else WIDE
    scale = scale_of([plot])
    left = EDGE + max(length(each) for each in scale.said(plot.unit)) + 6
    aims = _aims(plot)
    right = EDGE + (max(length(line) for lines, _, _ in aims for line in lines) + 8 if aims else 8)
    room = width - left - right
    title, unit = wrapped(plot.title, width - 2 * EDGE, TITLE, "bold"), _unit(plot)
    told = [(each, wrapped(each.text, min(width * 0.62, 250))) for each in plot.breaks]
    top = EDGE + len(title) * TITLE * LINE + SMALL * LINE + 8
    above = sum(len(lines) * SMALL * LINE + 4 for _, lines in told)
    tall = 150.0 if narrow else 175.0
    paper = Paper(width, top + above + tall + _FOOT + EDGE)
    _head(paper, title, unit)
    axes = paper.axes(left, top + above, room, tall)
    lay_out(axes, scale, [plot], room)
    axes.set_yticklabels(scale.said(plot.unit))
    draw_aims(axes, plot)
    draw_breaks(axes, plot)
    draw_points(axes, plot)
    draw_values(axes, plot, room, tall)
    _write_aims(paper, aims, scale, (width - right + 6, top + above, tall))
    _write_breaks(paper, told, (left, top, room), axes.get_xlim(), above)
    return paper


def empty_paper(title: str, *, narrow: bool) -> Paper:
    """Words where there is nothing to draw."""
    width = NARROW if narrow else WIDE
    lines = wrapped(title, width - 2 * EDGE, TITLE, "bold")
    paper = Paper(width, 2 * EDGE + len(lines) * TITLE * LINE + 2 * SMALL * LINE)
    y = paper.write(EDGE, EDGE, lines, size=TITLE, weight="bold")
    paper.write(EDGE, y + 4, "Det finns inget att visa än.", color=MUTED)
    return paper


def _unit(plot: IndicatorPlot | MultiplesPlot) -> str:
    return _UNITS.get(plot.unit, plot.unit[:1].upper() + plot.unit[1:])


def _head(paper: Paper, title: list[str], unit: str) -> float:
    y = paper.write(EDGE, EDGE, title, size=TITLE, weight="bold")
    return paper.write(EDGE, y, unit, color=MUTED)


Aim = tuple[list[str], Decimal, str]


def _aims(plot: IndicatorPlot) -> list[Aim]:
    """What is written to the right of the field: the words, beside which value, in which ink."""
    found: list[Aim] = []
    if plot.baseline:
        said = f"{label(plot.baseline.value, plot.unit)} ({plot.baseline.year})"
        found.append((["Utgångsläge", said], plot.baseline.value, str(BASELINE_LOOKS["color"])))
    if plot.target:
        words = [f"Mål {plot.target.year}", label(plot.target.value, plot.unit)]
        found.append((words, plot.target.value, str(TARGET_LOOKS["color"])))
    return sorted(found, key=lambda each: -each[1])


def _write_aims(
    paper: Paper, aims: list[Aim], scale: Scale, place: tuple[float, float, float]
) -> None:
    """Each beside its line, moved apart where they are close."""
    x, top, tall = place
    low, high = scale.limits
    high_one = 2 * SMALL * LINE
    wanted = [
        top + tall * (1 - (float(value) - low) / (high - low)) - high_one / 2
        for _, value, _ in aims
    ]
    if len(wanted) > 1 and (short := wanted[0] + high_one + 3 - wanted[1]) > 0:
        wanted = [wanted[0] - short / 2, wanted[1] + short / 2]
    over = max([*(y + high_one - (top + tall) for y in wanted), 0])
    for (lines, _, color), y in zip(aims, wanted, strict=True):
        paper.write(x, y - over, lines, color=color)


def _write_breaks(
    paper: Paper,
    told: list[tuple[Break, list[str]]],
    place: tuple[float, float, float],
    limits: tuple[float, float],
    above: float,
) -> None:
    """Each on its own lines above the field, as near its dotted line as there is room."""
    left, y, room = place
    bottom = y + above
    first, last = limits
    for each, lines in told:
        at = left + room * (float(each.place) - first) / (last - first)
        wide = max(length(line) for line in lines)
        x = min(at + 4, paper.width - EDGE - wide)
        x = x if x >= at or at - 4 - wide < EDGE else at - 4 - wide
        over = max(x, EDGE) < at < max(x, EDGE) + wide
        top, y = y, paper.write(max(x, EDGE), y, lines) + 4
        paper.rule(at, y if over else top + 2, bottom, **BREAK_LOOKS)


# -- several beside each other --------------------------------------------------------------------


def multiples_paper(plot: MultiplesPlot, *, narrow: bool) -> Paper:
    """Small plots with the same scales, so that they can be compared at a glance."""
    width, across, tall = (NARROW, 2, 84.0) if narrow else (WIDE, 3, 84.0)
    parts = plot.drawn
    across = min(across, len(parts))
    scale = scale_of(parts)
    left = EDGE + max(length(each) for each in scale.said(plot.unit)) + 6
    room = (width - left - EDGE - 4 - _APART * (across - 1)) / across
    names = [wrapped(part.title, room + 4, NORMAL, "bold", lines=2) for part in parts]
    named = max(len(lines) for lines in names) * NORMAL * LINE + 3
    title = wrapped(plot.title, width - 2 * EDGE, TITLE, "bold")
    keys = list(_keys(plot))
    top = EDGE + len(title) * TITLE * LINE + SMALL * LINE + 6
    top += len(_key_rows(keys, width)) * SMALL * 1.5 + (6 if keys else 0)
    rows = -(-len(parts) // across)
    paper = Paper(width, top + rows * (named + tall + _FOOT + 8) + EDGE)
    _write_keys(paper, _key_rows(keys, width), _head(paper, title, _unit(plot)) + 5)
    for number, (part, name) in enumerate(zip(parts, names, strict=True)):
        row, column = divmod(number, across)
        x, y = left + column * (room + _APART), top + row * (named + tall + _FOOT + 8)
        paper.write(
            x, y + (named - 3 - len(name) * NORMAL * LINE), name, size=NORMAL, weight="bold"
        )
        axes = paper.axes(x, y + named, room, tall)
        lay_out(axes, scale, parts, room)
        axes.set_yticklabels(scale.said(plot.unit) if column == 0 else [])
        if part.is_empty:
            paper.write(x + room / 2, y + named + tall / 2, NOTHING, color=MUTED, align="center")
        else:
            draw_aims(axes, part)
            draw_breaks(axes, part)
            draw_points(axes, part, marker=5)
            draw_values(axes, part, room, tall)
    return paper


Key = tuple[str, dict[str, Any]]


def _keys(plot: MultiplesPlot) -> Iterator[Key]:
    """What each line means that is in any of the small plots."""
    if any(part.baseline for part in plot.drawn):
        yield "Utgångsläge", BASELINE_LOOKS
    if any(part.target for part in plot.drawn):
        yield "Mål", {**TARGET_LOOKS, **TARGET_MARK}
    if any(part.breaks for part in plot.drawn):
        yield "Området har ändrats", BREAK_LOOKS


def _key_rows(keys: list[Key], width: float) -> list[list[tuple[float, Key]]]:
    """The keys with where each begins, on as many rows as they need."""
    rows: list[list[tuple[float, Key]]] = []
    x = width
    for key in keys:
        wide = 26 + length(key[0]) + 14
        if x + wide > width:
            rows.append([])
            x = EDGE
        rows[-1].append((x, key))
        x += wide
    return rows


def _write_keys(paper: Paper, rows: list[list[tuple[float, Key]]], y: float) -> None:
    for row in rows:
        for x, (words, looks) in row:
            paper.line([x, x + 10, x + 20], y + SMALL * 0.65, markevery=[1], **looks)
            paper.write(x + 26, y, words, color=INK)
        y += SMALL * 1.5
