"""The names of areas as people write them: `stadsdelen Farsta`, `LPO Järva`, `FARSTA`."""

from collections import defaultdict
from collections.abc import Iterable

from governance.models import Area
from governance.swedish import fold

_LONGEST = 120
# The words that may stand before or after a name, and the kind of area that they tell.
_KINDS = {
    "stadsdel": Area.Kind.NEIGHBOURHOOD,
    "stadsdelen": Area.Kind.NEIGHBOURHOOD,
    "stadsdelsområde": Area.Kind.DISTRICT,
    "stadsdelsområdet": Area.Kind.DISTRICT,
    "stadsdelsnämndsområde": Area.Kind.DISTRICT,
    "lokalpolisområde": Area.Kind.POLICE_DISTRICT,
    "lokalpolisområdet": Area.Kind.POLICE_DISTRICT,
    "lpo": Area.Kind.POLICE_DISTRICT,
    "polisområde": Area.Kind.POLICE_AREA,
    "polisområdet": Area.Kind.POLICE_AREA,
    "kommun": Area.Kind.MUNICIPALITY,
    "kommunen": Area.Kind.MUNICIPALITY,
    "polisregion": Area.Kind.POLICE_REGION,
    "polisregionen": Area.Kind.POLICE_REGION,
}


def read_name(text: str) -> tuple[str, str | None]:
    """The folded name, and the kind of area when the text says it; a long text is no name."""
    if len(text) > _LONGEST:
        return "", None
    words = fold(text.replace("\0", " ")).strip(" .,;").split()
    if len(words) > 1:
        for place, rest in ((0, words[1:]), (-1, words[:-1])):
            if kind := _KINDS.get(words[place]):
                return " ".join(rest), str(kind)
    return " ".join(words), None


class Names:
    """Areas by name, for as many questions as one likes."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._exact: dict[str, list[Area]] = defaultdict(list)
        for area in areas:
            self._exact[fold(area.name)].append(area)

    def exactly(self, text: str) -> list[Area]:
        """The areas of that name, narrowed to the kind that the text tells.

        A stadsdel comes before a larger area of the same name: it is what people mean.
        """
        name, kind = read_name(text)
        found = self._exact.get(name, [])
        if kind is not None:
            return [area for area in found if area.kind == kind]
        smallest = [area for area in found if area.kind == Area.Kind.NEIGHBOURHOOD]
        return smallest or found

    def namesakes(self, area: Area) -> list[Area]:
        return [other for other in self._exact[fold(area.name)] if other.pk != area.pk]

    def like(self, text: str) -> list[Area]:
        """The areas with every word of the text in their names, stadsdelar before others."""
        name, kind = read_name(text)
        words = name.split()
        found = [
            area
            for folded, areas in self._exact.items()
            if words and all(word in folded for word in words)
            for area in areas
            if kind is None or area.kind == kind
        ]
        smallest = Area.Kind.NEIGHBOURHOOD
        return sorted(found, key=lambda area: (area.kind != smallest, area.sort_key, area.pk))
