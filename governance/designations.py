"""A property's name in the register (fastighetsbeteckning), read as people write it.

A designation is built on a tract with block and unit (`Kristineberg 1:10`), or on the name
of a quarter with a unit alone (`Kvarnvingen 3`). Block `S` is a samfällighet: land in common,
not a property to be staffed. Everything here takes time in proportion to the text.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from governance.municipalities import municipality_in_front
from governance.swedish import fold

COMMON = "S"
_LONGEST = 200
_LONGEST_TRACT = 120
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_QUARTER = re.compile(r"(?:kvarteret|kvarter|kv)\b\.? ?", re.IGNORECASE)
_WORD = re.compile(r"(?:fastigheten|fastighet)\b:? ?", re.IGNORECASE)
_REST = re.compile(
    r"(?P<tract>[^0-9:]*[^0-9:\s]) (?:(?P<block>[0-9]{1,10}|[Ss]) ?: ?)?(?P<unit>[0-9]{1,10})"
)
_NUMBER_WORD = re.compile(r" nr\.?$", re.IGNORECASE)
_UNIT = re.compile(r"(?:(?P<block>[0-9]{1,10}|[Ss]) ?: ?)?(?P<unit>[0-9]{1,10})")
_NEXT = re.compile(r"[,;\n]| och | samt ")


@dataclass(frozen=True)
class Designation:
    """`municipality` is empty when the text does not say it; `block` when there is none."""

    municipality: str
    tract: str
    block: str
    unit: str

    @property
    def text(self) -> str:
        """`Stockholm Kristineberg 1:10`, `Kvarnvingen 3`."""
        unit = f"{self.block}:{self.unit}" if self.block else self.unit
        return f"{self.municipality} {self.tract} {unit}".strip()

    @property
    def key(self) -> str:
        """The same for the same property, however it was written."""
        return fold(self.text)

    @property
    def in_common(self) -> bool:
        """Whether it is a samfällighet."""
        return self.block == COMMON

    def within(self, municipality: str) -> "Designation":
        """With that municipality where the text itself says no other.

        One that is not among the Swedish ones is found in front of the tract here.
        """
        if self.municipality or not municipality:
            return self
        tract = self.tract
        if fold(tract).startswith(f"{fold(municipality)} "):
            tract = tract.split(maxsplit=len(municipality.split()))[-1]
        return replace(self, municipality=municipality, tract=tract)


def read_designation(text: str) -> Designation | None:
    """The one property that the text names, or None.

    Spaces are collapsed, `kv.` is dropped, case does not matter, and the name of a Swedish
    municipality may stand in front. A text over 200 characters names no property.
    """
    municipality, rest = _parts(text)
    found = _REST.fullmatch(rest)
    name = _NUMBER_WORD.sub("", found["tract"]) if found else ""
    if found is None or not _is_name(name):
        return None
    tract = _cased(_QUARTER.sub("", name, count=1) if _QUARTER.match(name) else name)
    return Designation(municipality, tract, _number(found["block"] or ""), _number(found["unit"]))


def read_designations(text: str) -> list[Designation] | None:
    """All that one cell names: `Kvarnvingen 3, 4 och 5`; None when any of it cannot be read."""
    if len(text) > 10 * _LONGEST:
        return None
    found: list[Designation] = []
    for part in filter(str.strip, _NEXT.split(text)):
        one = read_designation(part)
        unit = _UNIT.fullmatch(" ".join(part.split()))
        if one is None and unit and found:
            last = found[-1]
            block = _number(unit["block"] or "") or last.block
            one = replace(last, block=block, unit=_number(unit["unit"]))
        if one is None:
            return None
        if found and not one.municipality:
            one = one.within(found[-1].municipality)
        found.append(one)
    return list(dict.fromkeys(found)) or None


def read_quarter(text: str) -> str:
    """The quarter of a text that names one without a unit, `kv. Kvarnvingen`; else empty."""
    rest = _parts(text)[1]
    found = _QUARTER.match(rest)
    name = rest[found.end() :] if found else ""
    return _cased(name) if _is_name(name) and not re.search(r"[0-9:]", name) else ""


def _parts(text: str) -> tuple[str, str]:
    """The municipality in front, or nothing, and what follows it."""
    if len(text) > 10 * _LONGEST:
        return "", ""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES)
    rest = " ".join(plain.split()).strip(" .,;")
    if len(rest) > _LONGEST:
        return "", ""
    rest = _WORD.sub("", rest, count=1) if _WORD.match(rest) else rest
    return municipality_in_front(rest)


def _is_name(text: str) -> bool:
    name = _QUARTER.sub("", text, count=1) if _QUARTER.match(text) else text
    return any(map(str.isalpha, name)) and len(name) <= _LONGEST_TRACT and "@" not in name


def _number(digits: str) -> str:
    """Without noughts in front; `s` is `S`."""
    return digits.lstrip("0") or "0" if digits.isdigit() else digits.upper()


def _cased(name: str) -> str:
    """As it is written in the register, when it was typed in one case throughout."""
    if name != name.upper() and name != name.lower():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
