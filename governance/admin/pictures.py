from django.contrib import admin

from governance.admin.base import InForceFilter, ReadOnlyAdmin
from governance.models import ActionPlan, SituationPicture


@admin.register(SituationPicture)
class SituationPictureAdmin(ReadOnlyAdmin):
    list_display = ["day", "group", "agreement", "area"]
    list_select_related = ["group", "agreement", "area"]


@admin.register(ActionPlan)
class ActionPlanAdmin(ReadOnlyAdmin):
    list_display = ["title", "group", "agreement", "decided_on", "valid_from", "valid_through"]
    list_filter = [InForceFilter]
    list_select_related = ["group", "agreement"]
