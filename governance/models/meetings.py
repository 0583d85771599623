"""Meetings of a group: when, who was there by function, and where the notes are."""

from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.groups import SteeringGroup
from governance.models.seats import Seat
from governance.temporal import OccasionQuerySet


class Meeting(models.Model):
    """A meeting of a group on one day; notes are kept elsewhere, under `registry_number`.

    `present` are the seats that were represented, whoever came: never a person.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "planerat"
        HELD = "held", "hållet"
        CANCELLED = "cancelled", "inställt"

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="meetings", verbose_name="styrgrupp"
    )
    day = models.DateField("dag")
    starts_at = models.TimeField("börjar", null=True, blank=True)
    ends_at = models.TimeField("slutar", null=True, blank=True)
    place = models.CharField("plats", max_length=200, blank=True)
    state = models.CharField("läge", max_length=9, choices=State, default=State.PLANNED)
    registry_number = models.CharField("anteckningarnas diarienummer", max_length=60, blank=True)
    present = models.ManyToManyField(
        Seat, blank=True, related_name="meetings", verbose_name="närvarande funktioner"
    )

    objects = OccasionQuerySet.as_manager()
    history = tracked(joins=("present",))

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["group", "-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_once_a_day",
                fields=["group", "day"],
                condition=~Q(state="cancelled"),
                violation_error_message="Gruppen har redan ett möte den dagen. Välj en annan dag.",
            ),
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(ends_at=None)
                | Q(starts_at=None)
                | Q(ends_at__gt=models.F("starts_at")),
                violation_error_message="Mötet måste sluta efter att det har börjat.",
            ),
        ]

    def __str__(self) -> str:
        return f"Möte {self.day}"
