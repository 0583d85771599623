"""What a group has chosen to work with, and what it wants to reach: priorities and goals."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.agreements import Challenge
from governance.models.areas import Area
from governance.models.groups import SteeringGroup
from governance.models.indicators import YEAR_RANGE, Indicator
from governance.temporal import DueQuerySet, Period, PeriodQuerySet


class LocalPriority(Period):
    """What a group works with for a time: a challenge of a version, or its own addition.

    `order` is the group's own; `reason` why it was chosen. A challenge is chosen once at a
    time, which `clean` keeps: whoever saves one has locked the group and asks it first.
    """

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="priorities", verbose_name="styrgrupp"
    )
    challenge = models.ForeignKey(
        Challenge,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="priorities",
        verbose_name="prioriterad utmaning",
    )
    own_title = models.CharField("egen titel", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("ordning", default=1)
    reason = models.TextField("varför", blank=True)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "lokal prioritering"
        verbose_name_plural = "lokala prioriteringar"
        ordering = ["group", "order", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="priority_challenge_or_own",
                condition=Q(challenge__isnull=False, own_title="")
                | (Q(challenge=None) & ~Q(own_title="")),
                violation_error_message=(
                    "Välj en prioriterad utmaning eller skriv en egen titel, inte båda."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The challenge's title in its version, or the group's own."""
        return self.challenge.title if self.challenge else self.own_title

    @property
    def short_title(self) -> str:
        return self.challenge.short_title if self.challenge else self.own_title

    def clean(self) -> None:
        """A challenge is of the group's own agreement or the one above it, once at a time."""
        if self.challenge is None or self.group_id is None or self.valid_from is None:
            return
        agreement = self.group.agreement
        if self.challenge.version.agreement_id not in {agreement.pk, agreement.parent_id}:
            sentence = (
                "Utmaningen hör till en annan överenskommelse. "
                f"Välj en av utmaningarna i {agreement}."
            )
            raise ValidationError({"challenge": sentence})
        same = LocalPriority.objects.filter(group=self.group_id, challenge=self.challenge)
        rivals = same.exclude(pk=self.pk).overlapping(self.valid_from, self.valid_through)
        if rivals.exists():
            raise ValidationError(
                "Gruppen prioriterar redan den utmaningen under de dagarna. "
                "Välj andra dagar eller ändra den som finns."
            )


class Goal(models.Model):
    """Where a priority wants an indicator to be in an area (mål), and by when.

    `baseline` is the value of `baseline_year` as it was when the goal was set: a value that
    is corrected later does not move it. Without one, attainment is undefined. `due` is the
    last day, which still counts. `aim` says in words what is wanted (effektmål).
    """

    priority = models.ForeignKey(
        LocalPriority, models.PROTECT, related_name="goals", verbose_name="lokal prioritering"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="goals", verbose_name="indikator"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="goals", verbose_name="område")
    aim = models.CharField("effektmål", max_length=300, blank=True)
    baseline = models.DecimalField(
        "utgångsläge", max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(
        "utgångslägets år", null=True, blank=True, validators=YEAR_RANGE
    )
    target = models.DecimalField("målvärde", max_digits=14, decimal_places=2)
    due = models.DateField("senast")

    objects = DueQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["priority", "indicator__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="goal_once_per_indicator_and_area",
                fields=["priority", "indicator", "area"],
                violation_error_message=(
                    "Prioriteringen har redan ett mål för indikatorn i det området. Ändra det."
                ),
            ),
            models.CheckConstraint(
                name="goal_baseline_has_its_year",
                condition=Q(baseline=None, baseline_year=None)
                | Q(baseline__isnull=False, baseline_year__isnull=False),
                violation_error_message="Skriv både utgångsläget och dess år, eller inget av dem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} i {self.area}"

    @property
    def group(self) -> SteeringGroup:
        return self.priority.group

    def clean(self) -> None:
        """Refuses a target that is worse than the baseline. To keep the level is allowed."""
        if self.indicator_id is None or self.baseline is None or self.target is None:
            return
        direction = self.indicator.direction
        lower, higher = Indicator.Direction.LOWER_BETTER, Indicator.Direction.HIGHER_BETTER
        if direction == lower and self.target > self.baseline:
            sentence = "Lägre är bättre för {}. Skriv ett målvärde som inte är över utgångsläget."
        elif direction == higher and self.target < self.baseline:
            sentence = "Högre är bättre för {}. Skriv ett målvärde som inte är under utgångsläget."
        else:
            return
        raise ValidationError({"target": sentence.format(self.indicator)})
