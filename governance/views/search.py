"""/sok/: one search box for all nouns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.permissions import searchable_names, visible_organizations, visible_properties
from governance.queries import search as queries
from governance.views.reading import read

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Hits by kind, the first few of each; `?slag=` gives all of one kind."""
    reading = read(request)
    # PostgreSQL takes no NUL in a text, and nobody means one.
    text = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST]
    only = request.GET.get("slag", "")
    sources = queries.Sources(
        groups=reading.groups,
        agreements=reading.agreements,
        organizations=visible_organizations(request.user),
        names=searchable_names(request.user),
        properties=visible_properties(request.user),
    )
    results = queries.search(text, reading.day, sources, only)
    return render(
        request,
        "search/search.html",
        reading.context(
            q=text,
            results=results,
            number=sum(hits.number for hits in results),
            only=queries.TITLES.get(only, ""),
        ),
    )
