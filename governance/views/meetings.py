"""/styrgrupper/<slug>/moten/: the meetings of a group, the calls to them, and the verbs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.documents.calendars import calendar_of
from governance.forms.meetings import CancelForm, ChangeMeetingForm, HoldForm, MeetingForm
from governance.models import Act, Meeting, Seat, SteeringGroup
from governance.permissions import allowed, get_permitted, get_visible, require, visible_groups
from governance.queries import meetings as queries
from governance.queries.contacts import addresses, contact_rows
from governance.queries.rosters import roster
from governance.rights import EDIT_PRIORITIES, Account
from governance.services import meetings as services
from governance.swedish import in_words
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.reading import read
from governance.views.seat_verbs import seat_label
from governance.views.verb_pages import VerbPage, carry_out


@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """What has been and what is to come, as known on the day."""
    reading = read(request)
    visible = visible_groups(request.user).select_related("agreement")
    group = get_visible(visible, slug=slug)
    context = reading.context(
        group=group,
        meetings=queries.meetings(group, reading.day),
        may_edit=reading.is_today and allowed(request.user, EDIT_PRIORITIES, group),
        crumbs=_crumbs(group)[:2],
    )
    return render(request, "meetings/meetings.html", context)


@require_safe
def call(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whom to call to a planned meeting: the addresses to copy, and the file for calendars."""
    meeting = _meeting(request.user, slug, pk)
    require(request.user, EDIT_PRIORITIES, meeting.group)
    visible = visible_groups(request.user).with_state(meeting.day).select_related("agreement")
    group = get_visible(visible, pk=meeting.group_id)
    rows = contact_rows(roster(request.user, group, meeting.day))
    called = addresses(rows)
    subject = f"Kallelse: {group.name} den {in_words(meeting.day)}"
    if meeting.state == Meeting.State.CANCELLED:
        subject = f"Inställt: {group.name} den {in_words(meeting.day)}"
    context = {
        "group": group,
        "meeting": meeting,
        "subject": subject,
        "copied": "; ".join(called),
        "address_count": len(called),
        "mailto": f"mailto:{','.join(map(_quoted, called))}?subject={quote(subject)}",
        "without": [seat_label(row.row.seat) for row in rows if not row.addresses],
        "crumbs": _crumbs(group),
    }
    return render(request, "meetings/call.html", context)


def _quoted(address: str) -> str:
    return quote(address, safe="@+")


@require_safe
def calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The meeting for a calendar program, for everybody who may read the group."""
    meeting = _meeting(request.user, slug, pk)
    page = request.build_absolute_uri(reverse("governance:meetings", args=[slug]))
    name = f"{slug}-{meeting.day}.ics"
    return HttpResponse(
        calendar_of(meeting, page),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# -- verbs --------------------------------------------------------------------------------


@form_page
def plan_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    visible = visible_groups(request.user).select_related("agreement")
    group = get_permitted(request.user, EDIT_PRIORITIES, visible, slug=slug)
    page = _page_of(
        group,
        services.plan_meeting,
        heading="Planera möte",
        lead=f"Möte i {group.name}. Har det redan varit? Lägg in det ändå, "
        "och registrera det sedan som hållet.",
        confirm="Planera mötet",
        fixed={"group": group},
    )
    return carry_out(request, MeetingForm(request.POST or None), page)


@form_page
def change_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _meeting_to_change(request.user, slug, pk)
    page = _page_of(
        meeting.group,
        services.change_meeting,
        heading="Ändra mötet",
        lead=_about(meeting),
        confirm="Ändra mötet",
        fixed={"meeting": meeting},
    )
    return carry_out(request, ChangeMeetingForm(request.POST or None, meeting=meeting), page)


@form_page
def hold_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _meeting_to_change(request.user, slug, pk)
    page = _page_of(
        meeting.group,
        services.hold_meeting,
        heading="Registrera som hållet",
        lead=f"{_about(meeting)} Själva anteckningarna sparas inte här.",
        confirm="Registrera mötet",
        fixed={"meeting": meeting, "today": today()},
    )
    seats = Seat.objects.as_of(meeting.day).filter(group=meeting.group)
    form = HoldForm(
        request.POST or None,
        meeting=meeting,
        seats=seats.select_related("function", "organization"),
    )
    return carry_out(request, form, page)


@form_page
def cancel_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _meeting_to_change(request.user, slug, pk)
    page = _page_of(
        meeting.group,
        services.cancel_meeting,
        heading="Ställ in mötet",
        lead=f"{_about(meeting)} Mötet står kvar som inställt. Tala om det för dem som är kallade.",
        confirm="Ställ in mötet",
        fixed={"meeting": meeting},
        danger=True,
    )
    form = CancelForm(request.POST if request.method == "POST" else None)
    return carry_out(request, form, page)


def _meeting(user: Account, slug: str, pk: int) -> Meeting:
    rows = Meeting.objects.filter(group__in=visible_groups(user), group__slug=slug)
    return get_visible(rows.select_related("group__agreement"), pk=pk)


def _meeting_to_change(user: Account, slug: str, pk: int) -> Meeting:
    meeting = _meeting(user, slug, pk)
    require(user, EDIT_PRIORITIES, meeting.group)
    return meeting


def _about(meeting: Meeting) -> str:
    return f"Mötet i {meeting.group.name} den {in_words(meeting.day)}."


def _crumbs(group: SteeringGroup) -> list[tuple[str, str]]:
    return [
        (GROUPS[0], reverse(GROUPS[1])),
        (group.name, reverse("governance:group", args=[group.slug])),
        ("Möten", reverse("governance:meetings", args=[group.slug])),
    ]


def _page_of(group: SteeringGroup, service: Callable[..., Act], **more: Any) -> VerbPage:
    here = reverse("governance:meetings", args=[group.slug])
    return VerbPage(
        service=service,
        cancel_url=here,
        groups=lambda form: [group],
        after=lambda act: here,
        crumbs=_crumbs(group),
        **more,
    )
