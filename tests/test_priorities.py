"""What a group works with: chosen, added, put in order and changed."""

import pytest

from governance.models import AgreementVersion, Challenge, LocalPriority, SteeringGroup
from governance.queries.priorities import chosen_by
from governance.services import endings, priorities
from governance.services.acts import last_seen
from governance.temporal import day_before
from tests.at_once import at_the_same_time
from tests.days import day
from tests.following import make_priority
from tests.priorities import BEFORE, NOW, TURN, add_own, change, choose, faults, own, titles
from tests.verbs import caused, refused
from tests.worlds import FIRST, local_under, make_group, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(world) -> Challenge:
    return Challenge.objects.create(
        version=world.version, order=2, code="U2", title="unga i risk", short_title="Unga i risk"
    )


@pytest.fixture
def versions(world) -> dict[str, Challenge]:
    """The first version ends the day before TURN, when a second one begins."""
    AgreementVersion.objects.filter(pk=world.version.pk).update(valid_through=BEFORE)
    newer = AgreementVersion.objects.create(
        agreement=world.agreement, number=2, title="Andra", word="utmaning", valid_from=TURN
    )
    challenge = Challenge.objects.create(
        version=newer, order=1, code="P1", title="nytt", short_title="Nytt"
    )
    return {"old": Challenge.objects.get(pk=world.challenge.pk), "new": challenge}


# -- chosen ----------------------------------------------------------------------------------------


def test_several_are_chosen_at_once_in_the_order_of_the_version_after_what_is_there(world, second):
    add_own(world)
    act = choose(world, second, world.challenge, reason="Hemlige Harald bor där")
    assert titles(world.group) == [(1, "Trafik"), (2, "Trygga torg"), (3, "Unga i risk")]
    assert titles(world.group, BEFORE) == []
    assert (act.verb, list(act.groups.all())) == ("prioritize", [world.group])
    assert act.summary.splitlines() == [
        "Lokala gruppen i Provstad prioriterar 2 utmaningar från och med den 1 januari 2024: "
        "Trygga torg och Unga i risk.",
        "Det läggs sist i gruppens ordning.",
    ]
    assert caused(act) == [("localpriority", "+")] * 2
    assert {row.reason for row in own()[1:]} == {"Hemlige Harald bor där"}


def test_without_a_last_day_it_lasts_as_long_as_the_group(world):
    group = make_group(world.agreement, "Kort grupp", valid_through=day("2025-06-30"))
    choose(world, group=group, day=TURN)
    assert own()[0].valid_through == day("2025-06-30")


@pytest.mark.parametrize(
    ("which", "first_day", "is_taken"),
    [
        ("old", day_before(TURN), True),
        ("old", TURN, False),
        ("new", day_before(TURN), False),
        ("new", TURN, True),
    ],
)
def test_a_challenge_is_of_the_version_in_force_on_the_first_day(
    world, versions, which, first_day, is_taken
):
    asked = {"user": None, "group": world.group, "first_day": first_day, "day": NOW}
    asked["challenges"] = [versions[which]]
    if is_taken:
        priorities.choose(**asked)
        assert len(own()) == 1
    else:
        found = refused(priorities.choose, **asked)
        assert "som inte gäller den" in found["first_day"][0]
    assert faults() == []


def test_the_agreement_above_counts_and_another_one_does_not(world, elsewhere):
    below = make_group(local_under(world.agreement), "Under")
    choose(world, group=below)
    assert LocalPriority.objects.filter(group=below).count() == 1
    asked = {"user": None, "group": world.group, "first_day": TURN, "day": NOW}
    found = refused(priorities.choose, challenges=[elsewhere.challenge], **asked)
    assert "hör till en annan överenskommelse" in found["challenge"][0]


@pytest.mark.parametrize(
    ("on", "is_open"),
    [(day_before(day("2025-06-30")), True), (day("2025-06-30"), True), (day("2025-07-01"), False)],
)
def test_a_group_that_has_ended_gets_nothing_new(world, on, is_open):
    endings.dissolve(user=None, group=world.group, last_day=day("2025-06-30"))
    world.group.refresh_from_db()
    asked = {"user": None, "group": world.group, "first_day": TURN, "day": on}
    if is_open:
        priorities.choose(challenges=[world.challenge], **asked)
        assert own()[0].valid_through == day("2025-06-30")
        return
    for verb, what in [
        (priorities.choose, {"challenges": [world.challenge]}),
        (priorities.add_own, {"own_title": "Trafik"}),
    ]:
        said = refused(verb, **what, **asked)
        assert "avslutades den 30 juni 2025 och kan inte få något nytt" in said[""][0]


def test_what_the_group_has_already_is_refused_by_name(world, second):
    choose(world)
    add_own(world)
    asked = {"user": None, "group": world.group, "first_day": NOW, "day": NOW}
    both = {"challenges": [world.challenge, second]}
    said = refused(priorities.choose, **both, **asked)
    assert said["challenges"][0].startswith("Gruppen prioriterar redan Trygga torg under de")
    said = refused(priorities.add_own, own_title=" TRAFIK ", **asked)
    assert "har redan prioriteringen" in said["own_title"][0]


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"first_day": day("2019-12-31")}, "first_day", "börjar den 1 januari 2020"),
        ({"last_day": BEFORE}, "last_day", "Sista dagen får inte ligga före första dagen."),
        ({"own_title": ""}, "__all__", "Välj en prioriterad utmaning eller skriv en egen titel"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(world, more, field, said):
    asked = {"user": None, "group": world.group, "first_day": TURN, "day": NOW}
    assert said in refused(priorities.add_own, **{**asked, "own_title": "T", **more})[field][0]


def test_nothing_chosen_is_refused(world):
    asked = {"user": None, "group": world.group, "first_day": TURN, "day": NOW}
    found = refused(priorities.choose, challenges=[], **asked)
    assert found == {"challenges": ["Välj minst en utmaning."]}


# -- in order --------------------------------------------------------------------------------------


def test_a_new_order_is_one_act_and_leaves_what_has_ended(world, second):
    ended = make_priority(world.group, own_title="Förr", valid_through=BEFORE, order=1)
    choose(world, world.challenge, second)
    add_own(world)
    first, middle, last = own()[1:]
    asked = {"user": None, "group": world.group, "day": NOW}
    act = priorities.reorder(priorities=[last, first, middle], **asked)
    assert titles(world.group) == [(1, "Trafik"), (2, "Trygga torg"), (3, "Unga i risk")]
    assert act.summary == (
        "Ny ordning i Lokala gruppen i Provstad: 1. Trafik, 2. Trygga torg och 3. Unga i risk."
    )
    assert caused(act) == [("localpriority", "~")] * 3
    ended.refresh_from_db()
    assert ended.order == 1
    same = refused(priorities.reorder, priorities=[last, first, middle], **asked)
    assert same[""] == ["Prioriteringarna står redan i den ordningen. Inget har ändrats."]


@pytest.mark.parametrize("wrong", [[0], [0, 0], [0, 1, 1]])
def test_an_order_of_other_rows_than_the_groups_is_stale(world, second, wrong):
    choose(world, world.challenge, second)
    rows = own()
    found = refused(
        priorities.reorder,
        user=None,
        group=world.group,
        priorities=[rows[place] for place in wrong],
        day=NOW,
    )
    assert "har ändrats sedan du öppnade sidan" in found[""][0]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_the_same_at_once_one_wins():
    world = make_world("Provstad")
    found = at_the_same_time(*[lambda: choose(world) for _ in range(4)])
    assert sum(isinstance(each, Exception) for each in found) == 3
    assert len(own()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_order_at_once_after_the_same_look_one_is_told():
    world = make_world("Provstad")
    add_own(world, "A")
    add_own(world, "B")
    rows, seen = own(), last_seen([world.group])
    found = at_the_same_time(
        *[
            lambda: priorities.reorder(
                user=None, group=world.group, priorities=rows[::-1], day=NOW, seen=seen
            )
            for _ in range(2)
        ]
    )
    assert sum(isinstance(each, Exception) for each in found) == 1
    assert [(row.order, row.own_title) for row in own()] == [(1, "B"), (2, "A")]


# -- changed ---------------------------------------------------------------------------------------


def test_reason_days_and_the_own_title_are_changed_and_said_without_the_reason(world):
    add_own(world)
    [row] = own()
    act = change(row, reason="Hemligt", own_title="Trafiken", last_day=NOW)
    row.refresh_from_db()
    assert (row.own_title, row.reason, row.valid_through) == ("Trafiken", "Hemligt", NOW)
    assert act.summary.splitlines() == [
        "Trafik i Lokala gruppen i Provstad heter nu Trafiken.",
        "Trafiken i Lokala gruppen i Provstad prioriteras från och med den 1 januari 2024 "
        "till och med den 23 november 2026.",
        "Trafiken i Lokala gruppen i Provstad: texten om varför är ändrad.",
    ]
    again = refused(
        priorities.change, user=None, priority=row, first_day=TURN, last_day=NOW,
        reason="Hemligt", own_title="Trafiken",
    )  # fmt: skip
    assert again[""] == ["Prioriteringen är redan sådan. Inget har ändrats."]


def test_a_first_day_in_another_version_is_refused(world, versions):
    choose(world, versions["new"])
    [row] = own()
    found = refused(
        priorities.change, user=None, priority=row, first_day=BEFORE, last_day=None, reason=""
    )
    assert "Nytt hör till version 2, som inte gäller den 31 december 2023." in found["first_day"][0]


def test_a_challenge_keeps_its_title_whatever_is_sent(world):
    choose(world)
    [row] = own()
    change(row, own_title="Annat", reason="Ny text")
    row.refresh_from_db()
    assert (row.own_title, row.title) == ("", "trygga torg")


# -- read ------------------------------------------------------------------------------------------


def test_a_challenge_tells_who_has_chosen_it_and_in_which_place(world):
    other = make_group(world.agreement, "Andra gruppen")
    add_own(world, first_day=FIRST)
    choose(world)
    choose(world, group=other)
    groups = SteeringGroup.objects.filter(agreement=world.agreement)
    found = chosen_by(groups, TURN)
    assert found == {world.challenge.pk: [(other, 1), (world.group, 2)]}
    assert chosen_by(groups, BEFORE) == {}
