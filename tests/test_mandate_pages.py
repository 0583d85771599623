"""The pages that change who sits on one seat: what they ask, refuse, show and keep."""

import pytest

from governance.models import Act, Mandate, Person
from tests.days import day
from tests.seat_pages import (
    DETAILS,
    MANDATE_VERBS,
    NOW,
    PERSON_VERBS,
    SEAT_VERBS,
    cost,
    make_cast,
    pages,
)
from tests.verb_pages import hidden, text, url
from tests.verbs import counts
from tests.worlds import appoint, grant, make_person, make_user

pytestmark = pytest.mark.django_db
every_verb = pytest.mark.parametrize("verb", [*SEAT_VERBS, *MANDATE_VERBS])
person_verb = pytest.mark.parametrize("verb", PERSON_VERBS)


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def keeper(world):
    """Keeps the roster of the local group, and nothing else."""
    user = make_user("bemannar@example.org")
    make_person(world.city, user=user)
    grant(user, "edit_roster", world.group)
    return user


@every_verb
def test_a_verb_is_shown_beforehand_and_then_done_once(client, world, cast, keeper, verb):
    address, typed = pages(world, cast)[verb]
    client.force_login(keeper)
    assert client.get(address).status_code == 200
    before = counts()
    preview = client.post(address, typed)
    assert preview.context["sentences"], preview.context["form"].errors
    assert counts() == before
    done = client.post(address, {**hidden(preview), "steg": "spara"})
    assert done.status_code == 302
    act = Act.objects.get(user=keeper)
    assert done["Location"].startswith(url("group", world.group.slug))
    assert act.groups.get() == world.group
    again = client.post(address, {**hidden(preview), "steg": "spara"})
    assert again.status_code in (200, 409)
    assert Act.objects.filter(user=keeper).count() == 1


@every_verb
def test_a_verb_is_for_those_who_keep_the_roster(client, world, cast, bo, stranger, verb):
    address, typed = pages(world, cast)[verb]
    before = counts()
    for user, answer in [(bo, 403), (stranger, 404)]:
        client.force_login(user)
        assert client.get(address).status_code == answer
        assert client.post(address, {**typed, "steg": "spara", "seen": "0"}).status_code == answer
    assert counts() == before


@every_verb
def test_a_preview_that_is_no_longer_true_changes_nothing(client, world, cast, keeper, verb):
    address, typed = pages(world, cast)[verb]
    client.force_login(keeper)
    preview = client.post(address, typed)
    other = url("end_seat", world.group.slug, world.chair.pk)
    meanwhile, ends = (other, {"last_day": NOW})
    if verb != "add_seat":
        target = "appoint" if verb == "appoint" else "stand_in"
        meanwhile, ends = pages(world, cast)[target]
        ends = {**ends, "first_day": "2029-01-01", "last_day": "2029-01-31"}
    first = client.post(meanwhile, ends)
    assert client.post(meanwhile, {**hidden(first), "steg": "spara"}).status_code == 302
    before = counts()
    stale = client.post(address, {**hidden(preview), "steg": "spara"})
    assert stale.status_code == 409
    assert "har ändrats sedan du öppnade sidan" in text(stale)
    assert counts() == before


@every_verb
def test_an_impossible_day_is_said_beside_its_field_and_kept(client, world, cast, keeper, verb):
    address, typed = pages(world, cast)[verb]
    name = "first_day" if "first_day" in typed else "last_day"
    client.force_login(keeper)
    before = counts()
    answer = client.post(address, {**typed, name: "2025-02-30"})
    assert answer.status_code == 200
    assert "2025-02-30 är inget datum" in " ".join(answer.context["form"].errors[name])
    assert f'<input type="text" name="{name}" value="2025-02-30"' in text(answer)
    assert counts() == before


@person_verb
def test_only_person_and_first_day_are_asked_for(client, world, cast, keeper, verb):
    address, _ = pages(world, cast)[verb]
    client.force_login(keeper)
    form = client.get(address).context["form"]
    kept = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    preview = client.post(address, {**kept, "person": cast.other.pk, "first_day": NOW})
    assert preview.context["sentences"]


@person_verb
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "person", "Välj en person, eller skriv en ny."),
        ({"family_name": "Utanför"}, "given_name", "Skriv förnamnet."),
        ({"given_name": "Ny", "person": "other"}, "person", "inte båda"),
        ({"person": "987654"}, "person", "Välj ett annat"),
        ({"person": "x"}, "person", "Välj ett annat"),
    ],
)
def test_who_it_is_must_be_said_once(client, world, cast, keeper, verb, typed, field, sentence):
    address, least = pages(world, cast)[verb]
    chosen = {**typed, "person": cast.other.pk} if typed.get("person") == "other" else typed
    client.force_login(keeper)
    sent = {**least, "person": "", **chosen}
    answer = client.post(address, sent)
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert len(answer.context["form"].errors) == 1
    assert all(str(value) in text(answer) for name, value in typed.items() if name != "person")


def test_a_new_person_is_entered_where_the_seat_is(client, world, cast, keeper):
    address, least = pages(world, cast)["replace"]
    client.force_login(keeper)
    typed = {**least, "person": "", "given_name": "Nyanna", "family_name": "Provny", "title": "vd"}
    preview = client.post(address, typed)
    assert "Nyanna Provny" in text(preview)
    assert not Person.objects.filter(title="vd").exists()
    client.post(address, {**hidden(preview), "steg": "spara"})
    person = Person.objects.get(title="vd")
    assert (person.organization, person.protected) == (world.company, False)
    [new] = person.mandates.all()
    assert (new.valid_from, new.valid_through) == (day(NOW), None)
    cast.held.refresh_from_db()
    assert cast.held.valid_through == day("2025-02-28")


def test_a_new_police_person_is_shown_as_function_only_unless_asked_otherwise(
    client, world, keeper
):
    client.force_login(keeper)
    world.member.organization = world.police
    world.member.save()
    form = client.get(url("appoint", world.group.slug, world.member.pk)).context["form"]
    assert form["protected"].value() is True
    city = client.get(url("appoint", world.group.slug, world.chair.pk)).context["form"]
    assert city["protected"].value() is False


def test_protected_names_stand_in_no_list_but_for_those_who_may_see_them(
    client, world, cast, keeper
):
    make_person(world.company, "Hemlig", "Provskydd", protected=True, title="jurist")
    appoint(world.member, make_person(world.company, "Dold", "Provskydd", protected=True),
            day("2019-01-01"), day("2019-12-31"))  # fmt: skip
    client.force_login(keeper)
    addresses = [address for address, _ in pages(world, cast).values()]
    addresses.append(url("seat", world.group.slug, world.member.pk))
    for address in addresses:
        shown = text(client.get(address))
        assert "Hemlig" not in shown
        assert "Dold" not in shown
    replace = url("replace", world.group.slug, world.member.pk)
    assert "Namnet visas inte (jurist)" in text(client.get(replace))
    grant(keeper, "view_protected", world.agreement)
    assert "Hemlig Provskydd" in text(client.get(replace))


def test_a_protected_person_can_be_chosen_without_the_name_being_shown(client, world, cast, keeper):
    hidden_one = make_person(world.company, "Hemlig", "Provskydd", protected=True, title="jurist")
    address, least = pages(world, cast)["replace"]
    client.force_login(keeper)
    preview = client.post(address, {**least, "person": hidden_one.pk})
    assert "Hemlig" not in text(preview)
    done = client.post(address, {**hidden(preview), "steg": "spara"}, follow=True)
    assert "Hemlig" not in text(done)
    assert hidden_one.mandates.count() == 1
    assert "Hemlig" not in Act.objects.get(user=keeper).summary


def test_the_preview_shows_what_the_timeline_becomes(client, world, cast, keeper):
    address, least = pages(world, cast)["replace"]
    client.force_login(keeper)
    preview = client.post(address, least)
    rows = [
        (row.name, row.mandate.valid_from, row.mandate.valid_through)
        for row in preview.context["timeline"].rows
    ]
    assert rows == [
        ("Otto Provbytare", day(NOW), None),
        ("Hanna Provhållare", day("2020-01-01"), day("2025-02-28")),
    ]


def test_who_began_is_told_afterwards_and_not_only_who_left(client, world, cast, keeper):
    address, least = pages(world, cast)["replace"]
    client.force_login(keeper)
    sent = {**hidden(client.post(address, least)), "steg": "spara"}
    page = text(client.post(address, sent, follow=True))
    assert "avslutas. Sista dagen är den 28 februari 2025 (ersattes). " in page
    assert "ledamot utses från och med den 1 mars 2025." in page


def test_what_was_typed_is_there_again_when_the_reader_goes_back(client, world, cast, keeper):
    address, least = pages(world, cast)["replace"]
    client.force_login(keeper)
    typed = {**least, "person": "", "given_name": "Återkomna", "basis_reference": "Dnr 12"}
    back = client.post(address, {**hidden(client.post(address, typed)), "steg": "andra"})
    assert 'value="Återkomna"' in text(back)
    assert 'value="Dnr 12"' in text(back)
    assert text(back).count('<details class="more" open>') == 2


def test_a_fault_is_put_right_on_the_row_itself(client, world, cast, keeper):
    address, _ = pages(world, cast)["correct"]
    client.force_login(keeper)
    form = client.get(address).context["form"]
    typed = {**DETAILS, "person": cast.held.person_id, "first_day": "2021-05-05", "last_day": ""}
    assert form["first_day"].value() == day("2020-01-01")
    preview = client.post(address, {**typed, "basis_reference": "Dnr 7"})
    client.post(address, {**hidden(preview), "steg": "spara"})
    now = Mandate.objects.get(pk=cast.held.pk)
    assert (now.valid_from, now.basis_reference) == (day("2021-05-05"), "Dnr 7")


@pytest.mark.parametrize("verb", [*PERSON_VERBS, "correct", "end_mandate", "change_seat"])
def test_a_form_costs_the_same_whatever_the_number_of_people(client, world, cast, keeper, verb):
    address, _ = pages(world, cast)[verb]
    client.force_login(keeper)
    for number in range(10):
        make_person(world.company, f"Person{number}")
    few = cost(client, address)
    for number in range(40):
        appoint(world.member, make_person(world.company, f"Flera{number}"),
                day(f"19{number + 50}-01-01"), day(f"19{number + 50}-12-31"))  # fmt: skip
    assert cost(client, address) == few
    assert few <= 12
