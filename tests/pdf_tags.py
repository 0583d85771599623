"""Reads a tagged PDF as a program for the blind does: its tags, and what has none."""

import re
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

# What leaves something on the page: text, lines and surfaces, pictures.
PAINTS = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"b", b"Do", b"sh", b"BI"}


class Tag:
    def __init__(self, found: DictionaryObject) -> None:
        self.found = found
        self.name = str(found["/S"])[1:]

    @property
    def children(self) -> Iterator["Tag"]:
        for part in _listed(self.found.get("/K", [])):
            if isinstance(part, DictionaryObject) and "/S" in part:
                yield Tag(part)

    def every(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child.every()

    def attribute(self, name: str) -> object:
        """The first of that name among the attributes of every owner."""
        for each in _listed(self.found.get("/A", [])):
            if name in each:
                return each[name]
        return None

    def marks(self, page: IndirectObject | None = None) -> Iterator[tuple[int, int]]:
        """The number of the page's object and the MCID of all that it or its children hold."""
        page = self.found.raw_get("/Pg") if "/Pg" in self.found else page
        for part in _listed(self.found.get("/K", [])):
            if isinstance(part, int):
                assert page is not None
                yield page.idnum, part
            elif "/MCID" in part:
                yield part.raw_get("/Pg").idnum if "/Pg" in part else page.idnum, part["/MCID"]
            elif "/S" in part:
                yield from Tag(part).marks(page)


class Tagged:
    def __init__(self, file: bytes) -> None:
        self.reader = PdfReader(BytesIO(file))
        self.root = self.reader.trailer["/Root"]

    @cached_property
    def tags(self) -> list[Tag]:
        tops = _listed(self.root["/StructTreeRoot"]["/K"])
        return [tag for top in tops for tag in Tag(top).every()]

    def named(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]

    @property
    def marked(self) -> set[tuple[int, int]]:
        tops = _listed(self.root["/StructTreeRoot"]["/K"])
        return {mark for top in tops for mark in Tag(top).marks()}

    def painted(self) -> Iterator[tuple[PageObject, int | None]]:
        """What is painted on the pages, as page and MCID: -1 for artifacts, None for neither."""
        for page in self.reader.pages:
            yield from ((page, mark) for mark in self._painted(page))

    def _painted(self, page: PageObject) -> Iterator[int | None]:
        open_marks: list[int | None] = []
        content = page.get_contents()
        assert content is not None
        for operands, operator in ContentStream(content, self.reader).operations:
            if operator == b"BDC":
                values = operands[1]
                mark = values.get("/MCID") if isinstance(values, DictionaryObject) else None
                open_marks.append(-1 if operands[0] == "/Artifact" else mark)
            elif operator == b"BMC":
                open_marks.append(-1 if operands[0] == "/Artifact" else None)
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in PAINTS:
                yield next((mark for mark in open_marks if mark is not None), None)

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)


# -- what PDF/UA asks of every file ----------------------------------------------------------------


def declared(file: Tagged, title: str) -> None:
    """It says that it is accessible, its title, and that it is in Swedish."""
    assert file.root["/MarkInfo"]["/Marked"]
    assert file.root["/Lang"].startswith("sv")
    assert file.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.reader.metadata is not None
    assert file.reader.metadata.title == title
    described = file.root["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", described)
    assert title in described
    assert all(page.get("/Tabs") == "/S" for page in file.reader.pages if "/Annots" in page)


def all_tagged(file: Tagged) -> list[tuple[int, int | None]]:
    """All that is painted, as page and MCID: everything is tagged or an artifact."""
    painted = []
    for page, mark in file.painted():
        assert page.indirect_reference is not None
        painted.append((page.indirect_reference.idnum, mark))
    assert [each for each in painted if each[1] is None] == []
    assert {each for each in painted if each[1] != -1} <= file.marked
    return painted


def fonts_inside(file: Tagged) -> None:
    """Every font is in the file, with what its letters mean."""
    found = {}
    for page in file.reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get("/DescendantFonts", [font])[0].get_object()
            described = inner["/FontDescriptor"]
            found[font["/BaseFont"]] = {"/FontFile2", "/FontFile3"} & set(described)
            assert "/ToUnicode" in font
    assert found
    assert all(found.values())


def _listed(value: object) -> list:
    value = value.get_object() if hasattr(value, "get_object") else value
    each = value if isinstance(value, list) else [value]
    return [part.get_object() if hasattr(part, "get_object") else part for part in each]
