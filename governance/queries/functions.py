"""/funktioner/: functions against groups, narrowed by what stands in the address."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from governance.models import Function, Level, Organization, SteeringGroup, WantedFunction
from governance.queries.choices import AddressChoice
from governance.queries.wanted import (
    ENDING,
    FILLED,
    NO_SEAT,
    ORDER,
    VACANT,
    WRONG_LEVEL,
    WishRow,
    function_order,
    in_words,
    line,
    total,
)
from governance.swedish import sort_key

# What the address may ask for: the word, the states it takes and what it is called.
ASKED = {
    "brister": (set(ORDER[1:]), "Allt som behöver åtgärdas"),
    "vakant": ({VACANT}, "Utan ledamot"),
    "saknas": ({NO_SEAT}, "Plats saknas"),
    "niva": ({WRONG_LEVEL}, "På för låg nivå"),
    "gar-ut": ({ENDING}, "Går ut"),
    "bemannad": ({FILLED}, "Bemannad"),
}


@dataclass(frozen=True)
class Choice(AddressChoice):
    """What stands in the address; what is no choice is read as no choice."""

    slag: str = ""
    behov: str = ""
    lage: str = ""

    known: ClassVar = {
        "slag": Organization.Kind.values,
        "behov": WantedFunction.Need.values,
        "lage": ASKED,
    }

    @property
    def is_narrow(self) -> bool:
        return self != Choice()

    def takes(self, row: WishRow) -> bool:
        return all(
            [
                not self.slag or row.wish.organization_kind == self.slag,
                not self.behov or row.wish.need == self.behov,
                not self.lage or bool(ASKED[self.lage][0] & set(row.counts)),
            ]
        )


@dataclass(frozen=True)
class Column:
    """A function from a kind of organisation, and every wish for it in the table."""

    function: Function
    organization_kind: str
    rows: list[WishRow]

    @property
    def kind(self) -> str:
        return Organization.Kind(self.organization_kind).label

    @cached_property
    def counts(self) -> Counter[str]:
        return total(self.rows)

    @property
    def sums(self) -> str:
        return in_words(self.counts)

    @property
    def number(self) -> int:
        return self.counts.total()

    @property
    def groups(self) -> list[SteeringGroup]:
        return [row.group for row in self.rows]

    @property
    def needs(self) -> list[str]:
        """How much it is needed, the most first; more than one where the groups differ."""
        found = {row.wish.need for row in self.rows}
        return [need.label for need in WantedFunction.Need if need in found]

    @property
    def levels(self) -> list[str]:
        found = {row.wish.level for row in self.rows}
        return [level.label for level in Level if level in found]

    @property
    def marks(self) -> list[str]:
        """How sure it is that it is wanted; each that some group has."""
        marks = {row.wish.get_source_mark_display() or "Införd i appen" for row in self.rows}
        return sorted(marks, key=sort_key)

    @property
    def appoints(self) -> list[str]:
        return sorted({row.wish.appoints for row in self.rows if row.wish.appoints}, key=sort_key)


@dataclass(frozen=True)
class Matrix:
    """Groups of one kind against the functions that are wanted in them."""

    kind: str
    columns: list[Column]
    lines: list[tuple[SteeringGroup, list[WishRow | None]]]

    @property
    def id(self) -> str:
        return f"matris-{self.kind}"

    @property
    def label(self) -> str:
        return _PLURALS[SteeringGroup.Kind(self.kind)]


_PLURALS = {
    SteeringGroup.Kind.CENTRAL: "Centrala styrgrupper",
    SteeringGroup.Kind.LOCAL: "Lokala styrgrupper",
    SteeringGroup.Kind.PREPARATORY: "Beredningsgrupper",
    SteeringGroup.Kind.STRATEGIC_COUNCIL: "Strategiska råd",
    SteeringGroup.Kind.CRIME_PREVENTION_COUNCIL: "Lokala brottsförebyggande råd",
    SteeringGroup.Kind.WORKING: "Arbetsgrupper",
}


def columns(rows: Iterable[WishRow]) -> list[Column]:
    """The rows by function and kind of organisation, what is needed the most first."""
    found: dict[tuple[int, str], list[WishRow]] = defaultdict(list)
    for row in rows:
        found[row.wish.function_id, row.wish.organization_kind].append(row)
    ordered = sorted(found.values(), key=lambda own: min(function_order(r.wish) for r in own))
    return [Column(own[0].wish.function, own[0].wish.organization_kind, own) for own in ordered]


def matrices(rows: Iterable[WishRow]) -> list[Matrix]:
    """One table for each kind of group, in the order of the kinds."""
    by_kind: dict[str, list[WishRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.group.kind].append(row)
    return [_matrix(kind, by_kind[kind]) for kind in SteeringGroup.Kind if by_kind[kind]]


def _matrix(kind: str, rows: list[WishRow]) -> Matrix:
    heads = columns(rows)
    cells = {line(row.wish): row for row in rows}
    groups = {row.group.pk: row.group for row in rows}
    lines = [
        (
            group,
            [cells.get((group.pk, head.function.pk, head.organization_kind)) for head in heads],
        )
        for group in sorted(groups.values(), key=lambda group: group.sort_key)
    ]
    return Matrix(kind, heads, lines)
