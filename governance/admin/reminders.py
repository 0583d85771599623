from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import Reminder


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["sent_at", "agreement", "user", "mailbox", "subject"]
    list_select_related = ["agreement", "user"]
