"""Where no route is known, and the sheet for the police."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Area, ContactRoute, Property, SteeringGroup
from governance.queries.missing_routes import missing_routes
from governance.queries.routes import RouteChoice, read_ground
from tests.days import day
from tests.routes import make_lpo, make_route, text
from tests.worlds import make_group

ROUTES = "/kontaktvagar/"


@pytest.fixture
def route(world) -> ContactRoute:
    return make_route(world.company, group=world.group)


@pytest.fixture
def lpo(world) -> Area:
    """Made of the two stadsdelar of the hand-made municipality."""
    return make_lpo("provstads-lpo", world.north, world.south)


def missing(world, *routes: ContactRoute, **choice: str):
    groups = SteeringGroup.objects.filter(agreement=world.agreement)
    ground = read_ground(groups, [world.agreement], day("2026-03-02"))
    return missing_routes(ground, list(routes), RouteChoice(**choice))


def test_a_group_without_any_route_is_named_once(world):
    found = missing(world)
    assert found.without_any == [world.group]
    assert found.rows == []


def test_a_route_about_the_group_leaves_the_other_purposes_missing(world, route):
    [row] = missing(world, route).rows
    assert row.to_police == "förebyggande, reaktivt och rutin"
    assert row.from_police == "förebyggande och rutin"
    asked = {"riktning": "from_police", "syfte": "reactive"}
    assert missing(world, route, **asked).number == 0


def test_routes_about_areas_count_once_they_reach_every_stadsdel_of_the_group(world):
    asked = {"riktning": "from_police", "syfte": "reactive"}
    north = make_route(world.company, area=world.north)
    assert missing(world, north, **asked).number == 1
    south = make_route(world.company, area=world.south)
    assert missing(world, north, south, **asked).number == 0
    whole = make_route(world.company, area=world.district)
    assert missing(world, whole, **asked).number == 0


# -- the sheet ----------------------------------------------------------------------------------


def test_the_sheet_has_the_routes_of_those_with_seats_there_and_names_those_without(
    as_anna, world, lpo, route
):
    page = text(as_anna, f"{ROUTES}blad/{lpo.slug}/")
    assert "Bovärd" in page
    assert "Störningsjour" in page
    _, without = page.split("Saknar kontaktväg")
    assert world.city.name in without
    assert world.company.name not in without
    assert "Utskriven den" in page


def test_stock_puts_a_company_on_the_sheet_but_a_hidden_property_does_not(
    as_anna, world, lpo, held, company
):
    company.seats.update(group=world.central)
    path = f"{ROUTES}blad/{lpo.slug}/"
    Property.objects.update(stated_area=None)
    assert company.name not in text(as_anna, path)
    Property.objects.update(stated_area=world.north, hidden=True)
    assert company.name not in text(as_anna, path)
    Property.objects.update(hidden=False)
    assert company.name in text(as_anna, path)


def test_a_sheet_of_what_is_no_lokalpolisomrade_of_ours_is_not_found(as_anna, world, elsewhere):
    for slug in (world.district.slug, "finns-inte"):
        assert as_anna.get(f"{ROUTES}blad/{slug}/").status_code == 404


def test_the_pages_cost_as_many_queries_with_many_routes_as_with_few(as_anna, world, lpo):
    def cost() -> list[int]:
        counts = []
        for path in (ROUTES, f"{ROUTES}blad/{lpo.slug}/"):
            with CaptureQueriesContext(connection) as asked:
                as_anna.get(path)
            counts.append(len(asked))
        return counts

    make_route(world.company, group=world.group)
    make_route(world.company, area=world.north)
    few = cost()
    for number in range(12):
        group = make_group(world.agreement, f"Provgrupp {number}")
        make_route(world.company, group=group, purpose="routine")
        make_route(world.company, area=world.district, way="to_police")
    assert cost() == few
    assert max(few) <= 12
