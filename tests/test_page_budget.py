"""What a page costs: at most twelve queries, and the same with ten seats and with five hundred."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Mandate, Person, PersonName, Seat, SteeringGroup
from governance.urls import urlpatterns
from tests.days import day
from tests.pages import NOT_READ, READING, STOCK, VERBS, url_of
from tests.worlds import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]
# A company's pages take their groups from the look-up of properties, whose structure is kept
# between requests (one query). Inside a transaction, as here, it is read anew (four).
BUDGET = dict.fromkeys(READING, 12) | {"start": 20, "presence": 14, "group_companies": 14}
COORDINATORS = ("accounts", "managed_account", "grants", "inquiries")
PAGES = [(name, "karin") for name in READING]
PAGES += [(name, "fatima") for name in READING if name not in COORDINATORS]


def fill(group: SteeringGroup, like: Seat, first: int, last: int) -> None:
    """Seats numbered from `first` through `last`, each with somebody in it."""
    numbers = range(first, last + 1)
    seats = Seat.objects.bulk_create(
        Seat(
            group=group,
            organization=like.organization,
            function=like.function,
            number=number,
            valid_from=day("2020-01-01"),
        )
        for number in numbers
    )
    people = Person.objects.bulk_create(Person(organization=like.organization) for _ in numbers)
    PersonName.objects.bulk_create(
        PersonName(person=person, given_name=f"A{person.pk}", search_key=f"a{person.pk}")
        for person in people
    )
    Mandate.objects.bulk_create(
        Mandate(seat=seat, person=person, valid_from=day("2020-01-01"))
        for seat, person in zip(seats, people, strict=True)
    )


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200, url
    return len(asked)


def test_every_address_of_the_app_is_either_read_or_not() -> None:
    known = [*READING, *NOT_READ, *VERBS, *STOCK]
    assert sorted(route.name for route in urlpatterns) == sorted(known)


@pytest.mark.parametrize(("name", "reader"), PAGES)
def test_a_page_keeps_its_budget_with_ten_and_with_five_hundred_seats(
    request, client, farsta, farsta_chair, karin, name, reader
):
    member = farsta.seats.filter(role="member").first()
    person = make_person(member.organization)
    Mandate.objects.create(seat=member, person=person, valid_from=day("2020-01-01"))
    client.force_login(request.getfixturevalue(reader))
    url = url_of(name, farsta, member.organization, person, karin)
    numbers = []
    for first, last in [(101, 110), (111, 600)]:
        fill(farsta, member, first, last)
        Mandate.objects.bulk_create(
            Mandate(seat=seat, person=person, kind="deputy", valid_from=day("2020-01-01"))
            for seat in farsta.seats.filter(number__gte=first, number__lte=last)
        )
        numbers.append(queries(client, url))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= BUDGET[name]
