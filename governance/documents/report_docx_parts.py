"""The XML of a Word file: elements, plain text, fields and bookmarks."""

import re
from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

# What XML 1.0 has no way to write; a file with any of it opens nowhere.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """`text` without control characters, lone surrogates and the like."""
    return _UNWRITABLE.sub("", text)


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """`<w:tag w:attribute="…">` with what stands in it."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str) -> BaseOxmlElement:
    """Text in a paragraph; its line breaks are kept."""
    made = OxmlElement("w:r")
    made.text = writable(text)  # python-docx makes breaks and tabs of those in it
    return made


def paragraph(
    style: str, *children: BaseOxmlElement, right: bool = False, new_page: bool = False
) -> BaseOxmlElement:
    """A paragraph in the style with that id; on a new page if it is to begin one."""
    look = element("pPr", element("pStyle", val=style))
    if new_page:
        look.append(element("pageBreakBefore"))
    if right:
        look.append(element("jc", val="right"))
    return element("p", look, *children)


def field(instruction: str, shown: str) -> BaseOxmlElement:
    """What Word works out itself; `shown` stands there until it has."""
    return element("fldSimple", *([run(shown)] if shown else []), instr=instruction)


def field_around(instruction: str, inside: list[BaseOxmlElement]) -> None:
    """The same around whole paragraphs, from the first one's text to the end of the last."""
    code = OxmlElement("w:instrText")
    code.text = instruction
    begin = [_mark("begin"), element("r", code), _mark("separate")]
    at = len(inside[0].findall(qn("w:pPr")))
    inside[0][at:at] = begin
    inside[-1].append(_mark("end"))


def _mark(kind: str) -> BaseOxmlElement:
    return element("r", element("fldChar", fldCharType=kind))


def bookmarked(number: int, name: str, inside: Iterable[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """What a link or a reference in the same file finds by the name."""
    start = element("bookmarkStart", id=number, name=name)
    return [start, *inside, element("bookmarkEnd", id=number)]
