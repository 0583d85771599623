"""/styrgrupper/<slug>/tidslinje/: how a group has been staffed through the years."""

import datetime
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.documents.timelines import draw
from governance.forms.days import FIRST, LAST
from governance.models import SteeringGroup
from governance.permissions import get_visible, visible_groups
from governance.queries.timelines import Window, timeline
from governance.views.reading import read

BEFORE, AFTER = 2, 1  # years beside that of the day, unless others are asked for
AT_MOST = 40
LEGEND = [
    ("ordinary", "Ordinarie"),
    ("acting", "Tillförordnad (tf.)"),
    ("deputy", "Personlig ersättare (ers.)"),
    ("leave", "Tjänstledig"),
    ("vacant", "Vakant"),
]
HATCHED = ("acting", "leave", "vacant")


@require_safe
def group_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """The seats of one group with their mandates and vacancies, as a drawing and as a table."""
    reading = read(request)
    visible = visible_groups(request.user).with_state(reading.day).select_related("agreement")
    group = get_visible(visible, slug=slug)
    window, fault = window_asked(request.GET, reading.day)
    lines = timeline(request.user, group, window)
    context = reading.context(
        group=group,
        state=group.state(reading.day),
        window=window,
        fault=fault,
        whole=_whole_life(group, reading.day),
        lines=lines,
        drawing=draw(lines, window, reading.day, reading.today),
        legend=LEGEND,
        hatched=HATCHED,
        keep_but_years=[each for each in reading.keep if each[0] not in ("fran", "till")],
        crumbs=[
            ("Styrgrupper", reverse("governance:groups")),
            (group.name, reverse("governance:group", args=[group.slug])),
        ],
    )
    return render(request, "timelines/timeline.html", context)


def window_asked(query: Mapping[str, str], day: datetime.date) -> tuple[Window, str]:
    """The years in the address, and what is wrong with them: then the usual ones are shown.

    One year alone is taken together with the usual other end, or with some years beside it.
    """
    usual = Window(max(day.year - BEFORE, FIRST.year), min(day.year + AFTER, LAST.year))
    texts = {name: query.get(name, "").strip() for name in ("fran", "till")}
    first, last = (_year(text) for text in texts.values())
    window = Window(
        first or (min(usual.first_year, last - BEFORE) if last else usual.first_year),
        last or (max(usual.last_year, first + AFTER) if first else usual.last_year),
    )
    odd = next((text for text in texts.values() if text and _year(text) is None), "")
    if odd:
        fault = f"{odd[:20]} är inget år från {FIRST.year} till {LAST.year}."
    elif not window.years:
        fault = f"Det första året, {first}, ligger efter det sista, {last}."
    elif len(window.years) > AT_MOST:
        fault = f"Tidslinjen visar högst {AT_MOST} år på en gång."
    else:
        return window, ""
    return usual, f"{fault} Sidan visar {usual}."


def _year(text: str) -> int | None:
    """The year that `text` is; None for what is none, or is too far away."""
    year = int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else 0
    return year if FIRST.year <= year <= LAST.year else None


def _whole_life(group: SteeringGroup, day: datetime.date) -> Window:
    """The years from the group's first to its last, or to the one after the day."""
    first, end = group.valid_from.year, group.valid_through
    last = end.year if end else min(max(day.year, first) + AFTER, LAST.year)
    return Window(max(first, last + 1 - AT_MOST), last)
