"""An answer about a place, made ready for the page."""

from dataclasses import dataclass

from governance.models import Address, Area, Holding, Property
from governance.queries.place_answers import ANSWERED_KINDS, Reply
from governance.queries.place_settling import The
from governance.queries.places import Finder
from governance.rights import rights

_LABELS = {
    Area.Kind.NEIGHBOURHOOD: "Stadsdel",
    Area.Kind.DISTRICT: "Stadsdelsområde",
    Area.Kind.POLICE_DISTRICT: "Lokalpolisområde",
}


@dataclass(frozen=True)
class Line:
    """One kind of area in an answer: the certain one, else those that may be meant."""

    label: str
    area: Area | None
    candidates: list[Area]


@dataclass(frozen=True)
class Found:
    """A property that was found, as the reader may see it.

    `text` looks it up again. The number of flats and the own numbers are there for the
    reader's own organisations alone.
    """

    one: Property
    text: str
    addresses: list[Address]
    holders: list[Holding]
    is_own: bool

    @property
    def own_numbers(self) -> list[str]:
        return [row.own_number for row in self.holders if row.own_number] if self.is_own else []


def lines(reply: Reply) -> list[Line]:
    """What the answer says of each kind of area; larger kinds only when they were asked for."""
    shown = [
        Line(
            _LABELS[kind],
            reply.area(kind),
            [area for area in reply.candidates if area.kind == kind],
        )
        for kind in ANSWERED_KINDS
    ]
    others = [area for area in reply.areas if area.kind not in ANSWERED_KINDS]
    named = [Line(area.get_kind_display().capitalize(), area, []) for area in others]
    return [line for line in [*named, *shown] if line.area or line.candidates]


def choices(reply: Reply) -> list[tuple[str, Area]]:
    """The areas to choose among, each with the text that looks it up."""
    return [(The(area), area) for area in reply.candidates]


def found_in(finder: Finder, reply: Reply) -> list[Found]:
    """The properties of the answer that was given last, with what the stock says of them."""
    own = rights(finder.user).own
    return [
        Found(
            one=each,
            text=each.designation or _other_name(finder, each),
            addresses=finder.stock.addresses.get(each.pk, []),
            holders=[row for row in finder.stock.holdings[each.pk] if row.in_force(finder.day)],
            is_own=any(row.organization_id in own for row in finder.stock.holdings[each.pk]),
        )
        for each in reply.properties
    ]


def _other_name(finder: Finder, each: Property) -> str:
    """What a property without a designation is looked up by: a door, else the own number."""
    doors = [f"{row.street} {row.number}{row.letter}" for row in finder.stock.addresses[each.pk]]
    numbers = [row.own_number for row in finder.stock.holdings[each.pk] if row.own_number]
    return next(iter([*doors, *numbers]), "")
