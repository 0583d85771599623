"""Asking an organisation whether its names are right, and what it answers."""

from django.db import models

from governance.models.acts import Act, tracked
from governance.models.agreements import Agreement
from governance.models.mandates import Mandate
from governance.models.organizations import Organization
from governance.models.people import Person
from governance.models.seats import Seat
from governance.temporal import Period, PeriodQuerySet


class Inquiry(Period):
    """A question (förfrågan) to one organisation: are the names on your seats right?

    Its period is the time in which the link in the letter opens: from the day it was
    asked through the last day to answer. The link itself is signed and never stored.
    """

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="inquiries", verbose_name="överenskommelse"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="inquiries", verbose_name="organisation"
    )
    sent_to = models.EmailField("skickad till", blank=True)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "förfrågan"
        verbose_name_plural = "förfrågningar"
        ordering = ["-valid_from", "-pk"]
        constraints = [*Period.Meta.constraints]

    def __str__(self) -> str:
        return f"Förfrågan {self.pk}"


class Answer(models.Model):
    """What an organisation answered about one of its seats (svar).

    `mandate` is the one that was shown, none for a vacant seat. A change is a proposal:
    nothing of it holds until a coordinator accepts it (`outcome`, by the act `settled_by`).
    Somebody new is a Person from the start, seen by those who settle it alone, so that
    the name stands where every name stands.
    """

    class Kind(models.TextChoices):
        RIGHT = "right", "stämmer"
        CHANGE = "change", "ändra till"
        LEFT = "left", "har slutat"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "godtaget"
        DECLINED = "declined", "avböjt"

    inquiry = models.ForeignKey(
        Inquiry, models.PROTECT, related_name="answers", verbose_name="förfrågan"
    )
    seat = models.ForeignKey(
        Seat, models.PROTECT, related_name="answers", verbose_name="plats i gruppen"
    )
    mandate = models.ForeignKey(
        Mandate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name="uppdrag",
    )
    kind = models.CharField("svar", max_length=6, choices=Kind)
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="föreslagen person",
    )
    since = models.DateField("från och med", null=True, blank=True)
    outcome = models.CharField("utfall", max_length=8, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(
        Act,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="settled_answers",
        verbose_name="avgjort genom",
    )

    history = tracked()

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["inquiry", "seat"]
        constraints = [
            models.UniqueConstraint(
                name="answer_once_per_seat",
                fields=["inquiry", "seat"],
                violation_error_message="Förfrågan har redan ett svar för den platsen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Svar {self.pk}"
