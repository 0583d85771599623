from django.contrib import admin
from django.urls import include, path

from governance.api.interface import addresses

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("governance.urls")),
    path("api/v1/", addresses()),
]

handler400 = "governance.views.errors.bad_request"
handler403 = "governance.views.errors.forbidden"
handler404 = "governance.views.errors.not_found"
handler500 = "governance.views.errors.broken"
