"""What the parties have agreed: agreements, their versions and their challenges."""

from django.db import models

from governance.models.acts import tracked
from governance.models.areas import Area
from governance.models.organizations import Organization
from governance.models.sources import Sourced
from governance.no_overlap import NoOverlap
from governance.swedish import SearchKey, SortKey
from governance.temporal import Period


class Agreement(Sourced):
    """A samverkansöverenskommelse: central, or local under a central one.

    Everything in the app belongs to an agreement, and who may see it follows from
    that. `may_create` and `may_appoint` hold what the agreement itself says of its
    central steering group, with the source; *ej klarlagt* is an answer too.
    """

    class Level(models.TextChoices):
        CENTRAL = "central", "övergripande"
        LOCAL = "local", "lokal"

    class Answer(models.TextChoices):
        YES = "yes", "ja"
        NO = "no", "nej"
        UNCLEAR = "unclear", "ej klarlagt"

    name = models.CharField("namn", max_length=200)
    slug = models.SlugField("adress", max_length=80, unique=True)
    level = models.CharField("nivå", max_length=7, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="hör till överenskommelsen",
    )
    parties = models.ManyToManyField(
        Organization, blank=True, related_name="agreements", verbose_name="parter"
    )
    territory = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="område som överenskommelsen gäller",
    )
    mailbox = models.EmailField("samordnarens funktionsbrevlåda", blank=True)
    may_create = models.CharField(
        "får den centrala styrgruppen skapa lokala styrgrupper",
        max_length=7,
        choices=Answer,
        default=Answer.UNCLEAR,
    )
    may_create_source = models.TextField("källa till svaret om att skapa", blank=True)
    may_appoint = models.CharField(
        "får den centrala styrgruppen utse ledamöter i lokala styrgrupper",
        max_length=7,
        choices=Answer,
        default=Answer.UNCLEAR,
    )
    may_appoint_source = models.TextField("källa till svaret om att utse", blank=True)
    search_key = SearchKey(sources=("name",))
    sort_key = SortKey(sources=("name",))

    history = tracked(without=("search_key", "sort_key"))

    class Meta:
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        ordering = ["level", "sort_key"]
        permissions = [
            ("edit_structure", "ändra strukturen"),
            ("view_protected", "se skyddade namn"),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementVersion(Period, Sourced):
    """The text that was in force for a time; the agreement itself is the stable thing.

    `word` is what this version calls its challenges, and the screen uses that word.
    """

    class Word(models.TextChoices):
        COOPERATION_AREA = "samverkansomrade", "prioriterat samverkansområde"
        CHALLENGE = "utmaning", "prioriterad utmaning"

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="versions", verbose_name="överenskommelse"
    )
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=200)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)
    purposes = models.TextField("syften", blank=True)
    text = models.TextField("sammanfattning", blank=True)
    word = models.CharField("ord för utmaningar", max_length=16, choices=Word)
    decided_by = models.CharField("beslutad av", max_length=120, blank=True)
    decided_on = models.DateField("beslutad den", null=True, blank=True)
    signed_by = models.CharField("undertecknad av", max_length=200, blank=True)

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["agreement", "number"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="agreement_version_one_in_force",
                fields=["agreement"],
                violation_error_message=(
                    "En annan version gäller redan under de dagarna. "
                    "Avsluta den först eller välj andra dagar."
                ),
            ),
            models.UniqueConstraint(
                fields=["agreement", "number"],
                name="agreement_version_number_unique",
                violation_error_message="Överenskommelsen har redan en version med det numret.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"


class Challenge(Sourced):
    """A prioritised challenge (prioriterad utmaning) of one version, in its order.

    It belongs to the version, so a follow-up of 2021 keeps showing the titles of 2019.
    """

    version = models.ForeignKey(
        AgreementVersion, models.PROTECT, related_name="challenges", verbose_name="version"
    )
    order = models.PositiveSmallIntegerField("ordning")
    code = models.CharField("kod", max_length=20)
    title = models.CharField("titel", max_length=200)
    short_title = models.CharField("kort titel", max_length=80)
    search_key = SearchKey(sources=("title", "short_title"))

    history = tracked(without=("search_key",))

    class Meta:
        verbose_name = "prioriterad utmaning"
        verbose_name_plural = "prioriterade utmaningar"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "order"],
                name="challenge_order_unique_in_version",
                violation_error_message="Versionen har redan en utmaning med det numret.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
