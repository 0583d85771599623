"""Who may change a contact route: whom it leads to, and the coordinators around it."""

from collections.abc import Iterable

from governance.models import Area, AreaMap, ContactRoute, Organization, SteeringGroup
from governance.permissions.refusals import NotAllowed
from governance.permissions.seeing import organizations_in
from governance.rights import (
    EDIT_CONTACTS,
    EDIT_GROUP_CONTACTS,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    Account,
    rights,
)


def may_edit_route(user: Account, route: ContactRoute) -> bool:
    """Whether the user may change, end and verify the route.

    Those may who have `edit_contacts` on the organisation that is reached; for a route
    about a group those with that right on the group; for one about an area the
    coordinator of an agreement whose territory has a part of it, to those that take part.
    """
    return route.pk in may_edit_routes(user, [route])


def may_edit_routes(
    user: Account, routes: Iterable[ContactRoute], near: AreaMap | None = None
) -> set[int]:
    """Ids of those of the routes that the user may change; at most two queries more for all.

    Each bears its organisation and its group with the agreement. `near` is today's
    nesting, for those who have read it already.
    """
    mine = _Mine(user, near)
    return {each.pk for each in routes if mine.may(each.organization, each.group, each.area_id)}


def may_add_routes(user: Account) -> bool:
    """Whether there is any organisation, group or area that the user may add a route about."""
    known = rights(user)
    carriers = {EDIT_CONTACTS, EDIT_GROUP_CONTACTS, EDIT_ROSTER, EDIT_STRUCTURE}
    return any(grant.permission in carriers for grant in known.grants)


def groups_to_add_routes(user: Account, groups: Iterable[SteeringGroup]) -> set[int]:
    """Ids of those of the groups, which come with their agreements, to add routes about."""
    return {each.pk for each in groups if rights(user).may(EDIT_GROUP_CONTACTS, each)}


def require_to_edit_route(
    user: Account,
    organization: Organization,
    group: SteeringGroup | None,
    area: Area | None,
) -> None:
    """Raise NotAllowed unless the user may edit routes to `organization` about that."""
    if _Mine(user).may(organization, group, area.pk if area else None):
        return
    if group is not None:
        raise NotAllowed(EDIT_GROUP_CONTACTS, group)
    raise NotAllowed(EDIT_CONTACTS, organization)


class _Mine:
    """What one user may edit routes about; areas are read when first asked for."""

    def __init__(self, user: Account, near: AreaMap | None = None) -> None:
        self.user = user
        self.near = near
        self.areas: set[int] | None = None
        self.taking_part: set[int] = set()

    def may(
        self, organization: Organization, group: SteeringGroup | None, area: int | None
    ) -> bool:
        known = rights(self.user)
        if known.may(EDIT_CONTACTS, organization):
            return True
        if group is not None:
            return known.may(EDIT_GROUP_CONTACTS, group)
        return area in self._coordinated() and organization.pk in self.taking_part

    def _coordinated(self) -> set[int]:
        """The areas that have a part in common with a territory that the user coordinates."""
        if self.areas is None:
            known = rights(self.user)
            mine = [each for each in known.agreements if known.may(EDIT_STRUCTURE, each)]
            territories = {each.territory_id for each in mine if each.territory_id}
            near = (self.near or AreaMap(None)) if territories else None
            self.areas = near.upwards(*near.downwards(*territories)) if near else set()
            # A region reaches into other municipalities, whose companies are not ours.
            self.taking_part = organizations_in(self.user, (each.pk for each in mine))
        return self.areas
