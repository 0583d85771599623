"""The files of reports: who may take them away, and that they say what the page says."""

import html
import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from governance.documents.blocks import Document, Facts, Figure, Table
from governance.models import FollowUp, IndicatorValue, Measure, Person, SteeringGroup
from tests.following import make_followup
from tests.reports import adopted, figured, freeze, of_year, one
from tests.worlds import appoint, make_group, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(world) -> FollowUp:
    appoint(world.chair, make_person(world.city, "Mona", "Provson"))
    figured(world)
    return adopted(world.group)


def sheets(client: Client, url: str = "") -> dict[str, list[tuple[object, ...]]]:
    answer = client.get(url or reverse("governance:year_data", args=[2021]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="uppfoljning-2021.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"
    book = load_workbook(io.BytesIO(answer.content))
    return {each.title: list(each.iter_rows(values_only=True)) for each in book.worksheets}


def test_the_workbook_of_a_year_holds_the_adopted_ones_and_no_names(world, done, as_anna):
    freeze(make_followup(make_group(world.agreement, "Hemlig grupp")), "draft")
    found = sheets(as_anna)
    assert [row[0] for row in found["Uppföljningar"][1:]] == ["Lokala gruppen i Provstad"]
    assert len(found["Åtgärder"]) == 3
    assert "Mona" not in repr(found)
    assert "Hemlig" not in repr(found)


def test_the_workbook_is_the_same_whatever_is_changed_afterwards(world, done, as_anna):
    before = sheets(as_anna)
    IndicatorValue.objects.update(value=77)
    Measure.objects.update(title="Annat")
    world.group.name = "Nya namnet"
    world.group.save()
    assert sheets(as_anna) == before


def test_a_stranger_gets_a_workbook_without_rows(done, elsewhere):
    user = make_user("frans@example.org")
    make_person(elsewhere.city, "Frans", "Främling", user=user)
    frans = Client()
    frans.force_login(user)
    assert len(sheets(frans)["Uppföljningar"]) == 1
    here = reverse("governance:year_data", args=[2021])
    assert frans.get(f"{here}?overenskommelse=provstad").status_code == 404
    assert frans.get(reverse("governance:year_data", args=[99999])).status_code == 404


# -- the same as on the page --------------------------------------------------------------------


def file_of(followup: FollowUp, kind: str) -> str:
    args = [followup.year, followup.group.slug, kind]
    return reverse("governance:group_report_file", args=args)


def addresses(followup: FollowUp, kind: str) -> tuple[str, str]:
    """Of one group's report and of the year's."""
    here = [followup.year, followup.group.slug]
    if kind == "page":
        year = reverse("governance:year_report", args=[followup.year])
        return reverse("governance:group_report", args=here), year
    year = reverse("governance:year_report_file", args=[followup.year, kind])
    return file_of(followup, kind), year


def said_in(document: Document) -> Iterator[str]:
    """Every text of the document, in order."""
    for block in document.blocks:
        if isinstance(block, Facts):
            yield from (text for row in block.rows for text in row)
        elif isinstance(block, Table):
            yield from [block.caption, *(each.title for each in block.columns)]
            yield from (cell for row in block.rows for cell in row)
        elif not isinstance(block, Figure):
            yield block.text


def squeezed(text: str) -> str:
    """Without blanks, and hyphens that a line may have got."""
    return re.sub(r"[\s\u00ad\u2010-]", "", html.unescape(text))


def text_in(content: bytes, kind: str) -> str:
    if kind == "pdf":
        pages = PdfReader(io.BytesIO(content)).pages
        return squeezed("".join(each.extract_text() for each in pages))
    if kind == "docx":
        content = ZipFile(io.BytesIO(content)).read("word/document.xml")
    body = content.decode().split('class="stack report"')[-1]
    return squeezed(re.sub(r"<[^>]+>", "", body))


@pytest.mark.parametrize("kind", ["page", "pdf", "docx"])
def test_page_and_files_say_the_same_in_the_same_order(done, anna, as_anna, kind):
    documents = (one(anna, done), of_year(anna))
    for document, url in zip(documents, addresses(done, kind), strict=True):
        answer = as_anna.get(url)
        assert answer.status_code == 200
        text, place = text_in(answer.content, kind), 0
        for each in map(squeezed, said_in(document)):
            found = text.find(each, place)
            assert found >= 0, f"{each} efter {text[place - 80 : place]}"
            place = found + len(each)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_is_the_same_whatever_is_changed_afterwards(world, done, as_anna, kind):
    urls = addresses(done, kind)
    before = [text_in(as_anna.get(url).content, kind) for url in urls]
    IndicatorValue.objects.update(value=77)
    Measure.objects.update(title="Annat")
    SteeringGroup.objects.filter(pk=world.group.pk).update(name="Nya namnet")
    world.challenge.title = "otrygga torg"
    world.challenge.save()
    assert [text_in(as_anna.get(url).content, kind) for url in urls] == before
    Person.objects.filter(mandates__seat=world.chair).update(protected=True)
    after = [text_in(as_anna.get(url).content, kind) for url in urls]
    hidden = squeezed("Namnet visas inte")
    assert after == [each.replace("MonaProvson", hidden) for each in before]


def test_files_follow_the_version_and_the_reader(world, done, bo, as_anna):
    freeze(make_followup(world.group, number=2, reason="Fel antal."), "draft")
    reader = Client()
    reader.force_login(bo)
    url = file_of(done, "docx")
    draft = squeezed("Det här är ett utkast")
    assert draft in text_in(as_anna.get(url).content, "docx")
    assert draft not in text_in(as_anna.get(f"{url}?version=1").content, "docx")
    assert draft not in text_in(reader.get(url).content, "docx")
    assert reader.get(f"{url}?version=2").status_code == 404
    assert as_anna.get(file_of(done, "odt")).status_code == 404
    year = reverse("governance:year_report_file", args=[2021, "odt"])
    assert as_anna.get(year).status_code == 404


def test_the_page_offers_the_files_of_the_version_that_it_shows(done, as_anna):
    body = as_anna.get(addresses(done, "page")[0]).content.decode()
    for kind in ("pdf", "docx"):
        assert f'href="{file_of(done, kind)}?version=1" data-report-file' in body
    year = as_anna.get(f"{addresses(done, 'page')[1]}?overenskommelse=provstad").content.decode()
    for name, more in (("year_report_file", ["pdf"]), ("year_data", [])):
        there = reverse(f"governance:{name}", args=[2021, *more])
        assert f'href="{there}?overenskommelse=provstad"' in year
