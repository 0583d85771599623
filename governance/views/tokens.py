"""/konto/nycklar/ and /api/v1/docs: the keys to the API, and what can be asked of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from governance.api.interface import api
from governance.forms.tokens import TokenForm
from governance.permissions import get_visible, keyed_organizations, visible_tokens
from governance.services.tokens import create_token, revoke_token
from governance.views.group_verbs import form_page

MOST = 19  # digits of a key's id


@never_cache
@form_page
def api_tokens(request: HttpRequest) -> HttpResponse:
    """The keys of the reader's organisations: make one, which is shown once, or revoke one."""
    if request.method == "POST" and "aterkalla" in request.POST:
        return _revoke(request)
    user: Any = request.user
    organizations = keyed_organizations(user)
    typed = request.POST if request.method == "POST" else None
    form = TokenForm(typed, organizations=organizations)
    made, text = None, ""
    if request.method == "POST" and form.is_valid():
        made, text = create_token(
            user=user,
            organization=form.cleaned_data["organization"],
            name=form.cleaned_data["name"],
        )
        form = TokenForm(organizations=organizations)
    tokens = visible_tokens(user).select_related("organization")
    context = {
        "form": form,
        "may_create": bool(organizations),
        "made": made,
        "text": text,
        "tokens": tokens,
        "crumbs": [("Mitt konto", reverse("governance:account"))],
    }
    return render(request, "accounts/tokens.html", context)


def _revoke(request: HttpRequest) -> HttpResponse:
    typed = request.POST["aterkalla"]
    pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < MOST else 0
    user: Any = request.user
    token = get_visible(visible_tokens(user), pk=pk)
    try:
        done = revoke_token(user=user, token=token, now=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, done.summary)
    return redirect("governance:api_tokens")


@login_not_required
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """What can be asked, read from the OpenAPI document that machines read."""
    document = api.get_openapi_schema()
    questions = [
        _question(path, method, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    ]
    return render(request, "accounts/api.html", {"api": api, "questions": questions})


def _question(path: str, method: str, told: dict[str, Any]) -> dict[str, Any]:
    is_list, answer = _answer(told)
    return {
        "path": path,
        "method": method.upper(),
        "id": told["operationId"],
        "summary": told["summary"],
        "description": told.get("description", ""),
        "parameters": [_part(part) for part in told.get("parameters", [])],
        "has_body": "requestBody" in told,
        "is_list": is_list,
        "answer": answer,
    }


def _answer(told: dict[str, Any]) -> tuple[bool, list[str]]:
    """Whether the answer is a list, and the parts of it, or of its rows."""
    named = api.get_openapi_schema()["components"]["schemas"]
    sent = told["responses"][200]["content"]["application/json"]["schema"]
    parts = named[sent["$ref"].rsplit("/", 1)[1]]["properties"]
    row = parts.get("items", {}).get("items", {}).get("$ref", "")
    return bool(row), list(named[row.rsplit("/", 1)[1]]["properties"] if row else parts)


def _part(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a question; what may be left out has its description one step further in."""
    schema = part["schema"]
    inner = schema.get("anyOf", [{}])[0]
    said = schema.get("description") or inner.get("description", "")
    return {"name": part["name"], "said": said, "required": part.get("required", False)}
