"""Files that are no sheets, broken ones and hostile ones: a sentence each, never a crash."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.sheets import MAX_BYTES, MAX_ROWS, SheetError, read_sheet, write_xlsx

GOOD = write_xlsx(["Namn", "Titel"], [["Bo", "chef"]], "Ledamöter")
ROWS = "xl/worksheets/sheet1.xml"


def changed(part: str, new: bytes) -> bytes:
    """The good workbook with one part put in, or put in the place of another."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(content, "w") as book:
        for each in old.infolist():
            if each.filename != part:
                book.writestr(each, old.read(each))
        book.writestr(part, new, compress_type=zipfile.ZIP_DEFLATED)
    return content.getvalue()


def sheet_xml(rows: str, prolog: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{prolog}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def refusal(content: bytes) -> str:
    with pytest.raises(SheetError) as refused:
        read_sheet(content, "lista.xlsx")
    return str(refused.value)


OTHERS = {
    b"": "Filen är tom.",
    b" \r\n": "Filen är tom.",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "äldre Excelfil eller skyddad med lösenord",
    b"%PDF-1.7": "Filen är en PDF.",
    b"{\\rtf1": "Filen är ett textdokument.",
    b"<html><table>": "Filen är en webbsida",
    b"\xef\xbb\xbf<?xml version='1.0'?>": "Filen är en webbsida",
    b"\x89PNG\r\n\x1a\n\0\0\0": "lista.xlsx går inte att läsa",
    b"N\0a\0m\0n\0": "lista.xlsx går inte att läsa",
    b"PK\x03\x04 och inget mer": "Filen är skadad",
    GOOD[: len(GOOD) // 2]: "Filen är skadad",
    changed("xl/vbaProject.bin", b"x"): "Filen innehåller makron",
    changed("content.xml", b"<a/>"): "Filen är inte sparad som .xlsx",
    changed("xl/workbook.bin", b"x"): "Filen är inte sparad som .xlsx",
    changed("xl/workbook.xml", b"<a/>"): "Filen är",
    changed(ROWS, b"<inte xml"): "Filen är skadad",
    b"x" * (MAX_BYTES + 1): "Filen är större än 10 MB",
}


@pytest.mark.parametrize("content", OTHERS, ids=lambda each: OTHERS[each])
def test_what_is_no_sheet_is_refused_with_what_to_do(content):
    sentence = refusal(content)
    assert OTHERS[content] in sentence
    assert re.search(r"(Öppna|Välj|Be om|Dela upp) ", sentence)


def test_a_file_that_unpacks_to_very_much_is_not_unpacked():
    assert "för stor när den packas upp" in refusal(changed("xl/media/a.xml", b" " * 70_000_000))


def test_entities_within_entities_are_not_written_out():
    inner = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<!DOCTYPE a [<!ENTITY a0 "{"a" * 100}">{inner}]>'
    rows = f'<row r="1">{cell("A1", "&a9;")}</row>'
    assert "Filen är skadad" in refusal(changed(ROWS, sheet_xml(rows, prolog)))


def test_a_row_that_says_it_is_the_thousand_millionth_is_not_waited_for():
    rows = f'<row r="9999999999">{cell("A9999999999", "x")}</row>'
    assert "Filen är skadad" in refusal(changed(ROWS, sheet_xml(rows)))


def test_rows_that_are_only_coloured_to_the_end_of_the_sheet_are_blank():
    table = f'<row r="1">{cell("A1", "Namn")}{cell("B1", "Titel")}</row>'
    table += f'<row r="2">{cell("A2", "Bo")}<c r="XFD2" s="1"/></row><row r="1048576"/>'
    sheet = read_sheet(changed(ROWS, sheet_xml(table)), "x.xlsx")
    assert [row.cells for row in sheet.rows] == [["Bo", ""]]


def test_a_table_may_have_twenty_thousand_rows_and_two_hundred_columns_and_no_more():
    rows = "Namn;Titel\n" + "Bo;chef\n" * MAX_ROWS
    assert len(read_sheet(rows.encode(), "x.csv").rows) == MAX_ROWS
    assert "fler än 20 000 rader" in refusal(f"{rows}Ek;chef\n".encode())
    wide = ";".join(f"k{letter}{again}" for letter in "abcdefghij" for again in range(20))
    assert len(read_sheet(f"{wide}\n{wide}\n".encode(), "x.csv").headings) == 200
    assert "fler än 200 kolumner" in refusal(f"{wide};kk\n{wide}\n".encode())


def answer(content: bytes) -> str:
    try:
        return f"{len(read_sheet(content, 'x').rows)} rader."
    except SheetError as refused:
        return str(refused)


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(at, byte):
    assert answer(GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]).endswith(".")


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    assert answer(content).endswith(".")
