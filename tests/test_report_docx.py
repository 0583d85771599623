"""The Word file of a report says what its blocks say, with real headings, headers and words."""

import io
import re
import time
import zipfile
from decimal import Decimal
from typing import Any

import docx as word
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure as Drawing

from governance.documents.blocks import Block, Column, Document, Facts, Figure, Heading, Table, Text
from governance.documents.plot_words import alternative
from governance.documents.plots import IndicatorPlot, Point
from governance.documents.report_docx import docx

PLOT = IndicatorPlot(
    title="Andel otrygga i Farsta",
    unit="%",
    points=(Point(2017, Decimal(14)), Point(2020, Decimal(9))),
)
OTHER = IndicatorPlot(title="Andel otrygga i Järva", unit="%", points=())
VALUES = Table(
    "Andel otrygga, värden",
    [Column("År"), Column("Värde", numeric=True)],
    [["2017", "14\u00a0%"], ["2020", "9\u00a0%"]],
)
BLOCKS: list[Block] = [
    Facts([("Styrgrupp", "Lokal styrgrupp Farsta"), ("Läge", "Fastställd")]),
    Heading("Skolan som brottsplats", 2, "skolan"),
    Text("Första stycket.\nEn rad till.\n\nAndra stycket."),
    Text("Utkast, inte fastställd.", note=True),
    Heading("Mål", 3, "mal"),
    VALUES,
    Figure(PLOT, "/diagram.svg"),
    Heading("Åtgärder", 4, "atgarder"),
    Heading("Nästa år", 2, "nasta-ar"),
    Figure(OTHER, "/annat.svg"),
]
TITLES = (
    "Riktat arbete mot avgränsade platser|Avhopparverksamhet för kriminella|Ordningsvakter|"
    "Våldsbejakande extremism|Otillåtna bosättningar|Kameraövervakning|Särskilt utsatta brottsoffer"
).split("|")


def png(*, high: bool = False) -> bytes:
    content = io.BytesIO()
    Drawing(figsize=(2, 12) if high else (8, 3), dpi=100).savefig(content, format="png")
    return content.getvalue()


DRAWINGS = {PLOT: png(), OTHER: png(high=True)}


def report(*blocks: Block, **fields: Any) -> Document:
    given = {"title": "Uppföljning 2020, Farsta", "subtitle": "Överenskommelsen"}
    given |= {"file_name": "farsta", "registry_number": "SDN 2021/17", **fields}
    return Document(blocks=list(blocks), **given)


def content_of(*blocks: Block, **fields: Any) -> bytes:
    return docx(report(*blocks, **fields), DRAWINGS)


def opened(*blocks: Block, **fields: Any) -> Any:
    return word.Document(io.BytesIO(content_of(*blocks, **fields)))


def paragraphs(file: Any, style: str) -> list[str]:
    return [each.text for each in file.paragraphs if each.style.name == style]


def text_in(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def xml_of(content: bytes) -> dict[str, str]:
    """Every part of the file that is XML, by name."""
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    return {name: parts.read(name).decode() for name in names}


# -- what it says -------------------------------------------------------------------------


def test_the_title_and_the_headings_come_in_order_with_words_own_levels():
    found = [
        (each.style.name, each.text)
        for each in opened(*BLOCKS).paragraphs
        if each.style.name.startswith("Heading")
    ]
    assert found == [
        ("Heading 1", "Uppföljning 2020, Farsta"),
        ("Heading 2", "Skolan som brottsplats"),
        ("Heading 3", "Mål"),
        ("Heading 4", "Åtgärder"),
        ("Heading 2", "Nästa år"),
    ]


def test_everything_in_the_blocks_stands_in_the_file_once_and_nothing_else():
    file = opened(*BLOCKS)
    texts = [each.text for each in file.paragraphs if each.text]
    assert texts == [
        "Diarienummer: SDN 2021/17",
        "Uppföljning 2020, Farsta",
        "Överenskommelsen",
        "Styrgrupp:\tLokal styrgrupp Farsta",
        "Läge:\tFastställd",
        "Skolan som brottsplats",
        "Första stycket.\nEn rad till.",
        "Andra stycket.",
        "Utkast, inte fastställd.",
        "Mål",
        "Andel otrygga, värden",
        "Åtgärder",
        "Nästa år",
    ]
    [table] = file.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["År", "Värde"], *VALUES.rows]


def test_a_note_looks_like_one_and_facts_can_be_none():
    file = opened(Facts([]), *BLOCKS)
    assert paragraphs(file, "Anmärkning") == ["Utkast, inte fastställd."]
    assert "Andra stycket." in paragraphs(file, "Normal")


def test_the_registry_number_stands_on_every_page_and_the_pages_are_counted():
    section = opened(*BLOCKS).sections[0]
    header = section.header.paragraphs[0].text
    assert header == "Uppföljning 2020, Farsta · Diarienummer SDN 2021/17"
    footer = section.footer.paragraphs[0]
    assert footer.text == "Sida  av "
    fields = [each.get(qn("w:instr")) for each in footer._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert text_in(footer._p) == "Sida 1 av 1"


def test_without_a_registry_number_nothing_is_said_of_it():
    assert "Diarienummer" not in "".join(xml_of(content_of(*BLOCKS, registry_number="")).values())


# -- what it is ---------------------------------------------------------------------------


def test_the_language_is_swedish_and_the_properties_name_no_person_day_or_place():
    content = content_of(*BLOCKS)
    file = word.Document(io.BytesIO(content))
    told = file.core_properties
    assert (told.title, told.subject) == ("Uppföljning 2020, Farsta", "Överenskommelsen")
    assert (told.author, told.language) == ("Samverkan", "sv-SE")
    assert (told.last_modified_by, told.comments, told.created) == ("", "", None)
    languages = re.findall(r'<w:lang w:val="([^"]*)"', xml_of(content)["word/styles.xml"])
    assert len(languages) >= 2
    assert set(languages) == {"sv-SE"}
    written = "".join(xml_of(content).values())
    assert not re.search(r"python-docx|/(tmp|home|work)/", written)


def test_equal_reports_give_equal_bytes_whatever_the_clock_says(monkeypatch):
    first = content_of(*BLOCKS)
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    assert content_of(*BLOCKS) == first


def test_it_is_black_text_in_one_font_and_has_no_picture_but_the_plots():
    content = content_of(*BLOCKS)
    styles = xml_of(content)["word/styles.xml"]
    assert "<w:color " not in styles
    assert set(re.findall(r'w:ascii="([^"]*)"', styles)) == {"Arial"}
    assert "Theme=" not in styles
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name for name in names if name.endswith((".png", ".jpeg"))] == [
        "word/media/image1.png",
        "word/media/image2.png",
    ]


def test_nothing_in_it_lies_outside_the_file():
    parts = xml_of(content_of(*BLOCKS, contents=True))
    assert not [name for name, text in parts.items() if "TargetMode" in text]


# -- tables and pictures --------------------------------------------------------------------


def test_the_header_row_comes_again_on_each_page_and_no_row_is_split():
    rows = opened(VALUES).tables[0]._tbl.findall(qn("w:tr"))
    marks = [[mark.tag.rpartition("}")[2] for mark in row.trPr] for row in rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]
    look = opened(VALUES).tables[0]._tbl.tblPr
    assert look.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    assert look.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    assert look.find(qn("w:tblCaption")).get(qn("w:val")) == "Andel otrygga, värden"


def test_the_caption_stands_right_above_its_table():
    table = opened(VALUES).tables[0]._tbl
    assert text_in(table.getprevious()) == "Andel otrygga, värden"
    assert table.getprevious().pPr.pStyle.val == "Caption"


def test_only_the_columns_of_numbers_lean_to_the_right():
    rows = [row.cells for row in opened(VALUES).tables[0].rows]
    sides = [[cell.paragraphs[0].alignment is not None for cell in cells] for cells in rows]
    assert sides == [[False, True]] * 3


def test_two_tables_in_a_row_do_not_grow_together():
    file = opened(VALUES, Table("", VALUES.columns, VALUES.rows))
    assert [each._tbl.getnext().tag for each in file.tables] == [qn("w:p")] * 2


def test_every_picture_says_in_words_what_it_shows_and_fits_the_page():
    file = opened(*BLOCKS)
    told = [each._inline.docPr for each in file.inline_shapes]
    assert [each.get("descr") for each in told] == [alternative(PLOT), alternative(OTHER)]
    assert len({each.get("id") for each in told}) == 2
    page = file.sections[0]
    width = page.page_width - page.left_margin - page.right_margin
    for shape in file.inline_shapes:
        assert 0 < shape.width <= width
        assert 0 < shape.height < page.page_height - page.top_margin - page.bottom_margin
    first = file.inline_shapes[0]
    assert first.width / first.height == pytest.approx(8 / 3, rel=0.01)


@pytest.mark.parametrize(("columns", "wide"), [(3, False), (7, True)])
def test_a_table_fits_the_paper_and_lies_down_when_its_words_need_it(columns, wide):
    titles = ["Styrgrupp", *TITLES[:columns]]
    cells = [["Farsta", *["delvis"] * columns]]
    table = Table("Bedömningar", [Column(each) for each in titles], cells)
    file = opened(Text("Först."), Heading("Alla grupper", 2, "alla"), table, Text("Sist."))
    shapes = [each.page_width > each.page_height for each in file.sections]
    assert shapes == ([False, True, False] if wide else [False])
    page = file.sections[1 if wide else 0]
    assert page.header.is_linked_to_previous is wide
    room = (page.page_width - page.left_margin - page.right_margin) / 635
    widths = [int(each.get(qn("w:w"))) for each in file.tables[0]._tbl.iter(qn("w:gridCol"))]
    assert len(widths) == columns + 1
    assert min(widths) > 600
    assert sum(widths) <= room + 1
    if wide:  # the heading goes with its table, and the text before it does not
        start = next(file.element.body.iter(qn("w:sectPr")))
        above = file.element.body.index(start.getparent().getparent())
        assert text_in(file.element.body[above - 1]) == "Först."
        assert text_in(file.element.body[above + 1]) == "Alla grupper"


# -- contents -----------------------------------------------------------------------------


def test_the_contents_are_a_field_with_links_that_lead_to_the_headings():
    body = opened(*BLOCKS, contents=True).element.body
    [field] = [each.text for each in body.iter(qn("w:instrText"))]
    assert field.startswith('TOC \\o "2-3"')
    links = [(text_in(each), each.get(qn("w:anchor"))) for each in body.iter(qn("w:hyperlink"))]
    assert [text for text, _place in links] == ["Skolan som brottsplats", "Mål", "Nästa år"]
    places = {each.get(qn("w:name")): each.getparent() for each in body.iter(qn("w:bookmarkStart"))}
    for text, place in links:
        assert text_in(places[place]) == text


def test_long_contents_name_the_upper_headings_only():
    blocks = [Heading(str(at), 2 if at % 10 == 0 else 3, str(at)) for at in range(50)]
    links = list(opened(*blocks, contents=True).element.body.iter(qn("w:hyperlink")))
    assert [text_in(each) for each in links] == ["0", "10", "20", "30", "40"]


def test_a_report_has_contents_only_when_it_asks_for_them_and_has_headings():
    assert b"instrText" not in opened(*BLOCKS).element.xml.encode()
    assert "Innehåll" not in opened(Text("Kort."), contents=True).element.xml


# -- what people type ---------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=60))  # also control characters and lone surrogates
def test_whatever_is_typed_the_file_opens_and_keeps_what_can_be_written(typed):
    table = Table(typed, [Column(typed)], [[typed]])
    blocks = [Heading(typed, 2, "x"), Text(f"a{typed}b"), Facts([(typed, typed)]), table]
    file = opened(*blocks, title=typed, subtitle=typed, registry_number=typed, contents=True)
    plain = re.sub(r"[^\w]", "", typed, flags=re.ASCII)
    assert plain in re.sub(r"[^\w]", "", file.tables[0].rows[0].cells[0].text, flags=re.ASCII)


def test_characters_that_no_file_can_hold_are_left_out_and_the_rest_is_kept():
    file = opened(Text("Torget\x00 är\x0b tryggt\ud800 \uffffnu\x1b & <b>klart</b> 👍"))
    assert "Torget är tryggt nu & <b>klart</b> 👍" in paragraphs(file, "Normal")
