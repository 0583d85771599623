"""A plot on a page: the address of its picture, what it shows in words, and its table."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from governance.documents.blocks import Table
from governance.documents.plot_drawings import draw
from governance.documents.plot_tables import table_of
from governance.documents.plot_words import alternative
from governance.documents.plots import Plot
from governance.views.pictures import SVG, picture
from governance.views.reading import Reading

NARROW = "smal"  # in the address of a picture: drawn for a phone


@dataclass(frozen=True)
class PlotFigure:
    """`address` gives the picture for the same reader, day and choice as the page."""

    plot: Plot
    address: str

    @property
    def narrow(self) -> str:
        """The address of the same picture with letters as large on a phone."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{NARROW}=ja"

    @property
    def alternative(self) -> str:
        return alternative(self.plot)

    @property
    def table(self) -> Table:
        return table_of(self.plot)


def drawn_at(reading: Reading, name: str, *args: str, **more: str) -> str:
    """An address of the app with the day, the agreement, and `more` where it says something."""
    kept = {} if reading.is_today else {"datum": reading.day.isoformat()}
    if reading.agreement:
        kept["overenskommelse"] = reading.agreement.slug
    kept |= {key: text for key, text in more.items() if text}
    return reverse(f"governance:{name}", args=args) + (f"?{urlencode(kept)}" if kept else "")


def plot_picture(request: HttpRequest, plot: Plot) -> HttpResponseBase:
    """The picture of a plot; drawn anew only when the reader does not have the same one."""
    narrow = NARROW in request.GET
    return picture(request, SVG, (plot, narrow), lambda: draw(plot, "svg", narrow=narrow))
