"""Who may see and do what, on named days: grants, places of work and mandates."""

import pytest
from guardian.shortcuts import get_objects_for_user

from governance import permissions
from governance.models import (
    Agreement,
    AgreementGroupGrant,
    GroupDecision,
    Leave,
    Organization,
    Seat,
    User,
)
from governance.permissions import agreements_with, allowed
from governance.rights import Rights, rights
from tests.days import day
from tests.worlds import (
    FIRST,
    appoint,
    grant,
    local_under,
    make_group,
    make_person,
    make_seat,
    make_user,
)

pytestmark = pytest.mark.django_db

BEFORE, FIRST_DAY, LAST_DAY, AFTER = map(
    day, ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")
)


# -- mandates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "has_it"), [(BEFORE, False), (FIRST_DAY, True), (LAST_DAY, True), (AFTER, False)]
)
@pytest.mark.parametrize("kind", ["ordinary", "acting"])
@pytest.mark.parametrize(
    ("seat", "right"), [("secretary", "enter_followup"), ("chair", "adopt_followup")]
)
def test_a_right_by_mandate_begins_and_ends_with_it(world, bo, on, seat, right, kind, when, has_it):
    appoint(getattr(world, seat), bo.person, FIRST_DAY, LAST_DAY, kind=kind)
    assert allowed(on(when, bo), right, world.group) is has_it
    assert on(when, bo).has_perm(f"governance.{right}", world.group) is has_it


def test_a_mandate_gives_only_what_its_role_has_and_only_in_its_group(world, bo, on):
    appoint(world.secretary, bo.person)
    user = on(FIRST_DAY, bo)
    assert allowed(user, "edit_priorities", world.group)
    assert not allowed(user, "adopt_followup", world.group)
    assert not allowed(user, "edit_roster", world.group)
    assert not allowed(user, "enter_followup", world.central)
    assert not allowed(user, "edit_structure", world.agreement)


def test_a_personal_deputy_and_an_ordinary_member_get_no_rights(world, bo, on):
    appoint(world.secretary, bo.person, kind="deputy")
    appoint(world.member, bo.person)
    user = on(FIRST_DAY, bo)
    for right in ("enter_followup", "edit_priorities", "adopt_followup"):
        assert not allowed(user, right, world.group)


def test_a_seat_that_ended_gives_no_right_though_the_mandate_runs_on(world, bo, on):
    appoint(world.secretary, bo.person)
    Seat.objects.filter(pk=world.secretary.pk).update(valid_through=LAST_DAY)
    assert allowed(on(LAST_DAY, bo), "enter_followup", world.group)
    assert not allowed(on(AFTER, bo), "enter_followup", world.group)


def test_the_secretary_of_a_resting_group_keeps_the_right(world, bo, on):
    appoint(world.secretary, bo.person)
    GroupDecision.objects.create(group=world.group, act="rest", first_day=FIRST_DAY)
    assert allowed(on(FIRST_DAY, bo), "enter_followup", world.group)


def test_the_secretary_of_a_dissolved_group_has_none(world, bo, on):
    appoint(world.secretary, bo.person)
    world.group.valid_through = LAST_DAY
    world.group.save()
    assert allowed(on(LAST_DAY, bo), "enter_followup", world.group)
    assert not allowed(on(AFTER, bo), "enter_followup", world.group)


@pytest.mark.parametrize("seat", ["secretary", "chair"])
def test_who_is_on_leave_has_none_of_it_through_the_last_day_of_the_leave(world, bo, on, seat):
    right = {"secretary": "enter_followup", "chair": "adopt_followup"}[seat]
    mandate = appoint(getattr(world, seat), bo.person)
    Leave.objects.create(mandate=mandate, valid_from=FIRST_DAY, valid_through=LAST_DAY)
    days = (BEFORE, FIRST_DAY, LAST_DAY, AFTER)
    assert [allowed(on(when, bo), right, world.group) for when in days] == [
        True,
        False,
        False,
        True,
    ]


def test_who_is_acting_has_the_right_and_the_ordinary_holder_has_not(world, bo, on):
    ordinary = make_user("ordinarie@example.org")
    appoint(world.chair, make_person(world.city, user=ordinary))
    appoint(world.chair, bo.person, FIRST_DAY, LAST_DAY, kind="acting")

    def may(user: User) -> list[bool]:
        days = (BEFORE, FIRST_DAY, LAST_DAY, AFTER)
        return [allowed(on(when, user), "adopt_followup", world.group) for when in days]

    assert may(bo) == [False, True, True, False]
    assert may(ordinary) == [True, False, False, True]


def test_who_is_acting_but_on_leave_leaves_the_right_with_the_ordinary_holder(world, bo, on):
    ordinary = make_user("ordinarie@example.org")
    appoint(world.chair, make_person(world.city, user=ordinary))
    acting = appoint(world.chair, bo.person, kind="acting")
    Leave.objects.create(mandate=acting, valid_from=FIRST_DAY, valid_through=LAST_DAY)
    for when, holder in [(BEFORE, bo), (FIRST_DAY, ordinary), (LAST_DAY, ordinary), (AFTER, bo)]:
        for user in (bo, ordinary):
            has_it = allowed(on(when, user), "adopt_followup", world.group)
            assert has_it is (user == holder)


def test_a_mandate_that_ran_out_without_a_reason_gives_no_right(world, bo, on):
    appoint(world.secretary, bo.person, FIRST, LAST_DAY)
    assert permissions.agreement_ids(on(AFTER, bo)) == {world.agreement.pk}  # still works there
    assert rights(on(LAST_DAY, bo)).roles == [(Seat.Role.SECRETARY, world.group)]
    assert rights(on(AFTER, bo)).roles == []


def test_the_secretary_of_a_proposed_group_has_none_yet(world, bo, on):
    proposed = make_group(world.agreement, "Föreslagen grupp", active=False)
    seat = make_seat(proposed, world.city, "foreslagen-sekreterare", "secretary")
    appoint(seat, bo.person)
    assert not allowed(on(FIRST_DAY, bo), "enter_followup", proposed)
    GroupDecision.objects.create(group=proposed, act="create", first_day=FIRST_DAY)
    assert not allowed(on(BEFORE, bo), "enter_followup", proposed)
    assert allowed(on(FIRST_DAY, bo), "enter_followup", proposed)


# -- grants ----------------------------------------------------------------------------


def test_a_coordinators_right_reaches_groups_and_local_agreements_but_not_upwards(world, on):
    local = local_under(world.agreement)
    group = make_group(local, "Grupp i lokal överenskommelse")
    above, below = make_user("above@example.org"), make_user("below@example.org")
    grant(above, "edit_structure", world.agreement)
    grant(below, "edit_structure", local)
    above, below = on(FIRST_DAY, above), on(FIRST_DAY, below)
    for thing in (world.group, group):
        assert allowed(above, "edit_roster", thing)
        assert allowed(above, "enter_followup", thing)
        assert not allowed(above, "adopt_followup", thing)
    assert allowed(above, "edit_structure", local)
    assert allowed(below, "edit_roster", group)
    assert not allowed(below, "edit_roster", world.group)
    assert not allowed(below, "edit_structure", world.agreement)
    assert list(agreements_with(below, "edit_structure")) == [local]
    assert set(agreements_with(above, "edit_structure")) == {local, world.agreement}


def test_a_right_on_a_group_stays_in_that_group(world, on):
    user = make_user("rut@example.org")
    grant(user, "edit_roster", world.group)
    user = on(FIRST_DAY, user)
    assert allowed(user, "edit_roster", world.group)
    assert allowed(user, "edit_priorities", world.group)
    assert not allowed(user, "edit_roster", world.central)
    assert not allowed(user, "edit_structure", world.agreement)
    assert permissions.agreement_ids(user) == {world.agreement.pk}


def test_a_right_on_an_organisation_reaches_those_under_it_only(world, on):
    below = Organization.objects.create(
        name="Under", slug="under", kind="fackforvaltning", parent=world.city, valid_from=FIRST
    )
    user = make_user("org@example.org")
    grant(user, "appoint_own", world.city)
    user = on(FIRST_DAY, user)
    assert allowed(user, "appoint_own", world.city)
    assert allowed(user, "appoint_own", below)
    assert not allowed(user, "edit_contacts", below)
    assert not allowed(user, "appoint_own", world.company)
    lower = make_user("lower@example.org")
    grant(lower, "appoint_own", below)
    assert not allowed(on(FIRST_DAY, lower), "appoint_own", world.city)


def test_a_right_given_to_a_group_of_accounts_counts(world, on):
    from django.contrib.auth.models import Group
    from guardian.shortcuts import assign_perm

    team = Group.objects.create(name="lag")
    assign_perm("edit_structure", team, world.agreement)
    assert AgreementGroupGrant.objects.count() == 1
    user = make_user("lag@example.org")
    assert not allowed(on(FIRST_DAY, user), "edit_structure", world.agreement)
    user.groups.add(team)
    assert allowed(on(FIRST_DAY, user), "edit_structure", world.agreement)


def test_a_closed_account_has_nothing_and_what_it_would_have_can_be_asked(world, bo, on):
    grant(bo, "edit_structure", world.agreement)
    appoint(world.secretary, bo.person)
    bo.is_active = False
    bo.save()
    closed = on(FIRST_DAY, bo)
    assert not allowed(closed, "edit_structure", world.agreement)
    assert not allowed(closed, "enter_followup", world.group)
    assert not closed.has_perm("governance.edit_structure", world.agreement)
    assert permissions.agreement_ids(closed) == set()
    assert not permissions.visible_organizations(closed).exists()
    assert Rights(closed, as_if_open=True).may("edit_structure", world.agreement)


def test_has_perm_and_guardian_agree_on_what_was_given(world, elsewhere, on):
    user = make_user("eva@example.org")
    grant(user, "edit_structure", world.agreement)
    grant(user, "view_protected", elsewhere.agreement)
    grant(user, "edit_roster", world.group)
    user = on(FIRST_DAY, user)
    for right, nouns in {
        "edit_structure": Agreement.objects.all(),
        "view_protected": Agreement.objects.all(),
    }.items():
        ours = {each for each in nouns if user.has_perm(f"governance.{right}", each)}
        assert ours == set(get_objects_for_user(user, f"governance.{right}"))
        assert len(ours) == 1
