"""What is refused before a page is reached: said on screen in Swedish, in the log in one line."""

import logging
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# Links that let in whoever has them: what follows the address is never logged.
_LINKS = re.compile(r"(/bekrafta/\d+\.|/konto/(?:inbjudan|nytt-losenord)/)[^\s?]+")

Answer = Callable[[HttpRequest], HttpResponse]


def in_words(get_response: Answer) -> Answer:
    """A middleware: gives a 405 a page; Django answers it without a word."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            response.content = render_to_string("405.html")
        return response

    return answer


def without_traceback(record: logging.LogRecord) -> bool:
    """A log filter: what a visitor sent that is refused is a line and no fault of ours."""
    if record.name.startswith("django.security"):
        record.exc_info = None
    return True


def without_links(record: logging.LogRecord) -> bool:
    """A log filter: the path of a page stands in some lines, but never what opens it."""
    record.msg = _masked(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(map(_masked, record.args))
    return True


def _masked(value: object) -> object:
    return _LINKS.sub(r"\1…", value) if isinstance(value, str) else value
