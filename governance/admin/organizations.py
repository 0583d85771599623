from django.contrib import admin

from governance.admin.base import DatedAdmin, InForceFilter
from governance.models import Organization


@admin.register(Organization)
class OrganizationAdmin(DatedAdmin):
    list_display = ["name", "kind", "parent", "mailbox", "valid_from", "valid_through"]
    list_filter = [InForceFilter, "kind", "source_mark"]
    list_select_related = ["parent"]
    search_fields = ["search_key"]
