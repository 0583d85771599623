"""/lagesbilder/ across groups, and the lägesbilder of a group or of the municipality, to read."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Agreement, SituationPicture, SteeringGroup
from governance.permissions import (
    agreement_ids,
    allowed,
    get_visible,
    visible_agreements,
    visible_groups,
    visible_pictures,
)
from governance.queries.picture_clocks import STATES, GroupClock, YearTable, legal_clocks
from governance.queries.pictures import Neighbours, neighbours, picture_rows, where
from governance.queries.plans import plans_on
from governance.rights import EDIT_PRIORITIES, Account
from governance.sheets import write_csv, write_xlsx
from governance.temporal import has_passed
from governance.views.exports import file_response
from governance.views.reading import Reading, read

HEADINGS = ["Grupp", "Läge", "Senaste lägesbild", "Område", "Ålder", "I år"]
# The pages of a group, and those of the municipality's own.
_OF_GROUP = {
    "list": "group_pictures",
    "read": "picture",
    "add": "add_picture",
    "change": "change_picture",
    "withdraw": "withdraw_picture",
}
_OWN = {name: f"own_{page}" for name, page in _OF_GROUP.items()} | {"list": "own_pictures"}


@dataclass(frozen=True)
class Owner:
    """Whose lägesbilder the pages are about: a group's, or the municipality's own."""

    row: SteeringGroup | Agreement

    @property
    def is_group(self) -> bool:
        return isinstance(self.row, SteeringGroup)

    @property
    def named(self) -> dict[str, SteeringGroup | Agreement]:
        """By the name of the column, which is also what templates call it."""
        return {"group" if self.is_group else "agreement": self.row}

    @property
    def heading(self) -> str:
        return f"Lägesbilder i {self.row}" if self.is_group else "Kommunens egna lägesbilder"

    @property
    def may_have_own(self) -> bool:
        """The municipality's own hang on its central agreement, not on the local ones."""
        return not isinstance(self.row, Agreement) or self.row.level == Agreement.Level.CENTRAL

    @property
    def agreements(self) -> list[Agreement]:
        """Those whose legal clock the page shows: none on a group's page."""
        return [self.row] if isinstance(self.row, Agreement) else []

    @property
    def list_url(self) -> str:
        return self.url("list")

    @property
    def add_url(self) -> str:
        return self.url("add")

    def url(self, page: str, *args: object) -> str:
        name = (_OF_GROUP if self.is_group else _OWN)[page]
        return reverse(f"governance:{name}", args=[self.row.slug, *args])

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        name, page = (
            ("Styrgrupper", "group") if self.is_group else ("Överenskommelser", "agreement")
        )
        above = reverse(f"governance:{page}s")
        here = reverse(f"governance:{page}", args=[self.row.slug])
        return [(name, above), (self.row.name, here), ("Lägesbilder", self.list_url)]


def owner_of(user: Account, slug: str, *, own: bool) -> Owner:
    """The group or agreement that the reader may see, or a 404."""
    if own:
        return Owner(get_visible(visible_agreements(user).select_related("parent"), slug=slug))
    return Owner(get_visible(visible_groups(user).select_related("agreement"), slug=slug))


def picture_of(user: Account, owner: Owner, pk: int) -> SituationPicture:
    rows = visible_pictures(user).filter(**owner.named)
    return get_visible(rows.select_related("area", "group__agreement", "agreement"), pk=pk)


def address_of(user: Account, picture: SituationPicture | None) -> str:
    """Where the reader may read it; empty when it is none, or not the reader's to see.

    It comes with its group or agreement.
    """
    if picture is None:
        return ""
    if picture.group is not None:
        return Owner(picture.group).url("read", picture.pk)
    agreement = picture.agreement
    if agreement is None or agreement.pk not in agreement_ids(user):
        return ""
    return Owner(agreement).url("read", picture.pk)


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """Which groups have made one in the year of the day, and the municipality's own clock."""
    reading = read(request)
    table, chosen = _table(request, reading)
    context = reading.context(
        rows=table.choose(chosen),
        chosen=chosen,
        tabs=_tabs(reading, table, chosen),
        with_one=table.counts["arets"],
        total=len(table.every),
        clocks=legal_clocks(request.user, reading.agreements, reading.day),
        crumbs=[("Styrgrupper", reverse("governance:groups"))],
    )
    return render(request, "situation_pictures/pictures.html", context)


@require_safe
def export_pictures(request: HttpRequest) -> HttpResponse:
    """The rows that /lagesbilder/ shows at the same address, as `?format=` xlsx or csv."""
    reading = read(request)
    table, chosen = _table(request, reading)
    rows = [_line(row) for row in table.choose(chosen)]
    if request.GET.get("format") == "csv":
        return file_response(write_csv(HEADINGS, rows), "lagesbilder", reading.day, csv=True)
    content = write_xlsx(HEADINGS, rows, "Lägesbilder", days={"Senaste lägesbild"})
    return file_response(content, "lagesbilder", reading.day, csv=False)


def _table(request: HttpRequest, reading: Reading) -> tuple[YearTable, str]:
    asked = request.GET.get("visa", "")
    table = YearTable(request.user, reading.groups, reading.day)
    return table, asked if asked in STATES else ""


def _line(row: GroupClock) -> list[object]:
    latest = row.latest.day if row.latest else ""
    return [row.group.name, row.state.text, latest, row.where, row.age, STATES[row.code]]


def _tabs(reading: Reading, table: YearTable, chosen: str) -> list[tuple[str, str, int, bool]]:
    """Label, the query of its address, how many, and whether it is the one shown."""
    kept = [(name, value) for name, value in reading.keep if name != "visa"]
    if not reading.is_today:
        kept.append(("datum", reading.day.isoformat()))
    options = [("", "Alla grupper", len(table.every))]
    options += [(code, label, table.counts[code]) for code, label in STATES.items()]
    return [
        (label, "?" + urlencode([*kept, *_shown(code)]), number, code == chosen)
        for code, label, number in options
    ]


def _shown(code: str) -> list[tuple[str, str]]:
    return [("visa", code)] if code else []


@require_safe
def owned_pictures(request: HttpRequest, slug: str, own: bool) -> HttpResponse:
    """The lägesbilder of one group, or of the municipality, dated the day or earlier."""
    reading = read(request, narrows=False)
    owner = owner_of(request.user, slug, own=own)
    rows = visible_pictures(request.user).filter(**owner.named)
    context = reading.context(
        owner=owner,
        **owner.named,
        rows=[(row, owner.url("read", row.picture.pk)) for row in picture_rows(rows, reading.day)],
        may_edit=_may_edit(request, reading, owner),
        clocks=legal_clocks(request.user, owner.agreements, reading.day),
        crumbs=owner.crumbs[:2],
    )
    return render(request, "situation_pictures/list.html", context)


@require_safe
def picture(request: HttpRequest, slug: str, pk: int, own: bool) -> HttpResponse:
    """One lägesbild with its three parts, and where the others of the area are."""
    reading = read(request, narrows=False)
    owner = owner_of(request.user, slug, own=own)
    found = picture_of(request.user, owner, pk)
    near = neighbours(found)
    context = reading.context(
        owner=owner,
        **owner.named,
        picture=found,
        where=where(found),
        is_later=has_passed(reading.day, found.day),
        is_baseline=near.baseline == found,
        others=_others(near, found, owner),
        plans=plans_on(request.user, found),
        verbs=_verbs(owner, found) if _may_edit(request, reading, owner) else [],
        crumbs=owner.crumbs,
    )
    return render(request, "situation_pictures/picture.html", context)


def _others(
    near: Neighbours, found: SituationPicture, owner: Owner
) -> list[tuple[str, SituationPicture, str]]:
    """What the others of the area are to this one: word, lägesbild and address."""
    pairs = [("Före", near.before), ("Efter", near.after)]
    if near.baseline not in (found, near.before):
        pairs.insert(0, ("Utgångsläge", near.baseline))
    return [(word, each, owner.url("read", each.pk)) for word, each in pairs if each is not None]


def _verbs(owner: Owner, found: SituationPicture) -> list[tuple[str, str]]:
    again = f"{owner.add_url}?fran={found.pk}"
    return [
        ("Ändra", owner.url("change", found.pk)),
        *([("Skriv en ny utifrån den här", again)] if owner.may_have_own else []),
        ("Återkalla", owner.url("withdraw", found.pk)),
    ]


def _may_edit(request: HttpRequest, reading: Reading, owner: Owner) -> bool:
    return reading.is_today and allowed(request.user, EDIT_PRIORITIES, owner.row)
