"""Plots on pages and at their own addresses, under the reader's rights, day and choice."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.documents.goal_plots import goal_plot
from governance.models import Area, Indicator, IndicatorValue, Measure
from governance.queries.followup_facts import facts_of, with_breaks
from governance.queries.snapshots import snapshot_of
from tests.access import window
from tests.days import day
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.letters import text
from tests.verb_pages import url

pytestmark = pytest.mark.django_db
WORRY = "oro-for-att-utsattas-for-brott"
BLANK = "\u00a0"


@pytest.fixture
def worry(structure) -> Indicator:
    return Indicator.objects.get(slug=WORRY)


@pytest.fixture
def farsta_area(structure) -> Area:
    return Area.objects.get(kind="stadsdelsomrade", slug="farsta")


def images(page) -> list[tuple[str, str]]:
    """The address and the words of each plot on the page."""
    found = re.findall(r'<img src="([^"]+)" alt="([^"]*)">', page.content.decode())
    return [(unescape(address), unescape(words)) for address, words in found]


def told(response) -> str:
    """The text alternative inside an SVG."""
    assert response.status_code == 200
    assert response["Content-Type"].startswith("image/svg+xml")
    return ElementTree.fromstring(response.content)[1].text


def test_every_plot_on_a_page_has_the_words_of_its_picture(client, fatima, farsta, worry):
    priority = make_priority(farsta, own_title="Torget")
    organization = farsta.seats.first().organization
    make_measure(priority, organization)
    client.force_login(fatima)
    for name, arguments in (
        ("indicator", [WORRY]),
        ("measures", []),
        ("group_measures", ["farsta"]),
    ):
        found = images(client.get(url(name, *arguments)))
        assert found, name
        for address, words in found:
            assert words
            assert told(client.get(address)) == words
            assert told(client.get(f"{address}{'&' if '?' in address else '?'}smal=ja")) == words


def test_the_whole_city_is_drawn_first_and_another_area_when_chosen(client, fatima):
    client.force_login(fatima)
    [(_, city), (_, beside)] = images(client.get(url("indicator", WORRY)))
    assert "Stockholm. 3 mätningar" in city
    assert f"från 8{BLANK}% (2014) till 9{BLANK}% (2020)" in city
    assert "3 små diagram" in beside
    chosen = images(client.get(url("indicator", WORRY), {"omrade": "stadsdelsomrade-farsta"}))
    assert "Farsta. 2 mätningar" in chosen[0][1]
    odd = images(client.get(url("indicator", WORRY), {"omrade": "x-finns-inte"}))
    assert odd[0][1] == city
    kind = images(client.get(url("indicator", WORRY), {"slag": "kommun"}))
    assert [words for _, words in kind] == [city]


def test_a_plot_follows_the_day(client, fatima):
    client.force_login(fatima)
    [(address, words), *_] = images(client.get(url("indicator", WORRY), {"datum": "2018-01-01"}))
    assert "datum=2018-01-01" in address
    assert f"till 11{BLANK}% (2017)" in words
    assert "2020" not in told(client.get(address))


def test_the_aims_are_drawn_when_the_groups_agree(client, fatima, farsta, worry, farsta_area):
    asked = {"omrade": "stadsdelsomrade-farsta"}
    priority = make_priority(farsta, own_title="Torget", valid_from=day("2020-01-01"))
    make_goal(priority, worry, farsta_area, 12, 10)
    client.force_login(fatima)
    [(_, words), *_] = images(client.get(url("indicator", WORRY), asked))
    assert f"Utgångsläge: 12{BLANK}% (2020). Mål: 10{BLANK}% senast 2022." in words
    other = make_priority(farsta, own_title="Centrum", valid_from=day("2020-01-01"))
    make_goal(other, worry, farsta_area, 12, 9)
    [(_, words), *_] = images(client.get(url("indicator", WORRY), asked))
    assert "Mål:" not in words


def test_a_break_is_told_from_the_day_after_the_last(client, fatima):
    client.force_login(fatima)
    asked = {"omrade": "stadsdelsomrade-rinkeby-kista"}
    for when, changed in (("2023-06-30", False), ("2023-07-01", True)):
        page = client.get(url("indicator", WORRY), {**asked, "datum": when})
        assert ("Området slutade den 30 juni 2023." in images(page)[0][1]) is changed


def test_small_counts_are_in_no_plot(as_anna, world):
    hiding = make_indicator("SMATT", unit="antal", hide_small=True)
    for year, value in [(2022, 12), (2023, 3), (2024, 14)]:
        make_value(hiding, world.municipality, year, value)
    page = as_anna.get(url("indicator", "smatt"))
    [(address, words)] = images(page)
    assert "Visas inte, färre än 5: 2023." in words
    assert "Ingen mätning" not in words
    assert told(as_anna.get(address)) == words
    assert "3 " not in words


def test_what_was_never_measured_is_not_drawn(client, fatima):
    client.force_login(fatima)
    page = client.get(url("indicator", "fortroende-for-polisen"))
    assert images(page) == []
    picture = client.get(url("indicator_plot", "fortroende-for-polisen"))
    assert "Ingen mätning att visa." in told(picture)
    assert client.get(url("indicator_areas_plot", "fortroende-for-polisen")).status_code == 200
    assert images(client.get(url("measures"))) == []
    assert images(client.get(url("group_measures", "farsta"))) == []


def test_only_small_counts_are_said_not_to_be_drawn(as_anna, world):
    hiding = make_indicator("SMATT", unit="antal", hide_small=True)
    make_value(hiding, world.municipality, 2023, 3)
    page = as_anna.get(url("indicator", "smatt"))
    assert images(page) == []
    assert "Det finns inget värde att rita" in text(page)


# -- rights ---------------------------------------------------------------------------------------


def test_a_stranger_gets_no_picture_of_an_area_or_a_group_of_others(
    client, stranger, fatima, worry, elsewhere, farsta
):
    make_value(worry, elsewhere.north, 2020, 44)
    client.force_login(stranger)
    ours = client.get(url("indicator_plot", WORRY), {"omrade": "stadsdelsomrade-farsta"})
    assert ours.status_code == 404
    assert f"44{BLANK}%" in told(client.get(url("indicator_plot", WORRY)))
    assert "Farsta" not in told(client.get(url("indicator_areas_plot", WORRY)))
    assert client.get(url("group_measures_plot", "farsta")).status_code == 404
    make_measure(make_priority(farsta, own_title="Torget"), farsta.seats.first().organization)
    assert told(client.get(url("measures_plot"))).startswith(
        "Åtgärder per styrgrupp. Inga åtgärder."
    )
    assert "1 åtgärd" in told(window(fatima).get(url("measures_plot")))


@pytest.mark.parametrize(
    "address",
    [
        "/indikatorer/finns-inte/diagram.svg",
        "/indikatorer/finns-inte/omraden.svg",
        f"/indikatorer/{WORRY}/diagram.svg?omrade=stadsdel-finns-inte",
        f"/indikatorer/{WORRY}/diagram.svg?omrade=x",
        "/styrgrupper/finns-inte/atgarder/diagram.svg",
        "/atgarder/diagram.svg?overenskommelse=finns-inte",
    ],
)
def test_what_there_is_not_has_no_picture(client, fatima, address):
    client.force_login(fatima)
    assert client.get(address).status_code == 404


def test_a_picture_is_kept_by_the_reader_alone_and_not_drawn_again(client, fatima, worry):
    client.force_login(fatima)
    address = url("indicator_plot", WORRY)
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    narrow = client.get(address, {"smal": "ja"}, headers={"if-none-match": first["ETag"]})
    assert narrow.status_code == 200
    IndicatorValue.objects.filter(indicator=worry).update(value=7)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


# -- measures -------------------------------------------------------------------------------------


def test_measures_are_drawn_as_the_page_narrows_and_sums_them(client, fatima, farsta):
    organization = farsta.seats.first().organization
    for title, status in (("Torget", "done"), ("Skolan", "ongoing"), ("Skolan", "planned")):
        priority, _ = farsta.priorities.get_or_create(
            own_title=title, defaults={"valid_from": farsta.valid_from}
        )
        make_measure(priority, organization, status=status, due=day("2099-12-31"))
    client.force_login(fatima)
    [(_, words)] = images(client.get(url("measures")))
    assert "3 åtgärder: genomförd 1, pågår 1, planerad 1 och ej genomförd 0." in words
    page = client.get(url("measures"), {"lage": "genomford", "per": "organisation"})
    [(address, words)] = images(page)
    assert words.startswith("Åtgärder per organisation. 1 åtgärd:")
    assert told(client.get(address)) == words
    [(_, words)] = images(client.get(url("group_measures", "farsta")))
    assert "Torget: 1. Skolan: 2." in words or "Skolan: 2. Torget: 1." in words


# -- frozen ---------------------------------------------------------------------------------------


def test_breaks_are_frozen_with_each_goal(farsta, worry, structure):
    area = Area.objects.get(kind="stadsdelsomrade", slug="rinkeby-kista")
    priority = make_priority(farsta, own_title="Torget", valid_from=day("2020-01-01"))
    make_goal(priority, worry, area)
    for year, text_of in ((2022, []), (2023, ["Området slutade den 30 juni 2023."])):
        followup = make_followup(farsta, year)
        [part] = snapshot_of(followup)["facts"]["priorities"]
        [goal] = part["goals"]
        assert [each["text"][:33] for each in goal["breaks"]] == text_of
        assert [each.ends for each in goal_plot(goal).breaks] == [True] * len(text_of)
        facts = facts_of(followup, followup.cutoff)
        assert with_breaks(facts, followup.cutoff)["priorities"][0]["goals"] == [goal]


# -- budget ---------------------------------------------------------------------------------------


def test_pages_and_pictures_cost_the_same_with_few_rows_and_with_many(
    client, karin, farsta, worry, farsta_area
):
    priority = make_priority(farsta, own_title="Torget", valid_from=day("2020-01-01"))
    make_goal(priority, worry, farsta_area)
    organization = farsta.seats.first().organization
    make_measure(priority, organization)
    client.force_login(karin)
    pages = [url("indicator", WORRY), url("measures"), url("group_measures", "farsta")]
    pages += [url("indicator_plot", WORRY), url("indicator_areas_plot", WORRY)]
    pages += [url("measures_plot"), url("group_measures_plot", "farsta")]
    few = [queries(client, page) for page in pages]
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=worry, area=area, year=year, value=7)
        for area in Area.objects.filter(kind="stadsdel")[:40]
        for year in (2011, 2015)
    )
    for number in range(40):
        own = make_priority(farsta, own_title=f"P{number}", valid_from=day("2020-01-01"))
        make_measure(own, organization)
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 12
    assert "30 första av 40" in text(client.get(url("indicator", WORRY)))
    assert Measure.objects.count() == 41


def queries(client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
