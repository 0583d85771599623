"""What a group, or the municipality itself, knows about safety and crime somewhere."""

from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.agreements import Agreement
from governance.models.areas import Area
from governance.models.groups import SteeringGroup
from governance.temporal import OccasionQuerySet, Period, PeriodQuerySet

ONE_OWNER = Q(group__isnull=False, agreement=None) | Q(group=None, agreement__isnull=False)
ONE_OWNER_SENTENCE = (
    "Välj en styrgrupp, eller en överenskommelse när det är kommunens egen. Välj inte båda."
)


class SituationPicture(models.Model):
    """A lägesbild on one day with the three parts that SFS 2023:196 4 § asks for.

    It is a group's or, with an `agreement` in the place of a group, the municipality's
    own: only that one is bound by the law's clock (6 §). The first of a group in an area is
    the baseline, which is worked out and never stored. `sources` tells where its figures
    come from. Nothing in it is about individuals, or was given by the police under secrecy.
    """

    group = models.ForeignKey(
        SteeringGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name="styrgrupp",
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name="kommunens egen, i överenskommelsen",
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name="område",
    )
    day = models.DateField("dag")
    mapping = models.TextField("kartläggning")
    other_information = models.TextField("annan information")
    analysis = models.TextField("analys")
    sources = models.TextField("källor", blank=True)

    objects = OccasionQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = "lägesbild"
        verbose_name_plural = "lägesbilder"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_of_group_or_municipality",
                condition=ONE_OWNER,
                violation_error_message=ONE_OWNER_SENTENCE,
            ),
            models.CheckConstraint(
                name="picture_has_its_three_parts",
                condition=~Q(mapping="") & ~Q(other_information="") & ~Q(analysis=""),
                violation_error_message=(
                    "En lägesbild har tre delar: kartläggning, annan information och analys. "
                    "Skriv något i alla tre."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Lägesbild {self.day}"


class ActionPlan(Period):
    """A plan for what is to be done (åtgärdsplan), with its decision, that gathers measures.

    A group's or the municipality's own, as a lägesbild is; `picture` is the one that it
    rests on (SFS 2023:196 5 §). Who decided, when and under which number may be *ej
    registrerat* and be filled in later.
    """

    group = models.ForeignKey(
        SteeringGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="styrgrupp",
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="kommunens egen, i överenskommelsen",
    )
    title = models.CharField("titel", max_length=200)
    picture = models.ForeignKey(
        SituationPicture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="lägesbild som ligger till grund",
    )
    decided_by = models.CharField("beslutad av", max_length=120, blank=True)
    decided_on = models.DateField("beslutad den", null=True, blank=True)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "åtgärdsplan"
        verbose_name_plural = "åtgärdsplaner"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="plan_of_group_or_municipality",
                condition=ONE_OWNER,
                violation_error_message=ONE_OWNER_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_registered(self) -> bool:
        return self.decided_on is not None
