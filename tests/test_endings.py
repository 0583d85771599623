"""Dissolving and merging groups, on named days, by the same services as page and admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import (
    Coverage,
    Function,
    GroupDecision,
    Mandate,
    Seat,
    SteeringGroup,
)
from governance.services import acts, endings, groups
from governance.temporal import day_after, day_before
from tests.days import day
from tests.verbs import caused, counts, covered, refused, state
from tests.worlds import FIRST, appoint, make_group, make_person, make_user

pytestmark = pytest.mark.django_db
LAST = day("2024-06-30")
NEXT = day_after(LAST)


@pytest.fixture
def other(world):
    """A second local group, which covers the south."""
    group = make_group(world.agreement, "Andra gruppen")
    Coverage.objects.create(group=group, area=world.south, valid_from=FIRST)
    return group


# -- dissolve ----------------------------------------------------------------------------


def test_all_that_is_dated_on_a_group_ends_with_it_on_the_same_day(world):
    user = make_user("prov@example.org")
    held = appoint(world.chair, make_person(world.city))
    act = endings.dissolve(user=user, group=world.group, last_day=LAST)
    for row in [world.group, world.chair, world.secretary, world.member, held]:
        row.refresh_from_db()
        assert row.valid_through == LAST
    assert held.end_reason == "group_ended"
    assert [covered(world.group, on) for on in (LAST, NEXT)] == [{"Provstads district"}, set()]
    assert [state(world.group, on) for on in (day_before(LAST), LAST, NEXT)] == [
        "active_unregistered",
        "active_unregistered",
        "ended",
    ]
    assert "3 platser, 1 uppdrag och 1 täckning avslutas samma dag." in act.summary
    assert caused(act) == [
        ("coverage", "~"),
        ("groupdecision", "+"),
        ("mandate", "~"),
        ("seat", "~"),
        ("seat", "~"),
        ("seat", "~"),
        ("steeringgroup", "~"),
    ]
    assert set(Seat.history.filter(caused_by=act).values_list("history_user", flat=True)) == {
        user.pk
    }


def test_ending_only_shortens_what_lasts_longer(world):
    earlier = appoint(world.chair, make_person(world.city), last=day("2022-12-31"))
    same_day = appoint(world.secretary, make_person(world.city), last=LAST)
    endings.dissolve(user=None, group=world.group, last_day=LAST)
    for row, last in [(earlier, day("2022-12-31")), (same_day, LAST)]:
        row.refresh_from_db()
        assert (row.valid_through, row.end_reason) == (last, "")
    assert Mandate.history.filter(history_type="~").count() == 0


def test_what_had_not_begun_is_withdrawn_and_stays_in_the_history(world):
    person = make_person(world.city)
    later = appoint(world.chair, person, first=NEXT)
    begun = appoint(world.secretary, make_person(world.city), first=LAST)
    planned = Seat.objects.create(
        group=world.group,
        organization=world.company,
        function=world.chair.function,
        valid_from=NEXT,
    )
    groups.rest(user=None, group=world.group, first_day=day("2025-01-01"))
    gone = later.pk
    act = endings.dissolve(user=None, group=world.group, last_day=LAST)
    assert "3 uppgifter som inte hade börjat återkallas." in act.summary
    assert not Seat.objects.filter(pk=planned.pk).exists()
    assert not GroupDecision.objects.filter(group=world.group, act="rest").exists()
    assert not Mandate.objects.filter(pk=gone).exists()
    begun.refresh_from_db()
    assert (begun.valid_from, begun.valid_through) == (LAST, LAST)
    kept = Mandate.history.get(id=gone, history_type="-")
    assert (kept.caused_by, kept.person, kept.valid_from) == (act, person, NEXT)
    assert Seat.history.get(id=planned.pk, history_type="-").caused_by == act


def test_a_successor_is_named_and_nothing_is_moved_to_it(world, other):
    act = endings.dissolve(user=None, group=world.group, last_day=LAST, successor=other)
    assert list(world.group.successors.all()) == [other]
    assert covered(other, NEXT) == {"Södra Provstad"}
    assert "Efterföljare: Andra gruppen." in act.summary


def test_a_group_that_ended_may_end_earlier_but_not_later(world, other):
    endings.dissolve(user=None, group=world.group, last_day=LAST, successor=world.central)
    said = refused(endings.dissolve, user=None, group=world.group, last_day=NEXT)
    assert said == {"last_day": ["Lokala gruppen i Provstad har redan sista dag den 30 juni 2024."]}
    refused(endings.dissolve, user=None, group=world.group, last_day=LAST)
    endings.dissolve(user=None, group=world.group, last_day=day_before(LAST), successor=other)
    assert [row.first_day for row in world.group.decisions.filter(act="dissolve")] == [LAST]
    assert list(world.group.successors.all()) == [other]


def test_the_last_day_may_be_the_first_but_not_the_day_before(world):
    said = refused(endings.dissolve, user=None, group=world.group, last_day=day_before(FIRST))
    assert said["last_day"] == [
        "Lokala gruppen i Provstad börjar den 1 januari 2020 och kan inte sluta före det."
    ]
    endings.dissolve(user=None, group=world.group, last_day=FIRST)
    assert covered(world.group, FIRST) == {"Provstads district"}


@pytest.mark.parametrize("who", ["itself", "elsewhere", "ended"])
def test_an_impossible_successor_is_refused(world, other, elsewhere, who):
    SteeringGroup.objects.filter(pk=other.pk).update(valid_through=LAST)
    other.refresh_from_db()
    chosen = {"itself": world.group, "elsewhere": elsewhere.group, "ended": other}[who]
    said = refused(endings.dissolve, user=None, group=world.group, last_day=LAST, successor=chosen)
    assert list(said) == ["successor"]


def test_groups_under_a_dissolved_one_are_named(world):
    act = endings.dissolve(user=None, group=world.central, last_day=LAST)
    assert "Under en grupp som avslutas ligger kvar: Lokala gruppen i Provstad." in act.summary


def with_seats(world, number: int, held: int) -> None:
    function = Function.objects.create(code="many", title="Många")
    seats = [
        Seat(
            group=world.group,
            organization=world.company,
            function=function,
            number=n,
            valid_from=FIRST,
        )
        for n in range(1, number + 1)
    ]
    person = make_person(world.company)
    Seat.objects.bulk_create(seats)
    Mandate.objects.bulk_create(
        [Mandate(seat=seat, person=person, valid_from=FIRST) for seat in seats[:held]]
    )


def test_500_seats_end_in_as_many_queries_as_ten(world, elsewhere):
    numbers = []
    for place, seats in [(world, 10), (elsewhere, 500)]:
        Function.objects.filter(code="many").update(code="few")
        with_seats(place, seats, seats)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            endings.dissolve(user=None, group=place.group, last_day=LAST)
        numbers.append(len(queries))
    assert numbers[1] - numbers[0] <= 24  # SQLite writes 500 history rows in parcels
    assert numbers[1] <= 80
    assert elsewhere.group.seats.filter(valid_through=LAST).count() == 503


def test_a_fault_in_the_middle_leaves_nothing(world, monkeypatch):
    appoint(world.chair, make_person(world.city))
    before = counts()
    monkeypatch.setattr(endings, "decide", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        endings.dissolve(user=None, group=world.group, last_day=LAST)
    assert counts() == before
    world.group.refresh_from_db()
    assert world.group.valid_through is None


def test_a_rehearsed_ending_changes_nothing(world, other):
    appoint(world.chair, make_person(world.city), first=day("2030-01-01"))
    before = counts()
    arguments = {"user": None, "groups": [world.group], "into": other, "first_day": NEXT}
    told = acts.rehearse(endings.merge, **arguments)
    assert counts() == before
    assert told == endings.merge(**arguments).summary.splitlines()
