"""Reports to take away: what the page shows as a file, and a year's data as a workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from governance.documents.blocks import Document
from governance.documents.report_xlsx import xlsx
from governance.documents.reports import document_of, document_of_year
from governance.queries.followup_verbs import applying, versions_of
from governance.queries.reports import year_report
from governance.queries.snapshots import named
from governance.views.exports import workbook_response
from governance.views.followups import followup_of
from governance.views.reading import Reading, read
from governance.views.report_files import file_response
from governance.views.rounds import FIRST_YEAR, LAST_YEAR


@require_safe
def group_report_file(request: HttpRequest, year: int, slug: str, kind: str) -> HttpResponseBase:
    """The version that the group's report shows, as `kind`: pdf or docx."""
    found = followup_of(request.user, year, slug, request.GET.get("version", ""))
    [told] = named(request.user, [found])
    applies = applying(versions_of(request.user, found))
    return _file(request, document_of(told, applies), kind)


@require_safe
def year_report_file(request: HttpRequest, year: int, kind: str) -> HttpResponseBase:
    """All groups of the year, also when they are too many for the page, as `kind`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    reading = read(request)
    report = year_report(request.user, reading.groups, year)
    return _file(request, document_of_year(report, agreement_of(reading)), kind)


def _file(request: HttpRequest, document: Document, kind: str) -> HttpResponseBase:
    if kind == "pdf":
        return file_response(request, document, "pdf")
    if kind == "docx":
        return file_response(request, document, "docx")
    raise Http404


def agreement_of(reading: Reading) -> str:
    """The slug of the agreement that a report is narrowed to, empty for all."""
    return reading.agreement.slug if reading.agreement else ""


@require_safe
def year_data(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of the year's report, for Excel; nobody's name is in it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    reading = read(request)
    told = year_report(request.user, reading.groups, year, most=0).told
    rows = [(each.data["group"]["name"], year, each.followup, each.data) for each in told]
    name = "-".join(filter(None, ["uppfoljning", str(year), agreement_of(reading)]))
    return workbook_response(xlsx(rows, title=f"Uppföljning {year}"), name)
