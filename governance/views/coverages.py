"""/tackning/: the stadsdelar and the local groups that work in them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.queries.coverages import CoverageTable
from governance.views.reading import read


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Gaps and double cover in words and counts, then the table."""
    reading = read(request)
    table = CoverageTable(reading.day, reading.groups, reading.agreements)
    chosen = {"luckor": table.gaps, "dubbla": table.doubles}
    asked = request.GET.get("visa", "")
    return render(
        request,
        "coverages/coverage.html",
        reading.context(
            table=table,
            gaps=table.gaps,
            doubles=table.doubles,
            singles=table.singles,
            rows=chosen.get(asked, table.rows),
            tiles=settings.MAP_TILES,
            attribution=settings.MAP_ATTRIBUTION,
            shown=asked if asked in chosen else "alla",
        ),
    )
