"""What is asked and answered, as the OpenAPI document tells it."""

import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict, WithJsonSchema

from governance.models import Area

# A day from 1900 through 2199 that there is, so that the document says all that is refused.
DAY = (
    r"^((19|20|21)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29)$"
)
Day = Annotated[str, Field(pattern=DAY, description="Dag, ÅÅÅÅ-MM-DD. Annars gäller i dag.")]
MOST = 10_000  # rows of a list
LONGEST = 200
ID_LIMIT = 2**53


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_one_line)]
Number = Annotated[float, Field(allow_inf_nan=False)]


# A row of a list: as it should be, or anything else, which is answered with what is wrong.
ITEM = {
    "anyOf": [
        {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": ["string", "integer"]},
                **{name: {"type": "string"} for name in ("designation", "own_number")},
                **{name: {"type": "string"} for name in ("stadsdel", "address")},
                **{name: {"type": ["number", "string"]} for name in ("lat", "lon")},
            },
        },
        {},
    ],
    "example": {"id": 1, "designation": "Berga 1:2", "stadsdel": "Farsta"},
}


class Error(Schema):
    """What was wrong, in Swedish."""

    detail: str


REFUSALS = frozenset({400, 401, 403, 404, 413, 422, 429})


def or_refusal(answer: type[Schema]) -> dict[int | frozenset[int], type[Schema]]:
    """All that a question may be answered with, for the OpenAPI document."""
    return {200: answer, REFUSALS: Error}


class Place(Schema):
    """One place; with several parts, stadsdel is compared with what the others say."""

    designation: Words = Field("", description="Fastighetsbeteckning: Farsta 2:1.")
    own_number: Words = Field("", description="Bolagets eget nummer.")
    stadsdel: Words = Field("", description="Stadsdelens eller områdets namn.")
    address: Words = Field("", description="Gata och nummer.")
    lat: Number | None = Field(None, description="Latitud i WGS 84, tillsammans med lon.")
    lon: Number | None = Field(None, description="Longitud i WGS 84, tillsammans med lat.")


class AskedPlace(Place):
    date: Day | None = None


class ManyPlaces(Schema):
    """Rows as they are. What a row may hold stands in the document; one that holds something
    else is answered with what is wrong with it, and the others are answered all the same.
    """

    model_config = ConfigDict(strict=True)

    date: Day | None = None
    items: list[Annotated[Any, WithJsonSchema(ITEM)]] = Field(
        max_length=MOST, description="En rad för varje plats, med id och samma delar som en fråga."
    )


class AreaName(Schema):
    kind: str
    slug: str
    name: str


class ContactAnswer(Schema):
    """A function, never a person."""

    title: str
    mailbox: str
    phone: str


class StatusWords(Schema):
    code: str
    text: str


class CoveringGroup(Schema):
    slug: str
    name: str
    level: str
    status: StatusWords
    contact: ContactAnswer


class Coverage(Schema):
    query: dict[str, str | float | None]
    date: datetime.date
    certainty: Literal["exact", "approximate", "ambiguous", "none"]
    reason: str
    areas: list[AreaName]
    groups: list[CoveringGroup]
    candidates: list[AreaName]


class CoverageOfItem(Coverage):
    id: str | int | None


class ManyCoverages(Schema):
    date: datetime.date
    items: list[CoverageOfItem]


class Period(Schema):
    valid_from: datetime.date
    valid_through: datetime.date | None


class Page(Schema):
    """A part of a list: `count` rows in all, from `offset` on."""

    count: int
    limit: int
    offset: int


class GroupRow(Period):
    slug: str
    name: str
    level: str
    agreement: str
    status: StatusWords
    mailbox: str


class Sitting(Period):
    """Who sits there; `name` is null where it is not shown."""

    kind: str
    title: str
    name: str | None


class SeatLine(Schema):
    function: str
    number: int
    role: str
    organization: str
    mailbox: str
    status: StatusWords
    holder: Sitting | None
    deputies: list[Sitting]


class Group(GroupRow):
    date: datetime.date
    areas: list[AreaName]
    seats: list[SeatLine]


class OrganizationRow(Schema):
    slug: str
    name: str
    kind: str
    parent: str | None
    mailbox: str


class MandateRow(Sitting):
    id: int
    group: str
    function: str
    role: str
    organization: str


class Groups(Page):
    items: list[GroupRow]


class Organizations(Page):
    items: list[OrganizationRow]


class Areas(Page):
    items: list[AreaName]


class Mandates(Page):
    items: list[MandateRow]


class Asked(Schema):
    """Which part of a list, on which day."""

    date: Day | None = None
    limit: int = Field(100, ge=1, le=500, description="Högst så många rader.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Hoppa över så många.")


class Drawn(Schema):
    kind: Area.Kind = Field(Area.Kind.NEIGHBOURHOOD, description="Slag av område.")
    date: Day | None = None


class OnDay(Schema):
    date: Day | None = None


class Feature(Schema):
    type: Literal["Feature"]
    properties: dict[str, str | bool]
    geometry: dict[str, object] | None


class FeatureCollection(Schema):
    """GeoJSON in WGS 84 (longitude, latitude); `sketch` where the line is not measured."""

    type: Literal["FeatureCollection"]
    date: datetime.date
    features: list[Feature]
