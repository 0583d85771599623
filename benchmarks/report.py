"""The report of 15 groups as PDF, beside drawing its plots and an empty file."""

from decimal import Decimal

from benchmarks.measuring import Result, in_turn, seconds
from governance.documents.blocks import Block, Column, Document, Figure, Heading, Table, Text
from governance.documents.plot_drawings import draw
from governance.documents.plots import IndicatorPlot, Point
from governance.documents.report_files import write
from governance.documents.report_pdf import pdf

GROUPS, SECTIONS, PLOTS = 15, 10, 2
ROUNDS = 1
LIMIT = 1.5
LETTERS = (
    "Styrgruppen har under året arbetat med trygghetsvandringar och platssamverkan. "
    "Otryggheten har minskat något, men är ojämnt fördelad mellan stadsdelarna. "
) * 4


def measure() -> list[Result]:
    empty = Document("Samlad uppföljning 2020", "", "tom", "", [])
    document = report("först")
    other = report("sedan")  # of its own: what is drawn is kept for a while

    def plots() -> None:
        for plot in other.plots:
            draw(plot, "svg")
        pdf(empty, {})

    def whole() -> None:
        for _ in write(document, "pdf"):
            pass

    draw(report("annan").plots[0], "svg")  # the library takes a while to import
    made, floor = in_turn(ROUNDS, lambda: seconds(whole), lambda: seconds(plots))
    return [
        Result(
            what=f"Rapporten för {GROUPS} grupper som PDF, mot att bara rita diagrammen",
            cost=made / floor,
            limit=LIMIT,
            unit="gånger",
            details=f"{len(document.plots)} diagram: {made:.1f} s, bara diagrammen {floor:.1f} s",
        )
    ]


def report(word: str) -> Document:
    blocks: list[Block] = []
    for group in range(GROUPS):
        blocks.append(Heading(f"Styrgrupp {group}", 2, f"g{group}"))
        for section in range(SECTIONS):
            blocks += [Heading(f"Utmaning {section}", 3, f"g{group}-{section}"), Text(LETTERS)]
            for number in range(PLOTS):
                blocks += figure(f"Otrygga {word} {group}, {section}, {number}")
    return Document("Samlad uppföljning 2020", "", "samlad-uppfoljning-2020", "", blocks)


def figure(title: str) -> list[Block]:
    points = tuple(Point(year, Decimal(year - 2005)) for year in (2014, 2017, 2020))
    rows = [[str(point.year), f"{point.value} %"] for point in points]
    return [
        Figure(IndicatorPlot(title, "%", points), "/diagram.svg"),
        Table(title, [Column("År"), Column("Värde", numeric=True)], rows),
    ]
