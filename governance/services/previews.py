"""What a verb would do to the coverage of the whole agreement, said before it is done."""

import datetime
from collections.abc import Iterable

from governance.models import Act, Agreement, GroupDecision
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.coverages import CoverageTable
from governance.services.decisions import NOT_REGISTERED, decide
from governance.swedish import listed

MOST_NAMES = 12


class CoverageChange:
    """Which stadsdelar get no local group, or more than one, through a verb from `day` on.

    Made before the verb is rehearsed; `look` is then called while it is in force.
    """

    def __init__(
        self, day: datetime.date, groups: SteeringGroupQuerySet, agreements: Iterable[Agreement]
    ) -> None:
        self._day, self._groups, self._agreements = day, groups, list(agreements)
        self._before = self._read()
        self._after = self._before

    def look(self, done: Act) -> None:
        """Read the coverage as the verb leaves it; a proposed group counts as if active."""
        if done.verb == Act.Verb.PROPOSE:
            for group in done.groups.all():
                decide(group, GroupDecision.Kind.CREATE, self._day, NOT_REGISTERED)
        self._after = self._read()

    def warnings(self) -> list[str]:
        """Sentences about what gets worse, and nothing about what was so before."""
        bare = [name for name, groups in self._after.items() if not groups and self._before[name]]
        double = [
            f"{name} ({listed(sorted(groups))})"
            for name, groups in self._after.items()
            if len(groups) > 1 and groups != self._before[name]
        ]
        return [
            *([f"Utan lokal styrgrupp blir {_shortened(bare)}."] if bare else []),
            *([f"Mer än en lokal styrgrupp får {_shortened(double)}."] if double else []),
        ]

    def still_bare(self) -> list[str]:
        """One sentence about the stadsdelar that have no local group afterwards either."""
        if self._before == self._after:
            return []
        bare = [
            name for name, groups in self._after.items() if not groups and not self._before[name]
        ]
        return [f"Fortfarande utan lokal styrgrupp är {_shortened(bare)}."] if bare else []

    def _read(self) -> dict[str, set[str]]:
        table = CoverageTable(self._day, self._groups, self._agreements)
        return {row.area.name: {each.group.name for each in row.covering} for row in table.rows}


def _shortened(names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} och {len(names) - MOST_NAMES} till"
