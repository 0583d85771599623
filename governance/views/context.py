"""What the frame around every page needs: the menu, and the choice of agreement."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from governance.rights import rights


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


# What an entry is called, its page, and other pages that lie under it.
_MENU = [
    ("Start", "start"),
    ("Styrgrupper", "groups", "pictures"),
    ("Uppdrag", "mandates", "functions", "inquiries", "imports"),
    ("Täckning", "coverage"),
    ("Fastigheter", "properties"),
    ("Kontaktvägar", "routes"),
    ("Prioriteringar", "priorities", "challenges", "indicators"),
    ("Åtgärder", "measures"),
    ("Uppföljning", "rounds"),
    ("Struktur", "structure", "agreements"),
    ("Ändringar", "changes"),
    ("Hjälp", "help"),
]


# Pages across groups, on which `?overenskommelse=` narrows what is shown.
_ACROSS_GROUPS = (
    *("start", "groups", "mandates", "coverage", "structure", "challenges", "changes"),
    *("inquiries", "functions", "routes", "pictures", "priorities", "measures", "indicators"),
    *("rounds", "year"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The menu with the present entry marked, and the agreements to choose among."""
    entries = [
        (label, *(reverse(f"governance:{name}") for name in names)) for label, *names in _MENU
    ]
    return {
        "menu": [
            Entry(label, url, any(_lies_under(request.path, each) for each in (url, *more)))
            for label, url, *more in entries
            if request.user.is_authenticated or label == "Hjälp"
        ],
        "agreement_choice": _choice(request),
    }


def _choice(request: HttpRequest) -> list[Entry]:
    across = {f"governance:{name}" for name in _ACROSS_GROUPS}
    found = request.resolver_match
    if found is None or found.view_name not in across or not request.user.is_authenticated:
        return []
    chosen = request.GET.get("overenskommelse", "")
    options = [("Alla", "")] + [(each.name, each.slug) for each in rights(request.user).agreements]
    return [Entry(label, _with_agreement(request, slug), slug == chosen) for label, slug in options]


def _with_agreement(request: HttpRequest, slug: str) -> str:
    query = request.GET.copy()
    query.pop("overenskommelse", None)
    if slug:
        query["overenskommelse"] = slug
    return f"{request.path}?{query.urlencode()}"


def _lies_under(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
