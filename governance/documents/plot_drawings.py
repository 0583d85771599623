"""Plots as pictures: SVG for pages and PDF, PNG for Word. The same plot gives the same bytes."""

import io
import re
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from governance.documents.plot_words import alternative
from governance.documents.plots import IndicatorPlot, MultiplesPlot, Plot

if TYPE_CHECKING:
    from governance.documents.plot_paper import Paper

Kind = Literal["svg", "png"]
PNG_DPI = 200
_KEPT = 64  # of the latest drawings: the same one is asked for by page, PDF and reader after reader
_LOCK = threading.Lock()  # matplotlib is not made for threads, and gunicorn has several
# What an SVG would send a reader's program elsewhere for, and what a strict CSP refuses.
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_RULES = re.compile(r"\s*<style [^>]*>.*?</style>", re.DOTALL)
_STYLE = re.compile(r'style="([^"]*)"')
_ROOT = re.compile(r"<svg ([^>]*)>")


def draw(plot: Plot, kind: Kind, *, narrow: bool = False) -> bytes:
    """The plot as a picture, 640 pixels wide or, `narrow`, 360, with letters of 9 points or more.

    One without any point says so in words. An SVG has its letters as paths, needs nothing from
    elsewhere, has no script and no style of its own, and holds its text alternative.
    """
    with _LOCK:
        return _drawn(plot, kind, narrow)


@lru_cache(maxsize=_KEPT)
def _drawn(plot: Plot, kind: Kind, narrow: bool) -> bytes:
    paper, file = paper_of(plot, narrow=narrow), io.BytesIO()
    if kind == "png":
        paper.figure.savefig(file, format="png", dpi=PNG_DPI, metadata={"Software": None})
        return file.getvalue()
    nothing = dict.fromkeys(["Creator", "Date", "Format", "Type"])
    paper.figure.savefig(file, format="svg", metadata=nothing)
    return _quiet(file.getvalue().decode(), plot).encode()


def paper_of(plot: Plot, *, narrow: bool) -> "Paper":
    """The plot on its paper, before it is a file."""
    # matplotlib takes a second to import, so it is, first here: start-up and commands stay quick.
    from governance.documents import plot_bars, plot_lines

    if plot.is_empty:
        return plot_lines.empty_paper(plot.title, narrow=narrow)
    if isinstance(plot, IndicatorPlot):
        return plot_lines.indicator_paper(plot, narrow=narrow)
    if isinstance(plot, MultiplesPlot):
        return plot_lines.multiples_paper(plot, narrow=narrow)
    return plot_bars.status_paper(plot, narrow=narrow)


def _quiet(svg: str, plot: Plot) -> str:
    """The SVG without references and styles, and with its text alternative in it."""
    for unwanted in (_DOCTYPE, _METADATA, _RULES):
        svg = unwanted.sub("", svg)
    svg = _STYLE.sub(_attributes, svg)
    title, said = (escape(_clean(words)) for words in (plot.title, alternative(plot)))
    told = f"<title>{title}</title>\n<desc>{said}</desc>"
    lines = 'stroke-linejoin="round" stroke-linecap="butt"'  # what the rules said of every line
    return _ROOT.sub(lambda root: f'<svg {root[1]} role="img" {lines}>\n{told}', svg, count=1)


def _attributes(style: re.Match[str]) -> str:
    """`fill: #fff; stroke: none` as attributes of their own: all that matplotlib writes can be."""
    rules = (each.split(":", 1) for each in style[1].split(";") if each.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in rules)


def _clean(words: str) -> str:
    """Without characters that may not stand in XML."""
    return "".join(letter for letter in words if letter.isprintable() or letter == "\u00a0")
