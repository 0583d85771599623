"""Who is sent to sign in, and whose attempts are counted together (django-axes asks)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from governance.views.kept_text import keep

TEXT_KEPT = "Du har loggats ut. Din text är sparad. Logga in och fortsätt."
LONGEST = 254
NOTHING_KEPT = (
    "Du har loggats ut och inget har sparats. Logga in och fyll i på nytt, eller "
    "gå tillbaka i webbläsaren efter inloggningen: där kan det du skrev stå kvar."
)


class SignInFirst(LoginRequiredMiddleware):
    """Sends whoever is not signed in to sign in, and tells those who had typed something."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if request.method == "POST":
            kept = keep(request, view_func)
            messages.warning(request, TEXT_KEPT if kept else NOTHING_KEPT)
        return super().handle_no_permission(request, view_func)


def typed_email(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The address as the accounts know it, so that other capitals are no new attempt.

    No account has a longer one than `LONGEST`, and more does not fit where attempts are counted.
    """
    typed = credentials or request.POST
    return str(typed.get("username") or typed.get("email") or "").strip().lower()[:LONGEST]


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw.

    Each proxy adds one address at the right of X-Forwarded-For; what stands further to the left
    was sent by the client and may be invented.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXY_COUNT and forwarded[0] and len(forwarded) >= settings.PROXY_COUNT:
        return forwarded[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")  # force_login asks without a connection
