"""The yearly round: who gets a follow-up, what it is filled with, and what is missing."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import AgreementVersion, Challenge, FollowUp, FollowUpSection, SteeringGroup
from governance.queries.rounds import (
    cutoff_of,
    local_groups_of,
    year_lines,
    year_rows,
)
from governance.services.rounds import open_year
from tests.days import day
from tests.following import make_measure, make_picture, make_priority
from tests.verbs import caused, refused
from tests.worlds import make_group

pytestmark = pytest.mark.django_db


def opened(world, year=2024, **more) -> list[FollowUp]:
    open_year(user=None, agreement=world.agreement, year=year, **more)
    return list(FollowUp.objects.filter(year=year, group__agreement=world.agreement))


def own(world):
    return SteeringGroup.objects.filter(agreement=world.agreement)


# -- who gets one -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2020-01-01", None, [2020, 2023, 2030]),
        ("2023-12-31", None, [2023, 2024]),
        ("2024-01-01", None, [2024]),
        ("2022-05-01", "2023-01-01", [2022, 2023]),
        ("2022-05-01", "2022-12-31", [2022]),
    ],
)
def test_a_group_at_work_on_one_day_of_the_year_counts(world, first, last, years):
    group = make_group(
        world.agreement,
        "Provgruppen",
        valid_from=day(first),
        valid_through=last and day(last),
    )
    found = [year for year in range(2019, 2031) if group in local_groups_of(year)]
    outside = {2019, 2021, 2022, 2023, 2024} - set(range(day(first).year, 2031))
    assert set(years) <= set(found)
    assert not outside & set(found)
    if last:
        assert found == list(range(day(first).year, day(last).year + 1))


@pytest.mark.parametrize(
    ("decided", "counts"),
    [("2024-06-29", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_a_decision_after_the_groups_last_day_does_not_count(world, decided, counts):
    group = make_group(world.agreement, "Kortvariga", valid_through=day("2024-06-30"))
    group.decisions.update(first_day=day(decided))
    assert (group in local_groups_of(2024)) is counts


def test_a_group_that_is_merely_proposed_or_not_local_gets_none(world):
    make_group(world.agreement, "Föreslagna", active=False)
    make_group(world.agreement, "Arbetande", kind="working")
    assert list(local_groups_of(2024, world.agreement)) == [world.group]


@pytest.mark.parametrize(
    ("last", "cutoff"),
    [
        (None, "2024-12-31"),
        ("2024-06-30", "2024-06-30"),
        ("2024-12-31", "2024-12-31"),
        ("2025-01-01", "2024-12-31"),
    ],
)
def test_the_avstämningsdatum_is_the_last_of_december_or_the_groups_last_day(world, last, cutoff):
    world.group.valid_through = last and day(last)
    assert cutoff_of(world.group, 2024) == day(cutoff)


# -- what is opened -----------------------------------------------------------------------


def test_opening_a_year_is_one_act_and_can_be_done_again(world):
    act = open_year(user=None, agreement=world.agreement, year=2024, due=day("2025-02-15"))
    followup = FollowUp.objects.get(group=world.group)
    assert (followup.state, followup.due) == ("draft", day("2025-02-15"))
    assert act.summary == (
        f"Uppföljning 2024 öppnas för 1 grupp i {world.agreement}. "
        "De ska vara klara senast den 15 februari 2025."
    )
    assert ("followup", "+") in caused(act)
    again = refused(open_year, user=None, agreement=world.agreement, year=2024)
    assert "har redan en uppföljning för 2024" in again[""][0]
    late = make_group(world.agreement, "Sena gruppen")
    open_year(user=None, agreement=world.agreement, year=2024)
    assert FollowUp.objects.filter(year=2024, group=late).count() == 1
    assert FollowUp.objects.filter(year=2024, group=world.group).count() == 1


def test_a_year_without_groups_is_refused_in_a_sentence(world):
    found = refused(open_year, user=None, agreement=world.agreement, year=2019)
    assert "Ingen lokal grupp" in found[""][0]


def test_sections_follow_the_version_in_force_on_the_avstämningsdatum(world):
    world.version.valid_through = day("2024-06-30")
    world.version.save()
    later = AgreementVersion.objects.create(
        agreement=world.agreement, number=2, title="Andra", word="utmaning",
        valid_from=day("2024-07-01"),
    )  # fmt: skip
    for order in (1, 2):
        Challenge.objects.create(
            version=later, order=order, code=f"P{order}", title=f"ny {order}", short_title="Ny"
        )
    ended = make_group(world.agreement, "Upphörd", valid_through=day("2024-06-30"))
    opened(world)
    about = {
        group: list(
            FollowUpSection.objects.filter(followup__group=group, kind="challenge")
            .order_by("order")
            .values_list("challenge__title", flat=True)
        )
        for group in (ended, world.group)
    }
    assert about == {ended: ["trygga torg"], world.group: ["ny 1", "ny 2"]}


def test_the_real_structure_has_ten_challenges_in_2020_and_five_in_2024(structure, farsta):
    for year, number in [(2020, 10), (2024, 5)]:
        open_year(user=None, agreement=structure, year=year)
        sections = FollowUpSection.objects.filter(followup__group=farsta, followup__year=year)
        assert sections.filter(kind="challenge").count() == number
        assert sections.exclude(kind="challenge").count() == 9


def test_a_year_without_a_version_in_force_has_no_challenges(world):
    world.version.valid_from = day("2025-01-01")
    world.version.save()
    [followup] = opened(world)
    assert followup.version is None
    assert not followup.sections.filter(kind="challenge").exists()


def test_it_is_filled_with_what_the_last_one_had_and_still_goes_on(world):
    ended = make_priority(world.group, own_title="Slut", valid_through=day("2023-12-31"))
    left = make_priority(world.group, own_title="Kvar", valid_through=day("2023-12-31"), order=2)
    goes_on = make_priority(world.group, own_title="Pågår", order=3)
    make_priority(world.group, own_title="Nästa år", valid_from=day("2025-01-01"), order=4)
    make_measure(ended, world.city, status="done")
    make_measure(left, world.city, status="ongoing")
    old = make_picture(world.group, day("2023-02-01"))
    opened(world, 2023)
    new = make_picture(world.group, day("2024-12-31"))
    make_picture(world.group, day("2025-01-01"))
    [followup] = opened(world, 2024)
    own = followup.sections.filter(priority__isnull=False).order_by("order")
    assert [each.priority for each in own] == [left, goes_on]
    assert FollowUp.objects.get(year=2023).picture == old
    assert followup.picture == new


def test_two_predecessors_and_the_successor_have_one_each(world):
    last = day("2024-06-30")
    old = [make_group(world.agreement, name, valid_through=last) for name in ("Ena", "Andra")]
    new = make_group(world.agreement, "Nya", valid_from=day("2024-07-01"))
    for each in old:
        each.successors.add(new)
    opened(world)
    cutoffs = {each.group: each.cutoff for each in FollowUp.objects.filter(year=2024)}
    assert {each: cutoffs[each] for each in old} == dict.fromkeys(old, last)
    assert cutoffs[new] == day("2024-12-31")


# -- the year page -------------------------------------------------------------------------


def test_the_year_says_what_is_ready_and_missing_per_section(world, anna):
    [followup] = opened(world)
    followup.sections.filter(kind="facts").update(done=True)
    followup.sections.filter(kind="picture").update(text="Torget.")
    [line] = year_lines(anna, own(world), 2024, day("2025-01-01"))
    assert [cell.text for cell in line.cells[:3]] == ["Klart", "Påbörjat", "Saknas"]
    assert (line.done, line.number) == (1, 10)
    assert line.is_waited_for
    assert line.may_enter


def test_challenges_are_counted_together(structure, farsta, karin):
    open_year(user=None, agreement=structure, year=2020)
    followup = FollowUp.objects.get(group=farsta, year=2020)
    first = followup.sections.filter(kind="challenge").first()
    FollowUpSection.objects.filter(pk=first.pk).update(done=True)
    lines = year_lines(karin, SteeringGroup.objects.all(), 2020, day("2021-01-01"))
    line = next(each for each in lines if each.group == farsta)
    cell = next(each for each in line.cells if each.kind == "challenge")
    assert cell.text == "1 av 10"


@pytest.mark.parametrize(
    ("when", "late"),
    [("2025-02-14", False), ("2025-02-15", False), ("2025-02-16", True)],
)
def test_a_follow_up_is_late_the_day_after_its_last_day(world, anna, when, late):
    opened(world, due=day("2025-02-15"))
    [line] = year_lines(anna, own(world), 2024, day(when))
    assert line.late is late


def test_who_only_reads_sees_no_draft_of_others(world, bo):
    opened(world)
    [line] = year_lines(bo, own(world), 2024, day("2025-01-01"))
    assert (line.followup, line.cells, line.may_enter) == (None, [], False)
    assert year_rows(bo, own(world)) == []


def test_the_year_costs_the_same_with_few_groups_and_with_many(world, anna):
    numbers = []
    for extra in (2, 298):
        for place in range(extra):
            make_group(world.agreement, f"Grupp {extra} {place}")
        opened(world)
        user = type(anna).objects.get(pk=anna.pk)
        with CaptureQueriesContext(connection) as asked:
            lines = year_lines(user, own(world), 2024, datetime.date(2025, 1, 1))
        numbers.append(len(asked))
    assert len(lines) == 301
    assert numbers[0] == numbers[1]
