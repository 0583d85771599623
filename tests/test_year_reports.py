"""The report of a year, before it is laid out: all groups that have adopted theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.documents.blocks import Heading, Table
from governance.documents.reports import document_of_year
from governance.models import FollowUp, SteeringGroup
from governance.permissions import visible_groups
from governance.queries.reports import year_report
from tests.days import day
from tests.following import make_followup
from tests.reports import adopted, figured, freeze, headings, many_groups, of_year, table, words
from tests.worlds import make_group

pytestmark = pytest.mark.django_db
LOCAL = "Lokala gruppen i Provstad"


@pytest.fixture
def done(world) -> FollowUp:
    figured(world)
    return adopted(world.group)


def test_the_year_begins_with_all_groups_side_by_side(world, done, anna):
    many_groups(world, 1)
    document = of_year(anna, agreement="provstad")
    assert document.title == "Samlad uppföljning 2021"
    assert document.subtitle == "Överenskommelse i Provstad"
    assert document.file_name == "samlad-uppfoljning-2021-provstad"
    assert headings(document) == ["Översikt", "Grupp 1", LOCAL]
    assert table(document, "Bedömning i varje grupp").rows == [
        ["Grupp 1", "Delvis"], [LOCAL, "Delvis"],
    ]  # fmt: skip
    assert table(document, "Antal grupper med varje bedömning, per utmaning").rows == [
        ["Trygga torg", "0", "2", "0", "0", "0"]
    ]
    assert table(document, "Åtgärder efter läge i varje grupp, 2021").rows == [
        ["Grupp 1", "0", "0", "0", "0", "0", "0"], [LOCAL, "1", "1", "0", "0", "2", "0"],
    ]  # fmt: skip
    work = table(document, "Möten, närvaro och platser i varje grupp")
    assert work.rows[0] == ["Grupp 1", "0", "0", "Ej registrerad", "1", "0"]
    assert table(document, "Mål: Provindikator PROV1").rows[0][:4] == [
        f"{LOCAL}, Provstads district", "12\u00a0% (2020)", "Ingen mätning 2020", "11\u00a0%",
    ]  # fmt: skip
    anchors = [each.anchor for each in document.blocks if isinstance(each, Heading)]
    assert len(set(anchors)) == len(anchors)


def test_only_the_newest_adopted_ones_are_in_it(world, done, anna):
    for number, state in enumerate(["draft", "with_members", "sent", "returned"]):
        group = make_group(world.agreement, f"Hemlig {number}")
        freeze(make_followup(group), state, return_note="Skriv mer om torget.")
    freeze(make_followup(world.group, number=2, reason="Fel."), "draft")
    document = of_year(anna)
    assert headings(document) == ["Översikt", LOCAL]
    assert "Inte fastställd för 2021: Hemlig 0, Hemlig 1, Hemlig 2 och Hemlig 3." in words(document)
    FollowUp.objects.filter(group=world.group, number=2).update(
        state="adopted", adopted_on=day("2022-03-09"), capacity="chair"
    )
    assert headings(of_year(anna)) == ["Översikt", LOCAL]
    assert "Rättad (version 2)" in repr(of_year(anna))


def test_a_stranger_finds_nothing_in_it(done, elsewhere, stranger):
    report = year_report(stranger, SteeringGroup.objects.all(), 2021)
    assert report.told == []


def test_a_year_without_groups_says_that_there_are_none(done, stranger):
    document = document_of_year(year_report(stranger, SteeringGroup.objects.none(), 2021))
    assert document.subtitle == "Ingen styrgrupp att visa"
    assert words(document) == ["Det finns ingen lokal styrgrupp att visa för 2021."]


def test_it_says_how_many_groups_have_an_adopted_one(world, done, anna):
    make_group(world.agreement, "Grupp 1")
    told = "1 av 2 lokala styrgrupper har en fastställd uppföljning för 2021."
    assert told in words(of_year(anna))


def test_a_year_without_any_says_what_is_needed(world, anna):
    document = of_year(anna)
    assert headings(document) == ["Översikt"]
    assert words(document)[0].startswith("Ingen uppföljning för 2021 är fastställd än.")
    assert f"Inte fastställd för 2021: {LOCAL}." in words(document)[1]


def test_many_challenges_stand_a_few_at_a_time(structure, farsta, karin):
    version = structure.versions.get(number=2)
    freeze(make_followup(farsta, 2020, version=version))
    document = of_year(karin, 2020)
    captions = [each.caption for each in document.blocks if isinstance(each, Table)]
    assert "Bedömning i varje grupp, utmaning 1–5 av 10" in captions
    assert "Bedömning i varje grupp, utmaning 6–10 av 10" in captions


@pytest.mark.parametrize("most", [None, 1])
def test_it_asks_the_database_as_often_for_many_groups(world, anna, most):
    numbers, groups = [], visible_groups(anna)
    year_report(anna, groups, 2020)  # what the rights of the reader ask, once
    for number in (5, 35):
        many_groups(world, number)
        with CaptureQueriesContext(connection) as asked:
            report = year_report(anna, groups, 2021, most=most)
            document_of_year(report, whole=most is None)
        numbers.append(len(asked))
    assert len(report.told) == 40
    assert numbers[0] == numbers[1] <= 7
    assert any("name" in str(each.data["roster"]) for each in report.told) == (most is None)
