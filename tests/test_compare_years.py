"""One group's adopted follow-ups beside each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.documents.blocks import Document
from governance.documents.year_comparisons import comparison_of
from governance.models import FollowUp, FollowUpSection, IndicatorValue
from governance.queries.reports import adopted_years
from tests.days import day
from tests.following import make_followup, make_measure, make_priority
from tests.reports import adopted, figured, freeze, headings, table, words
from tests.settling import said
from tests.worlds import make_group

pytestmark = pytest.mark.django_db
JUDGED = "Bedömning av varje utmaning och egen prioritering, år för år"
GOALS = "Värden för varje mål, år för år"


def url(group) -> str:
    return reverse("governance:compare_years", args=[group.slug])


def compared(user, group) -> Document:
    return Document("", "", "", blocks=comparison_of(adopted_years(user, group)))


@pytest.fixture
def figures(world):
    return figured(world)


@pytest.fixture
def years(world, figures) -> None:
    """2021 and 2023 are adopted, 2022 is a draft, and 2021 was corrected once."""
    adopted(world.group, 2021)
    freeze(make_followup(world.group, 2022), "draft")
    adopted(world.group, 2023)
    freeze(make_followup(world.group, 2021, number=2, reason="Fel."), adopted_on=day("2022-03-09"))


def test_years_are_columns_the_newest_last_and_one_without_says_so(world, years, anna):
    judged = table(compared(anna, world.group), JUDGED)
    assert [each.title for each in judged.columns] == [
        "Utmaning eller prioritering", "2021 (version 2)", "2022 (ingen fastställd)", "2023",
    ]  # fmt: skip
    assert judged.rows == [["Trygga torg", "Delvis", "–", "Delvis"]]


def test_a_goal_has_a_value_for_each_year_or_says_that_there_was_no_measurement(world, years, anna):
    [row] = table(compared(anna, world.group), GOALS).rows
    assert row == [
        "Provindikator PROV1, Provstads district", "12\u00a0% (2020)", "11\u00a0%",
        "–", "Ingen mätning 2023",
        "10\u00a0% senast den 31 december 2022",
    ]  # fmt: skip


def test_a_value_put_right_later_stays_as_it_was_frozen(world, years, figures, anna):
    before = comparison_of(adopted_years(anna, world.group))
    IndicatorValue.objects.filter(pk=figures[0].pk).update(value=3)
    world.challenge.title = "otrygga torg"
    world.challenge.save()
    assert comparison_of(adopted_years(anna, world.group)) == before


def test_a_priority_that_came_later_was_not_there_before(world, years, anna):
    own = make_priority(world.group, own_title="Skolvägar", valid_from=day("2024-01-01"))
    make_measure(own, world.city, due=day("2024-12-31"), status="planned")
    last = make_followup(world.group, 2024)
    FollowUpSection.objects.create(followup=last, kind="challenge", priority=own, order=99)
    freeze(last)
    document = compared(anna, world.group)
    rows = {row[0]: row[1:] for row in table(document, JUDGED).rows}
    assert rows["Skolvägar"] == ["Inte med", "–", "Inte med", "Delvis"]
    measures = {row[0]: row[1:] for row in table(document, "Åtgärder efter läge, år för år").rows}
    assert measures["Planerade"][-1] == "1"
    assert measures["Genomförda"][0] == "1"


def test_meetings_attendance_and_vacancies_stand_year_by_year(world, years, anna):
    work = table(compared(anna, world.group), "Möten, närvaro och platser, år för år")
    rows = {row[0]: row[1:] for row in work.rows}
    assert rows["Närvaro"] == ["Ej registrerad", "–", "Ej registrerad"]
    assert rows["Utan ledamot"][0] == "3"
    assert rows["Möten hållna"][2] == "0"


def test_a_break_of_the_area_is_told(world, years, anna):
    row = FollowUp.objects.get(group=world.group, year=2023)
    goal = row.snapshot["facts"]["priorities"][0]["goals"][0]
    goal["breaks"] = [{"day": "2022-01-01", "text": "Området finns sedan den 1 januari 2022."}]
    row.save()
    assert "Området finns sedan den 1 januari 2022." in words(compared(anna, world.group))


def test_a_successor_names_those_before_it(world, figures, anna):
    old = make_group(world.agreement, "Gamla gruppen", valid_through=day("2021-06-30"))
    old.successors.set([world.group])
    adopted(world.group)
    assert any("Gamla gruppen" in each for each in words(compared(anna, world.group)))


def test_the_page_reads_in_order_and_links_to_each_report(world, years, as_anna):
    response = as_anna.get(url(world.group))
    page = said(response)
    for heading in headings(Document("", "", "", blocks=response.context["blocks"])):
        assert heading in page
    assert f"/uppfoljning/2021/{world.group.slug}/rapport/?version=2" in response.content.decode()
    assert "Det som står i 2 fastställda uppföljningar" in page


def test_a_group_without_any_says_so_and_a_stranger_gets_a_404(world, as_anna, client, stranger):
    assert "Gruppen har ingen fastställd uppföljning än." in said(as_anna.get(url(world.group)))
    client.force_login(stranger)
    assert client.get(url(world.group)).status_code == 404


def test_it_asks_the_database_as_often_for_many_years(world, figures, as_anna):
    numbers = []
    for some in ([2021], range(2022, 2030)):
        for year in some:
            adopted(world.group, year)
        with CaptureQueriesContext(connection) as asked:
            as_anna.get(url(world.group))
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12
