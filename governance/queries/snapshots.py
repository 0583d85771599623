"""What a follow-up looked like when it was sent, and how to show it later.

The snapshot holds text, figures and the keys of persons. Names are put in each time it is
shown, as the reader may see them: a person who is protected or whose name is taken away
later disappears from it, and nothing else changes.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance.models import (
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
from governance.queries.followup_facts import facts_of
from governance.queries.rosters import holder, mandates_by_seat, seat_status
from governance.rights import Account
from governance.swedish import listed


def snapshot_of(followup: FollowUp) -> dict[str, Any]:
    """All that is frozen: as on the avstämningsdatum, as known now; persons by key only.

    Everything in it is JSON. The texts of the sections are those that are saved now.
    """
    return {**_about_the_day(followup), "sections": _sections(followup)}


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
        "predecessors": sorted(each.name for each in group.predecessors.all()),
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
            "title": row.title,
            "text": row.text,
            "judgement": row.judgement,
            "judged": row.get_judgement_display() if row.judgement else "",
        }
        for row in rows.order_by("order", "pk")
    ]


# -- shown later --------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """Something that would be told otherwise if the follow-up were taken again today."""

    about: str
    then: str
    now: str


@dataclass(frozen=True)
class Frozen:
    """A follow-up that was sent, as this reader may see it.

    `data` is the snapshot, with `name` beside every person's key: None when the reader may
    not see it, "" when the person has no name any more.
    """

    followup: FollowUp
    data: dict[str, Any]
    differences: list[Difference]


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
    return Frozen(followup, _named(then, seen), _differences(_named(then, seen), _named(now, seen)))


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


# -- where today's data differ ------------------------------------------------------------

_NOTHING = "ingen uppgift"


def _differences(then: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """What was true on the avstämningsdatum, as told when it was sent and as told today."""
    found = [
        *_named_otherwise(then, now),
        *_roster_otherwise(then["roster"], now["roster"]),
        *_facts_otherwise(then["facts"], now["facts"]),
    ]
    return [each for each in found if each is not None]


def _named_otherwise(then: dict[str, Any], now: dict[str, Any]) -> list[Difference | None]:
    return [
        _unlike("Gruppens namn", then["group"]["name"], now["group"]["name"]),
        _unlike("Gruppens läge", then["group"]["state"], now["group"]["state"]),
        _unlike("Överenskommelsens namn", then["agreement"], now["agreement"]),
        _unlike("Överenskommelsens version", _version(then), _version(now)),
        _unlike("Täckning", _areas(then), _areas(now)),
        _unlike("Föregångare", listed(then["predecessors"]), listed(now["predecessors"])),
    ]


def _unlike(about: str, then: str, now: str) -> Difference | None:
    return Difference(about, then or _NOTHING, now or _NOTHING) if then != now else None


def _version(part: dict[str, Any]) -> str:
    return f"{part['version']['number']}: {part['version']['title']}" if part["version"] else ""


def _areas(part: dict[str, Any]) -> str:
    return listed(each["name"] for each in part["coverage"])


def _roster_otherwise(then: list[Any], now: list[Any]) -> Iterator[Difference]:
    before, after = ({row["seat"]: row for row in rows} for rows in (then, now))
    for seat in {**before, **after}:
        old, new = before.get(seat), after.get(seat)
        if old != new:
            about = f"Plats i gruppen: {_seat_label(old or new)}"
            yield Difference(about, _seat_in_words(old), _seat_in_words(new))


def _seat_label(row: dict[str, Any]) -> str:
    number = f" {row['number']}" if row["number"] != 1 else ""
    return f"{row['function']}{number}, {row['organization']}"


def _seat_in_words(row: dict[str, Any] | None) -> str:
    if row is None:
        return "fanns inte"
    held = [row["holder"]] if row["holder"] else []
    people = [_person_in_words(each) for each in [*held, *row["deputies"]]]
    return ", ".join([_seat_label(row), row["role"], row["status"], *people])


def _person_in_words(each: dict[str, Any]) -> str:
    name = "namnet visas inte" if each["name"] is None else each["name"] or "namn saknas"
    return f"{name} ({each['title']})" if each["title"] else name


def _facts_otherwise(then: Any, now: Any, *path: str) -> Iterator[Difference]:
    """Every figure or text that differs; rows of a list are told apart by their `id`."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in {**then, **now}:
            yield from _facts_otherwise(then.get(key), now.get(key), *path, str(key))
    elif then != now:
        yield Difference(" ".join(path), str(then), str(now))
