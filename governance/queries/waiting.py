"""Follow-ups and late measures that wait for a reader, counted as the lists that they open."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from governance.models import FollowUp, Measure, Organization, Status
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import allowed, capacities, followups_with_seat, works_with
from governance.queries import measure_lists
from governance.queries.choices import AddressChoice
from governance.queries.measure_lists import MeasureList
from governance.queries.measures import measures_in
from governance.queries.rounds import STATE_MARKS, STATE_WORDS
from governance.queries.work import Task
from governance.rights import ENTER_FOLLOWUP, Account
from governance.swedish import in_words
from governance.temporal import has_passed

State = FollowUp.State
WRITE, ADOPT, COMMENT = "att-skriva", "att-faststalla", "att-kommentera"
# What each list is called, and what it counts, of one and of many.
TITLES = {
    WRITE: "Uppföljningar att skriva klart",
    ADOPT: "Uppföljningar som väntar på att fastställas",
    COMMENT: "Uppföljningar hos styrgruppen att läsa och kommentera",
}
_WORDS = {
    WRITE: ("uppföljning att skriva klart", "uppföljningar att skriva klart"),
    ADOPT: (
        "uppföljning väntar på att fastställas",
        "uppföljningar väntar på att fastställas",
    ),
    COMMENT: (
        "uppföljning hos styrgruppen att läsa och kommentera",
        "uppföljningar hos styrgruppen att läsa och kommentera",
    ),
}


@dataclass(frozen=True)
class Choice(AddressChoice):
    """Which list of /uppfoljning/ is wanted; without one the years."""

    visa: str = ""

    known: ClassVar = {"visa": TITLES}


@dataclass(frozen=True)
class WaitingRow:
    """A follow-up that waits; late when it should have been sent before the day."""

    followup: FollowUp
    late: bool

    @property
    def status(self) -> Status:
        word = STATE_WORDS[State(self.followup.state)]
        if self.followup.number > 1:
            word = f"{word} (version {self.followup.number})"
        if self.late:
            return Status("lapsed", f"Försenad, {word.lower()}")
        return Status(STATE_MARKS[State(self.followup.state)], word)


def waiting_for(
    user: Account, groups: SteeringGroupQuerySet, day: datetime.date
) -> dict[str, list[WaitingRow]]:
    """What waits for the reader now, by list, the one to be ready first standing first.

    Drafts and returned ones wait for those who may write, sent ones for those who may
    register what the meeting said, and those *hos styrgruppen* for its members. One query.
    """
    rows = followups_with_seat(user).filter(group__in=groups).exclude(state=State.ADOPTED)
    found: dict[str, list[WaitingRow]] = {kind: [] for kind in TITLES}
    for each in rows.select_related("group__agreement").defer("snapshot"):
        if kind := _kind(user, each):
            late = each.is_open and has_passed(each.due, day)
            found[kind].append(WaitingRow(each, late))
    for kept in found.values():
        kept.sort(key=_order)
    return found


def _kind(user: Account, followup: FollowUp) -> str:
    """In which list it stands for the reader, who sees it; in none when others have to act."""
    if followup.state == State.WITH_MEMBERS:
        return COMMENT if followup.sits_there else ""  # type: ignore[attr-defined]
    if followup.state == State.SENT:
        return ADOPT if capacities(user, followup.group) else ""
    return WRITE if allowed(user, ENTER_FOLLOWUP, followup) else ""


def _order(row: WaitingRow) -> tuple[datetime.date, int, str]:
    followup = row.followup
    return followup.due or datetime.date.max, followup.year, followup.group.sort_key


# -- as work --------------------------------------------------------------------------------


def followup_tasks(found: dict[str, list[WaitingRow]], keep: dict[str, str]) -> list[Task]:
    """What waits, without what does not; those to be written say when the first is due."""
    tasks = []
    for kind, (one, many) in _WORDS.items():
        rows = found[kind]
        text = one if len(rows) == 1 else many
        if kind == WRITE and rows and rows[0].followup.due:
            text += f", {_due_in_words(rows)}"
        tasks.append(Task(len(rows), text, "rounds", Choice(kind).address(**keep)))
    return [task for task in tasks if task.number]


def _due_in_words(rows: list[WaitingRow]) -> str:
    first = "" if len(rows) == 1 else "den första "
    was = "skulle ha varit " if rows[0].late else ""
    due = rows[0].followup.due
    assert due is not None
    return f"{first}{was}klar senast den {in_words(due)}"


def late_measures(
    user: Account, groups: SteeringGroupQuerySet, day: datetime.date
) -> list[Measure]:
    """Those that should have been ready before `day`, in groups that the reader sees."""
    return list(measures_in(user, groups).late(day))


def measure_tasks(
    user: Account,
    late: Iterable[Measure],
    organizations: Iterable[Organization],
    day: datetime.date,
    keep: dict[str, str],
) -> list[Task]:
    """Late measures of the groups that the reader works with, and those of organisations."""
    mine = measure_lists.Choice(lage=measure_lists.LATE, mina="1")
    choices = {mine: "i dina grupper"}
    for organization in organizations:
        own = measure_lists.Choice(lage=measure_lists.LATE, organisation=organization.slug)
        choices[own] = f"som {organization.name} ansvarar för"
    tasks, late = [], list(late)
    for choice, where in choices.items():
        found = MeasureList(late, choice, day, is_mine=lambda group: works_with(user, group))
        number = len(found.rows)
        word = "försenad åtgärd" if number == 1 else "försenade åtgärder"
        tasks.append(Task(number, f"{word} {where}", "measures", choice.address(**keep)))
    return [task for task in tasks if task.number]
