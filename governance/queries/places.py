"""Which area, lokalpolisområde and local group a place belongs to on one day.

The one way to ask: the page, the list of many, the API and `?datum=` all go through
`Finder`, so that they give the same answer.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from governance.models import Area, Property
from governance.permissions import visible_properties
from governance.queries.place_answers import (
    ANSWERED_KINDS,
    Certainty,
    Contact,
    GroupAnswer,
    Question,
    Reply,
)
from governance.queries.place_structure import Structure, read_structure
from governance.rights import Account
from governance.swedish import fold, in_words, listed

__all__ = ["Certainty", "Contact", "Finder", "GroupAnswer", "Question", "Reply"]

AT_ONCE = 1000  # questions for which the stock is read together


class Finder:
    """Answers about one day, under one reader's rights; reads the structure once."""

    def __init__(self, user: Account, day: datetime.date) -> None:
        self.user = user
        self.day = day
        self.structure: Structure = read_structure(user, day)
        self._named: dict[str, list[Area]] = defaultdict(list)
        for area in self.structure.areas.values():
            self._named[fold(area.name)].append(area)

    def find(self, question: Question) -> Reply:
        return next(self.find_all([question]))

    def find_all(self, questions: Iterable[Question]) -> Iterator[Reply]:
        """The same answers as `find`, in order; as many queries for 1 000 as for one."""
        waiting = iter(questions)
        while batch := list(islice(waiting, AT_ONCE)):
            stock = self._stock(batch)
            for question in batch:
                yield self._answer(question, stock)

    def _stock(self, batch: list[Question]) -> dict[str, list[Property]]:
        """The properties that the designations name, by folded designation."""
        keys = {fold(each.designation) for each in batch if each.designation.strip()}
        found: dict[str, list[Property]] = defaultdict(list)
        if keys:
            for row in visible_properties(self.user).filter(search_key__in=keys):
                found[row.search_key].append(row)
        return found

    def _answer(self, question: Question, stock: dict[str, list[Property]]) -> Reply:
        properties = stock.get(fold(question.designation), []) if question.designation else []
        if len(properties) == 1 and properties[0].stated_area_id in self.structure.areas:
            area = self.structure.areas[properties[0].stated_area_id]
            reason = f"Fastigheten har stadsdelen {area} angiven i beståndet."
            return self._about(question, area, reason, tuple(properties))
        if question.area.strip():
            return self._by_name(question)
        return Reply(question, Certainty.NONE, "Inget som står i frågan finns i registret.")

    def _by_name(self, question: Question) -> Reply:
        found = self._named.get(fold(question.area), [])
        smallest = [area for area in found if area.kind == Area.Kind.NEIGHBOURHOOD]
        chosen = smallest or found
        if not chosen:
            reason = f"Inget område heter {question.area.strip()[:80]} den {in_words(self.day)}."
            return Reply(question, Certainty.NONE, reason)
        if len(chosen) > 1:
            kinds = listed(f"{area.get_kind_display()} {area}" for area in chosen)
            reason = f"Namnet finns på flera områden: {kinds}."
            return Reply(question, Certainty.AMBIGUOUS, reason, candidates=tuple(chosen))
        reason = f"{chosen[0].get_kind_display().capitalize()} {chosen[0]} finns i registret."
        return self._about(question, chosen[0], reason)

    def _about(
        self, question: Question, area: Area, reason: str, properties: tuple[Property, ...] = ()
    ) -> Reply:
        larger = [self.structure.larger(area.pk, kind) for kind in ANSWERED_KINDS]
        return Reply(
            question,
            Certainty.EXACT,
            reason,
            areas=tuple(found[0] for found in larger if len(found) == 1),
            groups=self.structure.groups(self.structure.upwards(area.pk)),
            properties=properties,
        )
