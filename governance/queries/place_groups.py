"""Where properties are and which local groups work there: what the look-up says, for many."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import Property
from governance.queries.place_settling import NEIGHBOURHOOD, Settler
from governance.queries.places import Finder, point_of


@dataclass(frozen=True)
class Whereabouts:
    """The ids of the groups of a property, and of the stadsdelar that it may lie in."""

    groups: set[int]
    neighbourhoods: frozenset[int]


def places_of(finder: Finder, properties: Iterable[Property]) -> dict[int, Whereabouts]:
    """Each property's whereabouts by its id, as `finder` answers about it, without a query.

    A property on a boundary is on every side of it, one that nothing is known of nowhere.
    """
    rows = list(properties)
    settler = Settler(finder.structure, (point for each in rows if (point := point_of(each))))
    known: dict[frozenset[int], set[int]] = {}
    found: dict[int, Whereabouts] = {}
    for each in rows:
        stated = finder.structure.areas.get(each.stated_area_id or 0)
        place = settler.settle(point_of(each), stated)
        areas = frozenset(finder.covering(place)) if place.by_kind else frozenset()
        if areas not in known:
            known[areas] = {answer.group.pk for answer in finder.structure.groups(set(areas))}
        here = frozenset(area.pk for area in place.by_kind.get(str(NEIGHBOURHOOD), ()))
        found[each.pk] = Whereabouts(known[areas], here)
    return found
