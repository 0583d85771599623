"""The addresses of the app, and a page with links to a report: whole, stopped and broken."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template import engines
from django.urls import include, path

from governance.documents.blocks import Document, Figure
from governance.documents.plots import IndicatorPlot, Point
from governance.views.report_files import file_response

PLACES = ["Farsta", "Kista", "Järva", "Tensta"]
_PAGE = """{% extends "base.html" %}{% load static %}
{% block title %}Rapport{% endblock %}{% block heading %}Rapport{% endblock %}
{% block head %}<script src="{% static 'report-files.js' %}" defer></script>{% endblock %}
{% block content %}
{% for kind in kinds %}<p><a class="btn" href="/prov/{{ kind }}/" data-report-file>{{ kind }}</a>
</p>{% endfor %}{% endblock %}"""


def page(request: HttpRequest) -> HttpResponse:
    context = {"kinds": ["hel", "bruten", "avslutad", "utan-ratt"]}
    return HttpResponse(engines["django"].from_string(_PAGE).render(context, request))


def whole(request: HttpRequest) -> HttpResponseBase:
    plots = [IndicatorPlot(f"Otrygga i {each}", "%", (Point(2020, Decimal(9)),)) for each in PLACES]
    blocks = [Figure(plot, "/x.svg") for plot in plots]
    report = Document("Uppföljning 2020", "Farsta", "uppfoljning-2020", "", blocks)
    return file_response(request, report, "pdf")


def failing(request: HttpRequest) -> HttpResponseBase:
    lines = [b'{"done": 0, "of": 2, "text": "Ritar"}\n', b'{"error": "Det gick inte."}\n']
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


def cut(request: HttpRequest) -> HttpResponseBase:
    lines = [b'{"name": "a.pdf", "type": "application/pdf", "size": 9}\n', b"%PDF"]
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


def refused(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse("<h1>Sidan finns inte</h1>", status=404)


urlpatterns = [
    path("prov/", page),
    path("prov/hel/", whole),
    path("prov/bruten/", failing),
    path("prov/avslutad/", cut),
    path("prov/utan-ratt/", refused),
    path("", include("samverkan.urls")),
]
