"""Steering groups: what they are, where they work, and on whose decision."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from governance.models.acts import tracked
from governance.models.agreements import Agreement
from governance.models.areas import Area, AreaMap
from governance.models.sources import Sourced
from governance.no_overlap import NoOverlap
from governance.swedish import SearchKey, SortKey
from governance.temporal import EventQuerySet, Period, PeriodQuerySet, day_after

# Words that stand where a group's slug could stand, or after it, in an address.
RESERVED_SLUGS = frozenset(
    "ny historik moten aktivera vila ateruppta tackning sla-ihop upplos uppgifter beslut "
    "rapport import lista api admin konto hjalp sok".split()
)


@dataclass(frozen=True)
class Status:
    """A state in words: `code` picks the icon, `text` is what the reader sees."""

    code: str
    text: str


class SteeringGroupQuerySet(PeriodQuerySet["SteeringGroup"]):
    def at_work(self, day: datetime.date) -> Self:
        """Groups that count in coverage on `day`: active or resting, not merely proposed."""
        created = GroupDecision.objects.effective(day).filter(
            group=OuterRef("pk"), act=GroupDecision.Kind.CREATE
        )
        return self.as_of(day).filter(Exists(created))

    def with_state(self, day: datetime.date) -> Self:
        """Each with what `SteeringGroup.state` needs to tell its state on `day`."""
        decisions = GroupDecision.objects.effective(day).filter(group=OuterRef("pk"))
        turns = decisions.filter(act__in=GroupDecision.TURNS).order_by("-first_day", "-pk")
        created = decisions.filter(act=GroupDecision.Kind.CREATE)
        return self.annotate(
            last_turn=Subquery(turns.values("act")[:1]),
            has_registered_decision=Exists(created.exclude(decided_on=None)),
        )


class SteeringGroup(Period, Sourced):
    """A styrgrupp of an agreement, across the agreement's versions.

    Its period is the time it exists, first as proposed. Whether it is active or
    resting on a day is worked out from its decisions; nothing of it is stored.
    """

    class Kind(models.TextChoices):
        CENTRAL = "central", "central styrgrupp"
        LOCAL = "local", "lokal styrgrupp"
        PREPARATORY = "preparatory", "beredningsgrupp"
        STRATEGIC_COUNCIL = "strategic_council", "strategiskt råd"
        CRIME_PREVENTION_COUNCIL = "crime_prevention_council", "lokalt brottsförebyggande råd"
        WORKING = "working", "arbetsgrupp"

    class Basis(models.TextChoices):
        DISTRICT = "stadsdelsomrade", "stadsdelsområde"
        POLICE_DISTRICT = "lokalpolisomrade", "lokalpolisområde"
        EXISTING_AGREEMENT = "existing_agreement", "befintlig överenskommelse"
        PLACE = "place", "plats"

    class Chairing(models.TextChoices):
        SINGLE = "single", "en ordförande"
        SHARED = "shared", "delat ordförandeskap"
        ALTERNATING = "alternating", "ordförandeskapet växlar mellan parterna"

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="groups", verbose_name="överenskommelse"
    )
    kind = models.CharField("slag", max_length=24, choices=Kind)
    name = models.CharField("namn", max_length=120)
    slug = models.SlugField("adress", max_length=80, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="under gruppen",
    )
    basis = models.CharField("grund", max_length=18, choices=Basis, blank=True)
    chairing = models.CharField(
        "ordförandeskap", max_length=11, choices=Chairing, default=Chairing.SINGLE
    )
    mailbox = models.EmailField("funktionsbrevlåda", blank=True)
    note = models.TextField("anmärkning", blank=True)
    notice_days = models.PositiveSmallIntegerField(
        "varna så många dagar i förväg",
        default=90,
        validators=[MaxValueValidator(3650, "Skriv högst 3650 dagar, alltså tio år.")],
    )
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="predecessors",
        verbose_name="efterföljare",
    )
    search_key = SearchKey(sources=("name", "slug"))
    sort_key = SortKey(sources=("name",))

    objects = SteeringGroupQuerySet.as_manager()
    history = tracked(without=("search_key", "sort_key"), joins=("successors",))

    class Meta(Period.Meta):
        verbose_name = "styrgrupp"
        verbose_name_plural = "styrgrupper"
        ordering = ["sort_key"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="group_slug_not_reserved",
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                violation_error_message="Adressen är upptagen av en sida i appen. Välj en annan.",
            ),
            models.CheckConstraint(
                name="group_local_states_its_basis",
                condition=~Q(kind="local") | ~Q(basis=""),
                violation_error_message="Ange vilken grund den lokala gruppen vilar på.",
            ),
        ]
        permissions = [
            ("edit_roster", "ändra ledamöter"),
            ("edit_priorities", "ändra prioriteringar och önskade funktioner"),
            ("edit_group_contacts", "ändra gruppens kontaktvägar"),
            ("enter_followup", "skriva uppföljning"),
            ("adopt_followup", "fastställa uppföljning"),
        ]

    def __str__(self) -> str:
        return self.name

    def state(self, day: datetime.date) -> Status:
        """The state on `day`; the row must come from `with_state(day)` of the same day."""
        if self.has_ended(day):
            return Status("ended", "Avslutad")
        if self.is_upcoming(day):
            return Status("starting", "Inte påbörjad")
        match self.last_turn:  # type: ignore[attr-defined]
            case None:
                return Status("proposed", "Föreslagen")
            case GroupDecision.Kind.REST:
                return Status("resting", "Vilande")
        if self.has_registered_decision:  # type: ignore[attr-defined]
            return Status("active", "Aktiv")
        return Status("active_unregistered", "Aktiv, beslut ej registrerat")


class Coverage(Period, Sourced):
    """That a group works in an area (täckning), and so in every part of it."""

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="coverages", verbose_name="styrgrupp"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="coverages", verbose_name="område")

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "täckning"
        verbose_name_plural = "täckningar"
        ordering = ["group", "area", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="coverage_area_once_per_group",
                fields=["group", "area"],
                violation_error_message=(
                    "Gruppen täcker redan området under de dagarna. Välj andra dagar."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} i {self.area}"


class GroupDecision(Sourced):
    """A decision (beslut) about a group, and the first day on which it has effect.

    Most real groups have none to quote: who decided, when, under which number and on
    what mandate may all be *ej registrerat* and be filled in later. A decision taken
    after its first day is a decision in retrospect, which is said and not refused.
    """

    class Kind(models.TextChoices):
        CREATE = "create", "skapa"
        COVERAGE = "coverage", "ändra täckning"
        REST = "rest", "vila"
        RESUME = "resume", "återuppta"
        MERGE = "merge", "slå ihop"
        DISSOLVE = "dissolve", "upplösa"

    # The acts that turn a group active or resting.
    TURNS = (Kind.CREATE, Kind.REST, Kind.RESUME)

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="decisions", verbose_name="styrgrupp"
    )
    act = models.CharField("beslut om att", max_length=8, choices=Kind)
    first_day = models.DateField("gäller från och med")
    decided_by = models.CharField("beslutad av", max_length=120, blank=True)
    decided_on = models.DateField("beslutad den", null=True, blank=True)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)
    mandate = models.CharField("med stöd av", max_length=200, blank=True)
    note = models.TextField("anmärkning", blank=True)

    objects = EventQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["group", "-first_day", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.group} {self.first_day}"

    @property
    def is_registered(self) -> bool:
        return self.decided_on is not None

    @property
    def is_in_retrospect(self) -> bool:
        """Whether it was taken after the change it is about (beslut i efterhand)."""
        return self.decided_on is not None and self.decided_on >= day_after(self.first_day)


class CoverageMap:
    """Which of `groups` cover which area on one day, for any number of areas in two queries.

    `groups` is a queryset; only those at work on `day` count. `near` is the day's nesting of
    areas and `covered` the areas of those that count, for those who have read them already.
    """

    def __init__(
        self,
        day: datetime.date,
        groups: SteeringGroupQuerySet,
        near: AreaMap | None = None,
        covered: Mapping[SteeringGroup, Iterable[int]] | None = None,
    ) -> None:
        self.areas = near or AreaMap(day)
        self._covering: dict[int, set[SteeringGroup]] = defaultdict(set)
        if covered is not None:
            for group, areas in covered.items():
                for area in areas:
                    self._covering[area].add(group)
            return
        coverages = Coverage.objects.as_of(day).filter(group__in=groups.at_work(day))
        for coverage in coverages.select_related("group"):
            self._covering[coverage.area_id].add(coverage.group)

    def groups_in(self, area: int) -> set[SteeringGroup]:
        """Groups that cover the area, or a larger area that it is part of."""
        return self.groups_in_any(self.areas.upwards(area))

    def groups_in_any(self, areas: Iterable[int]) -> set[SteeringGroup]:
        return set().union(*(self._covering.get(area, set()) for area in areas))


def heirs(day: datetime.date) -> dict[int, set[int]]:
    """The groups that come after each one that has ended before `day`, by its id; one query.

    A successor that has ended as well is followed by its own.
    """
    ended = SteeringGroup.objects.ended(day)
    rows = SteeringGroup.successors.through.objects.filter(from_steeringgroup__in=ended)
    rows = rows.annotate(over=Exists(ended.filter(pk=OuterRef("to_steeringgroup"))))
    steps: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    for old, new, over in rows.values_list("from_steeringgroup", "to_steeringgroup", "over"):
        steps[old].add((new, over))
    found: dict[int, set[int]] = {}
    for group in list(steps):
        seen, waiting, found[group] = {group}, [group], set()
        while waiting:
            for new, over in steps[waiting.pop()]:
                if not over:
                    found[group].add(new)
                elif new not in seen:
                    seen.add(new)
                    waiting.append(new)
    return found
