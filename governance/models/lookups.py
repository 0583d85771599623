"""Lists that somebody looks up in one go, kept for a day at most."""

import datetime

from django.conf import settings
from django.db import models

KEPT = datetime.timedelta(hours=24)


class LookupRun(models.Model):
    """A list of properties to look up (uppslagning), as it was read, for its owner alone.

    `columns` says which of its headings is what, also of those that were left out, for the
    next list with the same headings, but not the headings. `kept` are those of the headings
    that look like personal data and were chosen all the same. Deleted 24 hours after the
    upload, or at once when its owner says so: nothing else remembers it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="lookup_runs",
        verbose_name="konto",
    )
    uploaded_at = models.DateTimeField("uppladdad", auto_now_add=True, db_index=True)
    file_name = models.CharField("fil", max_length=200, blank=True)
    day = models.DateField("dag")
    sheet = models.JSONField("lista")
    columns = models.JSONField("kolumner", default=dict, blank=True)
    kept = models.JSONField("tas med ändå", default=list, blank=True)
    result = models.JSONField("svar", null=True, blank=True)

    class Meta:
        verbose_name = "uppslagning"
        verbose_name_plural = "uppslagningar"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Uppslagning {self.pk}"
