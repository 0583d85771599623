"""Wanted functions: stated, changed from a day and ended."""

import pytest

from governance.models import Seat
from governance.queries.wanted import wishes
from governance.services import wanted
from governance.services.acts import last_seen
from governance.services.endings import dissolve
from governance.services.wanted import Terms
from tests.days import day
from tests.verbs import caused, refused
from tests.wishes import (
    BEFORE,
    TERMS,
    TURN,
    days,
    faults,
    met_by,
    own,
    own_groups,
    the_wish,
    want,
)
from tests.worlds import FIRST, make_group, make_seat

pytestmark = pytest.mark.django_db
# -- stated ----------------------------------------------------------------------------------------


def test_a_wish_lasts_as_long_as_its_group_and_is_met_by_the_equal_seat_that_is_there(world):
    act = want(world)
    wish = the_wish()
    assert (wish.need, wish.level, wish.number) == ("sought", "authorized", 1)
    assert days() == [("2020-01-01", "None")]
    assert met_by() == [[world.member]]
    assert (act.verb, list(act.groups.all())) == ("want", [world.group])
    assert act.summary.splitlines() == [
        "Provstad-chef från bostadsbolag önskas i Lokala gruppen i Provstad från och med den "
        "1 januari 2020.",
        "Särskilt eftertraktad, lägst mandat från chef, 1 plats.",
        "Lokala gruppen i Provstad: provstad-chef, Provstads bostäder uppfyller önskemålet.",
    ]
    assert caused(act) == [("seat", "~"), ("wantedfunction", "+")]


def test_who_appoints_stands_in_no_summary(world):
    act = want(world, terms=Terms(appoints="Hemlige Harald", note="Ring Harald"))
    changed = wanted.change_wish(
        user=None, wish=the_wish(), first_day=TURN, terms=Terms(appoints="Harald", note="Nej")
    )
    assert "Harald" not in act.summary + changed.summary
    assert "Vem som utser är ändrat." in changed.summary


def test_the_same_wish_in_many_groups_is_one_act(world):
    other = make_group(world.agreement, "Andra gruppen", valid_through=day("2025-12-31"))
    act = want(world, groups=[world.group, other], first_day=TURN)
    assert set(act.groups.all()) == {world.group, other}
    assert days() == [("2024-03-01", "2025-12-31"), ("2024-03-01", "None")]
    assert act.summary.splitlines()[-1] == (
        "Ingen plats för provstad-chef från bostadsbolag finns än i Andra gruppen."
    )


def test_where_none_of_many_groups_has_a_seat_it_is_said_once(world):
    other = make_group(world.agreement, "Andra gruppen")
    act = want(world, groups=[world.group, other], organization_kind="bolag")
    assert act.summary.splitlines()[-1] == (
        "Ingen av grupperna har någon plats för provstad-chef från bolag än."
    )


def test_at_most_as_many_seats_as_are_wanted_are_tied_the_oldest_first(world):
    more = [
        make_seat(world.group, world.company, "provstad-chef", number=number) for number in (2, 3)
    ]
    want(world, terms=Terms(number=2))
    assert met_by() == [[world.member, more[0]]]


def test_seats_that_follow_each_other_are_all_tied(world):
    following = make_seat(world.group, world.company, "provstad-chef", number=2)
    Seat.objects.filter(pk=world.member.pk).update(valid_through=BEFORE)
    Seat.objects.filter(pk=following.pk).update(valid_from=TURN)
    want(world)
    assert (met_by(BEFORE), met_by(TURN)) == ([[world.member]], [[following]])


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"groups": []}, "groups", "Välj minst en styrgrupp."),
        ({"first_day": day("2019-12-31")}, "first_day", "Lokala gruppen i Provstad börjar den"),
        ({"terms": Terms(number=0)}, "__all__", "Skriv hur många som önskas, minst en."),
        ({"terms": Terms(need="gärna")}, "need", ""),
        ({"organization_kind": "cirkus"}, "organization_kind", ""),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(world, more, field, said):
    asked = {"groups": [world.group], "function": world.member.function, "terms": TERMS}
    asked |= {"organization_kind": "bostadsbolag", "first_day": FIRST, "user": None}
    assert said in refused(wanted.want, **{**asked, **more})[field][0]
    assert not own().exists()


def test_groups_of_two_agreements_are_not_taken_together(world, elsewhere):
    asked = {"function": world.member.function, "terms": TERMS, "user": None, "first_day": FIRST}
    found = refused(
        wanted.want,
        groups=[world.group, elsewhere.group],
        organization_kind="bostadsbolag",
        **asked,
    )
    assert "olika överenskommelser" in found["groups"][0]


def test_the_same_is_not_wanted_twice_on_a_day_and_the_groups_are_named(world):
    want(world)
    other = make_group(world.agreement, "Andra gruppen")
    asked = {"function": world.member.function, "organization_kind": "bostadsbolag"}
    found = refused(
        wanted.want,
        user=None,
        groups=[other, world.group],
        terms=TERMS,
        first_day=TURN,
        **asked,
    )
    assert "önskas redan i Lokala gruppen i Provstad under de dagarna" in found["groups"][0]
    assert "Andra" not in found["groups"][0]
    wanted.end_wish(user=None, wish=the_wish(), last_day=BEFORE)
    want(world, first_day=TURN)
    assert met_by() == [[world.member]]


def test_what_was_changed_since_the_reader_looked_is_stale(world):
    seen = last_seen([world.group])
    want(world)
    for verb, more in [
        (wanted.end_wish, {"last_day": TURN}),
        (wanted.tie_seats, {"seats": []}),
        (wanted.change_wish, {"first_day": TURN, "terms": Terms()}),
    ]:
        found = refused(verb, user=None, wish=the_wish(), seen=seen, **more)
        assert "har ändrats sedan du öppnade sidan" in found[""][0]


# -- changed ---------------------------------------------------------------------------------------


def test_from_a_day_the_wish_is_another_row_and_the_past_is_as_it_was(world):
    want(world)
    act = wanted.change_wish(
        user=None, wish=the_wish(), first_day=TURN, terms=Terms(need="required", number=2)
    )
    assert days() == [("2020-01-01", "2024-02-29"), ("2024-03-01", "None")]
    before, now = (
        wishes(own_groups(), BEFORE),
        wishes(own_groups(), TURN),
    )
    assert [(row.wish.need, row.wish.number) for row in [*before, *now]] == [
        ("sought", 1),
        ("required", 2),
    ]
    assert met_by(BEFORE) == met_by(TURN) == [[world.member]]
    assert act.summary.splitlines()[0] == (
        "Provstad-chef från bostadsbolag i Lokala gruppen i Provstad ändras från och med den "
        "1 mars 2024: Ska ingå, 2 platser."
    )


def test_from_its_own_first_day_it_is_put_right_in_place_and_the_mark_goes(world):
    want(world)
    own().update(source_mark="assumed", source="En tidning")
    wanted.change_wish(user=None, wish=the_wish(), first_day=FIRST, terms=Terms(level="deciding"))
    wish = the_wish()
    assert days() == [("2020-01-01", "None")]
    assert (wish.level, wish.appoints, wish.source_mark, wish.source) == ("deciding", "", "", "")


def test_when_more_are_wanted_free_seats_are_tied(world):
    want(world)
    more = make_seat(world.group, world.company, "provstad-chef", number=2)
    wanted.change_wish(user=None, wish=the_wish(), first_day=TURN, terms=Terms(number=2))
    assert met_by() == [[world.member, more]]


def test_a_change_that_changes_nothing_or_outside_its_days_is_refused(world):
    want(world)
    same = refused(wanted.change_wish, user=None, wish=the_wish(), first_day=TURN, terms=TERMS)
    assert same[""] == ["Önskemålet är redan sådant. Inget har ändrats."]
    early = refused(
        wanted.change_wish, user=None, wish=the_wish(), first_day=day("2019-12-31"), terms=Terms()
    )
    assert early["first_day"] == ["Önskemålet börjar den 1 januari 2020. Välj en senare dag."]


# -- ended -----------------------------------------------------------------------------------------


def test_an_ended_wish_keeps_its_seats_on_the_days_before(world):
    want(world)
    act = wanted.end_wish(user=None, wish=the_wish(), last_day=BEFORE)
    assert (met_by(BEFORE), met_by(TURN)) == ([[world.member]], [])
    assert act.summary.splitlines() == [
        "Provstad-chef från bostadsbolag i Lokala gruppen i Provstad önskas inte längre. "
        "Sista dagen är den 29 februari 2024.",
        "Platserna i gruppen finns kvar.",
    ]
    again = refused(wanted.end_wish, user=None, wish=the_wish(), last_day=TURN)
    assert again["last_day"] == ["Önskemålet slutar redan den 29 februari 2024."]


def test_a_wish_that_had_not_begun_is_withdrawn_and_lets_go_of_its_seats(world):
    want(world, first_day=TURN)
    act = wanted.end_wish(user=None, wish=the_wish(), last_day=BEFORE)
    assert not own().exists()
    assert Seat.objects.get(pk=world.member.pk).fulfils is None
    assert "återkallas. 1 plats knyts loss." in act.summary
    assert caused(act) == [("seat", "~"), ("wantedfunction", "-")]


def test_a_wish_that_somebody_has_withdrawn_is_stale(world):
    want(world, first_day=TURN)
    wish = the_wish()
    wanted.end_wish(user=None, wish=wish, last_day=BEFORE)
    found = refused(wanted.tie_seats, user=None, wish=wish, seats=[])
    assert "Önskemålet har ändrats sedan du öppnade sidan" in found[""][0]


def test_wishes_end_with_their_group_and_those_to_come_are_withdrawn(world):
    want(world)
    want(world, function=world.chair.function, first_day=day("2030-01-01"))
    act = dissolve(user=None, group=world.group, last_day=TURN)
    assert days() == [("2020-01-01", "2024-03-01")]
    assert "0 uppdrag, 1 önskad funktion och 1 täckning avslutas samma dag." in act.summary
    assert faults() == []
