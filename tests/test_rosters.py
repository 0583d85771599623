"""The status of a seat on a day, and who counts as sitting there."""

import pytest

from governance.models import GroupDecision, Mandate, SteeringGroup
from governance.queries.rosters import count_by_group, roster
from governance.queries.seat_tables import SeatTable
from tests.days import day
from tests.worlds import appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db


def on(group: SteeringGroup, text: str) -> SteeringGroup:
    return SteeringGroup.objects.with_state(day(text)).get(pk=group.pk)


def status_of(seat, text: str, user) -> tuple[str, str]:
    rows = roster(user, on(seat.group, text), day(text)).rows
    return next((row.status.code, row.status.text) for row in rows if row.seat == seat)


@pytest.fixture
def reader(world, django_user_model):
    return django_user_model.objects.create_user("reader@example.org")


@pytest.fixture
def person(world):
    return make_person(world.company)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("2024-01-01", "filled", "Bemannad"),  # 90 days and one before the last day
        ("2024-01-02", "ending", "Går ut den 1 april"),  # exactly 90 days before
        ("2024-03-31", "ending", "Går ut den 1 april"),  # the day before
        ("2024-04-01", "ending", "Går ut den 1 april"),  # the last day counts
        ("2024-04-02", "lapsed", "Har gått ut, inget nytt beslut"),  # the day after
    ],
)
def test_a_mandate_warns_before_its_last_day_and_never_counts_after_it(
    world, reader, person, text, code, words
):
    appoint(world.member, person, day("2023-01-01"), day("2024-04-01"))
    assert status_of(world.member, text, reader) == (code, words)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("2023-12-31", "starting", "Börjar den 1 maj 2024"),  # another year is named
        ("2024-04-30", "starting", "Börjar den 1 maj"),
        ("2024-05-01", "filled", "Bemannad"),
    ],
)
def test_a_coming_mandate_is_announced(world, reader, person, text, code, words):
    appoint(world.member, person, day("2024-05-01"))
    assert status_of(world.member, text, reader) == (code, words)


def test_a_follower_on_the_next_day_silences_the_warning(world, reader, person):
    appoint(world.member, person, day("2023-01-01"), day("2024-03-31"))
    appoint(world.member, person, day("2024-04-01"))
    assert status_of(world.member, "2024-03-31", reader)[0] == "filled"


def test_a_follower_after_a_gap_does_not_silence_it(world, reader, person):
    appoint(world.member, person, day("2023-01-01"), day("2024-03-31"))
    appoint(world.member, person, day("2024-04-02"))
    assert status_of(world.member, "2024-03-31", reader)[1] == "Går ut den 31 mars"
    assert status_of(world.member, "2024-04-01", reader)[1] == "Börjar den 2 april"


def test_days_of_notice_are_the_groups_own(world, reader, person):
    SteeringGroup.objects.filter(pk=world.group.pk).update(notice_days=10)
    appoint(world.member, person, day("2023-01-01"), day("2024-03-31"))
    assert status_of(world.member, "2024-03-20", reader)[0] == "filled"
    assert status_of(world.member, "2024-03-21", reader)[0] == "ending"


def test_a_seat_is_vacant_when_nobody_ever_sat_there_or_the_last_left_with_a_reason(
    world, reader, person
):
    assert status_of(world.member, "2024-01-01", reader) == ("vacant", "Vakant")
    mandate = appoint(world.member, person, day("2023-01-01"), day("2023-12-31"))
    assert status_of(world.member, "2024-01-01", reader)[0] == "lapsed"
    mandate.end_reason = Mandate.EndReason.LEFT
    mandate.save()
    assert status_of(world.member, "2024-01-01", reader) == ("vacant", "Vakant")


def test_the_acting_holder_sits_before_the_ordinary_one(world, reader, person):
    other = make_person(world.city)
    appoint(world.member, person, day("2023-01-01"))
    appoint(world.member, other, day("2024-01-01"), day("2024-01-31"), kind="acting")
    held = {
        text: next(
            row.holder.mandate.person
            for row in roster(reader, on(world.group, text), day(text)).rows
            if row.seat == world.member
        )
        for text in ["2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01"]
    }
    assert list(held.values()) == [person, other, other, person]
    # When the acting one leaves, the ordinary one is there: nothing to warn about.
    assert status_of(world.member, "2024-01-31", reader)[0] == "filled"


def test_a_personal_deputy_stands_beside_and_never_fills_the_seat(world, reader, person):
    appoint(world.member, person, day("2023-01-01"), kind="deputy")
    found = roster(reader, on(world.group, "2024-01-01"), day("2024-01-01"))
    row = next(row for row in found.rows if row.seat == world.member)
    assert row.status.text == "Vakant"
    assert row.holder is None
    assert [deputy.mandate.person for deputy in row.deputies] == [person]


def test_a_deputys_seat_is_listed_and_never_counted_among_the_members(world, reader, person):
    deputy = make_seat(world.group, world.company, "provstad-ersattare", "deputy")
    appoint(deputy, person, day("2023-01-01"))
    found = roster(reader, on(world.group, "2024-01-01"), day("2024-01-01"))
    assert deputy in [row.seat for row in found.rows]
    assert (found.counts.filled, found.counts.vacant, found.counts.deputies) == (0, 3, 1)


def test_seats_stand_in_the_order_of_their_roles(world, reader):
    vice = make_seat(world.group, world.police, "provstad-polischef", "vice_chair")
    found = roster(reader, on(world.group, "2024-01-01"), day("2024-01-01"))
    assert [row.seat for row in found.rows] == [world.chair, vice, world.member, world.secretary]


@pytest.mark.parametrize(
    ("text", "seats"), [("2024-06-29", 3), ("2024-06-30", 3), ("2024-07-01", 2)]
)
def test_a_seat_that_has_ended_leaves_the_roster_the_day_after(world, reader, text, seats):
    world.member.valid_through = day("2024-06-30")
    world.member.save()
    assert len(roster(reader, on(world.group, text), day(text)).rows) == seats


def test_seats_of_a_proposed_group_are_neither_filled_nor_vacant(world, reader, person):
    group = make_group(world.agreement, "Förslaget", active=False)
    seat = make_seat(group, world.company, "provstad-vd")
    appoint(seat, person)
    assert status_of(seat, "2024-01-01", reader) == ("closed", "Gruppen är inte aktiv än")
    counts = count_by_group([on(group, "2024-01-01")], day("2024-01-01"))[group.pk]
    assert (counts.filled, counts.vacant, counts.closed) == (0, 0, 1)
    GroupDecision.objects.create(group=group, act="create", first_day=day("2024-01-01"))
    assert status_of(seat, "2024-01-01", reader)[0] == "filled"


def test_the_list_of_groups_counts_as_the_roster_does(world, reader, person):
    appoint(world.chair, person, day("2023-01-01"), day("2024-01-31"))
    appoint(world.member, person, day("2023-01-01"))
    group = on(world.group, "2024-01-01")
    assert count_by_group([group], day("2024-01-01"))[group.pk] == (
        roster(reader, group, day("2024-01-01")).counts
    )


def test_seats_of_an_organisation_are_found_in_every_group(world, person):
    other = make_group(world.agreement, "Andra gruppen i Provstad")
    seat = make_seat(other, world.company, "provstad-vd")
    appoint(seat, person, day("2023-01-01"))
    own = SeatTable(world.agreement.groups.all(), day("2024-01-01")).of(world.company.pk)
    assert [(each.seat, each.status.text) for each in own] == [
        (seat, "Bemannad"),
        (world.member, "Vakant"),
    ]
