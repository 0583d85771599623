"""What a reader may see of each noun; whatever is not here is a 404."""

import datetime
from collections.abc import Iterable

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from governance.models import (
    Act,
    Agreement,
    Answer,
    ApiToken,
    Area,
    AreaMap,
    BoundarySet,
    ContactRoute,
    Holding,
    ImportRun,
    LookupRun,
    Mandate,
    Organization,
    Person,
    Property,
    Reminder,
    SteeringGroup,
)
from governance.models.groups import SteeringGroupQuerySet
from governance.models.lookups import KEPT
from governance.rights import (
    APPOINT_OWN,
    EDIT_CONTACTS,
    EDIT_HOLDINGS,
    EDIT_STRUCTURE,
    Account,
    rights,
)
from governance.temporal import PeriodQuerySet

# Stands in `ImportRun.columns` of a list of values of indicators, and in no other list's.
VALUES = "values"


def agreements_with(user: Account, permission: str) -> QuerySet[Agreement]:
    """The agreements on which the user has `permission`."""
    mine = [each.pk for each in rights(user).agreements if rights(user).may(permission, each)]
    return Agreement.objects.filter(pk__in=mine)


def agreement_ids(user: Account) -> set[int]:
    return {agreement.pk for agreement in rights(user).agreements}


def visible_agreements(user: Account) -> QuerySet[Agreement]:
    return Agreement.objects.filter(pk__in=agreement_ids(user))


def visible_groups(user: Account) -> SteeringGroupQuerySet:
    return SteeringGroup.objects.filter(agreement__in=agreement_ids(user))


def visible_acts(user: Account) -> QuerySet[Act]:
    """Acts on the agreements that the user belongs to, and on the own organisation's affairs.

    Others concern operators only.
    """
    own = Q(agreement=None, organization__in=rights(user).own)
    return Act.objects.filter(Q(agreement__in=agreement_ids(user)) | own)


def visible_import_runs(user: Account) -> QuerySet[ImportRun]:
    """The user's own rosters, and those that were read in where the user edits the structure.

    What stands in a list is for the one who uploaded it alone.
    """
    done = Q(act__agreement__in=agreements_with(user, EDIT_STRUCTURE))
    rosters = ImportRun.objects.filter(organization=None).exclude(columns__has_key=VALUES)
    return rosters.filter(Q(user=user.pk) | done)


def visible_stock_runs(user: Account) -> QuerySet[ImportRun]:
    """Lists of the stock of the user's own organisations.

    What stands in a list is for the one who uploaded it alone.
    """
    return ImportRun.objects.filter(organization__in=rights(user).own)


def visible_lookups(user: Account, now: datetime.datetime) -> QuerySet[LookupRun]:
    """The user's own lists that are looked up, for 24 hours; nobody else sees them."""
    return LookupRun.objects.filter(user=user.pk, uploaded_at__gt=now - KEPT)


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
    known, ids = rights(user), set(agreements)
    if known.taking_part is not None and ids == agreement_ids(user):
        return known.taking_part
    roots = Organization.objects.filter(
        Q(agreements__in=ids) | Q(seats__group__agreement__in=ids)
    ).values_list("pk", flat=True)
    return known.below(set(roots))


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


def visible_boundary_sets(user: Account) -> QuerySet[BoundarySet]:
    """Boundaries in the territories of the user's agreements."""
    territories = {each.territory_id for each in rights(user).agreements if each.territory_id}
    return BoundarySet.objects.filter(territory__in=territories)


def visible_routes(user: Account) -> QuerySet[ContactRoute]:
    """Routes about the reader's groups and areas, to organisations that the reader may see."""
    about = Q(group__in=visible_groups(user)) | Q(area__in=visible_areas(user))
    return ContactRoute.objects.filter(about, organization__in=visible_organizations(user))


def routes_about(user: Account, areas: Iterable[int]) -> QuerySet[ContactRoute]:
    """The same as `visible_routes`, for those who know which areas the reader may see."""
    about = Q(group__in=visible_groups(user)) | Q(area__in=set(areas))
    return ContactRoute.objects.filter(about, organization__in=visible_organizations(user))


def visible_holdings(user: Account) -> PeriodQuerySet[Holding]:
    """The stock of the reader's own organisations, row by row; of others, sums are shown."""
    return Holding.objects.filter(organization__in=rights(user).own)


def visible_properties(user: Account) -> QuerySet[Property]:
    """Properties that may be looked up: those in the stock of visible organisations.

    One that is hidden (visas inte) is there only for the company that has it today or will.
    """
    known = rights(user)
    held = Holding.objects.overlapping(known.day, None).filter(property=OuterRef("pk"))
    others = Q(organization__in=visible_organizations(user), is_hidden=False)
    # Asked once a property: PostgreSQL takes two such questions for much dearer than they are.
    seen = held.annotate(is_hidden=ExpressionWrapper(OuterRef("hidden"), BooleanField()))
    own = Q(organization__in=known.own_hidden)
    return Property.objects.filter(Exists(seen.filter(own | others)))


def keyed_organizations(user: Account) -> list[Organization]:
    """Those for which the user may make keys to the API: who edits the stock or the contact
    routes, or fills the seats, of an organisation or of one above it.
    """
    known = rights(user)
    own = Organization.objects.filter(pk__in=known.own).order_by("sort_key", "pk")
    asked = (EDIT_HOLDINGS, EDIT_CONTACTS, APPOINT_OWN)
    return [each for each in own if any(known.may(right, each) for right in asked)]


def visible_tokens(user: Account) -> QuerySet[ApiToken]:
    """The keys of the organisations for which the user may make them."""
    return ApiToken.objects.filter(organization__in=keyed_organizations(user))
