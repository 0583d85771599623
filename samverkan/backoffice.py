"""Who gets into the back office (Django's admin): operators, and nobody else.

Not in governance/admin/, which registers the nouns with the site as soon as it is imported.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache


class OperatorSite(AdminSite):
    """Open to active superusers. It has no sign-in of its own, and others get a 403."""

    site_header = "Samverkan – förvaltning"
    site_title = "Samverkan, förvaltning"
    index_title = "Förvaltning"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        guarded = super().admin_view(view, cacheable)

        @functools.wraps(guarded)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return answer

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send whoever is not signed in to the app's own page."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        asked = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(asked, {request.get_host()}):
            asked = reverse("admin:index")
        if request.user.is_authenticated:
            return redirect(asked)
        return redirect(f"{reverse('governance:login')}?{urlencode({'next': asked})}")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The password is changed on the app's own page."""
        return redirect("governance:password")


class BackOfficeConfig(AdminConfig):
    """Django's admin with our own site."""

    default_site = "samverkan.backoffice.OperatorSite"
