"""Which area, lokalpolisområde and local group a place belongs to on one day.

The one way to ask: the page, the list of many, the API and `?datum=` all go through
`Finder`, so that they give the same answer.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from governance.geo import Point, Reading, read_pair, read_point
from governance.models import Area, Property
from governance.queries import place_words as words
from governance.queries.place_answers import (
    ANSWERED_KINDS,
    Certainty,
    Contact,
    GroupAnswer,
    Question,
    Reply,
)
from governance.queries.place_cache import structure_of
from governance.queries.place_names import Names
from governance.queries.place_settling import NEIGHBOURHOOD, Place, Settler, The, the, the_several
from governance.queries.place_stock import Asked, Stock, read
from governance.rights import Account
from governance.swedish import in_words, listed

__all__ = ["Certainty", "Contact", "Finder", "GroupAnswer", "Question", "Reply"]

AT_ONCE = 1000  # questions for which the stock is read together


@dataclass(frozen=True)
class Prepared:
    """A question with what could be read of it and what was found in the stock."""

    asked: Asked
    reading: Reading | None
    properties: tuple[Property, ...]

    @property
    def points(self) -> list[Point]:
        if self.reading and self.reading.point:
            return [self.reading.point]
        return [point for each in self.properties if (point := point_of(each))]


class Finder:
    """Answers about one day, under one reader's rights; reads the structure once.

    `stock` is what was read of it for the questions asked last.
    """

    def __init__(self, user: Account, day: datetime.date) -> None:
        self.user = user
        self.day = day
        self.structure = structure_of(user, day)
        self.stock = Stock(user, (), ())

    @property
    def names(self) -> Names:
        """The names of the areas that are in force."""
        return self.structure.names

    @property
    def beyond(self) -> Names:
        """The names of areas that a lokalpolisområde reaches outside the territories."""
        return self.structure.names_outside

    def find(self, question: Question) -> Reply:
        return next(self.find_all([question]))

    def find_all(self, questions: Iterable[Question]) -> Iterator[Reply]:
        """The same answers as `find`, in order; as many queries for 1 000 as for one."""
        waiting = iter(questions)
        while batch := list(islice(waiting, AT_ONCE)):
            asked = [read(question) for question in batch]
            self.stock = Stock(self.user, self._municipalities, asked)
            prepared = [self._prepare(each) for each in asked]
            settler = Settler(self.structure, (point for each in prepared for point in each.points))
            for each in prepared:
                yield self._answer(each, settler)

    @property
    def _municipalities(self) -> list[str]:
        return [area.name for area in self.structure.territories]

    def _prepare(self, asked: Asked) -> Prepared:
        found: list[Property] = []
        if asked.designation is not None:
            found = self.stock.named(asked.designation)
        if not found and asked.own_number:
            found = self.stock.numbered(asked.own_number)
        if not found and asked.address is not None:
            found = self.stock.at(asked.address)
        return Prepared(asked, read_coordinates(asked.question), tuple(found))

    def _answer(self, each: Prepared, settler: Settler) -> Reply:
        question = each.asked.question
        if question.is_empty:
            return Reply(question, Certainty.NONE, "Frågan är tom.")
        if not each.properties:
            foreign = words.elsewhere(each.asked, self.structure.territories)
            if foreign:
                return Reply(question, Certainty.NONE, foreign)
        said = self._said_of_search(each)
        place = self._place(each, settler)
        if question.area.strip():
            return self._with_area(each, place, settler, said)
        return self._reply(each, place, said)

    def _said_of_search(self, each: Prepared) -> list[str]:
        """What of the question could not be used, and how its coordinates were read."""
        asked, said = each.asked, []
        if not each.properties:
            said += words.not_in_stock(asked, self.street_of(asked))
        if each.reading is not None:
            said.append(each.reading.sentence)
        return said

    def street_of(self, asked: Asked) -> tuple[Area, ...]:
        """The stadsdelar in which the stock has other doors of the street."""
        near = self.stock.neighbours(asked.address) if asked.address else set()
        return self.structure.of_kind(sorted(near), NEIGHBOURHOOD)

    def _place(self, each: Prepared, settler: Settler) -> Place:
        """Where the coordinates and the properties say that it is, without the area asked for."""
        if not each.properties:
            point = each.reading.point if each.reading else None
            return settler.settle(point, None) if point else Place()
        places = [self._place_of(each, found, settler) for found in each.properties]
        return _together(places)

    def _place_of(self, each: Prepared, found: Property, settler: Settler) -> Place:
        typed = each.reading.point if each.reading else None
        stated = self.structure.areas.get(found.stated_area_id or 0)
        place = settler.settle(typed or point_of(found), stated, "i beståndet")
        if not place.sentences:
            place.sentences.append(
                "Fastigheten finns i beståndet, men där står varken stadsdel eller koordinat "
                f"som gäller den {in_words(self.day)}."
            )
        return place

    def _with_area(self, each: Prepared, place: Place, settler: Settler, said: list[str]) -> Reply:
        """The place compared with the area of the question, or the area alone."""
        question = each.asked.question
        named = self.names.exactly(question.area)
        if not named:
            if place.by_kind:
                return self._reply(each, place, [*said, self._no_area(question.area)])
            return self._unnamed(each, [*said, *place.sentences])
        if len(named) > 1:
            kinds = listed(the(area) for area in named)
            said = [*said, f"Namnet finns på flera områden: {kinds}."]
            if place.by_kind:
                return self._reply(each, place, said)
            everywhere = self._larger(named)
            return self._reply(each, everywhere, said)
        if not place.by_kind and not place.outside:
            return self._reply(each, self._named(named[0]), [*said, *place.sentences])
        settler.compare(place, named[0], "i frågan")
        return self._reply(each, place, said)

    def _named(self, area: Area) -> Place:
        if area.kind not in ANSWERED_KINDS[1:] and not self._is_large(area):
            place = Place(by_kind=Settler(self.structure, ()).nominal((area,)))
            place.sentences.append(f"Svaret gäller {the(area)}.")
            if namesakes := [the(other) for other in self.names.namesakes(area)]:
                place.sentences.append(f"Samma namn har {listed(namesakes)}.")
            return place
        return self._larger([area])

    def _is_large(self, area: Area) -> bool:
        return area.kind != NEIGHBOURHOOD and bool(self.structure.neighbourhoods(area.pk))

    def _larger(self, areas: list[Area]) -> Place:
        """Areas made of stadsdelar, or several areas of one name: what their parts have."""
        parts = [part for area in areas for part in self.structure.neighbourhoods(area.pk)]
        found = Settler(self.structure, ()).nominal(tuple(dict.fromkeys(parts)))
        found.pop(str(NEIGHBOURHOOD), None)
        for kind in {area.kind for area in areas}:
            found[kind] = tuple(area for area in areas if area.kind == kind)
        place = Place(by_kind=found, covered=frozenset(part.pk for part in parts))
        place.several = len(areas) > 1
        if len(areas) == 1:
            place.sentences.append(f"Svaret gäller {the(areas[0])}.")
            for kind, others in found.items():
                if len(others) > 1:
                    place.sentences.append(
                        f"Området är delat mellan {the_several(kind, others)}. "
                        "Skriv stadsdelen för ett säkert svar."
                    )
        return place

    def _no_area(self, text: str) -> str:
        return f"Inget område heter {words.typed(text)} den {in_words(self.day)}."

    def _unnamed(self, each: Prepared, said: list[str]) -> Reply:
        """Nothing has that name: say why, and what has a name that is like it."""
        question = each.asked.question
        if beyond := self.beyond.exactly(question.area):
            inside = listed(self._municipalities)
            said = [*said, f"{The(beyond[0])} ligger utanför {inside}."]
            return Reply(question, Certainty.NONE, " ".join(said), properties=each.properties)
        like = [] if said else self.names.like(question.area)
        said = [*said, self._no_area(question.area)]
        if like:
            said.append(f"Menade du {listed(map(the, like[:5]), 'eller')}?")
        certainty = Certainty.AMBIGUOUS if len(like) > 1 else Certainty.NONE
        return Reply(
            question,
            certainty,
            " ".join(said),
            candidates=tuple(like),
            properties=each.properties,
        )

    def _reply(self, each: Prepared, place: Place, said: list[str]) -> Reply:
        question = each.asked.question
        if not place.by_kind:
            return Reply(
                question,
                Certainty.NONE,
                " ".join([*said, *place.sentences]),
                candidates=() if each.properties else self.street_of(each.asked),
                properties=each.properties,
            )
        groups = self.structure.groups(self.covering(place))
        notes = words.notes(self.structure, place, groups)
        return Reply(
            question,
            place.certainty,
            " ".join([*said, *place.sentences, *notes]),
            areas=place.areas,
            groups=groups,
            candidates=place.candidates,
            properties=each.properties,
            sources=words.sources(self.structure, place, groups, bool(each.points)),
        )

    def covering(self, place: Place) -> set[int]:
        """The ids of the areas whose groups work in the place.

        What a stadsdel is nominally part of does not count where a boundary said otherwise.
        """
        chosen = {area.pk for areas in place.by_kind.values() for area in areas}
        above = self.structure.nesting.upwards(*chosen, *place.covered)
        if place.covered:
            return above
        answered = (self.structure.of_kind(above, kind) for kind in ANSWERED_KINDS)
        dropped = {area.pk for areas in answered for area in areas} - chosen
        return above - dropped


def point_of(found: Property) -> Point | None:
    if found.north is None or found.east is None:
        return None
    return Point(north=found.north, east=found.east)


def read_coordinates(question: Question) -> Reading | None:
    first, second = question.first.strip(), question.second.strip()
    if first and second:
        return read_pair(first, second)
    return read_point(first or second) if first or second else None


def _together(places: list[Place]) -> Place:
    """Several properties as one place: certain only in what they have in common."""
    first, *others = places
    if not others:
        return first
    by_kind = {
        kind: tuple(dict.fromkeys(area for each in places for area in each.by_kind.get(kind, ())))
        for kind in map(str, ANSWERED_KINDS)
    }
    alike = all(each.by_kind == first.by_kind for each in others)
    said = list(dict.fromkeys(line for each in places for line in each.sentences))[:3]
    count = f"{len(places)} fastigheter passar"
    said.insert(0, f"{count} och ligger i samma områden." if alike else f"{count}. Välj en.")
    return Place(
        by_kind={kind: areas for kind, areas in by_kind.items() if areas},
        sentences=said,
        disagreeing=tuple(dict.fromkeys(area for each in places for area in each.disagreeing)),
        several=not alike,
        approximate=any(each.approximate for each in places),
    )
