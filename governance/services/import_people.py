"""Who the rows of a list are: known by key, e-mail or name, new, or asked about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from governance.models import Organization
from governance.queries.imports import Ground, Known, words
from governance.services.import_cells import Cells, Entry, digits
from governance.services.import_columns import NAME
from governance.swedish import fold

NEW = "ny"
_NAMES = ("given_name", NAME, "family_name")
_SHOWN = 5  # of those who could be meant


@dataclass
class NewOne:
    """Somebody who is not there yet, and the rows that are about the person."""

    given_name: str
    family_name: str
    title: str
    email: str
    phone: str
    organization: Organization
    rows: list[int] = field(default_factory=list)

    @property
    def full(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass
class Question:
    """What only the user can tell. `required` ones stop the list until they are answered.

    It is kept under the row's number, so no name stands in what is stored of the answer.
    """

    row: int
    who: str
    text: str
    options: list[tuple[str, str]]
    answer: str
    required: bool

    @property
    def name(self) -> str:
        return f"person-{self.row}"

    @property
    def open(self) -> bool:
        return self.required and not self.answer


class People:
    """Tells whom each row is about. Those who are protected are known by key only."""

    def __init__(self, ground: Ground, cells: Cells, answers: Mapping[str, str]) -> None:
        self.ground = ground
        self.cells = cells
        self.answers = answers
        self.questions: list[Question] = []
        self.new: list[NewOne] = []
        # By e-mail and name: what an earlier row of the list has settled, or asks about.
        self._told: dict[tuple[str, str], Known | NewOne | None] = {}
        self._new_by_email: dict[str, NewOne] = {}
        self._new_by_name: dict[str, list[NewOne]] = defaultdict(list)
        self._by_email: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for known in ground.people.values():
            if not known.person.protected and known.full:
                self._by_name[words(known.full)].append(known)
            for email in known.emails:
                self._by_email[email].append(known)
        self._near: dict[int, dict[str, list[Known]]] = {}

    def resolve(self, entry: Entry, organization: Organization) -> Known | NewOne | None:
        """The person of the row; None with a fault or an open question."""
        if entry.person_key is not None:
            return self._keyed(entry)
        if entry.masked:
            said = (
                "Raden visar inget namn och saknar nyckel. Hämta filen på nytt, "
                "eller ta bort raden."
            )
            self.cells.fault(entry, said, *_NAMES)
            return None
        email = fold(entry.texts["email"])
        found = self._by_email.get(email, []) if email else []
        told = (email, words(entry.full))
        if email and told in self._told:
            who = self._told[told]
            return self._join(entry, who) if isinstance(who, NewOne) else who
        if found:
            who = self._of_email(entry, found, organization)
        elif not entry.full and email not in self._new_by_email:
            self.cells.fault(entry, "Namnet saknas. Skriv för- och efternamn.", *_NAMES)
            return None
        else:
            who = self._of_name(entry, email, organization)
        self._told[told] = who
        return who

    def _keyed(self, entry: Entry) -> Known | None:
        known = self.ground.people.get(entry.person_key or 0)
        if known is None:
            said = "Ingen person har den nyckeln. Töm cellen så att raden känns igen på orden."
            self.cells.fault(entry, said, "person_key")
            return None
        if known.person.protected or entry.masked or not entry.full:
            return known  # compared with what is there where it is read only
        if words(entry.full) != words(known.full):
            said = (
                "Namnet är ett annat än nyckelns. Är det en ny person: töm båda nyckelcellerna "
                "och skriv första dagen. Stavningen rättas på personens sida."
            )
            self.cells.fault(entry, said, *_NAMES)
            return None
        return known

    def _of_email(
        self, entry: Entry, found: list[Known], organization: Organization
    ) -> Known | NewOne | None:
        """An address tells who it is, unless it is shared or stands with quite another name."""
        name = set(words(entry.full).split())
        alike = [known for known in found if name & set(words(known.full).split())] if name else []
        if len(alike) == 1 or (len(found) == 1 and not name):
            return (alike or found)[0]
        text = "E-postadressen finns redan hos någon med ett annat namn. Vem är det?"
        return self._ask(entry, organization, text, found, required=True)

    def _of_name(
        self, entry: Entry, email: str, organization: Organization
    ) -> Known | NewOne | None:
        name = words(entry.full)
        if email in self._new_by_email:
            return self._again(entry, name, email, organization)
        same = list(self._by_name.get(name, ()))
        here = [each for each in same if each.person.organization_id == organization.pk]
        if len(here) == 1 and (not email or not here[0].emails):
            return here[0]
        if here:
            text = "Namnet finns redan hos organisationen. Vem är det?"
            return self._ask(entry, organization, text, here, required=True)
        if again := self._again(entry, name, email, organization):
            return again
        if any(question.row == entry.number and question.open for question in self.questions):
            return None
        near = [*same, *self._misspelled(name, organization)]
        if not near:
            return self._add(entry, organization)
        text = "Någon med samma eller nästan samma namn finns redan. Är det samma person?"
        return self._ask(entry, organization, text, near, required=False)

    def _again(
        self, entry: Entry, name: str, email: str, organization: Organization
    ) -> NewOne | None:
        """Somebody new who stands on an earlier row too; asked about where nothing tells."""
        if email and (other := self._new_by_email.get(email)):
            if not name or set(name.split()) & set(words(other.full).split()):
                return self._join(entry, other)
            said = f"Samma e-post står vid ett annat namn på rad {other.rows[0]}. Rätta en av dem."
            self.cells.fault(entry, said, "email")
            return other
        phone = digits(entry.texts["phone"])
        for other in self._new_by_name.get(name, ()):
            if phone and phone == digits(other.phone):
                return self._join(entry, other)
        alike = [other for other in self._new_by_name.get(name, ()) if not (email and other.email)]
        here = [other for other in alike if other.organization == organization]
        if not alike:
            return None
        return self._same_or_other(entry, (here or alike)[0], organization, required=bool(here))

    def _same_or_other(
        self, entry: Entry, other: NewOne, organization: Organization, *, required: bool
    ) -> NewOne | None:
        """Asked about: little tells the two rows apart, and nothing says that they are one."""
        answer = self.answers.get(str(entry.number), "")
        first = other.rows[0]
        options = [(f"rad{first}", f"Samma person som på rad {first}"), (NEW, "En annan person")]
        answer = answer if answer in dict(options) else "" if required else NEW
        apart = "inget skiljer dem åt" if required else "bara organisationen skiljer dem åt"
        text = f"Namnet står också på rad {first}, och {apart}. Är det samma person?"
        self.questions.append(Question(entry.number, entry.full, text, options, answer, required))
        if not answer:
            return None
        return self._add(entry, organization) if answer == NEW else self._join(entry, other)

    def _ask(
        self,
        entry: Entry,
        organization: Organization,
        text: str,
        candidates: Iterable[Known],
        *,
        required: bool,
    ) -> Known | NewOne | None:
        known = {str(each.person.pk): each for each in candidates}
        shown = dict(list(known.items())[:_SHOWN])
        options = [(pk, f"Samma person som {self._label(each)}") for pk, each in shown.items()]
        options.append((NEW, "En ny person"))
        answer = self.answers.get(str(entry.number), "")
        answer = answer if answer in dict(options) else ""
        if not answer and not required:
            answer = NEW
        self.questions.append(Question(entry.number, entry.full, text, options, answer, required))
        if answer in shown:
            return shown[answer]
        if answer != NEW:
            return None
        if not entry.full:
            self.cells.fault(entry, "Namnet saknas. Skriv för- och efternamn.", *_NAMES)
            return None
        return self._add(entry, organization)

    def _label(self, known: Known) -> str:
        organization = self.ground.organizations.get(known.person.organization_id)
        return ", ".join(filter(None, [known.full, known.person.title, str(organization or "")]))

    def _add(self, entry: Entry, organization: Organization) -> NewOne:
        made = NewOne(
            entry.given_name,
            entry.family_name,
            entry.texts["title"],
            entry.texts["email"],
            entry.texts["phone"],
            organization,
            [entry.number],
        )
        self.new.append(made)
        self._new_by_name[words(made.full)].append(made)
        if made.email:
            self._new_by_email[fold(made.email)] = made
        return made

    def _join(self, entry: Entry, other: NewOne) -> NewOne:
        """One more row about somebody new; what was not told before is told now."""
        other.rows.append(entry.number)
        for name in ("title", "email", "phone"):
            setattr(other, name, getattr(other, name) or entry.texts[name])
        return other

    # -- nearly the same name --------------------------------------------------------------

    def _misspelled(self, name: str, organization: Organization) -> list[Known]:
        """Those at the organisation whose names differ in one letter or two changed places."""
        if organization.pk not in self._near:
            self._near[organization.pk] = self._variants_at(organization)
        near = self._near[organization.pk]
        if not near or len(name) < 5:
            return []
        found = {id(each): each for text in _variants(name) for each in near.get(text, ())}
        return list(found.values())

    def _variants_at(self, organization: Organization) -> dict[str, list[Known]]:
        near: dict[str, list[Known]] = defaultdict(list)
        for known in self.ground.people.values():
            if known.person.organization_id == organization.pk and len(known.full) >= 5:
                for text in _variants(words(known.full)):
                    near[text].append(known)
        return near


def _variants(name: str) -> Iterator[str]:
    """The name, and the name without any one of its letters."""
    yield name
    yield from {name[:at] + name[at + 1 :] for at in range(len(name))}
