"""The drawing of a group's timeline: where its bars, lines and words stand."""

import pytest

from governance.documents.timelines import YEARS_AGAIN, Drawing, Row, draw
from governance.models import Leave, Seat
from governance.queries.timelines import Window, timeline
from tests.days import day
from tests.worlds import FIRST, World, appoint, make_person, make_seat

YEARS = Window(2021, 2024)  # 1461 days
TODAY = day("2024-07-01")


@pytest.fixture
def person(world: World):
    return make_person(world.company, "Hanna", "Provhållare")


def drawn(world: World, bo, window: Window = YEARS, on: str = "2024-07-01") -> Drawing:
    return draw(timeline(bo, world.group, window), window, day(on), TODAY)


def row(world: World, bo, window: Window = YEARS) -> Row:
    """That of the company's member, between the chair's and the secretary's."""
    return drawn(world, bo, window).rows[1]


def bars(found: Row, kind: str) -> list[tuple[str, str]]:
    return [(bar.x, bar.width) for bar in found.bars if bar.kind == kind]


def test_a_bar_is_as_wide_as_its_days(world, bo, person):
    appoint(world.member, person, day("2022-01-01"), day("2022-12-31"))
    assert bars(row(world, bo), "ordinary") == [("24.983%", "24.983%")]  # 365 days of 1461
    assert bars(row(world, bo), "vacant") == [("0.000%", "24.983%"), ("49.966%", "50.034%")]


def test_one_day_has_a_width_and_no_words(world, bo, person):
    appoint(world.member, person, day("2024-12-31"), day("2024-12-31"))
    found = row(world, bo)
    assert bars(found, "ordinary") == [("99.932%", "0.068%")]
    assert [name.kind for name in found.names] == ["vacant"]


@pytest.mark.parametrize(
    ("first", "last", "back", "on"),
    [
        ("2021-01-01", "2024-12-31", False, False),
        ("2020-12-31", "2024-12-31", True, False),
        ("2021-01-01", "2025-01-01", False, True),
        ("2020-12-31", None, True, True),
    ],
)
def test_a_bar_that_goes_on_outside_says_so(world, bo, person, first, last, back, on):
    appoint(world.member, person, day(first), day(last) if last else None)
    [bar] = row(world, bo).bars
    assert (bar.x, bar.end) == ("0.000%", "100.000%")
    assert (bar.goes_back, bar.goes_on) == (back, on)


def test_every_bar_says_who_as_what_and_when(world, bo, person):
    held = appoint(world.member, person, day("2020-06-01"))
    Leave.objects.create(mandate=held, valid_from=day("2023-01-01"))
    assert [bar.title for bar in row(world, bo).bars] == [
        "Hanna Provhållare, ordinarie: 2020-06-01 – tills vidare",
        "Hanna Provhållare, ordinarie, tjänstledig: 2023-01-01 – tills vidare",
        "Vakant: 2023-01-01 – tills vidare",
    ]


def test_acting_stands_under_the_ordinary_and_deputies_under_both(world, bo, person):
    held = appoint(world.member, person)
    Leave.objects.create(mandate=held, valid_from=day("2023-01-01"))
    appoint(world.member, person, day("2023-03-01"), kind="acting")
    for first, last in [("2021-01-01", "2022-12-31"), ("2022-12-31", None), ("2023-01-01", None)]:
        appoint(world.member, person, day(first), day(last) if last else None, kind="deputy")
    found = row(world, bo)
    top = found.bars[0].y
    assert {bar.y - top for bar in found.bars if bar.kind in ("ordinary", "leave")} == {0}
    assert {bar.y - top for bar in found.bars if bar.kind in ("acting", "vacant")} == {24}
    # The third begins on the day after the first has ended, and stands beside it.
    assert [bar.y - top for bar in found.bars if bar.kind == "deputy"] == [48, 72, 48]
    assert all(found.y <= bar.y and bar.y + 20 <= found.end for bar in found.bars)


def test_a_name_stands_where_there_is_room_beside_leave(world, bo, person):
    held = appoint(world.member, person)
    Leave.objects.create(mandate=held, valid_from=FIRST, valid_through=day("2022-12-31"))
    [name] = [each for each in row(world, bo).names if each.kind == "ordinary"]
    assert (name.x, name.text) == ("49.966%", "Hanna Provhållare")


def test_what_kind_of_holder_is_said_in_words_on_the_bar(world, bo, person):
    appoint(world.member, person, kind="acting")
    appoint(world.member, person, kind="deputy")
    texts = [name.text for name in row(world, bo).names]
    assert texts == ["Tf. Hanna Provhållare", "Ers. Hanna Provhållare"]


def test_a_hidden_name_is_said_to_be_hidden(world, bo):
    hidden = make_person(world.company, "Hemlig", "Skyddsson", protected=True)
    appoint(world.member, hidden)
    found = row(world, bo)
    assert [name.text for name in found.names] == ["Namnet visas inte"]
    assert "Skyddsson" not in str(found)


def test_a_seat_is_drawn_for_as_long_as_it_exists(world, bo):
    Seat.objects.filter(pk=world.member.pk).update(
        valid_from=day("2022-01-01"), valid_through=day("2023-12-31")
    )
    found = row(world, bo)
    assert (found.life.x, found.life.end) == ("24.983%", "74.949%")
    assert [mark.text for mark in found.outside] == [
        "Från 2022-01-01",
        "Till 2023-12-31",
    ]


@pytest.mark.parametrize(
    ("on", "text", "anchor"),
    [
        ("2024-07-01", "I dag", "end"),
        ("2021-01-01", "1 januari 2021", "start"),
        ("2023-01-01", "1 januari 2023", "middle"),
    ],
)
def test_the_day_is_marked_with_its_words(world, bo, on, text, anchor):
    found = drawn(world, bo, on=on)
    assert found.day is not None
    assert (found.day.text, found.day_anchor) == (text, anchor)


@pytest.mark.parametrize(
    ("on", "there"),
    [("2020-12-31", False), ("2021-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_a_day_outside_the_years_is_not_marked(world, bo, on, there):
    assert (drawn(world, bo, on=on).day is not None) is there


def test_each_year_begins_at_its_first_day_and_long_ones_need_more_room(world, bo):
    found = drawn(world, bo)
    assert found.years == [
        ("0.000%", "2021"), ("24.983%", "2022"), ("49.966%", "2023"), ("74.949%", "2024"),
    ]  # fmt: skip
    sizes = [drawn(world, bo, Window(2024 - more, 2024)).size for more in (4, 5, 11, 12, 39)]
    assert sizes == ["s", "m", "m", "l", "l"]


def test_rows_follow_each_other_and_the_years_come_again(world, bo):
    for number in range(2, YEARS_AGAIN + 2):
        make_seat(world.group, world.company, "provstad-chef", number=number)
    found = drawn(world, bo)
    assert len(found.axes) == 2
    gaps = {after.y - before.end for before, after in zip(found.rows, found.rows[1:], strict=False)}
    assert gaps == {0, 24}
    assert found.height == found.rows[-1].end + 1


def test_a_long_label_is_broken_and_cut(world, bo):
    function = world.member.function
    function.title = "biträdande lokalpolisområdeschef för utredning och underrättelse"
    function.save()
    world.company.name = "Stadsdelsförvaltningen för Provstad och Annanstad"
    world.company.save()
    texts = [text for text, _, _ in row(world, bo).label]
    assert texts == [
        "Biträdande",
        "lokalpolisområdeschef…",
        "Stadsdelsförvaltningen för…",
    ]
