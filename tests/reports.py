"""Follow-ups that are sent or adopted with a true snapshot, for tests of reports."""

import datetime
from typing import Any

from governance.documents.blocks import Document, Facts, Heading, Table, Text
from governance.documents.reports import document_of, document_of_year
from governance.models import FollowUp, IndicatorValue, Measure, SteeringGroup
from governance.permissions import visible_groups
from governance.queries.reports import year_report
from governance.queries.snapshots import named, snapshot_of
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.test_followup_states import NOW, ready
from tests.worlds import World, appoint, make_group, make_person, make_seat


def told(followup: FollowUp) -> FollowUp:
    """The row as pages read it."""
    rows = FollowUp.objects.select_related("group__agreement", "version")
    return rows.get(pk=followup.pk)


def freeze(
    followup: FollowUp, state: str = "adopted", *, text: str = "", **fields: Any
) -> FollowUp:
    """Written, sent and, if asked, adopted; without the acts. `text` stands in every section."""
    ready(followup)
    if text:
        followup.sections.update(text=text)
    given: dict[str, Any] = {"state": state, "sent_at": NOW, **fields}
    if state == "adopted":
        when = datetime.date(followup.year + 1, 2, 9)
        given = {"adopted_on": when, "paragraph": "§ 4", "capacity": "chair", **given}
    FollowUp.objects.filter(pk=followup.pk).update(snapshot=snapshot_of(told(followup)), **given)
    return told(followup)


def adopted(group: SteeringGroup, year: int = 2021, **fields: Any) -> FollowUp:
    return freeze(make_followup(group, year), registry_number="FAR 2022/17", **fields)


def figured(world: World) -> tuple[IndicatorValue, Measure]:
    """A goal with its value of 2021, and two measures of which the first is done."""
    priority = make_priority(world.group, world.challenge)
    indicator = make_indicator()
    make_goal(priority, indicator, world.district, aim="Färre ska vara oroliga")
    value = make_value(indicator, world.district, 2021, 11)
    done = {"status": "done", "progress": 12, "target": 12, "unit": "lampor"}
    make_measure(priority, world.city, title="Belysning", hours=40, cost=12500, **done)
    return value, make_measure(priority, world.city, status="ongoing")


def many_groups(world: World, number: int) -> list[FollowUp]:
    """So many more local groups with somebody in the chair and an adopted follow-up of 2021."""
    found = []
    before = FollowUp.objects.count()
    for each in range(before, before + number):
        group = make_group(world.agreement, f"Grupp {each}", parent=world.central)
        chair = make_seat(group, world.city, "provstad-direktor", "chair")
        appoint(chair, make_person(world.city, f"Person {each}", "Provson"))
        found.append(adopted(group))
    return found


# -- what a document says -----------------------------------------------------------------------


def one(user, followup: FollowUp) -> Document:
    """The report of one group."""
    return document_of(named(user, [told(followup)])[0])


def headings(document: Document, level: int = 2) -> list[str]:
    return [
        each.text for each in document.blocks if isinstance(each, Heading) and each.level == level
    ]


def table(document: Document, caption: str) -> Table:
    [found] = [
        each for each in document.blocks if isinstance(each, Table) and each.caption == caption
    ]
    return found


def facts(document: Document) -> dict[str, str]:
    return dict(row for each in document.blocks if isinstance(each, Facts) for row in each.rows)


def words(document: Document) -> list[str]:
    return [each.text for each in document.blocks if isinstance(each, Text)]


def of_year(user, year: int = 2021, **more: Any) -> Document:
    """The report of all groups that the user sees."""
    report = year_report(user, visible_groups(user), year)
    return document_of_year(report, **more)
