"""/uppdrag/: every seat of the reader's groups and who sits there, and what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.models import Seat, SteeringGroup
from governance.permissions import allowed, may_fill
from governance.queries.mandate_lists import ORDERS, STATUSES, WITHOUT, Choice, MandateList
from governance.queries.organizations import names_by_mandate
from governance.queries.rosters import Holder, SeatRow
from governance.queries.seat_tables import ENDING, LAPSED, UNCONFIRMED, VACANT, Line, SeatTable
from governance.queries.worklists import LEADERS, NO_CHAIR, NO_SECRETARY, PRESETS, UNNAMED
from governance.rights import EDIT_ROSTER
from governance.views.reading import read

PER_PAGE = 100
TITLES = {
    "": "Uppdrag",
    VACANT: "Vakanta platser",
    LAPSED: "Uppdrag som har gått ut",
    ENDING: "Uppdrag som går ut snart",
    NO_CHAIR: "Grupper utan ordförande",
    NO_SECRETARY: "Grupper utan sekreterare",
    UNNAMED: "Organisationer som inte har utsett någon",
    UNCONFIRMED: "Uppdrag som inte är bekräftade på sex månader",
}
_SHOWN = dict.fromkeys(LEADERS, "leaders") | {UNNAMED: "unnamed"}


@dataclass(frozen=True)
class Tab:
    """One list of work: its title, how many rows it has, and where it is."""

    title: str
    number: int | None
    address: str
    current: bool


@dataclass(frozen=True)
class Entry:
    """A seat as the reader may see it: `row` as on the group's page, and who may fill it."""

    line: Line
    row: SeatRow
    may_fill: bool


@dataclass(frozen=True)
class LeadersRow:
    """A group that lacks a leader: the seats there are for one, and who may add another."""

    group: SteeringGroup
    entries: list[Entry]
    may_add: bool


@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """The seats of the day, narrowed by what stands in the address, a hundred a page."""
    reading = read(request)
    choice = Choice.read(request.GET)
    table = SeatTable(reading.groups, reading.day)
    found = MandateList(request.user, table, choice)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("sida"))
    kept = {} if reading.is_today else {"datum": reading.day.isoformat()}
    kept |= {"overenskommelse": reading.agreement.slug} if reading.agreement else {}
    rows = _rows(request, choice.kind, page.object_list, may_change=reading.is_today)
    context = reading.context(
        choice=choice,
        page=page,
        shown=_SHOWN.get(choice.kind, "seats"),
        rows=rows,
        fills=any(getattr(each, "may_fill", False) for each in rows),
        held=sum(bool(line.holder) for line in found.rows) if not choice.kind else None,
        title=TITLES[choice.kind],
        tabs=_tabs(found, kept),
        kept=kept.items(),
        keeps=any(allowed(request.user, EDIT_ROSTER, each) for each in table.groups.values()),
        plain=f"{request.path}{Choice().address(**kept)}",
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
        options=found,
        statuses=[
            (WITHOUT, "Utan ledamot"),
            *((word, label) for word, (_, label) in STATUSES.items()),
        ],
        roles=Seat.Role.choices,
        orders=[(word, label) for word, (label, _) in ORDERS.items()],
    )
    return render(request, "mandates/list.html", context)


def _tabs(found: MandateList, kept: dict[str, str]) -> list[Tab]:
    """Everything, and each kind of work that there is, in the groups that are chosen."""
    chosen = found.choice
    counts = [(kind, found.count(kind)) for kind in PRESETS]
    every = Choice(grupp=chosen.grupp, mina=chosen.mina)
    tabs = [Tab("Alla platser", None, every.address(**kept) or "?", chosen == every)]
    return tabs + [
        Tab(TITLES[kind], number, chosen.to_do(kind).address(**kept), kind == chosen.kind)
        for kind, number in counts
        if number or kind == chosen.kind
    ]


def _rows(request: HttpRequest, kind: str, rows: Iterable[Any], *, may_change: bool) -> list[Any]:
    """The rows of one page, as its table shows them."""
    if kind == UNNAMED:
        return list(rows)
    if kind not in LEADERS:
        return _entries(request, list(rows), may_change=may_change)
    found = []
    for each in rows:
        may_add = may_change and allowed(request.user, EDIT_ROSTER, each.group)
        entries = _entries(request, each.lines, may_change=may_change, named=False)
        found.append(LeadersRow(each.group, entries, may_add))
    return found


def _entries(
    request: HttpRequest, lines: list[Line], *, may_change: bool, named: bool = True
) -> list[Entry]:
    """Names are asked for once for all, and only where they are shown."""
    sitting = [(each, line.group) for line in lines for each in line.sitting if named]
    shown = names_by_mandate(request.user, sitting)
    found = []
    for line in lines:
        line.seat.group = line.group
        holders = {each.pk: Holder(each, shown.get(each.pk)) for each in line.sitting}
        away = next((x for x in line.away if holders[x.mandate_id].mandate != line.holder), None)
        row = SeatRow(
            seat=line.seat,
            status=line.status,
            holder=holders[line.holder.pk] if line.holder else None,
            deputies=(),
            away=holders[away.mandate_id] if away else None,
            away_through=away.valid_through if away else None,
        )
        may = may_change and line.status.code != "closed" and may_fill(request.user, line.seat)
        found.append(Entry(line, row, may))
    return found
