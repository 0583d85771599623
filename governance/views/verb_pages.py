"""How a verb is carried out on a page: form, preview, confirmation, the same for all.

The form is previewed by rehearsing the service, and the preview carries everything
that was typed in hidden fields, with what the reader had seen. Confirmed, the same
service is called in earnest. When the group was changed in between (by somebody
else, a double click, the back button), nothing is changed and a new preview shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from governance.models import Act, SteeringGroup
from governance.services.acts import Stale, last_seen, rehearse
from governance.services.previews import CoverageChange
from governance.services.undo import can_undo

CONFLICT = 409
# What the buttons and the frame send, and not the reader.
OWN = {"csrfmiddlewaretoken", "steg", "seen"}
# A change in so many sentences is told whole afterwards, a longer one by its first.
TOLD_WHOLE = 2


class Look(Protocol):
    """Something that reads, while a verb is rehearsed, what the preview is to show of it."""

    def look(self, done: Act) -> None: ...


@dataclass(frozen=True)
class VerbPage:
    """What one verb's page says, and the service that it calls.

    `fixed` are arguments of the service that are not in the form. `groups` are those
    that the reader looks at, `done` is the one to go to afterwards. A verb that looks at
    less than whole groups has `seen` instead: the latest act on what it looks at, None
    when it looks at nothing yet. `change` reads the coverage before the verb, where the
    verb may change it; `timeline` is the seat whose mandates the preview shows. `after`
    is the address to go to when it is not the group's,
    and `about` is what a reader who comes too late is told has changed.
    """

    service: Callable[..., Act]
    heading: str
    lead: str
    confirm: str
    cancel_url: str
    done: Callable[[Act], SteeringGroup] = lambda act: act.groups.get()
    groups: Callable[[Any], list[SteeringGroup]] = lambda form: []
    seen: Callable[[Any], int | None] | None = None
    fixed: dict[str, Any] = field(default_factory=dict)
    change: Callable[[Any], CoverageChange] | None = None
    timeline: Look | None = None
    timeline_template: str = "mandates/timeline.html"
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    danger: bool = False
    form_template: str = "groups/verbs/form.html"
    after: Callable[[Act], str] | None = None
    about: str = "Gruppen"


def carry_out(request: HttpRequest, form: Any, page: VerbPage) -> HttpResponse:
    """Answer the form, its preview or its confirmation."""
    if request.method != "POST":
        return _form(request, form, page, _seen_now(form, page))
    typed = number_in(request.POST.get("seen", ""))
    step = request.POST.get("steg")
    if step == "andra" or not form.is_valid():
        return _form(request, form, page, typed)
    now = _seen_now(form, page)
    arguments = {"user": request.user, **page.fixed, **form.arguments()}
    stale = typed is not None and typed != now
    try:
        if step == "spara" and not stale and typed == now:
            return _save(request, page, {**arguments, **({} if now is None else {"seen": now})})
    except Stale:
        stale = True
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return _form(request, form, page, now)
    return _preview(request, form, page, arguments, stale)


def add_refusal(form: Any, refusal: ValidationError) -> None:
    """Put what a service refuses beside its field, or in the summary when it has none here."""
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal}
    for name, error in errors.items():
        here = getattr(form, "aliases", {}).get(name, name)
        form.add_error(here if here in form.fields else None, error)


def _save(request: HttpRequest, page: VerbPage, arguments: dict[str, Any]) -> HttpResponse:
    done = page.service(**arguments)
    tell(request, done)
    if page.after is not None:
        return redirect(page.after(done))
    return redirect("governance:group", slug=page.done(done).slug)


def tell(request: HttpRequest, done: Act) -> None:
    """Say on the next page what was done, with a link to undo it where that can be done."""
    undoable = can_undo(request.user, done, timezone.now())  # type: ignore[arg-type]
    sentences = done.summary.splitlines()
    text = " ".join(sentences) if len(sentences) <= TOLD_WHOLE else sentences[0]
    messages.success(request, text, extra_tags=str(done.pk) if undoable else "")


def _preview(
    request: HttpRequest, form: Any, page: VerbPage, arguments: dict[str, Any], stale: bool
) -> HttpResponse:
    seen = _seen_now(form, page)
    change = page.change(form) if page.change else None
    looks = [each for each in (change, page.timeline) if each is not None]

    def look(done: Act) -> None:
        for each in looks:
            each.look(done)

    try:
        sentences = rehearse(page.service, look=look if looks else None, **arguments)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return _form(request, form, page, seen, stale)
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    return _page(
        request,
        page,
        stale,
        sentences=[*sentences, *(change.still_bare() if change else [])],
        warnings=change.warnings() if change else [],
        timeline=page.timeline,
        hidden=[*(pair for pair in typed if pair[0] not in OWN), ("seen", seen)],
    )


def _form(
    request: HttpRequest, form: Any, page: VerbPage, seen: int | None, stale: bool = False
) -> HttpResponse:
    return _page(request, page, stale, form=form, seen=seen)


def _page(request: HttpRequest, page: VerbPage, stale: bool, **more: Any) -> HttpResponse:
    context = {
        "page": page,
        "crumbs": page.crumbs,
        "stale": Stale(page.about).message if stale else "",
        **more,
    }
    return render(request, "groups/verbs/verb.html", context, status=CONFLICT if stale else None)


def _seen_now(form: Any, page: VerbPage) -> int | None:
    """What the reader of the page has seen; None when nothing is looked at yet."""
    if page.seen is not None:
        return page.seen(form)
    groups = page.groups(form)
    return last_seen(groups) if groups else None


def number_in(text: str) -> int | None:
    """The key that `text` is; None when it can be none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
