"""Seats are added, changed from a day on and ended; mandates go with them."""

import pytest

from governance.models import Act, Leave, Mandate, Measure, Organization, Seat, SteeringGroup
from governance.services import endings, mandates, seats
from governance.temporal import day_before
from tests.days import day
from tests.following import make_measure, make_priority
from tests.verbs import caused, counts, refused
from tests.worlds import FIRST, appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")
LAST = day("2024-12-31")


@pytest.fixture
def seat(world):
    return world.member


@pytest.fixture
def person(world):
    return make_person(world.company)


def add(world, **more) -> Act:
    arguments = {
        "user": None,
        "group": world.group,
        "organization": world.company,
        "function": world.member.function,
        "first_day": TURN,
        **more,
    }
    return seats.add_seat(**arguments)


def days(row) -> tuple[str, str]:
    return str(row.valid_from), str(row.valid_through or "")


# -- add ----------------------------------------------------------------------------------


def test_a_seat_stands_empty_from_its_day_and_gets_the_next_number(world):
    act = add(world, mailbox="chef@example.org")
    made = Seat.objects.get(number=2)
    assert (days(made), made.role, made.mailbox) == (
        ("2024-03-01", ""),
        "member",
        "chef@example.org",
    )
    assert (act.verb, list(act.groups.all()), caused(act)) == (
        "seat",
        [world.group],
        [("seat", "+")],
    )
    assert act.summary == (
        "Ny plats i gruppen: provstad-chef, Provstads bostäder 2 i Lokala gruppen i Provstad, "
        "ledamot, från och med den 1 mars 2024."
    )


def test_a_number_that_is_taken_is_refused_and_one_that_is_free_is_kept(world):
    said = refused(add, world=world, number=1)
    assert said == {
        "__all__": [
            "Gruppen har redan en sådan plats under de dagarna. Ge den nya ett eget nummer."
        ]
    }
    add(world, number=7)
    assert Seat.objects.filter(number=7).exists()


@pytest.mark.parametrize(("role", "word"), [("chair", "ordförande"), ("secretary", "sekreterare")])
def test_a_party_has_one_chair_and_one_secretary_in_a_group(world, role, word):
    said = refused(add, world=world, organization=world.city, role=role)
    assert said == {
        "__all__": [f"Organisationen har redan en plats som {word} i gruppen under de dagarna."]
    }
    add(world, organization=world.police, role=role)  # another party may have its own


def test_a_seat_lies_within_its_group_and_its_organisation(world):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=LAST)
    assert list(refused(add, world=world, first_day=day_before(FIRST))) == ["first_day"]
    assert list(refused(add, world=world, first_day=day("2025-01-01"))) == ["first_day"]
    Organization.objects.filter(pk=world.police.pk).update(valid_from=day("2024-03-02"))
    world.police.refresh_from_db()
    assert list(refused(add, world=world, organization=world.police)) == ["organization"]
    add(world)
    assert Seat.objects.get(number=2).valid_through == LAST


# -- change ---------------------------------------------------------------------------------


def test_a_new_role_is_a_new_seat_and_the_mandate_goes_on_in_it(seat, person):
    mandate = appoint(seat, person, last=day("2025-06-30"))
    Leave.objects.create(mandate=mandate, valid_from=day("2024-02-01"), valid_through=LAST)
    act = seats.change_seat(user=None, seat=seat, first_day=TURN, role="vice_chair")
    old, new = Seat.objects.filter(group=seat.group, function=seat.function).order_by("pk")
    assert (days(old), old.role) == (("2020-01-01", "2024-02-29"), "member")
    assert (days(new), new.role, new.number) == (("2024-03-01", ""), "vice_chair", 1)
    [before], [after] = old.mandates.all(), new.mandates.all()
    assert (days(before), before.end_reason) == (("2020-01-01", "2024-02-29"), "seat_ended")
    assert (days(after), after.person, after.end_reason) == (
        ("2024-03-01", "2025-06-30"),
        person,
        "",
    )
    assert [days(each.leaves.get()) for each in (before, after)] == [
        ("2024-02-01", "2024-02-29"),
        ("2024-03-01", "2024-12-31"),
    ]
    assert caused(act) == [
        ("leave", "+"), ("leave", "~"), ("mandate", "+"), ("mandate", "~"),
        ("seat", "+"), ("seat", "~"),
    ]  # fmt: skip
    assert "Uppdragen följer med." in act.summary


def test_a_planned_mandate_is_moved_as_it_is(seat, person, world):
    mandate = appoint(seat, person, first=TURN)
    Leave.objects.create(mandate=mandate, valid_from=LAST)
    seats.change_seat(user=None, seat=seat, first_day=TURN, organization=world.police)
    new = Seat.objects.get(organization=world.police)
    mandate.refresh_from_db()
    assert (mandate.seat, mandate.valid_from) == (new, TURN)
    assert mandate.leaves.get().valid_from == LAST
    assert not seat.mandates.exists()


def test_earlier_mandates_stay_where_they_were(seat, person):
    earlier = appoint(seat, person, last=day("2024-02-29"))
    seats.change_seat(user=None, seat=seat, first_day=TURN, role="convener")
    assert Mandate.objects.get().pk == earlier.pk
    assert Mandate.objects.get().end_reason == ""


@pytest.mark.parametrize("first", [TURN, FIRST])
def test_a_mailbox_or_a_change_from_the_very_first_day_is_made_in_place(seat, first):
    more = {"mailbox": "ny@example.org"} if first == TURN else {"role": "convener"}
    act = seats.change_seat(user=None, seat=seat, first_day=first, **more)
    assert caused(act) == [("seat", "~")]
    seat.refresh_from_db()
    assert days(seat) == ("2020-01-01", "")
    assert all(getattr(seat, name) == value for name, value in more.items())


def test_what_is_so_already_or_lies_outside_the_seat_is_refused(seat):
    change = {"user": None, "seat": seat}
    assert refused(seats.change_seat, **change, first_day=TURN, role="member") == {
        "": ["Platsen är redan sådan. Inget har ändrats."]
    }
    said = refused(seats.change_seat, **change, first_day=day_before(FIRST), role="convener")
    assert list(said) == ["first_day"]


def test_a_changed_seat_takes_the_next_number_when_its_own_is_taken(seat, world):
    make_seat(world.group, world.police, seat.function.code)
    seats.change_seat(user=None, seat=seat, first_day=TURN, organization=world.police)
    numbers = Seat.objects.filter(organization=world.police).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


# -- end ----------------------------------------------------------------------------------------


def test_a_seat_ends_with_its_mandates_and_leaves(seat, person, world):
    mandate = appoint(seat, person, last=LAST)
    Leave.objects.create(mandate=mandate, valid_from=TURN)
    appoint(seat, make_person(world.company), first=day("2025-01-01"))
    act = seats.end_seat(user=None, seat=seat, last_day=day("2024-06-30"))
    seat.refresh_from_db()
    [left] = seat.mandates.all()
    assert seat.valid_through == left.valid_through == left.leaves.get().valid_through
    assert left.end_reason == "seat_ended"
    assert act.summary.endswith(
        "Sista dagen är den 30 juni 2024. 1 uppdrag avslutas samma dag. "
        "1 som inte hade börjat återkallas."
    )


@pytest.mark.parametrize("last", [LAST, day("2025-01-01")])
def test_a_seat_that_has_an_end_is_only_shortened(seat, last):
    seats.end_seat(user=None, seat=seat, last_day=LAST)
    said = refused(seats.end_seat, user=None, seat=seat, last_day=last)
    assert said == {"last_day": ["Platsen slutar redan den 31 december 2024."]}


def test_a_seat_that_has_not_begun_is_withdrawn(world):
    add(world, organization=world.police)
    planned = Seat.objects.get(organization=world.police)
    appoint(planned, make_person(world.police), first=TURN)
    act = seats.end_seat(user=None, seat=planned, last_day=day_before(TURN))
    assert caused(act) == [("mandate", "-"), ("seat", "-")]
    assert "återkallas innan platsen har börjat" in act.summary
    before = counts()
    with pytest.raises(seats.Stale):
        mandates.appoint(user=None, seat=planned, person=make_person(world.police), first_day=TURN)
    assert counts()["governance_act"] == before["governance_act"]


# -- with the group ------------------------------------------------------------------------------


def test_dissolving_a_group_ends_its_leaves_too(world, seat, person):
    mandate = appoint(seat, person)
    Leave.objects.create(mandate=mandate, valid_from=TURN, valid_through=LAST)
    coming = Leave.objects.create(mandate=mandate, valid_from=day("2025-01-01"))
    act = endings.dissolve(user=None, group=world.group, last_day=day("2024-06-30"))
    assert [days(leave) for leave in mandate.leaves.all()] == [("2024-03-01", "2024-06-30")]
    assert not Leave.objects.filter(pk=coming.pk).exists()
    assert ("leave", "-") in caused(act)
    assert ("leave", "~") in caused(act)


@pytest.mark.parametrize("number", [1, 2])
def test_a_seat_that_a_measure_names_is_not_withdrawn_and_says_which(world, number):
    seat = make_seat(world.group, world.company, "provstad-ny")
    Seat.objects.filter(pk=seat.pk).update(valid_from=day("2024-05-01"))
    priority = make_priority(world.group, own_title="Trygga torg")
    for title in ("Belysning", "Vandringar")[:number]:
        make_measure(priority, world.company, title=title, seat=seat)
    said = str(refused(seats.end_seat, user=None, seat=seat, last_day=day("2024-04-30")))
    assert "”Belysning” i Lokala gruppen i Provstad" in said
    assert ("”Vandringar”" in said) == (number == 2)
    assert "Välj en annan ansvarig plats, eller ingen, med Ändra åtgärden" in said
    Measure.objects.update(seat=None)
    seats.end_seat(user=None, seat=seat, last_day=day("2024-04-30"))
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_a_seat_that_has_begun_ends_though_a_measure_names_it(world):
    priority = make_priority(world.group, own_title="Trygga torg")
    make_measure(priority, world.company, seat=world.member)
    seats.end_seat(user=None, seat=world.member, last_day=day("2024-04-30"))
    assert Measure.objects.get().seat == world.member
