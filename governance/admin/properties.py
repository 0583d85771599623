from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from governance.admin.base import ReadOnlyAdmin
from governance.models import Address, Holding, Property


@admin.register(Property)
class PropertyAdmin(ReadOnlyAdmin):
    """Properties that are not hidden: those that are, only their own company sees."""

    list_display = ["designation", "use", "stated_area"]
    list_select_related = ["stated_area"]
    list_filter = ["use"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Property]:
        return super().get_queryset(request).filter(hidden=False)

    @admin.display(description="beteckning", ordering="sort_key")
    def designation(self, row: Property) -> str:
        return row.designation or f"Fastighet {row.pk}"


class OfPropertyAdmin(ReadOnlyAdmin):
    """What is about a property, unless the property is hidden."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(property__hidden=False)


@admin.register(Address)
class AddressAdmin(OfPropertyAdmin):
    list_display = ["text", "postal_code"]


@admin.register(Holding)
class HoldingAdmin(OfPropertyAdmin):
    list_display = ["property", "organization", "kind", "valid_from", "valid_through"]
    list_select_related = ["property", "organization"]
