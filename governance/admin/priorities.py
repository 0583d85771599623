from django.contrib import admin

from governance.admin.base import InForceFilter, ReadOnlyAdmin
from governance.models import Goal, LocalPriority


@admin.register(LocalPriority)
class LocalPriorityAdmin(ReadOnlyAdmin):
    list_display = ["title", "group", "order", "valid_from", "valid_through"]
    list_filter = [InForceFilter, "group"]
    list_select_related = ["group", "challenge"]

    @admin.display(description="titel")
    def title(self, row: LocalPriority) -> str:
        return row.title


@admin.register(Goal)
class GoalAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "area", "priority", "baseline", "target", "due"]
    list_select_related = ["indicator", "area", "priority__challenge"]
