"""Many places at once: each row of a list as a question, and the answers beside the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from governance.models import Area
from governance.queries.place_answers import Certainty, Contact, GroupAnswer, Question, Reply
from governance.sheets import Sheet, neutralise, too_long
from governance.swedish import listed, sort_key

# What needs a look comes first: a list with many columns of its own is wider than a screen.
HEADINGS = [
    "Styrgrupp",
    "Hur exakt är svaret?",
    "Varför",
    "Kontakt",
    "Stadsdel",
    "Stadsdelsområde",
    "Lokalpolisområde",
]
TO_CHECK = "ses-over"
_SORTED = {"grupp": "Styrgrupp", "stadsdel": "Stadsdel", "exakt": "Hur exakt"}
ORDERS = list(_SORTED.items())
_LEAST_CERTAIN_FIRST = [
    Certainty.NONE,
    Certainty.AMBIGUOUS,
    Certainty.APPROXIMATE,
    Certainty.EXACT,
]


class Answer(NamedTuple):
    """What is said of one row, in words; kept as a list of texts."""

    groups: str
    district: str
    police_district: str
    neighbourhood: str
    certainty: str
    reason: str
    contact: str

    @property
    def how_exact(self) -> str:
        return str(Certainty(self.certainty).label)

    @property
    def to_check(self) -> bool:
        """Whether somebody should look at it: not certain, or without a group."""
        return self.certainty != Certainty.EXACT or not self.groups

    def cells(self) -> list[str]:
        """In the order of HEADINGS."""
        where = [self.neighbourhood, self.district, self.police_district]
        return [self.groups, self.how_exact, self.reason, self.contact, *where]


def question_of(cells: Sequence[str], keys: Sequence[str]) -> Question:
    """What the row asks; `keys` says what each of its columns is."""
    given = {key: cell for key, cell in zip(keys, cells, strict=True) if key}
    street = given.get("street", "")
    door = f"{street} {given.get('street_number', '')}".strip() if street else ""
    return Question(
        designation=given.get("designation", ""),
        own_number=given.get("own_number", ""),
        address=given.get("address", "") or door,
        area=given.get("area", ""),
        first=given.get("first", "") or given.get("point", ""),
        second=given.get("second", ""),
    )


def answer_of(reply: Reply) -> Answer:
    """The reply in the words of the table; areas that may be meant stand with "eller"."""
    several = len(reply.groups) > 1
    return Answer(
        groups=", ".join(map(_group, reply.groups)),
        district=_area(reply, Area.Kind.DISTRICT),
        police_district=_area(reply, Area.Kind.POLICE_DISTRICT),
        neighbourhood=_area(reply, Area.Kind.NEIGHBOURHOOD),
        certainty=reply.certainty.value,
        reason=reply.reason,
        contact="; ".join(filter(None, (_contact(each, several) for each in reply.groups))),
    )


def _group(answer: GroupAnswer) -> str:
    return f"{answer.group} (vilande)" if answer.is_resting else str(answer.group)


def _area(reply: Reply, kind: Area.Kind) -> str:
    certain = reply.area(kind)
    if certain is not None:
        return str(certain)
    possible = [str(area) for area in reply.candidates if area.kind == kind]
    return listed(possible, "eller") if possible else ""


def _contact(answer: GroupAnswer, several: bool) -> str:
    contact: Contact = answer.contact
    said = ", ".join(filter(None, [contact.title, contact.mailbox, contact.phone]))
    return f"{answer.group}: {said}" if said and several else said


# -- the table ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LookupChoice:
    """What stands in the address: which rows, and in what order."""

    visa: str = ""
    ordning: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "LookupChoice":
        """What is asked for, without what is no choice."""
        visa, ordning = sent.get("visa", ""), sent.get("ordning", "")
        return cls(
            visa=visa if visa in (TO_CHECK, *Certainty.values) else "",
            ordning=ordning if ordning in _SORTED else "",
        )

    def address(self) -> str:
        found = {name: text for name, text in vars(self).items() if text}
        return f"?{urlencode(found)}" if found else "?"


@dataclass(frozen=True)
class Line:
    """A row of the list with its answer; `number` is the row in the user's own file."""

    number: int
    headings: list[str]
    own: list[str]
    answer: Answer

    def beside(self) -> list[tuple[str, str]]:
        """The own cells, each with its heading."""
        return list(zip(self.headings, self.own, strict=True))

    def cells(self) -> list[str]:
        return [*self.own, *self.answer.cells()]


class LookupTable:
    """The rows of a finished list that the choice shows, and how many each choice has."""

    def __init__(
        self, sheet: Sheet, answers: Iterable[Sequence[str]], choice: LookupChoice
    ) -> None:
        self.every = [
            Line(row.number, sheet.headings, row.cells, Answer(*answer))
            for row, answer in zip(sheet.rows, answers, strict=True)
        ]
        self.choice = choice

    @cached_property
    def lines(self) -> list[Line]:
        """In the order of the list, or in the one that was chosen."""
        shown = [line for line in self.every if self._shows(line.answer, self.choice.visa)]
        match self.choice.ordning:
            case "grupp":
                return sorted(shown, key=lambda line: sort_key(line.answer.groups))
            case "stadsdel":
                return sorted(shown, key=lambda line: sort_key(line.answer.neighbourhood))
            case "exakt":
                ranks = {each.value: at for at, each in enumerate(_LEAST_CERTAIN_FIRST)}
                return sorted(shown, key=lambda line: ranks[line.answer.certainty])
        return shown

    @cached_property
    def cut(self) -> list[tuple[int, str]]:
        """Row and heading of each cell that Excel has no room for, of the rows shown."""
        found = []
        for line in self.lines:
            headings = [*line.headings, *HEADINGS]
            found += [(line.number, headings[at]) for at in too_long(line.cells())]
        return found

    def count(self, visa: str) -> int:
        return sum(self._shows(line.answer, visa) for line in self.every)

    def choices(self) -> list[tuple[str, str]]:
        """The filters with their number of rows, those that have any."""
        named = [(TO_CHECK, "Behöver ses över"), *Certainty.choices]
        counted = [(word, str(label), self.count(word)) for word, label in named]
        return [
            (word, f"{label} ({number})")
            for word, label, number in counted
            if number or word in (TO_CHECK, self.choice.visa)
        ]

    @staticmethod
    def _shows(answer: Answer, visa: str) -> bool:
        if visa == TO_CHECK:
            return answer.to_check
        return not visa or answer.certainty == visa


def export_headings(own: Sequence[str]) -> list[str]:
    """The list's own headings in their order, then ours; none of them is a formula."""
    return [*map(neutralise, own), *HEADINGS]
