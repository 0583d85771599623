"""Rights given by hand: what can be given, on what, and who has what."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from governance.models import (
    Agreement,
    AgreementGroupGrant,
    AgreementUserGrant,
    Organization,
    OrganizationUserGrant,
    SteeringGroup,
    SteeringGroupUserGrant,
    User,
)
from governance.permissions import organizations_in
from governance.rights import (
    ADOPT_FOLLOWUP,
    APPOINT_OWN,
    EDIT_CONTACTS,
    EDIT_GROUP_CONTACTS,
    EDIT_HOLDINGS,
    EDIT_PRIORITIES,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    ENTER_FOLLOWUP,
    VIEW_AGREEMENT,
    VIEW_PROTECTED,
    Account,
    rights,
)

VIEW_ORGANIZATION = "view_organization"

# The rights that can be given by hand, by what they are given on.
OFFERED: dict[type[Model], list[str]] = {
    Agreement: [VIEW_AGREEMENT, VIEW_PROTECTED, EDIT_STRUCTURE],
    SteeringGroup: [EDIT_ROSTER, EDIT_GROUP_CONTACTS],
    Organization: [VIEW_ORGANIZATION, APPOINT_OWN, EDIT_HOLDINGS, EDIT_CONTACTS],
}
TABLES: dict[type[Model], Any] = {  # guardian's tables lack types
    Agreement: AgreementUserGrant,
    SteeringGroup: SteeringGroupUserGrant,
    Organization: OrganizationUserGrant,
}
# How each right is put on screen.
_WORDS = {
    EDIT_STRUCTURE: "ändra strukturen",
    VIEW_PROTECTED: "se skyddade namn",
    VIEW_AGREEMENT: "läsa",
    VIEW_ORGANIZATION: "läsa",
    EDIT_ROSTER: "ändra gruppens uppgifter",
    EDIT_PRIORITIES: "ändra prioriteringar",
    EDIT_GROUP_CONTACTS: "ändra gruppens kontaktvägar",
    ENTER_FOLLOWUP: "skriva uppföljning",
    ADOPT_FOLLOWUP: "fastställa uppföljning",
    APPOINT_OWN: "utse på organisationens egna platser",
    EDIT_HOLDINGS: "ändra bolagets bestånd",
    EDIT_CONTACTS: "ändra organisationens kontaktvägar",
}


@dataclass(frozen=True)
class GrantRow:
    """One right given by hand. `since` is None when it was given before acts were kept."""

    pk: int
    on: str
    account: User
    right: str
    thing: Model
    since: datetime.datetime | None
    ours: bool


def words_of(permission: str) -> str:
    """The right in words; one that no page uses keeps its code."""
    return _WORDS.get(permission, permission)


def noun_of(thing: type[Model] | Model) -> str:
    """The word for a kind of thing in the addresses of grants."""
    return {"agreement": "overenskommelse", "steeringgroup": "grupp"}.get(
        str(thing._meta.model_name), "organisation"
    )


def grants_on(user: Account, agreements: Iterable[Agreement], noun: type[Model]) -> QuerySet[Any]:
    """The grants of one table that concern the agreements."""
    ids = [agreement.pk for agreement in agreements]
    if noun is Agreement:
        concerned = Q(content_object__in=ids)
    elif noun is SteeringGroup:
        concerned = Q(content_object__agreement__in=ids)
    else:
        concerned = Q(content_object__in=organizations_in(user, ids))
    table = TABLES[noun]
    given = table.history.filter(id=OuterRef("pk"), history_type="+").order_by("-history_id")
    return (
        table.objects.filter(concerned)
        .annotate(since=Subquery(given.values("caused_by__at")[:1]))
        .select_related("user__person", "permission", "content_object")
        .order_by("content_object__sort_key", "user__email", "permission__codename")
    )


def grant_rows(user: Account, agreements: list[Agreement]) -> list[GrantRow]:
    """Every grant that concerns the agreements; `ours` are those that may be taken back here."""
    own = own_organizations(user, agreements)
    return [
        GrantRow(
            pk=row.pk,
            on=noun_of(noun),
            account=row.user,
            right=words_of(row.permission.codename),
            thing=row.content_object,
            since=row.since,
            ours=noun is not Organization or row.content_object_id in own,
        )
        for noun in TABLES
        for row in grants_on(user, agreements, noun)
    ]


def own_organizations(user: Account, agreements: Iterable[Agreement]) -> set[int]:
    """Organisations that take part in these agreements and in no other.

    A right on an organisation opens every agreement in which it, or one above it,
    takes part; so only on these may it be given by those who coordinate these.
    """
    ids = [agreement.pk for agreement in agreements]
    others = Agreement.objects.exclude(pk__in=ids)
    foreign = set(
        Organization.objects.filter(
            Q(agreements__in=others) | Q(seats__group__agreement__in=others)
        ).values_list("pk", flat=True)
    )
    known = rights(user)
    return {pk for pk in organizations_in(user, ids) if not foreign & known.upwards(pk)}


def coordinators(agreement: Agreement) -> QuerySet[User]:
    """Open accounts that may change the structure of the agreement, by whichever grant."""
    above = [agreement.pk, *([agreement.parent_id] if agreement.parent_id else [])]
    chosen = {"permission__codename": EDIT_STRUCTURE, "content_object__in": above}
    by_user = AgreementUserGrant.objects.filter(**chosen)
    by_group = AgreementGroupGrant.objects.filter(**chosen)
    return User.objects.filter(
        Q(pk__in=by_user.values("user")) | Q(groups__in=by_group.values("group")), is_active=True
    ).distinct()
