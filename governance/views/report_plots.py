"""Pictures of the plots in a report, for the same readers and from the same figures as its page."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from governance.documents import goal_plots
from governance.documents.report_overviews import indicator_plot, measures_plot
from governance.queries.reports import YearReport, year_report
from governance.queries.snapshots import snapshot_of
from governance.views.followups import followup_of
from governance.views.plot_figures import plot_picture
from governance.views.reading import read
from governance.views.rounds import FIRST_YEAR, LAST_YEAR


@require_safe
def goal_plot(request: HttpRequest, year: int, slug: str, pk: int) -> HttpResponseBase:
    """One goal of the version that the group's report shows at the same address."""
    found = followup_of(request.user, year, slug, request.GET.get("version", ""))
    data = snapshot_of(found) if found.is_open else found.snapshot or {}
    for priority in data["facts"]["priorities"]:
        for goal in priority["goals"]:
            if goal["pk"] == pk:
                return plot_picture(request, goal_plots.goal_plot(goal))
    raise Http404


@require_safe
def year_plot(request: HttpRequest, year: int, pk: int) -> HttpResponseBase:
    """One indicator, the groups of the year's report side by side."""
    plot = indicator_plot(_report(request, year), pk)
    if plot is None:
        raise Http404
    return plot_picture(request, plot)


@require_safe
def year_measures_plot(request: HttpRequest, year: int) -> HttpResponseBase:
    """The measures by status in the groups of the year's report."""
    return plot_picture(request, measures_plot(_report(request, year)))


def _report(request: HttpRequest, year: int) -> YearReport:
    """Without names, for no plot has any."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year_report(request.user, read(request).groups, year, most=0)
