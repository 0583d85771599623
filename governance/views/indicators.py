"""/indikatorer/: what is measured, and what the measurements said."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.documents.indicator_plots import IndicatorPlots, word_of
from governance.models import Area, Goal, Indicator, IndicatorValue
from governance.permissions import (
    Measuring,
    get_visible,
    visible_goals,
    visible_indicators,
    visible_priorities,
    visible_values,
)
from governance.queries import indicator_sheets
from governance.queries.indicators import Series, goal_lines, systems, where
from governance.sheets import write_csv, write_xlsx
from governance.views.exports import file_response
from governance.views.plot_figures import PlotFigure, drawn_at
from governance.views.reading import Reading, read

CRUMBS = [("Indikatorer", "governance:indicators")]
_YEARS = range(1900, 2201)


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator by who measures it, with the latest value for the whole municipality."""
    reading = read(request)
    territories = list(Area.objects.filter(pk__in=_territories(reading)).order_by("sort_key"))
    rows = systems(
        visible_indicators(request.user),
        visible_values(request.user),
        territories,
        reading.day.year,
    )
    context = reading.context(
        systems=rows,
        number=sum(len(each.rows) for each in rows),
        territories=territories,
        may_enter=reading.is_today and bool(Measuring(request.user).agreements),
    )
    return render(request, "indicators/indicators.html", context)


def _territories(reading: Reading) -> set[int]:
    """Those of the agreements shown, but for one under another of them: its is a part."""
    shown = {each.pk for each in reading.agreements}
    tops = [each for each in reading.agreements if each.parent_id not in shown]
    return {each.territory_id for each in tops if each.territory_id}


@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator: what it is, a year in every area, every value, and the goals on it."""
    reading = read(request)
    found = read_indicator(request, reading, slug)
    this, series, measuring = found.series.indicator, found.series, found.measuring
    year = _year(request, reading.day.year)
    may_enter = reading.is_today and bool(measuring.agreements)
    context = reading.context(
        indicator=this,
        series=series,
        year=year,
        kind=found.kind,
        at=series.at(year),
        lines=series.lines(),
        goals=goal_lines(found.plots.goals, series, year),
        **_figures(request, reading, found),
        may_enter=may_enter,
        editable=measuring.areas if may_enter else set(),
        crumbs=[(label, reverse(name)) for label, name in CRUMBS],
    )
    return render(request, "indicators/indicator.html", context)


@dataclass(frozen=True)
class Found:
    """An indicator as its page and its pictures read it; `kind` is the one chosen, or empty."""

    measuring: Measuring
    kind: str
    series: Series
    plots: IndicatorPlots


def read_indicator(request: HttpRequest, reading: Reading, slug: str) -> Found:
    """What the reader may see of the indicator on the day; 404 when there is none."""
    this = get_visible(visible_indicators(request.user), slug=slug)
    measuring = Measuring(request.user)
    kind = request.GET.get("slag", "")
    kind = kind if kind in Area.Kind.values else ""
    series = Series(this, measuring.seen, reading.day, kind)
    plots = IndicatorPlots(series, _goals(request, reading, this))
    return Found(measuring, kind, series, plots)


def _figures(request: HttpRequest, reading: Reading, found: Found) -> dict[str, Any]:
    """The area chosen in the address, else the widest, over the years; and those of a kind."""
    plots, slug = found.plots, found.series.indicator.slug
    area = plots.area(request.GET.get("omrade", "")) or plots.area("")
    beside = plots.side_by_side
    chosen = area and word_of(area)
    return {
        "areas": [(word_of(each), where(each)) for each in plots.areas],
        "chosen": chosen,
        "over_years": area
        and PlotFigure(
            plots.of_area(area), drawn_at(reading, "indicator_plot", slug, omrade=str(chosen))
        ),
        "side_by_side": beside
        and PlotFigure(beside, drawn_at(reading, "indicator_areas_plot", slug, slag=found.kind)),
    }


def _goals(request: HttpRequest, reading: Reading, this: Indicator) -> list[Goal]:
    """The goals of the groups' priorities that are in force on the day."""
    priorities = visible_priorities(request.user).as_of(reading.day)
    rows = visible_goals(request.user).filter(
        indicator=this, priority__in=priorities, priority__group__in=reading.groups
    )
    related = ("priority__group", "priority__challenge", "area")
    return list(rows.select_related(*related).order_by("priority__group__sort_key", "due", "pk"))


def _year(request: HttpRequest, last: int) -> int:
    """The year asked for, at most that of the day shown; else the latter."""
    text = request.GET.get("ar", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else last
    return year if year in _YEARS and year <= last else last


@require_safe
def export_indicators(request: HttpRequest) -> HttpResponse:
    """Every value in the areas that the reader may see, up to the year of the day."""
    return _file(request, visible_values(request.user), "indikatorer")


@require_safe
def export_indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """The values of one indicator, in the kind of area that the page shows."""
    this = get_visible(visible_indicators(request.user), slug=slug)
    rows = visible_values(request.user).filter(indicator=this)
    kind = request.GET.get("slag", "")
    if kind in Area.Kind.values:
        rows = rows.filter(area__kind=kind)
    return _file(request, rows, f"indikator-{this.slug}")


def _file(request: HttpRequest, values: QuerySet[IndicatorValue], name: str) -> HttpResponse:
    reading = read(request)
    order = ("indicator__code", "area__sort_key", "area__kind", "-year")
    found = values.filter(year__lte=reading.day.year).select_related("indicator", "area")
    headings = indicator_sheets.headings()
    rows = indicator_sheets.value_rows(found.order_by(*order))
    if request.GET.get("format") == "csv":
        return file_response(write_csv(headings, rows), name, reading.day, csv=True)
    content = write_xlsx(
        headings,
        rows,
        "Utfall",
        choices=indicator_sheets.choices(),
        days=indicator_sheets.days(),
    )
    return file_response(content, name, reading.day, csv=False)
