"""What was done, to read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from governance.models import Act


@admin.register(Act)
class ActAdmin(admin.ModelAdmin):
    list_display = ["at", "verb", "user", "agreement", "summary"]
    list_filter = ["verb", "reason", "agreement"]
    list_select_related = ["user", "agreement"]
    search_fields = ["summary"]
    fields = ["at", "user", "verb", "reason", "agreement", "groups", "summary", "note"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
