"""How the blocks of a report are put on a page."""

import re

from django import template

from governance.documents.blocks import Block, Column, Facts, Figure, Heading, Table, Text
from governance.documents.plot_words import alternative as plot_in_words
from governance.documents.plots import Plot

register = template.Library()
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TEMPLATES: dict[type[Block], str] = {
    Heading: "reports/blocks/heading.html",
    Text: "reports/blocks/text.html",
    Facts: "reports/blocks/facts.html",
    Table: "reports/blocks/table.html",
    Figure: "reports/blocks/figure.html",
}


@register.filter
def template_of(block: Block) -> str:
    """The template that lays out this kind of block."""
    return _TEMPLATES[type(block)]


@register.filter
def under(cells: list[str], columns: list[Column]) -> list[tuple[Column, str]]:
    """Each cell of a row with its column."""
    return list(zip(columns, cells, strict=True))


@register.filter
def is_day(cell: str) -> bool:
    """Whether a cell holds nothing but a day, which is not to be broken over two lines."""
    return _DAY.fullmatch(cell) is not None


@register.filter
def alternative(plot: Plot) -> str:
    """What the plot shows, for those who do not see it."""
    return plot_in_words(plot)
