"""Which file of the structure becomes which noun, and what its columns refer to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model

from governance.models import (
    Agreement,
    AgreementVersion,
    Area,
    AreaPart,
    Challenge,
    Coverage,
    Function,
    GroupDecision,
    Indicator,
    IndicatorValue,
    Organization,
    Seat,
    SteeringGroup,
    WantedFunction,
)

Key = tuple[str, ...]
SEPARATOR = ";"


@dataclass(frozen=True)
class Reference:
    """A foreign key: the file it points into, and the columns that say at which row."""

    file: str
    columns: tuple[str, ...] = ()
    split: str = ""  # a cell that holds the whole key, as `kommun:stockholm`
    inside: bool = False  # a row must not last longer than what it points at


@dataclass(frozen=True)
class Table:
    """One file: its noun, the columns that tell its rows apart, and its references.

    `many` are columns of several references; `same_kind` says that these point at
    rows whose first key column is the row's own. `ignored` are columns that no noun
    takes yet, `unsaid` fields of the noun that no file speaks of.
    """

    file: str
    model: type[Model]
    key: tuple[str, ...]
    references: dict[str, Reference] = field(default_factory=dict)
    many: dict[str, Reference] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    same_kind: bool = False

    def key_of(self, cell: Callable[[str], str]) -> Key:
        return tuple(cell(column) for column in self.key)


_AREA = ("area_kind", "area")
_OF_GROUP = Reference("groups.csv", ("group",), inside=True)

# What several agreements may share, in the order in which rows refer to each other.
SHARED = [
    Table(
        "organizations.csv",
        Organization,
        ("slug",),
        {"parent": Reference("organizations.csv", ("parent",))},
        many={"successors": Reference("organizations.csv")},
    ),
    Table(
        "areas.csv",
        Area,
        ("kind", "slug"),
        {"responsible": Reference("organizations.csv", ("responsible",))},
        many={"successors": Reference("areas.csv")},
        ignored=("latitude", "longitude", "sweref_n", "sweref_e", "land_km2"),
        same_kind=True,
    ),
    Table(
        "area_parts.csv",
        AreaPart,
        ("part_kind", "part", "whole_kind", "whole", "valid_from"),
        {
            "part": Reference("areas.csv", ("part_kind", "part"), inside=True),
            "whole": Reference("areas.csv", ("whole_kind", "whole"), inside=True),
        },
    ),
    Table("functions.csv", Function, ("code",), lists=("organization_kinds", "typical_level")),
    Table("indicators.csv", Indicator, ("code",)),
    Table(
        "indicator_values.csv",
        IndicatorValue,
        ("indicator", "area_kind", "area", "year"),
        {
            "indicator": Reference("indicators.csv", ("indicator",)),
            "area": Reference("areas.csv", _AREA),
        },
    ),
]

# What belongs to one agreement, which has an act of its own.
OWNED = [
    Table(
        "agreements.csv",
        Agreement,
        ("slug",),
        {
            "parent": Reference("agreements.csv", ("parent",)),
            "territory": Reference("areas.csv", ("territory",), split=":"),
        },
        many={"parties": Reference("organizations.csv")},
        unsaid=("mailbox",),
    ),
    Table(
        "agreement_versions.csv",
        AgreementVersion,
        ("agreement", "number"),
        {"agreement": Reference("agreements.csv", ("agreement",))},
    ),
    Table(
        "challenges.csv",
        Challenge,
        ("agreement", "version", "order"),
        {"version": Reference("agreement_versions.csv", ("agreement", "version"))},
    ),
    Table(
        "groups.csv",
        SteeringGroup,
        ("slug",),
        {
            "agreement": Reference("agreements.csv", ("agreement",)),
            "parent": Reference("groups.csv", ("parent",)),
        },
        many={"successors": Reference("groups.csv")},
        unsaid=("notice_days",),
    ),
    Table(
        "coverage.csv",
        Coverage,
        ("group", "area_kind", "area", "valid_from"),
        {"group": _OF_GROUP, "area": Reference("areas.csv", _AREA, inside=True)},
    ),
    Table(
        "decisions.csv",
        GroupDecision,
        ("group", "act", "first_day"),
        {"group": Reference("groups.csv", ("group",))},
    ),
    Table(
        "wanted.csv",
        WantedFunction,
        ("group", "function", "organization_kind", "valid_from"),
        {"group": _OF_GROUP, "function": Reference("functions.csv", ("function",))},
    ),
    Table(
        "seats.csv",
        Seat,
        ("group", "organization", "function", "number", "valid_from"),
        {
            "group": _OF_GROUP,
            "organization": Reference("organizations.csv", ("organization",)),
            "function": Reference("functions.csv", ("function",)),
        },
        unsaid=("fulfils",),
    ),
]
