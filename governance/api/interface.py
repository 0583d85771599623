"""The API put together: its addresses, its refusals in words, and its OpenAPI document."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from governance.api import lists, maps, places
from governance.api.access import Key, Session, TooOften
from governance.api.schemas import MOST

MEGABYTES = 20
LARGEST = MEGABYTES * 1_000_000
PART = 1 << 16  # bytes read at a time
TOO_LARGE = f"Frågan är större än {MEGABYTES} MB. Dela upp listan."
NO_KEY = (
    "Du behöver en nyckel, i rubriken Authorization: Bearer …, eller vara inloggad. "
    "Nycklar skapas under Mitt konto, Nycklar till API."
)
NOT_FOUND = "Det du frågar efter finns inte, eller är inte för dig."
UNREADABLE = "Frågan går inte att läsa. Den ska vara JSON i UTF-8."
# What is wrong with a value, by the kind that pydantic gives.
_FAULTS = {
    "missing": "saknas",
    "too_long": f"har fler än {MOST} rader. Dela upp listan",
    "string_too_long": "är för lång, högst 200 tecken",
    "string_pattern_mismatch": "ska vara en dag från 1900 till 2199, skriven ÅÅÅÅ-MM-DD",
    "enum": "har ett värde som inte finns",
}

api = NinjaAPI(
    title="Samverkan",
    version="1",
    description="Vem som samverkar med vem, var och på vems beslut. Bara läsning.",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=[Key(), Session()],
)


def refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"detail": sentence}, status=status)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: Exception) -> HttpResponse:
    response = refused(401, NO_KEY)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def _refusal(request: HttpRequest, error: Any) -> HttpResponse:
    unreadable = error.status_code == 400
    response = refused(error.status_code, UNREADABLE if unreadable else str(error))
    if isinstance(error, TooOften):
        response["Retry-After"] = str(error.wait)
    if error.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    return refused(404, NOT_FOUND)


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, error: Exception) -> HttpResponse:
    return refused(403, str(error))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """The first fault: where it is, and what is wrong there."""
    first = error.errors[0]
    # The names of our own wrappers, and of the branch of a choice, say nothing to the reader.
    where = [part for part in first["loc"][1:] if part not in {"asked", "str", "int"}]
    name = " ".join(f"rad {part + 1}" if isinstance(part, int) else str(part) for part in where)
    fault = _FAULTS.get(first["type"], "har ett värde som inte går att använda")
    return refused(422, f"{name or 'Frågan'} {fault}.")


for part in (places, lists, maps):
    api.add_router("", part.router)


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, open to those without a session, and with its refusals in JSON."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            body = whole(request)
            if body is None:
                return refused(413, TOO_LARGE)
            request._body = body
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return refused(404, NOT_FOUND)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = refused(405, f"Adressen svarar bara på {allowed}.")
            response["Allow"] = allowed
        return response

    return csrf_exempt(login_not_required(answer))


def whole(request: HttpRequest) -> bytes | None:
    """What was sent, which may be larger than any form; None when it is too large.

    Then the rest is read and thrown away, up to five times as much: a sender that cannot
    get rid of what it sends does not hear the answer.
    """
    parts, size = [], 0
    while part := request.read(PART):
        size += len(part)
        if size > 5 * LARGEST:
            break
        if size <= LARGEST:
            parts.append(part)
        else:
            parts.clear()
    return b"".join(parts) if size <= LARGEST else None


def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404


def addresses() -> tuple[list[URLPattern], str, str]:
    """What is mounted at /api/v1/."""
    patterns, app, namespace = api.urls
    for each in patterns:
        each.callback = guarded(each.callback)  # type: ignore[arg-type]
    last = path("<path:rest>", guarded(unknown), name="unknown")
    return [*patterns, last], app, namespace  # type: ignore[list-item]
