"""An organisation fills its own seats (`appoint_own`), and nothing else."""

import datetime
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from guardian.shortcuts import remove_perm

from governance.models import Act, Mandate, Organization, User
from governance.permissions import may_fill
from governance.services import mandates, seats
from governance.services.rosters import Change, change_many
from tests.days import day
from tests.seat_pages import DETAILS, MANDATE_VERBS, NOW, SEAT_VERBS, cost, make_cast, pages
from tests.verb_pages import hidden, text, url
from tests.verbs import counts, sits
from tests.worlds import FIRST, World, appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
each_verb = pytest.mark.parametrize("verb", MANDATE_VERBS)


@pytest.fixture
def stina(world) -> User:
    """Fills the company's seats: `appoint_own`, and no other right."""
    user = make_user("stina@example.org")
    make_person(world.company, "Stina", "Provholm", user=user)
    grant(user, "appoint_own", world.company)
    return user


@pytest.fixture
def as_stina(client, stina) -> Client:
    client.force_login(stina)
    return client


def beside(world: World, kind: str, other: World) -> World:
    """The world with another seat in the place of the company's: whose, and where."""
    if kind == "own":
        return world
    if kind == "another organisation's":
        return replace(world, company=world.city, member=world.chair)
    if kind == "own in another municipality":
        seat = make_seat(other.group, world.company, "annanstad-bolag")
        return replace(other, company=world.company, member=seat)
    near = Organization.objects.create(
        name="Närstående bolag", slug="narstaende", kind="bostadsbolag", valid_from=FIRST
    )
    if kind == "below":
        near.parent = world.company
        near.save()
    else:
        world.company.parent = near
        world.company.save()
    return replace(world, company=near, member=make_seat(world.group, near, "narstaende-chef"))


def carry_out(client: Client, address: str, typed: dict) -> Act:
    preview = client.post(address, typed)
    assert preview.context["sentences"], preview.context["form"].errors
    done = client.post(address, {**hidden(preview), "steg": "spara"})
    assert done.status_code == 302
    return Act.objects.latest("pk")


# -- which seats -----------------------------------------------------------------------------


@each_verb
@pytest.mark.parametrize("kind", ["own", "own in another municipality", "below"])
def test_every_verb_is_done_on_a_seat_that_is_the_organisations(
    as_stina, world, elsewhere, stina, kind, verb
):
    there = beside(world, kind, elsewhere)
    address, typed = pages(there, make_cast(there))[verb]
    assert as_stina.get(address).status_code == 200
    before = counts()
    assert as_stina.post(address, typed).context["sentences"]
    assert counts() == before
    done = carry_out(as_stina, address, typed)
    assert (done.user, done.groups.get()) == (stina, there.group)


@each_verb
@pytest.mark.parametrize("kind", ["another organisation's", "above"])
def test_every_verb_is_refused_on_a_seat_that_is_not(as_stina, world, elsewhere, kind, verb):
    there = beside(world, kind, elsewhere)
    address, typed = pages(there, make_cast(there))[verb]
    before = counts()
    for answer in (
        as_stina.get(address),
        as_stina.post(address, {**typed, "steg": "spara", "seen": "0"}),
    ):
        assert answer.status_code == 403
        assert "Du har inte rätt att ändra vem som sitter på platsen" in text(answer)
        assert f"den som utser för {there.company}." in text(answer)
        assert f"Kontakta samordnaren via {world.agreement.mailbox}." in text(answer)
    assert counts() == before


@each_verb
def test_another_municipalitys_seat_of_another_organisation_does_not_exist(
    as_stina, elsewhere, verb
):
    address, typed = pages(elsewhere, make_cast(elsewhere))[verb]
    assert as_stina.get(address).status_code == 404
    assert as_stina.post(address, typed).status_code == 404


@pytest.mark.parametrize("verb", SEAT_VERBS)
def test_the_seats_themselves_are_the_coordinators(as_stina, world, verb):
    address, typed = pages(world, make_cast(world))[verb]
    before = counts()
    assert as_stina.get(address).status_code == 403
    assert as_stina.post(address, {**typed, "steg": "spara", "seen": "0"}).status_code == 403
    assert counts() == before


def test_the_grid_and_the_groups_facts_are_the_coordinators(as_stina, world):
    for name in ("staff", "describe", "rest", "dissolve", "change_coverage"):
        assert as_stina.get(url(name, world.group.slug)).status_code == 403, name
    assert as_stina.get(url("succeed", world.company.slug)).status_code == 403
    assert as_stina.get(url("give_grant")).status_code == 403


def test_the_right_ends_when_it_is_taken_back(client, stina, world):
    cast = make_cast(world)
    assert may_fill(stina, world.member)
    remove_perm("appoint_own", stina, world.company)
    client.force_login(stina)
    address, _ = pages(world, cast)["replace"]
    assert client.get(address).status_code == 403


def test_it_gives_no_other_right(stina, world):
    assert not stina.has_perm("governance.edit_roster", world.group)
    assert not stina.has_perm("governance.edit_priorities", world.group)
    assert not stina.has_perm("governance.edit_structure", world.agreement)


# -- which people ------------------------------------------------------------------------------


def test_only_the_organisations_own_people_can_be_chosen(as_stina, world):
    make_cast(world)
    outsider = make_person(world.city, "Utomstående", "Provlund")
    address = url("replace", world.group.slug, world.member.pk)
    offered = as_stina.get(address).context["form"].fields["person"].queryset
    assert {person.organization for person in offered} == {world.company}
    answer = as_stina.post(address, {"person": outsider.pk, "first_day": NOW, **DETAILS})
    assert "person" in answer.context["form"].errors
    assert "Utomstående" not in text(answer)


def test_somebody_new_is_entered_at_the_organisation(as_stina, world):
    address = url("appoint", world.group.slug, world.member.pk)
    typed = {"given_name": "Nyanna", "family_name": "Provny", "first_day": NOW, **DETAILS}
    carry_out(as_stina, address, typed)
    assert sits(world.member, day(NOW)).organization == world.company


def test_a_protected_colleague_is_chosen_without_the_name(as_stina, world):
    person = make_person(world.company, "Hemlig", "Provskydd", protected=True, title="jurist")
    address = url("appoint", world.group.slug, world.member.pk)
    form = as_stina.get(address)
    assert "Namnet visas inte (jurist)" in text(form)
    preview = as_stina.post(address, {"person": person.pk, "first_day": NOW, **DETAILS})
    assert "Provskydd" not in text(form) + text(preview)


# -- one person on many seats ------------------------------------------------------------------


def test_one_person_is_appointed_on_many_seats_of_which_only_own_are_offered(as_stina, world):
    cast = make_cast(world)
    second = make_seat(world.central, world.company, "provstad-vd")
    address = url("appoint_everywhere", cast.other.pk)
    page = as_stina.get(address)
    assert {pk for pk, _ in page.context["form"].fields["seats"].choices} == {
        world.member.pk,
        world.vacant.pk,
        second.pk,
    }
    typed = {"person": cast.other.pk, "first_day": NOW, "seats": [world.member.pk, second.pk]}
    carry_out(as_stina, address, typed)
    assert sits(world.member, day(NOW)) == sits(second, day(NOW)) == cast.other
    foreign = as_stina.post(address, {**typed, "seats": [world.chair.pk]})
    assert foreign.context["form"].errors["seats"]
    assert sits(world.chair, day(NOW)) is None


def test_people_of_other_organisations_are_not_hers_to_appoint(as_stina, world, bo):
    make_cast(world)
    assert as_stina.get(url("appoint_everywhere", bo.person.pk)).status_code == 403
    assert "Utse i flera grupper" not in text(as_stina.get(url("person", bo.person.pk)))


def test_a_colleagues_page_offers_it_today_only(as_stina, world):
    cast = make_cast(world)
    here = url("person", cast.other.pk)
    assert "Utse i flera grupper" in text(as_stina.get(here))
    assert "Utse i flera grupper" not in text(as_stina.get(f"{here}?datum=2024-01-01"))


def test_an_organisation_without_seats_is_told_so(as_stina, world, stina):
    world.member.delete()
    world.agreement.parties.add(world.company)
    page = as_stina.get(url("appoint_everywhere", stina.person.pk))
    assert "har ingen plats där du får utse" in text(page)


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
    assert here in text(as_stina.get(url("start")))
    page = text(as_stina.get(here))
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
