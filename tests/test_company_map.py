"""/organisationer/<slug>/narvaro/karta.svg and karta.json: one company's stock on the ground."""

import json

import pytest

from governance.models import Agreement, Coverage, Property, SteeringGroup
from governance.permissions import agreement_ids
from governance.queries.coverages import CoverageTable
from governance.queries.place_structure import read_structure
from governance.queries.presence_shapes import rows_of
from governance.services.sketches import sketch_boundaries
from governance.temporal import day_after, day_before
from tests.boundary_sets import EAST, NORTH, box, make_boundary_set
from tests.conftest import FIXTURES
from tests.days import day
from tests.test_coverage_map import drawing, titles, written
from tests.test_presence import LAST, have
from tests.verb_pages import url
from tests.worlds import FIRST, make_group

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ground(world):
    """The two stadsdelar side by side, a kilometre each."""
    shapes = {world.north: box(0, 1000), world.south: box(0, 0)}
    return make_boundary_set(
        world.municipality, shapes, activated=True, licence="CC0", source_date=day("2019-05-01")
    )


@pytest.fixture
def picture(client, world, ground):
    """Asks for the drawing as the reader."""

    def ask(reader, **asked):
        client.force_login(reader)
        return client.get(url("presence_map", world.company.slug), asked)

    return ask


@pytest.fixture
def shapes(client, world, ground):
    """Asks for the shapes as the reader."""

    def ask(reader, **asked):
        client.force_login(reader)
        response = client.get(url("presence_shapes", world.company.slug), asked)
        assert response["Content-Type"].startswith("application/geo+json")
        return json.loads(response.content)

    return ask


def numbers(response) -> list[str]:
    """What stands in the circles, without that of the legend."""
    found = drawing(response).iter(f"{SVG}text")
    return [each.text for each in found if each.get("class") == "counted"][:-1]


def levels(shapes: dict) -> list[list[int]]:
    return [[count["number"] for count in level["counts"]] for level in shapes["levels"]]


def put(number: int, east: float, north: float) -> None:
    """Give the property made as this number a coordinate, in metres from the corner."""
    Property.objects.filter(unit=str(number)).update(east=EAST + east, north=NORTH + north)


def test_own_people_see_numbers_by_stadsdel_and_others_by_group(world, picture, bo, stina):
    have(world, 3)
    have(world, 2, area=world.south)
    own = picture(stina)
    assert numbers(own) == ["3", "2"]
    assert "Norra Provstad: 3 fastigheter, 30 lägenheter" in titles(own)
    assert "Antal fastigheter i stadsdelen" in written(own)
    other = picture(bo)
    assert numbers(other) == ["5"]
    assert "Lokala gruppen i Provstad: 5 fastigheter, 50 lägenheter" in written(other)
    assert "Antal fastigheter där gruppen arbetar" in written(other)
    assert not any("3 fastigheter" in each for each in titles(other))


def test_the_shapes_have_points_for_own_people_alone(world, shapes, bo, stina):
    have(world, 2)
    put(1, 500, 1500)
    found = shapes(stina)
    [point] = found["points"]
    assert point["name"] == "Provstad Provtrakt 1"
    assert point["url"] == url("property", Property.objects.get(unit="1").pk)
    lat, lon = point["at"]
    assert 58 < lat < 60
    assert 17 < lon < 19
    assert levels(found) == [[2], [2]]
    assert "2 fastigheter" in found["features"][0]["properties"]["said"]
    others = shapes(bo)
    assert others["points"] == []
    assert levels(others) == [[2]]
    assert "Provtrakt" not in json.dumps(others)
    assert "fastighet" not in others["features"][0]["properties"]["said"]


@pytest.mark.parametrize(("hidden", "counted"), [(4, 2), (5, 7)])
def test_hidden_ones_are_on_the_company_s_own_map_and_in_sums_of_five(
    world, picture, shapes, bo, stina, hidden, counted
):
    have(world, 2)
    have(world, hidden, hidden=True)
    put(3, 500, 1500)
    assert numbers(picture(stina)) == [str(2 + hidden)]
    assert [each["name"] for each in shapes(stina)["points"]] == [
        "Provstad Provtrakt 3 (visas inte för andra)"
    ]
    assert numbers(picture(bo)) == [str(counted)]
    assert levels(shapes(bo)) == [[counted]]
    assert shapes(bo)["points"] == []


def test_a_company_with_a_few_hidden_ones_alone_seems_to_have_told_nothing(world, picture, bo):
    have(world, 4, hidden=True)
    assert "har inte lagt in sitt bestånd" in written(picture(bo))


def test_without_stock_the_map_says_so_and_never_zero(client, world, picture, shapes, bo):
    response = picture(bo)
    assert "Provstads bostäder har inte lagt in sitt bestånd för den" in written(response)
    assert "0 fastigheter" not in response.content.decode()
    assert shapes(bo)["levels"] == []
    page = client.get(url("presence", world.company.slug)).content.decode()
    assert "karta.svg" not in page
    have(world, 1)
    page = client.get(url("presence", world.company.slug)).content.decode()
    assert f'src="{url("presence_map", world.company.slug)}"' in page


@pytest.mark.parametrize(
    ("on", "known"),
    [(day_before(FIRST), False), (FIRST, True), (LAST, True), (day_after(LAST), False)],
)
def test_stock_is_drawn_on_its_first_and_its_last_day(world, picture, stina, on, known):
    have(world, 2, last=LAST)
    assert numbers(picture(stina, datum=on.isoformat())) == (["2"] if known else [])


def test_a_past_day_is_kept_in_the_links(world, shapes, stina):
    have(world, 1)
    put(1, 500, 1500)
    found = shapes(stina, datum="2021-01-01")
    assert found["date"] == "2021-01-01"
    assert found["points"][0]["url"].endswith("/?datum=2021-01-01")
    assert found["groups"][0]["url"].endswith("/?datum=2021-01-01")


def test_what_is_in_no_stadsdel_or_in_two_is_said_under_the_map(world, picture, stina):
    have(world, 1, area=None)
    have(world, 1)
    put(2, 500, 1001)  # a metre from the line between them
    page = written(picture(stina))
    assert "1 fastighet ligger inte i någon stadsdel på kartan." in page
    assert "En fastighet på en gräns räknas i varje stadsdel som den kan ligga i." in page
    assert numbers(picture(stina)) == ["1", "1"]


def test_where_no_group_works_own_people_see_what_they_have(world, picture, shapes, bo, stina):
    Coverage.objects.all().delete()
    Coverage.objects.create(group=world.group, area=world.north, valid_from=FIRST)
    have(world, 1)
    have(world, 2, area=world.south)
    assert "1 fastighet, 10" in written(picture(bo))
    assert levels(shapes(bo)) == [[1]]
    assert levels(shapes(stina)) == [[1, 2], [1, 2]]


def test_two_groups_on_the_same_ground_have_a_circle_each(world, picture, bo):
    second = make_group(world.agreement, "Andra gruppen")
    second.coverages.create(area=world.district, valid_from=FIRST)
    have(world, 3)
    response = picture(bo)
    assert numbers(response) == ["3", "3"]
    circles = list(drawing(response).iter(f"{SVG}circle"))[:-1]
    first, other = [(int(each.get("cx")), int(each.get("cy"))) for each in circles]
    assert first != other


def test_source_licence_and_date_stand_with_both_maps(client, world, picture, shapes, bo, ground):
    said = "Gränser: Provkartan, CC0, 2019-05-01"
    source = {"source": "Provkartan", "licence": "CC0", "date": "2019-05-01", "sketch": False}
    assert shapes(bo)["sources"] == [{**source, "said": said}]
    assert json.loads(client.get("/tackning/karta.json").content)["sources"] == [
        {**source, "said": said}
    ]
    assert f"{said}." in written(picture(bo))
    assert f"{said}." in written(client.get("/tackning/karta.svg"))
    ground.source_date = None
    ground.save()
    loaded = f"Gränser: Provkartan, CC0, inläst {ground.loaded_at.date()}"
    assert shapes(bo)["sources"][0]["said"][:40] == loaded[:40]


def test_a_sketch_says_that_it_is_only_about_right(client, karin, structure):
    sketch_boundaries(folder=FIXTURES)
    client.force_login(karin)
    [source] = json.loads(client.get("/tackning/karta.json").content)["sources"]
    assert source["sketch"] is True
    assert source["said"].endswith(", ungefärligt")


@pytest.mark.parametrize("on", ["2018-12-31", "2019-12-01", "2023-06-30", "2026-11-23"])
def test_the_map_has_the_stadsdelar_and_groups_of_the_table_of_coverage(karin, structure, on):
    when = day(on)
    found = Agreement.objects.filter(pk__in=agreement_ids(karin))
    groups = SteeringGroup.objects.filter(agreement__in=found)
    table = CoverageTable(when, groups, found)
    rows = rows_of(read_structure(karin, when), list(found))
    assert [told(row) for row in rows.rows] == [told(row) for row in table.rows]
    assert len(rows.rows) == 117
    assert rows.unknown_before == table.unknown_before


def told(row) -> tuple:
    return row.area, row.district, [(each.group, each.status) for each in row.covering]
