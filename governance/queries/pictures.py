"""Lägesbilder of one group or of the municipality: which there are, and which was first."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from governance.models import Agreement, Area, AreaMap, SituationPicture, SteeringGroup
from governance.months import months_between
from governance.permissions import visible_areas
from governance.rights import Account
from governance.swedish import counted
from governance.temporal import OccasionQuerySet

# The law's three parts (SFS 2023:196 4 §), and where the figures come from.
PARTS = ("mapping", "other_information", "analysis")
TEXTS = (*PARTS, "sources")
WHOLE_GROUP, WHOLE_MUNICIPALITY = "Hela gruppens område", "Hela kommunen"


def of_owner(owner: SteeringGroup | Agreement) -> OccasionQuerySet[SituationPicture]:
    rows: OccasionQuerySet[SituationPicture] = SituationPicture.objects.all()
    return rows.filter(**_owned_by(owner))


def _owned_by(owner: SteeringGroup | Agreement) -> dict[str, Any]:
    return {"group" if isinstance(owner, SteeringGroup) else "agreement": owner}


def is_baseline(picture: SituationPicture) -> bool:
    """Whether none of the same group (or municipality) and area is older."""
    first = _same_place(picture).order_by("day", "pk").first()
    return first == picture


def _same_place(picture: SituationPicture) -> OccasionQuerySet[SituationPicture]:
    rows: OccasionQuerySet[SituationPicture] = SituationPicture.objects.filter(
        group=picture.group_id, agreement=picture.agreement_id, area=picture.area_id
    )
    return rows


def where(picture: SituationPicture) -> str:
    """The area that it is about, in words."""
    if picture.area is not None:
        return picture.area.name
    return WHOLE_GROUP if picture.group_id else WHOLE_MUNICIPALITY


@dataclass(frozen=True)
class PictureRow:
    """A lägesbild in a list, and whether it is the baseline of its area."""

    picture: SituationPicture
    is_baseline: bool
    age: str

    @property
    def where(self) -> str:
        return where(self.picture)


def picture_rows(rows: OccasionQuerySet[SituationPicture], day: datetime.date) -> list[PictureRow]:
    """Those dated `day` or earlier, the newest first, in one query; `rows` of one owner."""
    pictures = list(rows.through(day).select_related("area", "group").order_by("day", "pk"))
    first: dict[int | None, int] = {}
    for picture in pictures:
        first.setdefault(picture.area_id, picture.pk)
    return [
        PictureRow(each, first[each.area_id] == each.pk, age(each.day, day))
        for each in reversed(pictures)
    ]


@dataclass(frozen=True)
class Neighbours:
    """The other lägesbilder of the same group and area, around one of them."""

    baseline: SituationPicture
    before: SituationPicture | None
    after: SituationPicture | None


def neighbours(picture: SituationPicture) -> Neighbours:
    """In one query; the texts are left out, for these are only linked to."""
    rows = list(_same_place(picture).order_by("day", "pk").defer(*TEXTS))
    at = rows.index(picture)
    after = rows[at + 1] if at + 1 < len(rows) else None
    return Neighbours(rows[0], rows[at - 1] if at else None, after)


def age(made: datetime.date, day: datetime.date) -> str:
    """How old on `day` what was made then is, in whole months: `1 år och 3 månader`."""
    months = months_between(made, day)
    if months < 1:
        return "Mindre än en månad"
    years, rest = divmod(months, 12)
    parts = [f"{years} år"] * bool(years) + [counted(rest, "månad", "månader")] * bool(rest)
    return " och ".join(parts)


# -- what a reader has seen ---------------------------------------------------------------


def seen_of_owner(owner: SteeringGroup | Agreement) -> int:
    """The id of the latest history row of any of the owner's, 0 if none."""
    return _latest(SituationPicture.history.filter(**_owned_by(owner)))


def seen_of(picture: SituationPicture) -> int:
    """The id of the latest history row of the lägesbild."""
    return _latest(SituationPicture.history.filter(id=picture.pk))


def _latest(rows: Any) -> int:
    newest = rows.order_by("-history_id").values_list("history_id", flat=True).first()
    return newest or 0


# -- what a new one can be about ------------------------------------------------------------


def areas_of(user: Account, group: SteeringGroup) -> QuerySet[Area]:
    """The areas that the group covers or has covered, those inside them, and the
    stadsdelsområden and lokalpolisområden that these lie in.

    A lokalpolisområde makes one lägesbild for each stadsdelsområde that it touches, and
    neither kind is part of the other.
    """
    nesting = AreaMap(None)
    covered = set(group.coverages.values_list("area", flat=True))
    inside = nesting.downwards(*covered)
    kinds = (Area.Kind.DISTRICT, Area.Kind.POLICE_DISTRICT)
    around = Q(pk__in=nesting.upwards(*inside), kind__in=kinds)
    rows = visible_areas(user).filter(Q(pk__in=inside) | around)
    return rows.order_by("kind", "sort_key", "pk")
