"""Who is to be reminded of what on a day: the work of the lists, sorted by recipient."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse

from governance.models import (
    Agreement,
    AgreementGroupGrant,
    AgreementUserGrant,
    Organization,
    OrganizationGroupGrant,
    OrganizationUserGrant,
    Reminder,
    SteeringGroup,
    SteeringGroupGroupGrant,
    SteeringGroupUserGrant,
    User,
)
from governance.permissions import agreement_ids, allowed
from governance.queries.following_items import Followed, accounts_of
from governance.queries.mandate_lists import Choice, MandateList
from governance.queries.seat_tables import SeatTable
from governance.queries.work import Task, coordinator_tasks, seat_tasks
from governance.queries.worklists import LATE_MEASURE, LEADERS, UNREGISTERED, Item, items_of
from governance.rights import (
    ADOPT_FOLLOWUP,
    APPOINT_OWN,
    EDIT_PRIORITIES,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    ENTER_FOLLOWUP,
    rights,
)

_BY_USER = (AgreementUserGrant, SteeringGroupUserGrant, OrganizationUserGrant)
_BY_GROUP = (AgreementGroupGrant, SteeringGroupGroupGrant, OrganizationGroupGrant)
_WANTED = [
    EDIT_STRUCTURE,
    EDIT_ROSTER,
    APPOINT_OWN,
    EDIT_PRIORITIES,
    ENTER_FOLLOWUP,
    ADOPT_FOLLOWUP,
]
_NOT_REGISTERED = "beslutet att skapa gruppen är inte registrerat"


@dataclass(frozen=True)
class Sum:
    """How much there is to do of one kind, and the address of the list that shows it."""

    number: int
    text: str
    address: str


@dataclass(frozen=True)
class Section:
    """What there is to do in one part of the recipient's work; most have one, without heading."""

    heading: str
    sums: list[Sum]


@dataclass(frozen=True)
class Due:
    """What one recipient, an account or else a functional mailbox, has to do in an agreement."""

    agreement: Agreement
    items: list[Item]
    sections: list[Section]
    user: User | None = None
    mailbox: str = ""

    @property
    def recipient(self) -> str:
        """By key, for logs and commands: an address of an account may hold a name."""
        return f"konto {self.user.pk}" if self.user else f"brevlådan {self.mailbox}"


@dataclass(frozen=True)
class Round:
    """All letters that may be due on a day, and the groups with work that nobody can be told of."""

    due: list[Due]
    unreachable: list[SteeringGroup]


class _OwnList(MandateList):
    """The lists of work narrowed to one organisation; leaders are no organisation's own."""

    def count(self, kind: str) -> int:
        if kind in LEADERS:
            return 0
        own = replace(self.choice.to_do(kind), organisation=self.choice.organisation)
        return len(MandateList(self.user, self.table, own).rows)


def letters_due(day: datetime.date) -> Round:
    """Everything there is to do on `day`, by agreement and recipient, new or not."""
    accounts = _accounts(day)
    found = Round([], [])
    for agreement in Agreement.objects.order_by("sort_key", "pk"):
        table = SeatTable(SteeringGroup.objects.filter(agreement=agreement), day)
        followed = Followed(agreement, day)
        work = {group.pk: list(items_of(table, group)) for group in table.at_work}
        for user in accounts:
            own = [item for items in work.values() for item in items if _concerns(user, item)]
            waiting, tasks = followed.of(user)
            if own or waiting:
                sections = _sections(user, agreement, table, own, tasks)
                found.due.append(Due(agreement, [*own, *waiting], sections, user=user))
        left = [
            group
            for group in table.at_work
            if work[group.pk] and not any(allowed(user, EDIT_ROSTER, group) for user in accounts)
        ]
        untold = {group: work[group.pk] for group in left}
        for item in followed.untold:
            untold.setdefault(item.group, []).append(item)
        found.due.extend(_to_mailboxes(agreement, table, untold))
        found.unreachable.extend(group for group in untold if not _mailbox(group))
    return found


def _accounts(day: datetime.date) -> list[User]:
    """Open accounts with a right to keep seats or to say how the work goes, given to them or to
    a group of accounts, and those of leaders and members with something to do.
    """
    wanted = {"permission__codename__in": _WANTED}
    given = accounts_of(day)
    for by_user in _BY_USER:
        given |= Q(pk__in=by_user.objects.filter(**wanted).values("user"))
    for by_group in _BY_GROUP:
        given |= Q(groups__in=by_group.objects.filter(**wanted).values("group"))
    rows = User.objects.filter(given, is_active=True).select_related("person")
    found = list(rows.order_by("pk").distinct())
    for user in found[1:]:
        rights(user).parents = rights(found[0]).parents  # the same for all
    return found


def _concerns(user: User, item: Item) -> bool:
    """Whether the user may do something about it."""
    if item.kind == UNREGISTERED:
        return allowed(user, EDIT_STRUCTURE, item.group.agreement)
    return allowed(user, EDIT_ROSTER, item.group) or _fills(user, item)


def _fills(user: User, item: Item) -> bool:
    """Whether it is about a seat of an organisation for which the user appoints."""
    organization = _organization(item)
    return (
        organization is not None
        and allowed(user, APPOINT_OWN, organization)
        and item.group.agreement_id in agreement_ids(user)
    )


def _organization(item: Item) -> Organization | None:
    return item.seat.organization if item.seat else item.organization


def _sections(
    user: User, agreement: Agreement, table: SeatTable, items: list[Item], following: list[Task]
) -> list[Section]:
    """The same counts as on the start page, and of the organisations for which she appoints."""
    keep = {"overenskommelse": agreement.slug}
    if allowed(user, EDIT_STRUCTURE, agreement):
        groups = SteeringGroup.objects.filter(agreement=agreement)
        seats = MandateList(user, table, Choice())
        tasks = coordinator_tasks(groups, [agreement], seats, coming=True, keep=keep)
        return [Section("", _sums([*tasks, *following]))]
    found = []
    if any(allowed(user, EDIT_ROSTER, item.group) for item in items):
        tasks = seat_tasks(MandateList(user, table, Choice(mina="1")), keep)
        found.append(Section("I grupperna där du ändrar ledamöter", _sums(tasks)))
    for organization in _topmost(user, items):
        own = _OwnList(user, table, Choice(organisation=organization.slug))
        tasks = seat_tasks(own, {**keep, "organisation": organization.slug})
        found.append(Section(f"På platserna för {organization}", _sums(tasks)))
    if following:
        found.append(Section("I uppföljning och åtgärder", _sums(following)))
    return found


def _topmost(user: User, items: Iterable[Item]) -> list[Organization]:
    """The organisations of the items for which the user appoints, but those under another."""
    found = {each for item in items if _fills(user, item) and (each := _organization(item))}
    keys = {each.pk for each in found}
    return sorted(
        (each for each in found if rights(user).upwards(each.pk) & keys == {each.pk}),
        key=lambda each: (each.sort_key, each.pk),
    )


def _sums(tasks: Iterable[Task]) -> list[Sum]:
    return [
        Sum(task.number, task.text, f"{reverse(f'governance:{task.page}')}{task.query}")
        for task in tasks
    ]


# -- where nobody has an account -------------------------------------------------------------


def _mailbox(group: SteeringGroup) -> str:
    return group.mailbox or group.agreement.mailbox


def _to_mailboxes(
    agreement: Agreement,
    table: SeatTable,
    untold: dict[SteeringGroup, list[Item]],
) -> Iterator[Due]:
    """One letter to each mailbox, with a section for each of its groups."""
    by_mailbox: dict[str, list[SteeringGroup]] = defaultdict(list)
    for group in untold:
        if _mailbox(group):
            by_mailbox[_mailbox(group).lower()].append(group)
    for mailbox, own in by_mailbox.items():
        items = [item for group in own for item in untold[group]]
        sections = [_of_group(table, group, untold[group]) for group in own]
        yield Due(agreement, items, sections, mailbox=mailbox)


def _of_group(table: SeatTable, group: SteeringGroup, items: list[Item]) -> Section:
    sums = _sums(seat_tasks(MandateList(AnonymousUser(), table, Choice(grupp=group.slug)), {}))
    waiting = [item for item in items if item.followup]
    sums += [Sum(1, f"uppföljning {x.followup.year}", x.address) for x in waiting if x.followup]
    late = [item for item in items if item.kind == LATE_MEASURE]
    if late:
        words = "försenad åtgärd" if len(late) == 1 else "försenade åtgärder"
        sums.append(Sum(len(late), words, late[0].address))
    if any(item.kind == UNREGISTERED for item in items):
        sums.append(Sum(1, _NOT_REGISTERED, reverse("governance:group", args=[group.slug])))
    return Section(group.name, sums)


def sent_to(due: Due) -> QuerySet[Reminder]:
    """The letters that the recipient has had about the agreement."""
    rows = Reminder.objects.filter(agreement=due.agreement)
    return rows.filter(user=due.user) if due.user else rows.filter(user=None, mailbox=due.mailbox)
