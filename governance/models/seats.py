"""What is needed in a group: functions, and the seats that ask for them."""

from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.groups import SteeringGroup
from governance.models.organizations import Organization
from governance.models.sources import Sourced
from governance.no_overlap import NoOverlap
from governance.swedish import SearchKey, SortKey
from governance.temporal import OccasionQuerySet, Period, PeriodQuerySet


class Function(Sourced):
    """A kind of post (funktion) that somebody can sit in a group by virtue of.

    `organization_kinds` lists the kinds of organisation where it exists, with commas.
    """

    code = models.SlugField("kod", max_length=40, unique=True)
    title = models.CharField("benämning", max_length=120)
    side = models.CharField("sida", max_length=40, blank=True)
    organization_kinds = models.CharField("finns hos", max_length=200, blank=True)
    typical_level = models.CharField("vanlig nivå", max_length=60, blank=True)
    note = models.TextField("anmärkning", blank=True)
    search_key = SearchKey(sources=("title",))
    sort_key = SortKey(sources=("title",))

    history = tracked(without=("search_key", "sort_key"))

    class Meta:
        verbose_name = "funktion"
        verbose_name_plural = "funktioner"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title


class Level(models.TextChoices):
    """What somebody in a group may decide on the spot, the most first."""

    DECIDING = "deciding", "beslutande chef"
    AUTHORIZED = "authorized", "mandat från chef"
    OPERATIVE = "operative", "operativ"


class WantedFunction(Period, Sourced):
    """That a function from a kind of organisation is wanted in a group (önskad funktion).

    The one place where need is stated. It is wanted `number` times, held at `level` or
    above (empty: any level), and named by whoever `appoints` (a post, never a person).
    """

    class Need(models.TextChoices):
        REQUIRED = "required", "ska ingå"
        SOUGHT = "sought", "särskilt eftertraktad"
        DESIRED = "desired", "önskvärd"

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="wanted", verbose_name="styrgrupp"
    )
    function = models.ForeignKey(
        Function, models.PROTECT, related_name="wanted", verbose_name="funktion"
    )
    organization_kind = models.CharField(
        "från slag av organisation", max_length=30, choices=Organization.Kind
    )
    need = models.CharField("behov", max_length=8, choices=Need, default=Need.DESIRED)
    level = models.CharField("nivå", max_length=10, choices=Level, blank=True)
    number = models.PositiveSmallIntegerField("antal", default=1)
    appoints = models.CharField("utses av", max_length=120, blank=True)
    note = models.CharField("anmärkning", max_length=300, blank=True)

    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "önskad funktion"
        verbose_name_plural = "önskade funktioner"
        ordering = ["group", "function__sort_key", "organization_kind", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="wanted_at_least_one",
                condition=Q(number__gte=1),
                violation_error_message="Skriv hur många som önskas, minst en.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} från {self.get_organization_kind_display()}"


class Seat(Period, Sourced):
    """A place in a group (plats i gruppen) for a function from an organisation.

    It exists whether anybody holds it or not. `number` tells apart seats that are
    equal in group, organisation and function. `fulfils` is the wish that it meets.
    """

    class Role(models.TextChoices):
        CHAIR = "chair", "ordförande"
        VICE_CHAIR = "vice_chair", "vice ordförande"
        MEMBER = "member", "ledamot"
        DEPUTY = "deputy", "ersättare"
        CO_OPTED = "co_opted", "adjungerad"
        SECRETARY = "secretary", "sekreterare"
        CONVENER = "convener", "sammankallande"

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="seats", verbose_name="styrgrupp"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="seats", verbose_name="organisation"
    )
    function = models.ForeignKey(
        Function, models.PROTECT, related_name="seats", verbose_name="funktion"
    )
    number = models.PositiveSmallIntegerField("nummer", default=1)
    role = models.CharField("roll", max_length=10, choices=Role, default=Role.MEMBER)
    mailbox = models.EmailField("funktionsbrevlåda", blank=True)
    fulfils = models.ForeignKey(
        WantedFunction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name="uppfyller",
    )

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "plats i gruppen"
        verbose_name_plural = "platser i gruppen"
        ordering = ["group", "organization__sort_key", "function__sort_key", "number"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="seat_numbered_where_equal",
                fields=["group", "organization", "function", "number"],
                violation_error_message=(
                    "Gruppen har redan en sådan plats under de dagarna. Ge den nya ett eget nummer."
                ),
            ),
            *(
                NoOverlap(
                    name=f"seat_one_{role}_per_party",
                    fields=["group", "organization"],
                    condition=Q(role=role),
                    violation_error_message=(
                        f"Organisationen har redan en plats som {label} i gruppen under de dagarna."
                    ),
                )
                for role, label in [("chair", "ordförande"), ("secretary", "sekreterare")]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.organization}"

    @property
    def in_roster(self) -> tuple[int, str, str, int]:
        """Where it stands in a roster: chairs first, then by organisation and function."""
        role = list(Seat.Role).index(Seat.Role(self.role))
        return role, self.organization.sort_key, self.function.sort_key, self.number


class SeatRequest(models.Model):
    """That an organisation asks for a seat in a group (begäran), and what was answered.

    `why` and `answer` are sentences that both sides read. A granted request points at the
    seat that came of it. Nothing here is a right: only a coordinator adds seats.
    """

    class Outcome(models.TextChoices):
        ASKED = "asked", "begärd"
        GRANTED = "granted", "beviljad"
        DECLINED = "declined", "avböjd"
        WITHDRAWN = "withdrawn", "återtagen"

    group = models.ForeignKey(
        SteeringGroup, models.PROTECT, related_name="seat_requests", verbose_name="styrgrupp"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="seat_requests", verbose_name="organisation"
    )
    function = models.ForeignKey(
        Function, models.PROTECT, related_name="seat_requests", verbose_name="funktion"
    )
    day = models.DateField("begärd den")
    why = models.CharField("varför", max_length=500)
    outcome = models.CharField("läge", max_length=9, choices=Outcome, default=Outcome.ASKED)
    answer = models.CharField("svar", max_length=500, blank=True)
    seat = models.ForeignKey(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name="plats i gruppen",
    )

    objects = OccasionQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = "begäran om plats"
        verbose_name_plural = "begäranden om plats"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="seat_request_one_open",
                fields=["group", "organization", "function"],
                condition=Q(outcome="asked"),
                violation_error_message=(
                    "Organisationen har redan bett om den platsen. Vänta på svaret."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Begäran {self.pk}"
