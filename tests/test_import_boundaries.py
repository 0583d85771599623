"""`import_boundaries`: what it takes, says and leaves; the real stadsdelar when they are here."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from governance.geo import sweref_from_wgs84
from governance.models import Act, Area, AreaPart, BoundarySet
from governance.queries.boundaries import boundary_index
from tests.boundary_sets import EAST, NORTH, box, geojson
from tests.days import day

pytestmark = pytest.mark.django_db
# Beside the project, and no part of it: the city's open data with points to try them on.
DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
SHORT = "ULVSUNDA INDUSTRIOMR=ulvsunda-industriomrade"
# These points lie in the polygon of Ulvsunda industriområde, half a kilometre into it, but the
# list of expected answers gives them its neighbour's name. Area and LPO are the same.
MISNAMED = {"151", "152", "153"}


def run(file: Path, *options: str) -> str:
    said = StringIO()
    given = ["--kind=stadsdel", "--name-field=name", "--source=Provkartan", *options]
    call_command("import_boundaries", str(file), *given, stdout=said)
    return said.getvalue()


@pytest.fixture
def file(world, tmp_path) -> Path:
    """Two stadsdelar of the hand-made municipality, one of them with a shortened name."""
    path = tmp_path / "gränser.geojson"
    path.write_bytes(geojson({"NORRA PROVSTAD": box(0, 1000), "SÖDRA PROV.": box(0, 0)}))
    return path


OWN = ["--valid-from=2021-01-01", "--agreement=provstad", "--match", "SÖDRA PROV.=sodra-provstad"]


def test_a_file_is_loaded_compared_and_activated_and_again_changes_nothing(world, file) -> None:
    said = run(file, *OWN, "--activate", "--licence=CC0", "--source-date=2020-05-01")
    assert "2 av 2 former är kopplade till områden." in said
    assert "från och med den 1 januari 2021" in said
    found = BoundarySet.objects.get(activated=True)
    assert (found.source, found.licence, found.source_date) == (
        "Provkartan", "CC0", day("2020-05-01")
    )  # fmt: skip
    acts = Act.objects.count()
    again = run(file, *OWN, "--activate")
    assert again.strip() == "Gränserna är redan inlästa. Inget har ändrats."
    assert Act.objects.count() == acts
    assert BoundarySet.objects.filter(activated=True).get() == found


def test_a_shortened_name_is_asked_about_with_the_option_that_answers(world, file) -> None:
    said = run(file, *OWN[:2])
    assert 'Ange --match "SÖDRA PROV.=sodra-provstad"' in said
    with pytest.raises(CommandError, match="menas Södra Provstad"):
        run(file, *OWN[:2], "--activate")
    assert not BoundarySet.objects.filter(activated=True).exists()


def test_a_dry_run_says_the_same_and_writes_nothing(world, file) -> None:
    said = run(file, *OWN, "--activate", "--dry-run")
    assert "2 former" in said
    assert "Inget har ändrats." in said
    assert not BoundarySet.objects.exists()
    assert not Act.objects.filter(verb=Act.Verb.BOUNDS).exists()


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (b"nonsens", [], "inte GeoJSON"),
        (geojson({"Norra Provstad": None}), [], "ingen form alls"),
        (None, ["--valid-from=2021-02-30"], "är inget datum"),
        (None, ["--agreement=finns-inte"], "De som har ett område"),
        (None, ["--match", "utan likhetstecken"], "skriv NAMN=ADRESS"),
        (None, ["--accuracy=501"], "0 till 500 meter"),
        (None, ["--name-field=NAMN"], "Fält som finns: name"),
    ],
)
def test_a_fault_ends_the_command_and_leaves_the_set_in_force(
    world, file, content, options, said
) -> None:
    run(file, *OWN, "--activate")
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run(file, *OWN, *options, "--activate", *([] if options else ["--valid-from=2023-01-01"]))
    assert BoundarySet.objects.filter(activated=True, valid_through=None).count() == 1
    found = boundary_index(day("2023-01-01")).at("stadsdel", [NORTH + 500], [EAST + 500])
    assert found == [(world.south.pk,)]


def test_a_file_that_is_not_there_is_said(world, tmp_path) -> None:
    with pytest.raises(CommandError, match="går inte att läsa"):
        run(tmp_path / "finns-inte.geojson", *OWN)


def test_the_areas_above_follow_by_nesting_on_the_day(world, file) -> None:
    """The same as with the real stadsdelar below, with two of our own, so that it always runs."""
    run(file, *OWN, "--activate")
    other = Area.objects.create(
        name="Nya district",
        slug="nya-district",
        kind="stadsdelsomrade",
        valid_from=day("2020-01-01"),
    )
    part = AreaPart.objects.get(part=world.south, whole=world.district)
    part.valid_through = day("2022-12-31")
    part.save()
    AreaPart.objects.create(
        part=world.south, whole=other, whole_kind=other.kind, valid_from=day("2023-01-01")
    )
    places = [NORTH + 500, NORTH + 1500], [EAST + 500, EAST + 500]
    district = "Provstads district"
    expected = {
        "2022-12-31": [("Södra Provstad", district), ("Norra Provstad", district)],
        "2023-01-01": [("Södra Provstad", "Nya district"), ("Norra Provstad", district)],
    }
    for when, answers in expected.items():
        assert answers_on(when, places, "stadsdelsomrade") == answers


def answers_on(when: str, places, *kinds: str) -> list[tuple[str, ...]]:
    """For each place the stadsdel, and by nominal nesting that day what it is part of."""
    found = boundary_index(day(when)).at("stadsdel", *places)
    rows = AreaPart.objects.as_of(day(when)).select_related("part", "whole")
    above = {(row.part_id, row.whole_kind): row.whole.name for row in rows}
    names = dict(Area.objects.values_list("pk", "name"))
    assert {len(each) for each in found} == {1}
    return [(names[pk], *(above[pk, kind] for kind in kinds)) for (pk,) in found]


@pytest.mark.skipif(not DATA.is_dir(), reason="the city's polygons are not beside the project")
def test_every_point_of_the_city_gets_the_areas_it_is_to_have(structure) -> None:
    said = run(
        DATA / "stadsdelar.geojson", "--valid-from=2019-01-01", "--match", SHORT, "--activate"
    )
    assert "117 av 117 former är kopplade till områden." in said
    with (DATA / "points-expected.csv").open(encoding="utf-8") as lines:
        points = list(csv.DictReader(lines))
    assert len(points) == 351
    lats, lons = ([float(row[name]) for row in points] for name in ("lat", "lon"))
    for when, suffix in [("2019-12-01", "2019"), ("2026-11-23", "today")]:
        places = sweref_from_wgs84(lats, lons)
        found = answers_on(when, places, "stadsdelsomrade", "lokalpolisomrade")
        for row, answer in zip(points, found, strict=True):
            stadsdel = row["stadsdel"]
            if row["id"] in MISNAMED:
                assert stadsdel == "Ulvsunda"
                stadsdel = "Ulvsunda industriområde"
            above = (row[f"stadsdelsomrade_{suffix}"], row[f"lokalpolisomrade_{suffix}"])
            assert answer == (stadsdel, *above), row["id"]
