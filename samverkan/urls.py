from django.contrib import admin
from django.urls import include, path

from governance.api.interface import addresses

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", addresses()),
    path("", include("governance.urls")),
]

handler400 = "governance.views.errors.bad_request"
handler403 = "governance.views.errors.forbidden"
handler404 = "governance.views.errors.not_found"
handler500 = "governance.views.errors.broken"
