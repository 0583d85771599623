"""What a list is compared with before it is read in: everything that is there, in dictionaries.

The number of queries is the same whatever the number of rows. Persons who are protected
are there by key only: neither their names nor their addresses are ever compared.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from governance.models import (
    ContactDetail,
    Function,
    Leave,
    Mandate,
    Organization,
    Person,
    PersonName,
    Seat,
    SteeringGroup,
    User,
)
from governance.permissions import (
    allowed,
    names,
    searchable_names,
    visible_groups,
    visible_organizations,
    visible_people,
)
from governance.rights import EDIT_ROSTER
from governance.swedish import fold

_MARKS = str.maketrans(dict.fromkeys(".,;:/()&\"'_", " "))
_LEGAL = {"ab", "aktiebolag", "kommun", "stad", "stads"}


@lru_cache(maxsize=50_000)
def words(text: str) -> str:
    """A name or a title as it is compared: folded, marks and doubled blanks taken away."""
    return " ".join(fold(text).translate(_MARKS).split())


@dataclass
class Known:
    """A person who is there: name and contact details are empty where they are not compared."""

    person: Person
    given_name: str = ""
    family_name: str = ""
    contacts: list[ContactDetail] = field(default_factory=list)
    account: str = ""

    @property
    def full(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def emails(self) -> set[str]:
        found = {each.value for each in self.contacts if each.kind == ContactDetail.Kind.EMAIL}
        return {fold(each) for each in found | {self.account} if each}


class Ground:
    """What the user may compare with: `user` None means a command, which may do all.

    Seats and mandates are those of the groups whose rosters the user may change.
    """

    def __init__(self, user: User | None) -> None:
        self.user = user
        groups = SteeringGroup.objects.all() if user is None else visible_groups(user)
        self.groups = {group.pk: group for group in groups.select_related("agreement")}
        self.editable = {
            pk
            for pk, group in self.groups.items()
            if user is None or allowed(user, EDIT_ROSTER, group)
        }
        organizations = Organization.objects.all() if user is None else visible_organizations(user)
        self.organizations = {row.pk: row for row in organizations}
        self.functions = {row.pk: row for row in Function.objects.all()}
        self._read_seats()
        self._read_people()

    def _read_seats(self) -> None:
        self.seats = {seat.pk: seat for seat in Seat.objects.filter(group__in=self.editable)}
        for seat in self.seats.values():
            seat.group = self.groups[seat.group_id]
            seat.function = self.functions[seat.function_id]
            if seat.organization_id in self.organizations:
                seat.organization = self.organizations[seat.organization_id]
        self.mandates = {}
        self.sitting: dict[int, list[Mandate]] = defaultdict(list)
        for mandate in Mandate.objects.filter(seat__group__in=self.editable).order_by("valid_from"):
            mandate.seat = self.seats[mandate.seat_id]
            self.mandates[mandate.pk] = mandate
            self.sitting[mandate.seat_id].append(mandate)
        self.leaves: dict[int, list[Leave]] = defaultdict(list)
        for leave in Leave.objects.filter(mandate__seat__group__in=self.editable):
            self.leaves[leave.mandate_id].append(leave)

    def _read_people(self) -> None:
        people = Person.objects.all() if self.user is None else visible_people(self.user)
        self.people = {person.pk: Known(person) for person in people.select_related("user")}
        for name in self._names():
            if known := self.people.get(name.person_id):
                known.given_name, known.family_name = name.given_name, name.family_name
        for detail in ContactDetail.objects.filter(person__in=people, person__protected=False):
            self.people[detail.person_id].contacts.append(detail)
        for known in self.people.values():
            if known.person.user is not None and not known.person.protected:
                known.account = known.person.user.email

    def _names(self) -> Iterable[PersonName]:
        if self.user is None:
            return PersonName.objects.filter(person__protected=False)
        return searchable_names(self.user)

    def protected_name(self, person: Person, group: SteeringGroup) -> str | None:
        """The name of a protected person for those who may see it; each showing is logged."""
        if self.user is None:
            name = PersonName.objects.filter(person=person).first()
            return name.full if name else None
        return names(self.user, [person], group.agreement)[person.pk]


def editable_groups(user: User | None) -> list[SteeringGroup]:
    """The groups whose rosters the user may change; all of them for a command."""
    groups = SteeringGroup.objects.all() if user is None else visible_groups(user)
    rows = groups.select_related("agreement")
    return [row for row in rows if user is None or allowed(user, EDIT_ROSTER, row)]


# -- what words stand for --------------------------------------------------------------------


def group_words(groups: Iterable[SteeringGroup]) -> dict[str, list[SteeringGroup]]:
    """The groups by every way to write them: name, slug, and the name without its kind."""
    found: dict[str, list[SteeringGroup]] = defaultdict(list)
    for group in groups:
        name = words(group.name)
        for text in {name, words(group.slug), name.rpartition("styrgrupp ")[2]}:
            found[text].append(group)
    return found


def organization_words(organizations: Iterable[Organization]) -> dict[str, list[Organization]]:
    """By name, short name and slug, with and without AB and the like."""
    found: dict[str, list[Organization]] = defaultdict(list)
    for row in organizations:
        texts = {words(text) for text in (row.name, row.short_name, row.slug) if text}
        texts |= {words(row.slug.replace("-", " "))}
        for text in texts | {_without_legal(text) for text in texts}:
            found[text].append(row)
    return found


def function_words(functions: Iterable[Function]) -> dict[str, list[Function]]:
    """By title, with and without what it has in brackets, and by code."""
    found: dict[str, list[Function]] = defaultdict(list)
    for row in functions:
        bare, _, inside = row.title.partition("(")  # verkställande direktör (VD)
        texts = {row.title, bare, inside, row.code, row.code.replace("-", " ")}
        for text in {words(text) for text in texts} - {""}:
            found[text].append(row)
    return found


def _without_legal(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _LEGAL) or text
