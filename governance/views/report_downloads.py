"""Reports to take away: what the page shows as a file, and a year's data as a workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance.documents.report_xlsx import xlsx
from governance.queries.reports import year_report
from governance.views.exports import workbook_response
from governance.views.reading import read
from governance.views.rounds import FIRST_YEAR, LAST_YEAR


@require_safe
def year_data(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of the year's report, for Excel; nobody's name is in it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    reading = read(request)
    told = year_report(request.user, reading.groups, year, most=0).told
    rows = [(each.data["group"]["name"], year, each.followup, each.data) for each in told]
    name = f"uppfoljning-{year}"
    return workbook_response(xlsx(rows, title=f"Uppföljning {year}"), name)
