"""One box for everything: what a text means, and what could be meant by the start of one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from governance.designations import read_quarter
from governance.geo import read_point
from governance.models import Address, Property
from governance.permissions import visible_holdings, visible_properties
from governance.queries import place_words as words
from governance.queries.place_answers import Certainty, Question, Reply
from governance.queries.place_settling import The
from governance.queries.place_stock import read
from governance.queries.places import Finder
from governance.rights import Account
from governance.swedish import fold, in_words

LONGEST = 200
AT_MOST = 10
_AXES = re.compile(
    r"(?<![^\W\d_])(?:latitude?|longitude?|lat|long?|nord|norr|öst|[neösxy])(?![^\W\d_])[.:=]?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Suggestion:
    """A text that can be looked up, and what it is, in words."""

    text: str
    what: str


def clean(text: str) -> str:
    """What was typed, on one line and at most 200 characters; PostgreSQL takes no NUL."""
    return " ".join(text[: 2 * LONGEST].replace("\0", " ").split())[:LONGEST]


def look_up(finder: Finder, text: str) -> Reply:
    """The answer to a text that is a coordinate, an area, a designation, an own number
    or an address: the first of these that there is.
    """
    if _is_coordinate(text):
        return finder.find(Question(first=text))
    by_name = Question(area=text)
    if finder.names.exactly(text):
        return finder.find(by_name)
    stocked = [Question(designation=text), Question(own_number=text), Question(address=text)]
    *replies, named = finder.find_all([*stocked, by_name])
    found = next((reply for reply in replies if reply.properties), None)
    if found is not None:
        return found
    if named.candidates or finder.beyond.exactly(text):
        return named
    if words.elsewhere(read(stocked[0]), finder.structure.territories):
        return replies[0]
    asked = read(stocked[2])
    near = finder.street_of(asked)
    said = _missing(finder, text, words.on_street(asked, near))
    return Reply(by_name, Certainty.NONE, said, candidates=near)


def _missing(finder: Finder, text: str, street: str) -> str:
    said = (
        f"{words.typed(text)} finns varken som fastighet, eget nummer eller adress i något "
        f"bestånd som är inlagt, och inget område heter så den {in_words(finder.day)}."
    )
    coordinate = "" if _LETTER.search(_AXES.sub(" ", text)) else read_point(text).sentence
    return " ".join(filter(None, [said, street, coordinate]))


def _is_coordinate(text: str) -> bool:
    return not _LETTER.search(_AXES.sub(" ", text)) and read_point(text).point is not None


def suggestions(user: Account, finder: Finder, text: str) -> list[Suggestion]:
    """What the start of a text may become: areas, then what the reader may see of the stock."""
    if len(text) < 2:
        return []
    areas = [Suggestion(The(area), area.get_kind_display()) for area in finder.names.like(text)]
    found = [*areas[: AT_MOST // 2], *_in_stock(user, text)]
    return list(dict.fromkeys(found))[:AT_MOST]


def alike(user: Account, text: str) -> list[Suggestion]:
    """What holds the words: `kv. Kvarnvingen` without its number, a street without one."""
    asked = fold(read_quarter(text) or text).split()
    return list(dict.fromkeys(_in_stock(user, text))) if asked else []


def _in_stock(user: Account, text: str) -> Iterable[Suggestion]:
    asked = fold(read_quarter(text) or text).split()
    seen = visible_properties(user)
    street = [word for word in asked if not word[0].isdigit()]
    numbers = [word for word in asked if word[0].isdigit()]
    addresses = _holding_all(Address.objects.filter(property__in=seen), street)
    if numbers:
        addresses = addresses.filter(number=int(numbers[0][:6]) if numbers[0].isdigit() else 0)
    if not street:
        addresses = addresses.none()
    own = visible_holdings(user).filter(own_number__startswith=text)
    empty = Value("", output_field=CharField())
    number = Cast("number", CharField())
    branches: list[QuerySet[Any]] = [
        _holding_all(seen, asked)
        .annotate(what=Value("fastighet"), key=F("search_key"))
        .values_list("what", "municipality", "tract", "block", "unit", "key"),
        addresses.annotate(what=Value("adress"), key=F("search_key")).values_list(
            "what", "street", number, "letter", empty, "key"
        ),
        own.annotate(what=Value("eget nummer"), key=F("own_number")).values_list(
            "what", "own_number", empty, empty, empty, "key"
        ),
    ]
    first, *others = [branch.order_by() for branch in branches]
    for what, *parts, _ in first.union(*others).order_by("key")[:AT_MOST]:
        yield Suggestion(_text(what, parts), what)


def _text(what: str, parts: list[str]) -> str:
    if what != "fastighet":
        return " ".join(part for part in parts if part)
    municipality, tract, block, unit = parts
    return Property(municipality=municipality, tract=tract, block=block, unit=unit).designation


def _holding_all(rows: QuerySet[Address] | QuerySet[Property], asked: list[str]) -> QuerySet:
    """The rows that have every word in their search key, and have one at all."""
    meant = Q()
    for word in asked:
        meant &= Q(search_key__contains=word)
    return rows.filter(meant).exclude(search_key="")
