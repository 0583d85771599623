from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from governance.admin.base import DatedAdmin, InForceFilter, ReadOnlyAdmin
from governance.models import Confirmation, Leave, Mandate


@admin.register(Mandate)
class MandateAdmin(DatedAdmin):
    """Uppdrag by key and seat: the name stands on the person's own page."""

    group_path = "seat__group"
    whole_path = "seat"
    list_display = ["__str__", "person", "seat", "group", "kind", "valid_from", "valid_through"]
    list_filter = [InForceFilter, "kind", "seat__group"]
    list_select_related = ["person", "seat__group", "seat__organization", "seat__function"]
    search_fields = [
        "seat__group__search_key",
        "seat__organization__search_key",
        "seat__function__search_key",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["seat", "person"] if obj else []

    @admin.display(description="styrgrupp", ordering="seat__group__sort_key")
    def group(self, row: Mandate) -> str:
        return str(row.seat.group)


@admin.register(Leave)
class LeaveAdmin(DatedAdmin):
    """Tjänstledigheter: from when until when, never why."""

    group_path = "mandate__seat__group"
    whole_path = "mandate"
    list_display = ["__str__", "mandate", "seat", "valid_from", "valid_through"]
    list_filter = [InForceFilter]
    list_select_related = [
        "mandate__seat__group",
        "mandate__seat__organization",
        "mandate__seat__function",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["mandate"] if obj else []

    @admin.display(description="plats i gruppen")
    def seat(self, row: Leave) -> str:
        return f"{row.mandate.seat} i {row.mandate.seat.group}"


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnlyAdmin):
    list_display = ["day", "mandate", "channel"]
    list_filter = ["channel"]
    list_select_related = ["mandate"]
