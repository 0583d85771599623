"""The pictures in a report: drawn from what its page shows, for the same readers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from governance.documents.blocks import Figure, Table
from governance.models import FollowUp, IndicatorValue
from tests.following import make_followup
from tests.reports import adopted, figured, freeze, many_groups, of_year, one
from tests.settling import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(world) -> FollowUp:
    figured(world)
    return adopted(world.group)


def pictures(client: Client, url: str) -> list[str]:
    body = client.get(url).content.decode()
    return [each.replace("&amp;", "&") for each in re.findall(r'<img src="([^"]+)"', body)]


def report_of(followup: FollowUp) -> str:
    return reverse("governance:group_report", args=[followup.year, followup.group.slug])


def year_of(followup: FollowUp) -> str:
    return reverse("governance:year_report", args=[followup.year])


def test_every_figure_is_followed_by_its_table(done, anna):
    for document in (one(anna, done), of_year(anna)):
        followed = [
            isinstance(after, Table)
            for before, after in zip(document.blocks, document.blocks[1:], strict=False)
            if isinstance(before, Figure)
        ]
        assert followed
        assert all(followed)


def test_every_picture_of_the_pages_is_drawn_and_has_words_beside_it(done, as_anna):
    asked = pictures(as_anna, report_of(done))
    asked += pictures(as_anna, f"{year_of(done)}?overenskommelse=provstad")
    assert len(asked) == 1 + 3
    for each in asked:
        answer = as_anna.get(each)
        assert answer.status_code == 200, each
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert as_anna.get(f"{each}{'&' if '?' in each else '?'}smal=ja").content != answer.content
    body = as_anna.get(report_of(done)).content.decode()
    assert not re.search(r'<img [^>]*alt=""', body)
    assert re.search(r'<img [^>]*alt="[^"]*11', body)


def test_a_picture_is_the_same_when_values_change_afterwards(done, as_anna):
    asked = [*pictures(as_anna, report_of(done)), *pictures(as_anna, year_of(done))]
    before = [as_anna.get(each).content for each in asked]
    IndicatorValue.objects.update(value=77)
    assert [as_anna.get(each).content for each in asked] == before


def test_a_picture_of_a_draft_is_seen_by_those_who_see_the_draft(world, bo):
    figured(world)
    draft = freeze(make_followup(world.group), "draft")
    secretary = account(world, world.secretary, "Sven")
    [each] = pictures(secretary, report_of(draft))
    assert secretary.get(each).status_code == 200
    reader = Client()
    reader.force_login(bo)
    assert reader.get(each).status_code == 404


def test_what_is_not_in_the_report_is_a_404(done, as_anna, elsewhere):
    here = [done.year, done.group.slug]
    assert as_anna.get(reverse("governance:goal_plot", args=[*here, 999999])).status_code == 404
    assert as_anna.get(reverse("governance:year_plot", args=[2021, 999999])).status_code == 404
    for name, more in (("year_plot", [1]), ("year_measures_plot", [])):
        assert as_anna.get(reverse(f"governance:{name}", args=[99999, *more])).status_code == 404


def test_a_year_without_measures_draws_no_picture(world, as_anna):
    many_groups(world, 1)
    assert pictures(as_anna, reverse("governance:year_report", args=[2021])) == []
