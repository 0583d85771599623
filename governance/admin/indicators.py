from django.contrib import admin

from governance.admin.base import NounAdmin
from governance.models import Indicator, IndicatorValue


@admin.register(Indicator)
class IndicatorAdmin(NounAdmin):
    list_display = ["name", "code", "unit", "direction", "source_system", "source_mark"]
    list_filter = ["direction", "source_mark"]
    search_fields = ["search_key"]


@admin.register(IndicatorValue)
class IndicatorValueAdmin(NounAdmin):
    list_display = ["indicator", "area", "year", "value", "source_mark"]
    list_filter = ["year", "source_mark"]
    list_select_related = ["indicator", "area"]
    search_fields = ["indicator__search_key", "area__search_key"]
