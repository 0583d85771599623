"""Numbers, shares and days of a report in Swedish: on the page, in the plot and in every file."""

import datetime
import html
import io
import re
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from governance.documents.goal_plots import goal_plot
from governance.models import FollowUp, Goal
from governance.services.meetings import hold_meeting, plan_meeting
from tests.days import day
from tests.following import make_goal, make_indicator, make_measure, make_priority, make_value
from tests.reports import adopted
from tests.test_plots import words_in, written
from tests.test_report_downloads import addresses

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2022, 6, 1)
# A value, a count, a share and a day, where the text has them; what no Swedish text has.
SAID = [
    "12,5\u00a0%",
    "12\u00a0345",
    "50\u00a0% av",
    "31 december 2021",
    "1\u00a0234\u00a0567,5",
]
ENGLISH = [
    r"\b12\.5",
    r"\b12345\b",
    r"12,345",
    r"\b1234567",
    r"\d %",
    r"\b\d+%",
    r"December|2021-12",
]


@pytest.fixture
def done(world) -> FollowUp:
    """Two goals, a measure that cost much, and a meeting where two of three seats were."""
    priority = make_priority(world.group, world.challenge)
    worry, crimes = make_indicator(), make_indicator("ANTAL", unit="antal")
    make_goal(priority, worry, world.district, "14.5", "10.5", due=day("2023-12-31"))
    make_goal(priority, crimes, world.district, 13345, 10345, due=day("2023-12-31"))
    for indicator, before, now in ((worry, "14.5", "12.5"), (crimes, 13345, 12345)):
        make_value(indicator, world.district, 2020, before)
        make_value(indicator, world.district, 2021, now, measured_on=day("2021-10-05"))
    make_measure(priority, world.city, due=day("2021-11-30"), cost="1234567.5", hours="12.5")
    plan_meeting(user=None, group=world.group, day=day("2021-05-04"))
    [meeting] = world.group.meetings.all()
    hold_meeting(user=None, meeting=meeting, today=TODAY, present=[world.chair, world.member])
    return adopted(world.group)


def text_of(client: Client, followup: FollowUp, kind: str) -> str:
    """What the report of the group says, blanks as they are."""
    content = client.get(addresses(followup, kind)[0]).content
    if kind == "pdf":
        pages = PdfReader(io.BytesIO(content)).pages
        return re.sub(r"\n", " ", "\n".join(each.extract_text() for each in pages))
    if kind == "docx":
        content = ZipFile(io.BytesIO(content)).read("word/document.xml")
    body = content.decode().split('class="stack report"')[-1].split("</main")[0]
    return html.unescape(re.sub(r"<[^>]+>", "\n", body))


@pytest.mark.parametrize("kind", ["page", "pdf", "docx"])
def test_a_text_has_decimal_commas_thousands_apart_and_days_in_words(done, as_anna, kind):
    text = text_of(as_anna, done, kind)
    for each in [*SAID, "67\u00a0%", "12,5\u00a0timmar"]:
        assert each in text, each
    for pattern in ENGLISH:
        assert not re.search(pattern, text), re.search(pattern, text)


def test_the_page_of_the_follow_up_says_them_the_same_way(done, as_anna):
    here = reverse("governance:followup", args=[done.year, done.group.slug])
    body = as_anna.get(here).content.decode().split("<main")[1].split("</main")[0]
    text = html.unescape(re.sub(r"<[^>]+>", "\n", body))
    for each in [*SAID[:4], "67\u00a0% närvaro"]:
        assert each in text, each


def test_a_plot_has_them_in_its_letters_and_in_its_words(world, done, as_anna):
    said = []
    for goal in Goal.objects.filter(priority__group=world.group).order_by("pk"):
        url = reverse("governance:goal_plot", args=[done.year, done.group.slug, goal.pk])
        said += written(as_anna.get(url).content)
    for each in ("14,5\u00a0% (2020)", "10,5\u00a0%", "13\u00a0345 (2020)", "10\u00a0345"):
        assert each in said, each
    [priority] = done.snapshot["facts"]["priorities"]
    drawn = " ".join(words_in(goal_plot(each)) for each in priority["goals"])
    assert "12,5" in drawn
    assert "12\u00a0345" in drawn
    told = as_anna.get(addresses(done, "page")[0]).content.decode()
    alternatives = " ".join(html.unescape(each) for each in re.findall(r'alt="([^"]*)"', told))
    assert "till 12,5\u00a0% (2021)" in alternatives
    assert "till 12\u00a0345 (2021)" in alternatives
    for pattern in ENGLISH[:5]:
        assert not re.search(pattern, " ".join([*said, drawn, alternatives])), pattern


def test_a_workbook_has_numbers_and_days_that_can_be_counted_with(done, as_anna):
    content = as_anna.get(reverse("governance:year_data", args=[2021])).content
    book = load_workbook(io.BytesIO(content))
    goals, measures, followups = (
        _cells(book[title]) for title in ("Mål", "Åtgärder", "Uppföljningar")
    )
    by_unit = {(row["Enhet"].value, row["Mätår"].value): row for row in goals}
    percent, count = by_unit["%", 2021], by_unit["antal", 2021]
    for cell, value in (
        (percent["Värde"], 12.5),
        (count["Värde"], 12345),
        (percent["Andel av vägen (1 är hela)"], 0.5),
        (measures[0]["Kostnad i kronor"], 1234567.5),
        (measures[0]["Arbetstimmar"], 12.5),
        (followups[0]["Närvaro i procent"], 67),
    ):
        assert (cell.data_type, cell.value) == ("n", value)
    for cell, when in (
        (percent["Uppmätt den"], datetime.datetime(2021, 10, 5)),
        (followups[0]["Avstämningsdatum"], datetime.datetime(2021, 12, 31)),
        (measures[0]["Klar senast"], datetime.datetime(2021, 11, 30)),
    ):
        assert (cell.is_date, cell.value) == (True, when)
        assert cell.number_format.lower() == "yyyy-mm-dd"


def _cells(sheet) -> list[dict]:
    headings, *rows = sheet.iter_rows()
    return [dict(zip((each.value for each in headings), row, strict=True)) for row in rows]
