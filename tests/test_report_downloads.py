"""The files of reports: who may take them away, and that they say what the page says."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import FollowUp, IndicatorValue, Measure
from tests.following import make_followup
from tests.reports import adopted, figured, freeze
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
