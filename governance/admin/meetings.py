from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import Meeting


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["day", "group", "state", "registry_number"]
    list_filter = ["state", "group"]
    list_select_related = ["group"]
