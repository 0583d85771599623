"""What is measured, and what the measurements said: indicators and their values."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.areas import Area
from governance.models.sources import Sourced
from governance.swedish import SearchKey, SortKey

YEAR_RANGE = [
    MinValueValidator(1900, "Skriv ett år med fyra siffror, från 1900."),
    MaxValueValidator(2200, "Skriv ett år med fyra siffror, till och med 2200."),
]
COUNT = "antal"  # the unit of what can be so few that it tells of somebody


class Indicator(Sourced):
    """Something that is measured in the same way from one time to the next.

    It belongs to no agreement. `unit` stands after a number on screen ("%", "antal",
    "per 100 000 invånare"): a measurement with two units is two indicators. A neutral one
    has no better or worse, so no attainment. `question` is the wording or definition,
    `note` what a reader must know before judging it. With `hide_small`, counts under 5
    are not shown.
    """

    class Direction(models.TextChoices):
        LOWER_BETTER = "lower_better", "lägre är bättre"
        HIGHER_BETTER = "higher_better", "högre är bättre"
        NEUTRAL = "neutral", "varken högre eller lägre är bättre"

    code = models.CharField(
        "kod",
        max_length=20,
        unique=True,
        error_messages={"unique": "Det finns redan en indikator med den koden."},
    )
    slug = models.SlugField(
        "adress",
        max_length=80,
        unique=True,
        error_messages={"unique": "Det finns redan en indikator med den adressen."},
    )
    name = models.CharField("namn", max_length=200)
    question = models.TextField("fråga eller definition", blank=True)
    unit = models.CharField("enhet", max_length=40)
    direction = models.CharField("riktning", max_length=13, choices=Direction)
    geography = models.CharField("mäts för", max_length=200, blank=True)
    frequency = models.CharField("hur ofta", max_length=120, blank=True)
    source_system = models.CharField("mäts av", max_length=120, blank=True)
    hide_small = models.BooleanField("visa inte antal under 5", default=False)
    note = models.TextField("att tänka på", blank=True)
    search_key = SearchKey(sources=("code", "name"))
    sort_key = SortKey(sources=("name",))

    history = tracked(without=("search_key", "sort_key"))

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["sort_key", "code"]
        constraints = [
            models.CheckConstraint(
                name="indicator_hides_only_counts",
                condition=Q(hide_small=False) | Q(unit=COUNT),
                violation_error_message=(
                    "Bara antal kan döljas när de är under 5. "
                    "Skriv enheten antal, eller låt värdena visas."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(Sourced):
    """What an indicator was in one area in one year (utfall).

    It stays with the area that it was measured for, also when that area has ended. A year
    without a measurement has no row: missing is never zero. `year` is the year that the
    value is about, `measured_on` when it was asked for or published, if known.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="outcomes", verbose_name="indikator"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="outcomes", verbose_name="område")
    year = models.PositiveSmallIntegerField("år", validators=YEAR_RANGE)
    value = models.DecimalField("värde", max_digits=14, decimal_places=2)
    measured_on = models.DateField("uppmätt den", null=True, blank=True)

    history = tracked()

    class Meta:
        verbose_name = "utfall"
        verbose_name_plural = "utfall"
        ordering = ["indicator", "area", "year"]
        constraints = [
            models.UniqueConstraint(
                name="indicator_value_once_a_year",
                fields=["indicator", "area", "year"],
                violation_error_message="Indikatorn har redan ett värde för området det året.",
            ),
            models.CheckConstraint(
                name="indicator_value_in_a_year",
                condition=Q(year__gte=1900, year__lte=2200),
                violation_error_message="Skriv ett år med fyra siffror.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} i {self.area} {self.year}"
