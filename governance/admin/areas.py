from django.contrib import admin

from governance.admin.base import DatedAdmin, InForceFilter, ReadOnlyAdmin
from governance.models import Area, AreaPart, Boundary, BoundarySet


@admin.register(Area)
class AreaAdmin(DatedAdmin):
    list_display = ["name", "kind", "responsible", "valid_from", "valid_through", "source_mark"]
    list_filter = [InForceFilter, "kind", "source_mark"]
    list_select_related = ["responsible"]
    search_fields = ["search_key"]


@admin.register(AreaPart)
class AreaPartAdmin(DatedAdmin):
    list_display = ["part", "whole", "whole_kind", "valid_from", "valid_through", "source_mark"]
    list_filter = [InForceFilter, "whole_kind", "source_mark"]
    list_select_related = ["part", "whole"]
    search_fields = ["part__search_key", "whole__search_key"]


@admin.register(BoundarySet)
class BoundarySetAdmin(ReadOnlyAdmin):
    """Boundaries are loaded from files and activated on their own pages, never changed here."""

    list_display = ["kind", "territory", "source", "valid_from", "valid_through", "activated"]
    list_filter = [InForceFilter, "kind", "activated", "sketch"]
    list_select_related = ["territory"]


@admin.register(Boundary)
class BoundaryAdmin(ReadOnlyAdmin):
    """The shapes of a set, without their numbers."""

    list_display = ["name", "area", "boundary_set"]
    list_select_related = ["area", "boundary_set"]
    search_fields = ["name"]
    exclude = ["shape"]
