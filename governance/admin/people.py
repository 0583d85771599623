"""Persons, and their names where the operator may see them."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from governance.admin.base import NAME_HIDDEN, NounAdmin
from governance.models import Person, PersonName
from governance.permissions import names
from governance.swedish import fold


class NameInline(admin.StackedInline):
    model = PersonName
    can_delete = False
    verbose_name_plural = "namn"


@admin.register(Person)
class PersonAdmin(NounAdmin):
    """The name of a protected person is shown to those with `view_protected`, and logged."""

    list_display = ["__str__", "organization", "title", "protected", "has_account"]
    list_filter = ["protected"]
    list_select_related = ["organization", "user"]
    search_fields = ["title", "organization__search_key"]
    search_help_text = "Namn, titel eller organisation. Skyddade namn går inte att söka på."
    inlines = [NameInline]

    @admin.display(description="konto", boolean=True)
    def has_account(self, person: Person) -> bool:
        return person.user_id is not None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, _ = super().get_search_results(request, queryset, search_term)
        words = fold(search_term).split()
        if not words:
            return found, False
        named = PersonName.objects.filter(person__protected=False)
        for word in words:
            named = named.filter(search_key__contains=word)
        either = Q(pk__in=found.values("pk")) | Q(pk__in=named.values("person"))
        return queryset.filter(either), False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is not None and obj.protected and names(request.user, [obj])[obj.pk] is None:
            return []
        return super().get_inline_instances(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A protection is begun and lifted on the person's own page, which cleans up too."""
        hidden = ["hidden_name"] if self._hides(request, obj) else []
        return [*hidden, "is_protected"] if obj is not None else hidden

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = ["hidden_name"] if self._hides(request, obj) else []
        protection = "protected" if obj is None else "is_protected"
        return [*hidden, "organization", "title", protection, "user"]

    def _hides(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and not self.get_inline_instances(request, obj)

    @admin.display(description="skyddade personuppgifter")
    def is_protected(self, person: Person) -> str:
        state = "Ja" if person.protected else "Nej"
        return f"{state}. Ändras av överenskommelsens samordnare, på personens sida."

    @admin.display(description="namn")
    def hidden_name(self, person: Person) -> str:
        return NAME_HIDDEN
