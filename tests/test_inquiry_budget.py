"""What the pages about inquiries cost: the same with few seats and with hundreds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Answer, Inquiry, Mandate
from governance.services.inquiries import token_of
from governance.temporal import day_after, today
from tests.test_page_budget import fill
from tests.worlds import appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(world) -> Mandate:
    return appoint(world.member, make_person(world.company))


@pytest.fixture
def inquiry(world, held) -> Inquiry:
    return Inquiry.objects.create(
        agreement=world.agreement, organization=world.company, valid_from=today()
    )


def link(inquiry: Inquiry) -> str:
    return reverse("governance:confirm_facts", args=[token_of(inquiry)])


@pytest.mark.parametrize("query", ["", "?visa=svar"])
def test_the_page_costs_the_same_with_few_and_with_two_hundred_seats(inquiry, held, query):
    numbers = []
    for first, last in [(101, 103), (104, 300)]:
        fill(held.seat.group, held.seat, first, last)
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(link(inquiry) + query).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12
    fields = Client().get(link(inquiry)).content.decode().count(" name=")
    assert fields < 1000
    Client().post(link(inquiry), {"rest_is_right": "on"})
    assert inquiry.answers.count() == 201


def test_the_list_costs_the_same_with_few_and_with_many_answers(inquiry, held, as_anna, world):
    numbers = []
    for first, last in [(101, 105), (106, 150)]:
        fill(held.seat.group, held.seat, first, last)
        Answer.objects.bulk_create(
            Answer(inquiry=inquiry, seat=mandate.seat, mandate=mandate, kind="left", since=today())
            for mandate in Mandate.objects.filter(seat__number__gte=first)
        )
        with CaptureQueriesContext(connection) as asked:
            assert as_anna.get("/bekrafta/").status_code == 200
        numbers.append(len(asked))
        group = make_group(world.agreement, f"Grupp {first}")
        make_seat(group, world.police, "chef")
        Inquiry.objects.create(
            agreement=world.agreement, organization=world.police,
            valid_from=today(), valid_through=day_after(today()),
        )  # fmt: skip
    assert numbers[0] == numbers[1] <= 12
