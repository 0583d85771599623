"""/styrgrupper/<slug>/bemanna/: a whole group in one grid."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.forms.staffing import StaffForm
from governance.permissions import get_permitted, visible_groups
from governance.queries.staffing import Beginnings, staffing
from governance.rights import EDIT_ROSTER
from governance.services import rosters
from governance.temporal import today
from governance.views.group_verbs import GROUPS, form_page
from governance.views.verb_pages import VerbPage, carry_out


@form_page
def staff(request: HttpRequest, slug: str) -> HttpResponse:
    """A whole group in one grid: who is to begin, on any number of seats."""
    now = today()
    rows = visible_groups(request.user).select_related("agreement").with_state(now)
    group = get_permitted(request.user, EDIT_ROSTER, rows, slug=slug)
    here = reverse("governance:group", args=[group.slug])
    form = StaffForm(request.POST or None, today=now, rows=staffing(request.user, group, now))
    page = VerbPage(
        service=rosters.change_many,
        heading=f"Bemanna {group.name}",
        lead="Välj eller skriv en ny ledamot på de rader som ska ändras. Övriga rader rörs inte.",
        confirm="Spara alla ändringar",
        cancel_url=here,
        timeline=Beginnings(request.user),
        timeline_template="rosters/begins.html",
        groups=lambda form: [group],
        done=lambda act: group,
        fixed={"group": group},
        crumbs=[(GROUPS[0], reverse(GROUPS[1])), (group.name, here)],
        form_template="rosters/grid.html",
    )
    return carry_out(request, form, page)
