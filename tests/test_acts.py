"""Describing a group, registering its decisions, and what every act has in common."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError

from governance.models import Act, Challenge, Coverage, GroupDecision, Seat
from governance.services import acts, coverages, decisions, groups
from governance.services.decisions import Registration
from tests.days import day
from tests.verbs import caused, counts, covered, propose, refused, state
from tests.worlds import make_group, make_user

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")


@pytest.fixture
def user(db):
    return make_user("prov@example.org")


# -- describe and register ---------------------------------------------------------------


def test_describing_says_what_became_what_and_repeats_no_free_text(world, user):
    act = groups.describe(
        user=user,
        group=world.group,
        name="Nya namnet",
        mailbox="",
        note="Ring Anna",
        chairing="shared",
    )
    assert act.summary.splitlines() == [
        "Namn ändras från Lokala gruppen i Provstad till Nya namnet.",
        "Anmärkning ändras.",
        "Ordförandeskap ändras från en ordförande till delat ordförandeskap.",
    ]
    assert caused(act) == [("steeringgroup", "~")]
    world.group.refresh_from_db()
    assert (world.group.slug, world.group.note) == ("lokala-gruppen-i-provstad", "Ring Anna")


def test_describing_without_a_change_or_with_a_taken_name_is_refused(world):
    said = refused(groups.describe, user=None, group=world.group, name=world.group.name)
    assert said == {"": ["Uppgifterna är redan sådana. Inget har ändrats."]}
    said = refused(groups.describe, user=None, group=world.group, name=world.central.name)
    assert "Det finns redan en grupp" in said["name"][0]


def test_registering_completes_a_decision_and_changes_no_day(world, user):
    decision = world.group.decisions.get()
    known = Registration("Nämnden", day("2019-12-10"), "D 2019/7", "reglementet", "")
    act = decisions.register_decision(user=user, decision=decision, registration=known)
    decision.refresh_from_db()
    assert decision.registry_number == "D 2019/7"
    assert decision.first_day == day("2020-01-01")
    assert state(world.group, TURN) == "active"
    assert caused(act) == [("groupdecision", "~")]


def test_registering_a_decision_that_was_withdrawn_is_refused(world):
    decision = GroupDecision.objects.create(group=world.group, act="rest", first_day=TURN)
    GroupDecision.objects.filter(pk=decision.pk).delete()
    said = refused(
        decisions.register_decision,
        user=None,
        decision=decision,
        registration=Registration("Nämnden"),
    )
    assert said == {"": ["Beslutet har återkallats. Inget har ändrats."]}


# -- acts --------------------------------------------------------------------------------


def test_a_rehearsal_tells_the_same_and_changes_nothing(world):
    arguments = {"user": None, "group": world.group, "first_day": TURN, "areas": [world.north]}
    before = counts()
    told = acts.rehearse(coverages.change_coverage, **arguments)
    assert counts() == before
    assert told == coverages.change_coverage(**arguments).summary.splitlines()


def test_what_somebody_else_changed_in_between_makes_the_verb_stale(world):
    seen = acts.last_seen([world.group])
    groups.rest(user=None, group=world.group, first_day=TURN, seen=seen)
    before = counts()
    with pytest.raises(acts.Stale):
        groups.resume(user=None, group=world.group, first_day=day("2024-06-01"), seen=seen)
    assert counts() == before
    groups.resume(
        user=None,
        group=world.group,
        first_day=day("2024-06-01"),
        seen=acts.last_seen([world.group]),
    )


def test_what_happens_to_another_group_makes_nothing_stale(world):
    seen = acts.last_seen([world.group])
    groups.rest(user=None, group=world.central, first_day=TURN)
    groups.rest(user=None, group=world.group, first_day=TURN, seen=seen)


def test_a_fault_in_the_middle_of_a_verb_leaves_nothing(world, monkeypatch):
    before = counts()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(coverages, "decide", fail)
    with pytest.raises(RuntimeError):
        coverages.change_coverage(user=None, group=world.group, first_day=TURN, areas=[world.north])
    assert counts() == before
    assert covered(world.group, TURN) == {"Provstads district"}


def test_what_the_database_refuses_is_said_with_the_rules_own_sentence(world):
    row = {"group": world.group, "area": world.district, "valid_from": TURN}
    with pytest.raises(ValidationError) as refusal, acts.act(user=None, verb=Act.Verb.COVER):
        Coverage.objects.bulk_create([Coverage(**row)])
    assert refusal.value.messages == [
        "Gruppen täcker redan området under de dagarna. Välj andra dagar."
    ]
    with (
        pytest.raises(ValidationError, match="redan en utmaning"),
        acts.act(user=None, verb="admin"),
    ):
        Challenge.objects.create(version=world.version, order=1, code="U2", title="t")
    with pytest.raises(ValidationError, match="Sista dagen"), acts.act(user=None, verb="admin"):
        Seat.objects.filter(pk=world.chair.pk).update(valid_through=day("2019-01-01"))
    assert not Act.objects.filter(agreement=None, verb__in=["cover", "admin"]).exists()


def test_an_unknown_rule_of_the_database_is_a_general_sentence(world):
    with pytest.raises(ValidationError, match="krockar"), acts.act(user=None, verb="admin"):
        raise IntegrityError("something else")


@pytest.mark.parametrize("words", ["deadlock detected", "database is locked"])
def test_who_comes_at_the_same_moment_as_another_is_asked_to_try_again(world, words):
    with pytest.raises(ValidationError) as refusal, acts.act(user=None, verb="admin"):
        raise OperationalError(words)
    assert refusal.value.messages == [
        "Någon annan sparade samtidigt. Inget har ändrats. Försök igen."
    ]
    with pytest.raises(OperationalError), acts.act(user=None, verb="admin"):
        raise OperationalError("no connection")


def test_a_group_of_another_name_is_no_rival(world):
    make_group(world.agreement, "Gruppen vid torget", valid_through=day("2024-02-29"))
    _, group = propose(world)
    assert group.slug == "gruppen-vid-torget-2"


def test_signing_in_leaves_no_history_row(karin, client):
    before = karin.history.count()
    client.force_login(karin)
    karin.refresh_from_db()
    assert karin.last_login is not None
    assert karin.history.count() == before
