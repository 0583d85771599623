"""The sets of boundaries there are, kind by kind, with what each does on a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from governance.models import Area, BoundarySet
from governance.swedish import in_words

LABELS = dict(Area.Kind.choices)


@dataclass(frozen=True)
class SetRow:
    """A set in words: `code` is the class of its mark, `state` what it does on the day."""

    boundary_set: BoundarySet
    code: str
    state: str
    shapes: int
    unnamed: int


@dataclass(frozen=True)
class SetsOfKind:
    kind: str
    title: str
    rows: list[SetRow]


def sets_by_kind(sets: QuerySet[BoundarySet], day: datetime.date) -> list[SetsOfKind]:
    """The sets of each kind that has any: in force, coming, not activated, ended, sketches."""
    counted = sets.select_related("territory").annotate(
        shapes=Count("boundaries"),
        unnamed=Count("boundaries", filter=Q(boundaries__area=None)),
    )
    rows: list[SetRow] = [
        SetRow(each, *state_of(each, day), each.shapes, each.unnamed)
        for each in counted.order_by("-valid_from", "-pk")
    ]
    kinds = [kind for kind in Area.Kind.values if any(r.boundary_set.kind == kind for r in rows)]
    return [
        SetsOfKind(kind, LABELS[kind], _in_order(r for r in rows if r.boundary_set.kind == kind))
        for kind in kinds
    ]


def _in_order(rows: Iterable[SetRow]) -> list[SetRow]:
    places = ["in_force", "coming", "inactive", "ended", "sketch"]
    return sorted(rows, key=lambda row: places.index(row.code))


def state_of(boundary_set: BoundarySet, day: datetime.date) -> tuple[str, str]:
    """What the set does on the day: a short code, and words."""
    if boundary_set.sketch:
        return "sketch", "Skiss, svarar bara där inga gränser gäller"
    if not boundary_set.activated:
        return "inactive", "Inte aktiverad"
    if boundary_set.is_upcoming(day):
        return "coming", f"Gäller från den {in_words(boundary_set.valid_from)}"
    if boundary_set.has_ended(day) and boundary_set.valid_through:
        return "ended", f"Gällde till och med den {in_words(boundary_set.valid_through)}"
    return "in_force", "Gäller"
