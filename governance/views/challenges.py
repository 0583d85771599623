"""/utmaningar/: what the parties have agreed to put first, on a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.queries.agreements import agreement_rows
from governance.queries.priorities import chosen_by
from governance.views.reading import read


@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """The challenges of the version in force, per agreement, in the version's own word, and
    which groups have chosen each.
    """
    reading = read(request)
    rows = agreement_rows(reading.agreements, reading.day)
    chosen = chosen_by(reading.groups, reading.day)
    shown = [
        (row, [(each, chosen.get(each.pk, [])) for each in row.current.challenges])
        if row.current
        else (row, [])
        for row in rows
    ]
    context = reading.context(shown=shown)
    return render(request, "challenges/challenges.html", context)
