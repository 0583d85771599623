"""What was done, to read only."""

from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import Act


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "user", "agreement", "summary"]
    list_filter = ["verb", "reason", "agreement"]
    list_select_related = ["user", "agreement"]
    search_fields = ["summary"]
    fields = ["at", "user", "verb", "reason", "agreement", "groups", "summary", "note"]
