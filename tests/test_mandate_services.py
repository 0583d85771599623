"""Appointing, replacing, standing in, extending, ending, leave and corrections."""

import pytest

from governance.models import Leave, Mandate, Person, PersonName
from governance.services import mandates
from governance.services.mandates import Details, NewPerson
from governance.services.seats import last_seen_seats
from governance.temporal import day_after, day_before
from tests.days import day
from tests.verbs import caused, counts, refused
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
        "provstad-chef, Provstads bostäder i Lokala gruppen i Provstad: "
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


# -- förläng and avsluta ---------------------------------------------------------------------------


@pytest.mark.parametrize("last", ["2024-04-01", None])
def test_a_mandate_lasts_longer_and_forgets_why_it_ended(seat, person, last):
    mandate = appoint(seat, person, last=day("2024-03-31"))
    Mandate.objects.filter(pk=mandate.pk).update(end_reason="left")
    act = mandates.extend(user=None, mandate=mandate, last_day=day(last) if last else None)
    assert held(seat) == [(person.pk, "2020-01-01", last or "")]
    assert seat.mandates.get().end_reason == ""
    assert caused(act) == [("mandate", "~")]


@pytest.mark.parametrize("last", ["2024-03-31", "2024-03-30"])
def test_extending_only_lengthens(seat, person, last):
    mandate = appoint(seat, person, last=day("2024-03-31"))
    said = refused(mandates.extend, user=None, mandate=mandate, last_day=day(last))
    assert said == {"last_day": ["Välj en dag efter den 31 mars 2024."]}


def test_extending_stops_before_a_follower(seat, person, other):
    mandate = appoint(seat, person, last=day("2024-03-31"))
    appoint(seat, other, first=day("2024-05-01"))
    said = refused(mandates.extend, user=None, mandate=mandate, last_day=day("2024-05-01"))
    assert "från och med den 1 maj 2024" in said["last_day"][0]
    mandates.extend(user=None, mandate=mandate, last_day=day("2024-04-30"))


def test_a_mandate_ends_with_its_leave(seat, person):
    mandate = appoint(seat, person)
    Leave.objects.create(mandate=mandate, valid_from=TURN)
    act = mandates.end(
        user=None, mandate=mandate, last_day=day("2024-03-31"), end_reason="changed_post"
    )
    assert held(seat) == [(person.pk, "2020-01-01", "2024-03-31")]
    assert mandate.leaves.get().valid_through == day("2024-03-31")
    assert "Sista dagen är den 31 mars 2024 (bytte befattning)." in act.summary
    assert caused(act) == [("leave", "~"), ("mandate", "~")]


def test_a_mandate_that_would_begin_after_its_last_day_is_withdrawn_with_its_leave(seat, person):
    mandate = appoint(seat, person, first=day("2024-05-01"))
    Leave.objects.create(mandate=mandate, valid_from=day("2024-06-01"))
    act = mandates.end(user=None, mandate=mandate, last_day=TURN, end_reason="left")
    assert held(seat) == []
    assert caused(act) == [("leave", "-"), ("mandate", "-")]


def test_ending_only_shortens_but_may_give_a_reason_afterwards(seat, person):
    mandate = appoint(seat, person, last=day("2024-03-31"))
    said = refused(
        mandates.end, user=None, mandate=mandate, last_day=day("2024-04-01"), end_reason="left"
    )
    assert said == {
        "last_day": ["Uppdraget slutar redan den 31 mars 2024. Välj Förläng för en senare dag."]
    }
    mandates.end(user=None, mandate=mandate, last_day=day("2024-03-31"), end_reason="left")
    assert seat.mandates.get().end_reason == "left"
    said = refused(
        mandates.end, user=None, mandate=mandate, last_day=day("2024-03-31"), end_reason="left"
    )
    assert said == {"": ["Uppdraget slutar redan så. Inget har ändrats."]}


# -- tjänstledig -------------------------------------------------------------------------------------


def test_leave_begins_and_ends_within_the_mandate(seat, person):
    mandate = appoint(seat, person, last=day("2024-12-31"))
    act = mandates.take_leave(user=None, mandate=mandate, first_day=TURN)
    leave = mandate.leaves.get()
    assert (leave.valid_from, leave.valid_through) == (TURN, day("2024-12-31"))
    assert caused(act) == [("leave", "+")]
    mandates.end_leave(user=None, leave=leave, last_day=day_after(TURN))
    assert mandate.leaves.get().valid_through == day_after(TURN)
    said = refused(mandates.end_leave, user=None, leave=leave, last_day=day("2024-06-01"))
    assert said == {"last_day": ["Tjänstledigheten slutar redan den 2 mars 2024."]}
    act = mandates.end_leave(user=None, leave=leave, last_day=day_before(TURN))
    assert caused(act) == [("leave", "-")]


def test_leave_outside_the_mandate_or_twice_or_from_another_kind_is_refused(seat, person, other):
    mandate = appoint(seat, person, first=TURN)
    acting = appoint(seat, other, kind="acting")
    take = {"user": None, "mandate": mandate}
    assert "börjar den 1 mars 2024" in str(
        refused(mandates.take_leave, **take, first_day=day_before(TURN))["first_day"]
    )
    mandates.take_leave(**take, first_day=TURN, last_day=TURN)
    said = refused(mandates.take_leave, **take, first_day=TURN)
    assert "Personen är redan tjänstledig" in str(said)
    said = refused(mandates.take_leave, user=None, mandate=acting, first_day=TURN)
    assert said[""] == [
        "Bara en ledamot kan vara tjänstledig. Avsluta uppdraget som tillförordnad."
    ]


# -- rätta ------------------------------------------------------------------------------------------------


def test_a_fault_is_put_right_on_the_row_itself(seat, person, other):
    mandate = appoint(seat, person, first=TURN, last=day("2024-12-31"))
    act = mandates.correct(
        user=None, mandate=mandate, person=other, first_day=day("2024-02-01"), last_day=None
    )
    assert held(seat) == [(other.pk, "2024-02-01", "")]
    assert seat.mandates.get().pk == mandate.pk
    assert (act.verb, act.reason) == ("correct", "correction")
    assert caused(act) == [("mandate", "~")]


def test_what_is_not_named_stays_as_it_is(seat, person):
    mandate = appoint(seat, person, first=TURN, last=day("2024-12-31"))
    mandates.correct(user=None, mandate=mandate, details=Details(level="operative"))
    assert held(seat) == [(person.pk, "2024-03-01", "2024-12-31")]
    assert seat.mandates.get().level == "operative"
    said = refused(mandates.correct, user=None, mandate=mandate)
    assert said == {"": ["Uppgifterna är redan sådana. Inget har ändrats."]}


def test_a_correction_may_not_leave_a_leave_outside(seat, person):
    mandate = appoint(seat, person)
    Leave.objects.create(mandate=mandate, valid_from=TURN, valid_through=TURN)
    said = refused(mandates.correct, user=None, mandate=mandate, first_day=day_after(TURN))
    assert "hamnar utanför uppdraget" in said[""][0]


def test_a_mandate_that_was_withdrawn_meanwhile_is_refused_in_words(seat, person):
    mandate = appoint(seat, person, first=TURN)
    mandates.end(user=None, mandate=mandate, last_day=day_before(TURN), end_reason="left")
    before = counts()
    said = refused(mandates.extend, user=None, mandate=mandate, last_day=day("2030-01-01"))
    assert said == {"": ["Uppdraget är borttaget eller flyttat. Inget har ändrats."]}
    assert counts() == before
    assert PersonName.objects.filter(person=person).exists()
