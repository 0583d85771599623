"""The action plans (åtgärdsplaner) of a group: the one of a day with its measures, and others."""

import datetime
from dataclasses import dataclass

from governance.models import (
    ActionPlan,
    LocalPriority,
    Measure,
    SituationPicture,
    SteeringGroup,
)
from governance.permissions import visible_groups, visible_plans
from governance.queries.measures import MeasureRow, Tally, measures_in, shown, tally
from governance.rights import Account
from governance.temporal import PeriodQuerySet


def plans_of(user: Account, group: SteeringGroup) -> PeriodQuerySet[ActionPlan]:
    """The plans of the group that the reader may see, with what they rest on."""
    rows: PeriodQuerySet[ActionPlan] = visible_plans(user).filter(group=group)
    return rows.select_related(
        "group__agreement", "picture__area", "picture__group", "picture__agreement"
    )


def plans_on(user: Account, picture: SituationPicture) -> list[ActionPlan]:
    """The groups' plans that rest on the lägesbild, as far as the reader may see them."""
    rows = visible_plans(user).filter(picture=picture).exclude(group=None)
    return list(rows.select_related("group"))


@dataclass(frozen=True)
class PlanPage:
    """One plan with its measures on a day, and the group's other plans, the newest first."""

    plan: ActionPlan | None
    others: list[ActionPlan]
    measures: list[Measure]
    day: datetime.date

    @property
    def rows(self) -> list[MeasureRow]:
        return shown(self.measures, self.day, lambda group: False)

    @property
    def priorities(self) -> list[LocalPriority]:
        """What its measures are about, in the group's order."""
        found = {each.priority.pk: each.priority for each in self.measures}
        return sorted(found.values(), key=lambda each: (each.order, each.pk))

    @property
    def tally(self) -> Tally:
        return tally(self.measures, self.day)


def plan_page(
    user: Account, group: SteeringGroup, day: datetime.date, pk: int | None = None
) -> PlanPage:
    """The plan with that key, else the newest in force on `day`, if there is one."""
    plans = list(plans_of(user, group))
    wanted = (x for x in plans if (x.pk == pk if pk is not None else x.in_force(day)))
    plan = next(wanted, None)
    found: list[Measure] = []
    if plan is not None:
        groups = visible_groups(user).filter(pk=group.pk)
        found = list(measures_in(user, groups).filter(plan=plan))
    return PlanPage(plan, [each for each in plans if each != plan], found, day)
