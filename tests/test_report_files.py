"""A report is taken away whole, or with its steps told on the way."""

import json
import logging
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import RequestFactory
from pypdf import PdfReader

from governance.documents import report_files, report_pdf
from governance.documents.blocks import Block, Document, Figure, Heading, Text
from governance.documents.plots import IndicatorPlot, Plot, Point
from governance.documents.report_files import FileKind, Step, write
from governance.documents.typesetting import NotTypeset
from governance.views.report_files import file_response

NAME = "Prov Exempelgren"


def figure(place: str) -> Figure:
    plot = IndicatorPlot(f"Otrygga i {place}", "%", (Point(2020, Decimal("9.5")),))
    return Figure(plot, "/diagram.svg")


def report(*blocks: Block) -> Document:
    begins = [Heading("Ledamöter", 2, "ledamoter"), Text(f"Ordförande: {NAME}")]
    return Document("Uppföljning 2020", "Farsta", "uppfoljning-2020", "", [*begins, *blocks])


def asked(document: Document, kind: FileKind = "pdf", query: str = ""):
    return file_response(RequestFactory().get(f"/rapport/{kind}/{query}"), document, kind)


def told(document: Document, kind: FileKind = "pdf") -> tuple[list[dict], bytes]:
    """The lines of the stream, and what follows the one that names the file."""
    response = asked(document, kind, "?framsteg=1")
    lines, rest = [], b"".join(response.streaming_content)
    while rest and "name" not in (lines or [{}])[-1]:
        line, _, rest = rest.partition(b"\n")
        lines.append(json.loads(line))
    return lines, rest


def test_a_plain_link_gives_the_whole_file_to_save() -> None:
    response = asked(report(figure("Farsta")))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="uppfoljning-2020.pdf"'
    assert NAME in PdfReader(BytesIO(response.content)).pages[0].extract_text()


@pytest.mark.parametrize("query", ["", "?framsteg=1"])
def test_the_file_is_kept_nowhere_on_the_way(query: str) -> None:
    assert asked(report(), query=query)["Cache-Control"] == "private, no-store"


def test_each_plot_is_a_step_and_is_drawn_once_though_it_stands_twice() -> None:
    document = report(figure("Farsta"), figure("Kista"), figure("Farsta"))
    *steps, file = write(document, "pdf")
    assert steps == [
        Step(0, 3, "Ritar diagram 1 av 2 …"),
        Step(1, 3, "Ritar diagram 2 av 2 …"),
        Step(2, 3, "Sätter ihop PDF-filen …"),
    ]
    assert isinstance(file, bytes)


def test_a_word_file_has_its_plots_as_png(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []

    def docx(document: Document, drawings: dict[Plot, bytes]) -> bytes:
        given.extend(drawings.values())
        return b"word"

    monkeypatch.setattr(report_files, "docx", docx)
    *steps, file = write(report(figure("Farsta")), "docx")
    assert steps[-1] == Step(1, 2, "Sätter ihop Word-filen …")
    assert file == b"word"
    assert [each[:4] for each in given] == [b"\x89PNG"]


def test_nothing_is_drawn_before_its_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Plot] = []
    monkeypatch.setattr(report_files, "draw", lambda plot, kind: drawn.append(plot) or b"<svg/>")
    going = write(report(figure("Farsta"), figure("Kista")), "pdf")
    for already in range(3):
        next(going)
        assert len(drawn) == already


def test_the_stream_tells_each_step_and_then_gives_the_same_file() -> None:
    document = report(figure("Farsta"))
    lines, file = told(document)
    assert lines[:2] == [
        {"done": 0, "of": 2, "text": "Ritar diagram 1 av 1 …"},
        {"done": 1, "of": 2, "text": "Sätter ihop PDF-filen …"},
    ]
    assert lines[2:] == [
        {"name": "uppfoljning-2020.pdf", "type": "application/pdf", "size": len(file)}
    ]
    assert file == asked(document).content


def test_a_file_that_fails_midway_ends_with_a_sentence_and_is_logged_without_names(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(files: object, fonts: object) -> bytes:
        raise NotTypeset("typst.TypstError: out of ink")

    monkeypatch.setattr(report_pdf, "typeset", broken)
    with caplog.at_level(logging.ERROR):
        lines, rest = told(report(figure("Farsta")))
    assert [set(line) for line in lines] == [{"done", "of", "text"}] * 2 + [{"error"}]
    assert lines[-1]["error"].startswith("Det gick inte att göra filen, och felet är noterat.")
    assert rest == b""
    assert "uppfoljning-2020.pdf could not be made" in caplog.text
    assert "out of ink" in caplog.text
    assert NAME not in caplog.text


def test_without_steps_told_a_failure_is_an_ordinary_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(files: object, fonts: object) -> bytes:
        raise NotTypeset("out of ink")

    monkeypatch.setattr(report_pdf, "typeset", broken)
    with pytest.raises(NotTypeset):
        asked(report())
