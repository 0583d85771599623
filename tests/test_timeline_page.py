"""/styrgrupper/<slug>/tidslinje/: the drawing and its table, for the years asked for."""

import html
import re

import pytest

from governance.models import Leave, Person, Seat
from governance.queries.timelines import Window
from governance.views.timelines import window_asked
from tests.days import day
from tests.reading import read
from tests.seat_pages import cost
from tests.verb_pages import url
from tests.worlds import World, appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
NOW = "2024-06-15"
USUAL = Window(2022, 2025)


@pytest.fixture
def page(world: World) -> str:
    return f"{url('timeline', world.group.slug)}?datum={NOW}"


@pytest.fixture
def hanna(world: World) -> Person:
    return make_person(world.company, "Hanna", "Provhållare")


def drawing(client, page: str) -> str:
    body = client.get(page).content.decode()
    return html.unescape(body.split('<svg class="chart-bars', 1)[1].split("<section")[0])


def table(client, page: str) -> list[list[str]]:
    """The cells of each row, as they are read."""
    body = client.get(page).content.decode().split('id="tidslinje-tabell"')[1].split("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [
        [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row]
        for row in cells
    ]


def test_the_table_says_what_the_drawing_shows(as_anna, world, hanna, page):
    held = appoint(world.member, hanna, day("2023-01-01"))
    Leave.objects.create(
        mandate=held, valid_from=day("2024-01-01"), valid_through=day("2024-12-31")
    )
    appoint(world.member, hanna, day("2024-02-01"), day("2024-12-31"), kind="acting")
    appoint(world.member, hanna, day("2024-05-01"), kind="deputy")
    rows = [row[1:] for row in table(as_anna, page) if "Provstads bostäder" in row[0]]
    name = "Hanna Provhållare"
    assert rows == [
        ["Ingen", "Vakant", "2020-01-01", "2022-12-31", ""],
        [name, "Ordinarie", "2023-01-01", "Tills vidare", "2024-01-01 – 2024-12-31"],
        ["Ingen", "Vakant", "2024-01-01", "2024-01-31", ""],
        [name, "Tillförordnad", "2024-02-01", "2024-12-31", ""],
        [name, "Personlig ersättare", "2024-05-01", "Tills vidare", ""],
    ]
    drawn = drawing(as_anna, page)
    for kind, number in [("ordinary", 1), ("acting", 1), ("deputy", 1), ("leave", 1)]:
        assert drawn.count(f'class="bar bar-{kind}"') == number
    everything = table(as_anna, page)
    assert drawn.count('class="bar bar-vacant"') == sum(row[2] == "Vakant" for row in everything)
    assert "Tf. Hanna" in drawn
    assert "Hanna Provhållare, ordinarie, tjänstledig: 2024-01-01 – 2024-12-31" in drawn


def test_the_drawing_points_to_the_table_and_marks_the_day(as_anna, world, hanna, page):
    drawn = drawing(as_anna, page)
    assert 'role="img" aria-labelledby="tidslinje-namn tidslinje-text"' in drawn
    assert "Samma uppgifter står i tabellen under bilden." in drawn
    assert ">15 juni 2024</text>" in drawn
    today = drawing(as_anna, url("timeline", world.group.slug))
    assert ">I dag</text>" in today
    text = read(as_anna, page)
    assert "Så har bemanningen ändrats" in text
    assert "Lokala gruppen i Provstad, 2022–2025. Strecket visar den 15 juni 2024." in text


def test_numbers_in_the_drawing_have_a_point_whatever_the_language(as_anna, world, hanna, page):
    appoint(world.member, hanna, day("2022-02-03"), day("2022-05-06"))
    places = re.findall(r' (?:x|width|x1)="([^"]*)"', drawing(as_anna, page))
    assert len(places) > 30
    assert [place for place in places if not re.fullmatch(r"\d+(\.\d+)?%?", place)] == []


def test_a_hidden_name_stands_nowhere_on_the_page(as_anna, world, page):
    appoint(world.member, make_person(world.company, "Hemlig", "Skyddsson", protected=True))
    body = as_anna.get(page).content.decode()
    assert "Skyddsson" not in body
    assert "Namnet visas inte, ordinarie" in body
    assert ["Namnet visas inte", "Ordinarie"] in [row[1:3] for row in table(as_anna, page)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, USUAL),
        ({"fran": "2019", "till": "2021"}, Window(2019, 2021)),
        ({"fran": "2020", "till": "2020"}, Window(2020, 2020)),
        ({"fran": "2019"}, Window(2019, 2025)),
        ({"fran": "2030"}, Window(2030, 2031)),
        ({"till": "2030"}, Window(2022, 2030)),
        ({"till": "2015"}, Window(2013, 2015)),
        ({"fran": " 2021 ", "till": "2022"}, Window(2021, 2022)),
        ({"fran": "1986", "till": "2025"}, Window(1986, 2025)),  # forty years
    ],
)
def test_the_years_are_those_asked_for(query, expected):
    assert window_asked(query, day(NOW)) == (expected, "")


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"fran": "20x4"}, "20x4 är inget år från 1900 till 2199."),
        ({"till": "1899"}, "1899 är inget år från 1900 till 2199."),
        ({"fran": "2200", "till": "2201"}, "2200 är inget år från 1900 till 2199."),
        ({"fran": "٢٠٢٤"}, "٢٠٢٤ är inget år från 1900 till 2199."),
        ({"fran": "-202"}, "-202 är inget år från 1900 till 2199."),
        ({"fran": "9" * 400}, f"{'9' * 20} är inget år från 1900 till 2199."),
        ({"fran": "2026", "till": "2025"}, "Det första året, 2026, ligger efter det sista, 2025."),
        ({"fran": "1985", "till": "2025"}, "Tidslinjen visar högst 40 år på en gång."),
        ({"fran": "1900"}, "Tidslinjen visar högst 40 år på en gång."),
    ],
)
def test_years_that_cannot_be_shown_give_the_usual_ones_and_a_message(query, fault):
    assert window_asked(query, day(NOW)) == (USUAL, f"{fault} Sidan visar 2022–2025.")


@pytest.mark.parametrize("on", ["1900-01-02", "1901-06-01", "2198-12-31", "2199-12-30"])
def test_the_first_and_the_last_days_there_are_can_be_shown(as_anna, world, page, on):
    assert as_anna.get(page.replace(NOW, on)).status_code == 200


def test_the_message_stands_on_the_page_and_another_day_keeps_the_years(as_anna, world, page):
    assert "20x4 är inget år" in read(as_anna, f"{page}&fran=20x4")
    body = as_anna.get(f"{page}&fran=2019&till=2021").content.decode()
    assert '<input type="hidden" name="fran" value="2019">' in body
    assert "Den 15 juni 2024 ligger utanför åren som visas." in html.unescape(body)


def test_all_years_of_the_group_are_a_link_away(as_anna, world, page):
    assert "Visa alla år, 2020–2025" in read(as_anna, page)
    assert "Visa alla år" not in read(as_anna, f"{page}&fran=2020&till=2025")


def test_years_without_seats_say_so(as_anna, world, page):
    text = read(as_anna, f"{page}&fran=2010&till=2012")
    assert "Gruppen har inga platser under de år som visas." in text


def test_the_page_costs_the_same_for_few_and_for_many(as_anna, world, hanna, page):
    numbers = []
    for many in (2, 60):
        for number in range(many):
            seat = make_seat(world.group, world.company, f"provstad-{many}", number=number + 1)
            held = appoint(seat, hanna, day("2021-01-01"), day("2022-12-31"))
            Leave.objects.create(mandate=held, valid_from=day("2022-01-01"))
            appoint(seat, hanna, day("2023-01-01"))
        numbers.append(cost(as_anna, page))
    assert Seat.objects.filter(group=world.group).count() == 65
    assert numbers[0] == numbers[1] <= 12
