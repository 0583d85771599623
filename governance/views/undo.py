"""/andringar/<id>/angra/: take back what one has just done, and where that is offered."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from governance.models import Act, SteeringGroup
from governance.permissions import NotAllowed, get_visible, require, visible_acts
from governance.rights import EDIT_STRUCTURE, Account
from governance.services import undo as service
from governance.services.acts import rehearse
from governance.views.group_verbs import form_page
from governance.views.verb_pages import CONFLICT, tell


@form_page
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing would do; sent, it is done. What stands in the way is said in a sentence."""
    acts = visible_acts(request.user).select_related("agreement", "organization")
    act = get_visible(acts, pk=pk)
    groups = list(act.groups.select_related("agreement"))
    if missing := service.not_theirs(request.user, act):
        raise NotAllowed(service.right_to_undo(act), missing)
    if not groups and act.agreement is not None:
        require(request.user, EDIT_STRUCTURE, act.agreement)
    arguments: dict[str, Any] = {"user": request.user, "act": act, "now": timezone.now()}
    refusals: list[str] = []
    sentences: list[str] = []
    if act.user_id != request.user.pk:
        refusals = ["Bara den som gjorde ändringen kan ångra den. Gör en ny ändring i stället."]
    else:
        try:
            if request.method == "POST":
                tell(request, service.undo(**arguments))
                return redirect(_back(act, groups))
            rehearse(service.undo, **arguments)
            sentences = act.summary.splitlines()
        except ValidationError as refusal:
            refusals = refusal.messages
    context = {
        "act": act,
        "sentences": sentences,
        "refusals": refusals,
        "cancel_url": _back(act, groups),
        "crumbs": [("Ändringar", reverse("governance:changes"))],
    }
    status = CONFLICT if refusals and request.method == "POST" else None
    return render(request, "changes/undo.html", context, status=status)


def _back(act: Act, groups: list[SteeringGroup]) -> str:
    if act.organization is not None:
        return reverse("governance:stock", args=[act.organization.slug])
    if len(groups) != 1:
        return reverse("governance:changes")
    return reverse("governance:group", args=[groups[0].slug])


def offered(user: Account, acts: Iterable[Act]) -> int | None:
    """The key of the act in the list that the reader may undo: the latest, in one query at most.

    Only the latest is offered, for an older one is refused while a newer one builds on it.
    The list comes with `undone_by`.
    """
    now = timezone.now()
    for act in acts:
        undone = hasattr(act, "undone_by")
        if act.user_id == user.pk and act.verb in service.VERBS and not undone:
            recent = now - act.at <= service.WINDOW
            return act.pk if recent and not service.not_theirs(user, act) else None
    return None
