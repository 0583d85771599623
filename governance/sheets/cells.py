"""One cell: what it holds as text, and what day or number such a text is."""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from governance.swedish import MONTHS

# What a spreadsheet would take for a formula. One that stands after apostrophes is guarded
# too, so that `restore` gives back exactly what was.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_PHONE = re.compile(r"\+[\d ()/-]+")

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0x200B, 0xFEFF])
# Half a letter, and what is none: no workbook can hold it.
_UNSEEN |= dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF])

_OPEN_END = {"", "-", "–", "—", "tills vidare", "t.v.", "tv"}
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::[\d.]+)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(?:den )?(\d{1,2})(?::?[ae])? ([a-zå]+)\.?,? (\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})[-/ ](\d{4})")
# Days are counted from here in Excel; the numbers are those of 1954-10-03 to 2199-12-31.
_EXCEL_ZERO = datetime.date(1899, 12, 30)
_SERIALS = range(20000, 109575)
_EXAMPLE = "Skriv datumet som 2025-03-01."


class SheetError(ValueError):
    """What is wrong with a file or a cell and what to do about it: sentences in Swedish."""


def clean(text: str) -> str:
    """`text` with plain blanks and line breaks, nothing unseen, letters in one piece, stripped."""
    if text.isprintable() and "_x000D_" not in text:  # no blank but the plain one is printable
        return unicodedata.normalize("NFC", text).strip()
    broken = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", broken.translate(_BLANKS).translate(_UNSEEN)).strip()


def cell_text(value: object) -> str:
    """What a cell holds, as text: days in ISO, whole numbers without decimals, no guard.

    A Decimal, which no file holds but we write, gets its comma.
    """
    match value:
        case str():
            return restore(clean(value))
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case datetime.date():
            return value.isoformat()
        case Decimal():
            return _without_zeros(value).replace(".", ",")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _without_zeros(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def neutralise(text: str) -> str:
    """`text` with an apostrophe first where a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restore(text: str) -> str:
    """What `neutralise` was given."""
    return text[1:] if _GUARDED.match(text) else text


def is_phone_number(text: str) -> bool:
    """Whether `text` is a number with + first, which can be no formula in a cell of text."""
    return _PHONE.fullmatch(text) is not None


def read_cell_day(text: str) -> datetime.date | None:
    """The day that a cell holds; None for an empty one and for "tills vidare".

    Takes 2024-05-03 (also with a time, or with / or .), 20240503, 3 maj 2024, 3.5.2024,
    27/5 2024 and the day numbers of Excel. Raises SheetError for what is no day, and for
    3/5 2024, which could be two.
    """
    words = " ".join(text.lower().split())
    if words in _OPEN_END:
        return None
    parts = _day_parts(words)
    if parts is None:
        raise SheetError(f"{text.strip()[:40]} är inget datum. {_EXAMPLE}")
    try:
        return datetime.date(*parts)
    except ValueError:
        raise SheetError(f"{text.strip()[:40]} finns inte i almanackan. {_EXAMPLE}") from None


def _day_parts(words: str) -> tuple[int, int, int] | None:
    """Year, month and day as they stand in the text, not yet known to be a day."""
    if found := _YEAR_FIRST.fullmatch(words.upper()):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _COMPACT.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _WORDS.fullmatch(words):
        month = _month(found[2])
        return (int(found[3]), month, int(found[1])) if month else None
    if found := _DOTTED.fullmatch(words):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _SLASHED.fullmatch(words):
        return _day_and_month(words, int(found[1]), int(found[2]), int(found[3]))
    if words.isascii() and words.isdigit() and int(words) in _SERIALS:
        day = _EXCEL_ZERO + datetime.timedelta(days=int(words))
        return day.year, day.month, day.day
    return None


def _month(word: str) -> int:
    """5 for maj, 9 for september, sept and sep; 0 for what is no month."""
    found = [month for month in MONTHS if len(word) >= 3 and month.startswith(word)]
    return MONTHS.index(found[0]) + 1 if found else 0


def _day_and_month(words: str, first: int, second: int, year: int) -> tuple[int, int, int]:
    if first <= 12 and second <= 12 and first != second:
        raise SheetError(f"{words} kan betyda två olika dagar. {_EXAMPLE}")
    return (year, second, first) if second <= 12 else (year, first, second)


def read_cell_number(text: str) -> Decimal | None:
    """The number that a cell holds, with decimal comma or point; None for an empty one.

    Blanks between thousands are taken away. Raises SheetError for what is no number.
    """
    plain = "".join(text.split()).replace("−", "-").replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise SheetError(f"{text.strip()[:40]} är inget tal. Skriv till exempel 2 eller 2,5.")
    return number
