"""Plots of measures by status, as their pages count them."""

from governance.documents.goal_plots import status_plot
from governance.documents.plots import StatusPlot
from governance.models import SteeringGroup
from governance.queries.measure_lists import BY_GROUP, PARTS, MeasureList
from governance.queries.measures import tallies


def measures_plot(found: MeasureList) -> StatusPlot:
    """A bar for each group, organisation or challenge, in the order of the table of sums."""
    title = f"Åtgärder per {PARTS[found.choice.per or BY_GROUP].lower()}"
    return status_plot(title, ((part.title, vars(part.tally)) for part in found.parts))


def group_plot(group: SteeringGroup, found: MeasureList) -> StatusPlot:
    """A bar for each of the group's local priorities that has measures, in the group's order."""
    priorities = {each.priority_id: each.priority for each in found.measures}
    sums = tallies(found.measures, found.day, lambda each: each.priority_id)
    ordered = sorted(priorities.values(), key=lambda each: (each.order, each.pk))
    return status_plot(
        f"Åtgärder i {group.name}",
        (
            (each.short_title[:1].upper() + each.short_title[1:], vars(sums[each.pk]))
            for each in ordered
        ),
    )
