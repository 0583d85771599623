from django.contrib import admin

from governance.admin.base import ReadOnlyAdmin
from governance.models import ContactRoute, RouteContact


@admin.register(ContactRoute)
class ContactRouteAdmin(ReadOnlyAdmin):
    list_display = ["organization", "direction", "purpose", "area", "group", "verified_on"]
    list_filter = ["direction", "purpose"]
    list_select_related = ["organization", "area", "group"]


@admin.register(RouteContact)
class RouteContactAdmin(ReadOnlyAdmin):
    list_display = ["title", "route", "order", "weekdays", "opens", "closes", "when_closed"]
    list_filter = ["when_closed"]
    list_select_related = ["route"]
