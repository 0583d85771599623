"""Ångra: for fifteen minutes, back to exactly what was, or a sentence."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from guardian.shortcuts import remove_perm

from governance.models import Act, Leave, Mandate, Person, Seat
from governance.services import groups, mandates, seats, successions
from governance.services.mandates import NewPerson
from governance.services.undo import can_undo, undo
from governance.temporal import day_after
from tests.days import day
from tests.verbs import caused, refused
from tests.worlds import appoint, grant, make_person

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")
LAST = day("2024-12-31")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but history and acts, column by column."""
    kept = [
        model
        for model in apps.get_app_config("governance").get_models(include_auto_created=True)
        if not hasattr(model, "instance_type") and "act" not in model._meta.db_table.split("_")
    ]
    return {
        model._meta.db_table: sorted(model._base_manager.values(), key=lambda row: str(row))
        for model in kept
    }


def take_back(act: Act, user=None) -> Act:
    return undo(user=user, act=act, now=act.at)


@pytest.fixture
def seat(world):
    return world.member


@pytest.fixture
def mandate(world, seat):
    """Held by somebody who is on leave for a time, with a follower from the next year."""
    held = appoint(seat, make_person(world.company), last=LAST)
    Leave.objects.create(mandate=held, valid_from=TURN, valid_through=day("2024-06-30"))
    Leave.objects.create(mandate=held, valid_from=day("2024-11-01"), valid_through=LAST)
    appoint(seat, make_person(world.company), first=day("2025-03-01"))
    return held


VERBS = {
    "appoint": lambda w, m, p: mandates.appoint(user=None, seat=w.chair, person=p, first_day=TURN),
    "appoint somebody new": lambda w, m, p: mandates.appoint(
        user=None, seat=w.chair, person=NewPerson("Ny", "Nygren"), first_day=TURN
    ),
    "replace": lambda w, m, p: mandates.replace(
        user=None, seat=w.member, person=p, first_day=day("2024-04-01"), last_day=LAST
    ),
    "replace on the first day": lambda w, m, p: mandates.replace(
        user=None, seat=w.member, person=p, first_day=day("2025-03-01")
    ),
    "stand in": lambda w, m, p: mandates.stand_in(
        user=None, seat=w.member, person=p, kind="acting", first_day=TURN
    ),
    "extend": lambda w, m, p: mandates.extend(user=None, mandate=m, last_day=day("2025-02-01")),
    "end": lambda w, m, p: mandates.end(user=None, mandate=m, last_day=TURN, end_reason="left"),
    "withdraw": lambda w, m, p: mandates.end(
        user=None, mandate=m, last_day=day("2019-12-31"), end_reason="other"
    ),
    "take leave": lambda w, m, p: mandates.take_leave(
        user=None, mandate=m, first_day=day("2024-01-01"), last_day=day("2024-01-31")
    ),
    "end leave": lambda w, m, p: mandates.end_leave(
        user=None, leave=m.leaves.first(), last_day=day("2024-05-01")
    ),
    "correct": lambda w, m, p: mandates.correct(
        user=None, mandate=m, person=p, first_day=day("2021-01-01")
    ),
    "add a seat": lambda w, m, p: seats.add_seat(
        user=None, group=w.group, organization=w.police, function=w.chair.function, first_day=TURN
    ),
    "change a seat": lambda w, m, p: seats.change_seat(
        user=None, seat=w.member, first_day=day("2024-04-01"), role="vice_chair"
    ),
    "end a seat": lambda w, m, p: seats.end_seat(user=None, seat=w.member, last_day=TURN),
    "succeed": lambda w, m, p: successions.succeed(
        user=None, old=w.company, new=w.police, first_day=TURN, seats=[w.member], keep_people=[m]
    ),
    "everywhere": lambda w, m, p: successions.appoint_everywhere(
        user=None, person=p, choices=[(w.chair, TURN), (w.secretary, day_after(TURN))]
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_undo_gives_back_exactly_what_was(world, mandate, verb):
    person = make_person(world.company)
    before = everything()
    act = VERBS[verb](world, mandate, person)
    assert everything() != before
    undone = take_back(act)
    assert everything() == before
    assert (undone.verb, undone.undoes, undone.agreement) == ("undo", act, act.agreement)
    assert list(undone.groups.all()) == list(act.groups.all())
    assert undone.summary == f"Ångrat: {act.summary}"
    assert len(caused(undone)) >= len({noun for noun, _ in caused(act)})


def test_nothing_is_undone_twice_nor_the_undoing_itself(world, mandate):
    act = VERBS["extend"](world, mandate, None)
    undone = take_back(act)
    said = refused(undo, user=None, act=act, now=act.at)
    assert said == {"": ["Händelsen är redan ångrad. Inget har ändrats."]}
    assert "går inte att ångra" in refused(undo, user=None, act=undone, now=act.at)[""][0]


@pytest.mark.parametrize(("seconds", "in_time"), [(0, True), (900, True), (901, False)])
def test_it_is_possible_for_fifteen_minutes(world, mandate, seconds, in_time):
    act = VERBS["extend"](world, mandate, None)
    now = act.at + datetime.timedelta(seconds=seconds)
    if in_time:
        undo(user=None, act=act, now=now)
        return
    assert "mer än 15 minuter" in refused(undo, user=None, act=act, now=now)[""][0]


def test_acts_on_the_structure_are_not_undone(world):
    act = groups.rest(user=None, group=world.group, first_day=TURN)
    assert "går inte att ångra" in refused(undo, user=None, act=act, now=act.at)[""][0]


def test_a_row_that_was_changed_since_is_not_put_back(world, mandate):
    act = VERBS["extend"](world, mandate, None)
    mandates.correct(user=None, mandate=mandate, first_day=day("2021-01-01"))
    said = refused(undo, user=None, act=act, now=act.at)
    assert said[""][0].startswith("Uppdrag har ändrats efter det som du vill ångra.")


def test_what_others_built_on_it_is_not_torn_down(world, mandate):
    extended = VERBS["extend"](world, mandate, None)
    leave = mandate.leaves.last()
    mandates.end_leave(user=None, leave=leave, last_day=day("2024-12-01"))
    mandates.take_leave(user=None, mandate=mandate, first_day=LAST, last_day=day_after(LAST))
    said = refused(undo, user=None, act=extended, now=extended.at)
    assert "hamnar utanför sin tid" in said[""][0]


def test_a_seat_or_person_that_is_used_since_stays(world, mandate):
    added = VERBS["add a seat"](world, mandate, None)
    mandates.appoint(
        user=None,
        seat=Seat.objects.get(organization=world.police),
        person=make_person(world.police),
        first_day=TURN,
    )
    assert "används redan" in refused(undo, user=None, act=added, now=added.at)[""][0]
    new = VERBS["appoint somebody new"](world, mandate, None)
    person = Person.objects.get(mandates__seat=world.chair)
    appoint(world.secretary, person)
    assert "används redan" in refused(undo, user=None, act=new, now=new.at)[""][0]


def test_a_place_that_was_filled_since_is_not_given_back(world, mandate):
    ended = VERBS["end"](world, mandate, None)
    mandates.appoint(
        user=None,
        seat=world.member,
        person=make_person(world.company),
        first_day=day("2024-04-01"),
        last_day=LAST,
    )
    said = refused(undo, user=None, act=ended, now=ended.at)
    assert "Platsen har redan en ledamot" in str(said)


def test_the_latest_of_two_is_undone_first_and_then_the_other(world, mandate):
    before = everything()
    first = VERBS["end"](world, mandate, None)
    second = mandates.appoint(
        user=None, seat=world.member, person=make_person(world.company), first_day=LAST,
        last_day=LAST,
    )  # fmt: skip
    take_back(second)
    take_back(first)
    after = everything()
    for table in ("governance_mandate", "governance_leave", "governance_seat"):
        assert after[table] == before[table]


def test_only_who_did_it_and_still_may_is_offered_to_undo(world, anna, bo):
    act = mandates.appoint(
        user=anna, seat=world.chair, person=make_person(world.city), first_day=TURN
    )
    now = timezone.now()
    grant(bo, "edit_roster", world.group)
    assert can_undo(anna, act, now)
    assert not can_undo(bo, act, now)
    assert not can_undo(anna, act, act.at + datetime.timedelta(minutes=15, seconds=1))
    other = mandates.appoint(
        user=bo, seat=world.secretary, person=make_person(world.city), first_day=TURN
    )
    assert can_undo(bo, other, now)
    remove_perm("edit_roster", bo, world.group)
    assert not can_undo(type(bo).objects.get(pk=bo.pk), other, now)
    undo(user=anna, act=act, now=now)
    assert not can_undo(anna, act, now)
    assert not Mandate.objects.filter(seat=world.chair).exists()
