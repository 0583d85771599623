"""/indikatorer/ and the pages of one value, as they are read and typed on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Act, Agreement, Area, Goal, Indicator, IndicatorValue
from governance.sheets import read_sheet
from tests.access import window
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority, make_value
from tests.letters import text
from tests.verb_pages import hidden, url

pytestmark = pytest.mark.django_db
WORRY = "oro-for-att-utsattas-for-brott"


@pytest.fixture
def worry(structure) -> Indicator:
    return Indicator.objects.get(slug=WORRY)


@pytest.fixture
def farsta_area(structure) -> Area:
    return Area.objects.get(kind="stadsdelsomrade", slug="farsta")


def goal_in_farsta(farsta, worry, area) -> Goal:
    priority = make_priority(farsta, own_title="Torget", valid_from=day("2020-01-01"))
    return make_goal(priority, worry, area, 12, 10)


# -- reading ------------------------------------------------------------------------------------


def test_the_list_stands_by_who_measures_with_the_latest_value_for_the_city(client, fatima) -> None:
    client.force_login(fatima)
    page = client.get(url("indicators"))
    assert "29 indikatorer från" in text(page)
    assert "Senaste värde för Stockholm" in text(page)
    assert "9 % (2020)" in text(page)
    assert "157 281 (2004)" in text(page)
    assert "Senaste värde för Bromma" not in text(page)
    assert "Läs in värden" not in text(page)
    bromma = Agreement.objects.filter(territory__name="Bromma").first()
    local = client.get(url("indicators"), {"overenskommelse": bromma.slug})
    assert "Senaste värde för Bromma" in text(local)
    assert "11 % (2017)" in text(client.get(url("indicators"), {"datum": "2018-01-01"}))


def test_farsta_has_no_measurement_in_2021(client, fatima) -> None:
    client.force_login(fatima)
    page = text(client.get(url("indicator", WORRY), {"ar": "2021"}))
    assert "Läget 2021" in page
    assert "Ingen mätning 2021. Senaste värde: 12 % (2020)." in page
    assert "Ingen mätning 2021. Senaste värde: 9 % (2020)." in page
    on_the_day = text(client.get(url("indicator", WORRY), {"datum": "2021-06-01"}))
    assert "Ingen mätning 2021. Senaste värde: 12 % (2020)." in on_the_day


def test_every_value_stands_with_area_year_date_and_source(client, fatima, worry, farsta_area):
    make_value(worry, farsta_area, 2023, "12.5", measured_on=day("2023-10-15"))
    client.force_login(fatima)
    page = client.get(url("indicator", WORRY))
    assert "start.stockholm, september 2020 (skrivs som oförändrad)" in text(page)
    assert "12,5 %" in text(page)
    assert '<time datetime="2023-10-15">2023-10-15</time>' in page.content.decode()
    assert "Området slutade den 30 juni 2023." in text(page)
    assert "Rätta" not in text(page)


@pytest.mark.parametrize("asked", ["", "abc", "20210", "1850", "2999", "²021"])
def test_what_is_no_year_gives_the_year_of_the_day(client, fatima, asked) -> None:
    client.force_login(fatima)
    page = client.get(url("indicator", WORRY), {"ar": asked, "datum": "2022-01-01", "slag": "x"})
    assert "Läget 2022" in text(page)


def test_one_kind_of_area_is_shown_and_exported_when_it_is_asked_for(client, fatima) -> None:
    client.force_login(fatima)
    asked = {"slag": "kommun", "format": "csv"}
    assert "Rinkeby-Kista" not in text(client.get(url("indicator", WORRY), asked))
    file = client.get(url("export_indicator", WORRY), asked)
    assert [row.cells[3:5] for row in read_sheet(file.content, "x.csv").rows] == [
        ["2020", "9"], ["2017", "11"], ["2014", "8"],
    ]  # fmt: skip
    nothing = client.get(url("indicator", WORRY), {"slag": "plats"})
    assert "Inget område av det slaget har något värde." in text(nothing)


def test_a_goal_stands_with_how_far_it_has_come(client, fatima, farsta, worry, farsta_area):
    goal_in_farsta(farsta, worry, farsta_area)
    make_value(worry, farsta_area, 2023, 11)
    client.force_login(fatima)
    page = text(client.get(url("indicator", WORRY)))
    assert "Gick åt rätt håll: 50 % av vägen till målet." in page
    before = text(client.get(url("indicator", WORRY), {"datum": "2022-12-31"}))
    assert "Kan inte räknas: ett nytt värde saknas." in before
    assert "Ingen mätning efter 2020." in before
    earlier = text(client.get(url("indicator", WORRY), {"datum": "2019-12-31"}))
    assert "Ingen styrgrupp har ett mål för indikatorn den 31 december 2019" in earlier


def test_an_indicator_without_values_says_that_it_is_not_zero(client, fatima, karin) -> None:
    client.force_login(fatima)
    page = text(client.get(url("indicator", "fortroende-for-polisen")))
    assert "Inget värde är inlagt" in page
    assert "Det betyder inte noll." in page
    assert "samordnare kan lägga in värden" in page
    page = window(karin).get(url("indicator", "fortroende-for-polisen"))
    assert "Lägg in det första värdet" in text(page)
    past = window(karin).get(url("indicator", "fortroende-for-polisen"), {"datum": "2020-01-01"})
    assert "Lägg in" not in text(past)


def test_a_stranger_sees_no_value_area_or_goal_of_another_municipality(
    client, stranger, farsta, worry, farsta_area, elsewhere
) -> None:
    goal_in_farsta(farsta, worry, farsta_area)
    make_value(worry, elsewhere.north, 2020, 44)
    client.force_login(stranger)
    page = text(client.get(url("indicator", WORRY)))
    assert "44 %" in page
    assert "12 %" not in page
    assert "Farsta" not in page
    assert "9 % (2020)" not in text(client.get(url("indicators")))
    file = read_sheet(client.get(url("export_indicators"), {"format": "csv"}).content, "x.csv")
    assert [row.cells[2] for row in file.rows] == ["Norra Annanstad"]


def test_small_counts_are_in_no_page_and_no_file(as_anna, world) -> None:
    hiding = make_indicator("SMATT", unit="antal", hide_small=True)
    for year, value in [(2023, 3), (2024, 0), (2025, 12)]:
        make_value(hiding, world.municipality, year, value)
    page = text(as_anna.get(url("indicator", "smatt")))
    assert "färre än 5" in page
    assert "Antal under 5 visas inte" in page
    assert "färre än 5 (2024)" in text(as_anna.get(url("indicators"), {"datum": "2024-06-01"}))
    rows = read_sheet(as_anna.get(url("export_indicator", "smatt")).content, "x.xlsx").rows
    assert [row.cells[4] for row in rows] == ["12", "färre än 5", "färre än 5"]
    small = IndicatorValue.objects.get(year=2023, indicator=hiding)
    form = as_anna.get(url("correct_value", small.pk)).content.decode()
    assert 'value="3"' not in form
    assert "färre än 5" in form


def test_the_queries_are_as_many_with_many_values_and_keep_the_budget(
    client, karin, fatima, worry, farsta, farsta_area
) -> None:
    goal_in_farsta(farsta, worry, farsta_area)
    areas = list(Area.objects.filter(kind="stadsdel"))
    for reader in (karin, fatima):
        window_of = window(reader)
        counted = []
        for years in ((), range(2001, 2012)):
            IndicatorValue.objects.bulk_create(
                IndicatorValue(indicator=worry, area=area, year=year, value=7)
                for area in areas
                for year in years
            )
            asked = []
            for page in (url("indicators"), url("indicator", WORRY)):
                with CaptureQueriesContext(connection) as queries:
                    assert window_of.get(page).status_code == 200
                asked.append(len(queries))
            counted.append(asked)
        assert counted[0] == counted[1]
        assert max(counted[0]) <= 12
        IndicatorValue.objects.filter(value=7).delete()


# -- changing -------------------------------------------------------------------------------------


def test_a_value_is_entered_after_a_preview_and_undone(client, karin, worry, farsta_area) -> None:
    client.force_login(karin)
    page = url("add_value", WORRY)
    typed = {"area": farsta_area.pk, "year": "2023", "number": "12,5", "source": "Rapporten"}
    shown = client.post(page, {**typed, "seen": ""})
    sentence = "i Farsta (stadsdelsområde) 2023: 12,5 %, nytt värde."
    assert sentence in text(shown)
    assert not IndicatorValue.objects.filter(year=2023).exists()
    answer = client.post(page, {**hidden(shown), "steg": "spara"}, follow=True)
    assert answer.redirect_chain[-1][0] == url("indicator", WORRY)
    assert sentence in text(answer)
    row = IndicatorValue.objects.get(year=2023)
    assert (str(row.value), row.source, row.measured_on) == ("12.50", "Rapporten", None)
    again = client.post(page, {**hidden(shown), "steg": "spara"})
    assert "redan ett värde för området det året" in text(again)
    done = Act.objects.latest("pk")
    assert reverse("governance:undo", args=[done.pk]) in answer.content.decode()
    assert client.post(reverse("governance:undo", args=[done.pk])).status_code == 302
    assert not IndicatorValue.objects.filter(year=2023).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": "tolv"}, "tolv är inget tal."),
        ({"number": ""}, "Skriv värdet. Saknas en mätning: skriv inget värde alls."),
        ({"number": "120"}, "En andel i procent är från 0 till 100."),
        ({"year": "23"}, "Skriv ett år med fyra siffror, till exempel 2023."),
        ({"area": ""}, "Välj ett område."),
        ({"measured_on": "i fjol"}, "i fjol är inget datum."),
        ({"year": "2020"}, "Indikatorn har redan ett värde för området det året."),
    ],
)
def test_a_refusal_says_what_is_wrong_and_keeps_what_was_typed(
    client, karin, worry, farsta_area, wrong, sentence
) -> None:
    client.force_login(karin)
    typed = {"area": farsta_area.pk, "year": "2023", "number": "12", "source": "Minns detta"}
    answer = client.post(url("add_value", WORRY), {**typed, **wrong, "seen": ""})
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert "Minns detta" in answer.content.decode()


def test_a_value_is_corrected_and_a_stale_page_changes_nothing(client, karin, worry, farsta_area):
    client.force_login(karin)
    row = IndicatorValue.objects.get(indicator=worry, area=farsta_area, year=2020)
    page = url("correct_value", row.pk)
    form = client.get(page)
    assert 'value="12"' in form.content.decode()
    typed = {"year": "2020", "number": "11,5", "source": row.source, "seen": form.context["seen"]}
    shown = client.post(page, typed)
    assert "11,5 % i stället för 12 %" in text(shown)
    assert client.post(page, {**hidden(shown), "steg": "spara"}).status_code == 302
    row.refresh_from_db()
    assert (str(row.value), row.source_mark) == ("11.50", "")
    late = client.post(page, {**hidden(shown), "number": "3", "steg": "spara"})
    assert late.status_code == 409
    assert "Värdet har ändrats sedan du öppnade sidan." in text(late)


def test_a_value_is_taken_away_and_the_year_has_no_measurement(client, karin, worry, farsta_area):
    client.force_login(karin)
    row = IndicatorValue.objects.get(indicator=worry, area=farsta_area, year=2020)
    page = url("withdraw_value", row.pk)
    shown = client.post(page, {"seen": client.get(page).context["seen"]})
    assert "2020: värdet 12 % är borttaget." in text(shown)
    client.post(page, {**hidden(shown), "steg": "spara"})
    there = text(client.get(url("indicator", WORRY), {"ar": "2020"}))
    assert "Ingen mätning 2020. Senaste värde: 12 % (2017)." in there
    assert client.get(page).status_code == 404


def test_who_may_not_enter_is_told_who_may(client, fatima, worry) -> None:
    client.force_login(fatima)
    answer = client.get(url("add_value", WORRY))
    assert answer.status_code == 403
    assert "Du har inte rätt att lägga in eller ändra värden i" in text(answer)
    assert "Det kan överenskommelsens samordnare." in text(answer)


def test_a_coordinator_changes_no_value_of_another_municipality(
    client, karin, worry, elsewhere
) -> None:
    client.force_login(karin)
    theirs = make_value(worry, elsewhere.north, 2020, 44)
    assert client.get(url("correct_value", theirs.pk)).status_code == 404
    typed = {"area": elsewhere.north.pk, "year": "2023", "number": "12", "seen": ""}
    answer = client.post(url("add_value", WORRY), typed)
    assert "Valet finns inte längre." in text(answer)
