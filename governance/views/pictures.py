"""Drawings with an own address: the maps of coverage and of a company, the chart of structure."""

import base64
import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from governance.documents import charts, company_maps, maps
from governance.documents.map_ground import WIDTH
from governance.documents.map_shapes import features
from governance.documents.patterns import style
from governance.models import Holding, Organization, Property
from governance.permissions import get_visible, visible_organizations
from governance.queries.boundaries import boundary_index
from governance.queries.coverage_shapes import CoverageShapes
from governance.queries.coverages import CoverageTable
from governance.queries.place_cache import version_of
from governance.queries.presence_shapes import PresenceShapes
from governance.queries.structure import Structure
from governance.rights import rights
from governance.views.reading import Reading, read

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])
SVG, GEOJSON = "image/svg+xml", "application/geo+json"
STYLE = style()
# The drawings carry their own rules, and may when opened on their own too.
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_policy: Any = csp_update({"style-src": [SELF, f"'sha256-{_DIGEST}'"]})
with_own_style: Callable[[_View], _View] = _policy


@require_safe
@with_own_style
def coverage_map(request: HttpRequest) -> HttpResponseBase:
    """The local groups of the day on a map, with its legend, source and day."""
    reading = read(request)

    def make() -> str:
        shapes = _shapes(reading)
        return _drawn("coverages/map.svg", shapes=shapes, map=maps.draw(shapes))

    return picture(request, SVG, _known(request, reading), make)


@require_safe
def coverage_shapes(request: HttpRequest) -> HttpResponseBase:
    """The same as GeoJSON in WGS 84, for a map that can be moved."""
    reading = read(request)

    def make() -> str:
        return json.dumps(features(_shapes(reading), _kept(reading)))

    return picture(request, GEOJSON, _known(request, reading), make)


@require_safe
@with_own_style
def presence_map(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What one company has where, on the same map: numbers, and for others sums by group."""
    reading = read(request)
    found = get_visible(visible_organizations(request.user), slug=slug)

    def make() -> str:
        shapes = PresenceShapes(request.user, found, reading.agreements, reading.day)
        drawn = maps.draw(shapes, company_maps.told_of(shapes))
        return _drawn("presence/map.svg", shapes=shapes, map=drawn)

    return picture(request, SVG, _known_of(request, reading, found), make)


@require_safe
def presence_shapes(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as GeoJSON in WGS 84; for its own people with a point for each property."""
    reading = read(request)
    found = get_visible(visible_organizations(request.user), slug=slug)

    def make() -> str:
        shapes = PresenceShapes(request.user, found, reading.agreements, reading.day)
        return json.dumps(company_maps.company_features(shapes, _kept(reading)))

    return picture(request, GEOJSON, _known_of(request, reading, found), make)


@require_safe
@with_own_style
def structure_chart(request: HttpRequest) -> HttpResponseBase:
    """Groups and parties of the reader's agreements as boxes, from the same reading as the page."""
    reading = read(request)
    found = Structure(reading.day, reading.groups, reading.agreements)
    chart = charts.draw(found.trees)
    content = _drawn("structure/chart.svg", chart=chart, box_width=charts.BOX, day=reading.day)
    return picture(request, SVG, (content,), lambda: content)


def _shapes(reading: Reading) -> CoverageShapes:
    table = CoverageTable(reading.day, reading.groups, reading.agreements)
    return CoverageShapes(table, boundary_index(reading.day))


def _drawn(template: str, **context: Any) -> str:
    return render_to_string(template, {"width": WIDTH, "style": STYLE, **context})


def _kept(reading: Reading) -> str:
    return "" if reading.is_today else f"?datum={reading.day.isoformat()}"


def _known(request: HttpRequest, reading: Reading, *nouns: Any) -> tuple[Any, ...]:
    """All that a map of coverage is drawn from, besides the program."""
    chosen = sorted(agreement.pk for agreement in reading.agreements)
    return reading.day, reading.is_today, chosen, version_of(request.user, *nouns)


def _known_of(request: HttpRequest, reading: Reading, company: Organization) -> tuple[Any, ...]:
    is_own = company.pk in rights(request.user).own
    return company.pk, is_own, *_known(request, reading, Holding, Property)


def picture(
    request: HttpRequest, content_type: str, known: tuple[Any, ...], make: Callable[[], str | bytes]
) -> HttpResponseBase:
    """The drawing, or 304 when the reader has it and `known` is what it was, before any drawing.

    Kept by nobody but the reader's browser. Call it when the rights have been checked.
    """
    told = repr((request.path, known, _program()))
    etag = f'"{salted_hmac(__name__, told, algorithm="sha256").hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(make(), content_type=f"{content_type}; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


@cache
def _program() -> str:
    """A mark of the program itself: after an upgrade the same rows may be drawn otherwise."""
    digest = hashlib.sha256()
    for folder, names in (("governance", "*.py"), ("templates", "*.svg")):
        for path in sorted((settings.BASE_DIR / folder).rglob(names)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
