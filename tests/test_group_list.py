"""/styrgrupper/ narrowed by its address, and the budget of the pages about groups."""

import pytest

from governance.models import Function, Seat, SteeringGroup
from tests.days import day
from tests.reading import read
from tests.worlds import appoint, make_person

pytestmark = pytest.mark.django_db
FARSTA = "/styrgrupper/farsta/"


@pytest.fixture
def as_karin(client, karin):
    client.force_login(karin)
    return client


@pytest.fixture
def as_fatima(client, fatima):
    client.force_login(fatima)
    return client


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("", "Lokal styrgrupp Farsta", "Lokal styrgrupp Norrmalm"),
        ("?avslutade=1", "Lokal styrgrupp Norrmalm", None),
        ("?lage=avslutad", "Lokal styrgrupp Norrmalm", "Lokal styrgrupp Farsta"),
        ("?q=FÄRSTA", "Ingen grupp stämmer", "Lokal styrgrupp Farsta"),
        ("?q=farsta", "Lokal styrgrupp Farsta", "Lokal styrgrupp Bromma"),
        ("?slag=central", "Central styrgrupp", "Lokal styrgrupp Bromma"),
        ("?grund=place", "Ingen grupp stämmer", "Lokal styrgrupp Bromma"),
        ("?lage=vilande", "Ingen grupp stämmer", "Lokal styrgrupp Bromma"),
        ("?beslut=saknas", "Lokal styrgrupp Bromma", None),
        ("?lage=nonsens&slag=%00", "Lokal styrgrupp Bromma", None),
        ("?datum=2019-12-01", "Lokal styrgrupp Norrmalm", "Lokal styrgrupp Norra innerstaden"),
        ("?datum=2016-01-01", "Det finns ingen styrgrupp", "Lokal styrgrupp Farsta"),
    ],
)
def test_the_list_is_narrowed_by_its_address(as_fatima, query, there, not_there):
    text = read(as_fatima, f"/styrgrupper/{query}")
    assert there in text
    assert not_there is None or not_there not in text


def test_the_list_counts_in_words(as_fatima, structure):
    text = read(as_fatima, "/styrgrupper/?datum=2024-03-01")
    assert "12 grupper den 1 mars 2024: 0 platser är bemannade, 79 är utan ledamot." in text


def test_an_agreement_that_is_not_theirs_is_not_found_in_the_address(as_fatima):
    assert as_fatima.get("/styrgrupper/?overenskommelse=finns-inte").status_code == 404


# -- budgets -----------------------------------------------------------------------------------


def fill(group: SteeringGroup, number: int) -> None:
    """Give the group `number` more seats of one function, and every tenth two holders in turn."""
    organization = group.seats.first().organization
    function = Function.objects.create(code=f"prov-{number}", title=f"prov {number}")
    Seat.objects.bulk_create(
        Seat(
            group=group,
            organization=organization,
            function=function,
            number=at,
            valid_from=group.valid_from,
        )
        for at in range(1, number + 1)
    )
    for seat in Seat.objects.filter(function=function, number__in=range(1, number + 1, 10)):
        appoint(seat, make_person(organization), day("2020-01-01"), day("2020-12-31"))
        appoint(seat, make_person(organization), day("2024-01-01"))


@pytest.mark.parametrize(
    "url", [FARSTA, f"{FARSTA}historik/", "/styrgrupper/", "/styrgrupper/?avslutade=1", "/"]
)
def test_queries_are_as_many_with_ten_seats_as_with_five_hundred(
    as_karin, farsta, url, django_assert_max_num_queries
):
    most = 20 if url == "/" else 12
    fill(farsta, 10)
    with django_assert_max_num_queries(most) as few:
        as_karin.get(url)
    fill(farsta, 500)
    with django_assert_max_num_queries(most) as many:
        response = as_karin.get(url)
    assert response.status_code == 200
    assert len(few) == len(many)
