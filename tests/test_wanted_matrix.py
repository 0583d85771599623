"""Functions against groups: what the address chooses, and sums that equal their lists."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Level, Mandate, Seat, SteeringGroup, WantedFunction
from governance.queries.functions import Choice, columns, matrices
from governance.queries.wanted import of_group, total, wishes
from tests.days import day
from tests.wishes import make_wish, own_groups
from tests.worlds import FIRST, appoint, make_group, make_person, make_seat, make_world

pytestmark = pytest.mark.django_db
NOW = day("2024-03-01")
LAST = day("2025-12-31")


HIGH, LOW = Level.DECIDING, Level.OPERATIVE


# -- the matrix ------------------------------------------------------------------------------------


def test_the_choice_takes_what_it_says_and_no_nonsense(world):
    make_wish(world, need="required")
    [row] = wishes(own_groups(), NOW)
    taken = ["slag=bostadsbolag", "behov=required", "lage=vakant", "lage=brister", "lage=tokigt"]
    left = ["slag=polisregion", "behov=sought", "lage=bemannad", "lage=saknas", "lage=niva"]
    assert all(Choice.read(dict([each.split("=")])).takes(row) for each in taken)
    assert not any(Choice.read(dict([each.split("=")])).takes(row) for each in left)
    assert Choice.read({"lage": "tokigt"}) == Choice()
    assert not Choice().is_narrow


def test_a_function_wanted_differently_in_two_groups_says_both(world):
    make_wish(world, need="required", level=HIGH, appoints="VD")
    make_wish(world, group=world.central, level=LOW, appoints="styrelsen")
    [column] = columns(wishes(own_groups(), NOW))
    assert column.needs == ["ska ingå", "önskvärd"]
    assert column.levels == ["beslutande chef", "operativ"]
    assert column.appoints == ["styrelsen", "VD"]
    assert column.number == 2


def test_there_is_a_table_for_each_kind_of_group(world):
    make_wish(world)
    make_wish(world, group=world.central)
    found = matrices(wishes(own_groups(), NOW))
    assert [matrix.label for matrix in found] == ["Centrala styrgrupper", "Lokala styrgrupper"]
    assert [group for matrix in found for group, _ in matrix.lines] == [world.central, world.group]


SEATS = st.lists(
    st.tuples(
        st.integers(0, 2),  # group
        st.integers(0, 2),  # function
        st.booleans(),  # tied to the wish
        st.sampled_from([None, "", *Level]),  # held at
        st.sampled_from([None, day("2024-04-01")]),  # until
    ),
    max_size=8,
)
WISHES = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.integers(1, 3), st.sampled_from(["", *Level])),
    max_size=9,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seats=SEATS, wants=WISHES)
def test_the_sums_of_the_matrix_equal_the_lists_of_the_groups(db, seats, wants):
    world = make_world(f"Sumstad {WantedFunction.history.count()} {Seat.history.count()}")
    three = [world.group, *(make_group(world.agreement, f"{world.city.slug} {n}") for n in (2, 3))]
    functions = [world.chair.function, world.secretary.function, world.member.function]
    tied = {
        (at, what): WantedFunction.objects.create(
            group=three[at],
            function=functions[what],
            organization_kind="bostadsbolag",
            number=number,
            level=level,
            valid_from=FIRST,
        )
        for (at, what), (number, level) in wants.items()
    }
    for number, (at, what, meets, level, last) in enumerate(seats, start=100):
        seat = make_seat(three[at], world.company, functions[what].code, number=number)
        Seat.objects.filter(pk=seat.pk).update(fulfils=tied.get((at, what)) if meets else None)
        if level is not None:
            mandate = appoint(seat, make_person(world.company), last=last)
            Mandate.objects.filter(pk=mandate.pk).update(level=level)
    mine = SteeringGroup.objects.filter(agreement=world.agreement)
    rows = wishes(mine, NOW)
    lists = [of_group(group, NOW) for group in mine.with_state(NOW)]
    assert total(rows) == sum((each.counts for each in lists), Counter())
    assert total(rows) == sum((column.counts for column in columns(rows)), Counter())
    assert total(rows).total() == sum(wish.number for wish in tied.values())
    cells = [row for matrix in matrices(rows) for _, cells in matrix.lines for row in cells if row]
    assert sorted(cells, key=id) == sorted(rows, key=id)


@pytest.mark.parametrize("number", [10, 500])
def test_the_wishes_of_all_groups_are_read_in_four_queries(world, number):
    wish = make_wish(world, number=number)
    Seat.objects.bulk_create(
        Seat(
            group=world.group,
            organization=world.company,
            function=world.member.function,
            number=each,
            valid_from=FIRST,
            fulfils=wish,
        )
        for each in range(2, number + 1)
    )
    with CaptureQueriesContext(connection) as asked:
        [row] = wishes(own_groups(), NOW)
        assert row.counts == Counter(vacant=number)
    assert len(asked) == 4
