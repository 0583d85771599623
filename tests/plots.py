"""Plots made by hand, for tests: one of each kind, with gaps, breaks and small counts."""

from decimal import Decimal

from governance.documents.plots import Bar, Break, IndicatorPlot, MultiplesPlot, Point, StatusPlot
from tests.days import day

MERGED = Break(day("2023-07-01"), "Området finns sedan den 1 juli 2023, efter Norrmalm.")
STATUSES = ("Genomförd", "Pågår", "Planerad", "Ej genomförd")


def at(year: int, value: str | int) -> Point:
    return Point(year, Decimal(value))


FARSTA = IndicatorPlot("Oro, Farsta", "%", (at(2017, 12), at(2020, 12)), at(2017, 12), at(2023, 10))
MERGER = IndicatorPlot(
    "Anmälda brott, Norra innerstaden",
    "per 100 000 invånare",
    (at(2019, 20596), at(2021, "18450.5"), at(2023, 21010)),
    at(2019, 20596),
    at(2025, 18000),
    (MERGED,),
)
FEW = IndicatorPlot("Skjutningar, Farsta", "antal", (at(2018, 7), at(2020, 9)), hidden=(2019, 2021))
LONG = IndicatorPlot("NTU", "%", tuple(at(2000 + n, 20 + n * 7 % 9) for n in range(25)))
SIDE = MultiplesPlot(
    "Oro i områdena",
    "%",
    (
        FARSTA,
        IndicatorPlot("Enskede-Årsta-Vantör", "%", (at(2017, 9), at(2020, 26))),
        IndicatorPlot("Järva", "%", ()),
        IndicatorPlot("Norrmalm", "%", (at(2017, 8),), breaks=(MERGED,)),
    ),
)
BARS = StatusPlot(
    "Åtgärder per styrgrupp",
    STATUSES,
    (Bar("Lokal styrgrupp Farsta", (3, 2, 1, 0), 2), Bar("Järva", (0, 0, 0, 0))),
)
PLOTS = [FARSTA, MERGER, FEW, LONG, SIDE, BARS]


def titled(value: object) -> str:
    return getattr(value, "title", str(value))
