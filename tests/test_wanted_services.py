"""Wanted functions: stated, changed from a day, ended, met by seats, and taken back."""

import pytest
from django.apps import apps

from governance.models import Act, Seat, SteeringGroup, WantedFunction
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.faults import CHECKS
from governance.queries.wanted import wishes
from governance.services import seats, successions, wanted
from governance.services.acts import last_seen
from governance.services.endings import dissolve
from governance.services.undo import can_undo, undo
from governance.services.wanted import Terms
from governance.temporal import PeriodQuerySet, day_before
from tests.days import day
from tests.test_undo import everything, take_back
from tests.verbs import caused, refused
from tests.worlds import FIRST, appoint, grant, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")
BEFORE = day_before(TURN)
TERMS = Terms(need="sought", level="authorized", appoints="bolagets VD")


def want(world, **more) -> Act:
    asked = {
        "user": None,
        "groups": [world.group],
        "function": world.member.function,
        "organization_kind": "bostadsbolag",
        "terms": TERMS,
        "first_day": FIRST,
    }
    return wanted.want(**{**asked, **more})


def own() -> PeriodQuerySet[WantedFunction]:
    """The wishes of the municipality made by hand; the real structure has others."""
    return WantedFunction.objects.filter(group__agreement__slug="provstad")


def own_groups() -> SteeringGroupQuerySet:
    return SteeringGroup.objects.filter(agreement__slug="provstad")


def the_wish() -> WantedFunction:
    return own().select_related("group__agreement").latest("valid_from")


def days() -> list[tuple[str, str]]:
    rows = own().values_list("valid_from", "valid_through")
    return sorted((str(first), str(last)) for first, last in rows)


def met_by(on=TURN) -> list[list[Seat]]:
    rows = wishes(own_groups(), on)
    return [[place.seat for place in row.places] for row in rows]


def faults() -> list[str]:
    return [fault for check in CHECKS for fault in check()]


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


def add(world, **more) -> Act:
    asked = {"group": world.group, "organization": world.company, "first_day": TURN, "user": None}
    return seats.add_seat(**{**asked, "function": world.member.function, **more})


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
