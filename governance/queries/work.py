"""What the start page says needs doing, counted as the lists that it opens count."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import Agreement, Mandate, Person, Seat, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.coverages import CoverageTable
from governance.queries.groups import NOT_REGISTERED, Choice, GroupRow, GroupTable
from governance.swedish import counted

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


def coordinator_tasks(
    groups: SteeringGroupQuerySet,
    agreements: Iterable[Agreement],
    day: datetime.date,
    *,
    coming: bool,
    **keep: str,
) -> list[Task]:
    """What a coordinator of the agreements should see to; empty when nothing is left."""
    table = GroupTable(groups, day)
    tasks = [
        *_group_tasks(table, keep, coming=coming),
        *_coverage_tasks(CoverageTable(day, groups, agreements), keep),
    ]
    return [task for task in tasks if task.number]


def _group_tasks(table: GroupTable, keep: dict[str, str], *, coming: bool) -> list[Task]:
    def chosen(choice: Choice) -> list[GroupRow]:
        return table.choose(choice, coming=coming)

    def task(number: int, text: str, choice: Choice) -> Task:
        return Task(number, text, "groups", choice.address(**keep))

    vacant, ending = Choice(platser="vakanta"), Choice(platser="gar-ut")
    proposed, unregistered = Choice(lage="foreslagen"), Choice(beslut=NOT_REGISTERED)
    with_vacant, with_ending = chosen(vacant), chosen(ending)
    vacancies = sum(row.seats.vacant for row in with_vacant)
    endings = sum(row.seats.ending for row in with_ending)
    waiting, bare = len(chosen(proposed)), len(chosen(unregistered))
    return [
        task(
            waiting,
            _plural(waiting, "föreslagen grupp väntar", "föreslagna grupper väntar") + " på beslut",
            proposed,
        ),
        task(
            vacancies,
            _plural(vacancies, "plats", "platser")
            + f" saknar ledamot, i {counted(len(with_vacant), 'grupp', 'grupper')}",
            vacant,
        ),
        task(
            endings,
            f"uppdrag går ut snart, i {counted(len(with_ending), 'grupp', 'grupper')}",
            ending,
        ),
        task(bare, _plural(bare, "grupp", "grupper") + " saknar registrerat beslut", unregistered),
    ]


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
    seat: Seat


def own_roles(person: Person, groups: SteeringGroupQuerySet, day: datetime.date) -> list[OwnRole]:
    """In two queries; only where the person is the holder, not a deputy and not on leave."""
    by_id = {group.pk: group for group in groups.at_work(day).with_state(day)}
    seats = Seat.objects.as_of(day).filter(role__in=LEADING_ROLES, group__in=by_id)
    mandates = Mandate.objects.holding(day).filter(seat__in=seats, person=person)
    found = [
        OwnRole(by_id[mandate.seat.group_id], mandate.seat)
        for mandate in mandates.select_related("seat__function")
    ]
    return sorted(found, key=lambda own: own.group.sort_key)
