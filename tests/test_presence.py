"""A company beside the groups: its own rows, sums for others, and never a false 0."""

import pytest

from governance.models import Holding, Organization, Property, WantedFunction
from governance.queries.place_groups import places_of
from governance.queries.places import Finder, Question
from governance.temporal import day_after, day_before, today
from tests.days import day
from tests.reading import read
from tests.seat_pages import cost
from tests.verb_pages import url
from tests.worlds import FIRST, appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
LAST = day("2024-12-31")


def have(world, number, *, hidden=False, use="housing", area=..., last=None, owner=None):
    """Properties in the north of the world, each with ten flats."""
    start = Property.objects.count()
    for place in range(start, start + number):
        each = Property.objects.create(
            municipality="Provstad",
            tract="Provtrakt",
            unit=str(place + 1),
            use=use,
            flats=10,
            stated_area=world.north if area is ... else area,
            hidden=hidden,
        )
        Holding.objects.create(
            property=each,
            organization=owner or world.company,
            valid_from=FIRST,
            valid_through=last,
            own_number=f"E{place}",
        )


def sums(client, world, **more) -> tuple[int, int, int]:
    """Of the local group's row: properties and flats; and the properties of the last line."""
    found = client.get(url("presence", world.company.slug), more).context
    [row] = [each for each in found["table"].rows if each.group == world.group]
    return row.amount.properties, row.amount.flats, found["total"].amount.properties


def as_bo(client, bo):
    client.force_login(bo)
    return client


def test_own_people_see_every_row_and_others_only_sums(client, world, bo, stina):
    have(world, 3)
    client.force_login(stina)
    here = f"{url('presence', world.company.slug)}?grupp={world.group.slug}"
    body = read(client, here)
    assert "3 fastigheter i Lokala gruppen i Provstad" in body
    assert "Provstad Provtrakt 2" in body
    assert "E2" in body
    body = read(as_bo(client, bo), here)
    assert "Provtrakt" not in body
    assert sums(client, world) == (3, 30, 3)


@pytest.mark.parametrize(("hidden", "counted"), [(4, 2), (5, 7)])
def test_hidden_ones_count_for_others_when_at_least_five(client, world, bo, stina, hidden, counted):
    have(world, 2)
    have(world, hidden, hidden=True)
    assert sums(as_bo(client, bo), world) == (counted, counted * 10, counted)
    there = client.get(url("group_companies", world.group.slug)).context["table"]
    assert (there.properties, there.flats) == (counted, counted * 10)
    client.force_login(stina)
    assert sums(client, world)[0] == 2 + hidden


def test_hidden_ones_of_two_uses_are_not_told_by_a_difference(client, world, bo):
    have(world, 5, hidden=True)
    have(world, 1, hidden=True, use="care")
    context = as_bo(client, bo).get(url("presence", world.company.slug)).context
    assert context["total"].amount.properties == 5
    assert context["table"].other_reasons == []


def test_a_company_that_has_only_a_few_hidden_ones_seems_to_have_told_nothing(
    client, world, bo, stina
):
    have(world, 4, hidden=True)
    body = read(as_bo(client, bo), url("presence", world.company.slug))
    assert "har inte lagt in sitt bestånd" in body
    body = read(client, url("group_companies", world.group.slug))
    assert "Har inte lagt in sitt bestånd" in body
    client.force_login(stina)
    assert sums(client, world)[0] == 4


def test_no_stock_is_said_in_words_and_never_as_zero(client, world, bo):
    body = read(as_bo(client, bo), url("presence", world.company.slug))
    assert (
        "Provstads bostäder har inte lagt in sitt bestånd. "
        "Därför kan vi inte visa hur mycket bolaget har här."
    ) in body
    assert "Fastigheter" not in body
    body = read(client, url("group_companies", world.group.slug))
    assert "– – Har inte lagt in sitt bestånd" in body


@pytest.mark.parametrize(
    ("on", "known"),
    [(day_before(FIRST), False), (FIRST, True), (LAST, True), (day_after(LAST), False)],
)
def test_stock_counts_on_its_first_and_last_day(client, world, bo, on, known):
    have(world, 2, last=LAST)
    table = (
        as_bo(client, bo)
        .get(url("presence", world.company.slug), {"datum": on.isoformat()})
        .context["table"]
    )
    assert table.is_known is known
    if known:
        assert sums(client, world, datum=on.isoformat())[0] == 2


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (day_before(FIRST), "starting"),
        (FIRST, "filled"),
        (day("2023-12-31"), "ending"),
        (day("2024-01-01"), "lapsed"),
    ],
)
def test_a_seat_has_the_state_that_it_has_in_the_group(client, world, bo, on, status):
    appoint(world.member, make_person(world.company), FIRST, day("2023-12-31"))
    rows = (
        as_bo(client, bo)
        .get(url("presence", world.company.slug), {"datum": on.isoformat()})
        .context["table"]
        .rows
    )
    if on == day_before(FIRST):
        assert rows == []  # the group itself is not there yet
    else:
        assert [each.status.code for each in rows[0].seats] == [status]
        assert rows[0].vacant == (status == "lapsed")


def test_a_group_with_stock_and_no_seat_is_suggested(client, world, bo):
    other = make_group(world.agreement, "Grupp två")
    other.coverages.create(area=world.south, valid_from=FIRST)
    have(world, 1)
    assert "Relevant, men saknar plats" not in read(
        as_bo(client, bo), url("presence", world.company.slug)
    )
    have(world, 1, area=world.south)
    table = client.get(url("presence", world.company.slug)).context
    assert [row.group for row in table["table"].lacking] == [other]
    assert table["total"].amount.properties == 2  # the one in both groups counts once


def test_what_is_wanted_of_the_kind_and_not_filled_is_missing(client, world, stina):
    client.force_login(stina)
    columns = {"group": world.group, "organization_kind": "bostadsbolag", "valid_from": FIRST}
    WantedFunction.objects.create(function=world.member.function, **columns)
    WantedFunction.objects.create(function=world.chair.function, **columns)
    body = read(client, url("presence", world.company.slug))
    assert "2 funktioner önskas. Ert bolag saknar provstad-direktor." in body
    twin = Organization.objects.create(
        name="Annat bolag", slug="annat-bolag", kind="bostadsbolag", valid_from=FIRST
    )
    make_seat(world.group, twin, world.chair.function.code)
    body = read(client, url("presence", world.company.slug))
    assert "2 funktioner önskas." in body
    assert "Ert bolag saknar" not in body


def test_properties_without_a_group_are_listed_for_own_people_alone(client, world, bo, stina):
    have(world, 1, area=None)
    client.force_login(stina)
    assert "1 fastighet utan grupp" in read(client, url("presence", world.company.slug))
    assert "utan grupp" not in read(as_bo(client, bo), url("presence", world.company.slug))
    assert sums(client, world)[2] == 0


def test_the_people_of_the_company_stand_with_their_groups(client, world, stina, bo):
    appoint(world.member, make_person(world.company, "Hanna", "Provhållare"))
    here = f"{url('presence', world.company.slug)}?visa=personer"
    client.force_login(stina)
    body = read(client, here)
    assert "Hanna Provhållare" in body
    assert "Utse i flera grupper" in body
    assert "Utse i flera grupper" not in read(as_bo(client, bo), here)


def test_the_pages_cost_as_much_with_few_rows_as_with_many(client, world, stina):
    client.force_login(stina)
    pages = [url("presence", world.company.slug), url("group_companies", world.group.slug)]
    have(world, 2)
    few = [cost(client, page) for page in pages]
    have(world, 60)
    have(world, 10, area=None)
    for number in range(2, 12):
        seat = make_seat(world.group, world.company, "provstad-chef", number=number)
        appoint(seat, make_person(world.company))
    assert [cost(client, page) for page in pages] == few
    assert max(few) <= 14  # three fewer where the look-up keeps its structure


def test_an_organisation_of_another_municipality_is_not_there(client, world, elsewhere, stina):
    client.force_login(stina)
    assert client.get(url("presence", elsewhere.company.slug)).status_code == 404
    assert client.get(url("group_companies", elsewhere.group.slug)).status_code == 404


def test_a_property_counts_in_the_groups_that_the_look_up_names(world, stina):
    have(world, 3)
    have(world, 2, area=None)
    now = today()
    held = [row.property for row in Holding.objects.select_related("property__stated_area")]
    finder = Finder(stina, now)
    for each in held:
        reply = finder.find(Question(designation=each.designation))
        named = {answer.group.pk for answer in reply.groups}
        assert places_of(finder, [each])[each.pk].groups == named
    assert len({frozenset(each.groups) for each in places_of(finder, held).values()}) == 2
