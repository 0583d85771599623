"""Pages that write lägesbilder: added (perhaps from an earlier one), changed, withdrawn.

The texts are long, so they are saved at once, without a preview. When somebody else has
saved in between nothing is written: what is saved now stands beside what was typed, field
by field, and the next save is made knowing both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.forms.pictures import PictureForm, WithdrawPictureForm
from governance.models import Act, SituationPicture, SteeringGroup
from governance.permissions import names, require
from governance.queries.pictures import (
    TEXTS,
    areas_of,
    of_owner,
    seen_of,
    seen_of_owner,
    where,
)
from governance.rights import EDIT_PRIORITIES
from governance.services import pictures as services
from governance.services.acts import Stale
from governance.swedish import in_words
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.kept_text import keeps_long_text
from governance.views.situation_pictures import Owner, owner_of, picture_of
from governance.views.verb_pages import CONFLICT, VerbPage, add_refusal, carry_out, number_in, tell

MEANWHILE = (
    "sparade medan du skrev. Båda texterna finns kvar. Välj vilken som ska gälla: det sparade "
    "står vid sidan av ditt, och inget av ditt är sparat än."
)
WITHDRAWN = (
    "Lägesbilden återkallades medan du skrev. Inget har sparats. Det du skrev står kvar här: "
    "spara det som en ny lägesbild, eller avbryt."
)


@dataclass(frozen=True)
class Beside:
    """What stands beside the fields of a form: texts by the name of the field."""

    title: str
    texts: dict[str, str]


@dataclass
class Writing:
    """A form that is saved at once; `seen` tells what is there now, `beside` what to show."""

    owner: Owner
    form: PictureForm
    service: Callable[..., Act]
    heading: str
    lead: str
    confirm: str
    cancel_url: str
    seen: Callable[[], int]
    fixed: dict[str, Any]
    beside: Callable[[], Beside | None] = lambda: None
    stale_beside: Callable[[], Beside | None] = lambda: None
    after: Callable[[], str] | None = None
    more: dict[str, Any] = field(default_factory=dict)


@keeps_long_text
@form_page
def add_picture(request: HttpRequest, slug: str, own: bool) -> HttpResponse:
    """A new one; with `?fran=` the form begins with the texts of that one."""
    owner = _to_write(request, slug, own=own)
    if not owner.may_have_own:
        raise Http404
    earlier = _earlier(request, owner)
    return _write(request, _adding(request, owner, earlier))


@keeps_long_text
@form_page
def change_picture(request: HttpRequest, slug: str, pk: int, own: bool) -> HttpResponse:
    owner = _to_write(request, slug, own=own)
    if request.method == "POST" and _was_withdrawn(owner, pk):
        page = _adding(request, owner, None)
        return _form(request, page, page.seen(), stale=WITHDRAWN, action=owner.add_url)
    found = picture_of(request.user, owner, pk)
    texts = ["day", "area", *TEXTS] if owner.is_group else ["day", *TEXTS]
    form = _picture_form(request, owner, {name: getattr(found, name) for name in texts})
    page = Writing(
        owner=owner,
        form=form,
        service=services.change_picture,
        heading="Ändra lägesbilden",
        lead=f"{_about(found)} Det som stod förut finns kvar i historiken.",
        confirm="Spara lägesbilden",
        cancel_url=owner.url("read", pk),
        seen=lambda: seen_of(found),
        fixed={"picture": found, "today": today()},
        stale_beside=lambda: _as_saved(picture_of(request.user, owner, pk), form),
        after=lambda: owner.url("read", pk),
    )
    return _write(request, page)


@form_page
def withdraw_picture(request: HttpRequest, slug: str, pk: int, own: bool) -> HttpResponse:
    owner = _to_write(request, slug, own=own)
    found = picture_of(request.user, owner, pk)
    page = VerbPage(
        service=services.withdraw_picture,
        heading="Återkalla lägesbilden",
        lead=f"{_about(found)} Återkalla bara det som lades in av misstag. "
        "Innehållet finns kvar i historiken.",
        confirm="Återkalla lägesbilden",
        cancel_url=owner.url("read", pk),
        seen=lambda form: seen_of(found),
        fixed={"picture": found},
        after=lambda act: owner.list_url,
        crumbs=owner.crumbs,
        danger=True,
        about="Lägesbilden",
    )
    form = WithdrawPictureForm(request.POST if request.method == "POST" else None)
    return carry_out(request, form, page)


# -- what the pages share -------------------------------------------------------------------


def _to_write(request: HttpRequest, slug: str, *, own: bool) -> Owner:
    owner = owner_of(request.user, slug, own=own)
    require(request.user, EDIT_PRIORITIES, owner.row)
    return owner


def _earlier(request: HttpRequest, owner: Owner) -> SituationPicture | None:
    """The one that `?fran=` asks for, or else the latest that there is."""
    asked = number_in(request.GET.get("fran", ""))
    if asked is not None:
        return picture_of(request.user, owner, asked)
    return of_owner(owner.row).select_related("area").order_by("-day", "-pk").first()


def _adding(request: HttpRequest, owner: Owner, earlier: SituationPicture | None) -> Writing:
    begins = {"day": today()}
    copied = earlier is not None and "fran" in request.GET
    if earlier is not None:
        names_ = ["area", *TEXTS] if copied else ["area"]
        begins |= {name: getattr(earlier, name) for name in names_}
    return Writing(
        owner=owner,
        form=_picture_form(request, owner, begins),
        service=services.add_picture,
        heading="Ny lägesbild",
        lead=f"För {owner.row.name}." if owner.is_group else "Kommunens egen.",
        confirm="Spara lägesbilden",
        cancel_url=owner.list_url,
        seen=lambda: seen_of_owner(owner.row),
        fixed={"owner": owner.row, "today": today()},
        beside=lambda: _as_earlier(earlier),
        stale_beside=lambda: _as_earlier(_earlier_now(owner)),
        more={"earlier": earlier, "copied": copied},
    )


def _earlier_now(owner: Owner) -> SituationPicture | None:
    return of_owner(owner.row).select_related("area", "group").order_by("-pk").first()


def _picture_form(request: HttpRequest, owner: Owner, begins: dict[str, Any]) -> PictureForm:
    areas = areas_of(request.user, owner.row) if isinstance(owner.row, SteeringGroup) else None
    sent = request.POST if request.method == "POST" else None
    return PictureForm(sent, areas=areas, initial=begins)


def _write(request: HttpRequest, page: Writing) -> HttpResponse:
    """Answer the form: as it is, with its faults, saved, or with what was saved meanwhile."""
    form, now = page.form, page.seen()
    if request.method != "POST":
        return _form(request, page, now)
    typed = number_in(request.POST.get("seen", ""))
    if request.POST.get("steg") == "andra" or not form.is_valid():
        return _form(request, page, typed)
    try:
        if typed is None:
            raise Stale("Lägesbilden")
        arguments = {**page.fixed, **form.arguments(), "seen": typed}
        done = page.service(user=request.user, **arguments)
    except Stale:
        # Read again: what was fetched with the page is older than what others have saved.
        return _form(request, page, page.seen(), stale=f"{_who(request, page)} {MEANWHILE}")
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return _form(request, page, typed)
    tell(request, done)
    return redirect(page.after() if page.after else page.owner.list_url)


def _form(
    request: HttpRequest, page: Writing, seen: int | None, stale: str = "", action: str = ""
) -> HttpResponse:
    beside = page.stale_beside() if stale else page.beside()
    context = {
        "page": page,
        "form": page.form,
        "fields": [(bound, _text_beside(beside, bound)) for bound in page.form.visible_fields()],
        "beside": beside,
        "seen": seen,
        "stale": stale,
        "action": action,
        "crumbs": page.owner.crumbs,
        **page.more,
    }
    status = CONFLICT if stale else None
    return render(request, "situation_pictures/form.html", context, status=status)


def _text_beside(beside: Beside | None, bound: forms.BoundField) -> str:
    return beside.texts.get(bound.name, "") if beside else ""


def _as_earlier(picture: SituationPicture | None) -> Beside | None:
    """The texts of an earlier one, to read beside those of the new one."""
    if picture is None:
        return None
    texts = {name: getattr(picture, name) for name in TEXTS}
    return Beside(f"Lägesbilden den {in_words(picture.day)}", texts)


def _as_saved(picture: SituationPicture, form: PictureForm) -> Beside:
    """What is saved now, of every field in which something else was typed."""
    words = {name: getattr(picture, name) or "Ingen text." for name in TEXTS}
    words |= {"day": in_words(picture.day), "area": where(picture)}
    typed = form.cleaned_data
    return Beside(
        "Sparat nu",
        {name: words[name] for name in typed if typed[name] != getattr(picture, name)},
    )


def _who(request: HttpRequest, page: Writing) -> str:
    """Who saved last, by name if the reader may see it."""
    history: Any = SituationPicture.history
    row = history.filter(history_id=page.seen()).select_related("caused_by__user__person").first()
    user = row.caused_by.user if row and row.caused_by else None
    person = getattr(user, "person", None)
    if person is None:
        return "Någon annan"
    owner = page.owner.row
    agreement = owner.agreement if isinstance(owner, SteeringGroup) else owner
    return names(request.user, [person], agreement).get(person.pk) or "Någon annan"


def _was_withdrawn(owner: Owner, pk: int) -> bool:
    """Whether one of the owner's with that key was there and is not any more."""
    if SituationPicture.objects.filter(pk=pk).exists():
        return False
    history: Any = SituationPicture.history
    return bool(history.filter(id=pk, history_type="-", **owner.named).exists())


def _about(picture: SituationPicture) -> str:
    return f"Lägesbilden den {in_words(picture.day)}, {where(picture)}."
