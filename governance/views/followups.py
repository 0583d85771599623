"""/uppfoljning/<year>/<slug>/: one group's follow-up, read and written section by section."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.forms.sections import SectionForm
from governance.models import FollowUp, FollowUpSection
from governance.permissions import allowed, get_visible, require, visible_followups
from governance.queries.followup_facts import facts_of
from governance.queries.followup_pages import (
    editor_names,
    figures_day,
    section_rows,
    state_of,
    whole_text,
)
from governance.queries.followup_verbs import applying, may_read_comments, verbs_for, versions_of
from governance.queries.snapshots import shown
from governance.rights import ENTER_FOLLOWUP, Account
from governance.services.sections import Conflict, save_section
from governance.views.group_verbs import form_page
from governance.views.kept_text import keeps_long_text
from governance.views.reading import Reading, read
from governance.views.rounds import ROUNDS
from governance.views.verb_pages import CONFLICT, add_refusal

REFUSED = 422


def followup_of(user: Account, year: int, slug: str, version: str = "") -> FollowUp:
    """Of the group and the year: the newest that the reader may see, or the one asked for.

    What is no version is not found: no other is shown in its place.
    """
    rows = visible_followups(user).select_related(
        "group__agreement", "version", "picture__area", "sent_by", "adopted_by"
    )
    if version:
        known = version.isascii() and version.isdigit() and len(version) < 5
        rows = rows.filter(number=int(version)) if known else rows.none()
    return get_visible(rows.order_by("-number"), year=year, group__slug=slug)


@require_safe
def followup(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Read it; those who may write it today have a form for each section.

    One that is sent or adopted is shown as it was frozen, whatever the day.
    """
    reading = read(request)
    found = followup_of(request.user, year, slug, request.GET.get("version", ""))
    around = _around(request, reading, found)
    frozen = shown(request.user, found)
    if frozen is not None:
        context = reading.context(frozen=frozen, **around)
        return render(request, "followups/sent.html", context)
    facts_day = figures_day(found, reading.day)
    facts = facts_of(found, facts_day)
    rows = section_rows(request.user, found, facts)
    writes = reading.is_today and found.is_open
    may_enter = writes and allowed(request.user, ENTER_FOLLOWUP, found)
    context = reading.context(
        **around,
        facts=facts,
        facts_day=facts_day,
        rows=[(row, SectionForm(section=row.section) if may_enter else None) for row in rows],
        done=sum(row.section.done for row in rows),
        whole=whole_text(rows),
        may_enter=may_enter,
    )
    return render(request, "followups/followup.html", context)


def _around(request: HttpRequest, reading: Reading, found: FollowUp) -> dict[str, Any]:
    """Its state and versions, and what the reader may do with it today."""
    versions = versions_of(request.user, found)
    is_newest = found.number == versions[0].number
    today = reading.is_today
    return {
        "followup": found,
        "group": found.group,
        "state": state_of(found),
        "versions": versions,
        "applies": applying(versions),
        "verbs": verbs_for(request.user, found, is_newest=is_newest) if today else [],
        "may_read_comments": today and is_newest and may_read_comments(request.user, found),
        "crumbs": crumbs_of(found)[:-1],
    }


@keeps_long_text
@form_page
def section(request: HttpRequest, year: int, slug: str, pk: int) -> HttpResponse:
    """Write one section. Saved by scripts it answers in JSON, else with a page.

    What is refused keeps what was typed; a newer text of somebody else is shown beside it.
    """
    found = followup_of(request.user, year, slug)
    rows = found.sections.select_related("challenge", "priority__challenge", "edited_by__person")
    row = get_visible(rows, pk=pk)
    require(request.user, ENTER_FOLLOWUP, found)
    row.followup = found
    form = SectionForm(request.POST or None, section=row)
    if request.method != "POST" and not found.is_open:
        return redirect("governance:followup", year=year, slug=slug)
    if request.method != "POST" or request.POST.get("steg") == "andra":
        return _page(request, row, form)
    try:
        if form.is_valid():
            saved = save_section(user=request.user, section=row, **form.arguments())  # type: ignore[arg-type]
            if _asks_for_json(request):
                at = timezone.localtime().strftime("%H.%M")
                return JsonResponse({"revision": saved.revision, "done": saved.done, "at": at})
            return redirect(f"{reverse('governance:followup', args=[year, slug])}#avsnitt-{pk}")
    except Conflict as conflict:
        return _conflict(request, row, form, conflict.section)
    except ValidationError as refusal:
        add_refusal(form, refusal)
    if _asks_for_json(request):
        sentences = [str(each) for errors in form.errors.values() for each in errors]
        return JsonResponse({"message": " ".join(sentences)}, status=REFUSED)
    return _page(request, row, form)


def crumbs_of(found: FollowUp) -> list[tuple[str, str]]:
    return [
        (ROUNDS[0], reverse(ROUNDS[1])),
        (str(found.year), reverse("governance:year", args=[found.year])),
        (found.group.name, reverse("governance:followup", args=[found.year, found.group.slug])),
    ]


def _asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _conflict(
    request: HttpRequest, row: FollowUpSection, form: SectionForm, newer: FollowUpSection
) -> HttpResponse:
    newer.followup = row.followup
    who = editor_names(request.user, row.followup, [newer])[newer.pk] or "Någon annan"
    sentence = f"{who} sparade medan du skrev. Båda texterna finns kvar. Välj vilken som ska gälla."
    if _asks_for_json(request):
        body = {
            "message": sentence,
            "text": newer.text,
            "judgement": newer.judgement,
            "done": newer.done,
            "revision": newer.revision,
        }
        return JsonResponse(body, status=CONFLICT)
    return _page(request, row, form, newer=newer, conflict=sentence)


def _page(
    request: HttpRequest, row: FollowUpSection, form: SectionForm, **more: Any
) -> HttpResponse:
    newer: FollowUpSection | None = more.get("newer")
    title = row.title[:1].upper() + row.title[1:]
    context = {
        "followup": row.followup,
        "group": row.followup.group,
        "section": row,
        "heading": title,
        "form": form,
        "based_on": newer.revision if newer else form["based_on"].value(),
        "crumbs": crumbs_of(row.followup),
        **more,
    }
    return render(request, "followups/section.html", context, status=CONFLICT if newer else None)
