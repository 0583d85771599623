"""/struktur/diagram.svg: the lists of /struktur/ as boxes and lines."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from governance.documents.charts import BOX, draw
from governance.queries.structure import Structure
from tests.days import day
from tests.worlds import make_group, make_seat

CHART = "/struktur/diagram.svg"
SVG = "{http://www.w3.org/2000/svg}"


def titles(response) -> list[str]:
    assert response.status_code == 200
    assert response["Content-Type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(response.content)
    return [each.findtext(f"{SVG}title") for each in root.iter(f"{SVG}g")]


def chart_of(world, on: str = "2024-01-01"):
    return draw(Structure(day(on), world.agreement.groups.all(), [world.agreement]).trees)


def box(chart, name: str):
    return next(
        each
        for each in chart.boxes
        if name == " ".join(text for text, kind in each.lines if kind == "title")
    )


def test_every_group_and_every_organisation_is_a_box_once(client, karin):
    client.force_login(karin)
    found = client.get("/struktur/", {"datum": "2021-01-01"}).context["trees"]

    def count(nodes) -> int:
        return sum(1 + count(node.children) for node in nodes)

    expected = sum(count(tree.groups) + count(tree.parties) for tree in found)
    names = titles(client.get(CHART, {"datum": "2021-01-01"}))
    assert len(names) == expected
    assert names.count("Lokal styrgrupp Norrmalm") == 1
    assert "Lokal styrgrupp Norra innerstaden" not in " ".join(names)


def test_what_sits_under_stands_to_the_right_with_a_line(world):
    working = make_group(world.agreement, "Arbetsgruppen", kind="working", parent=world.group)
    chart = chart_of(world)
    central, local = box(chart, world.central.name), box(chart, world.group.name)
    assert central.children == [local]
    assert local.children == [box(chart, working.name)]
    assert local.x > central.x + BOX
    assert central.link.endswith(f"V{local.middle}H{local.x}")


def test_no_two_boxes_lie_on_each_other(karin, structure):
    trees = Structure(day("2026-06-01"), structure.groups.all(), [structure]).trees
    placed = sorted((each.x, each.y, each.y + each.height) for each in draw(trees).boxes)
    for (x, _, bottom), (next_x, top, _) in pairwise(placed):
        assert x != next_x or bottom < top


def test_seats_and_a_state_that_is_not_active_are_written(world):
    make_seat(world.central, world.company, "till")
    world.agreement.parties.add(world.company)
    world.group.decisions.create(act="rest", first_day=day("2023-01-01"))
    chart = chart_of(world)
    assert ("2 platser", "note") in box(chart, world.company.name).lines
    assert [kind for _, kind in box(chart, world.group.name).lines][-1] == "note"
    assert [kind for _, kind in box(chart, world.central.name).lines][-1] == "title"


def test_another_municipality_is_not_drawn(client, stranger, karin):
    client.force_login(stranger)
    names = " ".join(titles(client.get(CHART)))
    assert "Lokala gruppen i Annanstad" in names
    assert "Farsta" not in names
    client.force_login(karin)
    assert "Annanstad" not in " ".join(titles(client.get(CHART)))


def test_who_belongs_to_nothing_gets_an_empty_drawing_that_says_so(client, nobody):
    assert client.get(CHART).status_code == 302
    client.force_login(nobody)
    response = client.get(CHART)
    assert titles(response) == []
    assert "Du hör inte till någon överenskommelse än." in response.content.decode()


def test_the_tag_changes_with_the_structure(client, world, anna):
    client.force_login(anna)
    tag = client.get(CHART)["ETag"]
    assert client.get(CHART, headers={"If-None-Match": tag}).status_code == 304
    make_group(world.agreement, "Nya gruppen")
    assert client.get(CHART, headers={"If-None-Match": tag}).status_code == 200


def test_the_page_shows_the_chart_of_its_own_day_and_choice(client, karin):
    client.force_login(karin)
    page = client.get("/struktur/", {"datum": "2021-01-01"}).content.decode()
    assert '<img src="/struktur/diagram.svg?datum=2021-01-01"' in page


@pytest.mark.parametrize("extra", [0, 40])
def test_the_number_of_queries_does_not_grow(client, anna, world, extra, django_assert_num_queries):
    client.force_login(anna)
    client.get(CHART)
    for number in range(extra):
        make_group(world.agreement, f"Grupp {number}", parent=world.group)
    with django_assert_num_queries(9):
        client.get(CHART)
