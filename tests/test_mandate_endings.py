"""A mandate lasts longer, ends, is on leave or was entered wrongly."""

import pytest

from governance.models import Leave, Mandate, PersonName
from governance.services import mandates
from governance.services.mandates import Details
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


# -- tjänstledig ---------------------------------------------------------------------------


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


# -- rätta -------------------------------------------------------------------------------


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


def test_why_a_mandate_ended_can_be_put_right_and_goes_with_the_last_day(seat, person):
    mandate = appoint(seat, person, first=TURN, last=day("2024-12-31"))
    mandates.correct(user=None, mandate=mandate, end_reason="left")
    assert seat.mandates.get().end_reason == "left"
    mandates.correct(user=None, mandate=mandate, last_day=None)
    assert seat.mandates.get().end_reason == ""


def test_nobody_replaces_himself(seat, person):
    appoint(seat, person, first=TURN)
    said = refused(mandates.replace, user=None, seat=seat, person=person, first_day=day_after(TURN))
    assert said == {"person": ["Personen sitter redan på platsen den dagen. Välj någon annan."]}
    assert held(seat) == [(person.pk, "2024-03-01", "")]


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
