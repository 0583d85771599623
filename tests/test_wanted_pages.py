"""The pages of wanted functions: the matrix, one group's, and the forms that change them."""

import re

import pytest
from django.urls import reverse

from governance.models import Seat, SteeringGroup, WantedFunction
from governance.queries.wanted import in_words, of_group, total, wishes
from governance.services import wanted
from governance.services.wanted import Terms
from governance.temporal import today
from tests.days import day
from tests.seat_pages import cost
from tests.verb_pages import hidden, text, url
from tests.worlds import FIRST, appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
FUNCTIONS = "/funktioner/"
TYPED = {"organization_kind": "bostadsbolag", "need": "sought", "level": "authorized"}
TYPED |= {"number": "1", "first_day": "2024-03-01", "appoints": "bolagets VD", "note": ""}


def the_wish(world) -> WantedFunction:
    return WantedFunction.objects.filter(group__agreement=world.agreement).latest("valid_from")


def stated(world, **more) -> WantedFunction:
    asked = {"groups": [world.group], "function": world.member.function, "first_day": FIRST}
    asked |= {"organization_kind": "bostadsbolag", "terms": Terms(), "user": None}
    wanted.want(**{**asked, **more})
    return the_wish(world)


def words(page: str) -> str:
    """The text of the page's main part, without tags."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# -- read ------------------------------------------------------------------------------------------


def test_the_matrix_says_the_same_as_the_lists_of_the_groups(client, karin):
    client.force_login(karin)
    counts = total(wishes(SteeringGroup.objects.all(), today()))
    assert f"{in_words(counts)}." in words(text(client.get(FUNCTIONS)))
    for group in SteeringGroup.objects.at_work(today()).with_state(today()):
        found = of_group(group, today())
        page = words(text(client.get(url("group_functions", group.slug))))
        assert not found.now or f"{found.sums}." in page


def test_a_housing_company_reads_what_is_wanted_from_it(client, fatima):
    client.force_login(fatima)
    page = client.get(FUNCTIONS)
    assert "?slag=bostadsbolag" in text(page)
    assert "det slag av organisation som Stockholmshem är." in words(text(page))
    page = client.get(FUNCTIONS, {"slag": "bostadsbolag"})
    assert [column.function.code for column in page.context["columns"]] == [
        "distriktschef",
        "omradeschef",
        "sakerhetschef",
    ]
    said = words(text(page))
    assert "Från bostadsbolag önskas 3 funktioner i 11 grupper" in said
    assert "Särskilt eftertraktad" in said
    assert "Lägg till" not in said


def test_what_was_wanted_on_another_day_is_read_without_verbs(client, karin):
    client.force_login(karin)
    page = text(client.get(FUNCTIONS, {"datum": "2020-01-01"}))
    assert "Lokal styrgrupp Norrmalm" in page
    assert "Lägg till" not in page
    group = text(client.get(url("group_functions", "farsta"), {"datum": "2020-01-01"}))
    assert "/andra/" not in group
    assert "inga önskade funktioner den 1 januari 2018" in words(
        text(client.get(url("group_functions", "farsta"), {"datum": "2018-01-01"}))
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?datum=2018-01-01", "Ingen grupp har önskade funktioner den 1 januari 2018."),
        ("?slag=bostadsbolag&lage=saknas", "Ingen önskad funktion stämmer med urvalet"),
        ("?slag=tokigt&lage=&behov=x", "7 funktioner önskas i 11 grupper"),
        ("?lage=saknas", "1 funktion önskas i 11 grupper"),
    ],
)
def test_an_empty_table_says_why_and_what_to_do(client, karin, query, said):
    client.force_login(karin)
    assert said in words(text(client.get(FUNCTIONS + query)))


def test_a_missing_seat_is_one_step_from_the_matrix_for_who_may_add_it(client, rut, farsta):
    client.force_login(rut)
    wish = farsta.wanted.get(function__code="avdelningschef")
    address = f"{url('add_seat', 'farsta')}?onskan={wish.pk}"
    page = text(client.get(FUNCTIONS))
    assert page.count("?onskan=") == 1
    assert address in page
    form = client.get(address).context["form"]
    assert form["function"].value() == wish.function_id
    assert form["fulfils"].value() == wish.pk
    kinds = {each.kind for each in form.fields["organization"].queryset}
    assert kinds == {"fackforvaltning"}
    assert "Önskemålet gäller slaget fackförvaltning" in form["organization"].help_text


def test_a_seat_is_added_for_the_wish_and_then_nothing_is_missing(client, rut, farsta):
    client.force_login(rut)
    wish = farsta.wanted.get(function__code="avdelningschef")
    address = f"{url('add_seat', 'farsta')}?onskan={wish.pk}"
    form = client.get(address).context["form"]
    chosen = form.fields["organization"].queryset.first()
    typed = {"organization": chosen.pk, "function": wish.function_id, "fulfils": wish.pk}
    typed |= {"role": "member", "first_day": "2026-01-01"}
    preview = client.post(address, typed)
    assert "Platsen uppfyller önskemålet avdelningschef från fackförvaltning." in text(preview)
    client.post(address, {**hidden(preview), "steg": "spara"})
    assert wish.seats.get().organization == chosen
    assert "Lägg till plats" not in words(text(client.get(url("group_functions", "farsta"))))


def test_the_page_of_a_group_is_linked_from_it(client, fatima):
    client.force_login(fatima)
    address = url("group_functions", "farsta")
    assert text(client.get(url("group", "farsta"))).count(f'"{address}"') == 2
    assert f'"{FUNCTIONS}"' in text(client.get(url("groups")))


@pytest.mark.parametrize("name", ["functions", "group_functions"])
def test_a_page_costs_the_same_with_ten_wished_seats_and_with_five_hundred(
    client, anna, world, name
):
    client.force_login(anna)
    stated(world, terms=Terms(number=600))
    address = url(name, *([world.group.slug] if name == "group_functions" else []))
    numbers = []
    for first, last in [(2, 10), (11, 500)]:
        seats = Seat.objects.bulk_create(
            Seat(
                group=world.group,
                organization=world.company,
                function=world.member.function,
                number=number,
                valid_from=FIRST,
                fulfils=the_wish(world),
            )
            for number in range(first, last + 1)
        )
        appoint(seats[0], make_person(world.company))
        numbers.append(cost(client, address))
    assert numbers[0] == numbers[1] <= 12


# -- changed ---------------------------------------------------------------------------------------


@pytest.fixture
def other(world) -> SteeringGroup:
    return make_group(world.agreement, "Andra gruppen")


def test_the_same_wish_is_put_into_all_local_groups_at_once(as_anna, world, other):
    typed = {**TYPED, "every_local": "on", "function": world.member.function_id}
    preview = as_anna.post(url("want"), typed)
    assert preview.context["sentences"][2] == (
        "Lokala gruppen i Provstad: provstad-chef, Provstads bostäder uppfyller önskemålet."
    )
    assert not WantedFunction.objects.filter(group__in=[world.group, other]).exists()
    done = as_anna.post(url("want"), {**hidden(preview), "steg": "spara"})
    assert done["Location"] == FUNCTIONS
    assert set(WantedFunction.objects.filter(appoints="bolagets VD").values_list("group")) >= {
        (world.group.pk,),
        (other.pk,),
    }
    assert not WantedFunction.objects.filter(group=world.central).exists()


def test_whoever_has_one_group_need_not_choose_it(client, rut, farsta):
    client.force_login(rut)
    assert client.get(url("want")).context["form"]["groups"].value() == [farsta.pk]


def test_a_wish_for_one_group_leads_back_to_it_and_can_be_undone(as_anna, world):
    typed = {**TYPED, "groups": [world.group.pk], "function": world.member.function_id}
    preview = as_anna.post(f"{url('want')}?grupp={world.group.slug}", typed)
    done = as_anna.post(url("want"), {**hidden(preview), "steg": "spara"}, follow=True)
    assert done.redirect_chain[-1][0] == url("group_functions", world.group.slug)
    assert "/angra/" in text(done)
    assert "Bolagets VD" in words(text(done))


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(as_anna, other):
    answer = as_anna.post(url("want"), {**TYPED, "number": "0", "first_day": "igår"})
    errors = answer.context["form"].errors
    assert errors["groups"] == ["Välj minst en styrgrupp."]
    assert errors["function"] == ["Välj en funktion."]
    assert set(errors) == {"groups", "function", "number", "first_day"}
    assert errors["number"] == ["Skriv hur många som önskas, från 1 till 20."]
    assert "bolagets VD" in text(answer)
    assert "igår" in text(answer)


def verbs(world) -> dict[str, tuple[str, dict]]:
    wish = the_wish(world)
    terms = {name: TYPED[name] for name in ("need", "level", "appoints", "note")}
    return {
        "change_wish": (
            url("change_wish", wish.pk),
            {**terms, "number": "2", "first_day": "2024-03-01"},
        ),
        "end_wish": (url("end_wish", wish.pk), {"last_day": "2024-03-01"}),
        "tie_seats": (url("tie_seats", wish.pk), {"seats": []}),
    }


@pytest.mark.parametrize("verb", ["change_wish", "end_wish", "tie_seats"])
def test_a_verb_is_previewed_confirmed_and_leads_back(as_anna, world, verb):
    stated(world)
    address, typed = verbs(world)[verb]
    assert as_anna.get(address).status_code == 200
    before = list(WantedFunction.objects.values()), list(Seat.objects.values())
    preview = as_anna.post(address, typed)
    assert preview.context["sentences"]
    assert (list(WantedFunction.objects.values()), list(Seat.objects.values())) == before
    done = as_anna.post(address, {**hidden(preview), "steg": "spara"})
    assert done["Location"] == url("group_functions", world.group.slug)
    assert (list(WantedFunction.objects.values()), list(Seat.objects.values())) != before


@pytest.mark.parametrize("verb", ["change_wish", "end_wish", "tie_seats"])
def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(as_anna, world, verb):
    wish = stated(world)
    address, typed = verbs(world)[verb]
    preview = as_anna.post(address, typed)
    wanted.change_wish(user=None, wish=wish, first_day=FIRST, terms=Terms(number=5))
    answer = as_anna.post(address, {**hidden(preview), "steg": "spara"})
    assert answer.status_code == 409
    assert the_wish(world).number == 5
    assert world.group.wanted.count() == 1


def test_a_secretary_states_wishes_but_adds_no_seats(client, sven, farsta):
    client.force_login(sven)
    page = text(client.get(url("group_functions", "farsta")))
    assert "Lägg till önskad funktion" in page
    assert "?onskan=" not in page
    form = client.get(url("want")).context["form"]
    assert list(form.fields["groups"].queryset) == [farsta]
    assert "every_local" not in form.fields


def test_somebody_elses_group_cannot_be_sent(client, world, other):
    user = make_user("hon@example.org")
    grant(user, "edit_priorities", world.group)
    client.force_login(user)
    typed = {**TYPED, "groups": [other.pk], "function": world.member.function_id}
    answer = client.post(reverse("governance:want"), typed)
    assert answer.context["form"].errors["groups"] == ["En av grupperna finns inte. Välj på nytt."]


def test_the_seats_to_choose_are_those_that_fit(as_anna, world):
    more = make_seat(world.group, world.company, "provstad-chef", number=2)
    make_seat(world.group, world.city, "provstad-chef")
    make_seat(world.group, world.company, "provstad-chef", "deputy", number=3)
    wish = stated(world)
    form = as_anna.get(url("tie_seats", wish.pk)).context["form"]
    assert list(form.fields["seats"].queryset) == [world.member, more]
    assert form["seats"].value() == [world.member.pk]


def test_a_wish_that_has_ended_says_so_when_it_is_changed(as_anna, world):
    wish = stated(world)
    wanted.end_wish(user=None, wish=wish, last_day=day("2021-01-01"))
    address, typed = verbs(world)["change_wish"]
    answer = as_anna.post(address, typed)
    assert answer.context["form"].errors["first_day"] == [
        "Önskemålet slutade den 1 januari 2021. Välj en tidigare dag."
    ]


def test_a_seat_says_which_wish_it_counts_against_on_the_day(as_anna, world):
    stated(world, first_day=day("2022-01-01"))
    address = url("seat", world.group.slug, world.member.pk)
    assert "Uppfyller Provstad-chef från bostadsbolag , önskvärd" in words(
        text(as_anna.get(address))
    )
    before = text(as_anna.get(address, {"datum": "2021-12-31"}))
    assert "Uppfyller Ingen önskad funktion" in words(before)


def test_the_page_of_a_company_leads_to_what_is_wanted_from_it(client, fatima):
    client.force_login(fatima)
    page = text(client.get(url("organization", "stockholmshem")))
    assert f'"{FUNCTIONS}?slag=bostadsbolag"' in page
