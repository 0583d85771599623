"""Accounts: who may sign in, and who is an operator."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from governance.admin.base import NounAdmin
from governance.models import Act, User, carrying_out

admin.site.unregister(Group)  # rights are given to accounts, and on objects


class AccountPasswordForm(AdminPasswordChangeForm):
    """Django's own form; part of its help is in English and cannot be translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["usable_password"].help_text = (
            "Om kontot ska kunna logga in med lösenord. "
            "Stängs det av går kontots nuvarande lösenord förlorat."
        )


@admin.register(User)
class AccountAdmin(NounAdmin, UserAdmin):
    list_display = ["address", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    list_select_related = ["person"]
    search_fields = ["email"]
    search_help_text = "Adress. Konton för skyddade personer går inte att söka på."
    ordering = ["email"]
    change_password_form = AccountPasswordForm
    filter_horizontal = ()
    readonly_fields = ["new_password", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "new_password"]}),
        ("Rättigheter", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Tider", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "usable_password", "password1", "password2"]}),
    ]

    @admin.display(description="e-postadress", ordering="email")
    def address(self, row: User) -> str:
        return row.shown

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, more = super().get_search_results(request, queryset, search_term)
        return found.exclude(person__protected=True) if search_term else found, more

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address of a protected person's account is shown to nobody but its holder."""
        if obj is None or obj.shown == obj.email:
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["address"]}), *self.fieldsets[1:]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.readonly_fields, "address"]

    @admin.display(description="lösenord")
    def new_password(self, row: User) -> str:
        """A link in the place of Django's field, which shows part of the stored hash."""
        page = reverse("admin:auth_user_password_change", args=[row.pk])
        return format_html('<a href="{}">Välj ett nytt lösenord</a>', page)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Django's own page; what it saves is an act as well.

        It shows the address, so the holder of a protected account chooses a new password
        without an operator: by the link in a letter.
        """
        account = self.get_object(request, id)
        if account is not None and account.shown != account.email:
            raise PermissionDenied
        with transaction.atomic():
            done = Act.objects.create(user=request.user, verb=Act.Verb.ADMIN)
            with carrying_out(done):
                answer: Any = super().user_change_password(request, id, form_url)
            if answer.status_code != 302:
                transaction.set_rollback(True)
            else:
                done.summary = f"Konto {id}, nytt lösenord."
                done.save(update_fields=["summary"])
        return answer
