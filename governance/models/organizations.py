"""Who takes part: the city and its parts, the police and theirs, companies and others."""

from django.db import models

from governance.models.acts import tracked
from governance.models.sources import Sourced
from governance.swedish import SearchKey, SortKey
from governance.temporal import Lifespan, PeriodQuerySet


class Organization(Lifespan, Sourced):
    """An organisation that can be a party, hold seats or answer for an area.

    `mailbox` is a functional address (funktionsbrevlåda), never a person's own.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "kommun", "kommun"
        POLICE_AUTHORITY = "polismyndighet", "polismyndighet"
        POLICE_REGION = "polisregion", "polisregion"
        POLICE_AREA = "polisomrade", "polisområde"
        POLICE_DISTRICT = "lokalpolisomrade", "lokalpolisområde"
        POLITICAL_BODY = "politiskt_organ", "politiskt organ"
        BOARD = "namnd", "nämnd"
        DEPARTMENT = "fackforvaltning", "fackförvaltning"
        DISTRICT_ADMINISTRATION = "stadsdelsforvaltning", "stadsdelsförvaltning"
        MUNICIPAL_ASSOCIATION = "kommunalforbund", "kommunalförbund"
        PARENT_COMPANY = "moderbolag", "moderbolag"
        HOUSING_COMPANY = "bostadsbolag", "bostadsbolag"
        PROPERTY_COMPANY = "fastighetsbolag", "fastighetsbolag"
        COMPANY = "bolag", "bolag"
        PRIVATE_OWNER = "privat_fastighetsagare", "privat fastighetsägare"
        CRIME_PREVENTION_COUNCIL = (
            "lokalt_brottsforebyggande_rad",
            "lokalt brottsförebyggande råd",
        )

    name = models.CharField("namn", max_length=200)
    short_name = models.CharField("kortnamn", max_length=80, blank=True)
    slug = models.SlugField("adress", max_length=80, unique=True)
    kind = models.CharField("slag", max_length=30, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="hör till",
    )
    mailbox = models.EmailField("funktionsbrevlåda", blank=True)
    note = models.TextField("anmärkning", blank=True)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="predecessors",
        verbose_name="efterföljare",
    )
    search_key = SearchKey(sources=("name", "short_name"))
    sort_key = SortKey(sources=("name",))

    objects = PeriodQuerySet.as_manager()
    history = tracked(without=("search_key", "sort_key"), joins=("successors",))

    class Meta(Lifespan.Meta):
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["sort_key"]
        permissions = [
            ("appoint_own", "utse i organisationens egna platser"),
            ("edit_holdings", "ändra bolagets bestånd"),
            ("edit_contacts", "ändra organisationens kontaktvägar"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


# Whose new contacts are entered as function only, unless it is asked otherwise.
POLICE_KINDS = frozenset(
    {
        Organization.Kind.POLICE_AUTHORITY,
        Organization.Kind.POLICE_REGION,
        Organization.Kind.POLICE_AREA,
        Organization.Kind.POLICE_DISTRICT,
    }
)
