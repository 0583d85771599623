"""Rights given by hand in the agreements that the reader coordinates."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.grants import GiveForm
from governance.models import Agreement, Organization, SteeringGroup
from governance.permissions import get_visible, require_somewhere
from governance.queries.grants import (
    TABLES,
    grant_rows,
    grants_on,
    noun_of,
    own_organizations,
    words_of,
)
from governance.rights import EDIT_STRUCTURE
from governance.services.grants import give as give_right
from governance.services.grants import revoke as revoke_right
from governance.views.invitations import actor, typed
from governance.views.kept_text import keeps_typed

_NOUNS: dict[str, type[Model]] = {noun_of(noun): noun for noun in TABLES}


@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    context = {
        "rows": grant_rows(request.user, agreements),
        "agreements": agreements,
        "crumbs": _crumbs(1),
        "here": "grants",
    }
    return render(request, "accounts/grants.html", context)


def _crumbs(length: int) -> list[tuple[str, str]]:
    way = [("Mitt konto", "governance:account"), ("Behörigheter", "governance:grants")]
    return [(label, reverse(name)) for label, name in way[:length]]


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Fill in, go through, save."""
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    initial = {"account": request.GET.get("konto", "")}
    form = GiveForm(request.POST or None, user=request.user, agreements=agreements, initial=initial)
    step = request.POST.get("steg", "")
    if form.is_valid() and step != "andra":
        if step != "spara":
            context = {
                "heading": "Ge en behörighet",
                "sentences": form.sentences(),
                "hidden": typed(request),
                "confirm": "Ge behörigheten",
                "cancel_url": reverse("governance:grants"),
                "crumbs": _crumbs(2),
            }
            return render(request, "accounts/confirm.html", context)
        if _given(request, form):
            messages.success(request, "Behörigheten är given.")
            return redirect("governance:grants")
    return render(request, "accounts/give.html", {"form": form, "crumbs": _crumbs(2)})


def _given(request: HttpRequest, form: GiveForm) -> bool:
    data = form.cleaned_data
    try:
        give_right(
            user=actor(request),
            account=data["account"],
            right=data["right"],
            on=data["on"],
            agreement=form.agreement(),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, on: str, pk: int) -> HttpResponse:
    """Ask, then take back one right."""
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    if on not in _NOUNS:
        raise Http404
    grant = get_visible(grants_on(request.user, agreements, _NOUNS[on]), pk=pk)
    thing = grant.content_object
    if isinstance(thing, Organization) and thing.pk not in own_organizations(
        request.user, agreements
    ):
        raise Http404
    if request.method == "POST" and request.POST.get("steg") == "spara":
        agreement = _agreement_of(thing, agreements)
        try:
            revoke_right(user=actor(request), grant=grant, agreement=agreement)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("governance:grants")
        messages.success(request, "Behörigheten är borttagen.")
        # Whoever took away their own right no longer sees the list.
        return redirect("governance:account" if grant.user == request.user else "governance:grants")
    if request.POST.get("steg") == "andra":
        return redirect("governance:grants")
    right = words_of(grant.permission.codename)
    context = {
        "heading": "Ta bort en behörighet",
        "sentences": [f"{grant.user.shown} har inte längre rätten att {right}: {thing}."],
        "warnings": ["Det är din egen behörighet."] if grant.user == request.user else [],
        "hidden": [],
        "confirm": "Ta bort behörigheten",
        "cancel_url": reverse("governance:grants"),
        "danger": True,
        "crumbs": _crumbs(2),
    }
    return render(request, "accounts/confirm.html", context)


def _agreement_of(thing: Model, agreements: list[Agreement]) -> Agreement:
    if isinstance(thing, Agreement):
        return thing
    return thing.agreement if isinstance(thing, SteeringGroup) else agreements[0]
