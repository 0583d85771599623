"""Where the values of an area cannot be compared: it came after others, or others after it."""

import datetime
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass

from django.db.models import Q

from governance.models import Area
from governance.swedish import in_words, listed


@dataclass(frozen=True)
class AreaBreak:
    """An area's first day after others or, with `ends`, its last day before others."""

    day: datetime.date
    others: tuple[str, ...]
    ends: bool

    @property
    def text(self) -> str:
        """What happened, as it is said at a line in a plot."""
        if self.ends:
            return (
                f"Området slutade den {in_words(self.day)}. "
                f"Senare värden mäts för {listed(self.others)}."
            )
        return f"Området finns sedan den {in_words(self.day)}, efter {listed(self.others)}."

    @property
    def said(self) -> str:
        """The same with what it means, as it is said beside a value."""
        if self.ends:
            return (
                f"Området slutade den {in_words(self.day)}. Värdena står kvar här. "
                f"Senare värden mäts för {listed(self.others)}."
            )
        return f"{self.text} Värden före och efter går inte att jämföra rakt av."


class AreaBreaks:
    """The breaks of some areas that had come to pass by a day: one query.

    With `seen`, only what is between areas of those keys is told.
    """

    def __init__(
        self,
        areas: Mapping[int, Area],
        day: datetime.date,
        seen: Container[int] | None = None,
    ) -> None:
        self._before: dict[int, list[Area]] = defaultdict(list)
        self._after: dict[int, list[Area]] = defaultdict(list)
        joins = Area.successors.through.objects.filter(
            Q(from_area__in=areas) | Q(to_area__in=areas)
        )
        for join in joins.select_related("from_area", "to_area"):
            old, new = join.from_area, join.to_area
            told = seen is None or (old.pk in seen and new.pk in seen)
            if told and old.has_ended(day) and not new.is_upcoming(day):
                self._after[old.pk].append(new)
                self._before[new.pk].append(old)

    @property
    def newer(self) -> dict[int, Area]:
        """The areas that have come after others, by key."""
        return {each.pk: each for rows in self._after.values() for each in rows}

    def ended(self, area: Area) -> list[AreaBreak]:
        """That it has ended and others came after; at most one."""
        after = self._after.get(area.pk)
        if not after or area.valid_through is None:
            return []
        return [AreaBreak(area.valid_through, tuple(each.name for each in after), ends=True)]

    def began(self, area: Area) -> list[AreaBreak]:
        """That it came after others; at most one."""
        before = self._before.get(area.pk)
        if not before:
            return []
        names = tuple(sorted({each.name for each in before}))
        return [AreaBreak(area.valid_from, names, ends=False)]

    def of(self, area: Area) -> list[AreaBreak]:
        """Both, the earlier first."""
        return [*self.began(area), *self.ended(area)]
