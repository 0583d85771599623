"""Which area, lokalpolisområde and group a place belongs to: the rules of DOMAIN 2.2 and 7."""

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import (
    Address,
    Area,
    AreaPart,
    Boundary,
    BoundarySet,
    ContactRoute,
    Coverage,
    Holding,
    Property,
    RouteContact,
    User,
)
from governance.queries.places import Certainty, Finder, Question
from tests.days import day
from tests.worlds import FIRST, make_group, make_user

pytestmark = pytest.mark.django_db
NOW = day("2026-01-15")
# The corner of a made-up map, in SWEREF 99 TM; one square is a kilometre.
NORTH, EAST = 6_580_000, 670_000

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


def names(reply) -> list[str]:
    return [area.name for area in reply.areas]


def groups(reply) -> list[str]:
    return [answer.group.name for answer in reply.groups]


def own(organization, designation: str, *, area: Area | None = None, **fields) -> Property:
    """A property in the organisation's stock; `number` is the organisation's own."""
    *tract, unit = designation.split()
    number = fields.pop("number", "")
    found = Property.objects.create(
        municipality="Provstad", tract=" ".join(tract), unit=unit, stated_area=area, **fields
    )
    Holding.objects.create(
        property=found, organization=organization, own_number=number, valid_from=FIRST
    )
    return found


def draw(territory: Area, kind: str, squares: dict[Area, tuple[int, int, int, int]], **fields):
    """A set of boundaries in force: each area as south, west, north and east in kilometres."""
    chosen = BoundarySet.objects.create(
        kind=kind, territory=territory, source="Provkartan",
        **{"activated": True, "valid_from": FIRST, **fields},
    )  # fmt: skip
    for area, (south, west, north, east) in squares.items():
        shape = shapely.box(*(EAST + 1000 * west, NORTH + 1000 * south),
                            *(EAST + 1000 * east, NORTH + 1000 * north))  # fmt: skip
        Boundary.objects.create(
            boundary_set=chosen, area=area, name=area.name, shape=shapely.to_wkb(shape)
        )
    return chosen


def at(north: float, east: float, **more: str) -> Question:
    """A coordinate so many kilometres from the corner."""
    return Question(
        first=str(NORTH + round(1000 * north)), second=str(EAST + round(1000 * east)), **more
    )


@pytest.fixture
def drawn(world):
    """Norra and Södra Provstad as two squares, the one above the other."""
    draw(world.municipality, "stadsdel", {world.south: (0, 0, 1, 1), world.north: (1, 0, 2, 1)})
    return world


def add_area(world, name: str, kind: str, *parts: Area) -> Area:
    area = Area.objects.create(name=name, slug=name.lower(), kind=kind, valid_from=FIRST)
    for part in parts:
        AreaPart.objects.create(part=part, whole=area, whole_kind=kind, valid_from=FIRST)
    return area


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
    other = add_area(drawn, "Andra", "stadsdelsomrade")
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


# -- the stock -------------------------------------------------------------------------------------


def test_a_property_is_found_however_its_designation_is_written(bo, world):
    found = own(world.company, "Kvarnvingen 3", area=world.north)
    for text in ["Kvarnvingen 3", "kv. kvarnvingen  3", "PROVSTAD KVARNVINGEN 3"]:
        reply = Finder(bo, NOW).find(Question(designation=text))
        assert (reply.properties, names(reply)[0]) == ((found,), "Norra Provstad")


def test_a_property_with_a_point_lies_where_the_boundaries_say(bo, drawn):
    own(drawn.company, "Kvarnvingen 3", north=NORTH + 1500, east=EAST + 500)
    own(drawn.company, "Skytten 4", area=drawn.south, north=NORTH + 1500, east=EAST + 500)
    alone, stated = Finder(bo, NOW).find_all(
        [Question(designation="Kvarnvingen 3"), Question(designation="Skytten 4")]
    )
    assert (alone.certainty, names(alone)[0]) == (Certainty.EXACT, "Norra Provstad")
    assert stated.certainty == Certainty.AMBIGUOUS
    assert "Södra Provstad är angiven i beståndet" in stated.reason


def test_a_property_without_place_is_found_and_nothing_is_guessed(bo, world):
    found = own(world.company, "Kvarnvingen 3")
    reply = Finder(bo, NOW).find(Question(designation="Kvarnvingen 3"))
    assert (reply.certainty, reply.properties, reply.areas) == (Certainty.NONE, (found,), ())
    helped = Finder(bo, NOW).find(Question(designation="Kvarnvingen 3", area="Norra Provstad"))
    assert names(helped)[0] == "Norra Provstad"


def test_a_designation_of_another_municipality_is_said_to_be_elsewhere(bo, world):
    reply = Finder(bo, NOW).find(Question(designation="Solna Skytten 2"))
    assert reply.certainty == Certainty.NONE
    assert "Solna kommun" in reply.reason
    assert "utanför Provstad" in reply.reason


def test_an_own_number_is_found_by_the_company_and_by_nobody_else(bo, stina, world):
    one = own(world.company, "Kvarnvingen 3", area=world.north, number="A-17")
    two = own(world.company, "Skytten 4", area=world.north, number="A-17")
    reply = Finder(stina, NOW).find(Question(own_number="a-17"))
    assert (reply.certainty, reply.properties) == (Certainty.EXACT, (one, two))
    assert Finder(bo, NOW).find(Question(own_number="A-17")).properties == ()


def test_an_own_number_of_properties_in_several_areas_is_a_choice(stina, world):
    own(world.company, "Kvarnvingen 3", area=world.north, number="17")
    own(world.company, "Skytten 4", area=world.south, number="17")
    reply = Finder(stina, NOW).find(Question(own_number="17"))
    assert (reply.certainty, len(reply.properties)) == (Certainty.AMBIGUOUS, 2)
    assert {area.name for area in reply.candidates} == {"Norra Provstad", "Södra Provstad"}


DOORS = [("12 B", True), ("12", True), ("12 C", True), ("12 D", False), ("13", False), ("1", False)]


@pytest.mark.parametrize(("door", "found"), DOORS)
def test_an_address_finds_the_property_with_that_door(bo, world, door, found):
    home = own(world.company, "Kvarnvingen 3", area=world.north)
    Address.objects.create(
        property=home, street="Storgatan", number=12, letter="A", letter_through="C"
    )
    reply = Finder(bo, NOW).find(Question(address=f"storgatan {door}"))
    assert reply.properties == ((home,) if found else ())
    if not found:
        assert "Andra nummer på Storgatan ligger i Norra Provstad" in reply.reason


@pytest.mark.parametrize(
    ("door", "found"), [(3, True), (5, True), (9, True), (4, False), (11, False)]
)
def test_a_range_of_numbers_is_one_side_of_the_street(bo, world, door, found):
    home = own(world.company, "Kvarnvingen 3", area=world.north)
    Address.objects.create(property=home, street="Ekvägen", number=3, number_through=9)
    assert bool(Finder(bo, NOW).find(Question(address=f"Ekvägen {door}")).properties) == found


def test_a_hidden_property_is_found_by_its_own_company_alone(bo, stina, anna, world):
    home = own(world.company, "Kvarnvingen 3", area=world.north, hidden=True, number="17")
    Address.objects.create(property=home, street="Storgatan", number=12)
    questions = [
        Question(designation="Kvarnvingen 3"),
        Question(own_number="17"),
        Question(address="Storgatan 12"),
        Question(address="Storgatan 14"),
    ]
    mine = list(Finder(stina, NOW).find_all(questions))
    assert [reply.properties for reply in mine] == [(home,), (home,), (home,), ()]
    for other in (bo, anna, make_user("utan@example.org")):
        for reply in Finder(other, NOW).find_all(questions):
            assert (reply.properties, reply.areas) == ((), ())
            assert "Provstad" not in reply.reason


# -- whom to contact -------------------------------------------------------------------------------


def route(world, purpose: str, title: str, **about) -> ContactRoute:
    made = ContactRoute.objects.create(
        organization=world.police, direction="to_police", purpose=purpose,
        valid_from=FIRST, **about,
    )  # fmt: skip
    RouteContact.objects.create(route=made, order=1, title=title, mailbox="vakt@example.org")
    return made


def contact(user, when=NOW) -> str:
    return Finder(user, when).find(Question(area="Norra Provstad")).groups[0].contact.title


def test_the_contact_is_the_groups_route_then_the_areas_then_the_mailbox(bo, world):
    world.agreement.parties.add(world.police)
    assert contact(bo) == ""
    world.group.mailbox = "gruppen@example.org"
    world.group.save()
    assert contact(bo) == "Gruppens funktionsbrevlåda"
    route(world, "routine", "Rutin i området", area=world.district)
    assert contact(bo) == "Rutin i området"
    route(world, "preventive", "Kommunpolis", area=world.district)
    assert contact(bo) == "Kommunpolis"
    last = route(world, "routine", "Gruppens polis", group=world.group)
    assert contact(bo) == "Gruppens polis"
    last.valid_through = day("2025-12-31")
    last.save()
    assert contact(bo) == "Kommunpolis"
    assert contact(bo, day("2025-12-31")) == "Gruppens polis"


# -- many at once ----------------------------------------------------------------------------------


def many(world, number: int) -> list[Question]:
    """Questions of every sort, most of them nonsense."""
    for unit in range(1, number // 10 + 1):
        home = own(world.company, f"Kvarnvingen {unit}", area=world.north, number=str(unit))
        Address.objects.create(property=home, street="Storgatan", number=unit)
    sorts = [
        lambda n: Question(designation=f"Kvarnvingen {n}"),
        lambda n: Question(own_number=str(n)),
        lambda n: Question(address=f"Storgatan {n}"),
        lambda n: at(n / 40, 0.5),
        lambda n: at(n / 40, 0.5, area="Södra Provstad"),
        lambda n: Question(area="norra provstad"),
        lambda n: Question(designation=f"Solna Skytten {n}"),
        lambda n: Question(area="x" * 10_000, first="\0", address="=1+1"),
        lambda n: Question(designation="\0" * n, own_number="\0"),
        lambda n: Question(),
    ]
    return [sorts[place % 10](place // 2) for place in range(number)]


def test_many_get_the_answers_that_one_at_a_time_gets_in_the_same_order(stina, drawn):
    questions = many(drawn, 200)
    finder = Finder(stina, NOW)
    together = list(finder.find_all(questions))
    assert together == [finder.find(each) for each in questions]
    assert [reply.question for reply in together] == questions
    assert all(reply.reason for reply in together)
    assert {reply.certainty for reply in together} == {*Certainty} - {Certainty.APPROXIMATE}


def test_a_thousand_cost_as_many_queries_as_ten(stina, drawn):
    questions = many(drawn, 1000)
    costs = []
    for chosen in (questions[:10], questions[:10], questions):
        reader = User.objects.get(pk=stina.pk)  # who knows nothing of the rights read before
        with CaptureQueriesContext(connection) as asked:
            list(Finder(reader, NOW).find_all(chosen))
        costs.append(len(asked))
    assert costs[1] == costs[2] <= 12
