"""Where things are: areas of several kinds, and which is part of which."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.organizations import Organization
from governance.models.sources import Sourced
from governance.no_overlap import NoOverlap
from governance.swedish import SearchKey, SortKey
from governance.temporal import Lifespan, Period, PeriodQuerySet


class Area(Lifespan, Sourced):
    """A named piece of the map, of one kind.

    A stadsdel is the smallest unit that both divisions, stadsdelsområden and
    lokalpolisområden, are made of. It does not nest exactly in a stadsdelsområde
    (DOMAIN 2.2): what stands here is the nominal nesting, for words and lists.
    """

    class Kind(models.TextChoices):
        NEIGHBOURHOOD = "stadsdel", "stadsdel"
        DISTRICT = "stadsdelsomrade", "stadsdelsområde"
        POLICE_DISTRICT = "lokalpolisomrade", "lokalpolisområde"
        POLICE_AREA = "polisomrade", "polisområde"
        MUNICIPALITY = "kommun", "kommun"
        POLICE_REGION = "polisregion", "polisregion"
        COMPANY_AREA = "bolagsomrade", "bolagsområde"
        PLACE = "plats", "avgränsad plats"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    name = models.CharField("namn", max_length=120)
    slug = models.SlugField("adress", max_length=80)
    responsible = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="areas",
        verbose_name="ansvarig organisation",
    )
    note = models.TextField("anmärkning", blank=True)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="predecessors",
        verbose_name="efterföljare",
    )
    search_key = SearchKey(sources=("name",))
    sort_key = SortKey(sources=("name",))

    objects = PeriodQuerySet.as_manager()
    history = tracked(without=("search_key", "sort_key"), joins=("successors",))

    class Meta(Lifespan.Meta):
        verbose_name = "område"
        verbose_name_plural = "områden"
        ordering = ["sort_key"]
        constraints = [
            *Lifespan.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="area_slug_unique_per_kind",
                violation_error_message="Ett område av det slaget har redan den adressen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


# The kinds of which an area is part of one at a time.
LARGER_KINDS = [
    Area.Kind.DISTRICT,
    Area.Kind.POLICE_DISTRICT,
    Area.Kind.POLICE_AREA,
    Area.Kind.MUNICIPALITY,
    Area.Kind.POLICE_REGION,
    Area.Kind.COMPANY_AREA,
]


class AreaPart(Period, Sourced):
    """That an area is part of a larger one, for a time.

    `whole_kind` repeats the larger area's kind, which never changes, so that the
    database can keep "one larger area of each kind at a time".
    """

    part = models.ForeignKey(Area, models.PROTECT, related_name="wholes", verbose_name="del")
    whole = models.ForeignKey(
        Area, models.PROTECT, related_name="parts", verbose_name="större område"
    )
    whole_kind = models.CharField(
        "det större områdets slag", max_length=20, choices=Area.Kind, editable=False
    )

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "områdesdel"
        verbose_name_plural = "områdesdelar"
        ordering = ["part", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            *(
                NoOverlap(
                    name=f"area_part_of_one_{kind.value}",
                    fields=["part"],
                    condition=Q(whole_kind=kind.value),
                    violation_error_message=(
                        f"Området är redan del av ett annat område av slaget {kind.label} "
                        "under de dagarna. Avsluta det först eller välj andra dagar."
                    ),
                )
                for kind in LARGER_KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} i {self.whole_id}"

    def clean_fields(self, exclude: Any = None) -> None:
        if self.whole_id:
            self.whole_kind = self.whole.kind
        super().clean_fields(exclude=exclude)


class AreaMap:
    """Which areas are part of which on one day, or on any day, read from the database once."""

    def __init__(self, day: datetime.date | None, read: Iterable[AreaPart] | None = None) -> None:
        """`read` are the rows of the day, for those who have read them already."""
        self._wholes: dict[int, set[int]] = defaultdict(set)
        self._parts: dict[int, set[int]] = defaultdict(set)
        rows = AreaPart.objects.all() if day is None else AreaPart.objects.as_of(day)
        pairs: Iterable[tuple[int, int]] = (
            rows.order_by().values_list("part_id", "whole_id")
            if read is None
            else ((each.part_id, each.whole_id) for each in read)
        )
        for part, whole in pairs:
            self._wholes[part].add(whole)
            self._parts[whole].add(part)

    def upwards(self, *areas: int) -> set[int]:
        """The ids of the areas and of every area they are part of, at any remove."""
        return _reachable(areas, self._wholes)

    def downwards(self, *areas: int) -> set[int]:
        """The ids of the areas and of every area that is part of them, at any remove."""
        return _reachable(areas, self._parts)


def _reachable(start: Iterable[int], steps: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    newest = set(start)
    while newest:
        found |= newest
        newest = {after for here in newest for after in steps.get(here, ())} - found
    return found


class BoundarySet(Period):
    """The polygons of one kind of area in one territory (gränser), from one source.

    A set is loaded inactive, compared with the one in force, and then activated: from its
    first day it answers, and the one before ends the day before. `accuracy` is how many
    metres the lines may be off: within it, an answer names every candidate. A `sketch` is
    drawn from points, never activated, and answers only where no set does.
    """

    kind = models.CharField("slag av område", max_length=20, choices=Area.Kind)
    territory = models.ForeignKey(
        Area, models.PROTECT, related_name="boundary_sets", verbose_name="inom"
    )
    source = models.CharField("källa", max_length=300)
    licence = models.CharField("licens", max_length=120, blank=True)
    source_date = models.DateField("källans datum", null=True, blank=True)
    accuracy = models.PositiveSmallIntegerField("noggrannhet i meter", default=5)
    file_name = models.CharField("fil", max_length=200, blank=True)
    loaded_at = models.DateTimeField("inläst", auto_now_add=True)
    sketch = models.BooleanField("skiss", default=False)
    activated = models.BooleanField("aktiverad", default=False)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "gränsuppsättning"
        verbose_name_plural = "gränsuppsättningar"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Period.Meta.constraints,
            *(
                NoOverlap(
                    name=f"boundaries_one_set_of_{kind.value}",
                    fields=["territory"],
                    condition=Q(kind=kind.value, activated=True),
                    violation_error_message=(
                        f"Det finns redan gränser för {kind.label} under de dagarna. "
                        "Välj en senare första dag."
                    ),
                )
                for kind in Area.Kind
            ),
        ]

    def __str__(self) -> str:
        return f"Gränser {self.pk}: {self.get_kind_display()}"


class Boundary(models.Model):
    """The shape of one area in one set.

    `shape` is well-known binary in SWEREF 99 TM (EPSG:3006), metres, east before north.
    `name` is what the file called it; `area` is empty until somebody has said which it is.
    """

    boundary_set = models.ForeignKey(
        BoundarySet, models.CASCADE, related_name="boundaries", verbose_name="gränsuppsättning"
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="boundaries",
        verbose_name="område",
    )
    name = models.CharField("namn i filen", max_length=200)
    shape = models.BinaryField("form")

    class Meta:
        verbose_name = "gräns"
        verbose_name_plural = "gränser"
        ordering = ["boundary_set", "name"]
        constraints = [
            models.UniqueConstraint(
                name="boundary_area_once_per_set",
                fields=["boundary_set", "area"],
                violation_error_message="Området finns redan i gränsuppsättningen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
