"""/andringar/: what has been done since a day, over all groups."""

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from governance.models import Act
from governance.permissions import allowed, visible_acts, visible_groups
from governance.queries.changes import acts_between
from governance.rights import EDIT_STRUCTURE
from governance.views.reading import Reading, day_asked, read
from governance.views.undo import offered

PER_PAGE = 25
DEFAULT_DAYS = 30
# The Swedish word for each verb in the address: `andrade-tackningen`.
VERBS = {slugify(each.label): each for each in Act.Verb}


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Acts from `?sedan=` through the day shown, the newest first; never by whom."""
    reading = read(request)
    since, bad_since = _since(request.GET.get("sedan", "").strip(), reading)
    verb = request.GET.get("verb", "")
    groups = list(reading.groups.order_by("sort_key"))
    chosen = next((group for group in groups if group.slug == request.GET.get("grupp")), None)
    acts = acts_between(
        visible_acts(request.user), since, reading.day, visible_groups(request.user)
    )
    if reading.agreement is not None:
        acts = acts.filter(agreement=reading.agreement)
    if verb in VERBS:
        acts = acts.filter(verb=VERBS[verb].value)
    if chosen is not None:
        acts = acts.filter(groups=chosen)
    page = Paginator(acts, PER_PAGE).get_page(request.GET.get("sida"))
    return render(
        request,
        "changes/changes.html",
        reading.context(
            page=page,
            rows=[_row(request, act) for act in page],
            undo_offered=offered(request.user, page.object_list),
            since=since,
            bad_since=bad_since,
            groups=groups,
            chosen=chosen,
            verb=verb,
            verbs=[(word, each.label) for word, each in VERBS.items()],
            query=[(key, value) for key, value in request.GET.items() if key != "sida"],
        ),
    )


def _since(text: str, reading: Reading) -> tuple[datetime.date, str]:
    """The first day to show, and the text that was no date, if it was none."""
    default = reading.day - datetime.timedelta(days=DEFAULT_DAYS)
    if not text:
        return default, ""
    day = day_asked(text)
    return (default, text[:40]) if day is None else (day, "")


def _row(request: HttpRequest, act: Act) -> dict[str, Any]:
    """An act as this reader may see it: the note only for those who may edit."""
    may_edit = act.agreement is not None and allowed(request.user, EDIT_STRUCTURE, act.agreement)
    return {
        "act": act,
        "groups": act.seen_groups,  # type: ignore[attr-defined]
        "lines": act.summary.splitlines(),
        "note": act.note if may_edit else "",
    }
