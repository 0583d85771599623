"""The accounts that a coordinator handles: who has one, inviting, linking, closing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.accounts import LinkForm
from governance.models import Agreement, User
from governance.permissions import get_visible, names, require_somewhere
from governance.queries.accounts import (
    Held,
    belongs_elsewhere,
    handled_accounts,
    held_rights,
    organizations_of,
    rights_as_if_open,
)
from governance.rights import EDIT_STRUCTURE, Rights
from governance.services import accounts as services
from governance.views.invitations import actor, crumbs, send


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    organizations = organizations_of(request.user, agreements)
    rows = list(handled_accounts(agreements, organizations).order_by("email"))
    people = [row.person for row in rows if row.person_is_ours]  # type: ignore[attr-defined]
    shown = names(request.user, people)
    table = [(row, row.person_is_ours and shown.get(row.person.pk)) for row in rows]  # type: ignore[attr-defined]
    context = {"table": table, "agreements": agreements, "crumbs": crumbs(1), "here": "accounts"}
    return render(request, "accounts/accounts.html", context)


@dataclass(frozen=True)
class Managed:
    """One account as a coordinator sees it. `kept` says why it may not be closed here."""

    account: User
    agreements: list[Agreement]
    organizations: set[int]
    known: Rights
    kept: str

    @property
    def agreement(self) -> Agreement:
        """The agreement in whose name an act on the account is written."""
        return self.agreements[0]

    @property
    def held(self) -> list[Held]:
        return held_rights(self.known, self.agreements, self.organizations)


def _managed(request: HttpRequest, pk: int) -> Managed:
    """The account and what the coordinator may do with it; 404 outside the agreements."""
    agreements = require_somewhere(request.user, EDIT_STRUCTURE)
    organizations = organizations_of(request.user, agreements)
    account = get_visible(handled_accounts(agreements, organizations), pk=pk)
    known = rights_as_if_open(request.user, account)
    belongs = {agreement.pk for agreement in known.agreements}
    kept = ""
    if account == request.user:
        kept = "Ditt eget konto ändras av en annan samordnare eller av driftansvarig."
    elif account.is_staff or account.is_superuser:
        kept = "Kontot är driftansvarigs. Det ändras bara av driftansvarig."
    elif belongs_elsewhere(account, known, agreements):
        kept = (
            "Kontot hör också till en överenskommelse som du inte samordnar. Därför kan du bara "
            "ge och ta bort behörigheter i dina egna. Be driftansvarig om annat."
        )
    ordered = sorted(agreements, key=lambda each: each.pk not in belongs)
    return Managed(account, ordered, organizations, known, kept)


VERBS: dict[str, tuple[Callable[..., Any], str, str, list[str]]] = {
    "stang": (
        services.close,
        "Stäng kontot",
        "Kontot är stängt.",
        [
            "Kontot går inte att logga in med, och pågående inloggningar avslutas.",
            "Lösenordet tas bort. Om kontot öppnas igen väljs ett nytt.",
            "Behörigheterna står kvar men gäller inte så länge kontot är stängt.",
        ],
    ),
    "oppna": (
        services.reopen,
        "Öppna kontot igen",
        "Kontot är öppet igen.",
        [
            "Kontots behörigheter börjar gälla igen.",
            "Ett brev skickas med en länk där ett nytt lösenord väljs.",
        ],
    ),
    "lossa": (
        services.unlink,
        "Ta bort knytningen till personen",
        "Kontot är inte längre knutet till personen.",
        [
            "Allt som följer av personens arbetsplats och uppdrag upphör för kontot.",
            "Behörigheter som kontot har fått för hand står kvar.",
        ],
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account; `gor` is the verb, which is shown before it is carried out."""
    managed = _managed(request, pk)
    verb = request.POST.get("gor", "")
    if request.method == "POST" and verb == "skicka":
        return _send_again(request, managed)
    if request.method == "POST" and verb in VERBS:
        return _carry_out(request, managed, verb)
    if verb == "knyt" or request.GET.get("gor") == "knyt":
        return _link(request, managed)
    found = managed.account
    ours = found.person if found.person_is_ours else None  # type: ignore[attr-defined]
    context = {
        "managed": managed,
        "held": managed.held,
        "person": ours,
        "is_linked": hasattr(found, "person"),
        "days": services.LINK_DAYS,
        "name": names(request.user, [ours])[ours.pk] if ours else None,
        "crumbs": crumbs(2),
    }
    return render(request, "accounts/managed.html", context)


def _send_again(request: HttpRequest, managed: Managed) -> HttpResponse:
    account = managed.account
    if account.has_usable_password() or not account.is_active:
        messages.error(request, "Kontot väntar inte på någon inbjudan. Inget brev har skickats.")
    else:
        send(request, account, managed.agreement)
    return redirect("governance:managed_account", account.pk)


def _carry_out(request: HttpRequest, managed: Managed, verb: str) -> HttpResponse:
    carry_out, heading, done, sentences = VERBS[verb]
    account = managed.account
    page = reverse("governance:managed_account", args=[account.pk])
    if managed.kept:
        messages.error(request, managed.kept)
        return redirect(page)
    if request.POST.get("steg") == "spara":
        try:
            carry_out(user=actor(request), account=account, agreement=managed.agreement)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(page)
        messages.success(request, done)
        if verb == "oppna":
            account.refresh_from_db()
            send(request, account, managed.agreement)
        return redirect(page)
    if request.POST.get("steg") == "andra":
        return redirect(page)
    context = {
        "heading": heading,
        "lead": account.shown,
        "sentences": sentences,
        "hidden": [("gor", verb)],
        "confirm": heading,
        "cancel_url": page,
        "danger": verb != "oppna",
        "crumbs": crumbs(2),
    }
    return render(request, "accounts/confirm.html", context)


def _link(request: HttpRequest, managed: Managed) -> HttpResponse:
    """Choose whose account it is."""
    account = managed.account
    if managed.kept or hasattr(account, "person"):
        messages.error(request, managed.kept or "Kontot är redan knutet till en person.")
        return redirect("governance:managed_account", account.pk)
    form = LinkForm(
        request.POST or None,
        user=request.user,
        agreements=managed.agreements,
        organizations=managed.organizations,
    )
    if form.is_valid() and _linked(request, form, managed):
        messages.success(request, "Kontot är knutet till personen.")
        return redirect("governance:managed_account", account.pk)
    context = {"form": form, "account": account, "crumbs": crumbs(2)}
    return render(request, "accounts/link.html", context)


def _linked(request: HttpRequest, form: forms.Form, managed: Managed) -> bool:
    try:
        services.link(
            user=actor(request),
            account=managed.account,
            person=form.cleaned_data["person"],
            agreement=managed.agreement,
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
