"""Pages that anybody may read without signing in; none of them knows any person."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.queries.open_groups import open_groups
from governance.views.reading import read


@login_not_required
@require_safe
def local_groups(request: HttpRequest) -> HttpResponse:
    """Local groups, areas and functional mailboxes of every agreement, without names."""
    reading = read(request, narrows=False)
    return render(
        request,
        "open_pages/local_groups.html",
        reading.context(agreements=open_groups(reading.day)),
    )


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (tillgänglighetsredogörelse)."""
    return render(request, "open_pages/accessibility.html", {"mailbox": _mailbox()})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """How personal data are treated, and what the owner of the installation must fill in."""
    return render(request, "open_pages/privacy.html", {"mailbox": _mailbox()})


def _mailbox() -> str:
    return settings.DEFAULT_FROM_EMAIL
