"""What was typed when the session had ended: kept until the same person has signed in again.

Only pages that ask for it take part (`keeps_typed`), so a password is never kept. The
text lies in the visitor's own session, for one page at a time and for an hour, and is
shown once: as the form filled in, never as something already sent.
"""

import functools
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict

SLOT = "kept_text"
LONGEST = 300_000  # characters, as sent: the longest section of a follow-up, and more
SECONDS = 3600
# What the frame sends, and not the reader; `seen` stays, so that a stale form is told to be so.
OWN = ("csrfmiddlewaretoken", "steg")

View = Callable[..., HttpResponse]


def keeps_typed(view: View) -> View:
    """Let the page take up what was typed on it when the session had ended."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = _take_up(request)
        if typed is not None:
            # The same as the button "Ändra" of a preview: the form again, and nothing is saved.
            typed["steg"] = "andra"
            _ = request.FILES  # read while there is nothing to read: later it would empty POST
            request.POST, request.method = typed, "POST"  # type: ignore[assignment]
            messages.info(request, "Det du skrev står kvar här nedanför. Inget är sparat än.")
        return view(request, *args, **kwargs)

    answer.keeps_typed = True  # type: ignore[attr-defined]
    return answer


def _take_up(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, for the one time; whatever is posted instead discards it."""
    kept = request.session.get(SLOT)
    here = kept is not None and kept["path"] == request.path
    if kept is None or (request.method != "POST" and not here):
        return None
    del request.session[SLOT]
    in_time = time.time() - kept["at"] < SECONDS
    return QueryDict(kept["typed"], mutable=True) if request.method == "GET" and in_time else None


def keep(request: HttpRequest, view: View) -> bool:
    """Keep what is posted to `view`, if it takes part; whether it was kept.

    A file is not, so what came with one is not said to be kept either.
    """
    if not getattr(view, "keeps_typed", False) or request.FILES:
        return False
    typed = request.POST.copy()
    for name in OWN:
        typed.pop(name, None)
    text = typed.urlencode()
    if not text or len(text) > LONGEST:
        request.session.pop(SLOT, None)
        return False
    request.session[SLOT] = {"path": request.path, "typed": text, "at": time.time()}
    return True
