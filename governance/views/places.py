"""/fastigheter/: which styrgrupp works at one property, address, stadsdel or coordinate."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.permissions import visible_properties
from governance.queries import place_lookups, place_pages
from governance.queries.places import Certainty, Finder
from governance.views.reading import Reading, read


@require_safe
def properties(request: HttpRequest) -> HttpResponse:
    """One box, one answer; without a question, examples of what can be asked."""
    reading = read(request, narrows=False)
    text = place_lookups.clean(request.GET.get("q", ""))
    finder = Finder(request.user, reading.day)
    more = _answer(finder, text) if text else _examples(finder)
    return render(request, "places/properties.html", _context(reading, q=text, **more))


@require_safe
def property_suggestions(request: HttpRequest) -> JsonResponse:
    """What the start of a text may become, for the box; under the reader's rights."""
    reading = read(request, narrows=False)
    text = place_lookups.clean(request.GET.get("q", ""))
    finder = Finder(request.user, reading.day)
    found = place_lookups.suggestions(request.user, finder, text)
    return JsonResponse({"suggestions": [{"text": each.text, "what": each.what} for each in found]})


def _answer(finder: Finder, text: str) -> dict[str, Any]:
    reply = place_lookups.look_up(finder, text)
    unknown = reply.certainty == Certainty.NONE and not reply.properties
    return {
        "reply": reply,
        "found_nothing": unknown,
        "lines": place_pages.lines(reply),
        "choices": place_pages.choices(reply),
        "found": place_pages.found_in(finder, reply),
        "alike": place_lookups.alike(finder.user, text) if unknown else [],
    }


def _examples(finder: Finder) -> dict[str, Any]:
    territories = finder.structure.territories
    areas = finder.structure.neighbourhoods(territories[0].pk) if territories else []
    seen = visible_properties(finder.user).filter(hidden=False).exclude(search_key="")
    return {
        "reply": None,
        "example_area": areas[0] if areas else None,
        "example_property": seen.order_by("sort_key", "pk").first() if areas else None,
    }


def _context(reading: Reading, **more: Any) -> dict[str, Any]:
    mailboxes = [each for each in reading.agreements if each.mailbox]
    return reading.context(coordinators=mailboxes, **more)
