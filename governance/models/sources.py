"""Where a row comes from, and how sure we are of it."""

from django.db import models


class Sourced(models.Model):
    """A row with its source and mark, shown wherever the row is shown.

    What somebody enters in the app has no mark: its source is the act.
    """

    class Mark(models.TextChoices):
        CONFIRMED = "confirmed", "Bekräftad"
        ASSUMED = "assumed", "Antagen"
        EXAMPLE = "example", "Exempel"

    source_mark = models.CharField("källmärke", max_length=9, choices=Mark, blank=True)
    source = models.CharField("källa", max_length=300, blank=True)

    class Meta:
        abstract = True
