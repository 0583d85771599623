"""Proposing, activating, covering, resting, resuming, describing and registering a group."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Area, Coverage, SteeringGroup
from governance.services import coverages, groups
from governance.services.decisions import Registration
from governance.temporal import day_after, day_before
from tests.days import day
from tests.verbs import caused, covered, propose, refused, state
from tests.worlds import make_user

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")


@pytest.fixture
def user(db):
    return make_user("prov@example.org")


# -- propose and activate ----------------------------------------------------------------


def test_a_proposed_group_exists_from_its_day_and_covers_nothing_until_active(world, user):
    act, group = propose(world, user)
    assert (act.user, act.verb, act.agreement) == (user, "propose", world.agreement)
    assert act.summary == (
        "Gruppen vid torget föreslås från och med den 1 mars 2024.\nDen ska täcka: Norra Provstad."
    )
    assert [state(group, on) for on in (day_before(TURN), TURN)] == ["starting", "proposed"]
    assert not SteeringGroup.objects.at_work(TURN).filter(pk=group.pk).exists()
    assert caused(act) == [("coverage", "+"), ("steeringgroup", "+")]


def test_a_proposed_group_becomes_active_with_a_decision_to_register_later(world, user):
    _, group = propose(world)
    act = groups.activate(user=user, group=group, first_day=day("2024-05-01"))
    states = [state(group, day(text)) for text in ("2024-04-30", "2024-05-01")]
    assert states == ["proposed", "active_unregistered"]
    assert "Beslutet är inte registrerat" in act.summary
    assert caused(act) == [("groupdecision", "+")]
    assert list(act.groups.all()) == [group]


def test_a_group_that_worked_before_it_was_proposed_begins_earlier_with_its_coverage(world):
    _, group = propose(world)
    act = groups.activate(user=None, group=group, first_day=day("2024-02-01"))
    group.refresh_from_db()
    assert group.valid_from == day("2024-02-01")
    assert [covered(group, day(on)) for on in ("2024-01-31", "2024-02-01")] == [
        set(),
        {"Norra Provstad"},
    ]
    assert caused(act) == [("coverage", "~"), ("groupdecision", "+"), ("steeringgroup", "~")]


def test_a_group_cannot_begin_before_its_area(world):
    _, group = propose(world)
    said = refused(groups.activate, user=None, group=group, first_day=day("2019-12-31"))
    assert said == {
        "areas": ["Norra Provstad finns inte som område den 31 december 2019. Ta bort det."]
    }


def test_a_decision_taken_afterwards_is_accepted_and_said(world):
    _, group = propose(world)
    known = Registration(decided_by="Nämnden", decided_on=day("2024-03-02"))
    act = groups.activate(user=None, group=group, first_day=TURN, registration=known)
    assert "Beslutet fattades den 2 mars 2024: beslut i efterhand." in act.summary
    assert group.decisions.get().is_in_retrospect
    assert state(group, TURN) == "active"


def test_a_decision_on_the_first_day_is_not_in_retrospect(world):
    _, group = propose(world)
    known = Registration(decided_on=TURN)
    act = groups.activate(user=None, group=group, first_day=TURN, registration=known)
    assert act.summary.endswith("Beslutet fattades den 1 mars 2024.")


def test_a_group_is_activated_once(world):
    said = refused(groups.activate, user=None, group=world.group, first_day=TURN)
    assert said == {"": ["Gruppen är redan beslutad. Inget har ändrats."]}


def test_a_name_is_taken_while_its_group_exists_and_free_afterwards(world):
    propose(world)
    arguments = {"kind": "local", "basis": "place", "areas": [], "valid_from": day("2030-01-01")}
    said = refused(
        groups.propose,
        user=None,
        agreement=world.agreement,
        name="gruppen  VID torget",
        **arguments,
    )
    assert "Det finns redan en grupp som heter" in said["name"][0]
    SteeringGroup.objects.filter(name="Gruppen vid torget").update(valid_through=day("2029-12-31"))
    _, group = propose(world, **arguments)
    assert group.slug == "gruppen-vid-torget-2"


@pytest.mark.parametrize(
    ("name", "slug"), [("Ny", "ny-2"), ("Årsta & Ö", "arsta-o"), ("!", "grupp")]
)
def test_a_group_gets_an_address_that_no_page_has(world, name, slug):
    _, group = propose(world, name=name)
    assert group.slug == slug


def test_a_local_group_without_a_basis_is_refused(world):
    with pytest.raises(ValidationError, match="Ange vilken grund"):
        propose(world, basis="")


# -- coverage ----------------------------------------------------------------------------


def test_coverage_changes_on_the_day_and_stays_as_it_was_before(world, user):
    act = coverages.change_coverage(
        user=user, group=world.group, first_day=TURN, areas=[world.north]
    )
    assert covered(world.group, day_before(TURN)) == {"Provstads district"}
    assert covered(world.group, TURN) == covered(world.group, day_after(TURN)) == {"Norra Provstad"}
    assert "Nytt: Norra Provstad." in act.summary
    assert "Upphör: Provstads district." in act.summary
    assert caused(act) == [("coverage", "+"), ("coverage", "~"), ("groupdecision", "+")]


def test_a_planned_change_is_withdrawn_with_its_decision_and_that_is_said(world):
    coverages.change_coverage(
        user=None,
        group=world.group,
        first_day=day("2026-01-01"),
        areas=[world.district, world.north],
    )
    act = coverages.change_coverage(
        user=None, group=world.group, first_day=TURN, areas=[world.district]
    )
    assert "Skulle ha börjat senare och återkallas: Norra Provstad." in act.summary
    assert covered(world.group, day("2027-01-01")) == {"Provstads district"}
    assert caused(act) == [("coverage", "-"), ("groupdecision", "+"), ("groupdecision", "-")]
    gone = Coverage.history.get(caused_by=act, history_type="-")
    assert gone.area == world.north
    assert gone.valid_from == day("2026-01-01")


def test_coverage_that_is_already_so_changes_nothing(world):
    said = refused(
        coverages.change_coverage,
        user=None,
        group=world.group,
        first_day=TURN,
        areas=[world.district],
    )
    assert said == {"": ["Täckningen är redan sådan. Inget har ändrats."]}


@pytest.mark.parametrize("on", ["2019-12-31", "2025-01-01"])
def test_coverage_does_not_change_outside_the_groups_period(world, on):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2024-12-31"))
    said = refused(
        coverages.change_coverage, user=None, group=world.group, first_day=day(on), areas=[]
    )
    assert "Gruppen finns inte den" in said["first_day"][0]


def test_new_coverage_ends_with_the_group(world):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2024-12-31"))
    coverages.change_coverage(user=None, group=world.group, first_day=TURN, areas=[world.north])
    assert world.group.coverages.get(area=world.north).valid_through == day("2024-12-31")


def test_an_area_that_is_not_there_on_the_day_is_named(world):
    Area.objects.filter(pk=world.north.pk).update(valid_through=day("2023-12-31"))
    world.north.refresh_from_db()
    said = refused(
        coverages.change_coverage,
        user=None,
        group=world.group,
        first_day=TURN,
        areas=[world.north],
    )
    assert "Norra Provstad finns inte som område den 1 mars 2024" in said["areas"][0]


# -- rest and resume ---------------------------------------------------------------------


def test_a_group_rests_from_its_day_and_still_counts(world, user):
    act = groups.rest(user=user, group=world.group, first_day=TURN)
    assert [state(world.group, on) for on in (day_before(TURN), TURN, day_after(TURN))] == [
        "active_unregistered",
        "resting",
        "resting",
    ]
    assert world.group in SteeringGroup.objects.at_work(TURN)
    assert caused(act) == [("groupdecision", "+")]


def test_a_resting_group_resumes_from_its_day(world):
    groups.rest(user=None, group=world.group, first_day=TURN)
    groups.resume(user=None, group=world.group, first_day=day("2024-06-01"))
    states = [state(world.group, day(on)) for on in ("2024-05-31", "2024-06-01")]
    assert states == ["resting", "active_unregistered"]


def test_only_an_active_group_rests_and_only_a_resting_one_resumes(world):
    said = refused(groups.resume, user=None, group=world.group, first_day=TURN)
    assert "kan inte återupptas då" in said["first_day"][0]
    groups.rest(user=None, group=world.group, first_day=TURN)
    said = refused(groups.rest, user=None, group=world.group, first_day=day_after(TURN))
    assert said["first_day"] == [
        "Den 2 mars 2024 är gruppen vilande, så den kan inte vila då. Välj en annan dag."
    ]
    _, proposed = propose(world)
    said = refused(groups.rest, user=None, group=proposed, first_day=day("2025-01-01"))
    assert "är gruppen föreslagen" in said["first_day"][0]


def test_a_turn_before_a_turn_that_is_decided_is_refused(world):
    groups.rest(user=None, group=world.group, first_day=TURN)
    said = refused(groups.rest, user=None, group=world.group, first_day=day("2024-01-01"))
    assert "beslut att vila från och med den 1 mars 2024" in said["first_day"][0]
