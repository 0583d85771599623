"""What every reading page starts from: the day it is about and whose groups it shows."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from governance.forms.days import FIRST, LAST, read_day
from governance.models import Agreement
from governance.models.groups import SteeringGroupQuerySet
from governance.permissions import visible_groups
from governance.rights import rights
from governance.temporal import today


@dataclass(frozen=True)
class Reading:
    """One look at the app: `?datum=` and `?overenskommelse=`, read once at the edge.

    A `datum` that is no date gives today and `bad_date`, the text that was no date.
    `agreement` is the one chosen, None for all that the reader belongs to; one that
    the reader does not belong to is a 404.
    """

    day: datetime.date
    today: datetime.date
    bad_date: str
    agreement: Agreement | None
    agreements: list[Agreement]
    groups: SteeringGroupQuerySet
    keep: list[tuple[str, str]]

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    def context(self, **more: Any) -> dict[str, Any]:
        """The template context of a page: this, and what the page adds."""
        return {
            "reading": self,
            "day": self.day,
            "today": self.today,
            "is_today": self.is_today,
            "bad_date": self.bad_date,
            "keep": self.keep,
            **more,
        }


def read(request: HttpRequest, *, narrows: bool = True) -> Reading:
    """Read the address of a reading page; one that never narrows ignores `?overenskommelse=`."""
    now = today()
    asked = request.GET.get("datum", "").strip()
    day = day_asked(asked)
    agreements = rights(request.user).agreements
    chosen = _chosen(request.GET.get("overenskommelse", "") if narrows else "", agreements)
    groups = visible_groups(request.user)
    if chosen is not None:
        groups = groups.filter(agreement=chosen)
    return Reading(
        day=day or now,
        today=now,
        bad_date=asked[:40] if asked and day is None else "",
        agreement=chosen,
        agreements=[chosen] if chosen else agreements,
        groups=groups,
        keep=[(key, value) for key, value in request.GET.items() if key != "datum"],
    )


def day_asked(text: str) -> datetime.date | None:
    """The day that `text` is; None when it is no date, or so far away that days run out."""
    day = read_day(text)
    return day if day is not None and FIRST <= day <= LAST else None


def _chosen(slug: str, agreements: list[Agreement]) -> Agreement | None:
    if not slug:
        return None
    for agreement in agreements:
        if agreement.slug == slug:
            return agreement
    raise Http404
