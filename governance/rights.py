"""What one user may do today, worked out from grants, place of work and mandates.

`permissions` asks the questions; this is what it asks. Nothing here is stored.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, Value

from governance.models import (
    Agreement,
    AgreementGroupGrant,
    AgreementUserGrant,
    Mandate,
    Organization,
    OrganizationGroupGrant,
    OrganizationUserGrant,
    Person,
    Seat,
    SteeringGroup,
    SteeringGroupGroupGrant,
    SteeringGroupUserGrant,
    User,
)
from governance.models.groups import heirs
from governance.models.owners import owner_of
from governance.temporal import today

Account = User | AnonymousUser

EDIT_STRUCTURE = "edit_structure"
VIEW_AGREEMENT = "view_agreement"
VIEW_PROTECTED = "view_protected"
EDIT_ROSTER = "edit_roster"
EDIT_PRIORITIES = "edit_priorities"
EDIT_GROUP_CONTACTS = "edit_group_contacts"
ENTER_FOLLOWUP = "enter_followup"
ADOPT_FOLLOWUP = "adopt_followup"
APPOINT_OWN = "appoint_own"
EDIT_HOLDINGS = "edit_holdings"
EDIT_CONTACTS = "edit_contacts"

# What a right on an agreement, or on a group, carries with it on the group.
IMPLIED_ON_GROUPS = {
    EDIT_STRUCTURE: {EDIT_ROSTER, EDIT_PRIORITIES, EDIT_GROUP_CONTACTS, ENTER_FOLLOWUP},
    EDIT_ROSTER: {EDIT_PRIORITIES, EDIT_GROUP_CONTACTS},
}
# What a seat's role gives whoever holds it today.
RIGHTS_OF_ROLE = {
    Seat.Role.SECRETARY: {EDIT_PRIORITIES, ENTER_FOLLOWUP},
    Seat.Role.CHAIR: {ADOPT_FOLLOWUP},
    Seat.Role.VICE_CHAIR: {ADOPT_FOLLOWUP},
}
# What a role gives on a group that has ended, to whoever has the role in its successor.
OF_SUCCESSOR = {ENTER_FOLLOWUP, ADOPT_FOLLOWUP}


@dataclass(frozen=True)
class Grant:
    """One right on one object: `on` is the model's name in lower case."""

    permission: str
    on: str
    pk: int


class Rights:
    """Everything one user may do today, read in at most five queries (a sixth when a group
    that has ended is asked about).

    A closed account has nothing. `as_if_open` tells what it would have, which is asked
    when somebody is about to open it again.
    """

    def __init__(self, user: Account, *, as_if_open: bool = False) -> None:
        self.user = user
        self.day = today()
        self.taking_part: set[int] | None = None  # organisations, once somebody has asked
        self._counts = user.is_authenticated and (user.is_active or as_if_open)

    @cached_property
    def grants(self) -> set[Grant]:
        """What was given by hand, to the user or to a group of accounts."""
        if not self._counts:
            return set()
        tables = [
            (Agreement, AgreementUserGrant, AgreementGroupGrant),
            (SteeringGroup, SteeringGroupUserGrant, SteeringGroupGroupGrant),
            (Organization, OrganizationUserGrant, OrganizationGroupGrant),
        ]
        parts = []
        for noun, by_user, by_group in tables:
            rows = [
                by_user.objects.filter(user=self.user),
                by_group.objects.filter(group__user=self.user),
            ]
            on = Value(noun._meta.model_name)
            parts += [
                row.values_list("permission__codename", on, "content_object_id") for row in rows
            ]
        return {Grant(*row) for row in parts[0].union(*parts[1:])}

    @cached_property
    def person(self) -> Person | None:
        """Whom the account is linked to, if the account is open."""
        return getattr(self.user, "person", None) if self._counts else None

    @cached_property
    def parents(self) -> dict[int, int | None]:
        """The organisation above each; may be handed from one user's rights to another's."""
        return dict(Organization.objects.values_list("pk", "parent_id"))

    def upwards(self, organization: int | None) -> set[int]:
        """The organisation and all that are above it."""
        found: set[int] = set()
        while organization is not None and organization not in found:
            found.add(organization)
            organization = self.parents.get(organization)
        return found

    @cached_property
    def home(self) -> set[int]:
        """The organisations that the user acts from, with all those above them."""
        own = [grant.pk for grant in self.grants if grant.on == "organization"]
        if self.person:
            own.append(self.person.organization_id)
        return set().union(*map(self.upwards, own)) if own else set()

    def below(self, roots: set[int]) -> set[int]:
        """The organisations and all that are under them, at any remove."""
        return {pk for pk in self.parents if roots & self.upwards(pk)}

    @cached_property
    def own(self) -> set[int]:
        """The organisations whose own business the user sees: that of the place of work,
        and those that a grant was given on, with all under these.
        """
        granted = {grant.pk for grant in self.grants if grant.on == "organization"}
        own = self.below(granted) if granted else set()
        return own | ({self.person.organization_id} if self.person else set())

    @property
    def own_hidden(self) -> set[int]:
        """The organisations whose hidden properties (visas inte) the user sees: the own ones."""
        return self.own

    @cached_property
    def work(self) -> set[int]:
        """Where the user's person works, with all the organisations above."""
        return self.upwards(self.person.organization_id) if self.person else set()

    @cached_property
    def agreements(self) -> list[Agreement]:
        """The agreements that the user belongs to, and the local ones under them.

        Each has `by_work`: whether the place of work alone makes the user belong.
        """
        direct = [grant.pk for grant in self.grants if grant.on == "agreement"]
        groups = [grant.pk for grant in self.grants if grant.on == "steeringgroup"]
        if not (direct or groups or self.home):
            return []
        own = Agreement.objects.filter(
            Q(pk__in=direct)
            | Q(pk__in=SteeringGroup.objects.filter(pk__in=groups).values("agreement"))
            | self._taken_part_in_by(self.home)
        ).values("pk")
        by_work = Agreement.objects.filter(self._taken_part_in_by(self.work), pk=OuterRef("pk"))
        rows = Agreement.objects.annotate(by_work=Exists(by_work))
        return list(rows.filter(Q(pk__in=own) | Q(parent__in=own)))

    def _taken_part_in_by(self, organizations: set[int]) -> Q:
        """The agreements to which one of them is a party, or in which one has a seat today."""
        seats = Seat.objects.as_of(self.day).filter(organization__in=organizations)
        return Q(parties__in=organizations) | Q(pk__in=seats.values("group__agreement"))

    @cached_property
    def roles(self) -> list[tuple[Seat.Role, SteeringGroup]]:
        """The roles with rights of their own in the seats that the person holds today.

        Who is on leave, or has somebody acting in their place, does not hold the seat.
        """
        if self.person is None:
            return []
        held = Mandate.objects.holding(self.day).filter(
            person=self.person,
            seat__role__in=RIGHTS_OF_ROLE,
            seat__in=Seat.objects.as_of(self.day),
            seat__group__in=SteeringGroup.objects.at_work(self.day),
        )
        rows = held.select_related("seat__group").order_by("seat__group__sort_key", "seat__role")
        return [(Seat.Role(row.seat.role), row.seat.group) for row in rows]

    @cached_property
    def _by_role(self) -> set[tuple[str, int]]:
        """(permission, group) that follow from the roles."""
        return {(right, group.pk) for role, group in self.roles for right in RIGHTS_OF_ROLE[role]}

    @cached_property
    def _heirs(self) -> dict[int, set[int]]:
        """What comes after each group that has ended."""
        return heirs(self.day)

    def roles_in(self, group: SteeringGroup) -> set[Seat.Role]:
        """The roles with rights of their own that the user has in the group today; for one
        that has ended, in its successor.
        """
        there = {group.pk}
        if self.roles and group.has_ended(self.day):
            there = self._heirs.get(group.pk, set())
        return {role for role, each in self.roles if each.pk in there}

    def groups_followed_up(self) -> Q:
        """Which groups' follow-ups the user may write, hand back or adopt, whatever their state."""
        followers = {EDIT_STRUCTURE, *OF_SUCCESSOR}
        agreements = [
            each.pk for each in self.agreements if any(self.may(right, each) for right in followers)
        ]
        given = {each for each in self.grants if each.on == "steeringgroup"}
        own = {each.pk for each in given if each.permission in followers}
        led = {group.pk for role, group in self.roles if RIGHTS_OF_ROLE[role] & OF_SUCCESSOR}
        if led:
            led |= {old for old, heirs in self._heirs.items() if heirs & led}
        return Q(agreement__in=agreements) | Q(pk__in=own | led)

    def may(self, permission: str, obj: Model) -> bool:
        """Whether the user has `permission` on `obj` today.

        What is a group's own (a priority, a follow-up …) is asked of the group. What is the
        municipality's own takes the right to change the structure of the agreement.
        """
        obj = owner_of(obj)
        if isinstance(obj, SteeringGroup):
            return self._may_on_group(permission, obj)
        if isinstance(obj, Agreement):
            if permission == EDIT_PRIORITIES:
                permission = EDIT_STRUCTURE
            above = {obj.pk, obj.parent_id}
            return any(Grant(permission, "agreement", pk) in self.grants for pk in above if pk)
        if isinstance(obj, Organization):
            given = {grant.pk for grant in self.grants if grant.permission == permission}
            given &= {grant.pk for grant in self.grants if grant.on == "organization"}
            return bool(given and given & self.upwards(obj.pk))
        return False

    def _may_on_group(self, permission: str, group: SteeringGroup) -> bool:
        carriers = {right for right, more in IMPLIED_ON_GROUPS.items() if permission in more}
        for right in {permission, *carriers}:
            if Grant(right, "steeringgroup", group.pk) in self.grants:
                return True
        if any(self.may(right, group.agreement) for right in carriers | {permission}):
            return True
        if permission in OF_SUCCESSOR and group.has_ended(self.day):
            return any(permission in RIGHTS_OF_ROLE[role] for role in self.roles_in(group))
        by_role = any(permission in given for given in RIGHTS_OF_ROLE.values())
        return by_role and (permission, group.pk) in self._by_role


def rights(user: Account) -> Rights:
    """The user's rights, worked out once for each user object, that is once a request."""
    known: Rights | None = getattr(user, "_rights", None)
    if known is None:
        known = Rights(user)
        user._rights = known  # type: ignore[union-attr]
    return known


class AccountBackend(ModelBackend):
    """Signs in with e-mail and password, and answers `has_perm` for objects."""

    def get_user(self, user_id: int) -> User | None:
        """The account with its person and where that is, which every page's rights ask for."""
        user = User.objects.select_related("person__organization").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if obj is None:
            return super().has_perm(user_obj, perm)
        return user_obj.is_active and rights(user_obj).may(perm.removeprefix("governance."), obj)
