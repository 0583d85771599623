"""Who may change a contact route."""

import pytest

from governance.models import Area, AreaPart, ContactRoute
from governance.permissions import NotAllowed, may_edit_route, require_to_edit_route
from tests.worlds import FIRST, World, grant, make_user


def about_group(world: World, organization=None) -> ContactRoute:
    return ContactRoute.objects.create(
        organization=organization or world.company,
        direction="from_police",
        purpose="reactive",
        group=world.group,
        valid_from=FIRST,
    )


def about_area(world: World, area=None) -> ContactRoute:
    return ContactRoute.objects.create(
        organization=world.company,
        direction="from_police",
        purpose="reactive",
        area=area or world.north,
        valid_from=FIRST,
    )


def test_who_has_the_right_on_the_organisation_may_change_all_its_routes_and_no_others(world):
    user = make_user("vag@example.org")
    grant(user, "edit_contacts", world.company)
    assert may_edit_route(user, about_group(world))
    assert may_edit_route(user, about_area(world))
    assert not may_edit_route(user, about_group(world, world.police))


def test_who_keeps_the_groups_roster_may_change_its_routes_but_not_those_of_an_area(world, keeper):
    assert may_edit_route(keeper, about_group(world))
    assert not may_edit_route(keeper, about_area(world))


def test_the_coordinator_may_change_routes_about_areas_of_the_own_territory(world, anna, elsewhere):
    assert may_edit_route(anna, about_group(world))
    assert may_edit_route(anna, about_area(world))
    assert not may_edit_route(anna, about_area(world, elsewhere.north))


def test_a_region_that_reaches_further_gives_no_right_to_routes_of_others(world, anna, elsewhere):
    region = Area.objects.create(name="Länet", slug="lanet", kind="polisregion", valid_from=FIRST)
    for each in (world.municipality, elsewhere.municipality):
        AreaPart.objects.create(part=each, whole=region, whole_kind=region.kind, valid_from=FIRST)
    route = about_area(world, region)
    assert may_edit_route(anna, route)
    route.organization = elsewhere.company
    assert not may_edit_route(anna, route)


def test_a_reader_is_told_which_right_is_missing_and_whom_to_ask(world, bo):
    with pytest.raises(NotAllowed) as refused:
        require_to_edit_route(bo, world.company, world.group, None)
    assert "ändra kontaktvägar i Lokala gruppen i Provstad" in refused.value.missing
    assert "samordnare@provstad.example.org" in refused.value.whom
    with pytest.raises(NotAllowed) as refused:
        require_to_edit_route(bo, world.company, None, world.north)
    assert "ändra kontaktvägar till Provstads bostäder" in refused.value.missing
