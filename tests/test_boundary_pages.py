"""/granser/: the list, one set beside the one in force, the upload, and the verbs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Act, Agreement, Area, AreaPart, BoundarySet
from tests.boundary_sets import box, geojson, make_boundary_set
from tests.days import day
from tests.reading import read
from tests.worlds import FIRST

pytestmark = pytest.mark.django_db
SHAPES = {"NORRA PROVSTAD": box(0, 1000), "SÖDRA PROV.": box(0, 0)}


def upload(client, data: bytes, **more):
    """Send the form with a file, as the page does."""
    typed = {"kind": "stadsdel", "name_field": "name", "source": "Provkartan", "accuracy": "5"}
    typed |= {"valid_from": "2021-01-01", **more}
    file = SimpleUploadedFile("gränser.geojson", data)
    return client.post("/granser/las-in/", {"agreement": agreement(), **typed, "file": file})


def agreement() -> int:
    return Agreement.objects.get(slug="provstad").pk


def go_through(client, url: str, typed: dict[str, str]):
    """The preview of a verb, and its confirmation with what the preview had seen."""
    preview = client.post(url, typed)
    assert preview.status_code == 200
    assert "sentences" in preview.context, preview.context["form"].errors
    seen = dict(preview.context["hidden"])["seen"]
    return preview, lambda: client.post(url, {**typed, "seen": seen, "steg": "spara"})


def test_without_boundaries_the_page_says_what_that_means(as_anna) -> None:
    words = read(as_anna, "/granser/")
    assert "Inga gränser är inlästa." in words
    assert "Läs in gränser" in words


def test_from_upload_over_names_to_activation(as_anna, world) -> None:
    answer = upload(as_anna, geojson(SHAPES, swapped=True))
    found = BoundarySet.objects.get()
    assert answer["Location"] == f"/granser/{found.pk}/"
    words = read(as_anna, answer["Location"])
    assert "1 form har ett namn som inte är något områdes namn: SÖDRA PROV." in words
    assert "Bekräfta namn" in words
    page = as_anna.get(f"/granser/{found.pk}/namn/").content.decode()
    assert "Menas Södra Provstad?" in page
    row = found.boundaries.get(area=None)
    typed = {f"namn-{row.pk}": str(world.south.pk)}
    preview, confirm = go_through(as_anna, f"/granser/{found.pk}/namn/", typed)
    assert "SÖDRA PROV. är Södra Provstad." in preview.context["sentences"]
    confirm()
    words = read(as_anna, f"/granser/{found.pk}/")
    assert "Alla 2 former är kopplade till områden." in words
    _, confirm = go_through(as_anna, f"/granser/{found.pk}/aktivera/", {"valid_from": "2022-05-01"})
    assert not BoundarySet.objects.filter(activated=True).exists()
    assert confirm()["Location"] == f"/granser/{found.pk}/"
    found.refresh_from_db()
    assert (found.activated, found.valid_from) == (True, day("2022-05-01"))
    assert "Aktivera" not in read(as_anna, f"/granser/{found.pk}/")
    acts = Act.objects.filter(verb=Act.Verb.BOUNDS)
    assert {act.agreement for act in acts} == {world.agreement}
    assert acts.count() == 3


def test_swapped_axes_are_told_on_the_page_after_the_upload(as_anna) -> None:
    answer = upload(as_anna, geojson(SHAPES, swapped=True))
    assert "Axlarna stod i omvänd ordning" in as_anna.get(answer["Location"]).content.decode()


def test_the_same_file_again_is_told_and_loads_nothing(as_anna) -> None:
    first = upload(as_anna, geojson(SHAPES))
    again = upload(as_anna, geojson(SHAPES))
    assert again["Location"] == first["Location"]
    assert "redan inlästa" in as_anna.get(again["Location"]).content.decode()


def test_every_fault_stands_by_the_file_and_what_was_typed_is_kept(as_anna, world) -> None:
    make_boundary_set(world.municipality, {world.north: box(0, 0)}, activated=True)
    answer = upload(as_anna, geojson({"Norra": None, "Södra": None}), source="Min källa")
    assert answer.status_code == 200
    assert len(answer.context["form"].errors["file"]) == 2
    assert "Min källa" in answer.content.decode()
    for data in (b"", b"nonsens"):
        assert "inte GeoJSON" in upload(as_anna, data).content.decode()
    assert BoundarySet.objects.get().activated


def test_a_file_that_is_too_large_is_refused_in_a_sentence(as_anna, monkeypatch) -> None:
    monkeypatch.setattr("governance.geo.geojson.MAX_BYTES", 100)
    answer = upload(as_anna, geojson(SHAPES))
    assert "Filen är för stor: högst 20 MB och 250 000 brytpunkter läses." in (
        answer.content.decode()
    )
    assert not BoundarySet.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("kind", "finns-inte", "Valet finns inte längre"),
        ("source", "", "varifrån gränserna kommer"),
        ("valid_from", "2021-02-30", "är inget datum"),
        ("accuracy", "501", "Skriv högst 500 meter."),
        ("accuracy", "fem", "helt antal meter"),
        ("agreement", "0", "Valet finns inte längre"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field(as_anna, name, value, said) -> None:
    assert said in upload(as_anna, geojson(SHAPES), **{name: value}).content.decode()


def test_a_set_is_thrown_away_after_a_preview(as_anna, world) -> None:
    found = make_boundary_set(world.municipality, {world.north: box(0, 0)})
    _, confirm = go_through(as_anna, f"/granser/{found.pk}/kasta/", {"x": ""})
    assert confirm()["Location"] == "/granser/"
    assert not BoundarySet.objects.exists()
    assert as_anna.get(f"/granser/{found.pk}/").status_code == 404


def test_a_second_click_changes_nothing_and_shows_how_it_is_now(as_anna, world) -> None:
    found = make_boundary_set(world.municipality, {world.north: box(0, 0)})
    other = make_boundary_set(world.municipality, {world.south: box(0, 0)})
    url = f"/granser/{found.pk}/aktivera/"
    _, confirm = go_through(as_anna, url, {"valid_from": "2021-01-01"})
    _, throw = go_through(as_anna, f"/granser/{other.pk}/kasta/", {"x": ""})
    throw()
    assert confirm().status_code == 409
    found.refresh_from_db()
    assert not found.activated


def test_a_reader_sees_the_sets_without_the_verbs_and_a_refusal_in_words(client, bo, world) -> None:
    found = make_boundary_set(world.municipality, {world.north: box(0, 0)})
    client.force_login(bo)
    assert "Läs in gränser" not in read(client, "/granser/").replace("Hjälp: läsa in", "")
    assert "Aktivera" not in read(client, f"/granser/{found.pk}/")
    answer = client.get(f"/granser/{found.pk}/aktivera/")
    assert answer.status_code == 403
    assert "ändra styrgrupper, gränser och behörigheter" in answer.content.decode()


def test_on_another_day_the_list_says_what_was_so_then_and_hides_the_verbs(as_anna, world) -> None:
    make_boundary_set(
        world.municipality,
        {world.north: box(0, 0)},
        activated=True,
        source="Gamla kartan",
        valid_from=day("2020-01-01"),
        valid_through=day("2020-12-31"),
    )
    make_boundary_set(
        world.municipality,
        {world.north: box(0, 0)},
        activated=True,
        source="Nya kartan",
        valid_from=day("2021-01-01"),
    )
    then, now = read(as_anna, "/granser/?datum=2020-06-01"), read(as_anna, "/granser/")
    assert "Gamla kartan Gäller " in then
    assert "Nya kartan Gäller från den 1 januari 2021" in then
    assert "Läs in gränser" not in then
    assert "Gällde till och med den 31 december 2020" in now


def test_another_municipality_has_its_own_sets(as_anna, elsewhere, world) -> None:
    theirs = make_boundary_set(elsewhere.municipality, {elsewhere.north: box(0, 0)})
    assert "Inga gränser är inlästa." in read(as_anna, "/granser/")
    for page in ("", "namn/", "aktivera/", "kasta/"):
        assert as_anna.get(f"/granser/{theirs.pk}/{page}").status_code == 404


def test_the_pages_cost_the_same_whatever_the_number_of_shapes(as_anna, world) -> None:
    for first in ("2020-01-01", "2021-01-01"):
        make_boundary_set(
            world.municipality, {world.north: box(0, 0)}, activated=False, valid_from=day(first)
        )
    numbers = []
    for at in (1, 2):
        for number in range(at * 100, at * 100 + 20):
            area = Area.objects.create(
                name=f"Område {number}", slug=f"o-{number}", kind="stadsdel", valid_from=FIRST
            )
            AreaPart.objects.create(
                part=area, whole=world.district, whole_kind="stadsdelsomrade", valid_from=FIRST
            )
            for each in BoundarySet.objects.all():
                row = each.boundaries.get(area=world.north)
                each.boundaries.create(area=area, name=area.name, shape=row.shape)
        pages = ["/granser/", f"/granser/{BoundarySet.objects.order_by('pk').last().pk}/"]
        numbers.append([queries(as_anna, page) for page in pages])
    assert numbers[0] == numbers[1]
    assert max(numbers[1]) <= 12


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200, url
    return len(asked)
