"""A report as a file to take away, made step by step so that its reader can follow along."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from governance.documents.blocks import Document
from governance.documents.plot_drawings import draw
from governance.documents.report_docx import docx
from governance.documents.report_pdf import pdf

FileKind = Literal["pdf", "docx"]


@dataclass(frozen=True)
class Step:
    """What is begun now, in words, when `done` of `of` steps are done."""

    done: int
    of: int
    text: str


def write(document: Document, kind: FileKind) -> Iterator[Step | bytes]:
    """A step for each plot and one for the whole; the finished file is the last thing given."""
    plots = document.plots
    of = len(plots) + 1
    drawings = {}
    for done, plot in enumerate(plots):
        yield Step(done, of, f"Ritar diagram {done + 1} av {len(plots)} …")
        drawings[plot] = draw(plot, "svg" if kind == "pdf" else "png")
    if kind == "pdf":
        yield Step(of - 1, of, "Sätter ihop PDF-filen …")
        yield pdf(document, drawings)
    else:
        yield Step(of - 1, of, "Sätter ihop Word-filen …")
        yield docx(document, drawings)
