"""From a coordinate and a stated stadsdel to the areas of a place, and why.

An area's own boundary wins for a coordinate when a set of that kind is in force; nominal
nesting is the fall-back. A stated stadsdel is kept and compared. Where two of these
disagree, both are named; within the set's accuracy of a line, every candidate is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.geo import Point
from governance.models import Area
from governance.queries.place_answers import ANSWERED_KINDS, Certainty
from governance.queries.place_structure import Structure
from governance.swedish import in_words, listed

NEIGHBOURHOOD, *LARGER = ANSWERED_KINDS
_DEFINITE = {
    Area.Kind.NEIGHBOURHOOD: "stadsdelen",
    Area.Kind.DISTRICT: "stadsdelsområdet",
    Area.Kind.POLICE_DISTRICT: "lokalpolisområdet",
    Area.Kind.POLICE_AREA: "polisområdet",
    Area.Kind.MUNICIPALITY: "kommunen",
    Area.Kind.POLICE_REGION: "polisregionen",
    Area.Kind.COMPANY_AREA: "bolagsområdet",
    Area.Kind.PLACE: "den avgränsade platsen",
}


@dataclass(frozen=True)
class Seen:
    """What the boundaries say of one point: the areas it may lie in, by kind.

    `at_edge` when it lies so near the end of all areas that it may lie outside them.
    """

    areas: dict[str, tuple[Area, ...]]
    at_edge: bool = False


@dataclass
class Place:
    """What is known of one place: areas by kind, one or several candidates, and why.

    `covered` are the stadsdelar of a larger area that was asked for; `several` tells that
    different areas are meant, `outside` that the point lies outside the territories, and
    `sketched` that the areas were read from a sketch.
    """

    by_kind: dict[str, tuple[Area, ...]] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    disagreeing: tuple[Area, ...] = ()
    approximate: bool = False
    covered: frozenset[int] = frozenset()
    several: bool = False
    outside: bool = False
    sketched: bool = False

    @property
    def certainty(self) -> Certainty:
        if not any(self.by_kind.values()):
            return Certainty.NONE
        if self.several or any(len(areas) > 1 for areas in self.by_kind.values()):
            return Certainty.AMBIGUOUS
        return Certainty.APPROXIMATE if self.approximate else Certainty.EXACT

    @property
    def areas(self) -> tuple[Area, ...]:
        return tuple(areas[0] for areas in self.by_kind.values() if len(areas) == 1)

    @property
    def candidates(self) -> tuple[Area, ...]:
        several = [area for areas in self.by_kind.values() if len(areas) > 1 for area in areas]
        return (*several, *(area for area in self.disagreeing if area not in several))


_DEFINITE_PLURAL = {
    Area.Kind.NEIGHBOURHOOD: "stadsdelarna",
    Area.Kind.DISTRICT: "stadsdelsområdena",
    Area.Kind.POLICE_DISTRICT: "lokalpolisområdena",
}


def the_several(kind: str, areas: Iterable[Area]) -> str:
    """`lokalpolisområdena Globen och Skärholmen`, in Swedish order."""
    in_order = sorted(areas, key=lambda area: area.sort_key)
    return f"{_DEFINITE_PLURAL[Area.Kind(kind)]} {listed(map(str, in_order))}"


def the(area: Area) -> str:
    """`stadsdelen Farsta`, `lokalpolisområdet Farsta`."""
    return f"{_DEFINITE[Area.Kind(area.kind)]} {area}"


def The(area: Area) -> str:  # noqa: N802  (the same, as a sentence begins)
    text = the(area)
    return text[0].upper() + text[1:]


class Settler:
    """Settles places on one day; the points of all of them are looked up together."""

    def __init__(self, structure: Structure, points: Iterable[Point]) -> None:
        self._structure = structure
        self._index = structure.boundaries
        self._seen = self._look(list(dict.fromkeys(points)))

    def _look(self, points: list[Point]) -> dict[Point, Seen]:
        if not points or not self._index.sets_of(NEIGHBOURHOOD):
            return {}
        norths, easts = [each.north for each in points], [each.east for each in points]
        kinds = [NEIGHBOURHOOD, *(kind for kind in LARGER if self._has_own(kind))]
        found = {kind: self._index.at(kind, norths, easts) for kind in kinds}
        sure = [True] * len(points)
        if self._has_own(NEIGHBOURHOOD):
            sure = self._index.certain(NEIGHBOURHOOD, norths, easts)
        seen = {}
        for place, point in enumerate(points):
            areas = {
                str(kind): self._structure.of_kind(here[place], kind)
                for kind, here in found.items()
            }
            single = len(areas[NEIGHBOURHOOD]) == 1
            seen[point] = Seen(areas, at_edge=single and not sure[place])
        return seen

    def _has_own(self, kind: str) -> bool:
        """Whether a set of the kind answers for coordinates; a sketch does for stadsdelar only."""
        return bool(self._index.sets_of(kind)) and kind not in self._index.sketch

    def settle(self, point: Point | None, stated: Area | None, by: str = "") -> Place:
        """`by` says in words who stated the stadsdel: `i beståndet`, `i frågan`."""
        seen = self._seen.get(point) if point else None
        if seen is None:
            place = self._by_name(stated, by)
            if point is not None:
                when = in_words(self._structure.day)
                place.sentences.append(
                    f"Koordinaten kan inte användas: det finns inga gränser för den {when}."
                )
            return place
        place = self._by_point(seen)
        if stated is not None:
            self.compare(place, stated, by)
        return place

    def _by_name(self, stated: Area | None, by: str) -> Place:
        if stated is None:
            return Place()
        return Place(by_kind=self.nominal((stated,)), sentences=[f"{The(stated)} är angiven {by}."])

    def _by_point(self, seen: Seen) -> Place:
        smallest = seen.areas[NEIGHBOURHOOD]
        if not smallest:
            said = f"Koordinaten ligger utanför {self.territory}."
            return Place(sentences=[said], outside=True)
        place = Place(by_kind=self.nominal(smallest), approximate=seen.at_edge)
        place.sentences.append(self._where(smallest, seen.at_edge))
        for kind in LARGER:
            own = seen.areas.get(kind)
            if own:
                self._own_wins(place, kind, own)
        if NEIGHBOURHOOD in self._index.sketch:
            place.approximate = place.sketched = True
            place.sentences.append(
                "Svaret är ungefärligt: det finns inga inlästa gränser för dagen, bara en skiss."
            )
        return place

    def _where(self, smallest: tuple[Area, ...], at_edge: bool) -> str:
        if len(smallest) > 1:
            between = listed(str(area) for area in smallest)
            return (
                f"Koordinaten ligger så nära gränsen mellan {between} att det inte går att "
                f"säga vilken stadsdel som gäller. {self._accuracy}"
            )
        where = f"Koordinaten ligger i {the(smallest[0])}"
        if at_edge:
            return f"{where}, så nära gränsen att den kan ligga utanför. {self._accuracy}"
        return f"{where}."

    @property
    def _accuracy(self) -> str:
        chosen = self._index.set_of(NEIGHBOURHOOD)
        return f"Gränserna kan ligga {chosen.accuracy} meter fel." if chosen else ""

    def _own_wins(self, place: Place, kind: str, own: tuple[Area, ...]) -> None:
        """Take the areas of the kind that the point lies in; say when nesting has others."""
        nominal = place.by_kind.get(kind, ())
        place.by_kind[kind] = own
        if len(own) > 1:
            place.sentences.append(
                f"Gränsen mellan {the_several(kind, own)} går så nära att det inte går att säga "
                "på vilken sida koordinaten ligger."
            )
        elif nominal and set(own) != set(nominal):
            place.disagreeing += (*own, *nominal)
            place.sentences.append(
                f"Stadsdelen räknas till {listed(map(the, nominal))}, men koordinaten ligger "
                f"innanför gränsen för {listed(map(the, own))}. Gränsen gäller."
            )

    def compare(self, place: Place, stated: Area, by: str) -> None:
        """Keep a stated area that the point contradicts: name both, decide nothing.

        A sketch is coarser than what somebody has stated, and gives way where they agree.
        """
        here = [area.pk for areas in place.by_kind.values() for area in areas]
        if stated.pk in self._structure.nesting.upwards(*here):
            if place.sketched and stated.kind == NEIGHBOURHOOD:
                place.by_kind = self.nominal((stated,))
                place.sentences = [f"{The(stated)} är angiven {by}."]
                place.approximate = place.sketched = False
            return
        place.sentences.append(f"Men {the(stated)} är angiven {by}.")
        nominal = self.nominal((stated,))
        for kind in ANSWERED_KINDS:
            both = (*place.by_kind.get(kind, ()), *nominal.get(kind, ()))
            if both:
                place.by_kind[kind] = tuple(dict.fromkeys(both))
        place.several = True

    def nominal(self, areas: tuple[Area, ...]) -> dict[str, tuple[Area, ...]]:
        """The areas and what each is part of in words and lists, by kind."""
        nesting = self._structure.nesting
        wholes = list(
            dict.fromkeys(pk for area in areas for pk in sorted(nesting.upwards(area.pk)))
        )
        found = {str(kind): self._structure.of_kind(wholes, kind) for kind in ANSWERED_KINDS}
        kinds = {area.kind for area in areas}
        found |= {kind: tuple(area for area in areas if area.kind == kind) for kind in kinds}
        return {kind: areas for kind, areas in found.items() if areas}

    @property
    def territory(self) -> str:
        names = [str(area) for area in self._structure.territories]
        return listed(names) if names else "områdena som är inlagda"
