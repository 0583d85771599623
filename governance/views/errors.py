"""The pages for what goes wrong, in Swedish."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: which right is missing and whom to ask, when the refusal says so."""
    told = {name: getattr(exception, name, "") for name in ("missing", "whom")}
    return render(request, "403.html", told, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: drawn without the request, which is what cannot be read."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing of what was asked for is repeated."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: drawn without request, menu or database, since any of them may be what broke.

    503, with when to come back, when it is the database that does not answer or is full.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "10"})
    return HttpResponseServerError(render_to_string("500.html"))
