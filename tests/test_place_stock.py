"""Properties that are looked up in the stock, whom to contact, and many questions at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Address, User
from governance.queries.places import Certainty, Finder, Question
from tests.days import day
from tests.places import EAST, NORTH, NOW, at, names, own, route
from tests.worlds import make_user

pytestmark = pytest.mark.django_db

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
        assert (reply.certainty, reply.candidates) == (Certainty.NONE, (world.north,))


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
