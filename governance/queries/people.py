"""One person as a reader may see and change them: the name, the details, and by what right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from governance.models import (
    Act,
    Agreement,
    ContactDetail,
    Mandate,
    Person,
    PersonName,
    SteeringGroup,
)
from governance.permissions import (
    EDIT_PERSON,
    PROTECT_PERSON,
    NotAllowed,
    agreement_ids,
    allowed,
    contacts,
    names,
    searchable_names,
    visible_groups,
)
from governance.rights import (
    APPOINT_OWN,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    VIEW_PROTECTED,
    Account,
    rights,
)


def agreements_about(user: Account, person: Person) -> list[Agreement]:
    """The user's agreements in which the person works or has sat, those coordinated first."""
    above = rights(user).upwards(person.organization_id)
    about = Agreement.objects.filter(
        Q(parties__in=above)
        | Q(groups__seats__organization__in=above)
        | Q(groups__seats__mandates__person=person),
        pk__in=agreement_ids(user),
    )
    found = set(about.values_list("pk", flat=True))
    ours = [each for each in rights(user).agreements if each.pk in found]
    return sorted(ours, key=lambda each: not allowed(user, EDIT_STRUCTURE, each))


@dataclass(frozen=True)
class PersonRights:
    """In the name of which agreement the user may change and protect a person; None: may not.

    A person is changed by the coordinator of an agreement in which he or she works or has
    sat, by that of a group where the person sits or is to sit, and by the organisation's own.
    Protection is begun by the first of them alone, and lifted only by those who may see
    protected names as well.
    """

    edit: Agreement | None
    protect: Agreement | None
    lift: bool


def person_rights(
    user: Account, person: Person, sitting: Iterable[SteeringGroup] | None = None
) -> PersonRights:
    """What the user may do with the person, in two queries at most.

    `sitting` are the groups where the person sits or is to sit, when they are known.
    """
    coordinates = any(allowed(user, EDIT_STRUCTURE, each) for each in rights(user).agreements)
    own = allowed(user, APPOINT_OWN, person.organization)
    about = agreements_about(user, person) if coordinates or own else []
    led = [each for each in about if allowed(user, EDIT_STRUCTURE, each)]
    if led:
        lift = any(allowed(user, VIEW_PROTECTED, each) for each in led)
        return PersonRights(led[0], led[0], lift)
    if sitting is None:
        sitting = _sits_or_is_to_sit(user, person)
    for group in sitting:
        if allowed(user, EDIT_ROSTER, group):
            return PersonRights(group.agreement, None, lift=False)
    return PersonRights(about[0] if own and about else None, None, lift=False)


def _sits_or_is_to_sit(user: Account, person: Person) -> QuerySet[SteeringGroup]:
    lasting = Mandate.objects.overlapping(rights(user).day, None).filter(person=person)
    groups = visible_groups(user).filter(seats__mandates__in=lasting)
    return groups.select_related("agreement")


def require_to_edit(user: Account, person: Person) -> Agreement:
    """The agreement in whose name the user may change the person, or NotAllowed."""
    return _required(user, EDIT_PERSON, person_rights(user, person).edit)


def require_to_protect(user: Account, person: Person) -> Agreement:
    """The agreement in whose name the user may protect the person, or NotAllowed."""
    return _required(user, PROTECT_PERSON, person_rights(user, person).protect)


def _required(user: Account, permission: str, agreement: Agreement | None) -> Agreement:
    if agreement is None:
        raise NotAllowed(permission, rights(user).agreements[0])
    return agreement


def name_for(
    user: Account, person: Person, involved: Iterable[Agreement] | None = None
) -> str | None:
    """The name under the best right that the reader has where the person sits; None if hidden.

    `involved` are the reader's agreements in which the person has sat, when they are known.
    """
    if involved is None:
        mine = Agreement.objects.filter(pk__in=agreement_ids(user))
        involved = mine.filter(groups__seats__mandates__person=person).distinct()
    involved = list(involved)
    permitted = [each for each in involved if allowed(user, VIEW_PROTECTED, each)]
    return names(user, [person], next(iter(permitted or involved), None))[person.pk]


def namesakes(user: Account, person: Person) -> list[Person]:
    """Others of the same name whom the user sees by name; perhaps the person entered twice."""
    name = PersonName.objects.filter(person=person).first()
    if name is None or name_for(user, person) is None:
        return []
    alike = searchable_names(user).filter(search_key=name.search_key).exclude(person=person)
    return list(Person.objects.filter(name__in=alike).select_related("organization"))


class ContactList:
    """A person's contact details as a verb would leave them, for its preview."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.rows: list[ContactDetail] = []

    def look(self, done: Act) -> None:
        self.rows = contacts([self._person])[self._person.pk]
