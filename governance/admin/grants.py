"""Rights given by hand: added here, taken back by an action."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from governance.admin.base import NounAdmin
from governance.models import (
    Act,
    Agreement,
    AgreementUserGrant,
    OrganizationUserGrant,
    SteeringGroup,
    SteeringGroupUserGrant,
)
from governance.queries.grants import OFFERED, words_of
from governance.services import grants

LABELS = {"user": "Konto", "permission": "Rätt att", "content_object": "På"}


class GrantAdmin(NounAdmin):
    verb = Act.Verb.GRANT
    list_display = ["email", "right", "on"]
    list_select_related = ["user__person", "permission", "content_object"]
    search_fields = ["user__email", "content_object__search_key"]
    actions = ["take_back"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["email", "right", "on"] if obj else ["user", "permission", "content_object"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["email", "right", "on"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label = LABELS[db_field.name]
        if db_field.name == "permission":
            on = self.model._meta.get_field("content_object").related_model
            field.queryset = field.queryset.filter(
                content_type=ContentType.objects.get_for_model(on), codename__in=OFFERED[on]
            )
            field.label_from_instance = lambda permission: words_of(permission.codename)
        return field

    @admin.display(description="konto", ordering="user__email")
    def email(self, row: Any) -> str:
        return row.user.shown

    @admin.display(description="rätt att")
    def right(self, row: Any) -> str:
        return words_of(row.permission.codename)

    @admin.display(description="på")
    def on(self, row: Any) -> str:
        return str(row.content_object)

    @admin.action(description="Ta bort behörigheten", permissions=["view"])
    def take_back(self, request: Any, queryset: Any) -> None:
        for row in queryset.select_related(*self.list_select_related):
            try:
                agreement: Any = self.agreement_of(row)
                done = grants.revoke(user=request.user, grant=row, agreement=agreement)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                self.message_user(request, done.summary, messages.SUCCESS)


@admin.register(AgreementUserGrant)
class AgreementUserGrantAdmin(GrantAdmin):
    agreement_path = "content_object"


@admin.register(SteeringGroupUserGrant)
class SteeringGroupUserGrantAdmin(GrantAdmin):
    group_path = "content_object"


@admin.register(OrganizationUserGrant)
class OrganizationUserGrantAdmin(GrantAdmin):
    def agreement_of(self, row: Any) -> Agreement | None:
        return row.content_object.agreements.first()

    def group_of(self, row: Any) -> SteeringGroup | None:
        return None
