"""Who may read, write and adopt a follow-up, on named days, and what else is seen."""

import pytest
from django.http import Http404

from governance import permissions
from governance.models import FollowUp, Leave, SituationPicture
from governance.permissions import NotAllowed, allowed, capacities, get_permitted, may_comment
from governance.permissions import visible_followups as seen
from governance.temporal import day_after
from tests.days import day
from tests.following import (
    followed,
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_picture,
    make_priority,
    make_value,
)
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db

BEFORE, FIRST_DAY, LAST_DAY, AFTER = map(
    day, ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")
)
DAYS = (BEFORE, FIRST_DAY, LAST_DAY, AFTER)


def end(group, last, *successors):
    group.valid_through = last
    group.save()
    group.successors.set(successors)


@pytest.fixture
def new(world):
    """The group that comes after the local one, from AFTER on, with seats of its own."""
    return make_group(world.agreement, "Nya gruppen", valid_from=AFTER)


def seat(group, world, role):
    return make_seat(group, world.city, f"ny-{role}", role)


# -- a group that has ended ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ("secretary", "enter_followup"),
        ("chair", "adopt_followup"),
        ("vice_chair", "adopt_followup"),
    ],
)
def test_the_successors_people_have_the_right_from_the_day_after_the_end(
    world, new, bo, on, role, right
):
    end(world.group, LAST_DAY, new)
    appoint(seat(new, world, role), bo.person, AFTER, day_after(AFTER))
    days = (LAST_DAY, AFTER, day_after(AFTER), day("2025-04-03"))
    had = [allowed(on(when, bo), right, world.group) for when in days]
    assert had == [False, True, True, False]
    other = ({"enter_followup", "adopt_followup"} - {right}).pop()
    assert not allowed(on(AFTER, bo), other, world.group)
    assert not allowed(on(AFTER, bo), "edit_priorities", world.group)


def test_before_the_group_ends_the_named_successor_has_nothing_there(world, bo, on):
    other = make_group(world.agreement, "Andra gruppen")
    end(world.group, LAST_DAY, other)
    appoint(seat(other, world, "secretary"), bo.person)
    assert [allowed(on(when, bo), "enter_followup", world.group) for when in DAYS] == [
        False,
        False,
        False,
        True,
    ]


def test_a_successor_that_has_ended_is_followed_by_its_own_and_two_predecessors_share_one(
    world, new, bo, on
):
    twin, middle = (make_group(world.agreement, name) for name in ("Tvilling", "Mellangrupp"))
    end(world.group, BEFORE, middle)
    end(middle, LAST_DAY, new)
    end(twin, LAST_DAY, new)
    appoint(seat(new, world, "secretary"), bo.person, AFTER)
    user = on(AFTER, bo)
    assert all(allowed(user, "enter_followup", each) for each in (world.group, middle, twin, new))
    rows = [make_followup(each) for each in (world.group, middle, twin, new)]
    assert set(seen(user)) == set(rows)


def test_groups_that_name_each_other_as_successors_are_nobodys(world, bo, on):
    other = make_group(world.agreement, "Andra gruppen")
    end(world.group, LAST_DAY, other)
    end(other, LAST_DAY, world.group)
    appoint(world.secretary, bo.person)
    assert not allowed(on(AFTER, bo), "enter_followup", world.group)


# -- which follow-ups are seen ---------------------------------------------------------------


@pytest.fixture
def by_state(world):
    """A follow-up in each state, of years of their own."""
    return {
        state: make_followup(world.group, 2020 + at, state)
        for at, state in enumerate(FollowUp.State.values)
    }


def states(user):
    return set(seen(user).values_list("state", flat=True))


def test_who_merely_belongs_reads_what_is_adopted(by_state, bo, on):
    assert states(on(FIRST_DAY, bo)) == {"adopted"}


@pytest.mark.parametrize("role", ["secretary", "chair"])
def test_who_writes_or_adopts_sees_every_state_while_the_mandate_lasts(
    world, by_state, bo, on, role
):
    appoint(getattr(world, role), bo.person, FIRST_DAY, LAST_DAY)
    every = set(FollowUp.State.values)
    assert [states(on(when, bo)) for when in DAYS] == [{"adopted"}, every, every, {"adopted"}]


def test_a_member_sees_a_draft_only_while_it_is_with_the_members(world, by_state, bo, on):
    held = appoint(world.member, bo.person, FIRST_DAY, LAST_DAY)
    theirs = {"adopted", "with_members"}
    assert [states(on(when, bo)) for when in DAYS] == [{"adopted"}, theirs, theirs, {"adopted"}]
    shown = by_state["with_members"]
    comment = [may_comment(on(when, bo), shown) for when in DAYS]
    assert comment == [False, True, True, False]
    assert not may_comment(on(FIRST_DAY, bo), by_state["draft"])
    Leave.objects.create(mandate=held, valid_from=LAST_DAY, valid_through=LAST_DAY)
    assert states(on(FIRST_DAY, bo)) == theirs
    assert states(on(LAST_DAY, bo)) == {"adopted"}


def test_a_deputy_and_a_member_of_another_group_see_what_is_adopted(world, by_state, bo, on):
    appoint(world.member, bo.person, kind="deputy")
    appoint(make_seat(world.group, world.city, "ersattare", "deputy"), bo.person)
    appoint(make_seat(world.central, world.city, "ledamot"), bo.person)
    assert states(on(FIRST_DAY, bo)) == {"adopted"}


def test_a_coordinator_of_the_agreement_sees_all_and_the_keeper_of_the_roster_what_is_adopted(
    world, by_state, anna, keeper, on
):
    assert states(on(FIRST_DAY, anna)) == set(FollowUp.State.values)
    assert states(on(FIRST_DAY, keeper)) == {"adopted"}
    assert may_comment(on(FIRST_DAY, anna), by_state["with_members"])


def test_an_account_without_a_person_sees_what_its_grant_opens(world, by_state, on):
    user = make_user("lasare@example.org")
    assert states(on(FIRST_DAY, user)) == set()
    grant(user, "view_agreement", world.agreement)
    assert states(on(FIRST_DAY, user)) == {"adopted"}


def test_one_that_may_not_be_seen_is_a_404_and_one_that_may_not_be_written_says_who_may(
    world, by_state, bo, on
):
    user = on(FIRST_DAY, bo)
    rows = seen(user).select_related("group__agreement")
    with pytest.raises(Http404):
        get_permitted(user, "enter_followup", rows, pk=by_state["draft"].pk)
    with pytest.raises(NotAllowed) as refusal:
        get_permitted(user, "enter_followup", rows, pk=by_state["adopted"].pk)
    assert refusal.value.missing == (
        "Du har inte rätt att skriva uppföljningen för Lokala gruppen i Provstad. "
        "Det kan gruppens sekreterare och överenskommelsens samordnare."
    )
    assert "samordnare@provstad.example.org" in refusal.value.whom
    appoint(world.secretary, bo.person)
    user = on(FIRST_DAY, bo)
    found = get_permitted(user, "enter_followup", seen(user), pk=by_state["draft"].pk)
    assert found == by_state["draft"]


def test_capacities_are_those_of_today_with_the_coordinators(world, bo, anna, on):
    appoint(world.chair, bo.person, FIRST_DAY, LAST_DAY)
    appoint(world.secretary, bo.person, LAST_DAY)
    found = [capacities(on(when, bo), world.group) for when in DAYS]
    assert found == [[], ["chair"], ["chair", "secretary"], ["secretary"]]
    assert capacities(on(FIRST_DAY, anna), world.group) == ["coordinator"]


def test_capacities_in_a_group_that_has_ended_are_those_in_its_successor(world, new, bo, on):
    appoint(world.chair, bo.person)
    appoint(seat(new, world, "vice_chair"), bo.person, AFTER)
    end(world.group, LAST_DAY, new)
    assert capacities(on(LAST_DAY, bo), world.group) == ["chair"]
    assert capacities(on(AFTER, bo), world.group) == ["vice_chair"]


# -- everything around them --------------------------------------------------------------------


def test_what_is_about_another_agreement_is_seen_by_none_of_ours(world, elsewhere, bo, on):
    theirs = followed(elsewhere.group, elsewhere.city, make_user("annan@example.org"))
    ours = followed(world.group, world.city, make_user("egen@example.org"))
    user = on(FIRST_DAY, bo)
    for name, noun in {
        "priorities": "localpriority",
        "goals": "goal",
        "measures": "measure",
        "pictures": "situationpicture",
        "plans": "actionplan",
        "values": "indicatorvalue",
    }.items():
        found = set(getattr(permissions, f"visible_{name}")(user))
        assert ours[noun] in found, name
        assert theirs[noun] not in found, name
    assert ours["indicator"] in permissions.visible_indicators(user)
    nobody = on(FIRST_DAY, make_user("ingen@example.org"))
    assert not permissions.visible_indicators(nobody).exists()


def test_the_right_on_a_group_is_the_right_on_what_the_group_has_chosen(world, bo, on):
    priority = make_priority(world.group, world.challenge)
    rows = [
        priority,
        make_goal(priority, make_indicator(), world.district),
        make_measure(priority, world.city),
        make_picture(world.group),
    ]
    assert not any(allowed(on(FIRST_DAY, bo), "edit_priorities", each) for each in rows)
    appoint(world.secretary, bo.person)
    assert all(allowed(on(FIRST_DAY, bo), "edit_priorities", each) for each in rows)


def test_the_municipalitys_own_picture_takes_the_right_to_change_the_structure(
    world, elsewhere, anna, keeper, bo, on
):
    own = make_picture(None, agreement=world.agreement)
    other = make_picture(None, agreement=elsewhere.agreement)
    appoint(world.secretary, bo.person)
    assert allowed(on(FIRST_DAY, anna), "edit_priorities", own)
    assert not allowed(on(FIRST_DAY, anna), "edit_priorities", other)
    for user in (keeper, bo):
        user = on(FIRST_DAY, user)
        assert list(permissions.visible_pictures(user)) == [own]
        with pytest.raises(NotAllowed, match="överenskommelsens samordnare"):
            get_permitted(user, "edit_priorities", SituationPicture.objects.all(), pk=own.pk)


def test_values_of_an_area_outside_the_agreement_are_not_seen(world, elsewhere, bo, on):
    indicator = make_indicator()
    make_value(indicator, elsewhere.district, 2020, 12)
    mine = make_value(indicator, world.district, 2020, 12)
    assert list(permissions.visible_values(on(FIRST_DAY, bo))) == [mine]


def test_rights_on_groups_that_ended_cost_one_query_whatever_their_number(
    world, new, bo, on, django_assert_num_queries
):
    groups = [make_group(world.agreement, f"Gammal {number}") for number in range(5)]
    for group in groups:
        end(group, LAST_DAY, new)
    appoint(seat(new, world, "secretary"), bo.person, AFTER)
    user = on(AFTER, bo)
    assert allowed(user, "enter_followup", groups[0])
    with django_assert_num_queries(0):
        assert all(allowed(user, "enter_followup", group) for group in groups)


def test_a_person_without_a_mandate_has_no_roles_to_register_by(world, on):
    user = make_user("utan@example.org")
    make_person(world.city, user=user)
    assert capacities(on(FIRST_DAY, user), world.group) == []
