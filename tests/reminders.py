"""What tests of reminders share: a world with little to do, and letters read by their parts."""

import re

from governance.models import GroupDecision
from tests.days import day
from tests.worlds import FIRST, World, appoint, make_person, make_world

MONDAY, TUESDAY = day("2026-11-23"), day("2026-11-24")


def quiet_world() -> World:
    """The local group's decision is registered, and the central group has ended."""
    made = make_world("Provstad")
    GroupDecision.objects.filter(group=made.group).update(decided_on=FIRST)
    made.central.valid_through = day("2024-12-31")
    made.central.save()
    return made


def news(body: str) -> list[str]:
    """What a letter tells of as new."""
    return re.findall(r"^- (.*)$", body.split("Nytt:")[1].split("Allt som är att göra")[0], re.M)


def sums(body: str) -> list[tuple[int, str]]:
    """How much a letter says there is in all, and the address of each list."""
    rest = body.split("Allt som är att göra")[1]
    return [
        (int(n), url) for n, url in re.findall(r"^- (\d+) .*\n  http://[^/]+(\S+)$", rest, re.M)
    ]


def fill(world: World) -> None:
    for seat in (world.chair, world.secretary, world.member):
        appoint(seat, make_person(seat.organization))
