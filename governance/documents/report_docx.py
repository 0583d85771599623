"""A report as a Word file: an appendix to a tjänsteutlåtande, to read, copy from and print."""

import io
import zipfile
from collections.abc import Mapping

from docx.document import Document as File
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from governance.documents.blocks import Block, Document, Facts, Figure, Heading, Table, Text
from governance.documents.plot_words import alternative
from governance.documents.plots import Plot
from governance.documents.report_docx_parts import (
    bookmarked,
    element,
    field,
    field_around,
    paragraph,
    run,
    writable,
)
from governance.documents.report_docx_styles import blank, describe, room, shape
from governance.documents.report_docx_tables import needs_width, table_of

_TALLEST = Mm(200)  # of a picture, so that the heading above it has room on the same page
_MANY = 40  # lines of a table of contents, from which it has the upper headings only
_NEVER = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can tell of


def docx(document: Document, drawings: Mapping[Plot, bytes]) -> bytes:
    """The same blocks as on the page, in Word's own styles; `drawings` are PNG, by plot.

    Equal documents with equal drawings give equal bytes: nothing tells of when it was made
    or by whom. Characters that no Word file can hold are left out.
    """
    file = blank()
    describe(file, writable(document.title), writable(document.subtitle))
    _write_margins(file, document)
    pages = _Pages(file, drawings, chapters=document.contents)
    if document.registry_number:
        pages.add(paragraph("Normal", run(f"Diarienummer: {document.registry_number}")))
    pages.add(paragraph("Heading1", run(document.title)))
    if document.subtitle:
        pages.add(paragraph("Subtitle", run(document.subtitle)))
    if document.contents:
        pages.add_contents([each for each in document.blocks if isinstance(each, Heading)])
    for block, wide in zip(document.blocks, _turned(document.blocks), strict=True):
        pages.turn(wide)
        pages.add_block(block)
    return _without_times(file)


def _write_margins(file: File, document: Document) -> None:
    """Above each page what it is a page of, below it which page."""
    section = file.sections[0]
    number = document.registry_number
    above = f"{document.title} · Diarienummer {number}" if number else document.title
    _replace(section.header.paragraphs[0], paragraph("Header", run(above)))
    page = [run("Sida "), field("PAGE", "1"), run(" av "), field("NUMPAGES", "1")]
    _replace(section.footer.paragraphs[0], paragraph("Footer", *page))


def _replace(old: Paragraph, new: BaseOxmlElement) -> None:
    old._p.getparent().replace(old._p, new)


def _turned(blocks: list[Block]) -> list[bool]:
    """For each block whether it stands on a page lying down: wide tables, with their headings."""
    turned = [isinstance(each, Table) and needs_width(each) for each in blocks]
    for at in reversed(range(len(blocks) - 1)):
        turned[at] |= isinstance(blocks[at], Heading) and turned[at + 1]
    return turned


class _Pages:
    """Puts one thing after the other into the file; each chapter but the first on a new page."""

    def __init__(self, file: File, drawings: Mapping[Plot, bytes], *, chapters: bool) -> None:
        self._file, self._drawings, self._chapters = file, drawings, chapters
        self._body = file.element.body
        self._wide = False
        self._headings = self._pictures = 0

    def add(self, *made: BaseOxmlElement) -> None:
        for each in made:
            self._body.insert_element_before(each, "w:sectPr")

    def turn(self, wide: bool) -> None:
        """Go on upright or lying down, on a new page where that is a change."""
        if wide != self._wide:
            self._wide = wide
            shape(self._file.add_section(), wide=wide)

    def add_block(self, block: Block) -> None:
        match block:
            case Heading():
                self._headings += 1
                text = bookmarked(self._headings, _place(self._headings), [run(block.text)])
                begins = self._chapters and block.level == 2 and self._headings > 1
                self.add(paragraph(f"Heading{block.level}", *text, new_page=begins))
            case Text():
                style = "Note" if block.note else "Normal"
                self.add(*(paragraph(style, run(text)) for text in block.paragraphs))
            case Facts():
                self.add(*_facts(block))
            case Table():
                self.add(paragraph("Caption", run(block.caption)))
                self.add(table_of(block, wide=self._wide), paragraph("AfterTable"))
            case Figure():
                self.add_picture(block)

    def add_picture(self, figure: Figure) -> None:
        """As wide as the text at most, with what it shows in words for those who do not see it."""
        holder = self._file.add_paragraph(style="Diagram")
        picture = holder.add_run().add_picture(io.BytesIO(self._drawings[figure.plot]))
        width, height = picture.width, picture.height
        most = Length(room(wide=self._wide) * 635)
        scale = min(1, most / width, _TALLEST / height)
        picture.width, picture.height = Length(round(width * scale)), Length(round(height * scale))
        self._pictures += 1
        told = picture._inline.docPr
        told.set("name", f"Diagram {self._pictures}")
        told.set("descr", writable(alternative(figure.plot)))

    def add_contents(self, headings: list[Heading]) -> None:
        """Links to the headings, at once; Word and print put in the page numbers."""
        numbered = list(enumerate(headings, start=1))
        deepest = 3 if sum(each.level <= 3 for each in headings) <= _MANY else 2
        lines = [_entry(each, _place(at)) for at, each in numbered if each.level <= deepest]
        if not lines:
            return
        field_around(f'TOC \\o "2-{deepest}" \\h \\z', lines)
        gallery = element(
            "docPartObj",
            element("docPartGallery", val="Table of Contents"),
            element("docPartUnique"),
        )
        title = paragraph("TOCHeading", run("Innehåll"))
        content = element("sdtContent", title, *lines)
        self.add(element("sdt", element("sdtPr", gallery), content), paragraph("AfterTable"))


def _place(number: int) -> str:
    """The name of the place of a heading, as Word makes them."""
    return f"_Toc{number:09d}"


def _entry(heading: Heading, place: str) -> BaseOxmlElement:
    page = field(f"PAGEREF {place} \\h", "")
    link = element("hyperlink", run(heading.text), run("\t"), page, anchor=place, history=1)
    return paragraph(f"TOC{heading.level}", link)


def _facts(block: Facts) -> list[BaseOxmlElement]:
    made = [_fact(label, text) for label, text in block.rows]
    for last in made[-1:]:
        last.pPr.append(element("spacing", after=160))
    return made


def _fact(label: str, text: str) -> BaseOxmlElement:
    strong = run(f"{label}:")
    strong.insert(0, element("rPr", element("b")))
    return paragraph("Fact", strong, run(f"\t{text}"))


def _without_times(file: File) -> bytes:
    """The file with every part of it dated the same."""
    written, content = io.BytesIO(), io.BytesIO()
    file.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            dated = zipfile.ZipInfo(name, _NEVER)
            new.writestr(dated, old.read(name), zipfile.ZIP_DEFLATED)
    return content.getvalue()
