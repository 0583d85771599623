"""How the blocks of a report are put on a page."""

from django import template

from governance.documents.blocks import Block, Column
from governance.documents.plot_words import alternative as plot_in_words
from governance.documents.plots import Plot

register = template.Library()


@register.filter
def template_of(block: Block) -> str:
    """The template that lays out this kind of block."""
    return f"reports/blocks/{type(block).__name__.lower()}.html"


@register.filter
def under(cells: list[str], columns: list[Column]) -> list[tuple[Column, str]]:
    """Each cell of a row with its column."""
    return list(zip(columns, cells, strict=True))


@register.filter
def alternative(plot: Plot) -> str:
    """What the plot shows, for those who do not see it."""
    return plot_in_words(plot)
