"""Street addresses, read as people write them; flats, floors and c/o are never kept.

`Farstavägen 12 A–C, 123 45 Farsta`, `Ekv. 3-9`, `Storgatan 5B lgh 1101`. The post town is
dropped: post towns do not follow the city's areas. Time is in proportion to the text.
"""

import re
import unicodedata
from dataclasses import dataclass

from governance.swedish import fold

_LONGEST = 200
_LONGEST_STREET = 120
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_WITHIN = re.compile(r"\([^()]*\)")
_CARE_OF = re.compile(r"(?:^|, ?)c/o\b[^,]*", re.IGNORECASE)
_FLAT = re.compile(
    r"[ ,]+(?:(?:lgh|lght|lägenhet|lägenhets|lgh-?)(?:nr|nummer)?\b[.:]? ?(?:nr\.? ?)?[a-z]?\d{0,6}"
    r"|\d{1,2} ?(?:tr|trappor)\b\.?|(?:vån|våning|plan)\b\.? ?\d{1,2}"
    r"|(?:nb|bv|ög|öv|uppg)\b\.?(?: [a-z]\b)?)",
    re.IGNORECASE,
)
_BARE_FLAT = re.compile(r"(?<=[\da-zA-Z]), ?\d{4}(?=,|$)")
_POSTAL = re.compile(r"(?:SE?[- ]?)?([1-9]\d\d) ?(\d\d)", re.IGNORECASE)
_POSTED = re.compile(
    r"(?:(?P<before>.*?\d ?[a-z]?)[ ,]+|(?P<street>.*?[^\d,])(?:, ?| (?=SE?[- ])| ))"
    r"(?P<code>(?:SE?[- ]?)?[1-9]\d\d ?\d\d)(?:[ ,]+[^\d,]*)?",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[^\d,@]{2,40}")
_NUMBERED = re.compile(
    r"(?P<street>[^\d].*?|\d{1,2}:[aeAE] .*?) ?"
    r"(?P<number>\d{1,3}) ?(?P<letter>[a-zåäöA-ZÅÄÖ])?"
    r"(?: ?- ?(?P<last>\d{1,4})? ?(?P<last_letter>[a-zåäöA-ZÅÄÖ])?)?"
    r"(?:[ /]\d{4})?"
)
_NO_STREET = re.compile(r"@|\d(?!\d?:[ae] )|^box\b|^c/o\b", re.IGNORECASE)
_SHORT = ((r"(?<=\w)v\.", "vägen"), (r"(?<=\w)g\.", "gatan"), (r"(?<=\w)gr\.", "gränd"))
_FIRST_FLAT = 1000
_BARE = r"\s*\d{1,3} ?[a-zA-ZåäöÅÄÖ]?(?: ?[-\u2013] ?\w{1,4})?\s*"
_MORE = re.compile(_BARE)
_FIRST_MORE = re.compile(rf"{_BARE}(?:,|$)")
_WHOLE = re.compile(r"\s*[^\d\s]\D*\d{1,3} ?[a-zA-ZåäöÅÄÖ]?\s*")


@dataclass(frozen=True)
class AddressParts:
    """`number_through` and `letter_through` are the last of a range: 12 A–C, 3–9, 5 B–7 A."""

    street: str
    number: int | None = None
    letter: str = ""
    number_through: int | None = None
    letter_through: str = ""
    postal_code: str = ""

    @property
    def text(self) -> str:
        """`Farstavägen 12 A–C`: as `Address.text`, without postal code."""
        first = f"{self.number or ''} {self.letter}".strip()
        last = " ".join(filter(None, [str(self.number_through or ""), self.letter_through]))
        return f"{self.street} {first}{f'–{last}' if last else ''}".strip()

    @property
    def key(self) -> tuple[str, int | None, str, int | None, str]:
        """The same for the same door or doors, however they were written."""
        last = self.number_through, self.letter_through
        return fold(self.street), self.number, self.letter, *last


def read_postal_code(text: str) -> str:
    """`123 45` of `12345`, `SE-123 45`; empty when it is none."""
    found = _POSTAL.fullmatch(" ".join(text[:40].split()))
    return f"{found[1]} {found[2]}" if found else ""


def read_address(text: str) -> AddressParts | None:
    """What the text says of a door, a range of doors or a whole street; None when unreadable.

    A text over 200 characters is none. What stands in brackets is left out.
    """
    plain = _plain(text)
    if not plain:
        return None
    plain, postal_code = _without_post(plain)
    found = _NUMBERED.fullmatch(plain)
    street = _street(found["street"] if found else plain)
    if not street:
        return None
    if found is None:
        return AddressParts(street, postal_code=postal_code)
    return _doors(street, found, postal_code)


def read_addresses(text: str) -> list[AddressParts] | None:
    """All that one cell names: `Ekvägen 3, 5 och 7 A`; None when any of it cannot be read."""
    if len(text) > 10 * _LONGEST:
        return None
    found: list[AddressParts] = []
    for part in re.split(r"[;\n]| och | samt ", text):
        if not part.strip():
            continue
        for piece in _pieces(part):
            short = found and _FIRST_MORE.match(piece)
            one = read_address(f"{found[-1].street} {piece}" if short else piece)
            if one is None:
                return None
            found.append(one)
    return list(dict.fromkeys(found)) or None


def _pieces(part: str) -> list[str]:
    """A text with commas as one address each, unless what follows a comma is post or flat."""
    pieces: list[str] = []
    for piece in part.split(","):
        whole = _WHOLE.fullmatch(piece) and not _FLAT.match(f" {piece.strip()}")
        if not pieces or whole or _MORE.fullmatch(piece):
            pieces.append(piece)
        else:
            pieces[-1] += f",{piece}"
    return pieces


def _plain(text: str) -> str:
    if len(text) > 10 * _LONGEST:
        return ""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES)
    plain = " ".join(plain.split())
    if len(plain) > _LONGEST:
        return ""
    plain = _CARE_OF.sub("", _WITHIN.sub("", plain))
    plain = _BARE_FLAT.sub("", _FLAT.sub(" ", f" {plain}"))
    return " ".join(plain.split()).strip(" ,.;")


def _without_post(plain: str) -> tuple[str, str]:
    """The street and number, and the postal code; a town after a comma goes with it."""
    found = _POSTED.fullmatch(plain)
    if found:
        return (found["before"] or found["street"]).strip(" ,"), read_postal_code(found["code"])
    street, comma, town = plain.partition(",")
    if comma and _TOWN.fullmatch(town.strip()):
        return street.strip(), ""
    return plain, ""


def _street(text: str) -> str:
    street = text.strip(" ,")
    for short, whole in _SHORT:
        street = re.sub(short, whole, street, flags=re.IGNORECASE)
    street = street.strip(" .")
    if _NO_STREET.search(street) or "," in street or len(street) > _LONGEST_STREET:
        return ""
    if sum(map(str.isalpha, street)) < 2:
        return ""
    if street == street.upper() or street == street.lower():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), street)
    return street


def _doors(street: str, found: re.Match[str], postal_code: str) -> AddressParts | None:
    number, letter = int(found["number"]), (found["letter"] or "").upper()
    last = int(found["last"]) if found["last"] else None
    last_letter = (found["last_letter"] or "").upper()
    if last is not None and last >= _FIRST_FLAT > number:
        last, last_letter = None, ""  # Storgatan 5-1101: a flat, which is not kept
    if not number or (last is not None and last < number):
        return None
    if last == number:
        last = None
    if last is None and last_letter and (not letter or last_letter < letter):
        return None
    return AddressParts(street, number, letter, last, last_letter, postal_code)
