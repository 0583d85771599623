"""What a reader may see: belonging, areas, names, and what it costs to ask."""

import pytest
from django.http import Http404

from governance import permissions
from governance.models import (
    Area,
    AreaPart,
    Organization,
    Seat,
    User,
)
from governance.permissions import NotAllowed, allowed, names
from tests.days import day
from tests.worlds import (
    FIRST,
    appoint,
    grant,
    local_under,
    make_group,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db

BEFORE, FIRST_DAY, LAST_DAY, AFTER = map(
    day, ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")
)


# -- belonging -------------------------------------------------------------------------


def test_a_person_at_an_organisation_under_a_party_belongs(world, on):
    under = Organization.objects.create(
        name="Förvaltningen",
        slug="forv",
        kind="fackforvaltning",
        parent=world.city,
        valid_from=FIRST,
    )
    lower = Organization.objects.create(
        name="Enheten", slug="enh", kind="fackforvaltning", parent=under, valid_from=FIRST
    )
    user = make_user("under@example.org")
    make_person(lower, user=user)
    user = on(FIRST_DAY, user)
    assert permissions.agreement_ids(user) == {world.agreement.pk}
    assert world.group in permissions.visible_groups(user)
    assert not allowed(user, "edit_roster", world.group)


def test_an_organisation_with_a_seat_belongs_while_it_has_one(world, on):
    user = make_user("bolag@example.org")
    make_person(world.company, user=user)
    Seat.objects.filter(pk=world.member.pk).update(valid_from=FIRST_DAY, valid_through=LAST_DAY)
    belongs = {
        when: permissions.agreement_ids(on(when, user)) == {world.agreement.pk}
        for when in (BEFORE, FIRST_DAY, LAST_DAY, AFTER)
    }
    assert belongs == {BEFORE: False, FIRST_DAY: True, LAST_DAY: True, AFTER: False}


def test_who_belongs_to_the_central_agreement_belongs_to_the_local_but_not_the_reverse(world, on):
    local = local_under(world.agreement)
    user = make_user("lokal@example.org")
    grant(user, "view_agreement", local)
    assert permissions.agreement_ids(on(FIRST_DAY, user)) == {local.pk}
    central = make_user("central@example.org")
    grant(central, "view_agreement", world.agreement)
    assert permissions.agreement_ids(on(FIRST_DAY, central)) == {local.pk, world.agreement.pk}


def test_a_stranger_sees_nothing_of_ours(world, stranger, karin, central):
    for narrow in (
        permissions.visible_agreements,
        permissions.visible_groups,
        permissions.visible_organizations,
        permissions.visible_people,
        permissions.visible_acts,
        permissions.visible_areas,
        permissions.searchable_names,
    ):
        theirs, ours = set(narrow(stranger)), set(narrow(karin))
        assert not theirs & ours, narrow.__name__
        assert ours or narrow in {permissions.visible_acts, permissions.visible_agreements}
    assert permissions.visible_agreements(karin).exists()
    with pytest.raises(Http404):
        permissions.get_permitted(
            stranger, "edit_roster", permissions.visible_groups(stranger), pk=central.pk
        )


def test_an_account_that_belongs_to_nothing_sees_nothing(world, nobody):
    assert not permissions.visible_agreements(nobody).exists()
    assert not permissions.visible_groups(nobody).exists()
    assert not permissions.visible_organizations(nobody).exists()
    assert not permissions.visible_areas(nobody).exists()
    assert not permissions.visible_people(nobody).exists()
    assert not permissions.visible_acts(nobody).exists()


def test_areas_reach_the_larger_ones_but_not_the_neighbours_within_them(world, elsewhere, bo, on):
    region = Area.objects.create(name="Regionen", slug="r", kind="polisregion", valid_from=FIRST)
    for place in (world.municipality, elsewhere.municipality):
        AreaPart.objects.create(part=place, whole=region, whole_kind=region.kind, valid_from=FIRST)
    rows = list(permissions.visible_areas(on(FIRST_DAY, bo)))
    assert {region, world.municipality, world.district, world.north} <= set(rows)
    assert elsewhere.municipality not in rows
    assert elsewhere.north not in rows
    assert len(rows) == len(set(rows)), "an area is listed once"


def test_an_area_that_was_part_of_the_territory_once_is_still_ours(world, bo, on):
    AreaPart.objects.filter(part=world.south).update(valid_through=LAST_DAY)
    assert world.south in permissions.visible_areas(on(AFTER, bo))


def test_somebody_from_outside_who_sits_in_our_group_is_seen(world, elsewhere, bo, on):
    guest = make_person(elsewhere.company, "Gunnar", "Gästgren")
    user = on(FIRST_DAY, bo)
    assert guest not in permissions.visible_people(user)
    appoint(world.member, guest)
    assert guest in permissions.visible_people(on(FIRST_DAY, bo))


# -- refusals, names, cost -------------------------------------------------------------


def test_a_reader_is_told_which_right_is_missing_and_whom_to_ask(world, bo, on):
    with pytest.raises(NotAllowed) as refused:
        permissions.require(on(FIRST_DAY, bo), "edit_roster", world.group)
    assert "Lokala gruppen i Provstad" in refused.value.missing
    assert world.agreement.mailbox in refused.value.whom


def test_pages_about_no_agreement_are_404_to_strangers_and_403_to_readers(world, bo, nobody, on):
    with pytest.raises(Http404):
        permissions.require_somewhere(nobody, "edit_structure")
    with pytest.raises(NotAllowed):
        permissions.require_somewhere(on(FIRST_DAY, bo), "edit_structure")
    grant(bo, "edit_structure", world.agreement)
    found = permissions.require_somewhere(on(FIRST_DAY, bo), "edit_structure")
    assert found == [world.agreement]


def test_a_protected_name_needs_the_right_in_that_agreement(world, elsewhere, bo, on, caplog):
    hidden = make_person(world.city, "Hemlig", "Hemligsson", protected=True)
    plain = make_person(world.city, "Öppen", "Öppensson")
    assert names(on(FIRST_DAY, bo), [hidden, plain], world.agreement) == {
        hidden.pk: None,
        plain.pk: "Öppen Öppensson",
    }
    grant(bo, "view_protected", elsewhere.agreement)
    assert names(on(FIRST_DAY, bo), [hidden], world.agreement)[hidden.pk] is None
    assert names(on(FIRST_DAY, bo), [hidden])[hidden.pk] is None, "a right elsewhere opens nothing"
    grant(bo, "view_protected", world.agreement)
    with caplog.at_level("INFO"):
        assert names(on(FIRST_DAY, bo), [hidden])[hidden.pk] == "Hemlig Hemligsson"
    assert f"person {hidden.pk}" in caplog.text
    assert "Hemlig" not in caplog.text


def test_a_protected_name_is_never_found_by_searching(world, bo, on):
    make_person(world.city, "Hemlig", "Hemligsson", protected=True)
    grant(bo, "view_protected", world.agreement)
    found = permissions.searchable_names(on(FIRST_DAY, bo))
    assert [name.given_name for name in found] == ["Bo"]


def test_all_rights_are_read_in_five_queries_however_many_things_are_asked(
    world, bo, on, django_assert_max_num_queries
):
    appoint(world.secretary, bo.person)
    grant(bo, "edit_structure", world.agreement)
    groups = [world.group, world.central]
    groups += [make_group(world.agreement, f"Grupp {number}") for number in range(20)]
    on(FIRST_DAY, bo)
    with django_assert_max_num_queries(5):
        user = User.objects.select_related("person").get(pk=bo.pk)
        assert permissions.agreement_ids(user)
        for group in groups:
            for right in ("edit_roster", "enter_followup", "adopt_followup"):
                allowed(user, right, group)
        allowed(user, "view_protected", world.agreement)
        allowed(user, "appoint_own", world.city)


def test_areas_are_read_in_four_queries(karin, django_assert_max_num_queries):
    karin = User.objects.select_related("person").get(pk=karin.pk)
    permissions.agreement_ids(karin)
    with django_assert_max_num_queries(4):
        assert permissions.visible_areas(karin).count() > 100
