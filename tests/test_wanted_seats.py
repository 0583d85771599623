"""Which seats meet a wish, what is taken back, and what `check_data` finds."""

import pytest
from django.apps import apps

from governance.models import Seat, WantedFunction
from governance.services import seats, successions, wanted
from governance.services.endings import dissolve
from governance.services.undo import can_undo, undo
from governance.services.wanted import Terms
from tests.days import day
from tests.test_undo import everything, take_back
from tests.verbs import refused
from tests.wishes import (
    BEFORE,
    TURN,
    add,
    faults,
    met_by,
    the_wish,
    want,
)
from tests.worlds import FIRST, appoint, grant, make_person, make_seat

pytestmark = pytest.mark.django_db
# -- seats -----------------------------------------------------------------------------------------


def test_exactly_the_chosen_seats_meet_the_wish(world):
    more = make_seat(world.group, world.company, "provstad-chef", number=2)
    want(world)
    act = wanted.tie_seats(user=None, wish=the_wish(), seats=[more])
    assert met_by() == [[more]]
    assert act.summary.splitlines()[1:] == [
        "Provstad-chef, Provstads bostäder uppfyller önskemålet.",
        "Provstad-chef, Provstads bostäder uppfyller inte längre önskemålet.",
    ]
    same = refused(wanted.tie_seats, user=None, wish=the_wish(), seats=[more])
    assert same[""] == ["Platserna är redan knutna så. Inget har ändrats."]
    wrong = refused(wanted.tie_seats, user=None, wish=the_wish(), seats=[world.chair])
    assert "samma funktion" in wrong["seats"][0]


def test_a_new_seat_meets_the_wish_that_it_fits_while_that_lacks_seats(world):
    want(world, terms=Terms(number=2))
    assert add(world).summary.endswith(
        "\nPlatsen uppfyller önskemålet provstad-chef från bostadsbolag."
    )
    assert "uppfyller" not in add(world).summary
    assert "uppfyller" not in add(world, function=world.chair.function).summary
    assert len(met_by()[0]) == 2


def test_a_new_seat_is_refused_a_wish_that_it_does_not_fit(world):
    want(world)
    asked = {"group": world.group, "first_day": TURN, "user": None, "fulfils": the_wish()}
    for wrong in [
        {"organization": world.city, "function": world.member.function},
        {"organization": world.company, "function": world.chair.function},
        {"organization": world.company, "function": world.member.function, "role": "deputy"},
    ]:
        assert "kan inte uppfylla" in refused(seats.add_seat, **asked, **wrong)["fulfils"][0]


def test_a_seat_handed_over_keeps_what_it_meets_while_it_fits(world):
    want(world)
    appoint(world.member, make_person(world.company))
    seats.change_seat(user=None, seat=world.member, first_day=TURN, role="convener")
    now = Seat.objects.get(role="convener")
    assert (met_by(BEFORE), met_by(TURN)) == ([[world.member]], [[now]])
    seats.change_seat(user=None, seat=now, first_day=TURN, function=world.chair.function)
    assert Seat.objects.get(pk=now.pk).fulfils is None
    assert (met_by(BEFORE), met_by(TURN)) == ([[world.member]], [[]])
    assert faults() == []


def test_a_seat_succeeded_by_an_organisation_of_another_kind_lets_go(world):
    want(world)
    successions.succeed(
        user=None,
        old=world.company,
        new=world.city,
        first_day=TURN,
        seats=[world.member],
        keep_people=[],
    )
    assert (met_by(BEFORE), met_by(TURN)) == ([[world.member]], [[]])
    assert faults() == []


# -- taken back ------------------------------------------------------------------------------------

VERBS = {
    "want": lambda w: want(w, function=w.chair.function, organization_kind="kommun"),
    "change": lambda w: wanted.change_wish(
        user=None, wish=the_wish(), first_day=TURN, terms=Terms(number=3)
    ),
    "put right": lambda w: wanted.change_wish(
        user=None, wish=the_wish(), first_day=FIRST, terms=Terms(number=3)
    ),
    "end": lambda w: wanted.end_wish(user=None, wish=the_wish(), last_day=TURN),
    "withdraw": lambda w: wanted.end_wish(user=None, wish=the_wish(), last_day=day("2019-12-31")),
    "tie": lambda w: wanted.tie_seats(user=None, wish=the_wish(), seats=[]),
    "add a seat": lambda w: add(w),
    "change a seat": lambda w: seats.change_seat(
        user=None, seat=w.member, first_day=TURN, function=w.chair.function
    ),
    "end a seat": lambda w: seats.end_seat(user=None, seat=w.member, last_day=TURN),
}


@pytest.mark.parametrize("verb", VERBS)
def test_undo_gives_back_exactly_what_was(world, verb):
    want(world)
    if verb == "change":
        make_seat(world.group, world.company, "provstad-chef", number=2)
    before = everything()
    act = VERBS[verb](world)
    assert everything() != before
    take_back(act)
    assert everything() == before
    assert faults() == []


def test_a_wish_that_a_later_seat_meets_is_not_torn_down(world):
    act = want(world, terms=Terms(number=2))
    add(world)
    found = refused(undo, user=None, act=act, now=act.at)
    assert "används redan" in found[""][0]


def test_a_wish_is_not_given_back_to_a_group_that_has_ended_since(world):
    want(world)
    act = wanted.end_wish(user=None, wish=the_wish(), last_day=day("2021-01-01"))
    dissolve(user=None, group=world.group, last_day=day("2022-01-01"))
    found = refused(undo, user=None, act=act, now=act.at)
    assert "utanför sin tid" in found[""][0]


def test_who_may_change_wishes_may_undo_them_and_no_more(world, bo):
    grant(bo, "edit_priorities", world.group)
    own = want(world, user=bo)
    seat = add(world, user=bo)
    assert can_undo(bo, own, own.at)
    assert not can_undo(bo, seat, seat.at)


# -- check_data ------------------------------------------------------------------------------------


def change(row, **columns) -> None:
    type(row).objects.filter(pk=row.pk).update(**columns)


def test_what_no_constraint_refuses_is_found(world, elsewhere):
    want(world)
    assert faults() == []
    change(the_wish(), valid_from=day("2019-12-31"))
    assert "utanför Styrgrupp" in " ".join(faults())
    change(the_wish(), valid_from=FIRST)
    for wrong in [
        {"group": elsewhere.group},
        {"function": world.chair.function},
        {"organization_kind": "kommun"},
    ]:
        wish = the_wish()
        right = {name: getattr(wish, name) for name in wrong}
        change(wish, **wrong)
        [fault] = faults()
        assert fault.startswith(f"Plats i gruppen {world.member.pk}: uppfyller Önskad funktion")
        change(wish, **right)


def test_a_day_on_which_the_same_is_wanted_twice_is_found(world):
    want(world)
    first = the_wish()
    change(first, valid_through=TURN)
    columns = {name: getattr(first, name) for name in ("group", "function", "organization_kind")}
    second = WantedFunction.objects.create(**columns, valid_from=TURN)
    [fault] = faults()
    assert fault == (
        f"Önskad funktion {second.pk} gäller samma dagar som Önskad funktion {first.pk} "
        "för samma sak."
    )
    change(first, valid_through=BEFORE)
    assert faults() == []


def test_every_history_row_bears_the_act_of_its_verb(world):
    want(world)
    wanted.change_wish(user=None, wish=the_wish(), first_day=TURN, terms=Terms())
    wanted.end_wish(user=None, wish=the_wish(), last_day=day("2025-01-01"))
    model = apps.get_model("governance", "WantedFunction")
    assert not model.history.filter(caused_by=None).exists()
