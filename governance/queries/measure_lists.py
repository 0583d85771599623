"""The list of measures, narrowed by what stands in its address, and summed part by part."""

import datetime
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from governance.models import Measure, SteeringGroup
from governance.queries.choices import AddressChoice
from governance.queries.measures import MeasureRow, Tally, shown, tallies, tally
from governance.swedish import fold, sort_key

LATE, UNFINISHED = "forsenad", "inte-klar"
STATES = {
    LATE: "Försenad",
    UNFINISHED: "Inte klar",
    "planerad": "Planerad",
    "pagar": "Pågår",
    "genomford": "Genomförd",
    "ej-genomford": "Ej genomförd",
}
_STATUSES = {
    "planerad": Measure.Status.PLANNED,
    "pagar": Measure.Status.ONGOING,
    "genomford": Measure.Status.DONE,
    "ej-genomford": Measure.Status.NOT_DONE,
}
OWN = "egen"  # in the place of a challenge: what groups have added of their own
OWN_TITLE = "Gruppernas egna prioriteringar"
ORDERS: dict[str, tuple[str, Callable[[MeasureRow], Any]]] = {
    "klar": ("Klar senast", lambda row: row.measure.due),
    "titel": ("Åtgärd", lambda row: sort_key(row.measure.title)),
    "grupp": ("Styrgrupp", lambda row: row.measure.group.sort_key),
    "organisation": ("Organisation", lambda row: row.measure.organization.sort_key),
    "lage": ("Läge", lambda row: list(Measure.Status).index(Measure.Status(row.measure.status))),
}
BY_GROUP, BY_ORGANIZATION, BY_CHALLENGE = "grupp", "organisation", "utmaning"
PARTS = {BY_GROUP: "Styrgrupp", BY_ORGANIZATION: "Organisation", BY_CHALLENGE: "Utmaning"}


@dataclass(frozen=True)
class Choice(AddressChoice):
    """Which measures are wanted; field names are those of the address.

    `organisation` is the one that answers for it, without those under it; `utmaning` the
    key of a challenge or OWN; `ar` the year in which it is due; `mina` the groups that the
    reader works with; `per` one of PARTS, by which the sums are shown.
    """

    lage: str = ""
    grupp: str = ""
    organisation: str = ""
    utmaning: str = ""
    ar: str = ""
    mina: str = ""
    q: str = ""
    ordning: str = ""
    per: str = ""

    known: ClassVar = {"lage": STATES, "mina": {"1"}, "ordning": ORDERS, "per": PARTS}

    @property
    def is_narrow(self) -> bool:
        return self != Choice(ordning=self.ordning, per=self.per)


@dataclass(frozen=True)
class Part:
    """A group, an organisation or a challenge, its sums, and what to put in the address."""

    title: str
    word: str
    tally: Tally


class MeasureList:
    """What a choice gives among measures on a day.

    Of the group of each, `may_edit` is asked and, where only `mina` are wanted, `is_mine`.
    """

    def __init__(
        self,
        measures: Iterable[Measure],
        choice: Choice,
        day: datetime.date,
        may_edit: Callable[[SteeringGroup], bool] = lambda group: False,
        is_mine: Callable[[SteeringGroup], bool] = lambda group: False,
    ) -> None:
        self.every, self.choice, self.day = list(measures), choice, day
        self._may_edit, self._is_mine = may_edit, is_mine

    @cached_property
    def rows(self) -> list[MeasureRow]:
        rows = [x for x in shown(self.every, self.day, self._may_edit) if self._matches(x)]
        if self.choice.ordning:
            rows.sort(key=ORDERS[self.choice.ordning][1])
        return rows

    @property
    def measures(self) -> list[Measure]:
        return [row.measure for row in self.rows]

    @cached_property
    def tally(self) -> Tally:
        return tally(self.measures, self.day)

    @property
    def parts(self) -> list[Part]:
        """The sums of what is chosen by `per`, those with the most late ones first."""
        titled, word = _PARTED[self.choice.per or BY_GROUP]
        titles = {word(each): titled(each) for each in self.measures}
        found = tallies(self.measures, self.day, word)
        parts = [Part(titles[key], str(key), sums) for key, sums in found.items()]
        return sorted(parts, key=lambda part: (-part.tally.late, sort_key(part.title)))

    def _matches(self, row: MeasureRow) -> bool:
        choice, measure = self.choice, row.measure
        return all(
            [
                not choice.lage or self._has_state(row),
                not choice.grupp or measure.group.slug == choice.grupp,
                not choice.organisation or measure.organization.slug == choice.organisation,
                not choice.utmaning or _challenge_word(measure) == choice.utmaning,
                not choice.ar or str(measure.due.year) == choice.ar,
                not choice.mina or self._is_mine(measure.group),
                not choice.q or self._has_words(measure),
            ]
        )

    def _has_state(self, row: MeasureRow) -> bool:
        if self.choice.lage == LATE:
            return row.late
        if self.choice.lage == UNFINISHED:
            return row.measure.status in Measure.UNFINISHED
        return row.measure.status == _STATUSES[self.choice.lage]

    def _has_words(self, measure: Measure) -> bool:
        texts = [measure.title, measure.priority.title, measure.organization.name]
        return any(fold(self.choice.q) in fold(text) for text in [*texts, measure.group.name])

    # -- what there is to choose among ------------------------------------------------------

    def options(self, per: str) -> list[tuple[str, str]]:
        """The groups, organisations or challenges of all the measures, as address and title."""
        titled, word = _PARTED[per]
        found = {(str(word(each)), titled(each)) for each in self.every}
        return sorted(found, key=lambda each: sort_key(each[1]))

    @property
    def years(self) -> list[str]:
        return sorted({str(each.due.year) for each in self.every}, reverse=True)


def _challenge_word(measure: Measure) -> str:
    return str(measure.priority.challenge_id or OWN)


def _challenge_title(measure: Measure) -> str:
    challenge = measure.priority.challenge
    return challenge.title[:1].upper() + challenge.title[1:] if challenge else OWN_TITLE


# By what the sums are shown: what a part is called, and its word in the address.
_PARTED: dict[str, tuple[Callable[[Measure], str], Callable[[Measure], Hashable]]] = {
    BY_GROUP: (lambda each: each.group.name, lambda each: each.group.slug),
    BY_ORGANIZATION: (lambda each: each.organization.name, lambda each: each.organization.slug),
    BY_CHALLENGE: (_challenge_title, _challenge_word),
}
