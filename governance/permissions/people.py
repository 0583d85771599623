"""Names, addresses and numbers of persons, as one reader may see them."""

import logging
from collections.abc import Iterable

from django.db.models import QuerySet

from governance.models import Agreement, ContactDetail, Person, PersonName
from governance.permissions.seeing import visible_people
from governance.rights import VIEW_PROTECTED, Account, rights
from governance.swedish import fold

logger = logging.getLogger(__name__)


def names(
    user: Account, people: Iterable[Person], agreement: Agreement | None = None
) -> dict[int, str | None]:
    """The name of each person as this reader may see it, by person id; None if hidden.

    A protected name is shown only to those with `view_protected` on `agreement` (or,
    without one, on every agreement they belong to: with less, one agreement's right
    would open the names of another), and each showing is logged by key.
    """
    parts = name_parts(user, people, agreement)
    return {pk: name.full if name else None for pk, name in parts.items()}


def name_parts(
    user: Account, people: Iterable[Person], agreement: Agreement | None = None
) -> dict[int, PersonName | None]:
    """The same as `names`, for those who need the given name and the family name apart.

    A person without a name has an empty one, which is not saved.
    """
    people = list(people)
    rows = PersonName.objects.filter(person__in={person.pk for person in people})
    known = {name.person_id: name for name in rows}
    may_see_protected = _may_view_protected(user, agreement)
    shown: dict[int, PersonName | None] = {}
    for person in people:
        if person.protected and not may_see_protected:
            shown[person.pk] = None
            continue
        if person.protected:
            logger.info("konto %s såg det skyddade namnet på person %s", user.pk, person.pk)
        shown[person.pk] = known.get(person.pk) or PersonName(person=person)
    return shown


def contacts(people: Iterable[Person]) -> dict[int, list[ContactDetail]]:
    """The service details of each person, the main one first, by person id; one query.

    Those of a protected person are shown to nobody, for an address is as good as a name.
    """
    open_people = {person.pk for person in people if not person.protected}
    found: dict[int, list[ContactDetail]] = {pk: [] for pk in open_people}
    for row in ContactDetail.objects.filter(person__in=open_people):
        found[row.person_id].append(row)
    return found


def _may_view_protected(user: Account, agreement: Agreement | None) -> bool:
    if agreement is not None:
        return rights(user).may(VIEW_PROTECTED, agreement)
    mine = rights(user).agreements
    return bool(mine) and all(rights(user).may(VIEW_PROTECTED, each) for each in mine)


def searchable_names(user: Account) -> QuerySet[PersonName]:
    """Names that the user may find by searching; protected ones for nobody."""
    return PersonName.objects.filter(person__in=visible_people(user), person__protected=False)


def named_like(people: Iterable[int], words: str) -> set[int]:
    """Which of the people, all seen by the reader, have the words in a name that is not hidden."""
    rows = PersonName.objects.filter(person__in=people, person__protected=False)
    return set(rows.filter(search_key__contains=fold(words)).values_list("person_id", flat=True))
