"""Who sits where: a person's dated appointment to a seat, and leave from it."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from governance.models.acts import tracked
from governance.models.people import Person
from governance.models.seats import Level, Seat
from governance.models.sources import Sourced
from governance.no_overlap import NoOverlap
from governance.temporal import OccasionQuerySet, Period, PeriodQuerySet


class MandateQuerySet(PeriodQuerySet["Mandate"]):
    def present(self, day: datetime.date) -> Self:
        """Mandates in force on `day` and not on leave; the row says it with `is_present`."""
        away = Leave.objects.as_of(day).filter(mandate=OuterRef("pk"))
        return self.as_of(day).filter(~Exists(away))

    def holding(self, day: datetime.date) -> Self:
        """Those who hold their seats on `day`: the acting one, else the ordinary one."""
        kinds = Mandate.Kind
        acting = Mandate.objects.present(day).filter(seat=OuterRef("seat"), kind=kinds.ACTING)
        return self.present(day).filter(
            Q(kind=kinds.ACTING) | Q(~Exists(acting), kind=kinds.ORDINARY)
        )


class Mandate(Period, Sourced):
    """A person's appointment (uppdrag) to a seat, for a time.

    Only person and first day are always known. Sitting in a group normally follows
    from the position (följer av befattningen) and needs no decision of its own.
    `title_then` is the title that the person had when the mandate began.
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "ordinarie"
        ACTING = "acting", "tillförordnad"
        PERSONAL_DEPUTY = "deputy", "personlig ersättare"

    class Basis(models.TextChoices):
        POSITION = "position", "följer av befattningen"
        SUPERIOR = "superior", "uppdrag från chef"
        MANAGING_DIRECTOR = "managing_director", "VD-beslut"
        DELEGATION_ORDER = "delegation_order", "delegationsordning"
        SUBDELEGATION = "subdelegation", "vidaredelegation"
        POLICE_RULES = "police_rules", "polisens arbetsordning"
        AGREEMENT = "agreement", "överenskommelsen"
        OTHER = "other", "annat"

    class EndReason(models.TextChoices):
        CHANGED_POST = "changed_post", "bytte befattning"
        LEFT = "left", "slutade"
        REPLACED = "replaced", "ersattes"
        GROUP_ENDED = "group_ended", "gruppen avslutades"
        SEAT_ENDED = "seat_ended", "platsen avslutades"
        OTHER = "other", "annat"

    seat = models.ForeignKey(
        Seat, models.PROTECT, related_name="mandates", verbose_name="plats i gruppen"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="mandates", verbose_name="person"
    )
    kind = models.CharField("slag", max_length=8, choices=Kind, default=Kind.ORDINARY)
    level = models.CharField("nivå", max_length=10, choices=Level, blank=True)
    title_then = models.CharField("titel då", max_length=120, blank=True)
    basis = models.CharField("grund", max_length=20, choices=Basis, default=Basis.POSITION)
    basis_reference = models.CharField("hänvisning", max_length=200, blank=True)
    decided_on = models.DateField("beslutat den", null=True, blank=True)
    end_reason = models.CharField(
        "slutade därför att", max_length=12, choices=EndReason, blank=True
    )

    objects = MandateQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ["seat", "-valid_from"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="mandate_one_ordinary_holder",
                fields=["seat"],
                condition=Q(kind="ordinary"),
                violation_error_message=(
                    "Platsen har redan en ledamot under de dagarna. "
                    "Välj ett senare datum eller avsluta det uppdraget först."
                ),
            ),
            NoOverlap(
                name="mandate_one_acting_holder",
                fields=["seat"],
                condition=Q(kind="acting"),
                violation_error_message=(
                    "Platsen har redan en tillförordnad under de dagarna. "
                    "Välj ett senare datum eller avsluta det uppdraget först."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Uppdrag {self.pk}"

    def is_present(self, day: datetime.date) -> bool:
        """Whether it is in force on `day` and not on leave; says the same as `present`."""
        return self.in_force(day) and not any(leave.in_force(day) for leave in self.leaves.all())


class Leave(Period):
    """That the holder of a mandate is away (tjänstledig) for a time; it never says why.

    While it lasts the seat is held by an acting mandate, if there is one, else by nobody.
    """

    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="leaves", verbose_name="uppdrag"
    )

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "tjänstledighet"
        verbose_name_plural = "tjänstledigheter"
        ordering = ["mandate", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="leave_once_at_a_time",
                fields=["mandate"],
                violation_error_message=(
                    "Personen är redan tjänstledig under de dagarna. Välj andra dagar."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Tjänstledighet {self.pk}"


class Confirmation(models.Model):
    """That the facts of a mandate were said to be right on a day, and how it was told.

    Entering or changing a mandate confirms it too, which its history tells; a row here
    is for what was asked about and found right.
    """

    class Channel(models.TextChoices):
        LINK = "link", "svar i länken"
        MAIL = "mail", "svar i e-post"
        PHONE = "phone", "svar per telefon"
        MEETING = "meeting", "avstämt på möte"

    mandate = models.ForeignKey(
        Mandate, models.CASCADE, related_name="confirmations", verbose_name="uppdrag"
    )
    day = models.DateField("bekräftat den")
    channel = models.CharField("hur", max_length=7, choices=Channel)

    objects = OccasionQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = "bekräftelse"
        verbose_name_plural = "bekräftelser"
        ordering = ["mandate", "-day", "-pk"]

    def __str__(self) -> str:
        return f"Bekräftelse {self.pk}"
