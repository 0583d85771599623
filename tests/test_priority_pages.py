"""The pages of priorities and goals: all groups', one group's, and the forms that change them."""

import pytest

from governance.models import Goal, LocalPriority
from governance.sheets import read_sheet
from governance.temporal import today
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority, make_value
from tests.seat_pages import cost
from tests.test_wanted_pages import words
from tests.verb_pages import hidden, text, url
from tests.worlds import make_group

pytestmark = pytest.mark.django_db
PRIORITIES = "/prioriteringar/"
TYPED = {"first_day": "2024-03-01", "last_day": "", "reason": "Hemligt skäl"}


@pytest.fixture
def own(world) -> LocalPriority:
    return make_priority(world.group, own_title="Trafik", reason="Barnen springer över")


@pytest.fixture
def goal(world, own) -> Goal:
    indicator = make_indicator(name="Oro för brott")
    make_value(indicator, world.district, 2020, 9, source="En <mätning>")
    return make_goal(own, indicator, world.district, due=day("2022-12-31"))


def saved(client, address: str, typed: dict):
    """Previewed, confirmed, and where it leads."""
    preview = client.post(address, typed)
    assert preview.context["sentences"], preview.context["form"].errors
    return client.post(address, {**hidden(preview), "steg": "spara"}, follow=True)


# -- read ------------------------------------------------------------------------------------------


def test_all_groups_priorities_are_read_with_their_goals_and_those_without_are_named(
    as_anna, world, goal
):
    make_group(world.agreement, "Andra gruppen")
    page = words(text(as_anna.get(PRIORITIES)))
    assert "1 prioritering i 1 grupp den" in page
    assert "Barnen springer över" in page
    assert "från 12 % (2020) till 10 % senast den 31 december 2022" in page
    assert "Senaste värde: 9 % (2020)." in page
    assert "1 grupp har inget inlagt" in page
    assert "Välj utmaningar för Andra gruppen" in page
    assert "Centrala gruppen" not in page[page.index("Lokala grupper utan") :]


def test_a_reader_without_the_right_gets_no_verbs(client, bo, world, goal):
    client.force_login(bo)
    make_group(world.agreement, "Andra gruppen")
    assert "Välj utmaningar" not in text(client.get(PRIORITIES))
    page = text(client.get(url("group_priorities", world.group.slug)))
    for address in ("/valj/", "/egen/", "/andra/", "/avsluta/", "/mal/", "/ordning/"):
        assert address not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "2 prioriteringar i 2 grupper"),
        ("?grupp=andra-gruppen", "1 prioritering i 1 grupp"),
        ("?utmaning=egna", "1 prioritering i 1 grupp"),
        ("?utmaning=x", "Ingen prioritering stämmer med urvalet"),
        ("?datum=2019-12-31", "Ingen grupp har inlagda prioriteringar den 31 december 2019."),
        ("?overenskommelse=provstad", "2 prioriteringar i 2 grupper"),
    ],
)
def test_the_list_is_narrowed_by_its_address(as_anna, world, own, query, said):
    make_priority(make_group(world.agreement, "Andra gruppen"), world.challenge)
    assert said in words(text(as_anna.get(PRIORITIES + query)))


def test_a_challenge_narrows_by_its_id(as_anna, world, own):
    make_priority(make_group(world.agreement, "Andra gruppen"), world.challenge)
    page = as_anna.get(f"{PRIORITIES}?utmaning={world.challenge.pk}")
    assert [row.priority.challenge for row in page.context["rows"]] == [world.challenge]


def test_the_sheet_has_what_the_page_has_and_a_row_for_each_goal(as_anna, world, goal):
    make_goal(goal.priority, make_indicator("P2"), world.north)
    answer = as_anna.get(f"{PRIORITIES}export/?format=csv")
    assert f"prioriteringar-{today()}.csv" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Lokala gruppen i Provstad;1;Trafik;egen;Barnen springer över;2020-01-01;;" in lines[1]
    assert ";12;2020;10;2022-12-31;9;2020" in lines[1]
    book = as_anna.get(f"{PRIORITIES}export/?grupp=finns-inte")
    assert len(read_sheet(book.content, "x.xlsx").rows) == 0


def test_the_challenges_name_the_groups_that_have_chosen_them(as_anna, world):
    page = words(text(as_anna.get("/utmaningar/")))
    assert "Ingen grupp har valt den." in page
    make_priority(world.group, own_title="Först")
    make_priority(world.group, world.challenge, order=2)
    page = words(text(as_anna.get("/utmaningar/")))
    assert "Prioriteras av Lokala gruppen i Provstad , om Trygga torg (nummer 2)" in page
    past = text(as_anna.get("/utmaningar/?datum=2019-12-31"))
    assert "Prioriteras av" not in past


def test_a_groups_page_shows_now_coming_and_earlier_and_another_day_has_no_verbs(
    as_anna, world, goal
):
    make_priority(world.group, own_title="Sedan", valid_from=day("2199-01-01"))
    make_priority(world.group, own_title="Förr", valid_through=day("2021-12-31"))
    address = url("group_priorities", world.group.slug)
    page = as_anna.get(address)
    found = page.context["found"]
    parts = [found.now, found.coming, found.earlier]
    assert [[row.priority.own_title for row in part] for part in parts] == [
        ["Trafik"],
        ["Sedan"],
        ["Förr"],
    ]
    assert "/ordning/" in text(page)
    past = text(as_anna.get(address, {"datum": "2021-12-31"}))
    assert "/andra/" not in past
    assert "2 prioriteringar den 31 december 2021" in words(past)


def test_a_group_that_has_ended_offers_no_new_ones(as_anna, world, own):
    type(world.group).objects.filter(pk=world.group.pk).update(valid_through=day("2025-01-01"))
    type(own).objects.filter(pk=own.pk).update(valid_through=day("2025-01-01"))
    page = text(as_anna.get(url("group_priorities", world.group.slug)))
    assert "/valj/" not in page
    assert "/mal/nytt/" not in page
    assert url("change_priority", own.pk) in page


def test_the_pages_are_linked(as_anna, world):
    address = url("group_priorities", world.group.slug)
    assert f'"{address}"' in text(as_anna.get(url("group", world.group.slug)))
    assert f'"{PRIORITIES}"' in text(as_anna.get("/"))
    assert f'"{PRIORITIES}"' in text(as_anna.get("/utmaningar/"))


@pytest.mark.parametrize("name", ["priorities", "group_priorities", "challenges", "add_goal"])
def test_a_page_costs_the_same_with_few_and_with_many(as_anna, world, name):
    arguments = {"group_priorities": [world.group.slug]}
    numbers = []
    made = []
    for number in (2, 40):
        for place in range(number):
            group = world.group if name == "group_priorities" else None
            group = group or make_group(world.agreement, f"Grupp {number} {place}")
            row = make_priority(group, own_title=f"Egen {number} {place}")
            indicator = make_indicator(f"P{number}-{place}")
            make_goal(row, indicator, world.district)
            make_value(indicator, world.district, 2020, 9)
            made.append(row)
        if name == "challenges":
            for row in made:
                type(row).objects.filter(pk=row.pk).update(challenge=world.challenge, own_title="")
        arguments["add_goal"] = [made[0].pk]
        numbers.append(cost(as_anna, url(name, *arguments.get(name, []))))
    assert numbers[0] == numbers[1] <= 12


# -- changed ---------------------------------------------------------------------------------------


def test_challenges_are_chosen_previewed_and_can_be_undone(as_anna, world):
    address = url("choose_challenges", world.group.slug)
    done = saved(as_anna, address, {**TYPED, "challenges": [world.challenge.pk]})
    assert done.redirect_chain[-1][0] == url("group_priorities", world.group.slug)
    assert "/angra/" in text(done)
    row = LocalPriority.objects.get(group=world.group)
    assert (row.challenge, row.valid_from, row.reason) == (
        world.challenge,
        day("2024-03-01"),
        "Hemligt skäl",
    )
    again = as_anna.get(address)
    assert "ingen version gäller, eller så är alla redan" in text(again)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(as_anna, world):
    answer = as_anna.post(url("choose_challenges", world.group.slug), {**TYPED, "first_day": "nu"})
    errors = answer.context["form"].errors
    assert errors["challenges"] == ["Välj minst en utmaning."]
    assert "nu är inget datum" in errors["first_day"][0]
    assert "Hemligt skäl" in text(answer)


def test_a_challenge_of_another_version_is_refused_beside_the_first_day(as_anna, world):
    world.version.valid_through = day("2021-12-31")
    world.version.save()
    address = url("choose_challenges", world.group.slug)
    answer = as_anna.post(address, {**TYPED, "earlier": [world.challenge.pk]})
    assert "hör till version 1, som inte gäller" in answer.context["form"].errors["first_day"][0]
    typed = {**TYPED, "earlier": [world.challenge.pk], "first_day": "2021-12-31"}
    saved(as_anna, address, typed)
    assert LocalPriority.objects.filter(group=world.group).count() == 1


def test_the_same_number_twice_is_refused(as_anna, world, own):
    other = make_priority(world.group, own_title="Andra", order=2)
    address = url("order_priorities", world.group.slug)
    answer = as_anna.post(address, {f"nummer_{own.pk}": "1", f"nummer_{other.pk}": "1"})
    assert answer.context["form"].errors[f"nummer_{other.pk}"] == [
        "Trafik har också nummer 1. Ge var och en ett eget nummer."
    ]
    saved(as_anna, address, {f"nummer_{own.pk}": "2", f"nummer_{other.pk}": "1"})
    ordered = LocalPriority.objects.filter(group=world.group).order_by("order")
    assert list(ordered) == [other, own]


def verbs(world, row: LocalPriority, goal: Goal) -> dict[str, tuple[str, dict]]:
    numbers = {"baseline": "12,5", "baseline_year": "2019", "target": "8,25", "due": "2025-12-31"}
    about = {"indikator": goal.indicator_id, "omrade": world.north.pk}
    slug = world.group.slug
    return {
        "add_own_priority": (
            url("add_own_priority", slug),
            {**TYPED, "own_title": "Ny"},
        ),
        "change_priority": (url("change_priority", row.pk), {**TYPED, "own_title": "Trafiken"}),
        "end_priority": (url("end_priority", row.pk), {"last_day": "2024-03-01"}),
        "add_goal": (url("add_goal", row.pk), {**numbers, **about}),
        "change_goal": (url("change_goal", goal.pk), {**numbers, "aim": "Lugnare"}),
        "remove_goal": (url("remove_goal", goal.pk), {"seen": ""}),
    }


VERBS = "add_own_priority change_priority end_priority add_goal change_goal remove_goal".split()


def everything() -> list:
    return [list(noun.objects.order_by("pk").values()) for noun in (LocalPriority, Goal)]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_previewed_confirmed_and_leads_back(as_anna, world, own, goal, verb):
    address, typed = verbs(world, own, goal)[verb]
    assert as_anna.get(address).status_code == 200
    before = everything()
    as_anna.post(address, typed)
    assert everything() == before
    done = saved(as_anna, address, typed)
    assert done.redirect_chain[-1][0] == url("group_priorities", world.group.slug)
    assert everything() != before


@pytest.mark.parametrize("verb", VERBS)
def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(
    as_anna, world, own, goal, verb
):
    address, typed = verbs(world, own, goal)[verb]
    preview = as_anna.post(address, typed)
    choose = url("choose_challenges", world.group.slug)
    saved(as_anna, choose, {**TYPED, "challenges": [world.challenge.pk]})
    before = everything()
    answer = as_anna.post(address, {**hidden(preview), "steg": "spara"})
    assert answer.status_code == 409
    assert everything() == before
