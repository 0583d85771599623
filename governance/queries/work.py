"""What the start page says needs doing, counted as the lists that it opens count."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Value

from governance.models import Agreement, Mandate, Person, Seat, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.coverages import CoverageTable
from governance.queries.groups import NOT_REGISTERED, Choice, GroupTable
from governance.queries.inquiries import open_proposals
from governance.queries.mandate_lists import MandateList
from governance.queries.routes import MISSING, STALE, Ground, RouteChoice
from governance.queries.seat_requests import to_settle
from governance.queries.seat_tables import ENDING, LAPSED, UNCONFIRMED, VACANT
from governance.queries.worklists import NO_CHAIR, NO_SECRETARY, UNNAMED
from governance.rights import Account, rights

LEADING_ROLES = [Seat.Role.CHAIR, Seat.Role.VICE_CHAIR, Seat.Role.SECRETARY]


@dataclass(frozen=True)
class Task:
    """Something to do: how many, in words, and the list it opens.

    `page` names the list and `query` narrows it to what was counted.
    """

    number: int
    text: str
    page: str
    query: str


# What each kind of work is called, of one and of many.
_WORDS = {
    VACANT: ("plats saknar ledamot", "platser saknar ledamot"),
    LAPSED: ("uppdrag har gått ut utan nytt beslut", "uppdrag har gått ut utan nytt beslut"),
    ENDING: ("uppdrag går ut snart", "uppdrag går ut snart"),
    NO_CHAIR: ("grupp saknar ordförande", "grupper saknar ordförande"),
    NO_SECRETARY: ("grupp saknar sekreterare", "grupper saknar sekreterare"),
    UNNAMED: ("organisation har inte utsett någon", "organisationer har inte utsett någon"),
    UNCONFIRMED: (
        "uppdrag är inte bekräftat på sex månader",
        "uppdrag är inte bekräftade på sex månader",
    ),
}


def seat_tasks(found: MandateList, keep: dict[str, str]) -> list[Task]:
    """What there is to do about seats in the groups of the list, without what is done.

    Each number is that of the rows of the list it opens; `keep` goes with every address.
    """
    tasks = []
    for kind, (one, many) in _WORDS.items():
        number = found.count(kind)
        query = found.choice.to_do(kind).address(**keep)
        tasks.append(Task(number, _plural(number, one, many), "mandates", query))
    return [task for task in tasks if task.number]


def tasks_to_answer(
    user: Account, kept: Iterable[SteeringGroup], keep: dict[str, str]
) -> list[Task]:
    """What organisations have proposed, and the seats that they ask for, wherever the reader
    keeps the roster; one query.
    """
    kept = list(kept)
    proposed = open_proposals(user, kept).order_by().values_list(Value(_PROPOSED), "pk")
    asked = to_settle(user, kept).order_by().values_list(Value(_ASKED), "pk")
    number = Counter(kind for kind, _ in proposed.union(asked, all=True))
    words = _plural(
        number[_ASKED], "begäran om plats att svara på", "begäranden om plats att svara på"
    )
    plain, waiting = Choice().address(**keep), Choice().address(visa="att-svara", **keep)
    tasks = [
        Task(number[_PROPOSED], "förslag att ta ställning till", "inquiries", plain),
        Task(number[_ASKED], words, "seat_requests", waiting),
    ]
    return [task for task in tasks if task.number]


_PROPOSED, _ASKED = "proposed", "asked"


def route_tasks(stale: int, missing: int, keep: dict[str, str]) -> list[Task]:
    """Contact routes to verify, and groups without some, where the reader may do it."""
    counted = {
        STALE: (
            stale,
            "kontaktväg är inte bekräftad på tolv månader",
            "kontaktvägar är inte bekräftade på tolv månader",
        ),
        MISSING: (
            missing,
            "grupp saknar någon kontaktväg",
            "grupper saknar någon kontaktväg",
        ),
    }
    return [
        Task(number, _plural(number, one, many), "routes", RouteChoice(visa=visa).address(**keep))
        for visa, (number, one, many) in counted.items()
        if number
    ]


def coordinator_tasks(
    groups: SteeringGroupQuerySet,
    agreements: Iterable[Agreement],
    seats: MandateList,
    *,
    coming: bool,
    keep: dict[str, str],
    ground: Ground | None = None,
) -> list[Task]:
    """What a coordinator of the agreements should see to; empty when nothing is left.

    `ground` is the day's areas and the same groups, for those who have read them already.
    """
    day = seats.table.day
    proposed, unregistered = _group_tasks(GroupTable(groups, day), keep, coming=coming)
    coverage = _coverage_tasks(CoverageTable(day, groups, agreements, ground), keep)
    tasks = [proposed, *seat_tasks(seats, keep), unregistered, *coverage]
    return [task for task in tasks if task.number]


def _group_tasks(table: GroupTable, keep: dict[str, str], *, coming: bool) -> list[Task]:
    waiting, bare = Choice(lage="foreslagen"), Choice(beslut=NOT_REGISTERED)
    words = {
        waiting: ("föreslagen grupp väntar på beslut", "föreslagna grupper väntar på beslut"),
        bare: ("grupp saknar registrerat beslut", "grupper saknar registrerat beslut"),
    }
    tasks = []
    for choice, (one, many) in words.items():
        number = len(table.choose(choice, coming=coming))
        tasks.append(Task(number, _plural(number, one, many), "groups", choice.address(**keep)))
    return tasks


def _coverage_tasks(table: CoverageTable, keep: dict[str, str]) -> list[Task]:
    gaps, doubles = len(table.gaps), len(table.doubles)
    return [
        Task(
            number,
            f"{_plural(number, 'stadsdel', 'stadsdelar')} har {what}",
            "coverage",
            Choice().address(visa=visa, **keep),
        )
        for number, what, visa in [
            (gaps, "ingen lokal styrgrupp", "luckor"),
            (doubles, "mer än en lokal styrgrupp", "dubbla"),
        ]
    ]


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


@dataclass(frozen=True)
class OwnRole:
    """A group where the reader is chair, vice chair or secretary on the day."""

    group: SteeringGroup
    role: Seat.Role


def own_roles(
    user: Account, groups: Mapping[int, SteeringGroup], day: datetime.date
) -> list[OwnRole]:
    """Among `groups`, by key; only where the person is the holder, not a deputy and not on leave.

    Today it is what the reader's rights rest on; another day takes a query.
    """
    known = rights(user)
    held = known.roles if day == known.day else _roles_on(known.person, day)
    found = [OwnRole(groups[each.pk], role) for role, each in held if each.pk in groups]
    return sorted(found, key=lambda own: own.group.sort_key)


def _roles_on(person: Person | None, day: datetime.date) -> list[tuple[Seat.Role, SteeringGroup]]:
    seats = Seat.objects.as_of(day).filter(
        role__in=LEADING_ROLES, group__in=SteeringGroup.objects.at_work(day)
    )
    mandates = Mandate.objects.holding(day).filter(seat__in=seats, person=person)
    rows = mandates.select_related("seat__group")
    return [(Seat.Role(row.seat.role), row.seat.group) for row in rows]
