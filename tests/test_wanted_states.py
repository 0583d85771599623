"""How a wish is met on a day: by whom, at which level, and what is missing."""

import datetime
from collections import Counter

import pytest

from governance.models import Leave, Level, Mandate, Seat, SteeringGroup, WantedFunction
from governance.queries.wanted import in_words, lacking, of_group, wishes
from governance.services import groups, wanted
from governance.services.wanted import Terms
from governance.temporal import day_after, day_before
from tests.days import day
from tests.wishes import make_wish, own_groups
from tests.worlds import FIRST, World, appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
NOW = day("2024-03-01")
LAST = day("2025-12-31")


def hold(world: World, level: str = "", last: datetime.date | None = None, **more) -> Mandate:
    mandate = appoint(world.member, make_person(world.company), last=last, **more)
    Mandate.objects.filter(pk=mandate.pk).update(level=level)
    return mandate


def states(world: World, on: datetime.date = NOW) -> list[str]:
    """The words for the world's only wish."""
    found = wishes(SteeringGroup.objects.filter(pk=world.group.pk), on)
    return [status.text for row in found for status, _ in row.statuses]


# -- one seat --------------------------------------------------------------------------------------


def test_a_seat_with_somebody_in_it_is_filled(world):
    make_wish(world)
    hold(world)
    assert states(world) == ["Bemannad"]


def test_a_seat_with_nobody_in_it_is_vacant(world):
    make_wish(world)
    assert states(world) == ["Vakant"]


def test_without_a_seat_that_says_so_there_is_none(world):
    wish = make_wish(world)
    hold(world)
    Seat.objects.update(fulfils=None)
    assert states(world) == ["Plats saknas"]
    [row] = of_group(SteeringGroup.objects.with_state(NOW).get(pk=world.group.pk), NOW).now
    assert (row.wish, row.loose) == (wish, (world.member,))


def test_a_mandate_that_ends_within_the_notice_is_told_with_its_last_day(world):
    make_wish(world)
    hold(world, last=day("2024-04-30"))
    assert states(world) == ["Går ut den 30 april"]
    assert states(world, day("2023-04-30")) == ["Bemannad"]


def test_the_days_of_a_mandate_on_its_edges(world):
    make_wish(world)
    first, last = day("2022-01-01"), day("2022-12-31")
    hold(world, last=last, first=first)
    assert states(world, day_before(first)) == ["Börjar den 1 januari 2022"]
    assert states(world, first) == ["Bemannad"]
    assert states(world, last) == ["Går ut den 31 december"]
    assert states(world, day_after(last)) == ["Har gått ut, inget nytt beslut"]


def test_the_days_of_a_wish_on_its_edges(world):
    first, last = day("2022-01-01"), day("2022-12-31")
    make_wish(world, valid_from=first, valid_through=last)
    assert states(world, day_before(first)) == []
    assert states(world, first) == states(world, last) == ["Vakant"]
    assert states(world, day_after(last)) == []


def test_the_days_of_a_seat_on_its_edges(world):
    make_wish(world)
    first, last = day("2022-01-01"), day("2022-12-31")
    Seat.objects.filter(pk=world.member.pk).update(valid_from=first, valid_through=last)
    assert states(world, day_before(first)) == ["Plats saknas"]
    assert states(world, first) == states(world, last) == ["Vakant"]
    assert states(world, day_after(last)) == ["Plats saknas"]


def test_on_leave_without_anybody_acting_is_vacant(world):
    make_wish(world)
    mandate = hold(world)
    Leave.objects.create(mandate=mandate, valid_from=NOW, valid_through=NOW)
    assert states(world, day_before(NOW)) == states(world, day_after(NOW)) == ["Bemannad"]
    assert states(world) == ["Vakant"]


# -- levels ----------------------------------------------------------------------------------------

HIGH, MIDDLE, LOW = Level.DECIDING, Level.AUTHORIZED, Level.OPERATIVE
LEVELS = [
    # wanted, held, what is said
    (HIGH, HIGH, "Bemannad"),
    (HIGH, MIDDLE, "För låg nivå"),
    (HIGH, LOW, "För låg nivå"),
    (MIDDLE, HIGH, "Bemannad"),
    (MIDDLE, MIDDLE, "Bemannad"),
    (MIDDLE, LOW, "För låg nivå"),
    (LOW, HIGH, "Bemannad"),
    (LOW, MIDDLE, "Bemannad"),
    (LOW, LOW, "Bemannad"),
    ("", LOW, "Bemannad"),
    (HIGH, "", "Bemannad"),
    ("", "", "Bemannad"),
]


@pytest.mark.parametrize(("wanted_level", "held_level", "said"), LEVELS)
def test_the_level_or_above_is_right_and_what_is_not_said_is_not_held_against_anybody(
    world, wanted_level, held_level, said
):
    make_wish(world, level=wanted_level)
    hold(world, held_level)
    assert states(world) == [said]


def test_it_is_the_level_of_whoever_holds_the_seat_that_counts(world):
    make_wish(world, level=MIDDLE)
    hold(world, MIDDLE)
    acting = appoint(world.member, make_person(world.company), first=NOW, last=NOW, kind="acting")
    Mandate.objects.filter(pk=acting.pk).update(level=LOW)
    assert states(world, day_before(NOW)) == ["Bemannad"]
    assert states(world) == ["För låg nivå"]
    assert states(world, day_after(NOW)) == ["Bemannad"]


def test_too_low_a_level_is_said_before_that_it_ends(world):
    make_wish(world, level=HIGH)
    hold(world, LOW, last=day("2024-04-30"))
    assert states(world) == ["För låg nivå"]


# -- several ---------------------------------------------------------------------------------------


def another(world: World, number: int) -> Seat:
    return make_seat(world.group, world.company, world.member.function.code, number=number)


def test_each_of_those_wanted_is_in_one_state(world):
    seats = [another(world, number) for number in (2, 3)]
    make_wish(world, number=5, level=MIDDLE)
    hold(world, HIGH)
    low = appoint(seats[0], make_person(world.company))
    Mandate.objects.filter(pk=low.pk).update(level=LOW)
    [row] = wishes(own_groups(), NOW)
    assert row.counts == Counter(filled=1, wrong_level=1, vacant=1, no_seat=2)
    assert states(world) == ["2 platser saknas", "Vakant", "För låg nivå", "Bemannad"]
    assert in_words(row.counts) == (
        "1 plats är bemannad, 1 hålls på för låg nivå, 1 är utan ledamot, 2 platser saknas"
    )


def test_a_seat_too_many_never_makes_it_look_unmet(world):
    another(world, 2)
    make_wish(world, number=1)
    hold(world)
    assert states(world) == ["Bemannad"]


def test_a_seat_for_a_deputy_meets_no_wish(world):
    Seat.objects.filter(pk=world.member.pk).update(role="deputy")
    wanted.want(
        user=None,
        groups=[world.group],
        function=world.member.function,
        organization_kind="bostadsbolag",
        terms=Terms(),
        first_day=FIRST,
    )
    assert states(world) == ["Plats saknas"]
    [row] = wishes(own_groups(), NOW)
    assert row.loose == ()


# -- groups ----------------------------------------------------------------------------------------


def test_a_resting_group_is_counted_and_a_proposed_or_ended_one_is_not(world):
    make_wish(world)
    groups.rest(user=None, group=world.group, first_day=day("2023-01-01"))
    assert states(world) == ["Vakant"]
    world.group.decisions.all().delete()
    assert states(world) == []
    proposed = SteeringGroup.objects.with_state(NOW).get(pk=world.group.pk)
    found = of_group(proposed, NOW)
    assert found.counts == Counter()
    assert [status.text for status, _ in found.now[0].statuses] == ["Gruppen är inte aktiv än"]


def test_what_lacks_seats_is_offered_when_a_seat_is_added(world):
    wish = make_wish(world)
    group = SteeringGroup.objects.with_state(NOW).get(pk=world.group.pk)
    assert lacking(group, NOW) == []
    WantedFunction.objects.filter(pk=wish.pk).update(number=2)
    assert [row.wish for row in lacking(group, NOW)] == [wish]


def test_wishes_to_come_and_earlier_ones_stand_beside(world):
    make_wish(world, valid_through=day_before(NOW))
    coming = make_wish(world, valid_from=day_after(NOW))
    group = SteeringGroup.objects.with_state(NOW).get(pk=world.group.pk)
    found = of_group(group, NOW)
    assert (found.now, found.coming, len(found.earlier)) == ([], [coming], 1)
