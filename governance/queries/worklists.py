"""What there is to do about seats and groups on a day, matter by matter."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from governance.models import FollowUp, Mandate, Organization, Seat, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.groups import NOT_REGISTERED
from governance.queries.seat_tables import (
    ENDING,
    LAPSED,
    UNCONFIRMED,
    VACANT,
    Line,
    SeatTable,
)
from governance.swedish import in_words

UNNAMED, UNREGISTERED = "unnamed", "unregistered"
NO_CHAIR, NO_SECRETARY = "no-chair", "no-secretary"
FOLLOWUP, LATE_MEASURE = "waiting-followup", "late-measure"
# What each kind is called in the address of /uppdrag/; decisions are a list of groups.
PRESETS = {
    VACANT: "vakanta",
    LAPSED: "har-gatt-ut",
    ENDING: "gar-ut",
    NO_CHAIR: "utan-ordforande",
    NO_SECRETARY: "utan-sekreterare",
    UNNAMED: "ej-utsett",
    UNCONFIRMED: "obekraftade",
}
LEADERS = {NO_CHAIR: Seat.Role.CHAIR, NO_SECRETARY: Seat.Role.SECRETARY}


@dataclass(frozen=True)
class Item:
    """One thing to do. `words` never name a person.

    `key` is the same as long as the matter is, and another when it comes back: a seat that
    is vacant after one more holder, a mandate that has been old news since another day.
    """

    key: str
    kind: str
    group: SteeringGroup
    words: str
    seat: Seat | None = None
    mandate: Mandate | None = None
    organization: Organization | None = None
    followup: FollowUp | None = None

    @property
    def address(self) -> str:
        """The list that shows it as long as it is to be done, narrowed to its group."""
        if self.followup is not None:
            return reverse("governance:followup", args=[self.followup.year, self.group.slug])
        if self.kind == LATE_MEASURE:
            query = {"lage": "forsenad", "grupp": self.group.slug}
            return f"{reverse('governance:measures')}?{urlencode(query)}"
        if self.kind == UNREGISTERED:
            query = {"beslut": NOT_REGISTERED, "overenskommelse": self.group.agreement.slug}
            return f"{reverse('governance:groups')}?{urlencode(query)}"
        query = {"visa": PRESETS[self.kind], "grupp": self.group.slug}
        return f"{reverse('governance:mandates')}?{urlencode(query)}"


def items(groups: SteeringGroupQuerySet, day: datetime.date) -> list[Item]:
    """What there is to do about `groups` on `day`, group by group, in four queries.

    Only groups at work give items: nothing is missed in one that is merely proposed.
    """
    table = SeatTable(groups, day)
    return [item for group in table.at_work for item in items_of(table, group)]


def items_of(table: SeatTable, group: SteeringGroup) -> Iterator[Item]:
    """The items of one of the table's groups at work, what is about the whole group first."""
    yield from _about_group(table, group)
    for line in table.lines_of(group):
        yield from _about_seat(line)


def _about_group(table: SeatTable, group: SteeringGroup) -> Iterator[Item]:
    for kind, role in LEADERS.items():
        if table.lacks(group, role):
            lines = [line for line in table.lines_of(group) if line.seat.role == role]
            words = f"{group.name} har ingen {role.label}."
            yield Item(_key(kind, "group", group.pk, *_since(lines)), kind, group, words)
    if not group.has_registered_decision:  # type: ignore[attr-defined]
        words = f"{group.name}: beslutet att skapa gruppen är inte registrerat."
        yield Item(_key(UNREGISTERED, "group", group.pk), UNREGISTERED, group, words)
    for organization in table.unnamed_in(group):
        lines = [line for line in table.lines_of(group) if line.seat.organization == organization]
        parts = ["organization", organization.pk, "group", group.pk, *_since(lines)]
        words = f"{organization.name} har inte utsett någon i {group.name}."
        yield Item(_key(UNNAMED, *parts), UNNAMED, group, words, organization=organization)


def _about_seat(line: Line) -> Iterator[Item]:
    where = _where(line)
    if VACANT in line.due:
        key = _key(VACANT, "seat", line.seat.pk, *_since([line]))
        yield Item(key, VACANT, line.group, f"{where} är vakant.", line.seat)
    if LAPSED in line.due:
        last = max(line.earlier, key=_last_day)
        yield _over(LAPSED, line, last, f"{where}: uppdraget gick ut", ", inget nytt beslut")
    if ENDING in line.due and line.holder:
        yield _over(ENDING, line, line.holder, f"{where}: uppdraget går ut")
    for mandate in line.stale:
        day = line.confirmed[mandate.pk]
        told = f"sedan den {in_words(day)}" if day else "än"
        words = f"{where}: uppdraget är inte bekräftat {told}."
        key = _key(UNCONFIRMED, "mandate", mandate.pk, day or "never")
        yield Item(key, UNCONFIRMED, line.group, words, line.seat, mandate)


def _over(kind: str, line: Line, mandate: Mandate, words: str, more: str = "") -> Item:
    """A mandate that is, or will be, over: another matter when its last day is moved."""
    words += f" den {in_words(_last_day(mandate)[0])}{more}."
    key = _key(kind, "mandate", mandate.pk, mandate.valid_through)
    return Item(key, kind, line.group, words, line.seat, mandate)


def _last_day(mandate: Mandate) -> tuple[datetime.date, int]:
    return mandate.valid_through or datetime.date.max, mandate.pk


def _since(lines: Iterable[Line]) -> list[object]:
    """What tells one time without a holder from the next: who came last, and who is on leave."""
    had = [each.pk for line in lines for each in (*line.earlier, *line.sitting)]
    away = [leave.pk for line in lines for leave in line.away]
    return [*(["mandate", max(had)] if had else []), *(["leave", max(away)] if away else [])]


def _key(kind: str, *parts: object) -> str:
    return ":".join([kind, *map(str, parts)])


def _where(line: Line) -> str:
    """`Kommunpolis 2, LPO Farsta i Lokal styrgrupp Farsta`."""
    seat = line.seat
    number = f" {seat.number}" if seat.number > 1 else ""
    text = f"{seat.function}{number}, {seat.organization} i {line.group.name}"
    return text[:1].upper() + text[1:]
