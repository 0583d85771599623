"""/utmaningar/: what the parties have agreed to put first, on a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.queries.agreements import agreement_rows
from governance.views.reading import read


@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """The challenges of the version in force, per agreement, in the version's own word."""
    reading = read(request)
    rows = agreement_rows(reading.agreements, reading.day)
    return render(request, "challenges/challenges.html", reading.context(rows=rows))
