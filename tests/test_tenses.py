"""The tabs of a group's page: who sat there earlier, who does now, who and what is to come."""

import re

import pytest

from governance.models import Mandate, Person, Seat, SteeringGroup
from tests.days import day
from tests.reading import read
from tests.seat_pages import cost
from tests.verb_pages import url
from tests.worlds import World, appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
NOW = "2024-06-15"


@pytest.fixture
def page(world: World) -> str:
    return url("group", world.group.slug)


def tabs(client, address: str) -> list[tuple[str, str]]:
    """The tabs with their counts; the one shown is marked with a star."""
    body = client.get(address).content.decode()
    nav = body.split('aria-label="Ledamöter i tid"')[1].split("</nav>")[0]
    found = re.findall(r'href="([^"]*)"([^>]*)>([^<]*)</a>', nav)
    return [(text + "*" * ("aria-current" in more), href) for href, more, text in found]


@pytest.fixture
def staffed(world: World) -> World:
    """On the day one has left, one sits there, one is to begin, and so is a seat."""
    first, second, third = (
        make_person(world.company, name, "Provsson") for name in ("Ada", "Bea", "Cia")
    )
    appoint(world.member, first, day("2020-01-01"), day("2022-12-31"))
    appoint(world.member, second, day("2023-01-01"), day("2024-12-31"))
    appoint(world.member, third, day("2025-01-01"))
    seat = make_seat(world.group, world.company, "provstad-vd")
    Seat.objects.filter(pk=seat.pk).update(valid_from=day("2025-03-01"))
    return world


def test_each_tab_shows_its_own_and_nothing_of_the_others(as_anna, staffed, page):
    names = {"Ada Provsson", "Bea Provsson", "Cia Provsson"}
    for visa, who in [("tidigare", "Ada"), ("nu", "Bea"), ("kommande", "Cia"), ("bredvid", "Bea")]:
        text = read(as_anna, f"{page}?datum={NOW}&visa={visa}")
        assert {name for name in names if name in text} == {f"{who} Provsson"}, visa


def test_the_tabs_count_what_they_list_and_keep_the_day(as_anna, staffed, page):
    assert tabs(as_anna, f"{page}?datum={NOW}&visa=kommande") == [
        ("Tidigare (1)", f"?datum={NOW}&amp;visa=tidigare#ledamoter"),
        ("Nu", f"?datum={NOW}#ledamoter"),
        ("Kommande (2)*", f"?datum={NOW}&amp;visa=kommande#ledamoter"),
    ]


@pytest.mark.parametrize(
    ("on", "earlier", "coming"),
    [
        ("2022-12-31", 0, 3),  # the last day of the first: still there
        ("2023-01-01", 1, 2),
        ("2024-12-31", 1, 2),
        ("2025-01-01", 2, 1),  # the first day of the third: no longer to come
        ("2025-02-28", 2, 1),
        ("2025-03-01", 2, 0),  # the first day of the new seat
    ],
)
def test_counts_follow_the_day(as_anna, staffed, page, on, earlier, coming):
    texts = [text for text, _ in tabs(as_anna, f"{page}?datum={on}")]
    assert texts == [f"Tidigare ({earlier})", "Nu*", f"Kommande ({coming})"]
    for visa, number in [("tidigare", earlier), ("kommande", coming)]:
        body = as_anna.get(f"{page}?datum={on}&visa={visa}").content.decode()
        section = body.split('aria-labelledby="ledamoter"')[1].split("</section>")[0]
        assert section.count('<th scope="row">') == number, visa


def test_a_seat_that_begins_is_told_of_before_whoever_takes_it(as_anna, staffed, page):
    seat = Seat.objects.get(function__code="provstad-vd")
    appoint(seat, make_person(staffed.company, "Dia", "Provsson"), day("2025-03-01"))
    text = read(as_anna, f"{page}?datum={NOW}&visa=kommande")
    assert text.index("Cia Provsson") < text.index("Ny plats i gruppen")
    assert text.index("Ny plats i gruppen") < text.index("Dia Provsson")


def test_why_somebody_left_is_told(as_anna, staffed, page):
    Mandate.objects.filter(seat=staffed.member).update(end_reason="left")
    assert "Slutade" in read(as_anna, f"{page}?datum=2023-01-01&visa=tidigare")
    assert "Inget uppdrag i gruppen har avslutats före den 31 december 2022." in read(
        as_anna, f"{page}?datum=2022-12-31&visa=tidigare"
    )


def test_what_is_empty_says_so(as_anna, world, page):
    text = read(as_anna, f"{page}?datum={NOW}&visa=kommande")
    assert "Inget uppdrag och ingen plats börjar efter den 15 juni 2024." in text


def test_a_group_that_has_ended_still_has_its_earlier_holders(as_anna, world, page):
    last = day("2023-12-31")
    appoint(world.member, make_person(world.company), last=last)
    world.group.seats.update(valid_through=last)
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=last)
    text = read(as_anna, f"{page}?datum={NOW}")
    assert "Gruppen fanns inte den dagen." in text
    assert "Tidigare (1)" in text


def test_a_hidden_name_is_hidden_in_every_tab(as_anna, world, page):
    hidden = make_person(world.company, "Hemlig", "Skyddsson", protected=True)
    Seat.objects.filter(pk=world.member.pk).update(mailbox="plats@example.org")
    for first, last in [
        ("2020-01-01", "2022-12-31"),
        ("2023-01-01", "2024-12-31"),
        ("2025-01-01", None),
    ]:
        appoint(world.member, hidden, day(first), day(last) if last else None)
    for visa in ("tidigare", "nu", "kommande"):
        body = as_anna.get(f"{page}?datum={NOW}&visa={visa}").content.decode()
        assert "Skyddsson" not in body
        assert "Namnet visas inte." in body
    assert "plats@example.org" in body


@pytest.mark.parametrize("visa", ["tidigare", "kommande"])
def test_a_tab_costs_no_more_than_the_page_may(as_anna, world, page, visa):
    address = f"{page}?datum={NOW}&visa={visa}"
    numbers = []
    for many in (2, 40):
        people = Person.objects.bulk_create(Person(organization=world.company) for _ in range(many))
        for number, person in enumerate(people):
            seat = make_seat(
                world.group, world.company, f"provstad-{many}-{number}", number=number + 1
            )
            appoint(seat, person, day("2021-01-01"), day("2021-12-31"))
            appoint(seat, person, day("2025-01-01"))
        numbers.append(cost(as_anna, address))
    assert numbers[0] == numbers[1] <= 12
