"""Where an organisation's verbs stand on the pages, and how what it did is undone."""

import datetime

import pytest
from django.utils import timezone
from guardian.shortcuts import remove_perm

from governance.models import Act, Mandate
from governance.services import mandates, seats
from governance.services.rosters import Change, change_many
from tests.days import day
from tests.seat_pages import MANDATE_VERBS, NOW, carry_out, cost, make_cast, pages
from tests.verb_pages import text, url
from tests.verbs import counts, sits
from tests.worlds import FIRST, appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
each_verb = pytest.mark.parametrize("verb", MANDATE_VERBS)


def test_where_the_company_lacks_somebody_is_counted_and_listed_alike(as_stina, world):
    """Also where somebody is to begin later: the count of start has that seat too."""
    cast = make_cast(world)
    appoint(world.vacant, make_person(world.company), day("2030-01-01"))
    page = as_stina.get(url("start"))
    address = f"{url('mandates')}?lage=utan-ledamot&organisation={world.company.slug}"
    assert address.replace("&", "&amp;") in text(page)
    rows = as_stina.get(address).context["rows"]
    assert len(rows) == page.context["own_counts"].vacant > 0
    assert world.vacant in [entry.line.seat for entry in rows]
    assert world.member not in [entry.line.seat for entry in rows]
    assert cast.held.seat == world.member


def test_who_only_reads_sees_no_empty_column_of_verbs(client, as_stina, world, bo):
    assert "data-nocopy>Gör</th>" in text(as_stina.get(url("mandates")))
    client.force_login(bo)
    assert "data-nocopy>Gör</th>" not in text(client.get(url("mandates")))


# -- where the verbs stand ---------------------------------------------------------------------


def test_the_group_page_has_verbs_beside_own_seats_only(as_stina, world):
    make_cast(world)
    appoint(world.chair, make_person(world.city))
    here = url("group", world.group.slug)
    page = text(as_stina.get(here))
    assert url("replace", world.group.slug, world.member.pk) in page
    assert url("appoint", world.group.slug, world.vacant.pk) in page
    for address in (
        url("replace", world.group.slug, world.chair.pk),
        url("appoint", world.group.slug, world.secretary.pk),
        url("staff", world.group.slug),
        url("add_seat", world.group.slug),
        url("describe", world.group.slug),
    ):
        assert address not in page
    assert "/byt/" not in text(as_stina.get(f"{here}?datum=2024-01-01"))


def test_an_ended_group_has_no_verbs(as_stina, world):
    world.group.valid_through = day("2024-12-31")
    world.group.save()
    assert "/utse/" not in text(as_stina.get(url("group", world.group.slug)))


def test_the_seats_own_page_has_the_verbs_of_mandates_and_not_of_seats(as_stina, world):
    cast = make_cast(world)
    here = url("seat", world.group.slug, world.member.pk)
    page = text(as_stina.get(here))
    for name in ("replace", "plan", "stand_in"):
        assert url(name, world.group.slug, world.member.pk) in page
    for name in ("extend", "end_mandate", "leave", "correct"):
        assert url(name, cast.held.pk) in page
    for name in ("change_seat", "end_seat"):
        assert url(name, world.group.slug, world.member.pk) not in page
    assert "/byt/" not in text(as_stina.get(f"{here}?datum=2024-01-01"))
    assert "/utse/" not in text(as_stina.get(url("seat", world.group.slug, world.chair.pk)))


def test_the_organisations_page_has_the_verbs_a_step_from_start(as_stina, world):
    cast = make_cast(world)
    here = url("organization", world.company.slug)
    first = text(as_stina.get(url("start")))
    assert here in first
    assert url("seat", world.group.slug, world.vacant.pk) in first
    page = text(as_stina.get(here))
    assert url("help_task", "egna-platser") in page
    assert url("replace", world.group.slug, world.member.pk) in page
    assert url("appoint", world.group.slug, world.vacant.pk) in page
    assert "/byt/" not in text(as_stina.get(f"{here}?datum=2024-01-01"))
    cast.leave.valid_from = day("2021-01-01")
    cast.leave.save()
    page = text(as_stina.get(here))
    assert url("replace", world.group.slug, world.member.pk) in page  # away, not gone
    assert "/utse/" not in text(as_stina.get(url("organization", world.city.slug)))


def test_a_reader_sees_no_verbs_there_and_the_coordinator_does(client, world, bo, anna):
    make_cast(world)
    here = url("organization", world.company.slug)
    client.force_login(bo)
    assert "/byt/" not in text(client.get(here))
    client.force_login(anna)
    assert url("replace", world.group.slug, world.member.pk) in text(client.get(here))


@pytest.mark.parametrize("name", ["group", "organization", "history", "changes", "seat", "person"])
def test_the_pages_cost_her_the_same_whatever_the_number_of_seats(as_stina, world, stina, name):
    carry_out(as_stina, *pages(world, make_cast(world))["stand_in"])  # something to undo
    as_stina.get(url("start"))  # which tells of it
    arguments = {
        "group": [world.group.slug],
        "history": [world.group.slug],
        "seat": [world.group.slug, world.member.pk],
        "organization": [world.company.slug],
        "person": [stina.person.pk],
    }
    numbers = []
    for first, last in [(1, 5), (6, 40)]:
        for number in range(first, last + 1):
            seat = make_seat(world.group, world.company, "manga", number=number)
            appoint(seat, make_person(world.company, f"Nummer{number}"))
        numbers.append(cost(as_stina, url(name, *arguments.get(name, []))))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 12


# -- undo ----------------------------------------------------------------------------------------


@each_verb
def test_what_she_did_she_can_undo(as_stina, world, verb):
    cast = make_cast(world)
    before = list(Mandate.objects.order_by("pk").values())
    done = carry_out(as_stina, *pages(world, cast)[verb])
    address = url("undo", done.pk)
    assert address in text(as_stina.get(url("history", world.group.slug)))
    assert as_stina.post(address).status_code == 302
    assert list(Mandate.objects.order_by("pk").values()) == before


def test_undo_is_refused_once_the_right_is_gone(client, world, stina):
    client.force_login(stina)
    done = carry_out(client, *pages(world, make_cast(world))["replace"])
    history = url("history", world.group.slug)
    client.get(history)  # which tells of it
    assert url("undo", done.pk) in text(client.get(history))
    remove_perm("appoint_own", stina, world.company)
    address, before = url("undo", done.pk), counts()
    assert address not in text(client.get(history))
    assert client.post(address).status_code == 403
    assert counts() == before


def test_undo_is_refused_for_seats_that_are_not_hers_and_for_others_acts(as_stina, world, stina):
    cast = make_cast(world)
    mixed = change_many(
        user=stina,
        group=world.group,
        changes=[
            Change(world.vacant, cast.other, day(NOW)),
            Change(world.chair, make_person(world.city), day(NOW)),
        ],
    )
    assert as_stina.post(url("undo", mixed.pk)).status_code == 403
    others = mandates.appoint(
        user=None, seat=world.vacant, person=cast.other, first_day=FIRST, last_day=day("2020-02-01")
    )
    page = as_stina.get(url("undo", others.pk))
    assert "Bara den som gjorde ändringen kan ångra den" in text(page)


def test_undo_is_over_after_fifteen_minutes(as_stina, world):
    done = carry_out(as_stina, *pages(world, make_cast(world))["replace"])
    Act.objects.filter(pk=done.pk).update(at=timezone.now() - datetime.timedelta(minutes=16))
    address = url("undo", done.pk)
    assert "mer än 15 minuter" in text(as_stina.get(address))
    assert as_stina.post(address).status_code == 409


def test_an_act_on_a_seat_itself_is_not_hers_to_undo(as_stina, world, stina):
    done = seats.end_seat(user=stina, seat=world.member, last_day=day("2030-01-01"))
    assert as_stina.post(url("undo", done.pk)).status_code == 403


def test_many_groups_are_undone_at_once(as_stina, world):
    cast = make_cast(world)
    other = make_group(world.agreement, "Andra gruppen")
    seat = make_seat(other, world.company, "provstad-vd")
    typed = {"person": cast.other.pk, "first_day": NOW, "seats": [world.member.pk, seat.pk]}
    done = carry_out(as_stina, url("appoint_everywhere", cast.other.pk), typed)
    assert as_stina.post(url("undo", done.pk)).status_code == 302
    assert sits(seat, day(NOW)) is None
    assert sits(world.member, day(NOW)) == cast.held.person
