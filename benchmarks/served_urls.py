"""The app's addresses, and beside them a view that checks the key and answers nothing."""

from django.http import HttpRequest
from django.urls import include, path
from ninja import NinjaAPI

from governance.api.access import Key, Session
from governance.api.interface import guarded

least = NinjaAPI(urls_namespace="least", auth=[Key(), Session()], openapi_url=None, docs_url=None)


@least.get("/nothing")
def nothing(request: HttpRequest) -> dict[str, str]:
    return {}


patterns, app, namespace = least.urls
for each in patterns:
    each.callback = guarded(each.callback)  # type: ignore[arg-type]
urlpatterns = [
    path("least/", (patterns, app, namespace)),
    path("", include("samverkan.urls")),
]
