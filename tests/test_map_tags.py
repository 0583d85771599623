"""The maps are answered with 304 before anything is drawn, and with as many queries always."""

import pytest

from governance.models import Coverage, Holding, Property
from governance.views import pictures
from tests.boundary_sets import box, make_boundary_set
from tests.days import day
from tests.seat_pages import cost
from tests.test_presence import have
from tests.verb_pages import url

pytestmark = pytest.mark.django_db
FILES = ["presence_map", "presence_shapes"]


@pytest.fixture
def ground(world):
    """The two stadsdelar side by side, a kilometre each."""
    shapes = {world.north: box(0, 1000), world.south: box(0, 0)}
    return make_boundary_set(world.municipality, shapes, activated=True, licence="CC0")


@pytest.mark.parametrize("name", FILES)
def test_an_unchanged_map_is_answered_without_drawing(
    client, world, ground, stina, bo, name, monkeypatch
):
    have(world, 2)
    client.force_login(stina)
    here = url(name, world.company.slug)
    tag = client.get(here)["ETag"]
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "PresenceShapes", never)
        same = client.get(here, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert (same["ETag"], same["Cache-Control"]) == (tag, "private, no-cache")
    assert client.get(f"{here}?datum=2021-01-01")["ETag"] != tag
    client.force_login(bo)
    assert client.get(here, headers={"If-None-Match": tag}).status_code == 200


def never(*args, **kwargs):
    raise AssertionError("Kartan ritas om.")


CHANGES = {
    "flats": lambda world: changed(Property.objects.first(), flats=99),
    "ended": lambda world: changed(Holding.objects.first(), valid_through=day("2021-01-01")),
    "added": lambda world: have(world, 1),
    "group": lambda world: changed(world.group, name="Nytt namn"),
    "cover": lambda world: Coverage.objects.all().delete(),
    "sets": lambda world: changed(world.municipality.boundary_sets.get(), licence="CC BY"),
    "company": lambda world: changed(world.company, name="Nytt bolag"),
}


def changed(row, **fields) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_drawn_changes_the_tag(client, world, ground, stina, change):
    have(world, 2)
    client.force_login(stina)
    here = url("presence_map", world.company.slug)
    before = client.get(here)
    CHANGES[change](world)
    after = client.get(here, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after.content != before.content


@pytest.mark.parametrize("name", FILES)
def test_rights_are_asked_before_the_tag(client, world, ground, stina, stranger, name):
    have(world, 1)
    client.force_login(stina)
    here = url(name, world.company.slug)
    tag = client.get(here)["ETag"]
    client.logout()
    assert client.get(here, headers={"If-None-Match": tag}).status_code == 302
    client.force_login(stranger)
    assert client.get(here, headers={"If-None-Match": tag}).status_code == 404
    assert client.get(here, headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("address", ["/tackning/karta.svg", "/tackning/karta.json"])
def test_the_map_of_coverage_too_is_answered_without_drawing(
    client, world, ground, bo, address, monkeypatch
):
    client.force_login(bo)
    tag = client.get(address)["ETag"]
    monkeypatch.setattr(pictures, "CoverageTable", never)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", FILES)
def test_a_map_costs_as_much_with_few_properties_as_with_many(
    client, world, ground, stina, bo, name
):
    here = url(name, world.company.slug)
    for reader in (stina, bo):
        client.force_login(reader)
        have(world, 2)
        client.get(here)
        few = cost(client, here)
        have(world, 60)
        have(world, 10, area=world.south, hidden=True)
        assert cost(client, here) == few
        assert few <= 14  # three fewer where the look-up keeps its structure


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FILES)
def test_a_map_takes_at_most_twelve_queries(client, world, ground, stina, name):
    have(world, 30)
    client.force_login(stina)
    here = url(name, world.company.slug)
    client.get(here)
    assert cost(client, here) <= 12
