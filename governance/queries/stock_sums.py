"""How much companies have where, as a reader may know it.

A hidden property (skyddat boende) is known to its own company alone. Others meet it in a
sum only where at least ENOUGH hidden ones of the same group and use are in it; larger sums
add up what is shown, so that no difference between two sums tells of a few.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.models import Holding, Organization, Property
from governance.queries.place_groups import places_of
from governance.queries.places import Finder
from governance.rights import Account, rights

ENOUGH = 5


@dataclass(frozen=True)
class Amount:
    """Properties, their flats (those that are known), and how many there are of each use."""

    properties: int = 0
    flats: int = 0
    uses: Counter[str] = field(default_factory=Counter)

    @property
    def in_words(self) -> list[tuple[str, int]]:
        """The uses that there are, in the order of the choices; what is not stated comes last."""
        labels = [*Property.Use.choices, ("", "ej angivet")]
        return [(label, self.uses[use]) for use, label in labels if self.uses[use]]


def shown_of(rows: Iterable[Holding], *, own: bool) -> list[Holding]:
    """Those of `rows`, all in one group, that count in a sum shown to the reader."""
    found = list(rows)
    hidden = Counter(row.property.use for row in found if row.property.hidden)
    return [
        row for row in found if own or not row.property.hidden or hidden[row.property.use] >= ENOUGH
    ]


def amount(rows: Iterable[Holding]) -> Amount:
    """The sum of the rows; a property that stands twice counts once."""
    properties = {row.property_id: row.property for row in rows}.values()
    return Amount(
        properties=len(properties),
        flats=sum(each.flats or 0 for each in properties),
        uses=Counter(each.use for each in properties),
    )


class Stock:
    """What the organisations have on `day`, by local group, under one reader's rights.

    A property is in the groups that the look-up names for it, from the same `structure`.
    Three queries for any number.
    """

    def __init__(
        self, user: Account, organizations: Iterable[Organization], day: datetime.date
    ) -> None:
        ids = [each.pk for each in organizations]
        self._own = rights(user).own
        self._rows: dict[int, dict[int, Holding]] = defaultdict(dict)
        rows = Holding.objects.as_of(day).filter(organization__in=ids)
        related = rows.select_related("property__stated_area")
        for row in related.order_by("property__sort_key", "property", "pk"):
            self._rows[row.organization_id].setdefault(row.property_id, row)
        held = (row.property for rows in self._rows.values() for row in rows.values())
        finder = Finder(user, day)
        self.structure = finder.structure
        self._places = places_of(finder, held)

    def is_known(self, organization: int) -> bool:
        """Whether the reader may know that a stock is entered for the day."""
        rows = self._rows[organization].values()
        hidden = sum(row.property.hidden for row in rows)
        return any(not row.property.hidden for row in rows) or bool(
            rows and (organization in self._own or hidden >= ENOUGH)
        )

    def by_group(self, organization: int) -> dict[int, list[Holding]]:
        """What counts in each group for this reader; 0 is what has no group, for own rows only."""
        found: dict[int, list[Holding]] = defaultdict(list)
        own = organization in self._own
        for row in self._rows[organization].values():
            groups = self._places[row.property_id].groups
            for group in groups:
                found[group].append(row)
            if not groups and own:
                found[0].append(row)
        return {pk: shown_of(rows, own=own) for pk, rows in found.items()}

    def own_by_neighbourhood(self, organization: int) -> dict[int, list[Holding]]:
        """Its rows by stadsdel; 0 is what none is known of. Nothing for readers of others.

        A row stands in every stadsdel that the property may lie in.
        """
        found: dict[int, list[Holding]] = defaultdict(list)
        if organization in self._own:
            for row in self._rows[organization].values():
                for area in self._places[row.property_id].neighbourhoods or {0}:
                    found[area].append(row)
        return dict(found)
