"""What there is to do, matter by matter: which there are, and when one is a new matter."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Confirmation, GroupDecision, Leave, Mandate, SteeringGroup
from governance.months import months_before, within_months
from governance.queries.worklists import items
from tests.days import day
from tests.worlds import World, appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
DAY = day("2024-06-15")


def entered(mandate: Mandate, when: str) -> Mandate:
    """As if the mandate had been entered on the day, at noon."""
    at = timezone.make_aware(datetime.datetime.fromisoformat(f"{when}T12:00"))
    mandate.history.update(history_date=at)
    return mandate


@pytest.fixture
def staffed(world: World) -> World:
    """The local group with all three seats held and confirmed, and its decision registered."""
    for seat in (world.chair, world.secretary, world.member):
        entered(appoint(seat, make_person(seat.organization)), "2024-06-01")
    GroupDecision.objects.filter(group=world.group).update(decided_on=day("2020-01-01"))
    return world


def keys(world: World, on: datetime.date = DAY) -> list[str]:
    return [item.key for item in items(SteeringGroup.objects.filter(pk=world.group.pk), on)]


def words(world: World, on: datetime.date = DAY) -> list[str]:
    return [item.words for item in items(SteeringGroup.objects.filter(pk=world.group.pk), on)]


def test_a_staffed_and_confirmed_group_gives_nothing_to_do(staffed):
    assert keys(staffed) == []


# -- each kind ------------------------------------------------------------------------------


def test_a_vacant_seat_is_a_matter_of_its_own_after_each_holder(staffed):
    seat = staffed.member
    first = seat.mandates.get()
    first.valid_through, first.end_reason = day("2024-05-31"), "left"
    first.save()
    told = [f"vacant:seat:{seat.pk}:mandate:{first.pk}"]
    assert [key for key in keys(staffed) if key.startswith("vacant")] == told
    assert [key for key in keys(staffed, day("2024-07-15")) if "vacant" in key] == told
    second = appoint(seat, make_person(seat.organization), day("2024-06-01"), day("2024-06-10"))
    second.end_reason = "left"
    second.save()
    assert [key for key in keys(staffed) if key.startswith("vacant")] == [
        f"vacant:seat:{seat.pk}:mandate:{second.pk}"
    ]
    assert "Provstad-chef, Provstads bostäder i Lokala gruppen i Provstad är vakant." in words(
        staffed
    )


def test_one_leave_is_another_matter_than_the_next(staffed):
    mandate = staffed.member.mandates.get()
    leave = Leave.objects.create(
        mandate=mandate, valid_from=day("2024-06-01"), valid_through=day("2024-06-20")
    )
    later = Leave.objects.create(mandate=mandate, valid_from=day("2024-07-01"))
    base = f"vacant:seat:{staffed.member.pk}:mandate:{mandate.pk}"
    assert keys(staffed) == [f"{base}:leave:{leave.pk}"]
    assert keys(staffed, day("2024-06-25")) == []
    assert keys(staffed, day("2024-07-01")) == [f"{base}:leave:{later.pk}"]


def test_a_mandate_that_ends_is_a_new_matter_when_its_last_day_is_moved(staffed):
    mandate = staffed.member.mandates.get()
    for last in ("2024-07-01", "2024-08-01"):
        mandate.valid_through = day(last)
        mandate.save()
        entered(mandate, "2024-06-01")
        assert keys(staffed) == [f"ending:mandate:{mandate.pk}:{last}"]
    assert words(staffed) == [
        "Provstad-chef, Provstads bostäder i Lokala gruppen i Provstad: "
        "uppdraget går ut den 1 augusti 2024."
    ]
    assert f"lapsed:mandate:{mandate.pk}:2024-08-01" in keys(staffed, day("2024-08-02"))


def test_a_seat_with_somebody_to_come_is_nothing_to_do(staffed):
    mandate = staffed.member.mandates.get()
    mandate.valid_through = day("2024-05-31")
    mandate.save()
    appoint(staffed.member, make_person(staffed.company), day("2024-07-01"))
    assert keys(staffed) == []


def test_a_seat_for_a_deputy_is_not_missed_but_its_holder_is_confirmed_like_others(staffed):
    seat = make_seat(staffed.group, staffed.city, "provstad-ersattare", "deputy")
    assert keys(staffed) == []
    mandate = entered(appoint(seat, make_person(staffed.city)), "2023-01-01")
    assert keys(staffed) == [f"unconfirmed:mandate:{mandate.pk}:2023-01-01"]


@pytest.mark.parametrize(
    ("role", "kind", "said"),
    [("chair", "no-chair", "ordförande"), ("secretary", "no-secretary", "sekreterare")],
)
def test_a_group_without_its_leaders_is_told_of(staffed, role, kind, said):
    seat = staffed.group.seats.get(role=role)
    mandate = seat.mandates.get()
    mandate.valid_through, mandate.end_reason = day("2024-06-14"), "left"
    mandate.save()
    found = keys(staffed)
    assert f"{kind}:group:{staffed.group.pk}:mandate:{mandate.pk}" in found
    assert f"Lokala gruppen i Provstad har ingen {said}." in words(staffed)
    assert not [key for key in keys(staffed, day("2024-06-14")) if key.startswith(kind)]


def test_a_group_that_has_no_seat_for_a_chair_has_no_chair(staffed):
    group = make_group(staffed.agreement, "Nya gruppen i Provstad")
    found = [item.kind for item in items(SteeringGroup.objects.filter(pk=group.pk), DAY)]
    assert found == ["no-chair", "no-secretary", "unregistered"]


@pytest.mark.parametrize("chairing", ["shared", "alternating"])
def test_one_chair_is_enough_where_several_share_it(staffed, chairing):
    SteeringGroup.objects.filter(pk=staffed.group.pk).update(chairing=chairing)
    make_seat(staffed.group, staffed.police, "provstad-polischef", "chair")
    kinds = {key.split(":")[0] for key in keys(staffed)}
    assert kinds == {"vacant", "unnamed"}


def test_a_decision_that_is_not_registered_is_told_of(staffed):
    GroupDecision.objects.filter(group=staffed.group).update(decided_on=None)
    assert keys(staffed) == [f"unregistered:group:{staffed.group.pk}"]


def test_a_proposed_group_gives_nothing_to_do(world):
    group = make_group(world.agreement, "Föreslagna gruppen", active=False)
    make_seat(group, world.city, "provstad-direktor")
    assert items(SteeringGroup.objects.filter(pk=group.pk), DAY) == []


def test_an_organisation_with_nobody_now_or_later_has_named_nobody(staffed):
    seats = [make_seat(staffed.group, staffed.police, f"provstad-polis-{n}") for n in (1, 2)]
    base = f"unnamed:organization:{staffed.police.pk}:group:{staffed.group.pk}"
    assert base in keys(staffed)
    assert "Provstads polis har inte utsett någon i Lokala gruppen i Provstad." in words(staffed)
    coming = appoint(seats[0], make_person(staffed.police), day("2024-09-01"))
    assert base not in keys(staffed)
    coming.valid_from, coming.valid_through = day("2024-01-01"), day("2024-06-14")
    coming.save()
    assert f"{base}:mandate:{coming.pk}" in keys(staffed)


def test_who_is_on_leave_is_named(staffed):
    Leave.objects.create(mandate=staffed.member.mandates.get(), valid_from=day("2024-06-01"))
    assert {key.split(":")[0] for key in keys(staffed)} == {"vacant"}


# -- not confirmed within six months --------------------------------------------------------


@pytest.mark.parametrize(
    ("entered_on", "asked_on", "due"),
    [
        ("2023-12-15", None, False),  # six months to the day
        ("2023-12-14", None, True),
        ("2020-01-01", "2023-12-15", False),
        ("2020-01-01", "2023-12-14", True),
        ("2020-01-01", "2024-06-15", False),
        ("2020-01-01", "2024-06-16", True),  # not known on the day
        ("2024-06-16", None, True),
        ("2024-06-15", None, False),
    ],
)
def test_what_nobody_has_confirmed_for_six_months_is_told_of(staffed, entered_on, asked_on, due):
    mandate = entered(staffed.member.mandates.get(), entered_on)
    if asked_on:
        Confirmation.objects.create(mandate=mandate, day=day(asked_on), channel="mail")
    assert bool(keys(staffed)) is due


def test_it_is_a_new_matter_each_time_it_grows_old(staffed):
    mandate = entered(staffed.member.mandates.get(), "2023-01-01")
    assert keys(staffed) == [f"unconfirmed:mandate:{mandate.pk}:2023-01-01"]
    assert keys(staffed, day("2024-06-20")) == keys(staffed)
    Confirmation.objects.create(mandate=mandate, day=day("2023-06-30"), channel="phone")
    assert keys(staffed) == [f"unconfirmed:mandate:{mandate.pk}:2023-06-30"]


def test_changing_a_mandate_confirms_it(staffed):
    mandate = entered(staffed.member.mandates.get(), "2023-01-01")
    now = timezone.localdate()
    assert f"unconfirmed:mandate:{mandate.pk}:2023-01-01" in keys(staffed, now)
    mandate.title_then = "ny titel"
    mandate.save()
    assert f"unconfirmed:mandate:{mandate.pk}:" not in " ".join(keys(staffed, now))


def test_an_acting_mandate_is_confirmed_like_an_ordinary_one_and_a_deputy_is_not(staffed):
    person = make_person(staffed.company)
    appoint(staffed.member, person, kind="deputy")
    acting = entered(appoint(staffed.member, person, kind="acting"), "2023-01-01")
    entered(staffed.member.mandates.get(kind="deputy"), "2023-01-01")
    assert keys(staffed) == [f"unconfirmed:mandate:{acting.pk}:2023-01-01"]


@pytest.mark.parametrize(
    ("on", "months", "then"),
    [
        ("2024-08-31", 6, "2024-02-29"),
        ("2023-08-31", 6, "2023-02-28"),
        ("2024-06-15", 6, "2023-12-15"),
        ("2024-12-31", 6, "2024-06-30"),
        ("2024-01-01", 1, "2023-12-01"),
        ("2024-01-01", 12, "2023-01-01"),
        ("2024-03-31", 13, "2023-02-28"),
    ],
)
def test_months_are_calendar_months(on, months, then):
    assert months_before(day(on), months) == day(then)


def test_no_day_at_all_is_within_no_time():
    assert not within_months(None, DAY, 6)
    assert within_months(DAY, DAY, 0)


# -- as a whole -----------------------------------------------------------------------------


def test_items_name_nobody_and_cost_the_same_for_many(staffed):
    groups = SteeringGroup.objects.filter(agreement=staffed.agreement)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert all("Provström" not in item.words for item in items(groups, DAY))
        return len(queries)

    few = asked()
    for number in range(2, 60):
        seat = make_seat(staffed.group, staffed.city, "provstad-samordnare", number=number)
        if number % 2:
            appoint(seat, make_person(staffed.city))
    assert asked() == few == 4


def test_no_key_stands_twice(staffed):
    for number in range(2, 9):
        make_seat(staffed.group, staffed.police, "provstad-samordnare", number=number)
    found = [item.key for item in items(SteeringGroup.objects.all(), DAY)]
    assert len(found) == len(set(found)) > 50
