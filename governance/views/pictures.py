"""Drawings with an own address: the map of coverage and its shapes, and the chart of structure."""

import base64
import hashlib
import json

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from governance.documents import charts, maps
from governance.documents.map_shapes import features
from governance.documents.patterns import style
from governance.queries.coverage_shapes import CoverageShapes
from governance.queries.coverages import CoverageTable
from governance.queries.structure import Structure
from governance.views.reading import Reading, read

SVG, GEOJSON = "image/svg+xml", "application/geo+json"
STYLE = style()
# The drawings carry their own rules, and may when opened on their own too.
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
with_own_style = csp_update({"style-src": [SELF, f"'sha256-{_DIGEST}'"]})


@require_safe
@with_own_style
def coverage_map(request: HttpRequest) -> HttpResponseBase:
    """The local groups of the day on a map, with its legend, source and day."""
    shapes = _shapes(read(request))
    context = {"shapes": shapes, "map": maps.draw(shapes), "width": maps.WIDTH, "style": STYLE}
    return picture(request, render_to_string("coverages/map.svg", context), SVG)


@require_safe
def coverage_shapes(request: HttpRequest) -> HttpResponseBase:
    """The same as GeoJSON in WGS 84, for a map that can be moved."""
    reading = read(request)
    kept = "" if reading.is_today else f"?datum={reading.day.isoformat()}"
    return picture(request, json.dumps(features(_shapes(reading), kept)), GEOJSON)


@require_safe
@with_own_style
def structure_chart(request: HttpRequest) -> HttpResponseBase:
    """Groups and parties of the reader's agreements as boxes, from the same reading as the page."""
    reading = read(request)
    found = Structure(reading.day, reading.groups, reading.agreements)
    chart = charts.draw(found.trees)
    context = {"chart": chart, "box_width": charts.BOX, "day": reading.day, "style": STYLE}
    return picture(request, render_to_string("structure/chart.svg", context), SVG)


def _shapes(reading: Reading) -> CoverageShapes:
    return CoverageShapes(CoverageTable(reading.day, reading.groups, reading.agreements))


def picture(request: HttpRequest, content: str, content_type: str) -> HttpResponseBase:
    """The drawing, or 304 when the reader has it; kept by nobody but the reader's browser."""
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return get_conditional_response(request, etag=etag, response=response) or response
