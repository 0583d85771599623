"""What is done about a priority, by whom, and how far it has come."""

import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from governance.models.acts import tracked
from governance.models.areas import Area
from governance.models.groups import SteeringGroup
from governance.models.organizations import Organization
from governance.models.pictures import ActionPlan
from governance.models.priorities import LocalPriority
from governance.models.seats import Seat
from governance.temporal import DueQuerySet, has_passed

NOT_NEGATIVE = [MinValueValidator(0, "Skriv ett tal som inte är under noll.")]


class MeasureQuerySet(DueQuerySet["Measure"]):
    def unfinished(self) -> Self:
        return self.filter(status__in=Measure.UNFINISHED)

    def late(self, day: datetime.date) -> Self:
        """Those that should have been ready before `day` and have no outcome yet."""
        return self.unfinished().overdue(day)


class Measure(models.Model):
    """Something that an organisation does about one local priority (åtgärd).

    The target is a number with a unit and what it is counted per: 8 trygghetsvandringar
    totalt, 2 per månad. `progress` is the number reached so far from `start` on, always
    in all and never per month. `due` is the last day, which still counts as in time.
    `cost` is in kronor, `hours` working hours; None is *ej registrerat*, never zero.
    What was not done says why. `seat` is the one that answers for it, whoever sits there.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "planerad"
        ONGOING = "ongoing", "pågår"
        DONE = "done", "genomförd"
        NOT_DONE = "not_done", "ej genomförd"

    class Per(models.TextChoices):
        TOTAL = "total", "totalt"
        WEEK = "week", "per vecka"
        MONTH = "month", "per månad"
        QUARTER = "quarter", "per kvartal"
        YEAR = "year", "per år"

    UNFINISHED = (Status.PLANNED, Status.ONGOING)

    priority = models.ForeignKey(
        LocalPriority, models.PROTECT, related_name="measures", verbose_name="lokal prioritering"
    )
    plan = models.ForeignKey(
        ActionPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name="åtgärdsplan",
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="measures",
        verbose_name="ansvarig organisation",
    )
    seat = models.ForeignKey(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name="ansvarig plats i gruppen",
    )
    title = models.CharField("titel", max_length=200)
    description = models.TextField("beskrivning", blank=True)
    start = models.DateField("börjar", null=True, blank=True)
    due = models.DateField("klar senast")
    target = models.DecimalField(
        "hur många", max_digits=12, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    unit = models.CharField("av vad", max_length=60, blank=True)
    per = models.CharField("räknat", max_length=7, choices=Per, default=Per.TOTAL)
    status = models.CharField("läge", max_length=8, choices=Status, default=Status.PLANNED)
    why = models.TextField("varför den inte blev gjord", blank=True)
    progress = models.DecimalField(
        "gjort hittills",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    cost = models.DecimalField(
        "kostnad i kronor",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    hours = models.DecimalField(
        "arbetstimmar",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    places = models.ManyToManyField(
        Area, blank=True, related_name="measures", verbose_name="platser"
    )

    objects = MeasureQuerySet.as_manager()
    history = tracked(joins=("places",))

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_due_after_start",
                condition=Q(start=None) | Q(due__gte=F("start")),
                violation_error_message="Åtgärden kan inte vara klar innan den börjar.",
            ),
            models.CheckConstraint(
                name="measure_not_done_says_why",
                condition=~Q(status="not_done") | ~Q(why=""),
                violation_error_message="Skriv varför åtgärden inte blev gjord.",
            ),
            models.CheckConstraint(
                name="measure_target_has_its_unit",
                condition=Q(target=None, unit="")
                | (Q(target__isnull=False, target__gt=0) & ~Q(unit="")),
                violation_error_message=(
                    "Skriv både hur många och av vad, till exempel 8 och trygghetsvandringar."
                ),
            ),
            *(
                models.CheckConstraint(
                    name=f"measure_{name}_not_negative",
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": 0}),
                    violation_error_message=f"{label} kan inte vara under noll.",
                )
                for name, label in [
                    ("progress", "Det som är gjort"),
                    ("cost", "Kostnaden"),
                    ("hours", "Arbetstimmarna"),
                ]
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def group(self) -> SteeringGroup:
        return self.priority.group

    def is_late(self, day: datetime.date) -> bool:
        """Whether it should have been ready before `day`; says the same as `late`."""
        return self.status in self.UNFINISHED and has_passed(self.due, day)

    def clean(self) -> None:
        """The seat is one of the group and the organisation, the plan one that it may follow."""
        if self.priority_id is None or self.organization_id is None:
            return
        group, faults = self.priority.group, {}
        seat, plan = self.seat, self.plan
        if seat and (seat.group_id, seat.organization_id) != (group.pk, self.organization_id):
            faults["seat"] = (
                "Platsen hör till en annan grupp eller organisation. "
                "Välj en av den ansvariga organisationens platser i gruppen."
            )
        agreements = {group.agreement_id, group.agreement.parent_id} - {None}
        if plan and plan.group_id != group.pk and plan.agreement_id not in agreements:
            faults["plan"] = "Åtgärdsplanen hör till en annan grupp. Välj en av gruppens egna."
        if faults:
            raise ValidationError(faults)
