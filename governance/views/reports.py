"""/uppfoljning/<year>/rapport/ and …/<slug>/rapport/: what was adopted, laid out as a report."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.documents.reports import document_of, document_of_year
from governance.documents.year_comparisons import comparison_of
from governance.permissions import get_visible, visible_groups
from governance.queries.followup_verbs import applying, versions_of
from governance.queries.reports import adopted_years, year_report
from governance.queries.snapshots import named
from governance.views.followups import crumbs_of, followup_of
from governance.views.reading import Reading, read
from governance.views.report_downloads import agreement_of
from governance.views.rounds import FIRST_YEAR, LAST_YEAR, ROUNDS

# Of more groups than this the page is the overview only; the files hold all of them.
MOST_ON_PAGE = 40


@require_safe
def group_report(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The newest version that the reader may see, or the one in `?version=`.

    One that is sent or adopted is told as it was frozen, whatever the day.
    """
    reading = read(request)
    found = followup_of(request.user, year, slug, request.GET.get("version", ""))
    [told] = named(request.user, [found])
    versions = versions_of(request.user, found)
    context = reading.context(
        document=document_of(told, applying(versions)),
        followup=found,
        versions=versions,
        crumbs=crumbs_of(found),
    )
    return render(request, "reports/group.html", context)


@require_safe
def year_report_page(request: HttpRequest, year: int) -> HttpResponse:
    """The adopted follow-ups of all groups of the year that the reader may see."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    reading = read(request)
    report = year_report(request.user, reading.groups, year, most=MOST_ON_PAGE)
    whole = len(report.told) <= MOST_ON_PAGE
    keep = _kept(reading)
    context = reading.context(
        document=document_of_year(report, agreement_of(reading), whole=whole),
        report=report,
        whole=whole,
        keep_agreement=keep,
        crumbs=[
            (ROUNDS[0], reverse(ROUNDS[1])),
            (str(year), reverse("governance:year", args=[year]) + keep),
        ],
    )
    return render(request, "reports/year.html", context)


def _kept(reading: Reading) -> str:
    slug = agreement_of(reading)
    return f"?{urlencode({'overenskommelse': slug})}" if slug else ""


@require_safe
def compare_years(request: HttpRequest, slug: str) -> HttpResponse:
    """What one group's adopted follow-ups say year by year, the newest version of each."""
    reading = read(request)
    group = get_visible(visible_groups(request.user).select_related("agreement"), slug=slug)
    years = adopted_years(request.user, group)
    context = reading.context(
        group=group,
        years=years,
        blocks=comparison_of(years),
        crumbs=[
            (ROUNDS[0], reverse(ROUNDS[1])),
            (group.name, f"{reverse(ROUNDS[1])}?{urlencode({'grupp': group.slug})}"),
        ],
    )
    return render(request, "reports/compare.html", context)
