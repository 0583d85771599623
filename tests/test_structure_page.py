"""/struktur/: who sits under whom."""

import html
import re

import pytest

from governance.queries.structure import Structure
from tests.days import day
from tests.worlds import make_group, make_seat


def text(response) -> str:
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def structure_of(world, on: str = "2024-01-01") -> Structure:
    return Structure(day(on), world.agreement.groups.all(), [world.agreement])


def test_groups_stand_under_the_group_they_belong_to(world):
    working = make_group(world.agreement, "Arbetsgruppen", kind="working", parent=world.group)
    [tree] = structure_of(world).trees
    [central] = tree.groups
    assert (central.group, [node.group for node in central.children]) == (
        world.central,
        [world.group],
    )
    assert [node.group for node in central.children[0].children] == [working]


def test_a_group_whose_parent_has_ended_is_still_shown(world):
    world.central.valid_through = day("2023-12-31")
    world.central.save()
    [tree] = structure_of(world).trees
    assert [node.group for node in tree.groups] == [world.group]


def test_organisations_stand_under_the_parties_with_their_seats(world):
    world.company.parent = world.city
    world.company.save()
    make_seat(world.central, world.company, "till")
    [tree] = structure_of(world).trees
    city = next(node for node in tree.parties if node.organization == world.city)
    assert (city.seats, city.size) == (2, 1)
    assert [(node.organization, node.seats) for node in city.children] == [(world.company, 2)]


def test_a_seat_counts_only_in_groups_that_exist_that_day(world):
    world.group.valid_through = day("2023-12-31")
    world.group.save()
    [tree] = structure_of(world).trees
    assert next(node.seats for node in tree.parties if node.organization == world.city) == 0


def test_an_area_that_has_ended_names_what_came_after(client, karin):
    client.force_login(karin)
    page = text(client.get("/struktur/"))
    assert "Norrmalm upphörde 2023-06-30 , efterträdd av Norra innerstaden." in page
    assert "Stadsdelsområden (11)" in page
    assert "Lokalpolisområden (8)" in page
    assert "upphörde 2023-06-30" not in text(client.get("/struktur/", {"datum": "2023-06-30"}))


def test_police_districts_are_unknown_before_the_sources_begin(client, karin):
    client.force_login(karin)
    assert "Lokalpolisområden (uppgift saknas)" in text(
        client.get("/struktur/", {"datum": "2018-12-31"})
    )


def test_it_answers_on_a_day_without_a_version_and_says_so(client, karin):
    client.force_login(karin)
    page = text(client.get("/struktur/", {"datum": "2019-08-27"}))
    assert "Ingen version gäller den 27 augusti 2019." in page
    assert "Stockholms stad" in page


def test_a_stranger_sees_only_the_own_structure(client, stranger):
    client.force_login(stranger)
    page = text(client.get("/struktur/"))
    assert "Lokala gruppen i Annanstad" in page
    for name in ["Stockholm", "Farsta", "Järva", "Polisregion"]:
        assert name not in page


@pytest.mark.parametrize("on", ["2015-01-01", "2026-01-01", "2035-12-31"])
def test_the_cost_does_not_grow(client, karin, farsta, django_assert_max_num_queries, on):
    client.force_login(karin)
    with django_assert_max_num_queries(12) as few:
        client.get("/struktur/", {"datum": on})
    for number in range(40):
        group = make_group(farsta.agreement, f"Grupp {number}", valid_from=day("2015-01-01"))
        make_seat(group, karin.person.organization, f"funktion-{number}")
    with django_assert_max_num_queries(12) as many:
        client.get("/struktur/", {"datum": on})
    assert len(few) == len(many)
