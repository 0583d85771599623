"""Persons, and their names in a table of their own."""

from django.conf import settings
from django.db import models

from governance.models.acts import tracked
from governance.models.organizations import Organization
from governance.swedish import SearchKey, SortKey


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
