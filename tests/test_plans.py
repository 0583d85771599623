"""Action plans: made from a lägesbild, with measures and a decision, changed and withdrawn."""

import pytest

from governance.models import ActionPlan, Measure
from governance.services import plans as services
from governance.services.acts import Stale
from governance.services.plans import Content
from tests.days import day
from tests.following import make_measure, make_picture, make_plan, make_priority
from tests.verbs import caused, refused

pytestmark = pytest.mark.django_db
PLAN = Content(title="Plan 2026", valid_from=day("2026-01-01"))


@pytest.fixture
def measures(world):
    priority = make_priority(world.group, own_title="Trygga torg")
    return [make_measure(priority, world.city, title=title) for title in ("Ett", "Två")]


def test_a_plan_gathers_measures_and_says_that_no_decision_is_registered(world, measures):
    act = services.make_plan(user=None, group=world.group, content=PLAN, measures=measures[:1])
    plan = ActionPlan.objects.get()
    assert (act.verb, list(act.groups.all())) == ("plan", [world.group])
    assert act.summary.splitlines() == [
        f"{world.group.name}: åtgärdsplanen ”Plan 2026” läggs till, från och med den "
        "1 januari 2026.",
        "Den samlar 1 åtgärd. Beslutet är ej registrerat.",
    ]
    assert list(plan.measures.all()) == measures[:1]
    assert caused(act) == [("actionplan", "+"), ("measure", "~")]


def test_a_plan_gets_its_decision_later_and_other_measures(world, measures):
    plan = make_plan(world.group)
    Measure.objects.filter(pk=measures[0].pk).update(plan=plan)
    decided = Content(
        title=plan.title,
        valid_from=plan.valid_from,
        decided_by="Styrgruppen",
        decided_on=day("2021-03-05"),
        registry_number="2021/7",
    )
    act = services.change_plan(user=None, plan=plan, content=decided, measures=measures[1:])
    assert act.summary.splitlines() == [
        f"{world.group.name}: åtgärdsplanen ”Åtgärdsplan” ändras: beslutad av, beslutad den, "
        "diarienummer och åtgärderna i den.",
        "Den samlar 1 åtgärd. Beslutad den 5 mars 2021.",
    ]
    assert list(plan.measures.all()) == measures[1:]
    arguments = {"user": None, "plan": plan, "content": decided}
    same = refused(services.change_plan, measures=measures[1:], **arguments)
    assert "redan sådana" in str(same)


def test_a_plan_takes_no_other_groups_measure_or_lägesbild(world, measures):
    other = make_measure(make_priority(world.central, own_title="Annat"), world.city)
    arguments = {"user": None, "group": world.group}
    found = refused(services.make_plan, content=PLAN, measures=[other], **arguments)
    assert set(found) == {"measures"}
    theirs = Content("Plan", day("2026-01-01"), picture=make_picture(world.central))
    assert set(refused(services.make_plan, content=theirs, **arguments)) == {"picture"}
    own = Content("Plan", day("2026-01-01"), picture=make_picture(world.group))
    services.make_plan(content=own, **arguments)
    municipal = make_picture(None, agreement=world.agreement)
    services.make_plan(content=Content("Två", day("2026-01-01"), picture=municipal), **arguments)
    assert ActionPlan.objects.count() == 2


def test_a_plan_does_not_end_before_it_begins(world):
    turned = Content("Plan", day("2026-01-01"), valid_through=day("2025-12-31"))
    found = refused(services.make_plan, user=None, group=world.group, content=turned)
    assert "Sista dagen får inte ligga före första dagen." in str(found)


def test_a_wrongly_entered_plan_lets_its_measures_go(world, measures):
    services.make_plan(user=None, group=world.group, content=PLAN, measures=measures)
    plan = ActionPlan.objects.get()
    act = services.withdraw_plan(user=None, plan=plan)
    assert act.summary.endswith("”Plan 2026” tas bort. 2 åtgärder finns kvar utan plan.")
    assert Measure.objects.filter(plan=None).count() == 2
    assert ActionPlan.history.filter(caused_by=act, history_type="-").exists()
    with pytest.raises(Stale):
        services.withdraw_plan(user=None, plan=plan)


# -- pages ----------------------------------------------------------------------------------


@pytest.fixture
def plan(farsta):
    return make_plan(farsta, valid_through=day("2021-12-31"))


@pytest.mark.parametrize(
    ("on", "shown"),
    [("2021-02-28", False), ("2021-03-01", True), ("2021-12-31", True), ("2022-01-01", False)],
)
def test_the_plan_of_the_day_is_shown_and_others_are_a_link_away(client, fatima, plan, on, shown):
    client.force_login(fatima)
    page = client.get(f"/styrgrupper/farsta/atgardsplan/?datum={on}")
    assert (page.context["plan"] == plan) is shown
    body = page.content.decode()
    assert ("ej registrerat" in body) is shown
    assert (f"/atgardsplan/{plan.pk}/" in body) is not shown


def test_a_group_without_a_plan_says_what_one_is(client, sven, farsta):
    client.force_login(sven)
    body = client.get("/styrgrupper/farsta/atgardsplan/").content.decode()
    assert "Gruppen har ingen åtgärdsplan än." in body
    assert "Gör en åtgärdsplan" in body


def test_a_plan_is_made_on_its_page_from_a_lägesbild(client, sven, farsta):
    measure = make_measure(
        make_priority(farsta, own_title="Trygga torg"), farsta.seats.first().organization
    )
    picture = make_picture(farsta)
    client.force_login(sven)
    url = "/styrgrupper/farsta/atgardsplan/ny/"
    seen = client.get(url).context["seen"]
    typed = {
        "title": "Plan 2026",
        "valid_from": "2026-01-01",
        "picture": picture.pk,
        "measures": [measure.pk],
        "seen": seen,
    }
    assert "Den samlar 1 åtgärd." in client.post(url, typed).content.decode()
    assert client.post(url, {**typed, "steg": "spara"}).status_code == 302
    made = ActionPlan.objects.get()
    assert (made.picture, list(made.measures.all())) == (picture, [measure])
    body = client.get(f"/styrgrupper/farsta/atgardsplan/{made.pk}/").content.decode()
    assert "den 1 februari 2021</a>" in body
    body = client.post(url, {**typed, "title": ""}).content.decode()
    assert "Skriv en titel." in body
    assert 'value="2026-01-01"' in body


def test_another_groups_plan_is_not_found_in_this_group(client, karin, plan):
    client.force_login(karin)
    for more in ("", "andra/", "ta-bort/"):
        assert client.get(f"/styrgrupper/jarva/atgardsplan/{plan.pk}/{more}").status_code == 404
