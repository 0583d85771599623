from django.contrib import admin

from governance.admin.base import DatedAdmin, InForceFilter
from governance.models import Area, AreaPart


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
