"""The yearly follow-up of a group: which year and version, and how far it has come."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from governance.models.acts import tracked
from governance.models.agreements import AgreementVersion
from governance.models.groups import SteeringGroup
from governance.models.indicators import YEAR_RANGE
from governance.models.pictures import SituationPicture


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def adopted(self) -> Self:
        return self.filter(state=FollowUp.State.ADOPTED)

    def newest(self) -> Self:
        """Of each group and year the one with the highest number, in whatever state it is."""
        later = FollowUp.objects.filter(
            group=OuterRef("group"), year=OuterRef("year"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class FollowUp(models.Model):
    """What a group says of one year (uppföljning).

    `cutoff` (avstämningsdatum) is 31 December of the year or the group's last day, and
    `version` the one in force that day, None when none was. A correction is a row of its
    own with the next `number`, opened with a `reason` when the one before is adopted; both
    stay readable. Whose it followed (the group's predecessors) is worked out.

    `snapshot` is taken when it is sent: what the page, the PDF and the export then show,
    persons by key only. It is not kept in the history, so that what must be taken out of
    it is gone. Adopted is locked: no service changes the row or its sections any more.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "utkast"
        WITH_MEMBERS = "with_members", "hos styrgruppen"
        SENT = "sent", "skickad för fastställande"
        RETURNED = "returned", "återlämnad"
        ADOPTED = "adopted", "fastställd"

    class Capacity(models.TextChoices):
        """As what somebody registered that a meeting had adopted it."""

        CHAIR = "chair", "ordförande"
        VICE_CHAIR = "vice_chair", "vice ordförande"
        SECRETARY = "secretary", "sekreterare"
        COORDINATOR = "coordinator", "samordnare"

    # The states in which its text may be changed.
    OPEN_STATES = (State.DRAFT, State.WITH_MEMBERS, State.RETURNED)
    # Those who were not in the chair refer to the minutes of the meeting.
    BY_MINUTES = (Capacity.SECRETARY, Capacity.COORDINATOR)

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="followups", verbose_name="styrgrupp"
    )
    year = models.PositiveSmallIntegerField("år", validators=YEAR_RANGE)
    number = models.PositiveSmallIntegerField("version", default=1)
    version = models.ForeignKey(
        AgreementVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name="överenskommelsens version",
    )
    picture = models.ForeignKey(
        SituationPicture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name="lägesbild",
    )
    cutoff = models.DateField("avstämningsdatum")
    due = models.DateField("klar senast", null=True, blank=True)
    state = models.CharField("läge", max_length=12, choices=State, default=State.DRAFT)
    reason = models.TextField("varför den rättas", blank=True)
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_followups",
        verbose_name="skickad av",
    )
    return_note = models.TextField("varför den lämnades tillbaka", blank=True)
    adopted_on = models.DateField("fastställd den", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adopted_followups",
        verbose_name="registrerad av",
    )
    capacity = models.CharField(
        "registrerad i egenskap av", max_length=11, choices=Capacity, blank=True
    )
    minutes = models.CharField("hänvisning till protokollet", max_length=200, blank=True)
    snapshot = models.JSONField("underlag", null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()
    history = tracked(without=("snapshot",))

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        ordering = ["-year", "group__sort_key", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="followup_numbered_in_group_and_year",
                fields=["group", "year", "number"],
                violation_error_message="Gruppen har redan den versionen av årets uppföljning.",
            ),
            models.UniqueConstraint(
                name="followup_one_open_in_group_and_year",
                fields=["group", "year"],
                condition=~Q(state="adopted"),
                violation_error_message=(
                    "Gruppen har redan en uppföljning för året som inte är fastställd. "
                    "Fortsätt på den."
                ),
            ),
            models.CheckConstraint(
                name="followup_correction_says_why",
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
                violation_error_message="Skriv varför uppföljningen ska rättas.",
            ),
            models.CheckConstraint(
                name="followup_sent_with_its_snapshot",
                condition=~Q(state__in=["sent", "adopted"])
                | Q(sent_at__isnull=False, snapshot__isnull=False),
                violation_error_message="Uppföljningen saknar sitt underlag. Skicka den igen.",
            ),
            models.CheckConstraint(
                name="followup_returned_with_a_note",
                condition=~Q(state="returned") | ~Q(return_note=""),
                violation_error_message="Skriv vad som ska ändras i uppföljningen.",
            ),
            models.CheckConstraint(
                name="followup_adopted_with_day_and_capacity",
                condition=(Q(state="adopted", adopted_on__isnull=False) & ~Q(capacity=""))
                | (~Q(state="adopted") & Q(adopted_on=None, capacity="")),
                violation_error_message=(
                    "Skriv vilken dag mötet fastställde uppföljningen och vem som registrerar det."
                ),
            ),
            models.CheckConstraint(
                name="followup_adoption_refers_to_minutes",
                condition=~Q(capacity__in=["secretary", "coordinator"]) | ~Q(minutes=""),
                violation_error_message="Hänvisa till mötets protokoll, till exempel § 4.",
            ),
        ]

    def __str__(self) -> str:
        return f"Uppföljning {self.year}, {self.group}"

    @property
    def is_locked(self) -> bool:
        return self.state == self.State.ADOPTED

    @property
    def is_open(self) -> bool:
        """Whether its text may be changed by those who may write it."""
        return self.state in self.OPEN_STATES

    def clean(self) -> None:
        """The avstämningsdatum is a day of the year that is followed up."""
        if self.cutoff is not None and self.cutoff.year != self.year:
            raise ValidationError({"cutoff": f"Avstämningsdatumet måste ligga under {self.year}."})
