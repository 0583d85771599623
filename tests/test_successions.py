"""One organisation after another, and one person in many groups."""

import pytest

from governance.models import Mandate, Organization, Person, Seat
from governance.services import successions
from governance.services.mandates import NewPerson
from governance.services.seats import last_seen_seats
from governance.temporal import day_after, day_before
from tests.days import day
from tests.verbs import caused, refused
from tests.worlds import FIRST, appoint, local_under, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
TURN = day("2025-01-01")


@pytest.fixture
def new(world) -> Organization:
    return Organization.objects.create(
        name="Nya polisen", slug="nya-polisen", kind="lokalpolisomrade", valid_from=TURN
    )


@pytest.fixture
def police(world) -> list[Seat]:
    """Seats of the police in two groups."""
    other = make_group(world.agreement, "Andra gruppen")
    return [
        make_seat(group, world.police, "provstad-polischef", "vice_chair")
        for group in (world.group, other)
    ]


@pytest.fixture
def chief(world, police) -> list[Mandate]:
    person = make_person(world.police)
    return [appoint(seat, person) for seat in police]


def succeed(world, new, seats, **more):
    arguments = {"first_day": TURN, "keep_people": [], "seats": seats, **more}
    return successions.succeed(user=None, old=world.police, new=new, **arguments)


# -- organisation efterträds ----------------------------------------------------------------


def test_seats_end_successors_get_seats_and_chosen_mandates_go_with_them(world, new, police, chief):
    act = succeed(world, new, police, keep_people=[chief[0]])
    for seat in police:
        seat.refresh_from_db()
        assert seat.valid_through == day_before(TURN)
    made = list(Seat.objects.filter(organization=new).order_by("pk"))
    assert [(seat.group, seat.role, seat.valid_from, seat.valid_through) for seat in made] == [
        (seat.group, "vice_chair", TURN, None) for seat in police
    ]
    [kept] = Mandate.objects.filter(seat__in=made)
    assert (kept.seat, kept.person, kept.valid_from) == (made[0], chief[0].person, TURN)
    assert {row.end_reason for row in Mandate.objects.filter(seat__in=police)} == {"seat_ended"}
    assert (act.verb, set(act.groups.all())) == ("succeed", {seat.group for seat in police})
    assert act.summary.splitlines()[:2] == [
        "Provstads polis efterträds av Nya polisen den 1 januari 2025 på 2 platser.",
        "Sista dagen för Provstads polis är den 31 december 2024. 1 uppdrag följer med.",
    ]
    assert caused(act) == [
        ("mandate", "+"), ("mandate", "~"), ("mandate", "~"),
        ("seat", "+"), ("seat", "+"), ("seat", "~"), ("seat", "~"),
    ]  # fmt: skip


def test_an_organisation_is_split_by_succeeding_it_once_for_each_part(world, new, police, chief):
    second = Organization.objects.create(
        name="Andra polisen", slug="andra-polisen", kind="lokalpolisomrade", valid_from=TURN
    )
    succeed(world, new, police[:1], keep_people=chief)
    succeed(world, second, police[1:])
    assert [Seat.objects.get(organization=each).group for each in (new, second)] == [
        seat.group for seat in police
    ]


def test_a_seat_that_begins_that_very_day_is_changed_and_not_succeeded(world, new, police):
    Seat.objects.filter(pk=police[0].pk).update(valid_from=TURN)
    said = refused(succeed, world=world, new=new, seats=police)
    assert "börjar samma dag. Ändra platsen i stället." in said["seats"][0]
    succeed(world, new, police, first_day=day_after(TURN))


def test_what_cannot_be_succeeded_is_refused_in_words(world, new, police):
    assert list(refused(succeed, world=world, new=new, seats=[])) == ["seats"]
    assert list(refused(succeed, world=world, new=world.police, seats=police)) == ["new"]
    said = refused(succeed, world=world, new=new, seats=[world.chair])
    assert "hör inte till Provstads polis" in said["seats"][0]
    early = refused(succeed, world=world, new=new, seats=police, first_day=day_before(TURN))
    assert early == {"organization": ["Nya polisen finns inte den 31 december 2024."]}
    before = refused(succeed, world=world, new=new, seats=police, first_day=day_before(FIRST))
    assert list(before) == ["first_day"]


# -- en person i alla grupper ------------------------------------------------------------------


def test_one_person_sits_everywhere_from_each_first_day(world, police, chief):
    person = make_person(world.police, "Ny", "Chefsson")
    choices = [(police[0], TURN), (police[1], day_after(TURN))]
    act = successions.appoint_everywhere(user=None, person=person, choices=choices)
    rows = Mandate.objects.filter(person=person).order_by("seat__pk")
    assert [(row.seat, row.valid_from) for row in rows] == choices
    for row, first in zip(chief, (TURN, day_after(TURN)), strict=True):
        row.refresh_from_db()
        assert (row.valid_through, row.end_reason) == (day_before(first), "replaced")
    assert set(act.groups.all()) == {seat.group for seat in police}
    assert act.summary.startswith("Samma person utses på 2 platser i 2 grupper.")


def test_somebody_new_is_entered_once(police):
    successions.appoint_everywhere(
        user=None, person=NewPerson("Ny", "Chefsson"), choices=[(seat, TURN) for seat in police]
    )
    assert Person.objects.filter(mandates__seat__in=police).distinct().count() == 1


def test_all_or_nothing_and_every_fault_is_told(world, police):
    Seat.objects.filter(pk__in=[seat.pk for seat in police]).update(valid_through=day_before(TURN))
    said = refused(
        successions.appoint_everywhere,
        user=None,
        person=make_person(world.police),
        choices=[(world.chair, TURN), *((seat, TURN) for seat in police)],
    )
    assert set(said) == {f"seat-{seat.pk}" for seat in police}


def test_seats_of_two_agreements_or_of_none_and_what_is_stale_are_refused(world, police):
    call = {"user": None, "person": make_person(world.police)}
    everywhere = successions.appoint_everywhere
    assert list(refused(everywhere, **call, choices=[])) == ["seats"]
    far = make_seat(make_group(local_under(world.agreement), "Långt bort"), world.police, "chef")
    said = refused(everywhere, **call, choices=[(police[0], TURN), (far, TURN)])
    assert "olika överenskommelser" in said["seats"][0]
    seen = last_seen_seats(police)
    everywhere(**call, choices=[(police[0], TURN)])
    said = refused(everywhere, **call, choices=[(police[1], TURN), (police[0], TURN)], seen=seen)
    assert "har ändrats sedan du öppnade sidan" in said[""][0]
