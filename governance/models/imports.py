"""Lists that somebody has uploaded, before and after they were read in."""

from django.conf import settings
from django.db import models

from governance.models.acts import Act
from governance.models.groups import SteeringGroup
from governance.models.organizations import Organization


class ImportRun(models.Model):
    """A list on its way in (inläsning): uploaded, gone through, and confirmed or thrown away.

    `sheet` is the list as it was read, kept so that nothing is lost between the steps. It
    holds what people typed, names too, so it is emptied when the list has been read in or
    thrown away, and when a person in it is protected. `columns` says which of the sheet's
    headings is what (remembered for the next list with the same headings), `choices` what
    was chosen besides. `act` is the one that read it in.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name="konto",
    )
    group = models.ForeignKey(
        SteeringGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name="styrgrupp",
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name="organisation vars bestånd det är",
    )
    uploaded_at = models.DateTimeField("uppladdad", auto_now_add=True)
    file_name = models.CharField("fil", max_length=200, blank=True)
    sheet = models.JSONField("lista", null=True, blank=True)
    columns = models.JSONField("kolumner", default=dict, blank=True)
    choices = models.JSONField("val", default=dict, blank=True)
    counts = models.JSONField("antal", default=dict, blank=True)
    discarded = models.BooleanField("bortkastad", default=False)
    act = models.OneToOneField(
        Act,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_run",
        verbose_name="händelse",
    )

    class Meta:
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Inläsning {self.pk}"
