"""How a report looks as a Word file: an appendix in plain black text, in Swedish, on A4.

The styles are those that Word has itself, so that the text takes the look of whatever it
is pasted into; only notes, facts and what stands in tables have styles of their own.
"""

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from governance.documents.report_docx_parts import element

FONT, LANGUAGE = "Arial", "sv-SE"
_LONG, _SHORT, _SIDE, _TOP = Mm(297), Mm(210), Mm(25), Mm(25)
# What python-docx has in its template and nobody needs, some of it with a maker's name.
_LEFT_OUT = {
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
_KEPT_PROPERTIES = {"title", "subject", "creator", "language"}


def blank() -> File:
    """An empty file with our styles and A4 pages, and with no trace of when or where."""
    file = docx.Document()
    package = file.part.package
    for rels in (package.rels, file.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in _LEFT_OUT]:
            del rels[key]
    _write_styles(file)
    _write_settings(file)
    shape(file.sections[0], wide=False)
    return file


def shape(section: Section, *, wide: bool) -> None:
    """A4, upright or `wide`, with the same margins."""
    width, height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = _TOP
    section.header_distance = section.footer_distance = Mm(12)


def room(*, wide: bool) -> int:
    """How wide the text is, in twentieths of a point."""
    return round(((_LONG if wide else _SHORT) - 2 * _SIDE) / 635)


def describe(file: File, title: str, subject: str) -> None:
    """Title and language for screen readers and registers; no person, day or place."""
    told = file.core_properties
    told.title, told.subject = title[:255], subject[:255]
    told.author, told.language = "Samverkan", LANGUAGE
    root = file.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element
    for each in list(root):
        if each.tag.rpartition("}")[2] not in _KEPT_PROPERTIES:
            root.remove(each)


def _write_settings(file: File) -> None:
    """As the newest Word has them, with the decimal comma."""
    settings = file.settings.element
    for each in list(settings):
        settings.remove(each)
    word = "http://schemas.microsoft.com/office/word"
    mode = element("compatSetting", name="compatibilityMode", uri=word, val=15)
    settings.extend(
        [
            element("defaultTabStop", val=720),
            element("autoHyphenation"),
            element("characterSpacingControl", val="doNotCompress"),
            element("compat", mode),
            element("themeFontLang", val=LANGUAGE),
            element("decimalSymbol", val=","),
            element("listSeparator", val=";"),
        ]
    )


def _write_styles(file: File) -> None:
    styles = file.styles.element
    for each in list(styles):
        if each.tag in (qn("w:style"), qn("w:docDefaults")):
            styles.remove(each)
    styles.insert(0, parse_xml(_DEFAULTS))
    made = (*_BASES, *map(_style, (*_STYLES, *_OWN_STYLES)), _TABLE)
    styles.extend(parse_xml(each) for each in made)


_W = nsdecls("w")
_DEFAULTS = f"""<w:docDefaults {_W}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}"/>
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:suppressAutoHyphens/>
<w:spacing w:after="140" w:line="271" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"""
_BASES = (
    f"""<w:style {_W} w:type="paragraph" w:default="1" w:styleId="Normal">
<w:name w:val="Normal"/><w:qFormat/><w:rPr><w:lang w:val="{LANGUAGE}"/></w:rPr></w:style>""",
    f"""<w:style {_W} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>""",
    f"""<w:style {_W} w:type="table" w:default="1" w:styleId="TableNormal">
<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/>
<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>""",
    f"""<w:style {_W} w:type="numbering" w:default="1" w:styleId="NoList">
<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>""",
)
_KEEP = "<w:keepNext/><w:keepLines/>"
_BOLD = "<w:b/><w:bCs/>"
_TAB = '<w:tabs><w:tab w:val="{kind}" w:pos="{at}"/></w:tabs>'
# Of cells: a word that has no room is broken where it may be.
_TIGHT = """<w:suppressAutoHyphens w:val="0"/>
<w:spacing w:before="30" w:after="30" w:line="252" w:lineRule="auto"/>"""


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _heading(level: int, points: float, before: int) -> tuple[str, str, str, str]:
    spacing = f'<w:spacing w:before="{before}" w:after="100"/>'
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    look = f"{_KEEP}{spacing}{outline}"
    return f"Heading{level}", f"heading {level}", look, _BOLD + _size(points)


def _entry(level: int, indent: int) -> tuple[str, str, str, str]:
    tab = _TAB.format(kind="right", at=room(wide=False))
    look = f'{tab}<w:spacing w:after="40"/><w:ind w:left="{indent}" w:right="700"/>'
    return f"TOC{level}", f"toc {level}", look, ""


# Id, name, look of the paragraph, look of its letters: those that Word knows by these names.
_STYLES = (
    _heading(1, 18, 0),
    _heading(2, 14, 400),
    _heading(3, 12, 300),
    _heading(4, 11, 240),
    ("Subtitle", "Subtitle", '<w:spacing w:after="240"/>', _size(12)),
    ("TOCHeading", "TOC Heading", f'{_KEEP}<w:spacing w:before="240"/>', _BOLD + _size(14)),
    _entry(2, 0),
    _entry(3, 340),
    ("Caption", "caption", f'{_KEEP}<w:spacing w:before="200" w:after="80"/>', _BOLD + _size(10)),
    ("Header", "header", '<w:spacing w:after="0"/>', _size(9)),
    ("Footer", "footer", '<w:spacing w:after="0"/><w:jc w:val="right"/>', _size(9)),
)
_OWN_STYLES = (
    ("Picture", "Diagram", '<w:spacing w:before="200" w:after="240"/>', ""),
    (
        "Note",
        "Anmärkning",
        '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="auto"/></w:pBdr>'
        '<w:ind w:left="227"/>',
        _size(10),
    ),
    (
        "Fact",
        "Uppgift",
        f"{_TAB.format(kind='left', at=3402)}"
        '<w:spacing w:after="60"/><w:ind w:left="3402" w:hanging="3402"/>',
        "",
    ),
    ("TableText", "Tabelltext", _TIGHT, _size(9.5)),
    ("TableHeading", "Tabellrubrik", f"<w:keepNext/>{_TIGHT}", _BOLD + _size(9.5)),
    ("SmallTableText", "Tabelltext, liten", _TIGHT, _size(8.5)),
    ("SmallTableHeading", "Tabellrubrik, liten", f"<w:keepNext/>{_TIGHT}", _BOLD + _size(8.5)),
    ("AfterTable", "Efter tabell", '<w:spacing w:after="80" w:line="200"/>', _size(6)),
)


def _style(parts: tuple[str, str, str, str]) -> str:
    key, name, look, letters = parts
    own = ' w:customStyle="1"' if parts in _OWN_STYLES else ""
    follower = "Normal" if key.startswith("Heading") else key
    return f"""<w:style {_W} w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name}"/>
<w:basedOn w:val="Normal"/><w:next w:val="{follower}"/><w:qFormat/><w:pPr>{look}</w:pPr>
<w:rPr>{letters}</w:rPr></w:style>"""


_LINE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
_TABLE = f"""<w:style {_W} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="Rapporttabell"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
{"".join(_LINE.format(side=side) for side in ("top", "bottom", "insideH"))}</w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0"
w:color="auto"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>"""
