"""Reminders that were mailed: to whom, when, and of what."""

from django.conf import settings
from django.db import models

from governance.models.agreements import Agreement
from governance.temporal import OccasionQuerySet


class Reminder(models.Model):
    """A letter that was sent (påminnelse), to an account or else to a functional mailbox.

    `told` are the keys of what it told of, so that the next one is sent only when there
    is something new. The text names functions, never persons. Nothing is written here
    until the mail server has taken the letter.
    """

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="reminders", verbose_name="överenskommelse"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name="konto",
    )
    mailbox = models.EmailField("funktionsbrevlåda", blank=True)
    day = models.DateField("dag")
    sent_at = models.DateTimeField("skickad", auto_now_add=True)
    subject = models.CharField("ämne", max_length=200)
    text = models.TextField("text")
    told = models.JSONField("påmint om", default=list)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Påminnelse {self.pk}"
