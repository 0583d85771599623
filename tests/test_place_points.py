"""The 351 points of the city, asked by coordinate: the whole answer, on the page too."""

import csv

import pytest

from governance.queries.places import Certainty, Finder, Question
from tests.days import day
from tests.test_import_boundaries import DATA, MISNAMED, SHORT, run

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the city's polygons are not beside the project"),
]


@pytest.fixture
def points(structure) -> list[dict[str, str]]:
    run(DATA / "stadsdelar.geojson", "--valid-from=2019-01-01", "--match", SHORT, "--activate")
    with (DATA / "points-expected.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def expected(point: dict[str, str], suffix: str) -> list[str]:
    stadsdel = "Ulvsunda industriområde" if point["id"] in MISNAMED else point["stadsdel"]
    return [stadsdel, point[f"stadsdelsomrade_{suffix}"], point[f"lokalpolisomrade_{suffix}"]]


@pytest.mark.parametrize(("when", "suffix"), [("2019-12-01", "2019"), ("2026-11-23", "today")])
def test_every_point_gets_its_areas_and_its_group(client, fatima, points, when, suffix):
    questions = [Question(first=point["lat"], second=point["lon"]) for point in points]
    replies = list(Finder(fatima, day(when)).find_all(questions))
    assert len(replies) == 351
    for point, reply in zip(points, replies, strict=True):
        areas = expected(point, suffix)
        assert reply.certainty == Certainty.EXACT, point["id"]
        assert [area.name for area in reply.areas] == areas, point["id"]
        assert [each.group.name for each in reply.groups] == [f"Lokal styrgrupp {areas[1]}"]
    client.force_login(fatima)
    for point in points[::50]:
        asked = {"q": f"{point['lon']} {point['lat']}", "datum": when}
        text = client.get("/fastigheter/", asked).content.decode()
        assert all(f"<dd>{name}</dd>" in text for name in expected(point, suffix)), point["id"]
        assert "omvänd ordning" in text
