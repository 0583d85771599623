"""Whom to call: routes between the city with its companies and the police, both ways."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.areas import Area
from governance.models.groups import SteeringGroup
from governance.models.organizations import Organization
from governance.models.sources import Sourced
from governance.temporal import Period, PeriodQuerySet


class ContactRoute(Period, Sourced):
    """How one side reaches `organization` for one purpose, in an area or about a group.

    Its contacts stand in the order in which they are tried. `verified_on` is the last day
    on which the owner said that it still holds.
    """

    class Direction(models.TextChoices):
        TO_POLICE = "to_police", "till polisen"
        FROM_POLICE = "from_police", "från polisen"

    class Purpose(models.TextChoices):
        PREVENTIVE = "preventive", "förebyggande"
        REACTIVE = "reactive", "reaktivt"
        ROUTINE = "routine", "rutin"

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="contact_routes",
        verbose_name="vem man når",
    )
    direction = models.CharField("riktning", max_length=11, choices=Direction)
    purpose = models.CharField("syfte", max_length=10, choices=Purpose)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_routes",
        verbose_name="område",
    )
    group = models.ForeignKey(
        SteeringGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_routes",
        verbose_name="styrgrupp",
    )
    note = models.CharField("anmärkning", max_length=300, blank=True)
    verified_on = models.DateField("senast bekräftad", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "kontaktväg"
        verbose_name_plural = "kontaktvägar"
        ordering = ["direction", "purpose", "organization__sort_key", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="contact_route_area_or_group",
                condition=Q(area=None, group__isnull=False) | Q(area__isnull=False, group=None),
                violation_error_message="Välj ett område eller en styrgrupp, inte båda.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kontaktväg {self.pk}"


class RouteContact(models.Model):
    """One function on a route, never a person, and when it answers.

    `weekdays` are the ISO numbers of the days ("12345"), empty: every day. `opens` and
    `closes` are local times, both empty: the whole day; one that closes before it opens
    closes the next morning. `when_closed` is whom to call when none of the others answers.
    """

    route = models.ForeignKey(
        ContactRoute, models.CASCADE, related_name="contacts", verbose_name="kontaktväg"
    )
    order = models.PositiveSmallIntegerField("ordning")
    title = models.CharField("funktion", max_length=120)
    mailbox = models.EmailField("funktionsbrevlåda", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    weekdays = models.CharField("veckodagar", max_length=7, blank=True)
    opens = models.TimeField("öppnar", null=True, blank=True)
    closes = models.TimeField("stänger", null=True, blank=True)
    closed_on_holidays = models.BooleanField("stängt på helgdagar", default=False)
    when_closed = models.BooleanField("gäller när det är stängt", default=False)

    history = tracked()

    class Meta:
        verbose_name = "kontakt på kontaktväg"
        verbose_name_plural = "kontakter på kontaktväg"
        ordering = ["route", "when_closed", "order"]
        constraints = [
            models.UniqueConstraint(
                name="route_contact_one_in_each_place",
                fields=["route", "when_closed", "order"],
                violation_error_message="Två kontakter har samma plats i ordningen.",
            ),
            models.CheckConstraint(
                name="route_contact_can_be_reached",
                condition=~Q(mailbox="") | ~Q(phone=""),
                violation_error_message="Skriv en funktionsbrevlåda eller ett telefonnummer.",
            ),
            models.CheckConstraint(
                name="route_contact_opens_and_closes",
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__isnull=False),
                violation_error_message="Skriv både när det öppnar och när det stänger.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RouteAttempt(models.Model):
    """That somebody tried a route, and whether anybody answered.

    Who tried is kept so that it can be taken back at once; it is shown to nobody.
    """

    route = models.ForeignKey(
        ContactRoute, models.CASCADE, related_name="attempts", verbose_name="kontaktväg"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="route_attempts",
        verbose_name="konto",
    )
    at = models.DateTimeField("tidpunkt", auto_now_add=True)
    answered = models.BooleanField("fick svar", default=False)

    class Meta:
        verbose_name = "kontaktförsök"
        verbose_name_plural = "kontaktförsök"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Kontaktförsök {self.pk}"
