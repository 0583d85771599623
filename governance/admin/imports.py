from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Lists that were uploaded, without what stood in them: that may be names."""

    list_display = ["uploaded_at", "user", "group", "discarded", "act"]
    list_select_related = ["user", "group", "act"]
    exclude = ["sheet", "file_name", "choices"]
