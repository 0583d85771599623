"""Which accounts a coordinator handles, and what an account may do and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, BooleanField, Exists, OuterRef, Q, QuerySet, Value

from governance.models import (
    Act,
    Agreement,
    AgreementUserGrant,
    Mandate,
    Organization,
    OrganizationUserGrant,
    Person,
    SteeringGroup,
    SteeringGroupUserGrant,
    User,
)
from governance.permissions import known_people, organizations_in
from governance.queries.grants import words_of
from governance.rights import RIGHTS_OF_ROLE, VIEW_AGREEMENT, Account, Grant, Rights, rights
from governance.swedish import listed


@dataclass(frozen=True)
class Held:
    """One right in words: what, on what, the page of that thing, and where it comes from."""

    right: str
    on: str
    page: str
    slug: str
    why: str


def organizations_of(user: Account, agreements: Iterable[Agreement]) -> set[int]:
    """Ids of the organisations that take part in the agreements, with those under them."""
    return organizations_in(user, [agreement.pk for agreement in agreements])


def handled_accounts(agreements: Iterable[Agreement], organizations: set[int]) -> QuerySet[User]:
    """Accounts that belong to the agreements by a grant, by their person or by an invitation.

    One that was invited, linked or closed in the name of an agreement stays with it, so
    that it can be found when nothing else ties it any more.

    `organizations` are those that take part. Each row has `invited_elsewhere`, whether
    another agreement invited it, and `person_is_ours`, whether its person works here.
    """
    ids = [agreement.pk for agreement in agreements]
    elsewhere = User.history.filter(
        id=OuterRef("pk"), caused_by__verb=Act.Verb.INVITE, caused_by__agreement__isnull=False
    ).exclude(caused_by__agreement__in=ids)
    on_agreement = AgreementUserGrant.objects.filter(content_object__in=ids)
    on_group = SteeringGroupUserGrant.objects.filter(content_object__agreement__in=ids)
    on_organization = OrganizationUserGrant.objects.filter(content_object__in=organizations)
    return (
        User.objects.filter(
            Q(pk__in=on_agreement.values("user"))
            | Q(pk__in=on_group.values("user"))
            | Q(pk__in=on_organization.values("user"))
            | Q(person__organization__in=organizations)
            | Q(pk__in=User.history.filter(caused_by__agreement__in=ids).values("id"))
        )
        .annotate(
            invited_elsewhere=Exists(elsewhere),
            person_is_ours=_is_in("person__organization", organizations),
        )
        .select_related("person__organization")
    )


def _is_in(field: str, ids: set[int]) -> Q | Value:
    return Q(**{f"{field}__in": ids}) if ids else Value(False, output_field=BooleanField())


def rights_as_if_open(user: Account, account: User) -> Rights:
    """What the account may do, or could if it were open; `user` is who asks."""
    found = Rights(account, as_if_open=True)
    found.parents = rights(user).parents  # the same for everybody, and already read
    return found


def belongs_elsewhere(account: User, known: Rights, agreements: Iterable[Agreement]) -> bool:
    """Whether a row of `handled_accounts` belongs to an agreement that is not among these."""
    ours = {agreement.pk for agreement in agreements}
    theirs = {agreement.pk for agreement in known.agreements}
    return bool(theirs - ours) or account.invited_elsewhere  # type: ignore[attr-defined]


def linkable_people(agreements: list[Agreement], organizations: set[int]) -> QuerySet[Person]:
    """People without an account who work in the agreements.

    Those with mandates in some other agreement are left out: the link would give the
    account rights there, which a coordinator here does not have to give.
    """
    elsewhere = Mandate.objects.exclude(seat__group__agreement__in=agreements)
    people = known_people().filter(user=None, organization__in=organizations)
    return (
        people.exclude(pk__in=elsewhere.values("person"))
        .select_related("organization", "name")
        .order_by("name__sort_key", "pk")
    )


def held_rights(
    known: Rights, within: Iterable[Agreement], organizations: set[int] | None = None
) -> list[Held]:
    """All that the account may do in the agreements `within`, and where each right is from.

    Of grants on organisations only those on `organizations` are told; None tells all.
    """
    ours = {agreement.pk for agreement in within}
    return [
        *_given(known, ours, organizations),
        *_by_role(known, ours),
        *_by_belonging(known, ours),
    ]


def _given(known: Rights, ours: set[int], organizations: set[int] | None) -> list[Held]:
    wanted: dict[str, set[int]] = {"steeringgroup": set(), "organization": set()}
    for grant in known.grants:
        if grant.on in wanted and (
            grant.on != "organization" or organizations is None or grant.pk in organizations
        ):
            wanted[grant.on].add(grant.pk)
    things = {
        ("agreement", each.pk): (each.name, each.slug)
        for each in known.agreements
        if each.pk in ours
    }
    for on, pk, name, slug, agreement in _named(wanted):
        if agreement is None or agreement in ours:
            things[on, pk] = (name, slug)
    ordered = sorted(known.grants, key=lambda grant: (grant.on, grant.pk, grant.permission))
    return [
        Held(
            right=words_of(grant.permission),
            on=things[grant.on, grant.pk][0],
            page=_PAGES[grant.on],
            slug=things[grant.on, grant.pk][1],
            why="given behörighet",
        )
        for grant in ordered
        if (grant.on, grant.pk) in things
    ]


_PAGES = {"agreement": "agreement", "steeringgroup": "group", "organization": "organization"}


def _named(wanted: dict[str, set[int]]) -> Iterable[tuple[str, int, str, str, int | None]]:
    """(kind, id, name, slug, agreement) of groups and organisations, in one query."""
    if not any(wanted.values()):
        return []
    groups = SteeringGroup.objects.filter(pk__in=wanted["steeringgroup"]).order_by()
    organizations = Organization.objects.filter(pk__in=wanted["organization"]).order_by()
    rows = groups.values_list(Value("steeringgroup"), "pk", "name", "slug", "agreement_id").union(
        organizations.values_list(
            Value("organization"), "pk", "name", "slug", Value(None, output_field=BigIntegerField())
        ),
        all=True,
    )
    return list(rows)


def _by_role(known: Rights, ours: set[int]) -> list[Held]:
    return [
        Held(
            right=listed(sorted(words_of(right) for right in RIGHTS_OF_ROLE[role])),
            on=group.name,
            page="group",
            slug=group.slug,
            why=f"följer av uppdraget som {role.label} i {group.name}",
        )
        for role, group in known.roles
        if group.agreement_id in ours
    ]


def _by_belonging(known: Rights, ours: set[int]) -> list[Held]:
    belongs = {agreement.pk for agreement in known.agreements}
    found = []
    for agreement in known.agreements:
        stated = Grant(VIEW_AGREEMENT, "agreement", agreement.pk) in known.grants
        if agreement.pk in ours and not stated:
            why = _why_belonging(known, agreement, belongs)
            found.append(Held("läsa", agreement.name, "agreement", agreement.slug, why))
    return found


def _why_belonging(known: Rights, agreement: Agreement, belongs: set[int]) -> str:
    if agreement.by_work and known.person:  # type: ignore[attr-defined]
        return f"följer av att personen arbetar hos {known.person.organization}"
    if agreement.parent_id in belongs:
        return "följer av den övergripande överenskommelsen"
    return "följer av given behörighet"
