"""/overenskommelser/: the agreements, their versions and what each version changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Agreement
from governance.permissions import get_visible, visible_agreements
from governance.queries.agreements import agreement_rows, around, groups_by_basis, versions
from governance.views.reading import Reading, read


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement of the reader's, with the version in force on the day."""
    reading = read(request)
    rows = agreement_rows(reading.agreements, reading.day)
    return render(request, "agreements/agreements.html", reading.context(rows=rows))


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """One agreement: versions, what changed, and who may form local groups under it."""
    reading = read(request)
    visible = visible_agreements(request.user).select_related("parent", "territory")
    found = get_visible(visible.prefetch_related("parties"), slug=slug)
    rows = versions(found, reading.day)
    context = reading.context(
        agreement=found,
        rows=rows,
        current=next((row for row in rows if row.in_force), None),
        between=around(rows, reading.day),
        answers=_answers(found),
        bases=groups_by_basis(
            reading.groups, found, reading.day, coming=reading.is_today, **_kept_day(reading)
        ),
        children=[each for each in reading.agreements if each.parent_id == found.pk],
        crumbs=[("Överenskommelser", reverse("governance:agreements"))],
    )
    return render(request, "agreements/agreement.html", context)


def _answers(agreement: Agreement) -> list[tuple[str, str, str, str]]:
    """What the agreement says of its steering group: question, code, answer and source."""
    return [
        (
            "Får den centrala styrgruppen skapa lokala styrgrupper?",
            agreement.may_create,
            agreement.get_may_create_display(),
            agreement.may_create_source,
        ),
        (
            "Får den centrala styrgruppen utse ledamöter i lokala styrgrupper?",
            agreement.may_appoint,
            agreement.get_may_appoint_display(),
            agreement.may_appoint_source,
        ),
    ]


def _kept_day(reading: Reading) -> dict[str, str]:
    return {} if reading.is_today else {"datum": reading.day.isoformat()}
