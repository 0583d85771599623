"""The page of one seat, its verbs on the roster, and undoing what was just done."""

import datetime

import pytest
from django.utils import timezone

from governance.models import Act, Leave, Mandate, Seat
from governance.temporal import today
from tests.days import day
from tests.seat_pages import cost, make_cast, pages
from tests.verb_pages import hidden, text, url
from tests.worlds import appoint, grant, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def keeper(world):
    """Keeps the roster of the local group, and nothing else."""
    user = make_user("bemannar@example.org")
    make_person(world.city, user=user)
    grant(user, "edit_roster", world.group)
    return user


@pytest.fixture
def seat_page(world):
    return url("seat", world.group.slug, world.member.pk)


def do(client, address, typed):
    """Carry out a verb through its preview, to the page that follows."""
    preview = client.post(address, typed)
    return client.post(address, {**hidden(preview), "steg": "spara"}, follow=True)


def people_in(rows) -> list[str | None]:
    return [row.name for row in rows]


def test_a_seat_shows_who_held_holds_and_will_hold_it(client, world, cast, bo, seat_page):
    client.force_login(bo)
    Mandate.objects.filter(pk=cast.held.pk).update(
        valid_from=day("2022-02-01"), valid_through=day("2024-05-31")
    )
    appoint(world.member, make_person(world.company, "Efter"), day("2024-06-01"))
    appoint(world.member, make_person(world.company, "Före"), day("2021-01-01"), day("2022-01-31"))
    for on, earlier, now, coming in [
        ("2020-12-31", 0, [], ["Före Provström", "Hanna Provhållare", "Efter Provström"]),
        ("2022-01-31", 0, ["Före Provström"], ["Hanna Provhållare", "Efter Provström"]),
        ("2022-02-01", 1, ["Hanna Provhållare"], ["Efter Provström"]),
        ("2024-05-31", 1, ["Hanna Provhållare"], ["Efter Provström"]),
        ("2024-06-01", 2, ["Efter Provström"], []),
    ]:
        parts = client.get(f"{seat_page}?datum={on}").context["parts"]
        assert len(parts.earlier) == earlier
        assert people_in(parts.now) == now
        assert people_in(parts.coming) == coming


def test_a_seat_is_read_by_those_who_belong_and_is_unknown_to_others(
    client, world, bo, stranger, nobody, seat_page
):
    for user, answer in [(bo, 200), (stranger, 404), (nobody, 404)]:
        client.force_login(user)
        assert client.get(seat_page).status_code == answer
    client.force_login(bo)
    assert client.get(url("seat", world.central.slug, world.member.pk)).status_code == 404
    assert client.get(url("seat", world.group.slug, 987654)).status_code == 404


def test_verbs_stand_beside_what_they_act_on_for_those_who_may(
    client, world, cast, bo, keeper, seat_page
):
    group = url("group", world.group.slug)
    replace = url("replace", world.group.slug, world.member.pk)
    fill = url("appoint", world.group.slug, world.vacant.pk)
    client.force_login(bo)
    assert replace not in text(client.get(group))
    assert replace not in text(client.get(seat_page))
    client.force_login(keeper)
    assert f'href="{replace}"' in text(client.get(group))
    assert f'href="{fill}"' in text(client.get(group))
    assert f'href="{url("add_seat", world.group.slug)}"' in text(client.get(group))
    shown = text(client.get(seat_page))
    for address in [replace, url("extend", cast.held.pk), url("end_leave", cast.leave.pk)]:
        assert f'href="{address}"' in shown
    for past in [group, seat_page]:
        assert replace not in text(client.get(f"{past}?datum=2024-01-01"))


def test_a_holder_on_leave_is_said_to_be_so_and_never_why(client, world, cast, bo, seat_page):
    client.force_login(bo)
    shown = text(client.get(seat_page))
    assert "Tjänstledig" in shown
    assert "1 januari 2030" in shown
    # Dates alone: there is nothing in which a reason could stand.
    kinds = {field.get_internal_type() for field in Leave._meta.concrete_fields}
    assert kinds <= {"BigAutoField", "AutoField", "DateField", "ForeignKey"}


def test_protected_names_stand_on_no_seat_but_for_the_few(client, world, bo, seat_page):
    world.member.mailbox = "plats@example.org"
    world.member.save()
    appoint(world.member, make_person(world.company, "Hemlig", protected=True, title="jurist"))
    client.force_login(bo)
    shown = text(client.get(seat_page))
    assert "Hemlig" not in shown
    assert "Namnet visas inte." in shown
    assert "plats@example.org" in shown
    grant(bo, "view_protected", world.agreement)
    assert "Hemlig Provström" in text(client.get(seat_page))


def test_a_seat_costs_the_same_whatever_it_has_seen(client, world, cast, keeper, seat_page):
    client.force_login(keeper)
    few = cost(client, seat_page)
    for number in range(30):
        first = day(f"19{number + 50}-01-01")
        held = appoint(
            world.member,
            make_person(world.company, f"Flera{number}"),
            first,
            first + datetime.timedelta(days=300),
        )
        Leave.objects.create(mandate=held, valid_from=first, valid_through=first)
    assert cost(client, seat_page) == few
    assert few <= 12


def test_a_group_costs_the_same_whatever_the_number_of_verbs(client, world, cast, keeper):
    address = url("group", world.group.slug)
    client.force_login(keeper)
    few = cost(client, address)
    for number in range(2, 30):
        seat = Seat.objects.create(
            group=world.group,
            organization=world.company,
            function=world.member.function,
            number=number,
            valid_from=day("2020-01-01"),
        )
        if number % 2:
            appoint(seat, make_person(world.company, f"Flera{number}"))
    assert cost(client, address) == few
    assert few <= 12


@pytest.mark.parametrize(
    ("verb", "typed", "field", "sentence"),
    [
        ("add_seat", {"organization": "", "function": ""}, "organization", "Välj en organisation."),
        ("add_seat", {"function": "x"}, "function", "Välj ett annat"),
        ("add_seat", {"role": "kung"}, "role", ""),
        ("add_seat", {"number": "0"}, "number", ""),
        ("add_seat", {"mailbox": "inte en adress"}, "mailbox", ""),
        ("add_seat", {"first_day": "2019-12-31"}, "first_day", "2020"),
        ("end_seat", {"last_day": "imorgon"}, "last_day", "är inget datum"),
    ],
)
def test_what_is_wrong_with_a_seat_is_said_beside_its_field(
    client, world, cast, keeper, verb, typed, field, sentence
):
    address, least = pages(world, cast)[verb]
    client.force_login(keeper)
    answer = client.post(address, {**least, **typed})
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert answer.status_code == 200


def test_an_organisation_of_another_municipality_can_get_no_seat(
    client, world, cast, keeper, elsewhere
):
    address, least = pages(world, cast)["add_seat"]
    client.force_login(keeper)
    answer = client.post(address, {**least, "organization": elsewhere.company.pk})
    assert answer.context["form"].errors["organization"]
    assert "Annanstad" not in text(client.get(address))


def test_the_groups_one_keeps_are_one_step_from_the_start_page(client, rut, karin, fatima, farsta):
    heading = "Grupper där du ändrar ledamöter"
    for user, least, most in [(rut, 1, 1), (karin, 10, 99), (fatima, 0, 0)]:
        client.force_login(user)
        answer = client.get(url("start"))
        assert least <= len(answer.context["kept"]) <= most
        assert (heading in text(answer)) == bool(least)
    client.force_login(rut)
    assert client.get(url("start")).context["kept"] == [farsta]


# -- undo -----------------------------------------------------------------------------------


def test_what_was_just_done_can_be_undone_from_the_page_that_follows(client, world, cast, keeper):
    client.force_login(keeper)
    before = list(Mandate.objects.order_by("pk").values())
    shown = do(client, *pages(world, cast)["replace"])
    act = Act.objects.get(user=keeper)
    assert Mandate.objects.filter(seat=world.member).count() == 2
    link = url("undo", act.pk)
    assert f'href="{link}"' in text(shown)
    assert f'href="{link}"' in text(client.get(url("history", world.group.slug)))
    assert f'href="{link}"' in text(client.get(url("changes")))
    assert "Det här ångras" in text(client.get(link))
    assert Mandate.objects.filter(seat=world.member).count() == 2
    done = client.post(link, follow=True)
    assert done.redirect_chain[-1][0] == url("group", world.group.slug)
    assert "Ångrat" in text(done)
    assert list(Mandate.objects.order_by("pk").values()) == before
    assert f'href="{link}"' not in text(client.get(url("history", world.group.slug)))


def test_undoing_twice_changes_nothing_and_says_so(client, world, cast, keeper):
    client.force_login(keeper)
    do(client, *pages(world, cast)["replace"])
    link = url("undo", Act.objects.get(user=keeper).pk)
    client.post(link)
    again = client.post(link)
    assert again.status_code == 409
    assert "redan ångrad" in text(again)
    assert Act.objects.filter(user=keeper).count() == 2


def test_after_fifteen_minutes_undo_is_neither_offered_nor_done(client, world, cast, keeper):
    client.force_login(keeper)
    do(client, *pages(world, cast)["replace"])
    act = Act.objects.get(user=keeper)
    Act.objects.filter(pk=act.pk).update(at=timezone.now() - datetime.timedelta(minutes=16))
    link = url("undo", act.pk)
    assert f'href="{link}"' not in text(client.get(url("history", world.group.slug)))
    assert "mer än 15 minuter" in text(client.post(link))
    assert Mandate.objects.filter(seat=world.member).count() == 2


def test_one_undoes_what_one_did_oneself_and_nobody_elses(
    client, world, cast, keeper, anna, bo, stranger
):
    client.force_login(keeper)
    do(client, *pages(world, cast)["replace"])
    link = url("undo", Act.objects.get(user=keeper).pk)
    for user, answer in [(bo, 403), (stranger, 404), (anna, 409)]:
        client.force_login(user)
        assert client.post(link).status_code == answer
    assert f'href="{link}"' not in text(client.get(url("changes")))
    assert Mandate.objects.filter(seat=world.member).count() == 2


def test_undo_is_refused_when_the_row_was_changed_since(client, world, cast, keeper):
    client.force_login(keeper)
    do(client, *pages(world, cast)["replace"])
    act = Act.objects.get(user=keeper)
    new = Mandate.objects.get(seat=world.member, person=cast.other)
    ends = {"last_day": today().isoformat(), "end_reason": "left"}
    do(client, url("end_mandate", new.pk), ends)
    answer = client.post(url("undo", act.pk))
    assert answer.status_code == 409
    assert "Ångra den senaste ändringen först" in text(answer)
    assert Mandate.objects.filter(seat=world.member).count() == 2


def test_the_history_costs_the_same_with_something_to_undo_however_much_was_done(
    client, world, cast, keeper
):
    address = url("history", world.group.slug)
    client.force_login(keeper)
    do(client, *pages(world, cast)["leave"])
    few = cost(client, address)
    for month in range(4, 9):
        typed = {"first_day": f"2025-0{month}-10", "last_day": f"2025-0{month}-20"}
        do(client, url("leave", cast.held.pk), typed)
    assert cost(client, address) == few
    assert few <= 12
