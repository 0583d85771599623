from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from governance.admin.base import DatedAdmin, InForceFilter, NounAdmin, ReadOnlyAdmin
from governance.models import Function, Seat, SeatRequest, WantedFunction


@admin.register(Function)
class FunctionAdmin(NounAdmin):
    list_display = ["title", "code", "side", "typical_level", "source_mark"]
    list_filter = ["side", "source_mark"]
    search_fields = ["search_key"]


@admin.register(WantedFunction)
class WantedFunctionAdmin(DatedAdmin):
    group_path = whole_path = "group"
    list_display = ["__str__", "group", "need", "level", "number", "valid_from", "valid_through"]
    list_filter = [InForceFilter, "need", "organization_kind", "group"]
    list_select_related = ["group", "function"]
    search_fields = ["group__search_key", "function__search_key"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["group"] if obj else []


@admin.register(Seat)
class SeatAdmin(DatedAdmin):
    group_path = whole_path = "group"
    list_display = ["__str__", "group", "role", "number", "valid_from", "valid_through"]
    list_filter = [InForceFilter, "role", "source_mark", "group"]
    list_select_related = ["group", "organization", "function"]
    search_fields = ["group__search_key", "organization__search_key", "function__search_key"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["group"] if obj else []


@admin.register(SeatRequest)
class SeatRequestAdmin(ReadOnlyAdmin):
    list_display = ["day", "organization", "group", "function", "outcome"]
    list_filter = ["outcome", "group"]
    list_select_related = ["organization", "group", "function"]
