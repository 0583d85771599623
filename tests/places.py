"""Hand-made places for tests: properties in a stock, boundaries drawn in squares, and questions."""

import shapely

from governance.models import (
    Area,
    AreaPart,
    Boundary,
    BoundarySet,
    ContactRoute,
    Holding,
    Organization,
    Property,
    RouteContact,
)
from governance.queries.places import Question, Reply
from tests.days import day
from tests.worlds import FIRST, World

NOW = day("2026-01-15")
# The corner of a made-up map, in SWEREF 99 TM.
NORTH, EAST = 6_580_000, 670_000


def names(reply: Reply) -> list[str]:
    return [area.name for area in reply.areas]


def groups(reply: Reply) -> list[str]:
    return [answer.group.name for answer in reply.groups]


def own(
    organization: Organization, designation: str, *, area: Area | None = None, **fields
) -> Property:
    """A property in the organisation's stock; `number` is the organisation's own."""
    *tract, unit = designation.split()
    number = fields.pop("number", "")
    found = Property.objects.create(
        municipality="Provstad", tract=" ".join(tract), unit=unit, stated_area=area, **fields
    )
    Holding.objects.create(
        property=found, organization=organization, own_number=number, valid_from=FIRST
    )
    return found


def draw(territory: Area, kind: str, squares: dict[Area, tuple[int, int, int, int]], **fields):
    """A set of boundaries in force: each area as south, west, north and east in kilometres."""
    chosen = BoundarySet.objects.create(
        kind=kind, territory=territory, source="Provkartan",
        **{"activated": True, "valid_from": FIRST, **fields},
    )  # fmt: skip
    for area, (south, west, north, east) in squares.items():
        shape = shapely.box(*(EAST + 1000 * west, NORTH + 1000 * south),
                            *(EAST + 1000 * east, NORTH + 1000 * north))  # fmt: skip
        Boundary.objects.create(
            boundary_set=chosen, area=area, name=area.name, shape=shapely.to_wkb(shape)
        )
    return chosen


def at(north: float, east: float, **more: str) -> Question:
    """A coordinate so many kilometres from the corner."""
    return Question(
        first=str(NORTH + round(1000 * north)), second=str(EAST + round(1000 * east)), **more
    )


def add_area(name: str, kind: str, *parts: Area) -> Area:
    area = Area.objects.create(name=name, slug=name.lower(), kind=kind, valid_from=FIRST)
    for part in parts:
        AreaPart.objects.create(part=part, whole=area, whole_kind=kind, valid_from=FIRST)
    return area


def route(world: World, purpose: str, title: str, **about) -> ContactRoute:
    made = ContactRoute.objects.create(
        organization=world.police, direction="to_police", purpose=purpose,
        valid_from=FIRST, **about,
    )  # fmt: skip
    RouteContact.objects.create(route=made, order=1, title=title, mailbox="vakt@example.org")
    return made
