"""The personas of conftest.py are what they say, so that other tests can rely on it."""

import pytest

from governance.models import Agreement, SteeringGroup
from governance.permissions import allowed, visible_groups
from governance.rights import rights

pytestmark = pytest.mark.django_db

MAY_ON_FARSTA = {
    "karin": {"edit_roster", "edit_priorities", "edit_group_contacts", "enter_followup"},
    "rut": {"edit_roster", "edit_priorities", "edit_group_contacts"},
    "sven": {"edit_priorities", "enter_followup"},
    "olle": {"adopt_followup"},
    "fatima": set(),
    "patrik": set(),
    "siri": set(),
    "diana": set(),
    "stranger": set(),
    "nobody": set(),
}


@pytest.mark.parametrize("name", MAY_ON_FARSTA)
def test_each_persona_has_these_rights_in_farsta(name, request, farsta):
    user = request.getfixturevalue(name)
    asked = {"edit_roster", "edit_priorities", "edit_group_contacts"}
    asked |= {"enter_followup", "adopt_followup"}
    assert {right for right in asked if allowed(user, right, farsta)} == MAY_ON_FARSTA[name]


@pytest.mark.parametrize("name", ["karin", "rut", "sven", "olle", "fatima", "patrik", "siri"])
def test_those_who_belong_see_every_group_of_the_agreement(name, request, structure):
    groups = visible_groups(request.getfixturevalue(name))
    assert groups.count() == SteeringGroup.objects.filter(agreement=structure).count() == 18


@pytest.mark.parametrize("name", ["diana", "nobody"])
def test_operator_and_lone_account_belong_to_nothing(name, request):
    assert rights(request.getfixturevalue(name)).agreements == []


def test_stranger_belongs_to_another_agreement_only(stranger, elsewhere):
    assert rights(stranger).agreements == [elsewhere.agreement]


def test_only_karin_edits_structure_and_only_siri_sees_protected(karin, siri, structure):
    agreement = Agreement.objects.get(pk=structure.pk)
    assert allowed(karin, "edit_structure", agreement)
    assert not allowed(siri, "edit_structure", agreement)
    assert allowed(siri, "view_protected", agreement)
    assert not allowed(karin, "view_protected", agreement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "after a flush"])
def test_structure_is_there_also_after_a_flush(time, structure):
    assert structure.groups.count() == 18


def test_empty_database_is_empty_and_the_next_test_is_not(empty_database):
    assert not Agreement.objects.exists()
    assert not Agreement.history.exists()
