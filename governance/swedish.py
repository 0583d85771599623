"""Swedish search and order, the same on every database.

SQLite folds only a–z and sorts å ä ö by code point; PostgreSQL depends on how its
server was set up. So what is searched and sorted is worked out here, stored beside
the text, and compared as plain characters.
"""

import datetime
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models

MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
_ALPHABET = " 0123456789abcdefghijklmnopqrstuvwxyzåäö"
# Two digits a letter: every collation puts digits in the same order.
_PLACES = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET, start=10)}
# å, ä and ö are letters of their own; their Nordic cousins sort with them.
_LETTERS = {"å": "å", "ä": "ä", "ö": "ö", "æ": "ä", "ø": "ö"}


def fold(text: str) -> str:
    """`text` in lower case, one space between words, accents off but for å, ä and ö."""
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return words if words.isascii() else "".join(map(_plain, words))


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _LETTERS:
        return _LETTERS[letter]
    return "".join(
        part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)
    )


def sort_key(text: str) -> str:
    """Digits that sort as `text` does in Swedish: … X, Y, Z, Å, Ä, Ö; case is ignored."""
    spaced = "".join(letter if letter in _PLACES else " " for letter in fold(text))
    return "".join(_PLACES[letter] for letter in " ".join(spaced.split()))


class SearchKey(models.CharField):
    """The folded text of `sources`, worked out whenever the row is saved.

    Ask it with `contains=fold(words)`. Like every column, it is saved by
    `save(update_fields=…)` only when it is named there.
    """

    def __init__(self, *args: Any, sources: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.sources = tuple(sources)
        kwargs.setdefault("max_length", 600)
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True, "default": ""})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("editable", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        texts = [str(getattr(model_instance, source) or "") for source in self.sources]
        value = self.work_out(texts)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

    def work_out(self, texts: list[str]) -> str:
        return fold(" | ".join(texts))


class SortKey(SearchKey):
    """The Swedish sort key of the first of `sources`; order by this column."""

    def work_out(self, texts: list[str]) -> str:
        return sort_key(texts[0])


def in_words(day: datetime.date) -> str:
    """A day in running text: 27 augusti 2019."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spaced(number: int) -> str:
    """`10 000`: thousands apart, by a blank that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


def figure(number: Decimal) -> str:
    """`20 596`, `76,8`, `−3`: decimal comma, no zeros at the end, blanks that do not break."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    decimals = decimals.rstrip("0")
    text = spaced(int(whole)) + (f",{decimals}" if decimals else "")
    return f"−{text}" if number < 0 and text != "0" else text


def measured(number: Decimal, unit: str) -> str:
    """A figure with its unit: `9 %`, `20 596 per 100 000 invånare`, and of "antal" the figure."""
    return figure(number) if unit == "antal" else f"{figure(number)}\u00a0{unit}"


def counted(number: int, one: str, many: str) -> str:
    """`1 plats`, `0 platser`, `12 000 platser`."""
    return f"{spaced(number)} {one if number == 1 else many}"


def phone_number(stored: str) -> str:
    """A number stored as +46701234567, as it is read: 070-123 45 67; others as they are."""
    if not stored.startswith("+46"):
        return stored
    number = stored.removeprefix("+46")
    area = 1 if number.startswith("8") else 2
    rest = number[area:]
    if len(rest) == 8:
        return f"0{number[:area]}-{rest[:3]} {rest[3:5]} {rest[5:]}"
    first = 2 + len(rest) % 2
    pairs = [rest[place : place + 2] for place in range(first, len(rest), 2)]
    return f"0{number[:area]}-{' '.join([rest[:first], *pairs])}"


def listed(words: Iterable[str], joined: str = "och") -> str:
    """`Bromma`, `Bromma och Farsta`, `Bromma, Farsta och Järva`; or with `eller`."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} {joined} {last}" if first else last
