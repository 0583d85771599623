"""One search over all nouns, under the reader's rights: one query finds, two more explain."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, CharField, DateField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Trim

from governance.models import (
    Agreement,
    Area,
    Challenge,
    CoverageMap,
    Organization,
    PersonName,
    Property,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.structure import areas_near
from governance.swedish import fold

AT_MOST = 20
# The kinds of hits: the word in the address, the heading, and what one of them is.
TITLES = {
    "styrgrupper": "Styrgrupper",
    "omraden": "Områden",
    "organisationer": "Organisationer",
    "fastigheter": "Fastigheter",
    "personer": "Personer",
    "utmaningar": "Utmaningar",
    "overenskommelser": "Överenskommelser",
}
_LABELS = {
    (code, value): str(label)
    for code, kinds in [
        ("styrgrupper", SteeringGroup.Kind),
        ("omraden", Area.Kind),
        ("organisationer", Organization.Kind),
        ("fastigheter", Property.Use),
        ("overenskommelser", Agreement.Level),
    ]
    for value, label in kinds.choices
}


@dataclass(frozen=True)
class Sources:
    """What may be searched, already narrowed to what the reader may see."""

    groups: SteeringGroupQuerySet
    agreements: list[Agreement]
    organizations: QuerySet[Organization]
    names: QuerySet[PersonName]
    properties: QuerySet[Property]


@dataclass(frozen=True)
class Hit:
    """One thing found; `what` says of what kind it is, in words.

    For an area `wholes` and `groups` say where it belongs on the day, if it exists then.
    """

    pk: int
    slug: str
    label: str
    kind: str
    more: str
    valid_from: datetime.date | None
    valid_through: datetime.date | None
    wholes: list[Area] = field(default_factory=list)
    groups: list[SteeringGroup] = field(default_factory=list)
    exists: bool = True
    what: str = ""


@dataclass(frozen=True)
class Hits:
    """All hits of one kind; `shown` are those on the page."""

    code: str
    title: str
    number: int
    shown: list[Hit]

    @property
    def more(self) -> int:
        return self.number - len(self.shown)


def search(text: str, day: datetime.date, sources: Sources, only: str = "") -> list[Hits]:
    """What matches every word of `text`, by kind; `only` gives one kind, and all of it."""
    words = fold(text).split()
    if not words:
        return []
    found: dict[str, list[Hit]] = {code: [] for code in TITLES}
    for code, *columns in _rows(words, sources):
        hit = Hit(*columns)
        found[code].append(replace(hit, what=_LABELS.get((code, hit.kind), "")))
    chosen = [only] if only in TITLES else list(TITLES)
    limit = None if only in TITLES else AT_MOST
    results = [Hits(code, TITLES[code], len(found[code]), found[code][:limit]) for code in chosen]
    return [_explained(hits, day, sources) for hits in results if hits.number]


# What a noun without such a column has in its place.
_NOTHING = Value("", output_field=CharField())
_NO_DAYS = (Cast(Value(None), DateField()),) * 2
_DAYS = (F("valid_from"), F("valid_through"))
# As `Property.designation` writes it.
_DESIGNATION = Trim(
    Concat(
        *(F("municipality"), Value(" "), F("tract"), Value(" ")),
        Case(When(block="", then=F("unit")), default=Concat("block", Value(":"), "unit")),
        output_field=CharField(),
    )
)


def _rows(words: list[str], sources: Sources) -> list[tuple[Any, ...]]:
    """(code, pk, slug, label, kind, more, first day, last day) of every hit, in Swedish order."""
    first, *others = [*_lasting(words, sources), *_timeless(words, sources)]
    rows = first.union(*others, all=True)
    return [row[:-1] for row in sorted(rows, key=lambda row: (row[0], row[-1], row[1]))]


def _lasting(words: list[str], sources: Sources) -> list[QuerySet[Any]]:
    """What begins and ends. It comes first: PostgreSQL takes the types from the first part."""
    near = Area.objects.filter(pk__in=areas_near(sources.agreements))
    named = ("slug", "name", "kind")
    return [
        _branch("omraden", near, words, *named, _NOTHING, *_DAYS),
        _branch("styrgrupper", sources.groups, words, *named, "agreement__name", *_DAYS),
        _branch("organisationer", sources.organizations, words, *named, _NOTHING, *_DAYS),
    ]


def _timeless(words: list[str], sources: Sources) -> list[QuerySet[Any]]:
    """What has no days of its own."""
    mine = Agreement.objects.filter(pk__in=[each.pk for each in sources.agreements])
    challenges = Challenge.objects.filter(version__agreement__in=mine)
    name = Concat("given_name", Value(" "), "family_name")
    where = ("person__title", "person__organization__name")
    used = ("use", _NOTHING)
    version = ("version__title", _NOTHING, "version__valid_from", "version__valid_through")
    return [
        _branch("fastigheter", sources.properties, words, _NOTHING, _DESIGNATION, *used, *_NO_DAYS),
        _branch("personer", sources.names, words, _NOTHING, name, *where, *_NO_DAYS),
        _branch(
            "utmaningar",
            challenges,
            words,
            "version__agreement__slug",
            "title",
            *version,
            sort="code",
        ),
        _branch("overenskommelser", mine, words, "slug", "name", "level", _NOTHING, *_NO_DAYS),
    ]


def _branch(
    code: str, rows: QuerySet[Any], words: list[str], *columns: Any, sort: str = "sort_key"
) -> QuerySet[Any]:
    """One noun's part of the union: rows whose search key contains every word."""
    for word in words:
        rows = rows.filter(search_key__contains=word)
    noun = Value(code, output_field=CharField())
    return rows.order_by().values_list(noun, "pk", *columns, sort)


def _explained(hits: Hits, day: datetime.date, sources: Sources) -> Hits:
    """The areas with what they are part of, and which local group works there, on the day."""
    if hits.code != "omraden":
        return hits
    coverage = CoverageMap(day, sources.groups.filter(kind=SteeringGroup.Kind.LOCAL))
    upwards = {hit.pk: coverage.areas.upwards(hit.pk) for hit in hits.shown}
    rows = Area.objects.as_of(day).filter(pk__in=set().union(*upwards.values()))
    areas = {area.pk: area for area in rows.order_by("-kind")}
    shown = [
        replace(
            hit,
            wholes=_divisions(areas[pk] for pk in areas if pk in upwards[hit.pk] - {hit.pk}),
            groups=_groups(coverage, hit.pk),
            exists=hit.pk in areas,
        )
        for hit in hits.shown
    ]
    return replace(hits, shown=sorted(shown, key=lambda hit: not hit.exists))


def _divisions(areas: Iterable[Area]) -> list[Area]:
    """The stadsdelsområde and the lokalpolisområde among the areas."""
    return [area for area in areas if area.kind in (Area.Kind.DISTRICT, Area.Kind.POLICE_DISTRICT)]


def _groups(coverage: CoverageMap, area: int) -> list[SteeringGroup]:
    """The groups that work in the area, or in any part of it."""
    parts = coverage.areas.downwards(area)
    found: set[SteeringGroup] = set().union(*(coverage.groups_in(part) for part in parts))
    return sorted(found, key=lambda group: group.sort_key)
