"""Plots of an indicator as its page reads it: one area, or the areas of one kind together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from governance.documents.plots import Break, IndicatorPlot, MultiplesPlot, Point
from governance.models import Area, Goal
from governance.queries.indicators import Series, hides


def word_of(area: Area) -> str:
    """How an address names the area: `stadsdelsomrade-farsta`."""
    return f"{area.kind}-{area.slug}"


@dataclass(frozen=True)
class IndicatorPlots:
    """What there is to draw of a series; `goals` are those on the indicator."""

    series: Series
    goals: Iterable[Goal]

    @property
    def areas(self) -> list[Area]:
        """Those with anything to show, in the order of the page."""
        return [each for each in self.series.narrowed if not self._plot(each).is_empty]

    def area(self, word: str) -> Area | None:
        """The area that an address names; without a name that of the widest kind, if any."""
        areas = self.areas
        if word:
            return next((each for each in areas if word_of(each) == word), None)
        widths = [Area.Kind.MUNICIPALITY, *Area.Kind]
        return min(areas, key=lambda each: widths.index(Area.Kind(each.kind)), default=None)

    def of_area(self, area: Area) -> IndicatorPlot:
        """One area over the years; with the aims when the goals there agree about them."""
        return self._plot(area, f"{self.series.indicator.name}, {area.name}")

    @property
    def side_by_side(self) -> MultiplesPlot | None:
        """The areas of the kind chosen, else of the kind with most of them; None of one area."""
        areas = self.areas
        if not areas:
            return None
        kinds = Counter(each.kind for each in areas)
        kind, number = kinds.most_common(1)[0]
        if number < 2:
            return None
        label = Area.Kind(kind).label
        parts = tuple(self._plot(each) for each in areas if each.kind == kind)
        title = f"{self.series.indicator.name}: varje {label}"
        return MultiplesPlot(title, self.series.indicator.unit, parts)

    def _plot(self, area: Area, title: str = "") -> IndicatorPlot:
        indicator, values = self.series.indicator, self.series.values(area)
        baseline, target = self._aims(area)
        return IndicatorPlot(
            title=title or area.name,
            unit=indicator.unit,
            points=tuple(
                Point(each.year, each.value) for each in values if not hides(indicator, each.value)
            ),
            baseline=baseline,
            target=target,
            breaks=tuple(
                Break(each.day, each.text, each.ends) for each in self.series.breaks(area)
            ),
            hidden=tuple(each.year for each in values if hides(indicator, each.value)),
        )

    def _aims(self, area: Area) -> tuple[Point | None, Point | None]:
        """The baseline and the target; none where groups have set different ones."""
        found = {_aims_of(each) for each in self.goals if each.area_id == area.pk}
        return found.pop() if len(found) == 1 else (None, None)


def _aims_of(goal: Goal) -> tuple[Point | None, Point | None]:
    hidden = hides(goal.indicator, goal.baseline)
    baseline = None
    if goal.baseline is not None and goal.baseline_year is not None and not hidden:
        baseline = Point(goal.baseline_year, goal.baseline)
    return baseline, Point(goal.due.year, goal.target)
