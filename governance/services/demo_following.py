"""What Farsta works with in the demo: priorities, goals, measures and a lägesbild, all invented.

The follow-ups of 2020 are opened for all groups, and nothing is written in them.
The values of the indicators are real: they come with the structure.
"""

import datetime
from decimal import Decimal

from governance.models import (
    Area,
    Challenge,
    Goal,
    Indicator,
    IndicatorValue,
    LocalPriority,
    Measure,
    Organization,
    SituationPicture,
    SteeringGroup,
)
from governance.services.rounds import open_year

# Of each priority: version and code of its challenge (or its own title), first and last day.
PRIORITIES = [
    (2, "U01", "", "2020-01-01", "2023-12-31"),
    (2, "U02", "", "2020-01-01", "2023-12-31"),
    (3, "P02", "", "2024-01-11", None),
    (0, "", "Trafik kring skolorna", "2024-01-11", None),
]
REASON = "Exempel: området kring torget återkommer i lägesbilden."
# The place of its priority, the year of its baseline, its target and its last day.
GOALS = [(0, 2017, "10", "2020-12-31"), (2, 2020, "9", "2026-12-31")]
# The place of its priority, who answers for it, what, how many, last day, status, so far, why.
MEASURES: list[tuple[int, str, str, int, str, str, str, int | None, str]] = [
    (
        0,
        "farsta-stadsdelsforvaltning",
        "Exempel: trygghetsvandringar",
        8,
        "trygghetsvandringar",
        "2020-12-31",
        "done",
        8,
        "",
    ),
    (
        1,
        "lpo-farsta",
        "Exempel: besök på skolorna",
        6,
        "besök",
        "2020-12-31",
        "not_done",
        2,
        "Exempel: skolorna tog inte emot besök.",
    ),
    (
        2,
        "stockholmshem",
        "Exempel: bättre belysning vid torget",
        12,
        "lampor",
        "2025-06-30",
        "ongoing",
        5,
        "",
    ),
    (
        3,
        "farsta-stadsdelsforvaltning",
        "Exempel: säkrare väg till skolan",
        4,
        "övergångsställen",
        "2026-12-31",
        "planned",
        None,
        "",
    ),
]
INDICATOR = "TM02"


def add_following() -> None:
    """Written inside somebody's act."""
    group = SteeringGroup.objects.get(slug="farsta")
    area = Area.objects.get(kind=Area.Kind.DISTRICT, slug="farsta")
    priorities = [
        LocalPriority.objects.create(
            group=group,
            challenge=_challenge(group, version, code),
            own_title=own,
            order=order,
            reason=REASON,
            valid_from=datetime.date.fromisoformat(first),
            valid_through=last and datetime.date.fromisoformat(last),
        )
        for order, (version, code, own, first, last) in enumerate(PRIORITIES, start=1)
    ]
    _add_goals(priorities, area)
    _add_measures(priorities, area)
    SituationPicture.objects.create(
        group=group,
        area=area,
        day=datetime.date(2020, 2, 3),
        mapping="Exempel: skadegörelse och nedskräpning kring torget, mest på helgkvällar.",
        other_information="Exempel: butikerna har stängt tidigare under hösten.",
        analysis="Exempel: torget är mörkt när det är som flest där, och få vuxna rör sig där.",
        sources="Trygghetsmätningen 2017 (start.stockholm, september 2020). Resten är påhittat.",
    )
    # The round of the year that the real values are from, in an act of its own.
    open_year(user=None, agreement=group.agreement, year=2020, due=datetime.date(2021, 2, 15))


def _challenge(group: SteeringGroup, version: int, code: str) -> Challenge | None:
    rows = Challenge.objects.filter(version__agreement=group.agreement_id, version__number=version)
    return rows.get(code=code) if code else None


def _add_goals(priorities: list[LocalPriority], area: Area) -> None:
    indicator = Indicator.objects.get(code=INDICATOR)
    for place, year, target, due in GOALS:
        Goal.objects.create(
            priority=priorities[place],
            indicator=indicator,
            area=area,
            aim="Exempel: färre ska vara oroliga för att utsättas för brott",
            baseline=IndicatorValue.objects.get(indicator=indicator, area=area, year=year).value,
            baseline_year=year,
            target=Decimal(target),
            due=datetime.date.fromisoformat(due),
        )


def _add_measures(priorities: list[LocalPriority], area: Area) -> None:
    for place, organization, title, target, unit, due, status, progress, why in MEASURES:
        measure = Measure(
            priority=priorities[place],
            organization=Organization.objects.get(slug=organization),
            title=title,
            start=priorities[place].valid_from,
            due=datetime.date.fromisoformat(due),
            target=target,
            unit=unit,
            status=status,
            progress=progress,
            why=why,
        )
        measure.save()
        measure.places.set([area])
