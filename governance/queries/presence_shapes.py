"""One company's stock on the ground of a day: what the map of its presence shows."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from governance.models import Agreement, Area, Holding, Organization
from governance.queries.coverage_shapes import CoverageShapes, Patch
from governance.queries.coverages import CoverageRow, Covering
from governance.queries.place_structure import Structure
from governance.queries.stock_sums import Amount, Stock, amount
from governance.rights import Account, rights


@dataclass(frozen=True)
class StructureRows:
    """The stadsdelar of a structure with their local groups, as `CoverageTable` has them."""

    day: datetime.date
    rows: list[CoverageRow]
    unknown_before: datetime.date | None


def rows_of(structure: Structure, agreements: Collection[Agreement]) -> StructureRows:
    """Those of the agreements: their territories, and their groups alone. No query."""
    chosen = {each.pk for each in agreements}
    covering = {
        area: [group for group in groups if group.agreement_id in chosen]
        for area, groups in structure.covering.items()
    }
    territories = {each.territory_id for each in agreements if each.territory_id}
    inside = structure.nesting.downwards(*territories) & structure.inside
    areas = structure.of_kind(inside, Area.Kind.NEIGHBOURHOOD)
    rows = []
    for area in sorted(areas, key=lambda each: (each.sort_key, each.pk)):
        wholes = structure.nesting.upwards(area.pk)
        here = {group.pk: group for pk in wholes for group in covering.get(pk, ())}
        groups = sorted(here.values(), key=lambda group: (group.sort_key, group.pk))
        districts = structure.of_kind(sorted(wholes), Area.Kind.DISTRICT)
        rows.append(
            CoverageRow(
                area=area,
                district=next(iter(districts), None),
                police_district=None,
                police_unknown=False,
                covering=[Covering(group, group.state(structure.day)) for group in groups],
            )
        )
    return StructureRows(structure.day, rows, structure.groups_from)


class PresenceShapes(CoverageShapes):
    """The groups of the day on the ground, and how much the company has where.

    Its own people see numbers by stadsdel and each property; others the sums by group that
    the table of its presence shows them, and nothing finer.
    """

    def __init__(
        self,
        user: Account,
        organization: Organization,
        agreements: Collection[Agreement],
        day: datetime.date,
    ) -> None:
        self.organization = organization
        self.is_own = organization.pk in rights(user).own
        stock = Stock(user, [organization], day)
        super().__init__(rows_of(stock.structure, agreements), stock.structure.boundaries)
        self.is_known = stock.is_known(organization.pk)
        self._by_group = stock.by_group(organization.pk)
        self.by_area = stock.own_by_neighbourhood(organization.pk)

    def amount_of(self, group: int) -> Amount:
        """What counts in the group for the reader."""
        return amount(self._by_group.get(group, []))

    @property
    def drawn(self) -> list[tuple[Patch, Amount]]:
        """The stadsdelar of the map in which the company's own people know of something."""
        return [
            (patch, amount(self.by_area[patch.row.area.pk]))
            for patch in self.patches
            if self.by_area.get(patch.row.area.pk)
        ]

    @property
    def off_map(self) -> Amount:
        """What is in no stadsdel of the map."""
        on_map = {row.pk for patch in self.patches for row in self._rows_in(patch)}
        every = [row for rows in self.by_area.values() for row in rows]
        return amount(row for row in every if row.pk not in on_map)

    @property
    def on_boundaries(self) -> bool:
        """Whether any property counts in several stadsdelar."""
        found = [row.pk for patch in self.patches for row in self._rows_in(patch)]
        return len(found) != len(set(found))

    @property
    def points(self) -> list[Holding]:
        """The company's own properties in the stadsdelar of the map whose coordinate is known."""
        rows = {row.pk: row for patch in self.patches for row in self._rows_in(patch)}
        return [row for row in rows.values() if row.property.north is not None]

    def _rows_in(self, patch: Patch) -> list[Holding]:
        return self.by_area.get(patch.row.area.pk, [])
