"""Whether somebody may do something, and what is answered when not."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from governance.models import Agreement, Organization, Seat, SteeringGroup
from governance.permissions.refusals import FILL_SEAT, SEE_STOCK, NotAllowed
from governance.permissions.seeing import visible_groups
from governance.rights import APPOINT_OWN, EDIT_ROSTER, Account, rights

Found = TypeVar("Found", bound=Model)


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


def sees_stock(user: Account, organization: Organization) -> bool:
    """Whether the user sees the organisation's stock row by row: only one's own company's."""
    return organization.pk in rights(user).own


def require_to_see_stock(user: Account, organization: Organization) -> None:
    """Raise NotAllowed unless it is one of the user's own organisations."""
    if not sees_stock(user, organization):
        raise NotAllowed(SEE_STOCK, organization)


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


def require_over(user: Account, permission: str, territory: int) -> Agreement:
    """The user's agreement with that territory on which the user has `permission`.

    404 to those who belong to none there, a refusal in words to those without the right.
    """
    there = [each for each in rights(user).agreements if each.territory_id == territory]
    if not there:
        raise Http404
    found = [each for each in there if allowed(user, permission, each)]
    if not found:
        raise NotAllowed(permission, there[0])
    return found[0]


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
