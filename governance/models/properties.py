"""What the companies have in their stock (bestånd), and where it stands."""

from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.areas import Area
from governance.models.organizations import Organization
from governance.models.sources import Sourced
from governance.no_overlap import NoOverlap
from governance.swedish import SearchKey, SortKey
from governance.temporal import Period, PeriodQuerySet


class Property(models.Model):
    """A property (fastighet) as the register writes it: municipality, tract, block:unit.

    A company that knows only its own number and an address has a property without a
    designation (`tract` empty). `hidden` (visas inte) is for protected housing: it is
    then read through `permissions.visible_properties` by its own company alone. Its
    coordinates are in SWEREF 99 TM (EPSG:3006), metres.
    """

    class Use(models.TextChoices):
        HOUSING = "housing", "bostäder"
        SCHOOL = "school", "skola"
        CARE = "care", "vård"
        PREMISES = "premises", "lokal"
        LAND = "land", "mark"

    municipality = models.CharField("kommun", max_length=60, blank=True)
    tract = models.CharField("trakt eller kvarter", max_length=120, blank=True)
    block = models.CharField("block", max_length=10, blank=True)
    unit = models.CharField("enhet", max_length=10, blank=True)
    use = models.CharField("används till", max_length=8, choices=Use, blank=True)
    flats = models.PositiveIntegerField("lägenheter", null=True, blank=True)
    stated_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="properties",
        verbose_name="uppgiven stadsdel",
    )
    north = models.FloatField("nord", null=True, blank=True)
    east = models.FloatField("öst", null=True, blank=True)
    hidden = models.BooleanField("visas inte", default=False)
    search_key = SearchKey(sources=("designation",))
    sort_key = SortKey(sources=("designation",))

    history = tracked(without=("search_key", "sort_key"))

    class Meta:
        verbose_name = "fastighet"
        verbose_name_plural = "fastigheter"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="property_designation_once",
                fields=["search_key"],
                condition=~Q(search_key=""),
                violation_error_message="Fastighetsbeteckningen finns redan.",
            ),
            models.CheckConstraint(
                name="property_point_is_whole",
                condition=Q(north=None, east=None) | Q(north__isnull=False, east__isnull=False),
                violation_error_message="Skriv båda koordinaterna eller ingen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Fastighet {self.pk}"

    @property
    def designation(self) -> str:
        """`Stockholm Kristineberg 1:10`, `Stockholm Kvarnvingen 3`; empty when not known."""
        if not self.tract:
            return ""
        unit = f"{self.block}:{self.unit}" if self.block else self.unit
        return f"{self.municipality} {self.tract} {unit}".strip()


class Address(models.Model):
    """Where a property has a door: street, number with letter, or a range of them."""

    property = models.ForeignKey(
        Property, models.CASCADE, related_name="addresses", verbose_name="fastighet"
    )
    street = models.CharField("gata", max_length=120)
    number = models.PositiveIntegerField("nummer", null=True, blank=True)
    letter = models.CharField("bokstav", max_length=2, blank=True)
    number_through = models.PositiveIntegerField("till och med nummer", null=True, blank=True)
    letter_through = models.CharField("till och med bokstav", max_length=2, blank=True)
    postal_code = models.CharField("postnummer", max_length=6, blank=True)
    search_key = SearchKey(sources=("street",))

    history = tracked(without=("search_key",))

    class Meta:
        verbose_name = "adress"
        verbose_name_plural = "adresser"
        ordering = ["search_key", "number", "letter"]
        indexes = [models.Index(fields=["search_key", "number"], name="address_street_number")]

    def __str__(self) -> str:
        return f"Adress {self.pk}"

    def text(self) -> str:
        """`Farstavägen 12 A–C`, `Ekvägen 3–9`."""
        first = f"{self.number or ''} {self.letter}".strip()
        last = " ".join(filter(None, [str(self.number_through or ""), self.letter_through]))
        return f"{self.street} {first}{f'–{last}' if last else ''}".strip()


class HoldingKind(models.TextChoices):
    """As what an organisation has a property in its stock."""

    OWNS = "owns", "äger"
    LEASEHOLD = "leasehold", "tomträtt"
    RENTS = "rents", "hyr in"
    MANAGES = "manages", "förvaltar åt annan"


class Holding(Period, Sourced):
    """That an organisation has a property in its stock, and as what.

    `own_number` is the company's own number for it; one may stand for several properties.
    """

    property = models.ForeignKey(
        Property, models.PROTECT, related_name="holdings", verbose_name="fastighet"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="holdings", verbose_name="organisation"
    )
    kind = models.CharField("slag", max_length=9, choices=HoldingKind, default=HoldingKind.OWNS)
    own_number = models.CharField("eget nummer", max_length=40, blank=True, db_index=True)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "bestånd"
        verbose_name_plural = "bestånd"
        ordering = ["property__sort_key", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            *(
                NoOverlap(
                    name=f"holding_one_that_{kind.value}",
                    fields=["property"],
                    condition=Q(kind=kind.value),
                    violation_error_message=(
                        "Fastigheten står redan i ett bestånd på det sättet under de dagarna. "
                        "Kontrollera beteckningen och dagarna, eller kontakta samordnaren."
                    ),
                )
                for kind in HoldingKind
            ),
        ]

    def __str__(self) -> str:
        return f"Bestånd {self.pk}"
