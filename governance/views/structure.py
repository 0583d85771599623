"""/struktur/: who sits under whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.queries.structure import Structure
from governance.views.reading import read


@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """Groups, parties and areas of the reader's agreements, nested and collapsed."""
    reading = read(request)
    found = Structure(reading.day, reading.groups, reading.agreements)
    return render(
        request,
        "structure/structure.html",
        reading.context(trees=found.trees, areas=found.areas if found.agreements else []),
    )
