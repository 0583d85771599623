"""The forms of goals: the baseline that is suggested, and what is refused beside its field."""

import pytest

from governance.models import Goal, LocalPriority
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority, make_value
from tests.verb_pages import text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(world) -> LocalPriority:
    return make_priority(world.group, own_title="Trafik", reason="Barnen springer över")


@pytest.fixture
def goal(world, own) -> Goal:
    indicator = make_indicator(name="Oro för brott")
    make_value(indicator, world.district, 2020, 9, source="En <mätning>")
    return make_goal(own, indicator, world.district, due=day("2022-12-31"))


def test_the_baseline_is_suggested_with_its_year_and_source_escaped(as_anna, world, own, goal):
    address = url("add_goal", own.pk)
    first = as_anna.get(address)
    assert "indikator" in first.context["form"].fields
    wrong = as_anna.get(address, {"indikator": goal.indicator_id, "omrade": "x"})
    assert wrong.context["form"].errors["omrade"]
    type(goal).objects.filter(pk=goal.pk).delete()
    asked = {"indikator": goal.indicator_id, "omrade": world.district.pk}
    page = as_anna.get(address, asked)
    form = page.context["form"]
    assert (form["baseline"].value(), form["baseline_year"].value()) == (9, 2020)
    assert "Förslag: 9\u00a0% är utfallet 2020. Källa: En &lt;mätning&gt;." in text(page)
    assert "Lägre är bättre." in text(page)
    bare = as_anna.get(address, {**asked, "omrade": world.north.pk})
    assert "Inget utfall är känt för området." in text(bare)
    assert bare.context["form"]["baseline"].value() is None


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"target": "13"}, "target", "Lägre är bättre för Oro för brott."),
        ({"target": "tio"}, "target", "Skriv ett tal, till exempel 12 eller 12,5."),
        ({"target": "1,234"}, "target", "Skriv högst två decimaler."),
        ({"baseline_year": ""}, "baseline_year", "Skriv vilket år utgångsläget är från."),
        ({"baseline": ""}, "baseline", "Skriv utgångsläget, eller ta bort året."),
        ({"due": "2019-12-31"}, "due", "Prioriteringen börjar den 1 januari 2020."),
    ],
)
def test_a_goal_that_makes_no_sense_is_refused_beside_its_field(as_anna, goal, typed, field, said):
    numbers = {"baseline": "12,5", "baseline_year": "2019", "target": "8,25", "due": "2025-12-31"}
    answer = as_anna.post(url("change_goal", goal.pk), {**numbers, "aim": "Kvar", **typed})
    assert said in answer.context["form"].errors[field][0]
    assert "Kvar" in text(answer)


def test_an_indicator_and_an_area_from_elsewhere_are_refused(as_anna, own, goal, elsewhere):
    asked = {"indikator": goal.indicator_id, "omrade": elsewhere.north.pk}
    answer = as_anna.get(url("add_goal", own.pk), asked)
    assert "omrade" in answer.context["form"].errors
