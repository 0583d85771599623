"""/bekrafta/: organisations are asked whether their names are right, and what they answered."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.inquiries import AskForm, ConfirmGroupForm, WithdrawForm
from governance.models import Act, Inquiry, SteeringGroup
from governance.permissions import (
    NotAllowed,
    get_permitted,
    get_visible,
    require_on_a_group,
    visible_agreements,
    visible_groups,
)
from governance.queries import inquiries as queries
from governance.queries.rosters import roster
from governance.queries.seats import person_label
from governance.rights import EDIT_ROSTER
from governance.services import confirmations
from governance.services import inquiries as services
from governance.swedish import counted
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.reading import read
from governance.views.verb_pages import VerbPage, carry_out

HERE = ("Bekräfta uppgifterna", "governance:inquiries")


@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """What is left to settle, what is asked and not answered, and what has been asked before."""
    reading = read(request)
    kept = require_on_a_group(request.user, EDIT_ROSTER)
    if reading.agreement is not None:
        kept = [group for group in kept if group.agreement_id == reading.agreement.pk]
    rows = queries.inquiries_of(kept).select_related("organization", "agreement")
    open_rows = list(rows.as_of(reading.day).order_by("organization__sort_key"))  # type: ignore[attr-defined]
    ended = list(rows.ended(reading.day)[: queries.ENDED_AT_MOST])  # type: ignore[attr-defined]
    told = queries.asked([*open_rows, *ended], kept, reading.day)
    waiting = queries.open_proposals(request.user, kept if reading.is_today else [])
    context = reading.context(
        proposals=queries.proposals(request.user, waiting),
        open=[_with_link(request, each) for each in told[: len(open_rows)]],
        ended=told[len(open_rows) :],
        ended_at_most=queries.ENDED_AT_MOST,
        crumbs=[("Uppdrag", reverse("governance:mandates"))],
        agreements={group.agreement.slug: group.agreement for group in kept}.values(),
    )
    return render(request, "inquiries/inquiries.html", context)


def _with_link(request: HttpRequest, asked: queries.Asked) -> tuple[queries.Asked, str]:
    """The link is given only to those who keep all that it shows; others can record answers."""
    return asked, _link(request, asked.inquiry) if asked.shares_link else ""


def _link(request: HttpRequest, inquiry: Inquiry) -> str:
    address = reverse("governance:confirm_facts", args=[services.token_of(inquiry)])
    return request.build_absolute_uri(address)


@form_page
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = get_visible(visible_agreements(request.user), slug=slug)
    now = today()
    organizations = queries.organizations_to_ask(
        request.user, agreement, visible_groups(request.user), now
    )
    if not organizations:
        kept = require_on_a_group(request.user, EDIT_ROSTER)
        if all(group.agreement_id != agreement.pk for group in kept):
            raise NotAllowed(EDIT_ROSTER, agreement)
    page = VerbPage(
        service=services.ask,
        heading="Fråga organisationerna",
        lead="De får ett brev till sin funktionsbrevlåda med en länk, där de svarar utan konto. "
        "De ser bara sina egna platser.",
        confirm="Skicka frågan",
        cancel_url=reverse(HERE[1]),
        seen=lambda form: services.last_asked(agreement),
        done=_no_group,
        timeline=queries.Letters(),
        timeline_template="inquiries/letters.html",
        fixed={"agreement": agreement, "day": now},
        crumbs=[(HERE[0], reverse(HERE[1]))],
        after=partial(_send, request),
    )
    form = AskForm(
        request.POST or None,
        today=now,
        organizations=organizations,
        preselected=request.GET.get("organisation", ""),
    )
    return carry_out(request, form, page)


def _send(request: HttpRequest, done: Act) -> str:
    """Send the letters, now that the question is stored, and say how it went."""
    sent = services.send_letters(done=done, link_to=partial(_link, request))
    if sent.sent:
        messages.success(request, f"{counted(sent.sent, 'brev', 'brev')} skickades.")
    if sent.failed:
        messages.error(
            request,
            f"Brevet kunde inte skickas till {services.some(sent.failed)}. Frågan är öppen ändå. "
            "Välj Skicka igen här nedanför om en stund.",
        )
    if sent.without_address:
        messages.warning(
            request,
            f"{services.some(sent.without_address)} saknar funktionsbrevlåda. "
            "Kopiera länken här nedanför och skicka den själv.",
        )
    return reverse(HERE[1])


def _no_group(done: Act) -> SteeringGroup:
    return done.groups.get()


@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    inquiry, _ = inquiry_to_keep(request, pk)
    page = VerbPage(
        service=services.withdraw,
        heading=f"Stäng frågan till {inquiry.organization}",
        lead="Länken i brevet slutar gälla. Det som redan är svarat finns kvar.",
        confirm="Stäng frågan",
        danger=True,
        fixed={"inquiry": inquiry, "day": today()},
        **{
            **page_of_inquiries(),
            "seen": lambda form: services.last_asked(inquiry.agreement),
        },
    )
    return carry_out(request, WithdrawForm(request.POST or None), page)


@form_page
def confirm_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything in a group was gone through and found right, at a meeting."""
    now = today()
    rows = visible_groups(request.user).select_related("agreement").with_state(now)
    group = get_permitted(request.user, EDIT_ROSTER, rows, slug=slug)
    here = reverse("governance:group", args=[group.slug])
    page = VerbPage(
        service=confirmations.confirm_group,
        heading=f"Bekräfta uppgifterna i {group.name}",
        lead="Gör det när ni har gått igenom listan på ett möte och allt stämmer. "
        "Stämmer något inte: rätta det först.",
        confirm="Bekräfta uppgifterna",
        cancel_url=here,
        groups=lambda form: [group],
        done=lambda act: group,
        fixed={"group": group},
        facts=_sitting(request, group),
        crumbs=[(GROUPS[0], reverse(GROUPS[1])), (group.name, here)],
        form_template="inquiries/confirm_group.html",
    )
    return carry_out(request, ConfirmGroupForm(request.POST or None, today=now), page)


def _sitting(request: HttpRequest, group: SteeringGroup) -> list[tuple[str, str]]:
    """Who sits where today, beside the form."""
    found = []
    for row in roster(request.user, group, today()).rows:
        function = row.seat.function.title
        label = f"{function[:1].upper()}{function[1:]}, {row.seat.organization}"
        held = row.holder
        found.append((label, person_label(held.mandate.person, held.name) if held else "Ingen"))
    return found


# -- what the pages about one inquiry share ----------------------------------------------------


def inquiry_to_keep(request: HttpRequest, pk: int) -> tuple[Inquiry, list[SteeringGroup]]:
    """The inquiry, and the groups it is about whose rosters the user keeps: at least one."""
    visible = Inquiry.objects.filter(agreement__in=visible_agreements(request.user))
    inquiry = get_visible(visible.select_related("agreement", "organization"), pk=pk)
    kept = require_on_a_group(request.user, EDIT_ROSTER)
    if not queries.inquiries_of(kept).filter(pk=pk).exists():
        raise NotAllowed(EDIT_ROSTER, inquiry.agreement)
    return inquiry, kept


def page_of_inquiries() -> dict[str, Any]:
    """What a verb page about inquiries has in common with the others."""
    return {
        "cancel_url": reverse(HERE[1]),
        "seen": lambda form: None,
        "done": _no_group,
        "crumbs": [(HERE[0], reverse(HERE[1]))],
        "after": lambda done: reverse(HERE[1]),
    }
