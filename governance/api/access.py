"""Who asks the API: a key, or somebody signed in; and how often."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from governance.permissions import Reader, reader_for, reader_of
from governance.services.tokens import token_of_text
from governance.temporal import today

MINUTE = 60
NO_CSRF = (
    "Frågan saknar skydd mot förfalskning. Skicka med en nyckel, eller kakan csrftoken i "
    "rubriken X-CSRFToken."
)
UNKNOWN = "Nyckeln finns inte eller är återkallad. Skapa en ny under Mitt konto, Nycklar till API."


class TooOften(HttpError):
    """More questions in a minute than one reader may ask."""

    def __init__(self, wait: int, most: int) -> None:
        self.wait = wait
        super().__init__(429, f"Högst {most} frågor i minuten. Försök igen om {wait} sekunder.")


class Key(HttpBearer):
    """`Authorization: Bearer …` with a key of an organisation."""

    openapi_description = "En organisations nyckel, som skapas under Mitt konto."

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:
        found = token_of_text(token.strip(), today())
        if found is None:
            raise HttpError(401, UNKNOWN)
        count(request, f"token-{found.pk}")
        return reader_of(found.organization)


class Session(APIKeyCookie):
    """Whoever is signed in in the browser; what is sent needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Reader | None:
        user: Any = request.user
        if not user.is_authenticated:
            return None
        if check_csrf(request):
            raise HttpError(403, NO_CSRF)
        count(request, f"user-{user.pk}")
        return reader_for(user)


def count(request: HttpRequest, who: str) -> None:
    """Count one question; TooOften when there have been too many in this minute.

    Lists have a count of their own. It is kept in Django's cache: with the default one,
    which each process has for itself, a reader may ask so much of every process.
    """
    now = int(time.time())
    many = request.method == "POST"
    most = settings.API_LISTS_A_MINUTE if many else settings.API_QUESTIONS_A_MINUTE
    key = f"api-{who}-{'many' if many else 'one'}-{now // MINUTE}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:  # thrown out of a full cache in between
        return
    if asked > most:
        raise TooOften(MINUTE - now % MINUTE, most)


def reader(request: HttpRequest) -> Reader:
    """Whoever asks, as one of the two above has found."""
    return request.auth  # type: ignore[attr-defined]
