"""Wishes in the municipality made by hand, as tests state them and read how they are met."""

from governance.models import Act, Seat, SteeringGroup, WantedFunction
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.faults import CHECKS
from governance.queries.wanted import wishes
from governance.services import seats, wanted
from governance.services.wanted import Terms
from governance.temporal import PeriodQuerySet, day_before
from tests.days import day
from tests.worlds import FIRST, World

TURN = day("2024-03-01")
BEFORE = day_before(TURN)
TERMS = Terms(need="sought", level="authorized", appoints="bolagets VD")


def want(world, **more) -> Act:
    asked = {
        "user": None,
        "groups": [world.group],
        "function": world.member.function,
        "organization_kind": "bostadsbolag",
        "terms": TERMS,
        "first_day": FIRST,
    }
    return wanted.want(**{**asked, **more})


def make_wish(world: World, **columns: object) -> WantedFunction:
    """A wish that the company's seat in the world meets."""
    columns = {
        "group": world.group,
        "function": world.member.function,
        "organization_kind": "bostadsbolag",
        "valid_from": FIRST,
        **columns,
    }
    wish = WantedFunction.objects.create(**columns)
    Seat.objects.filter(
        group=wish.group, function=wish.function, organization__kind=wish.organization_kind
    ).update(fulfils=wish)
    return wish


def own() -> PeriodQuerySet[WantedFunction]:
    """The wishes of the municipality made by hand; the real structure has others."""
    return WantedFunction.objects.filter(group__agreement__slug="provstad")


def own_groups() -> SteeringGroupQuerySet:
    return SteeringGroup.objects.filter(agreement__slug="provstad")


def the_wish() -> WantedFunction:
    return own().select_related("group__agreement").latest("valid_from")


def days() -> list[tuple[str, str]]:
    rows = own().values_list("valid_from", "valid_through")
    return sorted((str(first), str(last)) for first, last in rows)


def met_by(on=TURN) -> list[list[Seat]]:
    rows = wishes(own_groups(), on)
    return [[place.seat for place in row.places] for row in rows]


def faults() -> list[str]:
    return [fault for check in CHECKS for fault in check()]


def add(world, **more) -> Act:
    asked = {"group": world.group, "organization": world.company, "first_day": TURN, "user": None}
    return seats.add_seat(**{**asked, "function": world.member.function, **more})
