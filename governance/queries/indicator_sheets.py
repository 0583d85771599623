"""Values of indicators as a sheet: the columns of the export, which is also the import's template.

A row is recognised by what it is about: indicator, area and year. So it has no key column.
"""

from collections.abc import Iterable
from decimal import Decimal

from governance.models import Area, IndicatorValue
from governance.queries.indicators import TOO_SMALL, hides
from governance.queries.roster_sheets import Column

COLUMNS = (
    Column("indicator", "Indikator"),
    Column("kind", "Områdets slag", choices=tuple(map(str, Area.Kind.labels))),
    Column("area", "Område"),
    Column("year", "År"),
    Column("value", "Värde"),
    Column("measured_on", "Uppmätt den", of_days=True),
    Column("source", "Källa"),
)


def headings() -> list[str]:
    return [column.heading for column in COLUMNS]


def choices() -> dict[str, tuple[str, ...]]:
    """The words to choose among, by heading, in the columns that have such."""
    return {column.heading: column.choices for column in COLUMNS if column.choices}


def days() -> list[str]:
    """The headings of the columns that hold days."""
    return [column.heading for column in COLUMNS if column.of_days]


def value_rows(values: Iterable[IndicatorValue]) -> list[list[object]]:
    """The rows of the sheet; each value comes with its indicator and area.

    Years and values are numbers. What is not shown on screen is not in the file either.
    """
    return [
        [
            row.indicator.code,
            row.area.get_kind_display(),
            row.area.name,
            Decimal(row.year),
            TOO_SMALL if hides(row.indicator, row.value) else row.value,
            row.measured_on,
            row.source,
        ]
        for row in values
    ]
