"""Sheets as people send them are read as they meant, and written so that they come back."""

import codecs
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from governance.sheets import (
    Row,
    SheetError,
    neutralise,
    read_cell_day,
    read_cell_number,
    read_pasted,
    read_sheet,
    restore,
    write_csv,
    write_xlsx,
)
from governance.sheets.cells import clean
from tests.days import day

HEADINGS = ["Förnamn", "E-post", "Från och med"]
OWN = "Styrgrupp Farsta, uppdaterad 3 maj\r\n\r\nFörnamn;E-post;Från och med\r\nÅsa;å@b.se;{}\r\n"


def workbook(*lines: list[object], title_of_first: str = "") -> bytes:
    """A workbook with the lines in its last sheet, behind an empty one when that has a title."""
    book = Workbook()
    if title_of_first:
        book.active.title = title_of_first
        book.create_sheet("Lista")
    for line in lines:
        book.worksheets[-1].append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# -- text files ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("when", ["2024-05-03", "45415", "3 maj 2024", "20240503"])
def test_a_swedish_file_from_excel_is_read_with_its_own_row_numbers(encoding, when):
    sheet = read_sheet(OWN.format(when).encode(encoding), "farsta.csv")
    assert sheet.headings == HEADINGS
    assert sheet.heading_row == 3
    assert sheet.rows == [Row(4, ["Åsa", "å@b.se", when])]
    assert read_cell_day(sheet.rows[0].cells[2]) == day("2024-05-03")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_text_saved_as_unicode_by_excel_has_tabs_and_two_bytes_a_letter(mark):
    text = "Förnamn\tEfternamn\r\nÅsa\tÖberg\r\n"
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert read_sheet(mark + text.encode(encoding), "x.txt").rows == [Row(2, ["Åsa", "Öberg"])]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_what_parts_the_cells_is_seen_in_the_lines(delimiter):
    lines = ["Namn|Titel|Telefon", 'Ek, Åsa|chef, tf|"08|1"', "Bo|samordnare|08-2"]
    text = "\n".join(lines)
    if delimiter == ",":
        text = text.replace("Ek, Åsa", '"Ek, Åsa"').replace("chef, tf", '"chef, tf"')
    sheet = read_sheet(text.replace("|", delimiter).encode(), "x.csv")
    assert sheet.headings == ["Namn", "Titel", "Telefon"]
    assert sheet.rows[0].cells == ["Ek, Åsa", "chef, tf", f"08{delimiter}1".strip()]


def test_a_first_line_that_tells_excel_the_separator_is_no_row():
    sheet = read_sheet(b"sep=,\r\nNamn,Titel\r\nBo;Ek,chef\r\n", "x.csv")
    assert sheet.rows == [Row(2, ["Bo;Ek", "chef"])]


def test_a_line_break_within_quotation_marks_stays_in_its_cell_and_counts_as_one_row():
    text = 'Namn;Adress\r\nÅsa;"Gatan 1\r\n123 45 Farsta"\r\n\r\nBo;Gatan 2\r\n'
    assert read_sheet(text.encode("cp1252"), "x.csv").rows == [
        Row(2, ["Åsa", "Gatan 1\n123 45 Farsta"]),
        Row(4, ["Bo", "Gatan 2"]),
    ]


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows_in_silence():
    with pytest.raises(SheetError, match="Rad 3 har ett citattecken"):
        read_sheet(b'Namn;Titel\nBo;chef\n"Eva;chef\nEk;chef\n', "x.csv")


def test_blanks_that_are_not_seen_and_letters_in_two_pieces_are_made_plain():
    text = "Namn;Telefon\n\u200b A\u030asa \u00a0;\u00a008\u00a0123 \n"
    assert read_sheet(text.encode(), "x.csv").rows == [Row(2, ["Åsa", "08 123"])]


# -- where the table is -------------------------------------------------------------------


def test_titles_and_notes_above_the_headings_are_left_out():
    text = "Ledamöter;Farsta\nUppdaterad;3 maj 2024\n\nNamn;Titel;E-post;Telefon;Roll\n"
    sheet = read_sheet((text + "Bo;chef;b@x.se;08;ledamot\n").encode(), "x.csv")
    assert sheet.headings == ["Namn", "Titel", "E-post", "Telefon", "Roll"]
    assert sheet.heading_row == 4
    assert [row.number for row in sheet.rows] == [5]


@pytest.mark.parametrize("headings", ["Namn;Titel;E-post", "Vem;Var;Hur;Post"])
def test_a_title_of_two_cells_is_no_row_of_headings(headings):
    cells = "Bo;chef;b@x.se;ledamot".split(";")[: headings.count(";") + 1]
    sheet = read_sheet(f"Styrgrupp;Farsta\n{headings}\n{';'.join(cells)}\n".encode(), "x.csv")
    assert (sheet.headings, sheet.heading_row) == (headings.split(";"), 2)


def test_a_title_with_a_comma_in_a_file_with_commas_is_no_row_of_headings():
    text = "Styrgrupp Farsta, uppdaterad 3 maj\nNamn,Titel,E-post\nBo Ek,chef,b@x.se\n"
    assert read_sheet(text.encode(), "x.csv").heading_row == 2


def test_two_headings_of_four_columns_are_enough_where_no_row_has_more():
    sheet = read_sheet(b"Namn;E-post\nBo;b@x.se;08 12;obs 1\nEk;e@x.se;08 13;\n", "x.csv")
    assert sheet.headings == ["Namn", "E-post", "Kolumn C", "Kolumn D"]


def test_columns_without_heading_are_called_by_their_letter_and_empty_ones_are_left_out():
    sheet = read_sheet(b"Namn;;Titel;;\nBo;;chef;;obs\n;;\nEk;;chef\n", "x.csv")
    assert sheet.headings == ["Namn", "Titel", "Kolumn E"]
    assert sheet.rows == [Row(2, ["Bo", "chef", "obs"]), Row(4, ["Ek", "chef", ""])]


@pytest.mark.parametrize("text", ["Bo;b@x.se;08 12\nEk;e@x.se;08 13\n", "bara en kolumn\nBo\nEk\n"])
def test_a_file_without_headings_is_refused_with_what_to_do(text):
    with pytest.raises(SheetError, match=r"Hittade ingen rubrikrad\. Skriv rubriker"):
        read_sheet(text.encode(), "x.csv")


# -- workbooks ----------------------------------------------------------------------------


def test_a_workbook_gives_days_in_iso_and_whole_numbers_without_decimals():
    line = [datetime.date(2024, 5, 3), datetime.datetime(2024, 5, 3), 701234567, 2.0, 2.5, True]
    timed = [datetime.datetime(2024, 5, 3, 14, 30), None, "+46 8 1", "'=1", " x ", False]
    headings = ["Dag", "Dag 2", "Telefon", "Antal", "Del", "Ja"]
    content = workbook([], ["Lista över ledamöter"], headings, line, [], timed)
    sheet = read_sheet(content, "x.xlsx")
    assert sheet.rows == [
        Row(4, ["2024-05-03", "2024-05-03", "701234567", "2", "2.5", "ja"]),
        Row(6, ["2024-05-03 14:30", "", "+46 8 1", "=1", "x", "nej"]),
    ]


def test_the_first_sheet_that_holds_anything_is_read_and_hidden_ones_are_not():
    content = workbook(["Namn", "Titel"], ["Bo", "chef"], title_of_first="Tom")
    assert read_sheet(content, "x.xlsx").rows == [Row(2, ["Bo", "chef"])]
    book = load_workbook(io.BytesIO(content))
    book.worksheets[1].sheet_state = "hidden"
    hidden = io.BytesIO()
    book.save(hidden)
    with pytest.raises(SheetError, match="Filen är tom"):
        read_sheet(hidden.getvalue(), "x.xlsx")


def test_a_sheet_with_words_of_its_own_before_the_list_is_passed_over():
    book = load_workbook(io.BytesIO(workbook(["Namn", "Titel"], ["Bo", "chef"])))
    book.create_sheet("Läs detta", 0).append(["Fyll i listan på nästa flik."])
    content = io.BytesIO()
    book.save(content)
    assert read_sheet(content.getvalue(), "x.xlsx").rows == [Row(2, ["Bo", "chef"])]


# -- what is pasted -----------------------------------------------------------------------


def test_cells_copied_from_excel_may_hold_line_breaks_and_quotation_marks():
    sheet = read_pasted('Namn\tTitel\r\nÅsa "Ås" Ek\t"chef\n(tf)"\r\n')
    assert sheet.rows == [Row(2, ['Åsa "Ås" Ek', "chef\n(tf)"])]
    assert read_pasted('Namn\tTitel\n"5:an" Ek\tchef\n').rows == [Row(2, ['"5:an" Ek', "chef"])]


def test_a_pasted_list_without_tabs_is_read_as_a_file_is():
    assert read_pasted("Namn;Titel\nBo;chef").rows == [Row(2, ["Bo", "chef"])]
    with pytest.raises(SheetError, match="Inget är inklistrat"):
        read_pasted(" \n ")


# -- there and back -----------------------------------------------------------------------

CELLS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="'=+-@\t\r\n\";, _x0Då", max_size=8),
    st.sampled_from(["+46 8 508 00 000", "=1+1", "'=1", "''-", "-", "07", "1e5", "_x000D_"]),
    st.dates(min_value=datetime.date(1900, 3, 1), max_value=datetime.date(2199, 12, 30)),
    st.none(),
)
LINES = st.lists(st.tuples(*[CELLS] * len(HEADINGS)), max_size=6)


@pytest.mark.parametrize("write", [write_csv, lambda *parts: write_xlsx(*parts, "Ledamöter")])
@settings(max_examples=150, deadline=None)
@given(lines=LINES)
def test_what_is_written_is_read_back_cell_by_cell(write, lines):
    expected = [
        Row(number, cells)
        for number, line in enumerate(lines, start=2)
        if any(cells := [seen_in(value) for value in line])
    ]
    sheet = read_sheet(write(HEADINGS, lines), "x")
    assert sheet.headings == HEADINGS
    assert sheet.rows == expected


def seen_in(value: object) -> str:
    """What a cell gives back: the day in ISO, or all of the text that can be seen."""
    return clean(value) if isinstance(value, str) else str(value or "")


@given(st.text(alphabet="'=+-@\t\ra ", max_size=6))
def test_no_text_is_a_formula_once_it_is_neutralised_and_all_are_restored(text):
    guarded = neutralise(text)
    assert guarded[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert restore(guarded) == text


def test_a_workbook_keeps_phone_numbers_as_text_and_guards_what_excel_would_run():
    row = ["=HYPERLINK(1)", "+46 8 508 00 000", day("2026-11-23")]
    choices = {"Förnamn": ["Bo", "Ek"]}
    content = write_xlsx(
        HEADINGS, [row], "Ledamöter: Farsta", choices=choices, days=["Från och med"]
    )
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    first, phone, when = next(sheet.iter_rows(min_row=2))
    assert (first.value, first.data_type) == ("'=HYPERLINK(1)", "s")
    assert (phone.value, phone.data_type) == ("+46 8 508 00 000", "s")
    assert (when.is_date, when.number_format) == (True, "yyyy-mm-dd")
    assert sheet.title == "Ledamöter  Farsta"
    assert sheet.freeze_panes == "A2"
    formats = [sheet.column_dimensions[letter].number_format for letter in "ABC"]
    assert formats == ["@", "@", "yyyy-mm-dd"]
    assert sheet["A1"].font.b
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ['"Bo,Ek"']


def test_a_text_file_opens_in_swedish_excel_and_runs_nothing():
    content = write_csv(HEADINGS, [["=1+1", "+46 8", day("2026-11-23")]])
    assert content.startswith(codecs.BOM_UTF8)
    assert content.decode("utf-8-sig") == (
        "Förnamn;E-post;Från och med\r\n'=1+1;'+46 8;2026-11-23\r\n"
    )


# -- days and numbers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["2024-05-03", "2024-5-3", "2024/05/03", "2024-05-03 00:00:00", "2024-05-03T10:30:00.000"]
    + ["20240503", "45415", "3 maj 2024", "den 3:e maj 2024", "3.5.2024", " 2024-05-03 "],
)
def test_a_day_is_read_as_it_is_written_in_sheets(text):
    assert read_cell_day(text) == day("2024-05-03")


def test_a_day_before_a_month_is_read_when_it_can_mean_nothing_else():
    assert read_cell_day("27/5 2024") == read_cell_day("5/27/2024") == day("2024-05-27")
    assert read_cell_day("1 Sept. 2024") == day("2024-09-01")


@pytest.mark.parametrize("text", ["", " ", "-", "–", "tills vidare", "Tills  vidare"])
def test_an_open_end_is_no_day(text):
    assert read_cell_day(text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3/5 2024", "3/5 2024 kan betyda två olika dagar. Skriv datumet som 2025-03-01."),
        ("2024-02-30", "2024-02-30 finns inte i almanackan. Skriv datumet som 2025-03-01."),
        ("våren 2024", "våren 2024 är inget datum. Skriv datumet som 2025-03-01."),
        ("3 ma 2024", "3 ma 2024 är inget datum. Skriv datumet som 2025-03-01."),
        ("2024", "2024 är inget datum. Skriv datumet som 2025-03-01."),
        ("240503", "240503 är inget datum. Skriv datumet som 2025-03-01."),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(SheetError) as refusal:
        read_cell_day(text)
    assert str(refusal.value) == sentence


def test_a_number_may_have_comma_or_point_and_blanks_between_thousands():
    assert [read_cell_number(text) for text in ["2,5", "2.5", "1 200", "", "−3"]] == [
        *[pytest.approx(2.5)] * 2, 1200, None, -3,
    ]  # fmt: skip
    with pytest.raises(SheetError, match="två är inget tal"):
        read_cell_number("två")
