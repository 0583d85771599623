"""/kontaktvagar/: what is shown, on which choice, and the one-click checks."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Act, ContactRoute, RouteAttempt
from governance.queries.route_pages import cards
from governance.temporal import today
from tests.days import day
from tests.routes import make_lpo, make_route, text
from tests.worlds import grant, make_user

ROUTES = "/kontaktvagar/"
NOON = datetime.datetime(2026, 3, 2, 11, 0, tzinfo=datetime.UTC)  # a Monday


@pytest.fixture
def route(world) -> ContactRoute:
    return make_route(world.company, group=world.group)


def test_a_route_shows_its_functions_in_order_and_who_answers_when_it_is_closed(as_anna, route):
    page = text(as_anna, ROUTES)
    for words in ("Bovärd", "Störningsjour", "bovard@bostader.example.org", "08-600 00 00"):
        assert words in page
    assert page.index("Bovärd") < page.index("Störningsjour")
    assert "Måndag–fredag 08.00–16.00, stängt på helgdagar." in page
    assert "Öppet nu" in page or "Stängt nu, öppnar" in page


def test_another_day_says_nothing_of_now_and_has_no_buttons(as_anna, route):
    page = text(as_anna, f"{ROUTES}?datum=2021-01-01")
    assert "Bovärd" in page
    for words in ("Öppet nu", "Stängt nu", "Jag fick inget svar", "Bekräfta uppgifterna"):
        assert words not in page
    assert "Bovärd" not in text(as_anna, f"{ROUTES}?datum=2019-12-31")


def test_a_route_is_open_when_its_first_functions_are_not_when_the_emergency_line_is(route):
    [card] = cards([route], day("2026-03-02"), NOON)
    assert (card.is_open, card.opens) == (True, "")
    [card] = cards([route], day("2026-03-02"), NOON.replace(hour=16))
    assert (card.is_open, card.opens) == (False, "i morgon kl. 08.00")
    assert card.when_closed[0].is_open
    [card] = cards([route], day("2026-03-06"), NOON.replace(day=6, hour=16))
    assert card.opens == "måndag den 9 mars kl. 08.00"
    [card] = cards([route], day("2026-03-02"), NOON.replace(hour=6))
    assert card.opens == "i dag kl. 08.00"


def test_what_was_verified_more_than_twelve_months_ago_is_warned_of(route):
    for verified, too_old in [
        (None, True),
        (day("2025-03-01"), True),
        (day("2025-03-02"), False),
        (day("2026-03-02"), False),
    ]:
        route.verified_on = verified
        [card] = cards([route], day("2026-03-02"), NOON)
        assert card.too_old is too_old, verified


def test_a_past_day_shows_what_had_been_verified_by_then(as_anna, route):
    for verified in ("2021-05-01", "2023-05-01"):
        route.verified_on = day(verified)
        route.save()
    for on, said in [
        ("2021-04-30", "Inte bekräftad."),
        ("2021-05-01", "1 maj 2021"),
        ("2023-04-30", "1 maj 2021"),
        ("2023-05-01", "1 maj 2023"),
        (today().isoformat(), "1 maj 2023"),
    ]:
        page = text(as_anna, f"{ROUTES}?datum={on}")
        assert said in page, on
        assert ("Uppgiften är äldre än tolv månader." in page) is (
            on in ("2023-04-30", today().isoformat())
        ), on


def test_areas_of_one_name_are_told_apart_by_kind(as_anna, world):
    make_lpo("norra-provstad", world.south)
    make_route(world.company, area=world.south)
    page = text(as_anna, ROUTES)
    assert 'value="stadsdel:norra-provstad">Norra Provstad (stadsdel)' in page
    assert 'value="lokalpolisomrade:norra-provstad">' in page
    assert "Bovärd" not in text(as_anna, f"{ROUTES}?omrade=stadsdel:norra-provstad")
    for asked in ("lokalpolisomrade:norra-provstad", "norra-provstad"):
        assert "Bovärd" in text(as_anna, f"{ROUTES}?omrade={asked}"), asked


def test_what_is_to_be_done_is_shown_to_those_who_may_do_it_alone(client, route, bo, anna):
    make_route(route.organization, group=route.group, purpose="routine", verified_on=today())
    client.force_login(anna)
    page = text(client, ROUTES)
    assert 'name="visa"' in page
    stale = text(client, f"{ROUTES}?visa=obekraftade")
    assert f'id="vag-{route.pk}"' in stale
    assert stale.count("<article") == 1
    assert 'id="saknas"' not in stale
    missing = text(client, f"{ROUTES}?visa=saknas")
    assert "1 grupp saknar någon kontaktväg" in missing
    assert "<article" not in missing
    client.force_login(bo)
    assert 'name="visa"' not in text(client, ROUTES)
    assert "<article" not in text(client, f"{ROUTES}?visa=obekraftade")
    assert "Ingen lokal styrgrupp saknar" in text(client, f"{ROUTES}?visa=saknas")


def test_where_nobody_answers_at_night_it_says_so_and_names_the_emergency_number(as_anna, route):
    assert "Ingen kontaktväg är inlagd för" not in text(as_anna, ROUTES)
    route.contacts.filter(when_closed=True).delete()
    page = text(as_anna, ROUTES)
    assert "Ingen kontaktväg är inlagd för kvällar, nätter och helger. Vid fara: ring 112." in page


def test_the_emergency_numbers_stand_on_the_page_as_text(as_anna):
    page = text(as_anna, ROUTES)
    assert "<b>Nödläge: 112.</b>" in page
    assert "<b>114 14</b>" in page
    assert "tel:112" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("riktning=from_police", True),
        ("riktning=to_police", False),
        ("syfte=reactive", True),
        ("syfte=routine", False),
        ("grupp=lokala-gruppen-i-provstad", True),
        ("grupp=centrala-gruppen-i-provstad", False),
        ("omrade=norra-provstad", True),
        ("omrade=stadsdel:norra-provstad", True),
        ("omrade=stadsdelsomrade:norra-provstad", False),
        ("omrade=finns-inte", False),
        ("omrade=:", False),
        ("visa=obekraftade", True),
        ("visa=saknas", False),
        ("organisation=provstad-bostader", True),
        ("organisation=provstad-polis", False),
        ("riktning=nonsens", True),
    ],
)
def test_the_choice_stands_in_the_address(as_anna, route, query, shown):
    assert ("Bovärd" in text(as_anna, f"{ROUTES}?{query}")) is shown


def test_a_route_about_a_larger_area_is_found_by_the_group_and_by_its_parts(as_anna, world):
    make_route(world.company, area=world.municipality)
    assert "Bovärd" in text(as_anna, f"{ROUTES}?grupp={world.group.slug}")
    assert "Bovärd" in text(as_anna, f"{ROUTES}?omrade={world.north.slug}")


def test_strangers_see_no_route(client, route, elsewhere):
    other = make_user("annan@example.org")
    grant(other, "edit_structure", elsewhere.agreement)
    client.force_login(other)
    assert "Bovärd" not in text(client, ROUTES)
    assert client.post(reverse("governance:try_route", args=[route.pk])).status_code == 404


# -- one click ------------------------------------------------------------------------------------


def test_who_may_edit_a_route_verifies_it_with_one_click_and_one_act(as_anna, route):
    path = reverse("governance:verify_route", args=[route.pk])
    response = as_anna.post(path, {"syfte": "reactive"})
    assert response["Location"] == f"{ROUTES}?syfte=reactive#vag-{route.pk}"
    route.refresh_from_db()
    assert route.verified_on == today()
    done = Act.objects.get(verb=Act.Verb.ROUTE)
    assert "bekräftas den" in done.summary
    assert route.history.first().caused_by_id == done.pk
    as_anna.post(path)
    assert Act.objects.filter(verb=Act.Verb.ROUTE).count() == 1


def test_a_reader_without_the_right_verifies_nothing(client, route, bo):
    client.force_login(bo)
    response = client.post(reverse("governance:verify_route", args=[route.pk]))
    assert response.status_code == 403
    assert "ändra kontaktvägar" in response.content.decode()
    assert "Bekräfta uppgifterna" not in text(client, ROUTES)


def test_the_verbs_are_linked_for_those_who_may_carry_them_out(client, route, bo, anna):
    links = [
        reverse("governance:add_route"),
        reverse("governance:change_route", args=[route.pk]),
        reverse("governance:end_route", args=[route.pk]),
    ]
    client.force_login(anna)
    assert all(f'href="{link}"' in text(client, ROUTES) for link in links)
    client.force_login(bo)
    assert not any(link in text(client, ROUTES) for link in links)


def test_a_route_that_has_ended_is_neither_verified_nor_tried(as_anna, world):
    old = make_route(world.company, group=world.group, valid_through=day("2024-01-01"))
    for name in ("verify_route", "try_route"):
        assert as_anna.post(reverse(f"governance:{name}", args=[old.pk])).status_code == 404


def test_a_try_is_noted_with_one_click_and_a_second_click_is_the_same_try(client, route, bo):
    client.force_login(bo)
    path = reverse("governance:try_route", args=[route.pk])
    client.post(path, {"svar": "nej"})
    client.post(path, {"svar": "nej"})
    attempt = RouteAttempt.objects.get()
    assert not attempt.answered
    page = text(client, ROUTES)
    assert "fick inget svar." in page
    client.post(path, {"svar": "ja"})
    assert RouteAttempt.objects.get().answered


def test_a_try_is_taken_back_by_the_same_person_within_fifteen_minutes(client, route, bo, anna):
    client.force_login(bo)
    client.post(reverse("governance:try_route", args=[route.pk]), {"svar": "nej"})
    attempt = RouteAttempt.objects.get()
    path = reverse("governance:take_back_attempt", args=[attempt.pk])
    client.force_login(anna)
    assert client.post(path).status_code == 404
    client.force_login(bo)
    made = timezone.now() - datetime.timedelta(minutes=15, seconds=1)
    RouteAttempt.objects.update(at=made)
    client.post(path)
    assert RouteAttempt.objects.exists()
    RouteAttempt.objects.update(at=made + datetime.timedelta(seconds=30))
    client.post(path)
    assert not RouteAttempt.objects.exists()


def test_only_who_may_edit_sees_the_share_of_failed_tries_of_the_last_year(client, route, bo, anna):
    for number, answered in enumerate([True, False, False, False]):
        made = RouteAttempt.objects.create(route=route, user=bo, answered=answered)
        since = datetime.timedelta(days=number)
        RouteAttempt.objects.filter(pk=made.pk).update(at=timezone.now() - since)
    old = RouteAttempt.objects.create(route=route, user=bo, answered=True)
    year = datetime.timedelta(days=366)
    RouteAttempt.objects.filter(pk=old.pk).update(at=timezone.now() - year)
    client.force_login(anna)
    assert "75&nbsp;% av 4 försök det senaste året fick inget svar" in text(client, ROUTES)
    client.force_login(bo)
    assert "det senaste året" not in text(client, ROUTES)
