"""The paper that plots are drawn on: its letters, its inks, and how they are measured.

Everything is in points (1/72 inch) from the upper left corner. Nothing is told by colour
alone: each ink goes with its own dashes, marker or hatch. The paper is white, so that a
plot reads the same on a dark page and in print.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

INK, MUTED, GRID = "#14232a", "#4a5a62", "#d2dbdd"
SERIES, AIM = "#0b5567", "#7a4a00"
WIDE, NARROW = 480.0, 270.0  # 640 and 360 pixels of a screen
EDGE = 4.0
SMALL, NORMAL, TITLE = 9.0, 9.5, 11.0  # no letter is smaller than 9 points
LINE = 1.25  # from one line of text to the next, in heights of letters
_FONT = "DejaVu Sans"  # comes with matplotlib, and so looks the same everywhere
_UNKNOWN = "\N{WHITE SQUARE}"
_BLANKS = re.compile(r"[ \t\r\n]+")  # but for blanks that do not break

# Once, and over whatever a matplotlibrc on the machine says.
matplotlib.rcParams.update(matplotlib.rcParamsDefault)
matplotlib.rcParams.update(
    {
        "font.family": _FONT,
        "svg.fonttype": "path",  # letters are drawn, and need no font where they are read
        "svg.hashsalt": "samverkan",  # the same ids, and so the same bytes, every time
        "text.parse_math": False,  # a dollar sign in a name is a dollar sign
        "hatch.linewidth": 0.8,
    }
)


@cache
def _letters(weight: str) -> frozenset[int]:
    """The characters that the font has; others would be drawn as boxes, with a warning."""
    font = FontProperties(family=_FONT, weight=weight)
    return frozenset(FT2Font(fontManager.findfont(font)).get_charmap())


def plain(words: str, weight: str = "normal") -> str:
    """The words on one line, with a box for each character that the font lacks."""
    known = _letters(weight)
    return "".join(
        letter if ord(letter) in known else _UNKNOWN for letter in _BLANKS.sub(" ", words)
    )


@cache
def _length(words: str, size: float, weight: str) -> float:
    font = FontProperties(family=_FONT, size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(width)


def length(words: str, size: float = SMALL, weight: str = "normal") -> float:
    """How wide the words are."""
    return _length(plain(words, weight), size, weight)


def wrapped(
    words: str, room: float, size: float = SMALL, weight: str = "normal", lines: int = 0
) -> list[str]:
    """The words on lines that fit in the room; with `lines`, cut with an ellipsis to as many."""
    found = [""]
    for word in _breakable(words, room, size, weight):
        longer = f"{found[-1]} {word}".strip(" ")
        if found[-1] and length(longer, size, weight) > room:
            found.append(word)
        else:
            found[-1] = longer
    if lines and len(found) > lines:
        last = found[lines - 1]
        while last and length(f"{last}…", size, weight) > room:
            last = last[:-1]
        found = [*found[: lines - 1], f"{last.rstrip(' ,')}…"]
    return found


def _breakable(words: str, room: float, size: float, weight: str) -> list[str]:
    """The words, those that are wider than the room in pieces."""
    found: list[str] = []
    for word in filter(None, _BLANKS.split(words)):
        fits = length(word, size, weight) <= room
        piece = ""
        for part in [word] if fits else _parts(word, room, size, weight):
            if piece and length(piece + part, size, weight) > room:
                found.append(piece)
                piece = ""
            piece += part
        found.append(piece)
    return found


def _parts(word: str, room: float, size: float, weight: str) -> list[str]:
    """The word parted after its hyphens, or by letter where that is not enough."""
    parts = re.findall(r"[^-]*-|[^-]+", word)
    return parts if all(length(each, size, weight) <= room for each in parts) else list(word)


class Paper:
    """A white sheet to draw on; `height` is that of what stands on it."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor="white")

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """A field for points, with nothing but a quiet grid and its lower edge."""
        share = (left / self.width, 1 - (top + height) / self.height)
        axes: Axes = self.figure.add_axes((*share, width / self.width, height / self.height))
        axes.patch.set_visible(False)
        for side, spine in axes.spines.items():
            spine.set_visible(side == "bottom")
            spine.set(color=MUTED, linewidth=0.8)
        axes.grid(axis="y", color=GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.tick_params(labelsize=SMALL, labelcolor=MUTED, color=MUTED, length=3, pad=3)
        axes.tick_params(axis="y", length=0)
        return axes

    def write(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        *,
        size: float = SMALL,
        weight: str = "normal",
        color: str = INK,
        align: str = "left",
    ) -> float:
        """Write the lines below `y`; gives where the next may begin."""
        for line in [lines] if isinstance(lines, str) else lines:
            self.figure.text(
                x / self.width,
                1 - (y + size) / self.height,
                plain(line, weight),
                size=size,
                weight=weight,
                color=color,
                ha=align,
                va="baseline",
            )
            y += size * LINE
        return y

    def line(self, xs: Sequence[float], y: float, **looks: Any) -> None:
        """A sample of a line, for a key."""
        at = [x / self.width for x in xs]
        self.figure.add_artist(Line2D(at, [1 - y / self.height] * len(at), **looks))

    def box(self, x: float, y: float, width: float, height: float, **looks: Any) -> None:
        corner = (x / self.width, 1 - (y + height) / self.height)
        size = (width / self.width, height / self.height)
        self.figure.add_artist(Rectangle(corner, *size, **looks))

    def rule(self, x: float, top: float, bottom: float, **looks: Any) -> None:
        """A line straight down."""
        ys = [1 - y / self.height for y in (top, bottom)]
        self.figure.add_artist(Line2D([x / self.width] * 2, ys, **looks))
