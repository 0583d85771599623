"""The open page where an organisation answers, and where a coordinator takes a stand on it."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from governance.forms.answers import RecordForm, ReplyForm, SettleForm
from governance.models import Answer, Confirmation, Inquiry, Person, Seat
from governance.permissions import get_visible, require, visible_groups
from governance.queries.inquiries import (
    WHOEVER_HAS_THE_LINK,
    AskedSeat,
    Proposal,
    asked_seats,
    proposals,
)
from governance.queries.seats import SeatTimeline, around, person_label
from governance.rights import EDIT_ROSTER
from governance.services import answers as services
from governance.services import settlements
from governance.services.inquiries import inquiry_of
from governance.swedish import fold, in_words
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.inquiries import HERE, inquiry_to_keep, page_of_inquiries
from governance.views.verb_pages import VerbPage, add_refusal, carry_out

# What a form can hold: eight fields a seat, of the thousand that one may send.
SEATS_A_PAGE = 50
GONE = 410


def kept_to_oneself(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody keep the page, list it, or learn its address from where its links lead.

    The origin alone is told, since a browser that tells nothing at all sends forms that
    the protection against forged ones must refuse.
    """

    @functools.wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


@login_not_required
@kept_to_oneself
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_facts(request: HttpRequest, token: str) -> HttpResponse:
    """What the organisation is asked, and its answer; only what is posted changes anything."""
    inquiry = inquiry_of(token, today())
    if inquiry is None:
        return render(request, "inquiries/closed.html", status=GONE)
    rows = asked_seats(WHOEVER_HAS_THE_LINK, inquiry, today())
    if request.method != "POST" and request.GET.get("visa") == "svar":
        waiting = sum(not row.is_answered for row in rows)
        context = {"inquiry": inquiry, "rows": rows, "token": token, "waiting": waiting}
        return render(request, "inquiries/thanks.html", context)
    page = _page(request, rows)
    form = ReplyForm(request.POST or None, rows=list(page.object_list), today=today())
    if request.method == "POST" and form.is_valid():
        refusal = _reply(inquiry, form)
        if refusal is None or getattr(refusal, "code", "") == "same":
            return redirect(f"{request.path}?visa=svar")
        add_refusal(form, refusal)
    context = {"inquiry": inquiry, "form": form, "page": page, "total": len(rows)}
    return render(request, "inquiries/answer.html", context)


def _page(request: HttpRequest, rows: list[AskedSeat]) -> Page[AskedSeat]:
    return Paginator(rows, SEATS_A_PAGE).get_page(request.GET.get("sida"))


def _reply(inquiry: Inquiry, form: ReplyForm) -> ValidationError | None:
    """Keep the answers; what is refused, if anything."""
    link = Confirmation.Channel.LINK
    arguments = form.arguments()
    try:
        services.reply(user=None, inquiry=inquiry, channel=link, day=today(), **arguments)
    except ValidationError as refusal:
        return refusal
    return None


@form_page
def record_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer that came by mail or phone, filled in by whoever received it."""
    inquiry, kept = inquiry_to_keep(request, pk)
    rows = asked_seats(request.user, inquiry, today(), kept)
    shown = _page(request, rows)
    page = VerbPage(
        service=services.reply,
        heading=f"Registrera ett svar från {inquiry.organization}",
        lead="Fyll i det som organisationen har sagt. Det som ska ändras blir ett förslag, som du "
        "sedan godtar.",
        confirm="Registrera svaret",
        fixed={"inquiry": inquiry, "day": today(), "groups": kept},
        form_template="inquiries/record.html",
        **page_of_inquiries(),
    )
    form = RecordForm(request.POST or None, rows=list(shown.object_list), today=today())
    form.page, form.total = shown, len(rows)  # type: ignore[attr-defined]
    return carry_out(request, form, page)


@form_page
def settle_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what an organisation has proposed, or decline it."""
    rows = Answer.objects.filter(seat__group__in=visible_groups(request.user))
    related = ["inquiry__agreement", "seat__group__agreement", "seat__organization"]
    answer = get_visible(rows.select_related("seat__function", "person", *related), pk=pk)
    require(request.user, EDIT_ROSTER, answer.seat.group)
    if answer.outcome and request.method != "POST":
        messages.info(request, settlements.SETTLED)
        return redirect(HERE[1])
    [proposal] = proposals(request.user, Answer.objects.filter(pk=answer.pk))
    near = around(request.user, answer.seat, today(), choose=True)
    people = [each for each in near.people if each[0] != answer.person]
    page = VerbPage(
        service=settlements.settle,
        heading=f"Ta ställning till förslaget om {_about(answer.seat)}",
        lead=f"I {answer.seat.group.name}. {_proposed_in_words(proposal)}",
        confirm="Spara",
        fixed={"answer": answer, "day": today()},
        facts=_facts(proposal),
        timeline=SeatTimeline(request.user, answer.seat),
        **{**page_of_inquiries(), "seen": lambda form: settlements.last_seen(answer)},
    )
    form = SettleForm(
        request.POST or None, answer=answer, people=people, alike=_alike(proposal, people)
    )
    return carry_out(request, form, page)


def _about(seat: Seat) -> str:
    """The seat as it is called in the middle of a sentence."""
    number = f" {seat.number}" if seat.number != 1 else ""
    return f"{seat.function.title}{number}, {seat.organization}"


def _proposed_in_words(proposal: Proposal) -> str:
    organization = proposal.answer.seat.organization
    if proposal.last_day is None:
        return f"{organization} föreslår ingen ändring."
    if proposal.answer.kind == Answer.Kind.LEFT:
        return f"{organization} säger att sista dagen är den {in_words(proposal.last_day)}."
    return f"{organization} föreslår en annan person."


def _facts(proposal: Proposal) -> list[tuple[str, str]]:
    shown = [("Ledamot nu", proposal.now), ("Föreslås", proposal.proposed)]
    facts = [(word, person_label(held.mandate.person, held.name)) for word, held in shown if held]
    return facts if proposal.now else [("Ledamot nu", "Ingen"), *facts]


def _alike(proposal: Proposal, people: list[tuple[Person, str]]) -> Person | None:
    """Somebody at the organisation with the very name that is proposed, if exactly one."""
    if proposal.proposed is None or not proposal.proposed.name:
        return None
    name = fold(proposal.proposed.name)
    found = [each for each, label in people if fold(label.split(",")[0]) == name]
    return found[0] if len(found) == 1 else None
