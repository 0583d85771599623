"""What is wrong or worth a warning on the forms of the verbs, and what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Area, Coverage, GroupDecision, SteeringGroup
from governance.temporal import today
from tests.days import day
from tests.verb_pages import NOW, VERBS, pages, text, url
from tests.verbs import counts, state
from tests.worlds import FIRST, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(world):
    """The coordinator of the hand-made world."""
    user = make_user("samordnare@example.org")
    make_person(world.city, user=user)
    grant(user, "edit_structure", world.agreement)
    return user


@pytest.fixture
def other(world):
    group = make_group(world.agreement, "Andra gruppen")
    Coverage.objects.create(group=group, area=world.south, valid_from=group.valid_from)
    return group


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2025-02-30", "2025-02-30 är inget datum."),
        ("i morgon", "i morgon är inget datum."),
        ("0001-01-01", "Välj en dag mellan år 1900 och 2199."),
        ("9999-12-31", "Välj en dag mellan år 1900 och 2199."),
        ("", "Fyll i en dag."),
    ],
)
@pytest.mark.parametrize(
    "verb", ["propose", "activate", "change_coverage", "rest", "merge", "dissolve"]
)
def test_an_impossible_day_is_said_beside_its_field_and_kept(
    client, world, other, user, verb, typed, sentence
):
    address, fields = pages(world, other)[verb]
    name = {"propose": "valid_from", "dissolve": "last_day"}.get(verb, "first_day")
    client.force_login(user)
    before = counts()
    answer = client.post(address, {**fields, name: typed})
    assert answer.status_code == 200
    assert counts() == before
    assert sentence in " ".join(answer.context["form"].errors[name])
    if typed in ("2025-02-30", "i morgon"):
        assert f'<input type="text" name="{name}" value="{typed}"' in text(answer)


def test_a_decision_is_not_taken_in_the_future(client, world, user):
    client.force_login(user)
    tomorrow = f"{today().year + 1}-01-01"
    answer = client.post(url("rest", world.group.slug), {"first_day": NOW, "decided_on": tomorrow})
    assert "kan inte vara fattat efter i dag" in text(answer)
    assert '<details class="more" open>' in text(answer)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"groups": "self", "into": "self"}, "into", "inte slås ihop med sig själv"),
        ({"groups": "self"}, "new_name", "Skriv den nya gruppens namn"),
        ({"groups": "self", "new_name": "Ny"}, "groups", "minst två grupper"),
        ({"new_name": "Ny"}, "groups", "Välj minst en grupp"),
        ({"groups": "x", "new_name": "Ny"}, "groups", "Välj på nytt"),
        (
            {"groups": "both", "new_name": "Centrala gruppen i Provstad"},
            "new_name",
            "redan en grupp",
        ),
        ({"groups": "self", "into": "other", "first_day": "2019-05-05"}, "first_day", "börjar den"),
    ],
)
def test_an_impossible_merger_is_a_sentence_beside_its_field(
    client, world, other, user, typed, field, sentence
):
    ids = {"self": [world.group.pk], "other": [other.pk], "both": [world.group.pk, other.pk]}
    fields = {key: ids.get(value, value) for key, value in typed.items()}
    client.force_login(user)
    before = counts()
    answer = client.post(url("merge"), {"first_day": NOW, **fields})
    assert answer.status_code == 200
    assert counts() == before
    assert sentence in " ".join(answer.context["form"].errors[field])


def test_a_dissolution_before_the_first_day_is_refused_beside_the_day(client, world, user):
    client.force_login(user)
    answer = client.post(url("dissolve", world.group.slug), {"last_day": "2019-12-31"})
    assert "börjar den 1 januari 2020" in answer.context["form"].errors["last_day"][0]


def test_a_group_of_another_agreement_can_be_no_successor_parent_or_part(
    client, world, elsewhere, user
):
    client.force_login(user)
    foreign = elsewhere.group.pk
    answer = client.post(url("dissolve", world.group.slug), {"last_day": NOW, "successor": foreign})
    assert "Gruppen finns inte" in answer.context["form"].errors["successor"][0]
    answer = client.post(url("merge"), {"groups": [foreign, world.group.pk], "first_day": NOW})
    assert answer.context["form"].errors["groups"]
    for name in ("merge", "propose"):
        assert "Annanstad" not in text(client.get(url(name)))
    typed = {"areas": [elsewhere.north.pk], "first_day": NOW}
    answer = client.post(url("change_coverage", world.group.slug), typed)
    assert answer.context["form"].errors["areas"] == ["Ett av områdena finns inte. Välj på nytt."]


def test_a_group_named_in_the_address_is_ticked_beforehand(client, world, other, user):
    client.force_login(user)
    form = client.get(url("merge") + f"?grupp={other.slug}").context["form"]
    assert form["groups"].value() == [other.pk]
    assert client.get(url("merge") + "?grupp=finns-inte").status_code == 200


def test_the_preview_warns_of_gaps_and_of_double_cover(client, world, other, user):
    client.force_login(user)
    preview = client.post(
        url("change_coverage", world.group.slug), {"first_day": NOW, "areas": [world.south.pk]}
    )
    [gap] = preview.context["warnings"]
    assert gap == "Utan lokal styrgrupp blir Norra Provstad."
    typed = pages(world, other)["propose"][1]
    [double] = client.post(url("propose"), typed).context["warnings"]
    assert double == (
        "Mer än en lokal styrgrupp får Norra Provstad (Lokala gruppen i Provstad och Torggruppen)."
    )


def test_the_preview_of_an_ending_names_what_is_left_without_a_group(client, world, user):
    client.force_login(user)
    preview = client.post(url("dissolve", world.group.slug), {"last_day": NOW})
    assert preview.context["warnings"] == [
        "Utan lokal styrgrupp blir Norra Provstad och Södra Provstad."
    ]


def test_areas_are_those_in_force_on_the_day_and_those_already_ticked(client, world, user):
    Area.objects.filter(pk=world.south.pk).update(valid_through=day("2024-12-31"))
    client.force_login(user)
    address = url("change_coverage", world.group.slug)

    def offered(response):
        parts = response.context["form"].areas_by_kind()
        return {box["area"].name for part in parts for box in part["boxes"]}

    assert "Södra Provstad" not in offered(client.get(address))
    earlier = {"first_day": "2024-12-31", "areas": [world.north.pk], "steg": "andra"}
    assert "Södra Provstad" in offered(client.post(address, earlier))
    later = {"first_day": NOW, "areas": [world.south.pk]}
    refused = client.post(address, later)
    assert "Södra Provstad finns inte som område" in refused.context["form"].errors["areas"][0]
    assert "Södra Provstad" in offered(refused)


def test_a_signed_out_reader_is_told_and_sent_to_sign_in(client, world):
    before = counts()
    address = url("rest", world.group.slug)
    answer = client.post(address, {"first_day": NOW, "steg": "spara", "seen": 0})
    assert answer.status_code == 302
    assert answer["Location"].startswith(url("login"))
    assert answer["Location"].endswith(address)
    assert counts() == before
    assert "Du har loggats ut. Din text är sparad. Logga in och fortsätt." in text(
        client.get(answer["Location"])
    )


def test_a_decision_of_another_group_is_not_found(client, world, other, user):
    client.force_login(user)
    foreign = other.decisions.get().pk
    assert client.get(url("register", world.group.slug, foreign)).status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_a_form_costs_as_many_queries_with_many_rows_as_with_few(client, world, other, user, verb):
    address, _ = pages(world, other)[verb]
    client.force_login(user)
    numbers = []
    for begin in (2, 22):
        for number in range(begin, begin + 20):
            group = make_group(world.agreement, f"Grupp {number}")
            make_seat(world.group, world.company, "provstad-chef", number=number)
            area = Area.objects.create(
                name=f"Ort {number}", slug=f"ort-{number}", kind="plats", valid_from=FIRST
            )
            Coverage.objects.create(group=world.group, area=area, valid_from=FIRST)
            GroupDecision.objects.create(group=group, act="coverage", first_day=FIRST)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 12


def test_the_real_structure_is_offered_area_by_area(client, karin, farsta):
    client.force_login(karin)
    parts = client.get(url("change_coverage", "farsta")).context["form"].areas_by_kind()
    sizes = {part["label"]: (part["ticked"], len(part["boxes"])) for part in parts}
    assert sizes["Stadsdelar"] == (0, 117)
    assert sizes["Stadsdelsområden"] == (1, 11)
    assert state(farsta, day(NOW)) == "active_unregistered"
    assert SteeringGroup.objects.get(slug="farsta") == farsta


@pytest.mark.parametrize("verb", VERBS)
def test_no_field_stands_twice_on_a_form_so_what_is_typed_is_what_is_sent(
    client, world, other, user, verb
):
    address, _ = pages(world, other)[verb]
    client.force_login(user)
    html = text(client.get(address))
    html = html[html.index('<form class="form"') :]
    sent = re.findall(r'<(?:input type="(?!checkbox)|select|textarea)[^>]*?name="(\w+)"', html)
    assert "seen" in sent
    assert len(sent) == len(set(sent))


def test_a_group_that_need_not_have_a_basis_may_be_proposed_without_one(client, world, other, user):
    address, fields = pages(world, other)["propose"]
    client.force_login(user)
    refused = client.post(address, {**fields, "basis": ""})
    assert refused.context["form"].errors["basis"] == [
        "Ange vilken grund den lokala gruppen vilar på."
    ]
    assert "sentences" in client.post(address, {**fields, "kind": "central", "basis": ""}).context


def test_merging_asks_for_a_name_beside_its_field_only_when_the_group_is_new(
    client, world, other, user
):
    address, fields = pages(world, other)["merge"]
    client.force_login(user)
    refused = client.post(address, {**fields, "new_name": ""})
    assert "Skriv den nya gruppens namn" in refused.context["form"].errors["new_name"][0]
    into = {"groups": [world.group.pk], "into": other.pk, "new_name": "", "first_day": NOW}
    assert "sentences" in client.post(address, into).context


@pytest.mark.parametrize("typed", ["-1", "3651", "999999999999", "många", ""])
def test_a_number_of_days_that_no_page_could_count_with_is_refused(
    client, world, other, user, typed
):
    address, fields = pages(world, other)["describe"]
    client.force_login(user)
    answer = client.post(address, {**fields, "notice_days": typed})
    [said] = answer.context["form"].errors["notice_days"]
    assert said.startswith("Skriv ")
    assert "sentences" in client.post(address, {**fields, "notice_days": "3650"}).context
