"""Which area each name in a file of boundaries means."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from governance.models import Area, AreaMap, Boundary, BoundarySet
from governance.swedish import fold


def areas_of_kind(kind: str, territory: int, day: datetime.date) -> list[Area]:
    """The areas of the kind in the territory that exist on `day` or begin later."""
    inside = AreaMap(None).downwards(territory)
    rows = Area.objects.overlapping(day, None).filter(kind=kind, pk__in=inside)
    return list(rows.order_by("sort_key"))


class AreaNames:
    """Areas by name: case and spaces do not matter, anything else a person decides."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas = list(areas)
        self._by_name: dict[str, list[Area]] = defaultdict(list)
        for area in self.areas:
            self._by_name[fold(area.name)].append(area)

    def exact(self, name: str) -> Area | None:
        """The one area of that name."""
        found = self._by_name.get(fold(name), [])
        return found[0] if len(found) == 1 else None

    def with_slug(self, slug: str) -> Area | None:
        return next((area for area in self.areas if area.slug == slug), None)

    def suggestion(self, name: str, taken: Iterable[int]) -> Area | None:
        """The area that the name may be short for, or a slip of the pen for, if only one is left.

        Never taken as the answer until a person has said so.
        """
        short = fold(name).rstrip(". ")
        gone = set(taken)
        free = [text for text, areas in self._by_name.items() if areas[0].pk not in gone]
        begun = [text for text in free if short and text.startswith(short)]
        alike = begun or get_close_matches(short, free, n=2, cutoff=0.85)
        return self._by_name[alike[0]][0] if len(alike) == 1 else None


def names_of(boundary_set: BoundarySet) -> AreaNames:
    """The areas that the shapes of a set can be."""
    return AreaNames(
        areas_of_kind(boundary_set.kind, boundary_set.territory_id, boundary_set.valid_from)
    )


def unnamed(boundary_set: BoundarySet) -> list[Boundary]:
    """The shapes of which nobody has said which area they are."""
    rows = Boundary.objects.filter(boundary_set=boundary_set, area=None).defer("shape")
    return list(rows.order_by("name"))
