"""A company's own stock on one day: searched, sorted and counted, in as many queries always."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum

from governance.models import Address, Holding, HoldingKind, Organization, Property
from governance.permissions import visible_holdings
from governance.rights import Account
from governance.swedish import fold

ORDERS = {
    "nummer": ("Eget nummer", ("own_number", "property__sort_key", "pk")),
    "stadsdel": ("Stadsdel", ("property__stated_area__sort_key", "property__sort_key", "pk")),
    "lagenheter": ("Flest lägenheter", ("-property__flats", "property__sort_key", "pk")),
    "senast": ("Senast in i beståndet", ("-valid_from", "property__sort_key", "pk")),
}
_BY_DESIGNATION = ("property__sort_key", "own_number", "pk")
NO_USE, HIDDEN, NO_AREA, NO_NAME = "saknas", "dolda", "utan-stadsdel", "utan-beteckning"
SHOWN = [
    (HIDDEN, "Visas inte för andra"),
    (NO_AREA, "Utan stadsdel"),
    (NO_NAME, "Utan beteckning"),
]
RELATED = ("property__stated_area", "organization")


@dataclass(frozen=True)
class StockChoice:
    """What stands in the address: words, use, kind, what is missing, and the order."""

    q: str = ""
    till: str = ""
    slag: str = ""
    visa: str = ""
    ordning: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "StockChoice":
        """What is asked for, without what is no choice."""
        kinds, uses = HoldingKind.values, [*Property.Use.values, NO_USE]
        return cls(
            q=" ".join(sent.get("q", "")[:100].replace("\0", "").split()),
            till=_among(sent.get("till", ""), uses),
            slag=_among(sent.get("slag", ""), kinds),
            visa=_among(sent.get("visa", ""), [word for word, _ in SHOWN]),
            ordning=_among(sent.get("ordning", ""), ORDERS),
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.till or self.slag or self.visa)

    def address(self, **more: str) -> str:
        """The query of the address that shows this choice."""
        found = {name: text for name, text in {**vars(self), **more}.items() if text}
        return f"?{urlencode(found)}" if found else "?"


def _among(text: str, known: object) -> str:
    return text if text in known else ""  # type: ignore[operator]


class StockList:
    """The holdings of one organisation on `day` that the reader may see row by row."""

    def __init__(
        self, user: Account, organization: Organization, day: datetime.date, choice: StockChoice
    ) -> None:
        own = visible_holdings(user).filter(organization=organization)
        self.ever = own
        self.today = own.as_of(day)
        order = ORDERS[choice.ordning][1] if choice.ordning else _BY_DESIGNATION
        self.rows = _chosen(self.today, choice).order_by(*order)

    def with_related(self) -> QuerySet[Holding]:
        """The rows as the table and the file need them."""
        return self.rows.select_related(*RELATED).prefetch_related("property__addresses")

    def totals(self) -> dict[str, int]:
        """Properties and flats of the rows; a property held in two ways counts once."""
        chosen = self.rows.order_by().values("property")
        found = Property.objects.filter(pk__in=chosen).aggregate(flats=Sum("flats"))
        return {"flats": found["flats"] or 0}


def _chosen(rows: QuerySet[Holding], choice: StockChoice) -> QuerySet[Holding]:
    if choice.q:
        words = fold(choice.q)
        doors = Address.objects.filter(search_key__contains=words).values("property")
        rows = rows.filter(
            Q(property__search_key__contains=words)
            | Q(own_number__icontains=choice.q)
            | Q(property__stated_area__search_key__contains=words)
            | Q(property__in=doors)
        )
    if choice.till:
        rows = rows.filter(property__use="" if choice.till == NO_USE else choice.till)
    if choice.slag:
        rows = rows.filter(kind=choice.slag)
    if choice.visa == HIDDEN:
        rows = rows.filter(property__hidden=True)
    if choice.visa == NO_AREA:
        rows = rows.filter(property__stated_area=None)
    if choice.visa == NO_NAME:
        rows = rows.filter(property__tract="")
    return rows
