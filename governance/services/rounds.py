"""The yearly round: a follow-up is opened for every local group of a year, in one act."""

import datetime
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.models import (
    Act,
    Agreement,
    AgreementVersion,
    Challenge,
    FollowUp,
    FollowUpSection,
    LocalPriority,
    Measure,
    SituationPicture,
    SteeringGroup,
    User,
)
from governance.queries.rounds import cutoff_of, local_groups_of
from governance.services.acts import act, lock
from governance.swedish import counted, in_words

Kind = FollowUpSection.Kind
BEFORE_CHALLENGES = (Kind.FACTS, Kind.PICTURE)
AFTER_CHALLENGES = tuple(kind for kind in Kind if kind not in (*BEFORE_CHALLENGES, Kind.CHALLENGE))
BATCH = 200


def open_year(
    *, user: User | None, agreement: Agreement, year: int, due: datetime.date | None = None
) -> Act:
    """Open the follow-up of `year` for each local group that was at work on a day of it.

    Those that are open already are left as they are, so it can be done again when a group
    has been entered late; with nothing to open it refuses. Each gets the sections of the
    version in force on its avstämningsdatum, its own priorities of the year with what the
    last follow-up had that still goes on, and the newest lägesbild. `due` is the last day.
    """
    with act(user=user, verb=Act.Verb.OPEN_ROUND, agreement=agreement) as done:
        groups = lock(local_groups_of(year, agreement))
        there = FollowUp.objects.filter(year=year, group__in=groups)
        known = set(there.values_list("group", flat=True))
        new = [group for group in groups if group.pk not in known]
        if not new:
            raise ValidationError(_nothing(agreement, year, bool(groups)))
        followups = _followups(agreement, new, year, due)
        bulk_create_with_history(_sections(followups, year), FollowUpSection, batch_size=BATCH)
        done.groups.add(*new)
        last = f" De ska vara klara senast den {in_words(due)}." if due else ""
        opened = counted(len(new), "grupp", "grupper")
        done.summary = f"Uppföljning {year} öppnas för {opened} i {agreement.name}.{last}"
        if known:
            left = counted(len(known), "grupp hade", "grupper hade")
            done.summary += f"\n{left} redan en uppföljning, som lämnas som den är."
    return done


def _nothing(agreement: Agreement, year: int, some: bool) -> str:
    if some:
        return f"Alla lokala grupper i {agreement} har redan en uppföljning för {year}."
    return f"Ingen lokal grupp i {agreement} var aktiv någon dag {year}. Välj ett annat år."


def _followups(
    agreement: Agreement, groups: list[SteeringGroup], year: int, due: datetime.date | None
) -> list[FollowUp]:
    """The rows, saved, in the order of `groups`."""
    versions = _versions(agreement)
    pictures: dict[int, list[SituationPicture]] = defaultdict(list)
    until = SituationPicture.objects.through(datetime.date(year, 12, 31)).filter(group__in=groups)
    for picture in until.order_by("day", "pk"):
        pictures[picture.group_id or 0].append(picture)
    rows = []
    for group in groups:
        cutoff = cutoff_of(group, year)
        row = FollowUp(
            group=group,
            year=year,
            cutoff=cutoff,
            due=due,
            version=next((each for each in versions if each.in_force(cutoff)), None),
            picture=next(reversed(pictures[group.pk]), None),
        )
        row.full_clean(validate_unique=False, validate_constraints=False)
        rows.append(row)
    bulk_create_with_history(rows, FollowUp, batch_size=BATCH)
    return list(FollowUp.objects.filter(group__in=groups, year=year).order_by("pk"))


def _versions(agreement: Agreement) -> list[AgreementVersion]:
    """The agreement's own, before those of the one above it."""
    above = {agreement.pk, agreement.parent_id} - {None}
    rows = AgreementVersion.objects.filter(agreement__in=above)
    return sorted(rows, key=lambda each: each.agreement_id != agreement.pk)


def _sections(followups: list[FollowUp], year: int) -> list[FollowUpSection]:
    challenges: dict[int | None, list[Challenge]] = defaultdict(list)
    versions = {each.version_id for each in followups}
    for challenge in Challenge.objects.filter(version__in=versions).order_by("order"):
        challenges[challenge.version_id].append(challenge)
    own = _own_priorities(followups, year)
    rows = []
    for followup in followups:
        about: list[dict[str, Any]] = [
            *({"kind": kind} for kind in BEFORE_CHALLENGES),
            *({"challenge": each} for each in challenges[followup.version_id]),
            *({"priority": each} for each in own[followup.group_id]),
            *({"kind": kind} for kind in AFTER_CHALLENGES),
        ]
        rows += [
            FollowUpSection(followup=followup, order=order, **{"kind": Kind.CHALLENGE, **each})
            for order, each in enumerate(about, start=1)
        ]
    return rows


def _own_priorities(followups: list[FollowUp], year: int) -> dict[int, list[LocalPriority]]:
    """The groups' own additions of the year, and earlier ones with measures left to do."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    own = LocalPriority.objects.filter(
        group__in=[each.group_id for each in followups], challenge=None
    )
    left = LocalPriority.objects.ended(first).filter(
        measures__status__in=Measure.UNFINISHED, sections__followup__year=year - 1
    )
    rows = own.filter(pk__in=own.overlapping(first, last).values("pk")) | own.filter(
        pk__in=left.values("pk")
    )
    found: dict[int, list[LocalPriority]] = defaultdict(list)
    for priority in rows.order_by("order", "pk"):
        found[priority.group_id].append(priority)
    return found


def set_due(*, user: User | None, agreement: Agreement, year: int, due: datetime.date) -> Act:
    """Give the follow-ups of the year that are not sent yet one last day, the same for all."""
    with act(user=user, verb=Act.Verb.OPEN_ROUND, agreement=agreement) as done:
        lock(local_groups_of(year, agreement))
        open_ones = FollowUp.objects.filter(
            year=year, group__agreement=agreement, state__in=FollowUp.OPEN_STATES
        )
        rows = [each for each in open_ones.select_related("group") if each.due != due]
        if not rows:
            raise ValidationError(
                f"Ingen uppföljning för {year} som inte är skickad har en annan sista dag. "
                "Inget har ändrats."
            )
        for row in rows:
            row.due = due
        bulk_update_with_history(rows, FollowUp, ["due"], batch_size=BATCH)
        done.groups.add(*(row.group for row in rows))
        number = counted(len(rows), "grupp", "grupper")
        done.summary = f"Uppföljning {year} ska vara klar senast den {in_words(due)} för {number}."
    return done
