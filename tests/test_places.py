"""Which area, lokalpolisområde and group a place belongs to: the rules of DOMAIN 2.2 and 7."""

import pytest

from governance.models import Area, AreaPart, BoundarySet, Coverage
from governance.queries.places import Certainty, Finder, Question
from tests.days import day
from tests.places import NOW, add_area, at, draw, groups, names
from tests.worlds import FIRST, make_group

pytestmark = pytest.mark.django_db

RULES = [  # stadsdel, day, stadsdelsområde, lokalpolisområde
    ("Rågsved", "2026-01-15", "Enskede-Årsta-Vantör", "Farsta"),
    ("Årsta", "2026-01-15", "Enskede-Årsta-Vantör", "Globen"),
    ("Solberga", "2026-01-15", "Hägersten-Älvsjö", "Globen"),
    ("Fruängen", "2026-01-15", "Hägersten-Älvsjö", "Skärholmen"),
    ("Vasastaden", "2019-12-01", "Norrmalm", "Norrmalm"),
    ("Vasastaden", "2026-01-15", "Norra innerstaden", "Norra innerstaden"),
    ("Kungsholmen", "2024-12-31", "Kungsholmen", "Norrmalm"),
    ("Kungsholmen", "2025-01-01", "Kungsholmen", "Lidingö-Kungsholmen"),
]


# -- names of areas in the real structure ---------------------------------------------------


@pytest.mark.parametrize(("name", "when", "district", "police"), RULES)
def test_a_stadsdel_has_the_district_and_the_police_district_of_the_day(
    fatima, name, when, district, police
):
    reply = Finder(fatima, day(when)).find(Question(area=f" {name.upper()} "))
    assert reply.certainty == Certainty.EXACT
    assert names(reply) == [name, district, police]
    assert groups(reply) == [f"Lokal styrgrupp {district}"]


@pytest.mark.parametrize(
    ("when", "districts", "police"), [("2019-06-01", 14, 7), ("2025-06-01", 11, 8)]
)
def test_all_stadsdelar_together_have_the_districts_of_the_day(fatima, when, districts, police):
    finder = Finder(fatima, day(when))
    every = Area.objects.filter(kind="stadsdel")
    replies = list(finder.find_all(Question(area=f"stadsdelen {area.name}") for area in every))
    found = {area for reply in replies for area in reply.areas}
    assert len(replies) == 117
    assert len([area for area in found if area.kind == "stadsdelsomrade"]) == districts
    assert len([area for area in found if area.kind == "lokalpolisomrade"]) == police


def test_before_the_first_group_it_is_said_that_nothing_is_known(fatima):
    reply = Finder(fatima, day("2018-03-01")).find(Question(area="Fruängen"))
    assert "Uppgift saknas om lokala styrgrupper före den 4 november 2019" in reply.reason
    assert "Uppgift saknas om lokalpolisområde den 1 mars 2018" in reply.reason


def test_a_stadsdel_comes_before_larger_areas_of_the_same_name(fatima):
    reply = Finder(fatima, NOW).find(Question(area="Farsta"))
    assert [area.kind for area in reply.areas] == [
        "stadsdel",
        "stadsdelsomrade",
        "lokalpolisomrade",
    ]
    assert "Samma namn har stadsdelsområdet Farsta och lokalpolisområdet Farsta" in reply.reason


def test_a_district_that_two_police_districts_share_is_told_to_be_shared(fatima):
    reply = Finder(fatima, NOW).find(Question(area="Hägersten-Älvsjö"))
    assert reply.certainty == Certainty.AMBIGUOUS
    assert names(reply) == ["Hägersten-Älvsjö"]
    assert {area.name for area in reply.candidates} == {"Globen", "Skärholmen"}
    assert groups(reply) == ["Lokal styrgrupp Hägersten-Älvsjö"]
    assert "delat mellan lokalpolisområdena Globen och Skärholmen" in reply.reason


def test_a_name_of_two_areas_that_are_no_stadsdelar_is_a_choice(fatima):
    reply = Finder(fatima, NOW).find(Question(area="Järva"))
    assert reply.certainty == Certainty.AMBIGUOUS
    assert "stadsdelsområdet Järva och lokalpolisområdet Järva" in reply.reason
    chosen = Finder(fatima, NOW).find(Question(area="LPO Järva"))
    assert (chosen.certainty, names(chosen)) == (Certainty.EXACT, ["Järva", "Järva"])


def test_part_of_a_name_is_never_an_answer_but_names_what_it_may_be(fatima):
    reply = Finder(fatima, NOW).find(Question(area="enskede"))
    assert (reply.certainty, reply.areas, reply.groups) == (Certainty.AMBIGUOUS, (), ())
    assert {"Enskede gård", "Enskedefältet"} <= {area.name for area in reply.candidates}
    one = Finder(fatima, NOW).find(Question(area="Vasastan"))
    assert one.certainty == Certainty.NONE


def test_a_municipality_that_a_police_district_reaches_is_outside(fatima):
    reply = Finder(fatima, NOW).find(Question(area="Lidingö"))
    assert reply.certainty == Certainty.NONE
    assert "Kommunen Lidingö ligger utanför Stockholm" in reply.reason


def test_what_belongs_to_another_agreement_is_not_known(fatima, elsewhere):
    reply = Finder(fatima, NOW).find(Question(area="Norra Annanstad"))
    assert (reply.certainty, reply.candidates) == (Certainty.NONE, ())


def test_a_group_that_rests_is_named_as_resting(bo, world):
    world.group.decisions.create(act="rest", first_day=day("2024-01-01"))
    before, since = (
        Finder(bo, when).find(Question(area="Norra Provstad"))
        for when in (day("2023-12-31"), day("2024-01-01"))
    )
    assert (before.groups[0].is_resting, since.groups[0].is_resting) == (False, True)
    assert "vilande" in since.reason


# -- coordinates ---------------------------------------------------------------------------------


def test_a_coordinate_gets_the_stadsdel_that_it_lies_in(bo, drawn):
    reply = Finder(bo, NOW).find(at(1.5, 0.5))
    assert reply.certainty == Certainty.EXACT
    assert names(reply) == ["Norra Provstad", "Provstads district"]
    assert groups(reply) == ["Lokala gruppen i Provstad"]
    assert "SWEREF 99 TM" in reply.reason


def test_swapped_axes_are_found_and_said(bo, drawn):
    right = at(1.5, 0.5)
    reply = Finder(bo, NOW).find(Question(first=right.second, second=right.first))
    assert names(reply)[0] == "Norra Provstad"
    assert "omvänd ordning" in reply.reason


@pytest.mark.parametrize("north", [0.997, 1, 1.003])
def test_near_a_line_every_candidate_is_named_and_what_they_share_is_certain(bo, drawn, north):
    reply = Finder(bo, NOW).find(at(north, 0.5))
    assert reply.certainty == Certainty.AMBIGUOUS
    assert {area.name for area in reply.candidates} == {"Norra Provstad", "Södra Provstad"}
    assert names(reply) == ["Provstads district"]
    assert groups(reply) == ["Lokala gruppen i Provstad"]


def test_a_coordinate_outside_every_area_is_outside_the_territory(bo, drawn):
    reply = Finder(bo, NOW).find(at(5, 5))
    assert (reply.certainty, reply.areas, reply.groups) == (Certainty.NONE, (), ())
    assert "utanför Provstad" in reply.reason


def test_at_the_end_of_the_territory_the_answer_is_not_exact(bo, drawn):
    assert Finder(bo, NOW).find(at(1.998, 0.5)).certainty == Certainty.APPROXIMATE
    assert Finder(bo, NOW).find(at(1.98, 0.5)).certainty == Certainty.EXACT


def test_an_areas_own_boundary_wins_over_nesting_and_both_are_named(bo, drawn):
    other = add_area("Andra", "stadsdelsomrade")
    AreaPart.objects.create(
        part=other, whole=drawn.municipality, whole_kind="kommun", valid_from=FIRST
    )
    theirs = make_group(drawn.agreement, "Andra gruppen")
    Coverage.objects.create(group=theirs, area=other, valid_from=FIRST)
    draw(
        drawn.municipality,
        "stadsdelsomrade",
        {drawn.district: (0, 0, 1.5, 1), other: (1.5, 0, 2, 1)},
    )
    inside, beyond = Finder(bo, NOW).find_all([at(1.2, 0.5), at(1.8, 0.5)])
    assert (names(inside)[1], groups(inside)) == ("Provstads district", [str(drawn.group)])
    assert (names(beyond)[1], groups(beyond)) == ("Andra", ["Andra gruppen"])
    assert beyond.certainty == Certainty.EXACT
    assert "Provstads district" in beyond.reason
    assert "stadsdelsområdet Andra" in beyond.reason


def test_a_stated_stadsdel_is_kept_and_compared(bo, drawn):
    agrees = Finder(bo, NOW).find(at(1.5, 0.5, area="Norra Provstad"))
    differs = Finder(bo, NOW).find(at(1.5, 0.5, area="Södra Provstad"))
    assert agrees.certainty == Certainty.EXACT
    assert differs.certainty == Certainty.AMBIGUOUS
    assert {area.name for area in differs.candidates} == {"Norra Provstad", "Södra Provstad"}
    assert "Men stadsdelen Södra Provstad är angiven i frågan" in differs.reason


def test_from_a_sketch_the_answer_is_approximate_and_says_so(bo, world):
    squares = {world.south: (0, 0, 1, 1), world.north: (1, 0, 2, 1)}
    draw(world.municipality, "stadsdel", squares, activated=False, sketch=True, accuracy=100)
    reply, stated = Finder(bo, NOW).find_all([at(1.5, 0.5), at(1.5, 0.5, area="Norra Provstad")])
    assert reply.certainty == Certainty.APPROXIMATE
    assert "ungefärligt" in reply.reason
    assert stated.certainty == Certainty.EXACT


def test_without_any_boundaries_a_coordinate_is_of_no_use_and_the_stated_stadsdel_is(bo, world):
    alone, stated = Finder(bo, NOW).find_all([at(1, 1), at(1, 1, area="Norra Provstad")])
    assert alone.certainty == Certainty.NONE
    assert "inga gränser" in alone.reason
    assert (stated.certainty, names(stated)[0]) == (Certainty.EXACT, "Norra Provstad")


def test_few_and_many_points_get_the_same_answers_near_lines_too(bo, drawn):
    finder = Finder(bo, NOW)
    questions = [at(n / 250, east) for n in range(-20, 520) for east in (0.003, 0.5)]
    assert list(finder.find_all(questions)) == [finder.find(each) for each in questions]


def test_the_boundaries_of_the_day_answer(bo, drawn):
    first = BoundarySet.objects.get()
    first.valid_through = day("2023-12-31")
    first.save()
    changed = {drawn.north: (0, 0, 1, 1), drawn.south: (1, 0, 2, 1)}
    draw(drawn.municipality, "stadsdel", changed, valid_from=day("2024-01-01"))
    assert names(Finder(bo, day("2023-12-31")).find(at(1.5, 0.5)))[0] == "Norra Provstad"
    assert names(Finder(bo, day("2024-01-01")).find(at(1.5, 0.5)))[0] == "Södra Provstad"


@pytest.mark.parametrize("text", ["nonsens", "1", "9" * 10_000, "=1+1", "\0", "59.3; x"])
def test_what_is_no_coordinate_is_said_in_a_sentence(bo, drawn, text):
    reply = Finder(bo, NOW).find(Question(first=text, second="2"))
    assert reply.certainty == Certainty.NONE
    assert reply.reason
