"""Persons, and their names in a table of their own."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.models.acts import tracked
from governance.models.organizations import Organization
from governance.swedish import SearchKey, SortKey, phone_number


class Person(models.Model):
    """Somebody who sits, or could sit, in a group: a place of work and a title.

    The name stands in PersonName alone and is read through `permissions`, so that a
    leak needs a wrong join, not a forgotten template. `protected` (skyddade
    personuppgifter) hides it from all but those with `view_protected`.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="people", verbose_name="organisation"
    )
    title = models.CharField("titel", max_length=120, blank=True)
    protected = models.BooleanField("skyddade personuppgifter", default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="konto",
    )

    history = tracked()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Person {self.pk}"


class PersonName(models.Model):
    """A person's name: the only table in which it stands, its own history included."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="name", verbose_name="person"
    )
    given_name = models.CharField("förnamn", max_length=80)
    family_name = models.CharField("efternamn", max_length=80, blank=True)
    search_key = SearchKey(sources=("given_name", "family_name"))
    sort_key = SortKey(sources=("family_first",))

    history = tracked(without=("given_name", "family_name", "search_key", "sort_key"))

    class Meta:
        verbose_name = "namn"
        verbose_name_plural = "namn"

    def __str__(self) -> str:
        return f"Namn på person {self.person_id}"

    @property
    def family_first(self) -> str:
        """The order in which lists of persons are sorted."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def full(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ContactDetail(models.Model):
    """How a person is reached at work: service details only, one of them the main one.

    An address or a number gives the person away, so it is kept as a name is: in this
    table alone, out of the history, read through `permissions`.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", "e-post"
        MOBILE = "mobile", "mobil"
        PHONE = "phone", "telefon"

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="contact_details", verbose_name="person"
    )
    kind = models.CharField("slag", max_length=6, choices=Kind)
    value = models.CharField("uppgift", max_length=254)
    main = models.BooleanField("huvudsaklig", default=False)
    # What stood here before lists that were read in, one a line: undoing them gives it back.
    previous = models.TextField("tidigare", blank=True, default="", editable=False)

    history = tracked(without=("value", "previous"))

    class Meta:
        verbose_name = "kontaktuppgift"
        verbose_name_plural = "kontaktuppgifter"
        ordering = ["person", "-main", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="contact_one_main_per_person",
                fields=["person"],
                condition=Q(main=True),
                violation_error_message="Bara en kontaktuppgift kan vara den huvudsakliga.",
            ),
            models.UniqueConstraint(
                name="contact_once_per_person",
                fields=["person", "value"],
                violation_error_message="Personen har redan den kontaktuppgiften.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kontaktuppgift {self.pk}"

    @property
    def spelled(self) -> str:
        """The value as it is read; what is stored goes into links."""
        return self.value if self.kind == self.Kind.EMAIL else phone_number(self.value)
