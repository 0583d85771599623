"""Keys with which an organisation's own systems read the API."""

from django.conf import settings
from django.db import models

from governance.models.acts import tracked
from governance.models.organizations import Organization


class ApiToken(models.Model):
    """A key (nyckel) of an organisation: shown once, kept as a hash, revocable.

    It reads what a person who works at the organisation, without rights of its own, may
    read. `prefix` are its first characters, by which its owners tell it from others.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="api_tokens", verbose_name="organisation"
    )
    name = models.CharField("används till", max_length=80)
    prefix = models.CharField("börjar med", max_length=12)
    digest = models.CharField("kondensat", max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="api_tokens",
        verbose_name="skapad av",
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    last_used_on = models.DateField("senast använd", null=True, blank=True)
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    history = tracked(without=("digest", "last_used_on"))

    class Meta:
        verbose_name = "nyckel till API"
        verbose_name_plural = "nycklar till API"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Nyckel {self.prefix}…"
