"""/tackning/karta.svg and karta.json: the table of coverage on the ground."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from governance.documents.patterns import INK, OUTLINE, TINTS, Pattern
from governance.models import Area, Coverage
from governance.services.sketches import sketch_boundaries
from governance.temporal import day_before
from samverkan.maps import leaflet_files, tile_sources
from tests.boundary_sets import box, make_boundary_set
from tests.conftest import FIXTURES
from tests.days import day
from tests.test_coverages import table
from tests.worlds import make_group

MAP, SHAPES = "/tackning/karta.svg", "/tackning/karta.json"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ground(world):
    """The two stadsdelar of the hand-made municipality as squares side by side."""
    shapes = {world.north: box(0, 1000), world.south: box(0, 0)}
    return make_boundary_set(world.municipality, shapes, activated=True)


@pytest.fixture
def sketched(structure):
    """The real stadsdelar, drawn from their points."""
    return sketch_boundaries(folder=FIXTURES)


def drawing(response) -> ElementTree.Element:
    assert response.status_code == 200
    assert response["Content-Type"].startswith("image/svg+xml")
    return ElementTree.fromstring(response.content)


def titles(response) -> list[str]:
    """What is said of each stadsdel that is drawn."""
    return [each.findtext(f"{SVG}title") for each in drawing(response).iter(f"{SVG}g")]


def written(response) -> str:
    return " ".join("".join(each.itertext()) for each in drawing(response).iter(f"{SVG}text"))


@pytest.mark.parametrize("on", ["2019-12-01", "2021-01-01", "2026-11-23"])
def test_every_stadsdel_of_the_day_is_drawn_once_with_its_group(client, karin, sketched, on):
    client.force_login(karin)
    expected = [
        f"{row.area.name} i {row.district.name}: {row.covering[0].group.name}"
        for row in table(karin, day(on)).rows
    ]
    assert sorted(titles(client.get(MAP, {"datum": on}))) == sorted(expected)
    assert len(expected) == 117


def test_every_group_has_its_own_pattern_and_stands_in_the_legend(client, karin, sketched):
    client.force_login(karin)
    response = client.get(MAP)
    groups = {row.covering[0].group.name for row in table(karin, day("2026-11-23")).rows}
    used = {}
    for each in drawing(response).iter(f"{SVG}g"):
        name = each.findtext(f"{SVG}title").split(": ")[1]
        used.setdefault(name, set()).add(each.find(f"{SVG}path").get("fill"))
    assert set(used) == groups
    assert len({fill for fills in used.values() for fill in fills}) == len(groups)
    assert all(len(fills) == 1 for fills in used.values())
    assert all(name in written(response) for name in groups)


def test_a_hundred_numbers_have_as_many_looks():
    looks = {(each.motif, each.tint) for each in map(Pattern, range(1, 113))}
    assert len(looks) == 112


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("mode", [0, 1])
def test_outlines_and_patterns_stand_out_three_to_one_in_light_and_in_dark(mode):
    for tint in (each[mode] for each in TINTS):
        for colour in (INK[mode], OUTLINE[mode]):
            low, high = sorted([brightness(tint), brightness(colour)])
            assert (high + 0.05) / (low + 0.05) >= 3, (tint, colour)


def test_a_day_before_the_merger_draws_the_groups_of_that_day(client, karin, sketched):
    client.force_login(karin)
    before = written(client.get(MAP, {"datum": "2023-06-30"}))
    after = written(client.get(MAP, {"datum": "2023-07-01"}))
    assert "Lokal styrgrupp Norrmalm" in before
    assert "Lokal styrgrupp Norra innerstaden" not in before
    assert "Lokal styrgrupp Norra innerstaden" in after
    assert "Lokal styrgrupp Norrmalm" not in after


def test_a_gap_is_a_gap_and_named(client, world, ground, anna):
    Coverage.objects.all().delete()
    Coverage.objects.create(group=world.group, area=world.north, valid_from=day("2020-01-01"))
    client.force_login(anna)
    response = client.get(MAP)
    [gap] = [
        each
        for each in drawing(response).iter(f"{SVG}g")
        if each.find(f"{SVG}path[@class='gap']") is not None
    ]
    assert gap.findtext(f"{SVG}title") == (
        "Södra Provstad i Provstads district: lokal styrgrupp saknas"
    )
    assert "Lucka: lokal styrgrupp saknas" in written(response)


def test_double_cover_shows_both_numbers(client, world, ground, anna):
    second = make_group(world.agreement, "Andra gruppen")
    Coverage.objects.create(group=second, area=world.south, valid_from=second.valid_from)
    client.force_login(anna)
    response = client.get(MAP)
    said = "flera grupper, Andra gruppen och Lokala gruppen i Provstad"
    assert f"Södra Provstad i Provstads district: {said}" in titles(response)
    assert "1 + 2" in written(response)
    assert "dubbel täckning" in written(response)
    [south] = [f for f in shapes(client)["features"] if f["properties"]["name"] == "Södra Provstad"]
    assert south["properties"]["state"] == "double"
    assert [each["number"] for each in south["properties"]["links"]] == [1, 2]


def test_where_the_sources_say_nothing_no_gap_is_drawn(client, karin, sketched):
    client.force_login(karin)
    response = client.get(MAP, {"datum": "2018-12-31"})
    assert "Uppgift om lokal styrgrupp saknas" in written(response)
    assert "Lucka" not in written(response)


def test_only_a_sketch_is_called_one(client, world, karin, sketched, ground, anna):
    client.force_login(karin)
    assert "Skiss: ungefärliga gränser" in written(client.get(MAP))
    client.force_login(anna)
    page = written(client.get(MAP))
    assert "Skiss" not in page
    assert "Gränser: Provkartan" in page


def test_a_stadsdel_without_a_shape_is_named_under_the_map(client, world, ground, anna):
    ground.boundaries.filter(area=world.north).delete()
    ground.activated = False
    ground.save()
    ground.activated = True
    ground.accuracy = 6
    ground.save()
    client.force_login(anna)
    response = client.get(MAP)
    assert len(titles(response)) == 1
    assert "Utan gräns på kartan: Norra Provstad." in written(response)


def test_without_boundaries_the_picture_says_so(client, world, anna):
    client.force_login(anna)
    response = client.get(MAP)
    assert titles(response) == []
    assert "Inga gränser gäller den dagen" in written(response)


def shapes(client, **asked) -> dict:
    response = client.get(SHAPES, asked)
    assert response["Content-Type"].startswith("application/geo+json")
    return json.loads(response.content)


def test_the_shapes_are_in_degrees_with_name_and_link(client, world, ground, anna):
    client.force_login(anna)
    found = shapes(client)
    assert [each["properties"]["name"] for each in found["features"]] == [
        "Norra Provstad",
        "Södra Provstad",
    ]
    [link] = found["features"][0]["properties"]["links"]
    assert link["url"] == f"/styrgrupper/{world.group.slug}/"
    east, north = found["features"][0]["geometry"]["coordinates"][0][0]
    assert 17 < east < 19
    assert 58 < north < 60


@pytest.mark.parametrize("address", [MAP, SHAPES])
def test_another_municipality_never_appears(client, world, sketched, ground, stranger, address):
    client.force_login(stranger)
    page = client.get(address).content.decode()
    assert "Provstad" not in page
    assert "Rågsved" not in page
    assert "stadsdel-" not in page


@pytest.mark.parametrize("address", [MAP, SHAPES])
def test_rights_as_for_the_table(client, nobody, karin, sketched, address):
    assert client.get(address).status_code == 302
    client.force_login(nobody)
    assert "Farsta" not in client.get(address).content.decode()
    client.force_login(karin)
    assert client.get(address, {"overenskommelse": "finns-inte"}).status_code == 404


@pytest.mark.parametrize("address", [MAP, SHAPES])
def test_the_tag_stays_until_coverage_changes(client, world, ground, anna, address):
    client.force_login(anna)
    tag = client.get(address)["ETag"]
    same = client.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    Coverage.objects.all().delete()
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


@pytest.mark.parametrize("address", [MAP, SHAPES])
def test_a_drawing_costs_as_much_with_few_groups_as_with_many(
    client, karin, sketched, farsta, address, django_assert_max_num_queries
):
    client.force_login(karin)
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for number in range(20):
        group = make_group(farsta.agreement, f"Grupp {number}", valid_from=day("2024-01-01"))
        area = Area.objects.filter(kind="stadsdel").order_by("pk")[number]
        Coverage.objects.create(group=group, area=area, valid_from=group.valid_from)
    with django_assert_max_num_queries(12) as many:
        client.get(address)
    assert len(few) == len(many)


def test_the_page_shows_the_map_of_its_own_day_and_choice(client, karin):
    client.force_login(karin)
    page = client.get(
        "/tackning/", {"datum": "2021-01-01", "overenskommelse": "overgripande", "visa": "luckor"}
    ).content.decode()
    [address] = re.findall(r'<img class="drawing-map" src="([^"]+)"', page)
    assert address == "/tackning/karta.svg?datum=2021-01-01&amp;overenskommelse=overgripande"


def test_the_first_and_the_last_day_of_a_group_are_drawn_with_it(client, world, ground, anna):
    client.force_login(anna)
    first = world.group.valid_from
    assert world.group.name in written(client.get(MAP, {"datum": first.isoformat()}))
    before = written(client.get(MAP, {"datum": day_before(first).isoformat()}))
    assert world.group.name not in before


@pytest.mark.parametrize(
    ("template", "sources"),
    [
        ("", []),
        ("https://{s}.kartor.example.se/{z}/{x}/{y}.png", ["https://*.kartor.example.se"]),
        ("https://kartor.example.se:8443/{z}/{x}/{y}.png", ["https://kartor.example.se:8443"]),
        ("http://kartor.example.se/{z}/{x}/{y}.png", []),
        ("https://kartor.example.se; script-src */{z}", []),
    ],
)
def test_the_policy_names_the_host_of_a_background_and_nothing_else(template, sources):
    assert tile_sources(template) == sources


def test_leaflet_is_served_from_the_site(client, karin):
    client.force_login(karin)
    page = client.get("/tackning/").content.decode()
    assert '<script src="/static/leaflet/leaflet.js" defer>' in page
    assert "data-tiles" not in page
    assert (leaflet_files() / "leaflet.js").exists()


def test_the_style_sheet_has_the_tints_of_the_drawing():
    rules = (settings.BASE_DIR / "static" / "maps.css").read_text()
    light, dark = rules.split("prefers-color-scheme: dark")
    for mode, part in enumerate((light, dark)):
        for number, tint in enumerate(TINTS):
            assert f".map-tint-{number} {{ fill: {tint[mode]}; }}" in part
        assert f"--map-ink: {INK[mode]};" in part
