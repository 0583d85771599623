"""Inviting somebody to an account, and the letter that goes with it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.http import require_http_methods

from governance.forms.accounts import InviteForm
from governance.models import Agreement, User
from governance.permissions import require_somewhere
from governance.rights import EDIT_STRUCTURE
from governance.services import accounts as services
from governance.services.grants import give
from governance.views.kept_text import keeps_typed

CRUMBS = [("Mitt konto", "governance:account"), ("Konton", "governance:accounts")]


def actor(request: HttpRequest) -> User:
    """Who carries out the verb: somebody signed in, as every page here requires."""
    return cast(User, request.user)


def crumbs(length: int) -> list[tuple[str, str]]:
    return [(label, reverse(name)) for label, name in CRUMBS[:length]]


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Fill in, go through, save; an address that has an account is offered the right instead."""
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    form = InviteForm(request.POST or None, user=request.user, agreements=agreements)
    step = request.POST.get("steg", "")
    if form.is_valid() and step != "andra":
        account = User.objects.filter(email=form.cleaned_data["email"]).first()
        now = _stands(account)
        if account is not None and not form.cleaned_data["right"]:
            form.add_error(
                "right",
                "Adressen har redan ett konto. Välj en behörighet, "
                "så kan du ge den till det kontot i stället.",
            )
        elif step != "spara" or request.POST.get("konto", now) != now:
            return _preview_invitation(request, form, account)
        elif done := _carry_out_invitation(request, form, account):
            return done
    context = {"form": form, "crumbs": crumbs(2), "here": "invite"}
    return render(request, "accounts/invite.html", context)


def _preview_invitation(
    request: HttpRequest, form: InviteForm, account: User | None
) -> HttpResponse:
    context = {
        "heading": "Bjud in till ett konto",
        "sentences": form.sentences(has_account=account is not None),
        "hidden": [*typed(request), ("konto", _stands(account))],
        "confirm": "Bjud in" if account is None else "Ge behörigheten",
        "cancel_url": reverse("governance:accounts"),
        "crumbs": crumbs(2),
    }
    return render(request, "accounts/confirm.html", context)


def _stands(account: User | None) -> str:
    """Whether the address has an account: what a preview said of it must hold when confirmed."""
    return "finns" if account is not None else "saknas"


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a preview sends on: all that was typed."""
    own = {"csrfmiddlewaretoken", "steg", "konto"}
    return [(name, value) for name, value in request.POST.items() if name not in own]


def _carry_out_invitation(
    request: HttpRequest, form: InviteForm, account: User | None
) -> HttpResponse | None:
    """The page to go on to, or None when the form now says why not."""
    agreement, right = form.cleaned_data["agreement"], form.cleaned_data["right"]
    email = form.cleaned_data["email"]
    try:
        if account is not None:
            give(
                user=actor(request), account=account, right=right, on=agreement, agreement=agreement
            )
            messages.success(request, "Kontot har fått behörigheten.")
        else:
            services.invite(
                user=actor(request),
                agreement=agreement,
                email=email,
                person=form.whom(),
                right=right,
            )
            account = User.objects.get_by_natural_key(email)
            send(request, account, agreement)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    return redirect("governance:managed_account", account.pk)


def send(request: HttpRequest, account: User, agreement: Agreement) -> None:
    """Send the letter and say how it went; what went wrong is in the log, without addresses."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    link = request.build_absolute_uri(reverse("governance:invitation", args=[uid, token]))
    if services.send_invitation(account=account, agreement=agreement, link=link):
        messages.success(request, "Inbjudan är skickad.")
    else:
        messages.error(
            request,
            "Kontot finns, men brevet kunde inte skickas. Kontrollera adressen och välj "
            "”Skicka inbjudan igen” här nedanför om en stund.",
        )
