"""A report as PDF: what PDF/UA asks of its tags, and all that was written in it."""

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.documents.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Table,
    Text,
)
from governance.documents.plot_words import alternative
from governance.documents.plots import IndicatorPlot, Point
from governance.documents.report_pdf import pdf
from governance.documents.typesetting import NotTypeset, typeset
from tests.pdf_tags import Tagged, all_tagged, declared, fonts_inside

PLOT = IndicatorPlot(
    "Otrygga i Farsta", "%", (Point(2017, Decimal(12)), Point(2020, Decimal("9.5")))
)
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">
<path d="M10 190L390 20" stroke="#000" fill="none"/></svg>"""
# What means something to typst, in markup or in code, and what is hard to set.
WRITTEN = [
    '#sys.version #{1 + 1} #read("report.json") #"a"',
    "$x^2$ och 100 $ \\ bakvänt \\u{41} snedstreck",
    '"citat" *fetstil* _kursiv_ @hänvisning <märke> `kod` [[ ]] ~ -- --- ... //',
    "= ingen rubrik",
    "+ ingen lista",
    "/ ingen: term",
    "// ingen kommentar /* heller */",
    "http://example.org/en/l%C3%A5ng/adress?a=1&b=2#del",
    "samordning.farsta@en-mycket-lang-adress.stockholm.example.org",
    "fi ffl ß Å É ŁÓDŹ Ελλάδα Київ 20\u00a0596 −3 9,5\u00a0%",
    "</w:p> &amp; {{ namn }} {% x %} <script>",
]
TABLE = Table(
    "Åtgärder i gruppen",
    [Column("Åtgärd"), Column("Ansvarig"), Column("Gjort", numeric=True)],
    [["Trygghetsvandringar", "Farsta stadsdelsförvaltning", "8"], ["Belysning", "", "12"]],
)


def report(*blocks: Block) -> Document:
    return Document(
        "Uppföljning 2020 för Lokal styrgrupp Farsta",
        "Överenskommelse om samverkan",
        "uppfoljning-2020-farsta",
        "KS 2021/123",
        list(blocks),
    )


def made(*blocks: Block) -> Tagged:
    return Tagged(pdf(report(*blocks), {PLOT: DRAWING}))


def whole_report(groups: int = 2) -> list[Block]:
    blocks: list[Block] = [Facts([("Avstämningsdatum", "31 december 2020"), ("Läge", "Utkast")])]
    for number in range(groups):
        blocks += [
            Heading(f"Grupp {number}", 2, f"g{number}"),
            Heading("Otrygghet", 3, f"g{number}-1"),
            Text("Första stycket.\nPå en ny rad.\n\nAndra stycket."),
            Text("Ingen mätning 2021. Senaste värde: 9 % (2020).", note=True),
            Heading("Andel otrygga", 4, f"g{number}-2"),
            Figure(PLOT, "/diagram.svg"),
            TABLE,
            Heading("Nästa år", 3, f"g{number}-3"),
            Text("Vi går vidare."),
        ]
    return blocks


@pytest.fixture(scope="module")
def long() -> Tagged:
    """Pages enough for contents, with a table that goes on over several of them."""
    rows = [[f"Åtgärd {number}", "Farsta", str(number)] for number in range(120)]
    return made(*whole_report(12), Table("Lång tabell", TABLE.columns, rows))


def squeezed(text: str) -> str:
    """Without blanks and the hyphens at which lines were broken."""
    return re.sub(r"[\s\-\u2010\u00ad]", "", unicodedata.normalize("NFC", text))


def test_the_file_says_that_it_is_accessible_and_in_swedish(long: Tagged) -> None:
    title = "Uppföljning 2020 för Lokal styrgrupp Farsta"
    declared(long, title)


def test_headings_begin_with_the_title_and_never_jump(long: Tagged) -> None:
    levels = [int(tag.name[1]) for tag in long.tags if re.fullmatch(r"H\d", tag.name)]
    assert levels[:5] == [1, 2, 2, 3, 4]  # the title, the contents, the first group
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_heading_that_would_jump_is_raised() -> None:
    tags = made(Heading("Grupp", 2, "a"), Heading("Diagram", 4, "b")).tags
    assert [tag.name for tag in tags if tag.name[0] == "H"] == ["H1", "H2", "H3"]


def test_every_table_has_headers_with_a_scope_and_rows_of_equal_length(long: Tagged) -> None:
    tables = long.named("Table")
    assert len(tables) == 13
    for table in tables:
        heads = [tag for tag in table.every() if tag.name == "TH"]
        assert [head.attribute("/Scope") for head in heads] == ["/Column"] * 3
        rows = [tag for tag in table.every() if tag.name == "TR"]
        assert {len([*row.children]) for row in rows} == {3}
    assert len([tag for tag in tables[-1].every() if tag.name == "TR"]) == 121


def test_every_figure_has_a_text_alternative_and_every_table_a_caption(long: Tagged) -> None:
    figures = long.named("Figure")
    assert [figure.found["/Alt"] for figure in figures] == [alternative(PLOT)] * 12
    assert len(long.named("Caption")) == 13


def test_facts_are_a_list_with_what_each_is_about() -> None:
    [tags] = made(Facts([("År", "2020"), ("Läge", "Fastställd"), ("Möten", "4")])).named("L")
    assert [child.name for child in tags.children] == ["LI"] * 3
    assert [[part.name for part in child.children] for child in tags.children] == [
        ["Lbl", "LBody"]
    ] * 3


def test_all_that_is_painted_is_tagged_or_an_artifact(long: Tagged) -> None:
    assert len(all_tagged(long)) > 1000


def test_every_font_is_in_the_file(long: Tagged) -> None:
    fonts_inside(long)


def test_pages_are_numbered_and_carry_the_title_and_the_registry_number(long: Tagged) -> None:
    pages = [page.extract_text() for page in long.reader.pages]
    for number, page in enumerate(pages, 1):
        assert f"sida {number} av {len(pages)}" in page
        assert "Uppföljning 2020 för Lokal styrgrupp Farsta" in page
        assert "Diarienummer: KS 2021/123" in page
    assert {round(page["/MediaBox"][2]) for page in long.reader.pages} == {595}


def test_a_long_report_begins_with_its_contents_and_a_short_one_does_not(long: Tagged) -> None:
    assert "Innehåll" in long.reader.pages[0].extract_text()
    assert len(long.named("TOC")) >= 1
    assert len(long.reader.outline) >= 1
    assert "Innehåll" not in made(*whole_report(1)).text


def test_the_heads_of_a_long_table_are_on_each_of_its_pages(long: Tagged) -> None:
    pages = [page.extract_text() for page in long.reader.pages]
    held = [page for page in pages if re.search(r"Åtgärd \d+ Farsta", page)]
    assert len(held) >= 3
    assert all("Ansvarig" in page for page in held)


def test_the_text_read_back_is_the_text_of_the_blocks() -> None:
    blocks = [Heading(text, 2, "a") for text in WRITTEN]
    blocks += [Facts([(text, text) for text in WRITTEN])]
    blocks += [Text("\n\n".join(WRITTEN)), Text("\n".join(WRITTEN), note=True)]
    columns = [Column(text) for text in WRITTEN[:3]]
    blocks += [Table(text, columns, [[text] * 3]) for text in WRITTEN]
    text = squeezed(re.sub(r"sida \d+ av \d+|Diarienummer: KS 2021/123", "", made(*blocks).text))
    text = text.replace(squeezed("Uppföljning 2020 för Lokal styrgrupp Farsta"), "")
    heads = "".join(WRITTEN[:3])
    in_tables = "".join(f"{each}{heads}{each * 3}" for each in WRITTEN)
    once = "".join(WRITTEN)
    twice = "".join(each * 2 for each in WRITTEN)
    expected = squeezed("Överenskommelse om samverkan" + once + twice + once + once + in_tables)
    assert text == expected


def test_what_no_font_has_is_a_box_and_what_is_never_seen_is_left_out() -> None:
    text = "a\0b\x1bc\u200bd\ufeffe 🚓 中 ✨ \ud800f\tg, A\u030arsta"
    assert "abcde □ □ □ □f g, Årsta" in made(Text(text)).text.replace("\u200b", "")


def test_a_word_of_20000_letters_stays_on_the_page() -> None:
    file = made(
        Heading("Å" * 300, 2, "a"),
        Text("a" * 20000),
        Text("-" * 500 + "." * 500 + "\u0301" * 5),
        Facts([("Ort", "b" * 20000)]),
        Table("Kort", [Column("c" * 100), Column("Ort")], [["d" * 20000, "e" * 90]]),
    )
    text = squeezed(file.text)
    assert text.count("a") >= 20000
    assert text.count("b") >= 20000
    assert text.count("d") >= 20000
    assert rightmost(file) < 595 - 60


def rightmost(file: Tagged) -> float:
    """Where the last piece of text on any line begins, in points from the left of the page."""
    found = [0.0]
    for page in file.reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append(tm[4] + cm[4]))
    return max(found)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=30))
def test_whatever_is_written_can_be_printed(one: str, other: str) -> None:
    table = Table(one, [Column(other), Column(one)], [[one, other], [other, one]])
    made(Heading(other, 2, "a"), Text(one), Text(other, note=True), Facts([(one, other)]), table)


def test_the_same_report_gives_the_same_bytes() -> None:
    again = [pdf(report(*whole_report()), {PLOT: DRAWING}) for _ in range(2)]
    assert again[0] == again[1]


def test_a_report_without_anything_in_it_can_be_printed() -> None:
    empty = Document("Uppföljning 2020", "", "tom", "", [Text(""), Facts([])])
    assert Tagged(pdf(empty, {})).text.startswith("Uppföljning 2020")
    table = made(Table("Tom tabell", [Column("Åtgärd")], []))
    assert "Tom tabell" in table.text


def test_a_failure_says_why_without_the_words_of_the_report(tmp_path) -> None:
    with pytest.raises(NotTypeset) as failed:
        typeset({"main.typ": '#set document(title: "Rapport")\n= Rapport\n中'}, tmp_path)
    assert "could not be displayed" in str(failed.value)
    assert "中" not in str(failed.value)
