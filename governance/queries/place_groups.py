"""Which local groups work where properties are: what the look-up says, for many at once."""

import datetime
from collections.abc import Iterable

from governance.models import Property
from governance.queries.place_settling import Settler
from governance.queries.places import Finder, point_of
from governance.rights import Account


def groups_of(
    user: Account, properties: Iterable[Property], day: datetime.date
) -> dict[int, set[int]]:
    """The ids of the groups of each property, by its id: as `Finder` answers about it.

    A property on a boundary has the groups of every side, one that nothing is known of none.
    """
    finder, rows = Finder(user, day), list(properties)
    settler = Settler(finder.structure, (point for each in rows if (point := point_of(each))))
    known: dict[frozenset[int], set[int]] = {}
    found: dict[int, set[int]] = {}
    for each in rows:
        stated = finder.structure.areas.get(each.stated_area_id or 0)
        place = settler.settle(point_of(each), stated)
        areas = frozenset(finder.covering(place)) if place.by_kind else frozenset()
        if areas not in known:
            known[areas] = {answer.group.pk for answer in finder.structure.groups(set(areas))}
        found[each.pk] = known[areas]
    return found
