"""The status of a seat on a day: a table written by hand, on the row and in the query alike.

The day is 2024-06-15. The group warns 30 days in advance and exists from 2020-01-01. A
mandate is written as kind, first day, last day and reason; a leave belongs to the first.
"""

from dataclasses import dataclass, field

import pytest

from governance.models import GroupDecision, Leave, Mandate, Seat, Status, SteeringGroup
from governance.queries.rosters import count_by_group, mandates_by_seat, roster, seat_status
from governance.queries.statuses import with_status
from governance.services import mandates
from tests.days import day
from tests.worlds import make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
DAY = "2024-06-15"
FILLED = ("filled", "Bemannad")
VACANT = ("vacant", "Vakant")
LAPSED = ("lapsed", "Har gått ut, inget nytt beslut")
CLOSED = ("closed", "Platsen är avslutad")


def ending(text: str) -> tuple[str, str]:
    return "ending", f"Går ut den {text}"


def starting(text: str) -> tuple[str, str]:
    return "starting", f"Börjar den {text}"


@dataclass
class Case:
    name: str
    expected: tuple[str, str]
    sits: list[tuple[str, ...]] = field(default_factory=list)
    leaves: list[tuple[str, ...]] = field(default_factory=list)
    seat_through: str | None = None
    seat_from: str = "2020-01-01"
    state: str = "active"


ORDINARY = ("ordinary", "2023-01-01")
CASES = [
    # nobody, or a deputy only
    Case("nobody ever", VACANT),
    Case("a personal deputy only", VACANT, [("deputy", "2023-01-01")]),
    Case("a deputy who is to begin", VACANT, [("deputy", "2024-07-01")]),
    # one holder
    Case("until further notice", FILLED, [ORDINARY]),
    Case("on the first day", FILLED, [("ordinary", DAY)]),
    Case("the day before the first", starting("16 juni"), [("ordinary", "2024-06-16")]),
    Case("a planned one next year", starting("1 januari 2025"), [("ordinary", "2025-01-01")]),
    Case("on the last day", ending("15 juni"), [(*ORDINARY, DAY)]),
    Case("the day after the last", LAPSED, [(*ORDINARY, "2024-06-14")]),
    Case("exactly at the notice", ending("15 juli"), [(*ORDINARY, "2024-07-15")]),
    Case("a day outside the notice", FILLED, [(*ORDINARY, "2024-07-16")]),
    Case("ended with a reason", VACANT, [(*ORDINARY, "2024-05-31", "left")]),
    Case("ending with a reason", ending("30 juni"), [(*ORDINARY, "2024-06-30", "left")]),
    Case("ran out long ago", LAPSED, [("ordinary", "2020-01-01", "2020-12-31")]),
    # followers
    Case(
        "a follower the next day", FILLED, [(*ORDINARY, "2024-06-30"), ("ordinary", "2024-07-01")]
    ),
    Case(
        "a follower after a gap",
        ending("30 juni"),
        [(*ORDINARY, "2024-06-30"), ("ordinary", "2024-07-02")],
    ),
    Case(
        "in the gap before the follower",
        starting("1 juli"),
        [(*ORDINARY, "2024-05-31"), ("ordinary", "2024-07-01")],
    ),
    Case(
        "the first of two to come",
        starting("1 augusti"),
        [("ordinary", "2024-09-01"), ("acting", "2024-08-01", "2024-08-31")],
    ),
    # acting
    Case("acting in a seat of nobody's", FILLED, [("acting", "2024-06-01")]),
    Case("acting beside the ordinary one", FILLED, [ORDINARY, ("acting", "2024-06-01", DAY)]),
    Case("acting on the last day, then nobody", ending("15 juni"), [("acting", "2024-06-01", DAY)]),
    Case("acting ran out without a reason", LAPSED, [("acting", "2024-05-01", "2024-05-31")]),
    Case(
        "what lasted the longest decides",
        LAPSED,
        [(*ORDINARY, "2024-05-31"), ("acting", "2023-06-01", "2023-12-31", "left")],
    ),
    # leave
    Case("on leave without an acting one", VACANT, [ORDINARY], [("2024-01-01",)]),
    Case(
        "on leave with an acting one",
        FILLED,
        [ORDINARY, ("acting", "2024-01-01")],
        [("2024-01-01",)],
    ),
    Case("on the first day of leave", VACANT, [ORDINARY], [(DAY, "2024-12-31")]),
    Case("on the last day of leave", VACANT, [ORDINARY], [("2024-01-01", DAY)]),
    Case("the day before the leave", FILLED, [ORDINARY], [("2024-06-16",)]),
    Case("back since the day after the leave", FILLED, [ORDINARY], [("2024-01-01", "2024-06-14")]),
    Case(
        "the acting one leaves before the leave is over",
        ending("30 juni"),
        [ORDINARY, ("acting", "2024-01-01", "2024-06-30")],
        [("2024-01-01", "2024-07-01")],
    ),
    Case(
        "the acting one leaves on the last day of the leave",
        FILLED,
        [ORDINARY, ("acting", "2024-01-01", "2024-06-30")],
        [("2024-01-01", "2024-06-30")],
    ),
    Case(
        "an acting one is to begin during the leave",
        starting("1 juli"),
        [ORDINARY, ("acting", "2024-07-01")],
        [("2024-06-01",)],
    ),
    Case(
        "an earlier one ran out, the present one is on leave",
        VACANT,
        [("ordinary", "2024-01-01"), ("ordinary", "2021-01-01", "2023-12-31")],
        [("2024-06-01",)],
    ),
    Case(
        "an acting one on leave as well",
        VACANT,
        [("acting", "2024-01-01")],
        [("2024-06-01",)],
    ),
    # seat and group
    Case("the seat ended yesterday", CLOSED, [(*ORDINARY, "2024-06-14")], [], "2024-06-14"),
    Case("the last day of the seat", ending("15 juni"), [(*ORDINARY, DAY)], [], DAY),
    Case("a seat that is to begin", CLOSED, seat_from="2024-06-16"),
    Case("a resting group, held", FILLED, [ORDINARY], state="resting"),
    Case("a resting group, empty", VACANT, state="resting"),
    Case(
        "a group that ended", CLOSED, [(*ORDINARY, "2024-06-14")], [], "2024-06-14", state="ended"
    ),
    Case("a proposed group", ("closed", "Gruppen är inte aktiv än"), [ORDINARY], state="proposed"),
]


@pytest.fixture
def group(world) -> SteeringGroup:
    return make_group(world.agreement, "Gruppen", notice_days=30, active=False)


def build(case: Case, group: SteeringGroup, organization) -> Seat:
    if case.state != "proposed":
        GroupDecision.objects.create(group=group, act="create", first_day=day("2020-01-01"))
    if case.state == "resting":
        GroupDecision.objects.create(group=group, act="rest", first_day=day("2024-01-01"))
    if case.state == "ended":
        group.valid_through = day("2024-06-14")
        group.save()
    seat = make_seat(group, organization, "provstad-vd")
    seat.valid_from = day(case.seat_from)
    seat.valid_through = day(case.seat_through) if case.seat_through else None
    seat.save()
    for number, (kind, first, *rest) in enumerate(case.sits):
        last, reason = [*rest, None, None][:2]
        mandate = Mandate.objects.create(
            seat=seat,
            person=make_person(organization),
            kind=kind,
            valid_from=day(first),
            valid_through=day(last) if last else None,
            end_reason=reason or "",
        )
        for begins, *ends in case.leaves if number == 0 else []:
            Leave.objects.create(
                mandate=mandate,
                valid_from=day(begins),
                valid_through=day(ends[0]) if ends else None,
            )
    return seat


def of_row(seat: Seat, on: str = DAY) -> Status:
    group = SteeringGroup.objects.with_state(day(on)).get(pk=seat.group_id)
    found = mandates_by_seat(Seat.objects.filter(pk=seat.pk))
    return seat_status(Seat.objects.get(pk=seat.pk), found[seat.pk], day(on), group)


def of_query(seat: Seat, on: str = DAY) -> str:
    return with_status(Seat.objects.all(), day(on)).get(pk=seat.pk).status_code


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_table_by_hand(world, group, case):
    seat = build(case, group, world.company)
    status = of_row(seat)
    assert (status.code, status.text) == case.expected
    assert of_query(seat) == case.expected[0]


def test_the_table_has_every_status_and_enough_cases():
    assert len(CASES) >= 25
    assert {case.expected[0] for case in CASES} == {
        "closed", "filled", "ending", "starting", "lapsed", "vacant"
    }  # fmt: skip


def test_one_question_answers_for_all_of_them_at_once(world, django_assert_max_num_queries):
    built = []
    for number, case in enumerate(CASES):
        group = make_group(world.agreement, f"Grupp {number}", notice_days=30, active=False)
        built.append((build(case, group, world.company), case.expected[0]))
    with django_assert_max_num_queries(6):
        found = {seat.pk: seat.status_code for seat in with_status(Seat.objects.all(), day(DAY))}
    assert [found[seat.pk] for seat, _ in built] == [code for _, code in built]


def test_a_withdrawn_mandate_leaves_no_trace_in_the_status(world, group):
    seat = build(Case("", VACANT, [("ordinary", "2024-07-01")]), group, world.company)
    assert of_row(seat).code == of_query(seat) == "starting"
    mandates.end(user=None, mandate=seat.mandates.get(), last_day=day(DAY), end_reason="other")
    assert of_row(seat).code == of_query(seat) == "vacant"


def test_each_group_warns_as_long_beforehand_as_it_says(world, group):
    seat = build(Case("", FILLED, [(*ORDINARY, "2024-07-16")]), group, world.company)
    for notice, code in [(30, "filled"), (31, "ending"), (0, "filled")]:
        SteeringGroup.objects.filter(pk=group.pk).update(notice_days=notice)
        assert of_row(seat).code == of_query(seat) == code


def test_the_roster_shows_who_is_away_and_until_when(world, group):
    case = Case("", FILLED, [ORDINARY, ("acting", "2024-01-01")], [("2024-01-01", "2024-08-31")])
    seat = build(case, group, world.company)
    on = SteeringGroup.objects.with_state(day(DAY)).get(pk=group.pk)
    [row] = roster(make_user("reader@example.org"), on, day(DAY)).rows
    assert row.holder is not None
    assert row.holder.mandate == seat.mandates.get(kind="acting")
    assert row.away is not None
    assert row.away.mandate == seat.mandates.get(kind="ordinary")
    assert row.away_through == day("2024-08-31")
    assert count_by_group([on], day(DAY))[group.pk].filled == 1


def test_who_is_on_leave_has_no_rights_and_who_acts_has_them(world, on):
    away, acting = (make_user(f"{name}@example.org") for name in ("away", "acting"))
    people = [make_person(world.city, user=user) for user in (away, acting)]
    held = Mandate.objects.create(
        seat=world.secretary, person=people[0], valid_from=day("2020-01-01")
    )
    Leave.objects.create(mandate=held, valid_from=day(DAY), valid_through=day("2024-06-30"))
    Mandate.objects.create(
        seat=world.secretary, person=people[1], kind="acting",
        valid_from=day(DAY), valid_through=day("2024-07-15"),
    )  # fmt: skip
    expected = {
        "2024-06-14": (True, False),
        "2024-06-15": (False, True),
        "2024-06-30": (False, True),
        "2024-07-01": (False, True),  # the acting one sits there until the last day
        "2024-07-16": (True, False),
    }
    for when, may in expected.items():
        rights = [
            on(day(when), user).has_perm("governance.enter_followup", world.group)
            for user in (away, acting)
        ]
        assert tuple(rights) == may, when
