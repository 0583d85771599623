"""Priorities, measures, figures and follow-ups made by hand, for tests."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from governance.models import (
    ActionPlan,
    AgreementVersion,
    Area,
    Challenge,
    FollowUp,
    FollowUpComment,
    FollowUpSection,
    Goal,
    Indicator,
    IndicatorValue,
    LocalPriority,
    Measure,
    Organization,
    SituationPicture,
    SteeringGroup,
    User,
)
from governance.queries.snapshots import snapshot_of
from tests.days import day

SECTIONS = [kind for kind in FollowUpSection.Kind if kind != FollowUpSection.Kind.CHALLENGE]


def make_indicator(
    code: str = "PROV1", direction: str = "lower_better", **fields: Any
) -> Indicator:
    given = {"slug": code.lower(), "name": f"Provindikator {code}", "unit": "%", **fields}
    return Indicator.objects.create(code=code, direction=direction, **given)


def make_value(
    indicator: Indicator, area: Area, year: int, value: Decimal | str | int, **fields: Any
) -> IndicatorValue:
    return IndicatorValue.objects.create(
        indicator=indicator, area=area, year=year, value=Decimal(value), **fields
    )


def make_priority(
    group: SteeringGroup, challenge: Challenge | None = None, own_title: str = "", **fields: Any
) -> LocalPriority:
    """Of the challenge or, with a title, the group's own; from the group's first day on."""
    given = {"valid_from": group.valid_from, **fields}
    return LocalPriority.objects.create(
        group=group, challenge=challenge, own_title=own_title, **given
    )


def make_goal(
    priority: LocalPriority,
    indicator: Indicator,
    area: Area,
    baseline: Decimal | str | int | None = 12,
    target: Decimal | str | int = 10,
    **fields: Any,
) -> Goal:
    given: dict[str, Any] = {"due": day("2022-12-31")}
    if baseline is not None:
        given.update(baseline=Decimal(baseline), baseline_year=2020)
    return Goal.objects.create(
        priority=priority,
        indicator=indicator,
        area=area,
        target=Decimal(target),
        **{**given, **fields},
    )


def make_measure(priority: LocalPriority, organization: Organization, **fields: Any) -> Measure:
    given = {"title": "Trygghetsvandringar", "due": day("2021-12-31"), **fields}
    return Measure.objects.create(priority=priority, organization=organization, **given)


def make_picture(
    group: SteeringGroup | None, when: datetime.date | None = None, **fields: Any
) -> SituationPicture:
    """With a word in each of its parts; `group` None goes with an `agreement`."""
    parts = {"mapping": "Karta.", "other_information": "Annat.", "analysis": "Analys."}
    given = {"day": when or day("2021-02-01"), **parts, **fields}
    return SituationPicture.objects.create(group=group, **given)


def make_plan(group: SteeringGroup | None, **fields: Any) -> ActionPlan:
    given = {"title": "Åtgärdsplan", "valid_from": day("2021-03-01"), **fields}
    return ActionPlan.objects.create(group=group, **given)


def make_followup(
    group: SteeringGroup, year: int = 2021, state: str = "draft", **fields: Any
) -> FollowUp:
    """In any state, with what the database asks of that state and, where it is frozen, what
    sending would have frozen; without sections.
    """
    cutoff = datetime.date(year, 12, 31)
    version = AgreementVersion.objects.filter(agreement=group.agreement)
    given: dict[str, Any] = {"cutoff": cutoff, "version": version.order_by("-number").first()}
    if state in ("sent", "returned", "adopted"):
        given.update(sent_at=timezone.now(), snapshot={})
    if state == "returned":
        given.update(return_note="Skriv mer om torget.")
    if state == "adopted":
        given.update(adopted_on=cutoff, capacity="chair", paragraph="§ 4")
    made = FollowUp.objects.create(group=group, year=year, state=state, **{**given, **fields})
    if made.snapshot == {}:
        made.snapshot = snapshot_of(made)
        FollowUp.objects.filter(pk=made.pk).update(snapshot=made.snapshot)
    return made


def make_sections(followup: FollowUp) -> list[FollowUpSection]:
    """One of each kind, and one for each challenge of the version."""
    about: list[dict[str, Any]] = [{"kind": kind} for kind in SECTIONS]
    if followup.version:
        challenges = followup.version.challenges.all()
        about[2:2] = [{"kind": "challenge", "challenge": each} for each in challenges]
    return [
        FollowUpSection.objects.create(followup=followup, order=order, **fields)
        for order, fields in enumerate(about, start=1)
    ]


def followed(group: SteeringGroup, organization: Organization, author: User) -> dict[str, Model]:
    """A row of every noun that the follow-up of a group needs, by noun."""
    area = Area.objects.order_by("pk").filter(coverages__group=group).first()
    area = area or Area.objects.order_by("pk").first()
    assert area is not None
    indicator = make_indicator(f"F{group.pk}")
    priority = make_priority(group, own_title="Trygga torg")
    followup = make_followup(group, state="with_members")
    section = make_sections(followup)[0]
    comment = FollowUpComment.objects.create(
        followup=followup, section=section, user=author, text="Bra skrivet."
    )
    return {
        "indicator": indicator,
        "indicatorvalue": make_value(indicator, area, 2020, 12),
        "localpriority": priority,
        "goal": make_goal(priority, indicator, area),
        "measure": make_measure(priority, organization),
        "situationpicture": make_picture(group, area=area),
        "actionplan": make_plan(group),
        "followup": followup,
        "followupsection": section,
        "followupcomment": comment,
    }
