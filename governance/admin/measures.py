from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import Measure


@admin.register(Measure)
class MeasureAdmin(ReadOnlyAdmin):
    list_display = ["title", "organization", "priority", "due", "status"]
    list_filter = ["status"]
    list_select_related = ["organization", "priority__challenge"]
