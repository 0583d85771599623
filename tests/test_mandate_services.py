"""Appointing, replacing and standing in."""

import pytest

from governance.models import Mandate, Person
from governance.services import mandates
from governance.services.mandates import Details, NewPerson
from governance.services.seats import last_seen_seats
from governance.temporal import day_before
from tests.days import day
from tests.verbs import caused, refused
from tests.worlds import appoint, make_person, make_user

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")


@pytest.fixture
def user(db):
    return make_user("prov@example.org")


@pytest.fixture
def seat(world):
    return world.member


@pytest.fixture
def person(world):
    return make_person(world.company, title="områdeschef")


@pytest.fixture
def other(world):
    return make_person(world.company, "Annan", "Provberg")


def held(seat, kind="ordinary") -> list[tuple]:
    rows = Mandate.objects.filter(seat=seat, kind=kind).order_by("valid_from")
    return [(row.person_id, str(row.valid_from), str(row.valid_through or "")) for row in rows]


# -- utse -----------------------------------------------------------------------------------


def test_only_person_and_first_day_are_needed(world, seat, person, user):
    act = mandates.appoint(user=user, seat=seat, person=person, first_day=TURN)
    assert (act.user, act.verb, act.agreement) == (user, "appoint", world.agreement)
    assert list(act.groups.all()) == [world.group]
    assert act.summary == (
        "Provstad-chef, Provstads bostäder i Lokala gruppen i Provstad: "
        "ledamot utses från och med den 1 mars 2024."
    )
    [mandate] = seat.mandates.all()
    assert (mandate.title_then, mandate.basis, mandate.valid_through) == (
        "områdeschef",
        "position",
        None,
    )
    assert caused(act) == [("mandate", "+")]


def test_a_new_person_works_at_the_organisation_of_the_seat_and_is_not_named(seat, world):
    new = NewPerson("Ny", "Nygren", title="chef", protected=True)
    act = mandates.appoint(user=None, seat=seat, person=new, first_day=TURN)
    made = Person.objects.get(mandates__seat=seat)
    assert (made.organization, made.title, made.protected) == (world.company, "chef", True)
    assert made.name.full == "Ny Nygren"
    assert "Ny" not in act.summary.replace("Nygren", "Ny").split()
    assert caused(act) == [("mandate", "+"), ("person", "+"), ("personname", "+")]


def test_a_new_person_needs_a_given_name(seat):
    said = refused(mandates.appoint, user=None, seat=seat, person=NewPerson(" "), first_day=TURN)
    assert said == {"given_name": ["Skriv personens förnamn."]}


def test_what_is_known_of_the_mandate_is_kept(seat, person):
    known = Details("deciding", "tf chef", "superior", "protokoll 4", day("2024-02-01"))
    mandates.appoint(user=None, seat=seat, person=person, first_day=TURN, details=known)
    [row] = seat.mandates.all()
    assert (
        Details(row.level, row.title_then, row.basis, row.basis_reference, row.decided_on) == known
    )


def test_a_held_seat_is_refused_until_the_day_after(seat, person, other):
    appoint(seat, person, last=day("2024-03-31"))
    said = refused(
        mandates.appoint, user=None, seat=seat, person=other, first_day=day("2024-03-31")
    )
    assert said == {
        "first_day": [
            "Platsen har redan en ledamot till och med den 31 mars 2024. "
            "Välj ett senare datum eller avsluta det uppdraget först."
        ]
    }
    mandates.appoint(user=None, seat=seat, person=other, first_day=day("2024-04-01"))
    assert [row[1:] for row in held(seat)] == [
        ("2020-01-01", "2024-03-31"),
        ("2024-04-01", ""),
    ]


def test_a_planned_follower_asks_for_a_last_day_before_it(seat, person, other):
    appoint(seat, person, first=day("2024-05-01"))
    said = refused(mandates.appoint, user=None, seat=seat, person=other, first_day=TURN)
    assert "från och med den 1 maj 2024" in said["last_day"][0]
    mandates.appoint(user=None, seat=seat, person=other, first_day=TURN, last_day=day("2024-04-30"))


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2019-12-31", None, "first_day"),
        ("2025-01-01", None, "first_day"),
        ("2024-03-01", "2025-01-01", "last_day"),
        ("2024-03-01", "2024-02-29", "last_day"),
    ],
)
def test_a_mandate_lies_within_its_seat(seat, person, first, last, field):
    type(seat).objects.filter(pk=seat.pk).update(valid_through=day("2024-12-31"))
    last_day = day(last) if last else None
    said = refused(
        mandates.appoint, user=None, seat=seat, person=person, first_day=day(first),
        last_day=last_day,
    )  # fmt: skip
    assert list(said) == [field]


def test_without_a_last_day_it_lasts_as_long_as_the_seat(seat, person):
    type(seat).objects.filter(pk=seat.pk).update(valid_through=day("2024-12-31"))
    act = mandates.appoint(user=None, seat=seat, person=person, first_day=TURN)
    assert held(seat) == [(person.pk, "2024-03-01", "2024-12-31")]
    assert "till och med den 31 december 2024" in act.summary


def test_what_was_seen_before_somebody_else_changed_it_is_stale(seat, person, other):
    seen = last_seen_seats([seat])
    assert seen == 0
    act = mandates.appoint(user=None, seat=seat, person=person, first_day=TURN, seen=seen)
    assert last_seen_seats([seat]) == act.pk
    said = refused(
        mandates.replace, user=None, seat=seat, person=other, first_day=day("2024-06-01"),
        seen=seen,
    )  # fmt: skip
    assert said[""][0].startswith("Bemanningen har ändrats sedan du öppnade sidan.")


# -- byt and planera ---------------------------------------------------------------------------


def test_replacing_ends_the_holder_the_day_before(seat, person, other):
    appoint(seat, person)
    act = mandates.replace(user=None, seat=seat, person=other, first_day=TURN)
    assert held(seat) == [
        (person.pk, "2020-01-01", str(day_before(TURN))),
        (other.pk, "2024-03-01", ""),
    ]
    assert seat.mandates.get(person=person).end_reason == "replaced"
    assert caused(act) == [("mandate", "+"), ("mandate", "~")]
    assert act.verb == "replace"
    assert "Sista dagen är den 29 februari 2024 (ersattes)." in act.summary


def test_a_follower_is_planned_after_a_last_day_that_is_already_set(seat, person, other):
    appoint(seat, person, last=day("2024-04-30"))
    mandates.replace(user=None, seat=seat, person=other, first_day=day("2024-05-02"))
    assert [row[1:] for row in held(seat)] == [("2020-01-01", "2024-04-30"), ("2024-05-02", "")]


def test_an_empty_seat_has_nobody_to_replace(seat, other):
    said = refused(mandates.replace, user=None, seat=seat, person=other, first_day=TURN)
    assert said == {
        "first_day": ["Platsen har ingen ledamot före den 1 mars 2024. Utse en ledamot i stället."]
    }


def test_nobody_is_replaced_before_the_first_mandate_and_the_refusal_says_when(seat, person, other):
    appoint(seat, person, first=day("2024-03-02"))
    said = refused(mandates.replace, user=None, seat=seat, person=other, first_day=TURN)
    assert said == {
        "first_day": [
            "Platsen har ingen ledamot den 1 mars 2024. Det första uppdraget där börjar den "
            "2 mars 2024. Välj den dagen eller en senare."
        ]
    }


def test_a_holder_who_would_have_begun_that_day_is_withdrawn(seat, person, other):
    appoint(seat, person, first=TURN)
    act = mandates.replace(user=None, seat=seat, person=other, first_day=TURN)
    assert held(seat) == [(other.pk, "2024-03-01", "")]
    assert "från den 1 mars 2024 återkallas" in act.summary
    assert caused(act) == [("mandate", "+"), ("mandate", "-")]


# -- ersättare and tillförordnad -----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["acting", "deputy"])
def test_somebody_stands_in_beside_the_holder(seat, person, other, kind):
    appoint(seat, person)
    act = mandates.stand_in(
        user=None, seat=seat, person=other, kind=kind, first_day=TURN, last_day=day("2024-04-01")
    )
    assert act.verb == "stand_in"
    assert held(seat, kind) == [(other.pk, "2024-03-01", "2024-04-01")]
    assert held(seat) == [(person.pk, "2020-01-01", "")]


def test_one_acts_at_a_time(seat, person, other):
    appoint(seat, person, kind="acting")
    said = refused(
        mandates.stand_in, user=None, seat=seat, person=other, kind="acting", first_day=TURN
    )
    assert said["first_day"][0].startswith("Platsen har redan en tillförordnad tills vidare.")


def test_nobody_stands_in_as_an_ordinary_holder(seat, person):
    said = refused(
        mandates.stand_in, user=None, seat=seat, person=person, kind="ordinary", first_day=TURN
    )
    assert list(said) == ["kind"]


def test_a_sentence_of_an_act_begins_with_a_capital_wherever_it_is_read(world):
    person = make_person(world.company)
    act = mandates.appoint(user=None, seat=world.member, person=person, first_day=day("2024-01-01"))
    act.refresh_from_db()
    assert world.member.function.title[0].islower()
    assert all(sentence[0].isupper() for sentence in act.summary.splitlines())
