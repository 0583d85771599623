"""Which letters a PDF can show, and where a long word may be broken."""

import functools
import re
import unicodedata
from pathlib import Path

_BOX = "\u25a1"
_HERE = "\0"  # marks where a word may be broken; taken out of what was written
_LONGEST = 40  # letters of a word in Swedish; those are hyphenated
_UNBROKEN = re.compile(r"\S{17,}")
_ADDRESS = re.compile(r"@|://|^www\.")
_SIGN = re.compile(r"(?<=[@./_?&=])(?=\w)")
# Not before what belongs to the letter before it.
_ANYWHERE = re.compile(r".{8,}?(?<!\u200d)(?=[^\u0300-\u036f\u200d\ufe00-\ufe0f])")


@functools.cache
def fonts() -> Path:
    """The folder of DejaVu Sans, which comes with the library that draws the plots."""
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf")


@functools.cache
def _shown() -> frozenset[str]:
    """Every character of that font but the mark of byte order, which PDF/UA forbids."""
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(fonts() / "DejaVuSans.ttf").get_charmap())) - {"\ufeff"}


def plain(text: str) -> str:
    """The text on one line."""
    return " ".join(_lines(text))


def title(text: str) -> str:
    """The text on one line, or a dash for one in which nothing is seen, which PDF/UA forbids."""
    line = plain(text)
    return line if any(unicodedata.category(letter)[0] not in "ZC" for letter in line) else "–"


def pieces(text: str) -> list[list[str]]:
    """Each line of the text, in pieces: it may be broken between them, but no hyphen is put there.

    A box stands for a letter that no font has; what is never seen is left out.
    """
    return [
        [piece for piece in _UNBROKEN.sub(_broken, line).split(_HERE) if piece] or [""]
        for line in _lines(text)
    ]


def _lines(text: str) -> list[str]:
    lines = unicodedata.normalize("NFC", text).splitlines() or [""]
    return ["".join(map(_letter, line)) for line in lines]


def _letter(letter: str) -> str:
    if letter in _shown():
        return letter
    if letter == "\t":
        return " "
    return "" if unicodedata.category(letter) in ("Cc", "Cf") else _BOX


def _broken(word: re.Match[str]) -> str:
    """Addresses after their signs; what is longer than any word, anywhere."""
    if _ADDRESS.search(word[0]):
        return _HERE + _SIGN.sub(_HERE, word[0]) + _HERE
    if len(word[0]) > _LONGEST:
        return _HERE + _ANYWHERE.sub(lambda some: some[0] + _HERE, word[0]) + _HERE
    return word[0]
