"""The same figures said and drawn the same way in every part of a report."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from governance.documents.blocks import Block, Figure
from governance.documents.plot_tables import table_of
from governance.documents.plots import Plot
from governance.models import FollowUp, Measure
from governance.queries.followup_figures import GoalLine
from governance.swedish import figure, in_words

DRAFT = "Utkast, inte fastställd"
SENT = "Skickad för fastställande, inte fastställd"
NOTHING = "–"
STATUSES = [
    (Measure.Status.PLANNED, "Planerade"),
    (Measure.Status.ONGOING, "Pågår"),
    (Measure.Status.DONE, "Genomförda"),
    (Measure.Status.NOT_DONE, "Ej genomförda"),
]


def state_in_words(followup: FollowUp) -> str:
    """`Fastställd den 9 februari 2021, § 4`, or that it is not."""
    if followup.is_open:
        return DRAFT
    if followup.adopted_on is None:
        return SENT
    paragraph = f", {followup.paragraph}" if followup.paragraph else ""
    version = f". Rättad (version {followup.number})" if followup.number > 1 else ""
    return f"Fastställd den {in_words(followup.adopted_on)}{paragraph}{version}"


def goal_cells(line: GoalLine) -> list[str]:
    """Baseline, the year before, the year, the target, and how far in words."""
    target = f"{line.target} senast den {line.due}"
    return [line.baseline, line.before, line.now, target, line.how_far]


def tallied(tally: dict[str, int]) -> list[tuple[str, str]]:
    """How many measures have each status, and how many of them are late."""
    return [*((label, str(tally[status])) for status, label in STATUSES), late(tally)]


def late(tally: dict[str, int]) -> tuple[str, str]:
    return "Varav försenade", str(tally["late"])


def worked(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Meetings, attendance and vacancies, as the data say."""
    meetings, roster = facts["meetings"], facts["roster"]
    return [
        ("Möten hållna", str(meetings["held"])),
        ("Möten inställda", str(meetings["cancelled"])),
        ("Närvaro", _attendance(meetings)),
        ("Platser", str(roster["seats"])),
        ("Utan ledamot", str(roster["vacant"])),
    ]


def _attendance(meetings: dict[str, Any]) -> str:
    if meetings["attendance"] is None:
        return "Ej registrerad"
    return f"{meetings['attendance']}\u00a0%"


def used(measure: dict[str, Any]) -> list[str]:
    """The hours and the money that a measure took, as far as they are known."""
    units = (("hours", "timmar"), ("cost", "kr"))
    known = [(measure[key], unit) for key, unit in units if measure[key] is not None]
    return [f"{figure(Decimal(number))}\u00a0{unit}" for number, unit in known]


def drawn(plot: Plot, address: str) -> Iterator[Block]:
    """The plot unless it is empty, and right after it the table with the same figures."""
    if not plot.is_empty:
        yield Figure(plot, address)
    yield table_of(plot)
