"""What the database and the nouns themselves refuse about priorities and follow-ups."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from governance.models import FollowUp, Goal, LocalPriority, Measure
from governance.temporal import day_after, day_before
from tests.days import day
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_picture,
    make_plan,
    make_priority,
    make_sections,
    make_value,
)

pytestmark = pytest.mark.django_db
LAST = day("2021-12-31")


def refused(name, make, **arguments):
    """That the database refuses the row by the constraint, and the form in Swedish words."""
    with (
        pytest.raises(IntegrityError, match=f"{name}|UNIQUE constraint"),
        transaction.atomic(),
    ):
        make(**arguments)


def said(row) -> str:
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return " ".join(refusal.value.messages)


# -- priorities -----------------------------------------------------------------------------


def test_a_priority_is_a_challenge_or_the_groups_own(world):
    name = "priority_challenge_or_own"
    refused(name, make_priority, group=world.group)
    refused(name, make_priority, group=world.group, challenge=world.challenge, own_title="Egen")
    assert make_priority(world.group, world.challenge).title == "trygga torg"
    assert make_priority(world.group, own_title="Trafik").short_title == "Trafik"
    row = LocalPriority(group=world.group, valid_from=LAST)
    assert "Välj en prioriterad utmaning eller skriv en egen titel" in said(row)


@pytest.mark.parametrize(
    ("first", "is_free"), [(day_before(LAST), False), (LAST, False), (day_after(LAST), True)]
)
def test_a_challenge_is_chosen_once_at_a_time(world, first, is_free):
    held = make_priority(world.group, world.challenge, valid_through=LAST)
    held.full_clean()
    row = LocalPriority(group=world.group, challenge=world.challenge, valid_from=first)
    if is_free:
        row.full_clean()
    else:
        assert "prioriterar redan den utmaningen" in said(row)
    LocalPriority(group=world.central, challenge=world.challenge, valid_from=first).full_clean()


def test_a_challenge_of_another_agreement_is_refused(world, elsewhere):
    row = LocalPriority(group=world.group, challenge=elsewhere.challenge, valid_from=LAST)
    assert "hör till en annan överenskommelse" in said(row)


# -- goals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "is_right"),
    [
        ("lower_better", "12", "10", True),
        ("lower_better", "12", "12", True),
        ("lower_better", "12", "12.01", False),
        ("higher_better", "76.8", "80", True),
        ("higher_better", "76.8", "76.8", True),
        ("higher_better", "76.8", "76.7", False),
        ("neutral", "12", "99", True),
        ("neutral", "12", "1", True),
        ("lower_better", None, "99", True),
    ],
)
def test_a_target_against_the_direction_is_refused(world, direction, baseline, target, is_right):
    indicator = make_indicator(direction=direction)
    priority = make_priority(world.group, world.challenge)
    row = make_goal(priority, indicator, world.district, baseline, target)
    if is_right:
        row.full_clean()
    else:
        assert "är bättre för Provindikator PROV1" in said(row)


def test_a_goal_is_one_for_each_indicator_and_area_and_its_baseline_has_a_year(world):
    indicator, priority = make_indicator(), make_priority(world.group, world.challenge)
    make_goal(priority, indicator, world.district)
    refused(
        "goal_once_per_indicator_and_area",
        make_goal,
        priority=priority,
        indicator=indicator,
        area=world.district,
    )
    refused(
        "goal_baseline_has_its_year",
        make_goal,
        priority=priority,
        indicator=indicator,
        area=world.north,
        baseline_year=None,
    )


@pytest.mark.parametrize(
    ("on", "is_over"), [(day_before(LAST), False), (LAST, False), (day_after(LAST), True)]
)
def test_a_goal_and_a_measure_are_in_time_on_their_last_day(world, on, is_over):
    priority = make_priority(world.group, world.challenge)
    make_goal(priority, make_indicator(), world.district, due=LAST)
    measure = make_measure(priority, world.city, due=LAST)
    assert Goal.objects.overdue(on).exists() is is_over
    assert Measure.objects.late(on).exists() is is_over
    assert measure.is_late(on) is is_over


# -- measures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "late"), [("planned", True), ("ongoing", True), ("done", False), ("not_done", False)]
)
def test_what_has_an_outcome_is_never_late(world, status, late):
    priority = make_priority(world.group, world.challenge)
    measure = make_measure(priority, world.city, due=LAST, status=status, why="Ingen tid.")
    assert measure.is_late(day_after(LAST)) is late
    assert Measure.objects.late(day_after(LAST)).exists() is late


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("measure_due_after_start", {"start": day_after(LAST)}),
        ("measure_not_done_says_why", {"status": "not_done"}),
        ("measure_target_has_its_unit", {"target": 8}),
        ("measure_target_has_its_unit", {"unit": "trygghetsvandringar"}),
        ("measure_target_has_its_unit", {"target": 0, "unit": "trygghetsvandringar"}),
        ("measure_progress_not_negative", {"progress": -1}),
        ("measure_cost_not_negative", {"cost": -1}),
        ("measure_hours_not_negative", {"hours": -1}),
    ],
)
def test_a_measure_keeps_to_its_rules(world, name, fields):
    priority = make_priority(world.group, world.challenge)
    refused(name, make_measure, priority=priority, organization=world.city, **fields)
    row = Measure(
        **{"priority": priority, "organization": world.city, "title": "T", "due": LAST, **fields}
    )
    assert said(row)


def test_a_measure_is_answered_for_by_a_seat_of_its_organisation_in_its_group(world):
    priority = make_priority(world.group, world.challenge)
    make_measure(priority, world.company, seat=world.member).full_clean()
    assert "annan grupp eller organisation" in said(
        make_measure(priority, world.city, seat=world.member)
    )
    other = make_plan(world.central)
    assert "annan grupp" in said(make_measure(priority, world.city, plan=other))
    municipal = make_plan(None, agreement=world.agreement)
    make_measure(priority, world.city, plan=municipal).full_clean()


# -- lägesbild and indicators ---------------------------------------------------------------------


def test_a_picture_is_a_groups_or_the_municipalitys_with_all_its_parts(world):
    make_picture(None, agreement=world.agreement).full_clean()
    refused("picture_of_group_or_municipality", make_picture, group=None)
    refused(
        "picture_of_group_or_municipality",
        make_picture,
        group=world.group,
        agreement=world.agreement,
    )
    for part in ("mapping", "other_information", "analysis"):
        refused("picture_has_its_three_parts", make_picture, group=world.group, **{part: ""})
    refused("plan_of_group_or_municipality", make_plan, group=None)


def test_a_value_is_one_a_year_and_only_counts_are_hidden(world):
    indicator = make_indicator()
    make_value(indicator, world.district, 2020, 12)
    refused(
        "indicator_value_once_a_year",
        make_value,
        indicator=indicator,
        area=world.district,
        year=2020,
        value=13,
    )
    refused(
        "indicator_value_in_a_year",
        make_value,
        indicator=indicator,
        area=world.district,
        year=20,
        value=13,
    )
    refused("indicator_hides_only_counts", make_indicator, code="X", hide_small=True)
    make_indicator("Y", unit="antal", hide_small=True).full_clean()


# -- follow-ups ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", FollowUp.State.values)
def test_a_followup_in_each_state_is_whole(world, state):
    make_followup(world.group, state=state).full_clean()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("followup_correction_says_why", {"number": 2}),
        ("followup_sent_with_its_snapshot", {"state": "sent", "snapshot": None}),
        ("followup_sent_with_its_snapshot", {"state": "adopted", "sent_at": None}),
        ("followup_returned_with_a_note", {"state": "returned", "return_note": ""}),
        ("followup_adopted_with_day_and_capacity", {"state": "adopted", "capacity": ""}),
        ("followup_adopted_with_day_and_capacity", {"state": "adopted", "adopted_on": None}),
        ("followup_adopted_with_day_and_capacity", {"state": "sent", "adopted_on": LAST}),
        ("followup_adoption_refers_to_minutes", {"state": "adopted", "capacity": "secretary"}),
        ("followup_adoption_refers_to_minutes", {"state": "adopted", "capacity": "coordinator"}),
    ],
)
def test_a_followup_keeps_to_its_rules(world, name, fields):
    refused(name, make_followup, group=world.group, **fields)


def test_a_correction_waits_until_the_one_before_is_adopted(world):
    first = make_followup(world.group, state="sent")
    second = {"number": 2, "reason": "Fel siffra."}
    refused("followup_one_open_in_group_and_year", make_followup, group=world.group, **second)
    first.state, first.adopted_on, first.capacity = "adopted", LAST, "chair"
    first.save()
    later = make_followup(world.group, **second)
    refused(
        "followup_numbered_in_group_and_year", make_followup, group=world.group, state="adopted"
    )
    assert list(FollowUp.objects.newest()) == [later]
    assert list(FollowUp.objects.adopted()) == [first]
    assert (first.is_locked, first.is_open, later.is_locked, later.is_open) == (
        True,
        False,
        False,
        True,
    )


def test_the_cutoff_is_a_day_of_the_year(world):
    row = make_followup(world.group)
    row.cutoff = day("2022-01-01")
    assert "måste ligga under 2021" in said(row)


def test_the_snapshot_is_not_kept_a_second_time(world):
    make_followup(world.group, state="sent")
    kept = {field.name for field in FollowUp.history.model._meta.fields}
    assert "snapshot" not in kept


def test_a_followup_has_a_section_of_each_kind_and_one_for_each_challenge(world):
    followup = make_followup(world.group)
    sections = make_sections(followup)
    assert len(sections) == 9 + 1
    assert [each.title for each in sections[:4]] == [
        "Uppgifter",
        "Lägesbild",
        "trygga torg",
        "Åtgärder",
    ]
    own = make_priority(world.group, own_title="Trafik")
    for name, fields in {
        "section_once_of_each_kind": {"kind": "facts"},
        "section_once_for_each_challenge": {"kind": "challenge", "challenge": world.challenge},
        "section_about_a_challenge_or_a_priority": {"kind": "challenge"},
        "section_about_a_challenge": {"kind": "facts", "priority": own},
    }.items():
        refused(name, followup.sections.create, order=99, **fields)
    section = followup.sections.create(order=99, kind="challenge", priority=own)
    assert (section.title, section.group) == ("Trafik", world.group)
