"""What a group's timeline tells: mandates, leave and vacancies through some years."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.models import GroupDecision, Leave, Mandate, Seat, SteeringGroup
from governance.queries.rosters import HELD, seat_status
from governance.queries.timelines import FOREVER, Span, Window, timeline, vacancies
from tests.days import day
from tests.worlds import FIRST, World, appoint, make_group, make_person, make_seat

Days = tuple[int, int | None]
periods: st.SearchStrategy[Days] = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(
    lambda each: (each[0], None if each[1] == 12 else each[0] + each[1])
)
KINDS = st.sampled_from(list(Mandate.Kind))


def on(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number)


def period(days: Days) -> dict[str, Any]:
    first, last = days
    return {"valid_from": on(first), "valid_through": None if last is None else on(last)}


def unsaved(kind: str, days: Days, leaves: list[Days]) -> Mandate:
    mandate = Mandate(kind=kind, pk=1, **period(days))
    known: Any = mandate.leaves.all()
    known._result_cache = [Leave(mandate=mandate, **period(each)) for each in leaves]
    known._prefetch_done = True
    mandate._prefetched_objects_cache = {"leaves": known}  # type: ignore[attr-defined]
    return mandate


@given(
    st.lists(st.tuples(KINDS, periods, st.lists(periods, max_size=2)), max_size=5),
    periods,
)
def test_a_seat_is_drawn_as_vacant_on_the_days_when_its_status_says_so(sits, life):
    group = SteeringGroup(valid_from=FIRST, notice_days=0)
    group.last_turn = "create"  # type: ignore[attr-defined]
    group.has_registered_decision = True  # type: ignore[attr-defined]
    seat = Seat(**period(life))
    mandates = [unsaved(*each) for each in sits]
    drawn = vacancies(Span.of(seat), mandates)
    for number in range(45):
        today = on(number)
        code = seat_status(seat, mandates, today, group).code
        empty = any(span.first <= today.toordinal() < span.stop for span in drawn)
        assert empty is (code not in {*HELD, "closed"}), today


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(10, 20)]),
        ([(0, 10)], [(10, 20)]),  # up to the first day, which stays
        ([(0, 11)], [(11, 20)]),
        ([(19, 30)], [(10, 19)]),
        ([(20, 30)], [(10, 20)]),  # from the day after the last
        ([(12, 14), (13, 16)], [(10, 12), (16, 20)]),
        ([(12, 18), (13, 14)], [(10, 12), (18, 20)]),  # the one within the other
        ([(14, 15), (11, 12)], [(10, 11), (12, 14), (15, 20)]),  # in any order
        ([(0, FOREVER)], []),
    ],
)
def test_what_is_left_of_a_span(taken, left):
    assert Span(10, 20).without(Span(*each) for each in taken) == left


# -- in a world made by hand -------------------------------------------------------------------


@pytest.fixture
def reader(world: World, bo):
    return bo


def told(world: World, reader, first: int = 2022, last: int = 2025, seat: Seat | None = None):
    lines = timeline(reader, world.group, Window(first, last))
    [line] = [each for each in lines if each.seat == (seat or world.member)]
    return [(each.kind, str(each.valid_from), str(each.valid_through)) for each in line.stretches]


def test_a_seat_tells_its_mandates_and_the_days_between_them(world, reader):
    appoint(world.member, make_person(world.company), day("2022-03-01"), day("2023-04-30"))
    appoint(world.member, make_person(world.company), day("2023-05-02"), day("2024-12-31"))
    assert told(world, reader) == [
        ("vacant", "2020-01-01", "2022-02-28"),
        ("ordinary", "2022-03-01", "2023-04-30"),
        ("vacant", "2023-05-01", "2023-05-01"),
        ("ordinary", "2023-05-02", "2024-12-31"),
        ("vacant", "2025-01-01", "None"),
    ]


def test_a_follower_on_the_day_after_leaves_no_gap(world, reader):
    appoint(world.member, make_person(world.company), FIRST, day("2023-04-30"))
    appoint(world.member, make_person(world.company), day("2023-05-01"))
    assert [kind for kind, *_ in told(world, reader)] == ["ordinary", "ordinary"]


def test_leave_empties_the_seat_until_somebody_acts(world, reader):
    held = appoint(world.member, make_person(world.company))
    Leave.objects.create(
        mandate=held, valid_from=day("2023-01-01"), valid_through=day("2023-06-30")
    )
    other = make_person(world.company)
    appoint(world.member, other, day("2023-02-01"), day("2023-06-30"), kind="acting")
    assert told(world, reader) == [
        ("ordinary", "2020-01-01", "None"),
        ("vacant", "2023-01-01", "2023-01-31"),
        ("acting", "2023-02-01", "2023-06-30"),
    ]


def test_a_deputy_is_told_of_and_fills_nothing(world, reader):
    appoint(world.member, make_person(world.company), day("2023-01-01"), kind="deputy")
    assert told(world, reader) == [
        ("vacant", "2020-01-01", "None"),
        ("deputy", "2023-01-01", "None"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2021-01-01", "2021-12-31", False),  # the day before the window
        ("2021-01-01", "2022-01-01", True),  # its first day
        ("2025-12-31", None, True),  # its last
        ("2026-01-01", None, False),  # the day after
    ],
)
def test_only_what_is_in_force_within_the_years_is_told(world, reader, first, last, shown):
    appoint(world.member, make_person(world.company), day(first), day(last) if last else None)
    assert ("ordinary" in [kind for kind, *_ in told(world, reader)]) is shown


def test_a_seat_is_vacant_only_while_it_exists(world, reader):
    Seat.objects.filter(pk=world.member.pk).update(
        valid_from=day("2023-02-01"), valid_through=day("2024-06-30")
    )
    assert told(world, reader) == [("vacant", "2023-02-01", "2024-06-30")]
    lines = timeline(reader, world.group, Window(2025, 2026))
    assert world.member not in [line.seat for line in lines]


def test_seats_of_a_proposed_group_are_vacant_from_its_decision(world, reader):
    group = make_group(world.agreement, "Förslaget", active=False)
    seat = make_seat(group, world.company, "provstad-vd")
    world.group = group
    assert told(world, reader, seat=seat) == []
    GroupDecision.objects.create(group=group, act="create", first_day=day("2024-03-01"))
    assert told(world, reader, seat=seat) == [("vacant", "2024-03-01", "None")]


def test_a_group_that_ended_has_no_vacancies_afterwards(world, reader):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2023-12-31"))
    world.group.refresh_from_db()
    assert told(world, reader) == [("vacant", "2020-01-01", "2023-12-31")]


def test_seats_stand_in_the_order_of_the_roster(world, reader):
    seats = [line.seat for line in timeline(reader, world.group, Window(2022, 2025))]
    assert seats == [world.chair, world.member, world.secretary]


def test_a_protected_name_is_asked_for_only_when_it_is_shown(world, anna, caplog):
    person = make_person(world.company, "Hemlig", "Skyddsson", protected=True)
    appoint(world.member, person, day("2020-01-01"), day("2021-12-31"))
    caplog.set_level("INFO")

    def names() -> list[str | None]:
        lines = timeline(anna, world.group, Window(first, 2025))
        return [each.held.name for line in lines for each in line.stretches if each.held]

    first = 2021
    assert names() == [None]
    first = 2022
    assert names() == []
    assert "Skyddsson" not in caplog.text
