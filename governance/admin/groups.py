"""Groups, their coverage and their decisions: what a verb changes is changed by its service."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from governance.admin.base import DatedAdmin, InForceFilter, NounAdmin
from governance.forms.days import DayField, DayInput
from governance.models import Act, Coverage, GroupDecision, SteeringGroup
from governance.services import endings, groups
from governance.temporal import today

NO_DAY = {"required": "Fyll i den dag som åtgärden gäller. Inget har ändrats."}
READ_ONLY = ["agreement", "kind", "slug", "valid_from", "valid_through", "successors"]


class DayActionForm(ActionForm):
    """The bar of actions, with the first day (or the last) that the action is about."""

    day = forms.CharField(label="Dag:", required=False, widget=DayInput, initial=today)


class EnteredByVerbs(NounAdmin):
    """Rows that only verbs make."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SteeringGroup)
class SteeringGroupAdmin(EnteredByVerbs):
    group_path = ""
    list_display = ["name", "kind", "basis", "valid_from", "valid_through", "agreement"]
    list_filter = [InForceFilter, "kind", "basis", "agreement", "source_mark"]
    list_select_related = ["agreement"]
    search_fields = ["search_key"]
    readonly_fields = READ_ONLY
    action_form = DayActionForm
    actions = ["activate", "rest", "resume", "dissolve"]

    @admin.action(description="Gör aktiv från och med dagen", permissions=["change"])
    def activate(self, request: Any, queryset: Any) -> None:
        self._each(request, queryset, groups.activate, "first_day")

    @admin.action(description="Låt vila från och med dagen", permissions=["change"])
    def rest(self, request: Any, queryset: Any) -> None:
        self._each(request, queryset, groups.rest, "first_day")

    @admin.action(description="Återuppta från och med dagen", permissions=["change"])
    def resume(self, request: Any, queryset: Any) -> None:
        self._each(request, queryset, groups.resume, "first_day")

    @admin.action(description="Upplös, dagen är den sista", permissions=["change"])
    def dissolve(self, request: Any, queryset: Any) -> None:
        self._each(request, queryset, endings.dissolve, "last_day")

    def _each(
        self, request: Any, queryset: Any, service: Callable[..., Act], day_name: str
    ) -> None:
        """Carry out the verb on one group after the other, and say how each went."""
        try:
            day = DayField(error_messages=NO_DAY).clean(request.POST.get("day", ""))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return
        for group in queryset.select_related("agreement"):
            try:
                done = service(user=request.user, group=group, **{day_name: day})
            except ValidationError as refusal:
                said = f"{group}: {' '.join(refusal.messages)}"
                self.message_user(request, said, messages.ERROR)
            else:
                self.message_user(request, done.summary.splitlines()[0], messages.SUCCESS)


@admin.register(Coverage)
class CoverageAdmin(EnteredByVerbs, DatedAdmin):
    group_path = "group"
    list_display = ["area", "group", "valid_from", "valid_through", "source_mark"]
    list_filter = [InForceFilter, "area__kind", "source_mark", "group"]
    list_select_related = ["area", "group"]
    search_fields = ["area__search_key", "group__search_key"]
    readonly_fields = ["group", "area", "valid_from", "valid_through"]


@admin.register(GroupDecision)
class GroupDecisionAdmin(EnteredByVerbs):
    group_path = "group"
    list_display = ["group", "act", "first_day", "decided_by", "decided_on", "registry_number"]
    list_filter = ["act", "source_mark", "group"]
    list_select_related = ["group"]
    search_fields = ["group__search_key", "decided_by", "registry_number"]
    readonly_fields = ["group", "act", "first_day"]
