"""Pages that change the goals of a priority: set one, change it, take a wrong one away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.forms.goals import AboutForm, AddGoalForm, ChangeGoalForm, RemoveGoalForm
from governance.models import Area, Goal, Indicator, IndicatorValue
from governance.permissions import get_permitted, visible_goals, visible_indicators
from governance.queries.goals import goal_areas, known_values, suggested_baseline
from governance.queries.indicators import shown
from governance.rights import EDIT_PRIORITIES, Account
from governance.services import goals as services
from governance.swedish import in_words
from governance.temporal import today
from governance.views.group_verbs import form_page
from governance.views.priority_verbs import facts, page_of, priority_to_change
from governance.views.seat_verbs import Facts
from governance.views.verb_pages import carry_out


@form_page
def add_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """First the indicator and the area, then the goal with a baseline suggested from them."""
    priority = priority_to_change(request.user, pk)
    asked = request.POST if "indikator" in request.POST else request.GET
    about = AboutForm(
        asked or None,
        indicators=visible_indicators(request.user),
        areas=goal_areas(priority),
    )
    if not about.is_valid():
        page = page_of(
            priority.group,
            services.add_goal,
            heading="Sätt ett mål",
            lead=f"Börja med vad som mäts och var. Målet hör till {priority.short_title}.",
            confirm="",
        )
        context = {"page": page, "form": about, "crumbs": page.crumbs, "facts": facts(priority)}
        return render(request, "priorities/about_goal.html", context)
    indicator, area = about.cleaned_data["indikator"], about.cleaned_data["omrade"]
    values = known_values(indicator, area)
    page = page_of(
        priority.group,
        services.add_goal,
        heading="Sätt ett mål",
        lead=f"Målet hör till {priority.short_title} i {priority.group.name}.",
        confirm="Spara målet",
        fixed={"priority": priority, "indicator": indicator, "area": area, "day": today()},
        facts=_facts(indicator, area, values),
    )
    form = AddGoalForm(
        request.POST or None,
        indicator=indicator,
        area=area,
        suggested=suggested_baseline(values, priority),
        last_day=priority.valid_through,
    )
    return carry_out(request, form, page)


@form_page
def change_goal(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _goal_to_change(request.user, pk)
    page = page_of(
        goal.group,
        services.change_goal,
        heading="Ändra målet",
        lead="Gäller målet en annan indikator eller ett annat område? Ta bort det och sätt ett "
        "nytt.",
        confirm="Spara ändringen",
        fixed={"goal": goal},
        facts=_facts(goal.indicator, goal.area, known_values(goal.indicator, goal.area)),
    )
    return carry_out(request, ChangeGoalForm(request.POST or None, goal=goal), page)


@form_page
def remove_goal(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _goal_to_change(request.user, pk)
    page = page_of(
        goal.group,
        services.remove_goal,
        heading="Ta bort målet",
        lead="För ett mål som är inlagt av misstag. Ett mål som inte nåddes ska stå kvar.",
        confirm="Ta bort målet",
        fixed={"goal": goal},
        facts=[*_facts(goal.indicator, goal.area, []), *_terms(goal)],
        danger=True,
    )
    form = RemoveGoalForm(request.POST if request.method == "POST" else None)
    return carry_out(request, form, page)


def _goal_to_change(user: Account, pk: int) -> Goal:
    rows = visible_goals(user).select_related(
        "priority__group__agreement", "priority__challenge", "indicator", "area"
    )
    return get_permitted(user, EDIT_PRIORITIES, rows, pk=pk)


def _facts(indicator: Indicator, area: Area, values: list[IndicatorValue]) -> Facts:
    direction = indicator.get_direction_display()
    said = [f"{each.year}: {shown(indicator, each.value)}" for each in values]
    return [
        ("Indikator", indicator.name),
        ("Område", f"{area.name} ({area.get_kind_display()})"),
        ("Riktning", direction[:1].upper() + direction[1:]),
        *([("Kända utfall", ", ".join(said))] if said else []),
    ]


def _terms(goal: Goal) -> Facts:
    target = shown(goal.indicator, goal.target)
    return [("Mål", f"{target} senast den {in_words(goal.due)}")]
