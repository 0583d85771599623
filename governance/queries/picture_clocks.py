"""The clocks of lägesbilder: the agreement's for each group, the law's for the municipality.

That a group makes a lägesbild every year follows from the agreement. SFS 2023:196 6 §
binds the municipality alone, and its own lägesbild and åtgärdsplan: at least every second
year. The law names no day, so two years from the last one is an assumption, which the
page says.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q

from governance.models import ActionPlan, Agreement, SituationPicture, SteeringGroup
from governance.models.groups import Status, SteeringGroupQuerySet
from governance.months import months_after
from governance.permissions import visible_pictures, visible_plans
from governance.queries.pictures import TEXTS, age, where
from governance.rights import Account
from governance.temporal import has_passed

LAW = "SFS 2023:196"
LAW_FIRST_DAY = datetime.date(2023, 7, 1)
PLAN_FIRST_DAY = datetime.date(2024, 7, 1)  # from when the law asks for an åtgärdsplan
MONTHS = 24  # "minst vartannat år", counted from the last one

# Whether a group has the year's: the word in the address, and what it is called.
STATES = {
    "arets": "Har årets",
    "fjolarets": "Senast förra året",
    "aldre": "Senast tidigare",
    "ingen": "Ingen lägesbild",
}


@dataclass
class GroupClock:
    """A group on a day, and its latest lägesbild for each area, the newest first."""

    group: SteeringGroup
    state: Status
    day: datetime.date
    pictures: list[SituationPicture] = field(default_factory=list)

    @property
    def latest(self) -> SituationPicture | None:
        return self.pictures[0] if self.pictures else None

    @property
    def where(self) -> str:
        return where(self.latest) if self.latest else ""

    @property
    def age(self) -> str:
        return age(self.latest.day, self.day) if self.latest else ""

    @property
    def areas(self) -> list[tuple[str, SituationPicture]]:
        return [(where(picture), picture) for picture in self.pictures]

    @property
    def of_the_year(self) -> int:
        """For how many areas there is one dated in the year."""
        return sum(picture.day.year == self.day.year for picture in self.pictures)

    @property
    def code(self) -> str:
        if self.latest is None:
            return "ingen"
        years = self.day.year - self.latest.day.year
        return {0: "arets", 1: "fjolarets"}.get(years, "aldre")


class YearTable:
    """The local groups at work on the day, and others that have made a lägesbild.

    Three queries, whatever the number of groups.
    """

    def __init__(self, user: Account, groups: SteeringGroupQuerySet, day: datetime.date) -> None:
        self.day = day
        made = SituationPicture.objects.through(day).filter(group=OuterRef("pk"))
        local = Q(kind=SteeringGroup.Kind.LOCAL) | Q(Exists(made))
        found = groups.at_work(day).with_state(day).filter(local).order_by("sort_key")
        self.every = [GroupClock(group, group.state(day), day) for group in found]
        by_group = {row.group.pk: row for row in self.every}
        rows = visible_pictures(user).through(day).filter(group__in=list(by_group))
        known: dict[int, set[int | None]] = defaultdict(set)
        newest = rows.select_related("area").defer(*TEXTS).order_by("-day", "-pk")
        for picture in newest:
            group = picture.group_id or 0
            if picture.area_id not in known[group]:
                known[group].add(picture.area_id)
                by_group[group].pictures.append(picture)

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.code for row in self.every)

    def choose(self, code: str) -> list[GroupClock]:
        """The rows of one of STATES; all of them for any other word."""
        return [row for row in self.every if code not in STATES or row.code == code]


@dataclass(frozen=True)
class Due:
    """One thing that the law asks of the municipality, and when it is next to be done.

    `last` is the day of the latest and `due` the last day for the next one; without one
    `due` is the day from which the law has asked for the first.
    """

    last: datetime.date | None
    due: datetime.date
    is_late: bool
    in_force: bool

    @property
    def code(self) -> str:
        """What the mark says: later, missing or late, or that the law did not apply yet."""
        if not self.in_force:
            return "before_law"
        if self.last is None:
            return "missing"
        return "late" if self.is_late else "in_time"


@dataclass(frozen=True)
class LegalClock:
    """The municipality's own lägesbild and åtgärdsplan, as SFS 2023:196 6 § asks about them."""

    agreement: Agreement
    picture: SituationPicture | None
    plan: ActionPlan | None
    picture_due: Due
    plan_due: Due


def legal_clocks(
    user: Account, agreements: Iterable[Agreement], day: datetime.date
) -> list[LegalClock]:
    """One for each municipality with a central agreement among these; two queries for all.

    Only a lägesbild of the whole municipality counts, and only a plan that has begun.
    """
    central = [each for each in agreements if each.level == Agreement.Level.CENTRAL]
    whole = Q(area=None) | Q(area=F("agreement__territory"))
    pictures = visible_pictures(user).through(day).filter(whole, agreement__in=central)
    begun = visible_plans(user).overlapping(datetime.date.min, day).filter(agreement__in=central)
    latest: dict[int | None, SituationPicture] = {}
    for picture in pictures.select_related("area").defer(*TEXTS).order_by("day", "pk"):
        latest[picture.agreement_id] = picture
    plans = {plan.agreement_id: plan for plan in sorted(begun, key=_decided)}
    return [_clock(each, latest.get(each.pk), plans.get(each.pk), day) for each in central]


def _clock(
    agreement: Agreement,
    picture: SituationPicture | None,
    plan: ActionPlan | None,
    day: datetime.date,
) -> LegalClock:
    return LegalClock(
        agreement=agreement,
        picture=picture,
        plan=plan,
        picture_due=_due(picture.day if picture else None, LAW_FIRST_DAY, day),
        plan_due=_due(_decided(plan)[0] if plan else None, PLAN_FIRST_DAY, day),
    )


def _decided(plan: ActionPlan) -> tuple[datetime.date, int]:
    """When it was decided, or the first day that it applies when that is not registered."""
    return plan.decided_on or plan.valid_from, plan.pk


def _due(last: datetime.date | None, first: datetime.date, day: datetime.date) -> Due:
    """`first` is from when the law asks for it: nothing was due before that."""
    due = max(months_after(last, MONTHS), first) if last else first
    in_force = not has_passed(day, first)
    return Due(last, due, is_late=in_force and has_passed(due, day), in_force=in_force)
