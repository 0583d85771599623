"""Measures: entered, changed, reported, withdrawn; when they are late; and the same sums."""

import dataclasses
from decimal import Decimal

import pytest

from governance.models import Challenge, Measure
from governance.queries.measure_lists import Choice, MeasureList
from governance.queries.measures import MeasureRow, Tally, measures_in, tallies, tally
from governance.services import measures as services
from governance.services.acts import Stale, last_seen
from governance.services.measures import Content
from tests.days import day
from tests.following import make_measure, make_priority
from tests.verbs import caused, refused
from tests.worlds import grant

pytestmark = pytest.mark.django_db
TODAY = day("2026-11-23")


@pytest.fixture
def priority(world):
    return make_priority(world.group, own_title="Trygga torg")


def content(world, priority, **more) -> Content:
    given = {"title": "Trygghetsvandringar", "due": day("2026-12-31"), **more}
    return Content(priority=priority, organization=world.city, **given)


def add(world, what: Content) -> Measure:
    services.add_measure(user=None, group=world.group, content=what, today=TODAY)
    return Measure.objects.latest("pk")


# -- verbs ----------------------------------------------------------------------------------


def test_four_things_are_enough_and_the_act_says_who_answers_and_until_when(world, priority):
    act = services.add_measure(
        user=None, group=world.group, content=content(world, priority), today=TODAY
    )
    measure = Measure.objects.get()
    assert (act.verb, list(act.groups.all())) == ("measure", [world.group])
    assert act.summary.splitlines() == [
        f"{world.group.name}: åtgärden ”Trygghetsvandringar” läggs till under prioriteringen "
        "Trygga torg.",
        f"Ansvarig är {world.city}. Klar senast den 31 december 2026.",
    ]
    assert caused(act) == [("measure", "+")]
    assert (measure.status, measure.target, measure.cost) == ("planned", None, None)


def test_a_measure_keeps_its_target_its_places_and_its_seat(world, priority):
    measure = add(
        world,
        content(
            world,
            priority,
            seat=world.chair,
            target=Decimal(8),
            unit="vandringar",
            per="year",
            places=[world.north, world.south],
        ),
    )
    assert set(measure.places.all()) == {world.north, world.south}
    row = MeasureRow(measure, late=False)
    assert row.target == "minst 8 vandringar per år"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"start": day("2027-01-01")}, "due"),
        ({"target": Decimal(8)}, "target"),
        ({"unit": "vandringar"}, "target"),
        ({"target": Decimal(0), "unit": "vandringar"}, "target"),
        ({"title": ""}, "title"),
        ({"cost": Decimal(-1)}, "cost"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, priority, more, field):
    arguments = {"user": None, "group": world.group, "today": TODAY}
    found = refused(services.add_measure, content=content(world, priority, **more), **arguments)
    assert set(found) == {field}


def test_a_seat_of_another_organisation_is_refused(world, priority):
    others = world.group.seats.exclude(organization=world.city).first()
    arguments = {"user": None, "group": world.group, "today": TODAY}
    what = content(world, priority, seat=others)
    assert set(refused(services.add_measure, content=what, **arguments)) == {"seat"}


@pytest.mark.parametrize(
    ("through", "due", "ok"),
    [
        ("2026-11-23", "2027-06-30", True),  # in force today, its last day
        ("2026-11-22", "2026-11-22", True),  # in force on the measure's last day
        ("2026-11-22", "2026-11-24", False),  # on neither
    ],
)
def test_the_priority_is_in_force_today_or_on_the_last_day(world, through, due, ok):
    priority = make_priority(world.group, own_title="Trygga torg", valid_through=day(through))
    what = content(world, priority, due=day(due))
    if ok:
        assert add(world, what).priority == priority
    else:
        arguments = {"user": None, "group": world.group, "today": TODAY}
        assert set(refused(services.add_measure, content=what, **arguments)) == {"priority"}


def test_another_groups_priority_is_refused(world):
    other = make_priority(world.central, own_title="Annat")
    arguments = {"user": None, "group": world.group, "today": TODAY}
    found = refused(services.add_measure, content=content(world, other), **arguments)
    assert found == {
        "priority": ["Prioriteringen hör till en annan grupp. Välj en av gruppens egna."]
    }


def test_changing_says_what_changed_and_refuses_to_change_nothing(world, priority):
    same = content(world, priority)
    measure = add(world, same)
    arguments = {"user": None, "measure": measure, "today": TODAY}
    assert "redan sådana" in str(refused(services.change_measure, content=same, **arguments))
    new = dataclasses.replace(same, title="Belysning", places=[world.north])
    act = services.change_measure(content=new, **arguments)
    assert act.summary.splitlines() == [
        f"{world.group.name}: åtgärden ”Trygghetsvandringar” ändras: titel och platser.",
        "Den heter nu ”Belysning”.",
    ]


def test_an_old_measure_can_be_renamed_after_its_priority_has_ended(world):
    priority = make_priority(world.group, own_title="Trygga torg", valid_through=day("2021-12-31"))
    measure = make_measure(priority, world.city, due=day("2022-06-30"))
    what = content(world, priority, due=measure.due, title="Nytt namn")
    services.change_measure(user=None, measure=measure, content=what, today=TODAY)
    assert Measure.objects.get().title == "Nytt namn"


def test_reporting_keeps_what_was_reported_before_in_the_history(world, priority):
    measure = make_measure(priority, world.city, target=8, unit="vandringar")
    act = services.report_measure(
        user=None, measure=measure, status="ongoing", progress=Decimal("2.5")
    )
    assert act.summary.splitlines() == [
        f"{world.group.name}: åtgärden ”Trygghetsvandringar” pågår.",
        "Gjort hittills: 2,5 vandringar.",
    ]
    services.report_measure(user=None, measure=measure, status="done", progress=Decimal(8))
    reported = list(measure.history.order_by("history_id").values_list("status", flat=True))
    assert reported[-2:] == ["ongoing", "done"]


def test_what_was_not_done_says_why(world, priority):
    measure = make_measure(priority, world.city)
    arguments = {"user": None, "measure": measure, "status": "not_done"}
    found = refused(services.report_measure, why="  ", **arguments)
    assert found == {"why": ["Skriv varför åtgärden inte blev gjord."]}
    services.report_measure(why="Ingen kunde.", **arguments)
    assert "redan rapporterat" in str(
        refused(services.report_measure, why="Ingen kunde.", **arguments)
    )


def test_a_wrongly_entered_measure_is_gone_and_stays_in_the_history(world, priority):
    measure = add(world, content(world, priority, places=[world.north]))
    act = services.withdraw_measure(user=None, measure=measure)
    assert not Measure.objects.exists()
    gone = Measure.history.filter(caused_by=act).get(history_type="-")
    assert gone.title == "Trygghetsvandringar"
    with pytest.raises(Stale):
        services.withdraw_measure(user=None, measure=measure)


def test_somebody_elses_change_in_between_is_not_overwritten(world, priority):
    measure = make_measure(priority, world.city)
    seen = last_seen([world.group])
    services.report_measure(user=None, measure=measure, status="ongoing")
    with pytest.raises(Stale):
        services.report_measure(user=None, measure=measure, status="done", seen=seen)
    assert Measure.objects.get().status == "ongoing"


# -- late, and the sums ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "late"),
    [("2026-12-30", False), ("2026-12-31", False), ("2027-01-01", True), ("2030-01-01", True)],
)
def test_a_measure_is_late_from_the_day_after_its_last(world, priority, on, late):
    measure = make_measure(priority, world.city, due=day("2026-12-31"))
    assert measure.is_late(day(on)) is late
    assert Measure.objects.late(day(on)).exists() is late
    assert tally([measure], day(on)).late == late


@pytest.mark.parametrize("status", ["done", "not_done"])
def test_what_has_an_outcome_is_never_late_and_never_red(world, priority, status):
    measure = make_measure(priority, world.city, status=status, why="För att.")
    assert tally([measure], day("2030-01-01")).late == 0
    row = MeasureRow(measure, measure.is_late(day("2030-01-01")))
    assert row.status.code in {"filled", "closed"}


def test_progress_is_out_of_the_target_only_when_that_is_one_in_all(world, priority):
    rows = {
        per: MeasureRow(
            make_measure(priority, world.city, target=8, unit="besök", per=per, progress=3), False
        ).progress
        for per in ("total", "year")
    }
    assert rows == {"total": "3 av 8 besök", "year": "3 besök"}
    assert MeasureRow(make_measure(priority, world.city), False).progress == ""


@pytest.fixture
def many(world, karin):
    """Measures of every status, of two groups, two organisations and two kinds of priority."""
    grant(karin, "edit_structure", world.agreement)
    priorities = [
        make_priority(world.group, world.challenge),
        make_priority(world.group, own_title="Trygga torg"),
        make_priority(world.central, world.challenge),
    ]
    for place, priority in enumerate(priorities):
        for number, status in enumerate(Measure.Status):
            for organization in (world.city, world.police)[: 1 + (place + number) % 2]:
                year = 2021 if (place + number) % 3 else 2031
                make_measure(
                    priority,
                    organization,
                    status=status,
                    why="För att.",
                    due=day(f"{year}-12-31"),
                )
    return karin


def plus(tallies_of) -> Tally:
    """The sum of sums."""
    parts = [dataclasses.astuple(each) for each in tallies_of]
    return Tally(*map(sum, zip(*parts, strict=True)))


def test_the_sums_agree_by_group_organisation_challenge_and_over_all(world, many, client):
    groups = type(world.group).objects.filter(agreement=world.agreement)
    measures = list(measures_in(many, groups))
    whole = tally(measures, TODAY)
    assert whole.number == len(measures) == Measure.objects.count()
    assert whole.late == Measure.objects.late(TODAY).count() > 0
    assert whole.done == Measure.objects.filter(status="done").count()
    for per in ("grupp", "organisation", "utmaning"):
        found = MeasureList(measures, Choice(per=per), TODAY)
        assert found.tally == whole
        assert len(found.parts) == 2
        assert plus(part.tally for part in found.parts) == whole
        for part in found.parts:  # and each line is the list that its link opens
            there = MeasureList(measures, Choice(**{per: part.word}), TODAY)
            assert there.tally == part.tally
    one = tallies(measures, TODAY, lambda each: each.group)[world.group]
    client.force_login(many)
    page = client.get(f"/styrgrupper/{world.group.slug}/atgarder/?datum={TODAY}")
    assert page.context["found"].tally == one


def test_late_ones_come_first_then_what_is_not_finished_by_its_last_day(world, many):
    groups = type(world.group).objects.filter(agreement=world.agreement)
    rows = MeasureList(measures_in(many, groups), Choice(), TODAY).rows
    keys = [(not row.late, row.measure.status not in Measure.UNFINISHED) for row in rows]
    assert keys == sorted(keys)
    late = [row.measure.due for row in rows if row.late]
    assert late == sorted(late)


def test_a_challenge_of_two_versions_is_two_challenges(world):
    other = Challenge.objects.create(
        version=world.version, order=9, code="X9", title="Annat", short_title="Annat"
    )
    for challenge in (world.challenge, other):
        make_measure(make_priority(world.group, challenge), world.city)
    found = MeasureList(Measure.objects.all(), Choice(per="utmaning"), TODAY)
    assert [part.tally.number for part in found.parts] == [1, 1]
