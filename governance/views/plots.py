"""Pictures of plots: of an indicator in one area and in many, and of measures by status.

Each reads what its page reads, with the same rights, day and choice.
"""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from governance.documents.measure_plots import group_plot, measures_plot
from governance.documents.plots import IndicatorPlot, MultiplesPlot
from governance.permissions import get_visible, visible_groups
from governance.queries.measure_lists import Choice, MeasureList
from governance.queries.measures import measures_in
from governance.views.indicators import read_indicator
from governance.views.plot_figures import plot_picture
from governance.views.reading import read


@require_safe
def indicator_plot(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One area over the years, the one that `?omrade=` names; 404 for one not to be seen."""
    plots = read_indicator(request, read(request), slug).plots
    word = request.GET.get("omrade", "")
    area = plots.area(word)
    if area is not None:
        return plot_picture(request, plots.of_area(area))
    if word:
        raise Http404
    this = plots.series.indicator
    return plot_picture(request, IndicatorPlot(this.name, this.unit, ()))


@require_safe
def indicator_areas_plot(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The areas of one kind beside each other, the kind that `?slag=` names."""
    plots = read_indicator(request, read(request), slug).plots
    this = plots.series.indicator
    return plot_picture(request, plots.side_by_side or MultiplesPlot(this.name, this.unit, ()))


@require_safe
def measures_plot_picture(request: HttpRequest) -> HttpResponseBase:
    """The measures that /atgarder/ shows at the same address, part by part."""
    reading = read(request)
    measures = measures_in(request.user, reading.groups)
    found = MeasureList(measures, Choice.read(request.GET), reading.day)
    return plot_picture(request, measures_plot(found))


@require_safe
def group_measures_plot(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The measures of one group, priority by priority."""
    reading = read(request, narrows=False)
    visible = visible_groups(request.user)
    group = get_visible(visible, slug=slug)
    measures = measures_in(request.user, visible.filter(pk=group.pk))
    return plot_picture(request, group_plot(group, MeasureList(measures, Choice(), reading.day)))
