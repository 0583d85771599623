"""What a follow-up looked like when it was sent, and how to show it later.

The snapshot holds text, figures and the keys of persons. Names are put in each time it is
shown, as the reader may see them: a person who is protected or whose name is taken away
later disappears from it, and nothing else changes.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from governance.models import (
    Agreement,
    Area,
    Coverage,
    FollowUp,
    FollowUpSection,
    Mandate,
    Person,
    Seat,
    SteeringGroup,
)
from governance.permissions import names
from governance.queries.followup_facts import facts_of, with_breaks
from governance.queries.followup_figures import GoalLine, MeasureLine
from governance.queries.rosters import holder, mandates_by_seat, seat_status
from governance.queries.snapshot_differences import Difference, differences_between
from governance.rights import Account


def snapshot_of(followup: FollowUp) -> dict[str, Any]:
    """All that is frozen: as on the avstämningsdatum, as known now; persons by key only.

    Everything in it is JSON. The texts of the sections are those that are saved now.
    """
    taken = _about_the_day(followup)
    facts = with_breaks(taken["facts"], followup.cutoff)
    return {**taken, "facts": facts, "sections": _sections(followup)}


def _about_the_day(followup: FollowUp) -> dict[str, Any]:
    """What is worked out from dated rows, and so may be put right afterwards."""
    day = followup.cutoff
    groups = SteeringGroup.objects.with_state(day).select_related("agreement")
    group = groups.get(pk=followup.group_id)
    version = followup.version
    return {
        "cutoff": day.isoformat(),
        "group": {"name": group.name, "state": group.state(day).text},
        "agreement": group.agreement.name,
        "version": version and {"number": version.number, "title": version.title},
        "roster": _roster(group, day),
        "coverage": _coverage(group, day),
        "facts": facts_of(followup, day),
    }


def _roster(group: SteeringGroup, day: datetime.date) -> list[dict[str, Any]]:
    """The seats in force on the day, in the order of a roster; `group` is from `with_state`."""
    seats = Seat.objects.as_of(day).filter(group=group)
    mandates = mandates_by_seat(seats)
    rows = sorted(seats.select_related("function", "organization"), key=lambda row: row.in_roster)
    return [_seat(row, mandates.get(row.pk, []), day, group) for row in rows]


def _seat(
    seat: Seat, mandates: list[Mandate], day: datetime.date, group: SteeringGroup
) -> dict[str, Any]:
    sitting = [each for each in mandates if each.in_force(day)]
    deputies = [each for each in sitting if each.kind == Mandate.Kind.PERSONAL_DEPUTY]
    current = holder(mandates, day)
    title = seat.function.title
    return {
        "seat": seat.pk,
        "function": title[:1].upper() + title[1:],
        "number": seat.number,
        "role": seat.get_role_display(),
        "organization": seat.organization.name,
        "mailbox": seat.mailbox or seat.organization.mailbox,
        "status": seat_status(seat, mandates, day, group).text,
        "holder": current and _sitting(current),
        "deputies": [_sitting(each) for each in deputies],
    }


def _sitting(mandate: Mandate) -> dict[str, Any]:
    title = mandate.title_then or mandate.person.title
    return {"person": mandate.person_id, "title": title}


def _coverage(group: SteeringGroup, day: datetime.date) -> list[dict[str, str]]:
    held = Coverage.objects.as_of(day).filter(group=group)
    areas = Area.objects.filter(coverages__in=held).distinct().order_by("sort_key", "pk")
    return [{"name": area.name, "kind": area.get_kind_display()} for area in areas]


def _sections(followup: FollowUp) -> list[dict[str, Any]]:
    rows = FollowUpSection.objects.filter(followup=followup)
    rows = rows.select_related("challenge", "priority__challenge")
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "challenge": row.challenge_id,
            "priority": row.priority_id,
            "title": row.title,
            "text": row.text,
            "judgement": row.judgement,
            "judged": row.get_judgement_display() if row.judgement else "",
        }
        for row in rows.order_by("order", "pk")
    ]


# -- shown later --------------------------------------------------------------------------


@dataclass(frozen=True)
class FrozenSection:
    """One part of the follow-up: `part` is as in the snapshot."""

    part: dict[str, Any]
    goals: list[GoalLine]
    measures: list[MeasureLine]

    @property
    def heading(self) -> str:
        title = str(self.part["title"])
        return title[:1].upper() + title[1:]


@dataclass(frozen=True)
class Frozen:
    """A follow-up that was sent, as this reader may see it.

    `data` is the snapshot, with `name` beside every person's key: None when the reader may
    not see it, "" when the person has no name any more.
    """

    followup: FollowUp
    data: dict[str, Any]
    differences: list[Difference] = field(default_factory=list)

    @property
    def sections(self) -> list[FrozenSection]:
        """Each part with the goals and measures that it is about; all measures where it is
        about them.
        """
        return [_section(each, self.data["facts"], self.followup.year) for each in self._parts]

    @property
    def _parts(self) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = self.data["sections"]
        return parts


def _section(part: dict[str, Any], facts: dict[str, Any], year: int) -> FrozenSection:
    about = [each for each in facts["priorities"] if _is_about(part, each)]
    own = {each["pk"] for each in about}
    every = part["kind"] == FollowUpSection.Kind.MEASURES
    return FrozenSection(
        part=part,
        goals=[GoalLine(goal, year) for each in about for goal in each["goals"]],
        measures=[
            MeasureLine(each) for each in facts["measures"] if every or each["priority"] in own
        ],
    )


def _is_about(part: dict[str, Any], priority: dict[str, Any]) -> bool:
    if part["kind"] != FollowUpSection.Kind.CHALLENGE:
        return False
    if part["priority"]:
        return bool(priority["pk"] == part["priority"])
    return bool(priority["challenge"] == part["challenge"])


def shown(user: Account, followup: FollowUp) -> Frozen | None:
    """What page, PDF and export show of one that is sent or adopted; None for the others.

    `followup` comes with its group, agreement and version.
    """
    if followup.snapshot is None or followup.is_open:
        return None
    now = _about_the_day(followup)
    then = followup.snapshot
    people = {each["person"] for part in (then, now) for each in _people_in(part)}
    seen = names(user, Person.objects.filter(pk__in=people), followup.group.agreement)
    told = _named(then, seen)
    return Frozen(followup, told, differences_between(told, _named(now, seen)))


def named(user: Account, followups: Iterable[FollowUp]) -> list[Frozen]:
    """Several with the names that the reader may see, for a report; what differs is not told.

    Those that are still written are taken as they are now. They come with their group,
    agreement and version. Two queries for each agreement, however many they are.
    """
    taken = {each: snapshot_of(each) if each.is_open else each.snapshot for each in followups}
    keys: dict[Agreement, set[int]] = defaultdict(set)
    for followup, data in taken.items():
        keys[followup.group.agreement] |= {each["person"] for each in _people_in(data)}
    seen = {
        agreement: names(user, Person.objects.filter(pk__in=people), agreement)
        for agreement, people in keys.items()
    }
    return [
        Frozen(followup, _named(data, seen[followup.group.agreement]))
        for followup, data in taken.items()
    ]


def _people_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every part of the snapshot that is about a person, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("person"), int):
            yield value
        for each in value.values():
            yield from _people_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _people_in(each)


def _named(value: Any, seen: dict[int, str | None]) -> Any:
    """The same with names: a copy, for the snapshot itself never holds one."""
    if isinstance(value, list):
        return [_named(each, seen) for each in value]
    if not isinstance(value, dict):
        return value
    copied = {key: _named(each, seen) for key, each in value.items()}
    if isinstance(value.get("person"), int):
        copied["name"] = seen.get(value["person"], "")
    return copied
