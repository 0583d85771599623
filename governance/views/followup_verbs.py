"""Pages that take a follow-up from draft to adopted, and where its members comment on it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from governance.forms.followups import (
    AdoptForm,
    CommentForm,
    HandBackForm,
    PlainForm,
    ReviseForm,
    SendForm,
)
from governance.models import Act, FollowUp
from governance.permissions import (
    may_comment,
    require,
    require_capacity,
)
from governance.queries.followup_verbs import comments_on, may_read_comments, not_now
from governance.queries.missing_parts import missing_parts
from governance.rights import ENTER_FOLLOWUP
from governance.services import followups
from governance.services.comments import comment
from governance.swedish import in_words
from governance.temporal import today
from governance.views.followups import crumbs_of, followup_of
from governance.views.group_verbs import form_page
from governance.views.verb_pages import CONFLICT, VerbPage, add_refusal, carry_out, tell


@form_page
def show_followup(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    followup = _to_write(request, year, slug)
    page = _page_of(
        followup,
        followups.show_to_members,
        heading="Visa för styrgruppen",
        lead="Alla ledamöter som sitter i gruppen i dag kan då läsa uppföljningen och kommentera "
        "den. Den går fortfarande att ändra.",
        confirm="Visa för styrgruppen",
    )
    return _carry_out(request, Act.Verb.SHOW, followup, PlainForm(request.POST or None), page)


@form_page
def send_followup(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Send it, or read all that is missing first."""
    followup = _to_write(request, year, slug)
    sections = followup.sections.select_related("challenge", "priority__challenge")
    missing = missing_parts(sections.order_by("order", "pk")) if followup.is_open else []
    if missing:
        context = {
            "followup": followup,
            "missing": missing,
            "here": _address(followup),
            "crumbs": crumbs_of(followup),
        }
        return render(request, "followup_verbs/missing.html", context)
    page = _page_of(
        followup,
        followups.send,
        heading="Skicka för fastställande",
        lead="När du skickar kan uppföljningen bli allmän handling. Läs igenom den först: inget "
        "om enskilda personer, och inget som polisen lämnat under sekretess. Uppgifterna fryses "
        f"som de var den {in_words(followup.cutoff)}.",
        confirm="Skicka för fastställande",
        fixed={"followup": followup, "now": timezone.now()},
    )
    form = SendForm(request.POST or None, followup=followup)
    return _carry_out(request, Act.Verb.SEND, followup, form, page)


@form_page
def return_followup(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    followup = followup_of(request.user, year, slug)
    require_capacity(request.user, followup)
    page = _page_of(
        followup,
        followups.hand_back,
        heading="Lämna tillbaka",
        lead="Den som skriver uppföljningen ser vad du vill ha ändrat och kan skicka den igen.",
        confirm="Lämna tillbaka",
    )
    form = HandBackForm(request.POST or None)
    return _carry_out(request, Act.Verb.HAND_BACK, followup, form, page)


@form_page
def adopt_followup(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    followup = followup_of(request.user, year, slug)
    capacities = require_capacity(request.user, followup)
    page = _page_of(
        followup,
        followups.adopt,
        heading="Registrera att gruppen har fastställt",
        lead="Ett möte fastställer uppföljningen. Här registrerar du vad mötet beslutade. "
        "Sedan är uppföljningen låst; är något fel öppnar sekreteraren en rättelse.",
        confirm="Registrera",
        fixed={"followup": followup, "today": today()},
    )
    form = AdoptForm(request.POST or None, followup=followup, capacities=capacities)
    return _carry_out(request, Act.Verb.ADOPT, followup, form, page)


@form_page
def revise_followup(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    followup = _to_write(request, year, slug)
    page = _page_of(
        followup,
        followups.revise,
        heading="Rätta uppföljningen",
        lead="En ny version öppnas som utkast med samma texter. Den fastställs som den första. "
        "Båda går att läsa.",
        confirm="Öppna en rättelse",
    )
    return _carry_out(request, Act.Verb.REVISE, followup, ReviseForm(request.POST or None), page)


@form_page
def followup_comments(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What members have said; those who may say something say it here."""
    followup = followup_of(request.user, year, slug)
    if not may_read_comments(request.user, followup):
        require(request.user, ENTER_FOLLOWUP, followup)
    may = may_comment(request.user, followup)
    form = CommentForm(request.POST or None, followup=followup)
    if request.method == "POST" and request.POST.get("steg") != "andra" and form.is_valid():
        try:
            said = comment(user=request.user, followup=followup, **form.arguments())  # type: ignore[arg-type]
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            tell(request, said)
            return redirect(request.path)
    context = {
        "followup": followup,
        "comments": comments_on(request.user, followup),
        "may_comment": may,
        "not_now": not_now(Act.Verb.COMMENT, followup),
        "form": form,
        "here": _address(followup),
        "crumbs": crumbs_of(followup),
    }
    return render(request, "followup_verbs/comments.html", context)


# -- what the pages share -----------------------------------------------------------------


def _to_write(request: HttpRequest, year: int, slug: str) -> FollowUp:
    followup = followup_of(request.user, year, slug)
    require(request.user, ENTER_FOLLOWUP, followup)
    return followup


def _carry_out(
    request: HttpRequest, verb: Act.Verb, followup: FollowUp, form: Any, page: VerbPage
) -> HttpResponse:
    """The verb's page; one that is opened in the wrong state says so, with nothing to fill in.

    What was typed before the state changed is answered by the form with the refusal.
    """
    refusal = not_now(verb, followup)
    if refusal and not request.POST:
        context = {
            "page": page,
            "refusal": refusal,
            "here": _address(followup),
            "followup": followup,
            "crumbs": page.crumbs,
        }
        return render(request, "followup_verbs/not_now.html", context, status=CONFLICT)
    return carry_out(request, form, page)


def _page_of(followup: FollowUp, service: Callable[..., Act], **more: Any) -> VerbPage:
    here = _address(followup)
    facts = [
        ("Styrgrupp", followup.group.name),
        ("År", str(followup.year)),
        ("Version", str(followup.number)),
        ("Läge", followup.get_state_display().capitalize()),
        ("Avstämningsdatum", in_words(followup.cutoff)),
    ]
    return VerbPage(
        service=service,
        cancel_url=here,
        seen=lambda form: followups.followup_seen(followup),
        after=lambda act: here,
        crumbs=crumbs_of(followup),
        facts=facts,
        about="Uppföljningen",
        **{"fixed": {"followup": followup}, **more},
    )


def _address(followup: FollowUp) -> str:
    return reverse("governance:followup", args=[followup.year, followup.group.slug])
