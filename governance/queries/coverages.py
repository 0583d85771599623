"""Which local group works in which stadsdel on one day: gaps and double cover."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from governance.models import (
    Agreement,
    AgreementVersion,
    Area,
    AreaMap,
    AreaPart,
    CoverageMap,
    Status,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.routes import Ground

DIVISIONS = (Area.Kind.DISTRICT, Area.Kind.POLICE_DISTRICT)


def _known(
    ground: Ground | None,
) -> tuple[AreaMap | None, dict[SteeringGroup, set[int]] | None]:
    """How areas nest, and what each group covers, where it has been read."""
    if ground is None:
        return None, None
    return ground.nesting, {group: ground.covered[pk] for pk, group in ground.groups.items()}


@dataclass(frozen=True)
class Covering:
    """A local group that works in a stadsdel, and its state that day."""

    group: SteeringGroup
    status: Status

    @property
    def is_resting(self) -> bool:
        return self.status.code == "resting"


@dataclass(frozen=True)
class CoverageRow:
    """One stadsdel on one day; `police_unknown` means that no source says, not that it has none."""

    area: Area
    district: Area | None
    police_district: Area | None
    police_unknown: bool
    covering: list[Covering]

    @property
    def is_double(self) -> bool:
        return len(self.covering) > 1


class CoverageTable:
    """The stadsdelar of the agreements' territories and the local groups that work in them.

    `groups` is what the reader may see; only local ones at work on `day`, active or
    resting, count. At most seven queries, whatever the number of rows, and at most three with
    `ground`: the same groups as somebody has read them already.
    """

    def __init__(
        self,
        day: datetime.date,
        groups: SteeringGroupQuerySet,
        agreements: Iterable[Agreement],
        ground: Ground | None = None,
    ) -> None:
        self.day = day
        self.agreements = list(agreements)
        self._local = groups.filter(kind=SteeringGroup.Kind.LOCAL)
        self._ground = ground
        self._map = CoverageMap(day, self._local, *_known(ground))
        self._areas = self._read_areas()
        self.rows = self._read_rows()

    @cached_property
    def unknown_before(self) -> datetime.date | None:
        """The first day with any local group, when the sources begin after the day shown.

        A group entered in the app has no source mark: before it there was a gap, and
        not a lack of sources.
        """
        if any(row.covering for row in self.rows):
            return None
        first = self._local.order_by("valid_from").first()
        if first is None or not first.source_mark or not first.is_upcoming(self.day):
            return None
        return first.valid_from

    @property
    def gaps(self) -> list[CoverageRow]:
        """Stadsdelar without a local group; none when nothing is known of groups that day."""
        bare = [row for row in self.rows if not row.covering]
        return [] if not bare or self.unknown_before else bare

    @property
    def doubles(self) -> list[CoverageRow]:
        return [row for row in self.rows if row.is_double]

    @property
    def singles(self) -> list[CoverageRow]:
        return [row for row in self.rows if len(row.covering) == 1]

    @cached_property
    def police_known_from(self) -> datetime.date | None:
        """The day from which the police districts are known, when the day shown is before it."""
        if not any(row.police_unknown for row in self.rows):
            return None
        return min(part.whole.valid_from for part in self._later_police)

    @property
    def districts(self) -> list[tuple[Area, int]]:
        """The stadsdelsområden of the day, each with its number of stadsdelar here."""
        return self._division([row.district for row in self.rows])

    @property
    def police_districts(self) -> list[tuple[Area, int]]:
        """The lokalpolisområden that reach the territories, with their stadsdelar here."""
        return self._division([row.police_district for row in self.rows])

    @cached_property
    def without_version(self) -> list[Agreement]:
        """Agreements of which no version was in force that day; coverage answers all the same."""
        asked = [
            agreement
            for agreement in self.agreements
            if agreement.level == Agreement.Level.CENTRAL or len(self.agreements) == 1
        ]
        versions = AgreementVersion.objects.as_of(self.day).filter(agreement__in=asked)
        known = set(versions.values_list("agreement_id", flat=True))
        return [agreement for agreement in asked if agreement.pk not in known]

    def _read_areas(self) -> dict[int, Area]:
        territories = {each.territory_id for each in self.agreements if each.territory_id}
        inside = self._map.areas.downwards(*territories)
        near = self._map.areas.upwards(*inside)
        kinds = [Area.Kind.NEIGHBOURHOOD, *DIVISIONS]
        rows: Iterable[Area]
        if self._ground is not None:
            found = [self._ground.areas[pk] for pk in near if pk in self._ground.areas]
            rows = sorted(found, key=lambda area: area.sort_key)
        else:
            rows = Area.objects.as_of(self.day).filter(pk__in=near).order_by("sort_key")
        return {
            area.pk: area
            for area in rows
            if area.kind in kinds
            if area.kind != Area.Kind.NEIGHBOURHOOD or area.pk in inside
        }

    def _read_rows(self) -> list[CoverageRow]:
        groups: Iterable[SteeringGroup]
        if self._ground is not None:
            groups = self._ground.groups.values()
        else:
            groups = self._local.at_work(self.day).with_state(self.day).order_by("sort_key")
        states = {group.pk: Covering(group, group.state(self.day)) for group in groups}
        return [
            self._row(area, states)
            for area in self._areas.values()
            if area.kind == Area.Kind.NEIGHBOURHOOD
        ]

    def _row(self, area: Area, states: dict[int, Covering]) -> CoverageRow:
        wholes = self._map.areas.upwards(area.pk)
        larger = {
            self._areas[pk].kind: self._areas[pk]
            for pk in wholes
            if pk in self._areas and pk != area.pk
        }
        here = {group.pk for group in self._map.groups_in_any(wholes)}
        police = larger.get(Area.Kind.POLICE_DISTRICT)
        return CoverageRow(
            area=area,
            district=larger.get(Area.Kind.DISTRICT),
            police_district=police,
            police_unknown=police is None and area.pk in self._unknown_police,
            covering=[covering for pk, covering in states.items() if pk in here],
        )

    @cached_property
    def _later_police(self) -> list[AreaPart]:
        """What becomes part of a police district that no source mentions as early as the day."""
        rows = AreaPart.objects.upcoming(self.day).filter(
            part__in=self._areas, whole_kind=Area.Kind.POLICE_DISTRICT
        )
        return [row for row in rows.select_related("whole") if row.whole.is_unknown(self.day)]

    @cached_property
    def _unknown_police(self) -> set[int]:
        return {part.part_id for part in self._later_police}

    def _division(self, larger: list[Area | None]) -> list[tuple[Area, int]]:
        counts = Counter(area.pk for area in larger if area)
        return [(area, counts[pk]) for pk, area in self._areas.items() if pk in counts]
