"""What stands in a follow-up, section by section, and what members say of it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.agreements import Challenge
from governance.models.followups import FollowUp
from governance.models.groups import SteeringGroup
from governance.models.priorities import LocalPriority


class FollowUpSection(models.Model):
    """A part (avsnitt) of a follow-up, written and ticked off as ready by itself.

    The one kind that comes many times, `challenge`, is about a challenge of the version or
    about the group's own priority. `revision` counts the saves of the text: a save names
    the revision that it was based on and is refused when another has come since. An
    autosave goes by the queryset (`filter(pk=…, revision=…).update(…)`), one atomic
    statement without a history row; history and act are written when a section is ticked
    off and when the follow-up changes its state.
    """

    class Kind(models.TextChoices):
        FACTS = "facts", "uppgifter"
        PICTURE = "picture", "lägesbild"
        CHALLENGE = "challenge", "prioriterad utmaning"
        MEASURES = "measures", "åtgärder"
        PROCESS = "process", "processuppföljning"
        ANALYSIS = "analysis", "analys och slutsats"
        COMMUNICATION = "communication", "kommunikation"
        NEXT_YEAR = "next_year", "nästa år"
        ATTACHMENTS = "attachments", "bilagor"
        REPORTING = "reporting", "avstämning"

    class Judgement(models.TextChoices):
        """What people say of a goal, beside what the figures say."""

        FULLY = "fully", "helt"
        PARTLY = "partly", "delvis"
        NOT = "not", "ej"
        UNKNOWN = "unknown", "går ej att bedöma"

    followup = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="sections", verbose_name="uppföljning"
    )
    kind = models.CharField("slag", max_length=13, choices=Kind)
    challenge = models.ForeignKey(
        Challenge,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name="prioriterad utmaning",
    )
    priority = models.ForeignKey(
        LocalPriority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name="egen prioritering",
    )
    order = models.PositiveSmallIntegerField("ordning")
    text = models.TextField("text", blank=True)
    judgement = models.CharField("bedömning", max_length=7, choices=Judgement, blank=True)
    done = models.BooleanField("klar", default=False)
    revision = models.PositiveIntegerField("ändring nummer", default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="edited_sections",
        verbose_name="ändrad av",
    )
    edited_at = models.DateTimeField("ändrad", null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ["followup", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="section_once_of_each_kind",
                fields=["followup", "kind"],
                condition=~Q(kind="challenge"),
                violation_error_message="Uppföljningen har redan det avsnittet.",
            ),
            *(
                models.UniqueConstraint(
                    name=f"section_once_for_each_{name}",
                    fields=["followup", name],
                    violation_error_message=f"Uppföljningen har redan ett avsnitt om {label}.",
                )
                for name, label in [("challenge", "utmaningen"), ("priority", "prioriteringen")]
            ),
            models.CheckConstraint(
                name="section_about_a_challenge_or_a_priority",
                condition=(~Q(kind="challenge") & Q(challenge=None, priority=None))
                | Q(kind="challenge", challenge__isnull=False, priority=None)
                | Q(kind="challenge", challenge=None, priority__isnull=False),
                violation_error_message=(
                    "Avsnittet ska handla om en utmaning eller en egen prioritering."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title of what it is about, else what the kind is called."""
        about = self.challenge or self.priority
        return about.title if about else self.get_kind_display().capitalize()

    @property
    def group(self) -> SteeringGroup:
        return self.followup.group


class FollowUpComment(models.Model):
    """What a member says of a follow-up, or of one section, while the group reads it."""

    followup = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="comments", verbose_name="uppföljning"
    )
    section = models.ForeignKey(
        FollowUpSection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="avsnitt",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="followup_comments",
        verbose_name="konto",
    )
    at = models.DateTimeField("tidpunkt", auto_now_add=True)
    text = models.TextField("kommentar")

    history = tracked()

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Kommentar {self.pk}"

    def clean(self) -> None:
        if self.section is not None and self.section.followup_id != self.followup_id:
            raise ValidationError({"section": "Avsnittet hör till en annan uppföljning."})
