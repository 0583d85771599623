"""An organisation fills its own seats (`appoint_own`), and nothing else."""

from dataclasses import replace

import pytest
from guardian.shortcuts import remove_perm

from governance.models import Organization
from governance.permissions import may_fill
from tests.days import day
from tests.seat_pages import DETAILS, MANDATE_VERBS, NOW, SEAT_VERBS, carry_out, make_cast, pages
from tests.verb_pages import text, url
from tests.verbs import counts, sits
from tests.worlds import FIRST, World, make_person, make_seat

pytestmark = pytest.mark.django_db
each_verb = pytest.mark.parametrize("verb", MANDATE_VERBS)


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
