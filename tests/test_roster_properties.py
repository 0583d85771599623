"""Whatever is done with seats and mandates, in any order and on any days, these things hold."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import (
    Act,
    Leave,
    Mandate,
    Person,
    PersonName,
    Seat,
    SteeringGroup,
    User,
)
from governance.queries.faults import lies_within
from governance.queries.rosters import holder, mandates_by_seat, seat_status
from governance.queries.statuses import with_status
from governance.rights import Rights
from governance.services import endings, mandates, rosters, seats, successions
from governance.services.undo import undo
from tests.verbs import without_act
from tests.worlds import FIRST, World, appoint, make_person, make_user, make_world

DAYS = [FIRST + datetime.timedelta(days=number) for number in range(-1, 24)]
NOUNS: tuple[Any, ...] = (Seat, Mandate, Leave, Person, PersonName)
days = st.sampled_from(DAYS)
ends = st.one_of(st.none(), days)
places = st.integers(0, 5)
SEATING = st.tuples(places, places, days)
REASONS = st.sampled_from(["left", "replaced"])
KINDS = st.sampled_from(["acting", "deputy"])
STEPS = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.just("appoint"), places, places, days, ends),
            st.tuples(st.just("replace"), places, places, days, ends),
            st.tuples(st.just("stand_in"), places, places, days, ends, KINDS),
            st.tuples(st.just("stand_in"), places, places, days, ends, KINDS),
            st.tuples(st.just("extend"), places, ends),
            st.tuples(st.just("end"), places, days, REASONS),
            st.tuples(st.just("leave"), places, days, ends),
            st.tuples(st.just("leave"), places, days, ends),
            st.tuples(st.just("end_leave"), places, days),
            st.tuples(st.just("correct"), places, places, days, ends),
            st.tuples(st.just("change_seat"), places, days, st.sampled_from(list(Seat.Role))),
            st.tuples(st.just("add_seat"), places, days, st.sampled_from(list(Seat.Role))),
            st.tuples(st.just("end_seat"), places, days),
            st.tuples(
                st.just("change_many"), st.lists(st.tuples(places, places, days), max_size=3)
            ),
            st.tuples(st.just("succeed"), days, st.sets(places)),
            st.tuples(st.just("everywhere"), places, days),
            st.tuples(st.just("dissolve"), st.sampled_from(DAYS[16:])),
        ),
        st.integers(0, 2),  # 0: it is undone at once
    ),
    min_size=6,
    max_size=10,
)


class Play:
    """A small world, and how each step is carried out in it as it then is."""

    def __init__(self) -> None:
        self.world: World = make_world("Provstad")
        self.users: list[User] = [make_user(f"{n}@example.org") for n in range(3)]
        self.people = [make_person(self.world.city, user=user) for user in self.users]
        appoint(self.world.secretary, self.people[0], FIRST, DAYS[7])
        appoint(self.world.chair, self.people[1], DAYS[3], DAYS[15])
        member = appoint(self.world.member, self.people[2], DAYS[1], DAYS[20])
        Leave.objects.create(mandate=member, valid_from=DAYS[5], valid_through=DAYS[9])

    def _pick(self, noun: Any, place: int) -> Any:
        rows = list(noun.objects.order_by("pk").filter(**self._mine(noun)))
        if not rows:
            raise ValidationError("Inget att välja.")
        return rows[place % len(rows)]

    def _mine(self, noun: Any) -> dict[str, SteeringGroup]:
        path = {Seat: "group", Mandate: "seat__group", Leave: "mandate__seat__group"}[noun]
        return {path: self.world.group}

    def _seating(self, seat: int, person: int, first: datetime.date, last: Any) -> dict[str, Any]:
        found = self._pick(Seat, seat)
        who = self.people[person % 3]
        until = None if last is None else max(first, last)
        return {"seat": found, "person": who, "first_day": first, "last_day": until}

    def appoint(self, *args: Any) -> Act:
        return mandates.appoint(user=None, **self._seating(*args))

    def replace(self, *args: Any) -> Act:
        return mandates.replace(user=None, **self._seating(*args))

    def stand_in(self, *args: Any) -> Act:
        *seating, kind = args
        return mandates.stand_in(user=None, kind=kind, **self._seating(*seating))

    def extend(self, place: int, last: Any) -> Act:
        return mandates.extend(user=None, mandate=self._pick(Mandate, place), last_day=last)

    def end(self, place: int, last: Any, reason: str) -> Act:
        mandate = self._pick(Mandate, place)
        return mandates.end(user=None, mandate=mandate, last_day=last, end_reason=reason)

    def leave(self, place: int, first: Any, last: Any) -> Act:
        mandate = self._pick(Mandate, place)
        return mandates.take_leave(user=None, mandate=mandate, first_day=first, last_day=last)

    def end_leave(self, place: int, last: Any) -> Act:
        return mandates.end_leave(user=None, leave=self._pick(Leave, place), last_day=last)

    def correct(self, place: int, person: int, first: Any, last: Any) -> Act:
        return mandates.correct(
            user=None,
            mandate=self._pick(Mandate, place),
            person=self.people[person % 3],
            first_day=first,
            last_day=last,
        )

    def change_seat(self, place: int, first: Any, role: str) -> Act:
        return seats.change_seat(
            user=None, seat=self._pick(Seat, place), first_day=first, role=role
        )

    def add_seat(self, place: int, first: Any, role: str) -> Act:
        beside = self._pick(Seat, place)
        return seats.add_seat(
            user=None,
            group=self.world.group,
            organization=beside.organization,
            function=beside.function,
            role=role,
            first_day=first,
        )

    def change_many(self, wanted: list[tuple[int, int, Any]]) -> Act:
        chosen = {self._pick(Seat, place): (person, first) for place, person, first in wanted}
        return rosters.change_many(
            user=None,
            group=self.world.group,
            changes=[
                rosters.Change(seat, self.people[person % 3], first)
                for seat, (person, first) in chosen.items()
            ],
        )

    def end_seat(self, place: int, last: Any) -> Act:
        return seats.end_seat(user=None, seat=self._pick(Seat, place), last_day=last)

    def succeed(self, first: Any, kept: set[int]) -> Act:
        chosen = Seat.objects.filter(organization=self.world.city, group=self.world.group)
        sitting = list(Mandate.objects.filter(seat__in=chosen).order_by("pk"))
        return successions.succeed(
            user=None,
            old=self.world.city,
            new=self.world.police,
            first_day=first,
            seats=chosen.overlapping(first, first),
            keep_people=[row for place, row in enumerate(sitting) if place in kept],
        )

    def everywhere(self, person: int, first: Any) -> Act:
        found = Seat.objects.overlapping(first, first).filter(group=self.world.group)
        return successions.appoint_everywhere(
            user=None, person=self.people[person % 3], choices=[(seat, first) for seat in found]
        )

    def dissolve(self, last: Any) -> Act:
        group = SteeringGroup.objects.get(pk=self.world.group.pk)
        return endings.dissolve(user=None, group=group, last_day=last)


def rows() -> list[list[dict[str, Any]]]:
    return [list(noun.objects.order_by("pk").values()) for noun in NOUNS]


def check_periods() -> None:
    """Everything within its whole, and one ordinary and one acting holder a day."""
    for seat in Seat.objects.select_related("group"):
        assert lies_within(seat, seat.group)
    found = list(Mandate.objects.select_related("seat").prefetch_related("leaves"))
    for mandate in found:
        assert lies_within(mandate, mandate.seat)
        for leave in mandate.leaves.all():
            assert lies_within(leave, mandate)
    for on in DAYS:
        kinds = [
            (row.seat_id, row.kind) for row in found if row.in_force(on) and row.kind != "deputy"
        ]
        assert len(kinds) == len(set(kinds))


def check_answers(play: Play, on: datetime.date) -> None:
    """The row and the query say the same, and rights follow whoever holds the seat."""
    group = SteeringGroup.objects.with_state(on).get(pk=play.world.group.pk)
    mine = Seat.objects.filter(group=group)
    sitting = mandates_by_seat(mine)
    holding = dict(Mandate.objects.holding(on).filter(seat__in=mine).values_list("seat", "person"))
    expected: set[tuple[str, int]] = set()
    for seat in with_status(mine, on):
        current = holder(sitting[seat.pk], on)
        assert (current.person_id if current else None) == holding.get(seat.pk)
        assert seat_status(seat, sitting[seat.pk], on, group).code == seat.status_code
        if current and seat.in_force(on) and group.state(on).code == "active_unregistered":
            expected.add((seat.role, current.person_id))
    for user, person in zip(play.users, play.people, strict=True):
        asked = Rights(User.objects.get(pk=user.pk))
        asked.day = on
        held = {role for role, pk in expected if pk == person.pk}
        assert asked.may("enter_followup", group) == ("secretary" in held)
        assert asked.may("adopt_followup", group) == bool(held & {"chair", "vice_chair"})


def attempt(verb: Any, arguments: list[Any]) -> tuple[Act | None, str]:
    """The act, or the sentences of its refusal."""
    try:
        return verb(*arguments), ""
    except ValidationError as refusal:
        return None, " ".join(refusal.messages)


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, looked_at=st.sets(days, min_size=2, max_size=2))
def test_no_sequence_of_verbs_breaks_a_roster(empty_database, steps, looked_at):
    with transaction.atomic():
        play = Play()
        made_past_the_verbs = without_act()
        for (verb, *arguments), luck in steps:
            before = rows()
            act, said = attempt(getattr(play, verb), arguments)
            if act is None:
                assert rows() == before
                assert "krockar" not in said
                continue
            check_periods()
            if luck == 0 and verb != "dissolve":
                undo(user=None, act=act, now=act.at)
                assert rows() == before
        for on in looked_at:
            check_answers(play, on)
        assert without_act() == made_past_the_verbs
        transaction.set_rollback(True)
