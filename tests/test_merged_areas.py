"""The area that came after two: its plot is broken where it began, in words and in the drawing,
on the indicator's page and in an adopted report.
"""

import pytest
from django.urls import reverse

from governance.documents.goal_plots import goal_plot
from governance.documents.plot_drawings import paper_of
from governance.documents.plots import IndicatorPlot
from governance.models import Area, AreaPart, FollowUp, Goal, Indicator
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority, make_value
from tests.reports import adopted
from tests.test_plot_pages import images, told
from tests.test_plots import written
from tests.test_report_downloads import addresses, squeezed, text_in
from tests.verb_pages import url

pytestmark = pytest.mark.django_db
BEGAN = "Området finns sedan den 1 juli 2021, efter Norra Provstad och Södra Provstad."
ENDED = "Området slutade den 30 juni 2021. Senare värden mäts för Nya Provstad."


@pytest.fixture
def worry() -> Indicator:
    return make_indicator()


@pytest.fixture
def merged(world, worry) -> Area:
    """It came after the north and the south on 1 July 2021, and was also worked out for 2020."""
    new = Area.objects.create(
        name="Nya Provstad", slug="nya-provstad", kind="stadsdel", valid_from=day("2021-07-01")
    )
    whole = {"whole": world.district, "whole_kind": world.district.kind}
    AreaPart.objects.create(part=new, valid_from=new.valid_from, **whole)
    for old in (world.north, world.south):
        AreaPart.objects.filter(part=old).update(valid_through=day("2021-06-30"))
        old.valid_through = day("2021-06-30")
        old.save()
        old.successors.add(new)
        for year, value in ((2018, 14), (2020, 12)):
            make_value(worry, old, year, value)
    for year, value in ((2020, 13), (2021, 11), (2022, 10)):
        make_value(worry, new, year, value)
    return new


@pytest.fixture
def goal(world, worry, merged) -> Goal:
    return make_goal(make_priority(world.group, world.challenge), worry, merged, 13, 9)


@pytest.fixture
def done(world, goal) -> FollowUp:
    return adopted(world.group, 2022)


def frozen_plot(followup: FollowUp) -> IndicatorPlot:
    [priority] = followup.snapshot["facts"]["priorities"]
    [goal] = priority["goals"]
    return goal_plot(goal)


def is_written(words: str, svg: bytes) -> bool:
    """Whether the drawing has them, on whatever lines they stand."""
    return words in " ".join(written(svg))


def test_the_page_of_the_indicator_breaks_the_line_where_the_area_began(as_anna, merged):
    asked = {"omrade": "stadsdel-nya-provstad"}
    (address, words), *_ = images(as_anna.get(url("indicator", "prov1"), asked))
    assert words.startswith("Provindikator PROV1, Nya Provstad. 3 mätningar")
    assert BEGAN in words
    assert told(as_anna.get(address)) == words
    for each in (address, f"{address}&smal=ja"):
        assert is_written(BEGAN, as_anna.get(each).content)


def test_each_predecessor_keeps_its_values_and_says_where_later_ones_are(as_anna, merged):
    for name in ("norra-provstad", "sodra-provstad"):
        asked = {"omrade": f"stadsdel-{name}"}
        (address, words), *_ = images(as_anna.get(url("indicator", "prov1"), asked))
        assert "till 12\u00a0% (2020)" in words
        assert ENDED in words
        assert is_written(ENDED, as_anna.get(address).content)


def test_the_report_tells_and_draws_the_break_as_it_was_frozen(as_anna, done, goal):
    drawing = reverse("governance:goal_plot", args=[2022, done.group.slug, goal.pk])
    before = {kind: as_anna.get(addresses(done, kind)[0]).content for kind in ("pdf", "docx")}
    (_, words), *_ = images_of_report(as_anna, done)
    assert BEGAN in words
    svg = as_anna.get(drawing).content
    assert is_written(BEGAN, svg)
    for kind, content in before.items():
        assert squeezed(BEGAN) in text_in(content, kind)
    Area.successors.through.objects.all().delete()
    Area.objects.filter(slug="norra-provstad").update(name="Nytt namn")
    Area.objects.filter(slug="nya-provstad").update(valid_from=day("2019-01-01"))
    assert as_anna.get(drawing).content == svg
    assert images_of_report(as_anna, done)[0][1] == words
    for kind, content in before.items():
        again = as_anna.get(addresses(done, kind)[0]).content
        assert text_in(again, kind) == text_in(content, kind)


def images_of_report(client, followup: FollowUp) -> list[tuple[str, str]]:
    return images(client.get(addresses(followup, "page")[0]))


def test_the_line_is_apart_at_a_dotted_one_between_the_years(done):
    plot = frozen_plot(done)
    assert [each.text for each in plot.breaks] == [BEGAN]
    assert [[point.year for point in part] for part in plot.stretches] == [[2020], [2021, 2022]]
    lines = paper_of(plot, narrow=False).figure.axes[0].lines
    joined = [list(each.get_xdata()) for each in lines if each.get_marker() == "o"]
    upright = [each for each in lines if list(each.get_xdata()) == [2020.5, 2020.5]]
    assert joined == [[2020], [2021, 2022]]
    assert [each.is_dashed() for each in upright] == [True]


def test_a_follow_up_of_the_year_before_knows_of_no_break(world, goal):
    assert frozen_plot(adopted(world.group, 2020)).breaks == ()
