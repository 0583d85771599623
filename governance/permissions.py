"""Who may see and do what. Asked here and nowhere else.

A user belongs to an agreement through a grant on it, on one of its groups, or on an
organisation that is a party or has a seat, or because the user's person works at such
an organisation or one under it. To those who do not belong, its objects are a 404.

A grant is given by hand (django-guardian). The rest is derived when asked, never
stored: downwards from an agreement to its groups and to the local agreements under
it, from an organisation to those under it, and from the mandates in force today. So
a right begins and ends with the mandate.
"""

import logging
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from governance.models import (
    Act,
    Agreement,
    Answer,
    Area,
    AreaMap,
    ContactDetail,
    ImportRun,
    Mandate,
    Organization,
    Person,
    PersonName,
    Reminder,
    Seat,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.rights import (
    APPOINT_OWN,
    EDIT_PRIORITIES,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    VIEW_PROTECTED,
    Account,
    rights,
)
from governance.swedish import fold

logger = logging.getLogger(__name__)
Found = TypeVar("Found", bound=Model)

# Rights on a person, which follow from others.
EDIT_PERSON = "edit_person"
PROTECT_PERSON = "protect_person"
# Not a right of its own: what EDIT_ROSTER on the group or APPOINT_OWN on the organisation gives.
FILL_SEAT = "fill_seat"

# How a missing right is put to the reader: what it is about, and who has it.
_SENTENCES = {
    EDIT_STRUCTURE: ("ändra styrgrupper och behörigheter i {obj}", "överenskommelsens samordnare"),
    VIEW_PROTECTED: ("se skyddade namn i {obj}", "de få som samordnaren har utsett"),
    EDIT_ROSTER: ("ändra uppgifter och ledamöter i {obj}", "gruppens samordnare"),
    EDIT_PRIORITIES: (
        "ändra önskade funktioner och möten i {obj}",
        "gruppens samordnare och sekreterare",
    ),
    APPOINT_OWN: ("utse företrädare för {obj}", "organisationens egen samordnare"),
    EDIT_PERSON: (
        "ändra uppgifter om personen",
        "samordnaren för en grupp där personen sitter, eller överenskommelsens samordnare",
    ),
    PROTECT_PERSON: ("skydda personuppgifter", "överenskommelsens samordnare"),
    FILL_SEAT: (
        "ändra vem som sitter på platsen {obj} i {obj.group}",
        "gruppens samordnare och den som utser för {obj.organization}",
    ),
}


class NotAllowed(PermissionDenied):
    """A refusal that says which right is missing, who has it and whom to ask."""

    def __init__(self, permission: str, obj: Model) -> None:
        what, who = (part.format(obj=obj) for part in _SENTENCES[permission])
        group = obj.group if isinstance(obj, Seat) else obj
        agreement = group.agreement if isinstance(group, SteeringGroup) else group
        self.missing = f"Du har inte rätt att {what}. Det kan {who}."
        mailbox = getattr(agreement, "mailbox", "")
        self.whom = f"Kontakta samordnaren via {mailbox}." if mailbox else "Kontakta samordnaren."
        super().__init__(f"{self.missing} {self.whom}")


def allowed(user: Account, permission: str, obj: Model) -> bool:
    """Whether `user` has `permission` on `obj` today."""
    return rights(user).may(permission, obj)


def get_visible(rows: QuerySet[Found], **lookup: Any) -> Found:
    """The one row of `rows`, already narrowed to what the reader may see, or a 404."""
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def get_permitted(user: Account, permission: str, rows: QuerySet[Found], **lookup: Any) -> Found:
    """The one visible row that matches: 404 if there is none, NotAllowed without the right."""
    found = get_visible(rows, **lookup)
    require(user, permission, found)
    return found


def require(user: Account, permission: str, obj: Model) -> None:
    """Raise NotAllowed unless `user` has `permission` on `obj`."""
    if not allowed(user, permission, obj):
        raise NotAllowed(permission, obj)


def may_fill(user: Account, seat: Seat) -> bool:
    """Whether the user may say who sits on `seat`: as the group's coordinator or, where
    the organisation appoints its own (`appoint_own`), as the organisation's.
    """
    return seat.pk in may_fill_of(user, seat.group, [seat])


def may_fill_of(user: Account, group: SteeringGroup, seats: Iterable[Seat]) -> set[int]:
    """Ids of those of the group's seats that the user may fill; each bears its organisation."""
    every = allowed(user, EDIT_ROSTER, group)
    return {seat.pk for seat in seats if every or allowed(user, APPOINT_OWN, seat.organization)}


def require_to_fill(user: Account, seat: Seat) -> None:
    """Raise NotAllowed unless the user may say who sits on `seat`."""
    if not may_fill(user, seat):
        raise NotAllowed(FILL_SEAT, seat)


def agreements_with(user: Account, permission: str) -> QuerySet[Agreement]:
    """The agreements on which the user has `permission`."""
    mine = [each.pk for each in rights(user).agreements if allowed(user, permission, each)]
    return Agreement.objects.filter(pk__in=mine)


def allowed_on_a_group(user: Account, permission: str) -> bool:
    """Whether the user has `permission` on any group at all."""
    groups = visible_groups(user).select_related("agreement")
    return any(allowed(user, permission, group) for group in groups)


def require_somewhere(user: Account, permission: str) -> list[Agreement]:
    """The agreements on which the user has `permission`, at least one.

    For pages that are about no agreement in particular: 404 to those who belong to
    none, a refusal in words to those who have the right on none.
    """
    mine = rights(user).agreements
    if not mine:
        raise Http404
    found = [each for each in mine if allowed(user, permission, each)]
    if not found:
        raise NotAllowed(permission, mine[0])
    return found


def require_on_a_group(user: Account, permission: str) -> list[SteeringGroup]:
    """The groups on which the user has `permission`, with their agreements, at least one.

    404 to those who belong to no agreement, a refusal in words to those without the right.
    """
    mine = rights(user).agreements
    if not mine:
        raise Http404
    groups = visible_groups(user).select_related("agreement").order_by("sort_key")
    found = [group for group in groups if allowed(user, permission, group)]
    if not found:
        raise NotAllowed(permission, mine[0])
    return found


# -- what a reader may see -----------------------------------------------------------


def agreement_ids(user: Account) -> set[int]:
    return {agreement.pk for agreement in rights(user).agreements}


def visible_agreements(user: Account) -> QuerySet[Agreement]:
    return Agreement.objects.filter(pk__in=agreement_ids(user))


def visible_groups(user: Account) -> SteeringGroupQuerySet:
    return SteeringGroup.objects.filter(agreement__in=agreement_ids(user))


def visible_acts(user: Account) -> QuerySet[Act]:
    """Acts on the agreements that the user belongs to; others concern operators only."""
    return Act.objects.filter(agreement__in=agreement_ids(user))


def visible_import_runs(user: Account) -> QuerySet[ImportRun]:
    """The user's own lists, and those that were read in where the user edits the structure.

    What stands in a list is for the one who uploaded it alone.
    """
    done = Q(act__agreement__in=agreements_with(user, EDIT_STRUCTURE))
    return ImportRun.objects.filter(Q(user=user.pk) | done)


def visible_reminders(user: Account) -> QuerySet[Reminder]:
    """All letters about the agreements that the user coordinates, and the user's own."""
    coordinated = Q(agreement__in=agreements_with(user, EDIT_STRUCTURE).values("pk"))
    return Reminder.objects.filter(coordinated | Q(user=user.pk), agreement__in=agreement_ids(user))


def visible_organizations(user: Account) -> QuerySet[Organization]:
    """Parties and holders of seats in the user's agreements, and all that are under them."""
    known = rights(user)
    if known.taking_part is None:
        known.taking_part = organizations_in(user, agreement_ids(user))
    return Organization.objects.filter(pk__in=known.taking_part | known.home)


def organizations_in(user: Account, agreements: Iterable[int]) -> set[int]:
    """Ids of those that are or were parties or held seats, and of all that are under them."""
    ids = set(agreements)
    roots = Organization.objects.filter(
        Q(agreements__in=ids) | Q(seats__group__agreement__in=ids)
    ).values_list("pk", flat=True)
    return rights(user).below(set(roots))


def known_people() -> QuerySet[Person]:
    """Everybody but those whom an organisation has merely proposed.

    They are seen by nobody, and can be chosen nowhere, until a coordinator accepts them.
    """
    proposed = Answer.objects.filter(outcome="").exclude(person=None)
    sitting = Mandate.objects.values("person")
    return Person.objects.exclude(pk__in=proposed.exclude(person__in=sitting).values("person"))


def visible_people(user: Account) -> QuerySet[Person]:
    """People who work at an organisation that the user may see, or sat in one of the groups."""
    sitting = Mandate.objects.filter(seat__group__agreement__in=agreement_ids(user))
    return known_people().filter(
        Q(organization__in=visible_organizations(user)) | Q(pk__in=sitting.values("person"))
    )


def visible_areas(user: Account) -> QuerySet[Area]:
    """The territories of the user's agreements, and every area that has a part in common.

    What is larger is seen, its other parts are not: a police region reaches into other
    municipalities, whose areas are not ours.
    """
    mine = agreement_ids(user)
    territories = set(Area.objects.filter(agreements__in=mine).values_list("pk", flat=True))
    covered = Area.objects.filter(coverages__group__agreement__in=mine)
    near = AreaMap(None)
    inside = near.downwards(*territories)
    reached = near.upwards(*inside, *covered.values_list("pk", flat=True))
    return Area.objects.filter(pk__in=reached)


# -- names ------------------------------------------------------------------------------


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
        return allowed(user, VIEW_PROTECTED, agreement)
    mine = rights(user).agreements
    return bool(mine) and all(allowed(user, VIEW_PROTECTED, each) for each in mine)


def searchable_names(user: Account) -> QuerySet[PersonName]:
    """Names that the user may find by searching; protected ones for nobody."""
    return PersonName.objects.filter(person__in=visible_people(user), person__protected=False)


def named_like(people: Iterable[int], words: str) -> set[int]:
    """Which of the people, all seen by the reader, have the words in a name that is not hidden."""
    rows = PersonName.objects.filter(person__in=people, person__protected=False)
    return set(rows.filter(search_key__contains=fold(words)).values_list("person_id", flat=True))
