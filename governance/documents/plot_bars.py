"""Measures by status, drawn: a bar for each row, its parts told by hatch and figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
from governance.documents.plot_words import bar_total
from governance.documents.plots import Bar, StatusPlot

_BAR, _BETWEEN = 17.0, 9.0
_NAMES = 150.0  # for the names to the left of the bars
# One for each status, in the plot's order: what it is filled and hatched with.
_FILLS = ["#0b5567", "#9cc3cd", "#ffffff", "#d9d9d9"]
_HATCHES = ["", "////", "...", "xxxx"]
_ON_DARK = "#ffffff"


@dataclass(frozen=True)
class Row:
    """A bar with its name on lines; `x` and `room` are for the bar."""

    bar: Bar
    name: list[str]
    total: str
    x: float
    room: float


def status_paper(plot: StatusPlot, *, narrow: bool) -> Paper:
    """Bars from the same left edge, in the same measure; how many in all stands at the end."""
    width = NARROW if narrow else WIDE
    rows = [_row(bar, plot.drawn, width, narrow=narrow) for bar in plot.drawn]
    title = wrapped(plot.title, width - 2 * EDGE, TITLE, "bold")
    keys = _key_rows(plot.statuses, width)
    top = EDGE + len(title) * TITLE * LINE + 4 + len(keys) * (SMALL + 8) + 6
    paper = Paper(width, top + sum(_height(row, narrow=narrow) for row in rows) + EDGE)
    y = paper.write(EDGE, EDGE, title, size=TITLE, weight="bold") + 4
    _write_keys(paper, keys, y)
    most = max(sum(bar.numbers) for bar in plot.drawn) or 1
    for row in rows:
        _draw(paper, row, top, most, narrow=narrow)
        top += _height(row, narrow=narrow)
    return paper


def _row(bar: Bar, bars: Sequence[Bar], width: float, *, narrow: bool) -> Row:
    """With the names to the left; where there is little room, above the bar."""
    total = bar_total(bar)
    if narrow:
        name = wrapped(f"{bar.label}: {total}", width - 2 * EDGE, NORMAL)
        return Row(bar, name, "", EDGE, width - 2 * EDGE)
    longest = max(length(line) for each in bars for line in _name(each))
    left = EDGE + longest + 10
    right = max(length(bar_total(each)) for each in bars) + 8 + EDGE
    return Row(bar, _name(bar), total, left, width - left - right)


def _name(bar: Bar) -> list[str]:
    return wrapped(bar.label, _NAMES, lines=3)


def _height(row: Row, *, narrow: bool) -> float:
    if narrow:
        bar = 3 + _BAR if sum(row.bar.numbers) else 0
        return len(row.name) * NORMAL * LINE + bar + _BETWEEN + 2
    return max(_BAR, len(row.name) * SMALL * LINE) + _BETWEEN


def _draw(paper: Paper, row: Row, top: float, most: int, *, narrow: bool) -> None:
    if narrow:
        top = paper.write(EDGE, top, row.name, size=NORMAL) + 3
        y = top
    else:
        tall = _height(row, narrow=False) - _BETWEEN
        y = top + (tall - _BAR) / 2
        text = top + (tall - len(row.name) * SMALL * LINE) / 2
        paper.write(row.x - 8, text, row.name, align="right")
    x = row.x
    for place, number in enumerate(row.bar.numbers):
        wide = row.room * number / most
        if number:
            _segment(paper, place, (x, y), wide, number)
        x += wide
    if not narrow:
        middle = y + (_BAR - SMALL * LINE) / 2
        paper.write(x + 6, middle, row.total, color=INK if sum(row.bar.numbers) else MUTED)


def _segment(
    paper: Paper, status: int, corner: tuple[float, float], wide: float, number: int
) -> None:
    """A part of a bar, and how many it stands for where the figure has room."""
    x, y = corner
    paper.box(x, y, wide, _BAR, **_looks(status))
    said = str(number)
    size = length(said, SMALL, "bold")
    if size + 5 > wide:
        return
    dark = not _HATCHES[status]
    if not dark:
        pad = min(3.0, (wide - size) / 2 - 1)
        box = (x + wide / 2 - size / 2 - pad, y + 2.5, size + 2 * pad, _BAR - 5)
        paper.box(*box, facecolor="white", edgecolor="none", zorder=3)
    at = y + (_BAR - SMALL * LINE) / 2
    color = _ON_DARK if dark else INK
    paper.write(x + wide / 2, at, said, weight="bold", color=color, align="center")


def _looks(status: int) -> dict[str, Any]:
    return {
        "facecolor": _FILLS[status],
        "hatch": _HATCHES[status],
        "edgecolor": INK,
        "linewidth": 0.8,
        "zorder": 2,
    }


def _key_rows(statuses: Sequence[str], width: float) -> list[list[tuple[float, int, str]]]:
    """The statuses with where each begins, on as many rows as they need."""
    rows: list[list[tuple[float, int, str]]] = []
    x = width
    for status, words in enumerate(statuses):
        wide = 24 + length(words) + 14
        if x + wide - 14 > width - EDGE:
            rows.append([])
            x = EDGE
        rows[-1].append((x, status, words))
        x += wide
    return rows


def _write_keys(paper: Paper, rows: list[list[tuple[float, int, str]]], y: float) -> None:
    for row in rows:
        for x, status, words in row:
            paper.box(x, y + 1, 18, SMALL + 2, **_looks(status))
            paper.write(x + 24, y + 0.5, words)
        y += SMALL + 8
