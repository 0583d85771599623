"""Whatever verbs are carried out, in any order and on any days, these things hold."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Act, Area, Coverage, GroupDecision, Mandate, Seat, SteeringGroup
from governance.services import endings, groups
from governance.services.coverages import change_coverage
from governance.temporal import day_after
from tests.at_once import at_the_same_time
from tests.days import day
from tests.verbs import without_act
from tests.worlds import FIRST, World, appoint, make_group, make_person, make_world

LAST = day("2020-03-10")
DAYS = [FIRST + datetime.timedelta(days=number) for number in range(-2, 72)]
days = st.sampled_from(DAYS[:68])
places = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("activate"), places, days),
        st.tuples(st.just("cover"), places, days, st.sets(st.integers(0, 3))),
        st.tuples(st.just("rest"), places, days),
        st.tuples(st.just("resume"), places, days),
        st.tuples(st.just("dissolve"), places, days),
        st.tuples(st.just("merge"), st.sets(places), days, st.one_of(st.none(), places)),
    ),
    min_size=1,
    max_size=7,
)


def carry_out(step: tuple, rows: list[SteeringGroup], areas: list[Area]) -> None:
    """One verb; a refusal in words is as good as a change, any other error is a fault."""
    verb, target, on, *more = step
    if verb == "merge":
        into = None if more[0] is None else rows[more[0]]
        endings.merge(
            user=None,
            groups=[rows[place] for place in sorted(target)],
            first_day=on,
            into=into,
            new_name="" if into else f"Ny {on}",
        )
        return
    group = rows[target]
    if verb == "cover":
        chosen = [areas[place] for place in sorted(more[0])]
        change_coverage(user=None, group=group, first_day=on, areas=chosen)
    elif verb == "dissolve":
        endings.dissolve(user=None, group=group, last_day=on)
    else:
        getattr(groups, verb)(user=None, group=group, first_day=on)


def check_everything() -> None:
    for group in SteeringGroup.objects.all():
        for noun in (Seat, Coverage):
            for row in noun.objects.filter(group=group):
                assert_inside(row, group)
        for mandate in Mandate.objects.filter(seat__group=group):
            assert_inside(mandate, mandate.seat)
        rows = list(Coverage.objects.filter(group=group))
        for on in DAYS:
            areas = [row.area_id for row in rows if row.in_force(on)]
            assert len(areas) == len(set(areas))
        for on in DAYS[::15]:
            check_state(group, on)


def assert_inside(row, whole) -> None:
    assert whole.in_force(row.valid_from)
    if whole.valid_through is not None:
        assert row.valid_through is not None
        assert whole.in_force(row.valid_through)


def check_state(group: SteeringGroup, on: datetime.date) -> None:
    """The state of the row says the same as the queries do."""
    found = SteeringGroup.objects.with_state(on).get(pk=group.pk).state(on).code
    at_work = SteeringGroup.objects.at_work(on).filter(pk=group.pk).exists()
    assert at_work == (found in {"active", "active_unregistered", "resting"})
    exists = SteeringGroup.objects.as_of(on).filter(pk=group.pk).exists()
    assert exists == (found not in {"ended", "starting"})
    created = GroupDecision.objects.effective(on).filter(group=group, act="create").exists()
    assert (found == "proposed") == (exists and not created)


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_sequence_of_verbs_breaks_the_structure(db, steps):
    with transaction.atomic():
        world = make_world("Provstad")
        appoint(world.chair, make_person(world.city))
        appoint(world.member, make_person(world.company), first=day("2020-02-01"))
        rows = [
            world.group,
            make_group(world.agreement, "Andra"),
            make_group(world.agreement, "Tredje", active=False, valid_from=day("2020-01-20")),
            make_group(world.agreement, "Fjärde", valid_through=LAST),
        ]
        areas = [world.municipality, world.district, world.north, world.south]
        before = without_act()
        said: list[str] = []
        for step in steps:
            fresh = [SteeringGroup.objects.get(pk=row.pk) for row in rows]
            try:
                carry_out(step, fresh, areas)
            except ValidationError as refusal:
                said += refusal.messages or ["krockar"]
        assert not [sentence for sentence in said if "krockar" in sentence]
        check_everything()
        assert without_act() == before
        transaction.set_rollback(True)


# -- two writers at the same time --------------------------------------------------------


def prepared() -> tuple[World, SteeringGroup]:
    world = make_world("Provstad")
    return world, make_group(world.agreement, "Andra")


@pytest.mark.django_db(transaction=True)
def test_two_writers_past_the_forms_cannot_make_an_overlap():
    """On both engines with connections of their own; each waits until both have begun."""
    world, group = prepared()

    def write() -> None:
        with transaction.atomic():
            Coverage.objects.bulk_create(
                [Coverage(group=group, area=world.north, valid_from=FIRST)]
            )

    results = at_the_same_time(*[write] * 4)
    refused = [result for result in results if result is not None]
    assert len(refused) == 3
    assert all(isinstance(result, IntegrityError) for result in refused), refused
    assert Coverage.objects.filter(group=group).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_dissolve_at_the_same_time_one_is_told_so():
    world, _ = prepared()
    results = at_the_same_time(
        *[lambda: endings.dissolve(user=None, group=world.group, last_day=LAST)] * 2
    )
    assert sorted(type(result).__name__ for result in results) == ["Act", "ValidationError"]
    assert Act.objects.filter(verb="dissolve").count() == 1
    assert GroupDecision.objects.filter(act="dissolve", first_day=day_after(LAST)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_the_same_group_one_is_told_so():
    world, _ = prepared()
    fields = {"kind": "local", "basis": "place", "areas": [], "valid_from": FIRST}
    results = at_the_same_time(
        *[
            lambda: groups.propose(
                user=None, agreement=world.agreement, name="Torggruppen", **fields
            )
        ]
        * 2
    )
    assert sorted(type(result).__name__ for result in results) == ["Act", "ValidationError"]
    assert SteeringGroup.objects.filter(name="Torggruppen").count() == 1
