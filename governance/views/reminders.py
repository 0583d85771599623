"""/paminnelser/: the letters that were mailed, to be read again."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Reminder
from governance.permissions import names, visible_reminders
from governance.services.reminders import next_monday
from governance.views.reading import read

PER_PAGE = 20


@dataclass(frozen=True)
class Letter:
    """A reminder, and to whom it went as this reader may see it."""

    reminder: Reminder
    recipient: str


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """The newest first: the reader's own, and all in the agreements that she coordinates."""
    reading = read(request)
    if not reading.agreements:
        raise Http404
    rows = visible_reminders(request.user).filter(agreement__in=reading.agreements)
    found = rows.through(reading.day).select_related("agreement", "user__person")  # type: ignore[attr-defined]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    context = reading.context(
        page=page,
        letters=_letters(request, list(page.object_list)),
        next_day=next_monday(reading.today),
        keep_but_page=[(name, text) for name, text in request.GET.items() if name != "sida"],
        crumbs=[("Mitt konto", reverse("governance:account"))],
    )
    return render(request, "reminders/reminders.html", context)


def _letters(request: HttpRequest, rows: list[Reminder]) -> list[Letter]:
    people = {row.user.person for row in rows if row.user and hasattr(row.user, "person")}
    shown = names(request.user, people)
    found = []
    for row in rows:
        if row.user is None:
            recipient = row.mailbox
        elif row.user == request.user:
            recipient = "Dig"
        else:
            person = getattr(row.user, "person", None)
            name = shown[person.pk] if person else ""
            recipient = "Namnet visas inte" if name is None else name or f"Konto {row.user.pk}"
        found.append(Letter(row, recipient))
    return found
