"""One person in all groups at once, and one organisation after another."""

import pytest

from governance.models import Act, Organization, Person, Seat
from governance.services.successions import appoint_everywhere, succeed
from governance.temporal import day_before
from tests.days import day
from tests.verb_pages import hidden, text, url
from tests.verbs import counts, refused, sits
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
NEXT = day("2025-01-01")
LAST = day_before(NEXT)


# -- one person everywhere ------------------------------------------------------------------


@pytest.fixture
def chief(world):
    """Holds the police's seat in three groups; `new` is to hold them after him."""
    person = make_person(world.police, "Greger", "Provchef", title="polischef")
    world.new = make_person(world.police, "Nina", "Provny", title="polischef")
    groups = [world.group, make_group(world.agreement, "Andra gruppen"), world.central]
    world.seats = [make_seat(each, world.police, "polischef") for each in groups]
    for seat in world.seats:
        appoint(seat, person)
    return person


def everywhere(person):
    return url("appoint_everywhere", person.pk)


def test_one_person_holds_many_seats_from_one_day_by_one_act(world, chief):
    act = appoint_everywhere(
        user=None, person=world.new, choices=[(seat, NEXT) for seat in world.seats]
    )
    for seat in world.seats:
        assert [sits(seat, on) for on in (LAST, NEXT)] == [chief, world.new]
    assert set(act.groups.all()) == {seat.group for seat in world.seats}
    assert "Nina" not in act.summary


def test_the_page_offers_the_seats_and_ticks_those_of_the_same_title(as_anna, world, chief):
    make_seat(world.group, world.police, "polissamordnare")
    form = as_anna.get(everywhere(world.new)).context["form"]
    assert form["person"].value() == world.new.pk
    assert len(form.fields["seats"].choices) == 4
    assert set(form["seats"].value()) == {seat.pk for seat in world.seats}
    assert any("Nu: Greger Provchef" in label for _, label in form.fields["seats"].choices)


def test_a_new_chief_is_typed_once_and_appointed_everywhere(as_anna, world, chief):
    address = f"{everywhere(chief)}?eftertradare"
    form = as_anna.get(address).context["form"]
    assert form["person"].value() is None
    assert set(form["seats"].value()) == {seat.pk for seat in world.seats}
    typed = {
        "given_name": "Nyla",
        "title": "polischef",
        "protected": "on",
        "first_day": "2025-01-01",
        "seats": [seat.pk for seat in world.seats[:2]],
    }
    before = counts()
    preview = as_anna.post(address, typed)
    assert counts() == before
    assert len(preview.context["sentences"]) == 5
    done = as_anna.post(address, {**hidden(preview), "steg": "spara"})
    assert done.url == url("person", chief.pk)
    new = Person.objects.get(name__given_name="Nyla")
    assert (new.protected, new.organization) == (True, world.police)
    assert [sits(seat, NEXT) for seat in world.seats] == [new, new, chief]
    assert Act.objects.filter(verb=Act.Verb.REPLACE).count() == 1


def test_a_coordinator_of_one_group_is_offered_the_seats_of_that_group_alone(client, world, chief):
    user = make_user("grupp@example.org")
    make_person(world.city, user=user)
    grant(user, "edit_roster", world.group)
    client.force_login(user)
    form = client.get(everywhere(world.new)).context["form"]
    assert [pk for pk, _ in form.fields["seats"].choices] == [world.seats[0].pk]
    other = {"person": world.new.pk, "first_day": "2025-01-01", "seats": [world.seats[1].pk]}
    refusal = client.post(everywhere(world.new), other)
    assert "En av platserna finns inte den dagen" in text(refusal)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"seats": []}, "Välj minst en plats"),
        ({"person": ""}, "Välj en person, eller skriv en ny"),
        ({"given_name": "Nyla"}, "inte båda"),
        ({"first_day": "2025-02-30"}, "2025-02-30 är inget datum"),
        ({"person": "greger"}, "Personen sitter redan på platsen"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(as_anna, world, chief, typed, sentence):
    typed = {name: chief.pk if value == "greger" else value for name, value in typed.items()}
    sent = {
        "person": world.new.pk,
        "first_day": "2025-01-01",
        "seats": [world.seats[0].pk],
        **typed,
    }
    before = counts()
    response = as_anna.post(everywhere(world.new), sent)
    assert (response.status_code, counts()) == (200, before)
    assert sentence in text(response)
    assert response.context["form"]["first_day"].value() == sent["first_day"]


def test_a_second_press_appoints_nobody_twice(as_anna, world, chief):
    typed = {"person": world.new.pk, "first_day": "2025-01-01", "seats": [world.seats[0].pk]}
    sent = hidden(as_anna.post(everywhere(world.new), typed))
    as_anna.post(everywhere(world.new), {**sent, "steg": "spara"})
    before = counts()
    again = as_anna.post(everywhere(world.new), {**sent, "steg": "spara"})
    assert again.status_code == 409
    assert counts() == before


def test_a_protected_name_stands_nowhere_on_the_pages(as_anna, world, chief):
    Person.objects.filter(pk=chief.pk).update(protected=True)
    pages = [as_anna.get(everywhere(world.new)), as_anna.get(url("succeed", world.police.slug))]
    assert all("Namnet visas inte" in text(page) for page in pages)
    assert not any("Provchef" in text(page) for page in pages)


def test_only_those_who_may_see_the_links_and_only_today(client, as_anna, world, chief, bo):
    person, police = url("person", chief.pk), url("organization", world.police.slug)
    for page, link in [(person, everywhere(chief)), (police, url("succeed", world.police.slug))]:
        assert link in text(as_anna.get(page))
        assert link not in text(as_anna.get(f"{page}?datum=2024-01-01"))
    client.force_login(bo)
    for page, link in [(person, everywhere(chief)), (police, url("succeed", world.police.slug))]:
        assert link not in text(client.get(page))
        assert client.get(link).status_code == 403


# -- one organisation after another ----------------------------------------------------------


@pytest.fixture
def successor(world):
    return Organization.objects.create(
        name="Nya polisen", slug="nya-polisen", kind=world.police.kind, valid_from=NEXT,
        parent=world.city,
    )  # fmt: skip


def test_chosen_seats_and_mandates_go_over_and_the_rest_stays_or_ends(world, chief, successor):
    first, second, third = world.seats
    kept = first.mandates.get()
    act = succeed(
        user=None,
        old=world.police,
        new=successor,
        first_day=NEXT,
        seats=[first, second],
        keep_people=[kept],
    )
    new = {seat.group_id: seat for seat in successor.seats.all()}
    assert [sits(new[first.group_id], on) for on in (LAST, NEXT)] == [None, chief]
    assert sits(new[second.group_id], NEXT) is None
    assert sits(third, NEXT) == chief
    for seat in (first, second):
        seat.refresh_from_db()
        assert [seat.in_force(on) for on in (LAST, NEXT)] == [True, False]
        assert sits(seat, LAST) == chief
    assert act.verb == Act.Verb.SUCCEED
    assert set(act.groups.all()) == {first.group, second.group}


def test_a_seat_that_begins_the_same_day_is_refused_in_words(world, successor):
    seat = make_seat(world.group, world.police, "polischef")
    Seat.objects.filter(pk=seat.pk).update(valid_from=NEXT)
    appoint(seat, make_person(world.police), NEXT)
    said = refused(
        succeed,
        user=None,
        old=world.police,
        new=successor,
        first_day=NEXT,
        seats=[seat],
        keep_people=[],
    )
    assert "börjar samma dag" in said["seats"][0]


def test_the_page_carries_out_what_was_ticked(as_anna, world, chief, successor):
    world.police.successors.add(successor)
    page = url("succeed", world.police.slug)
    form = as_anna.get(page).context["form"]
    assert form["new"].value() == successor.pk
    first, second, _ = world.seats
    typed = {
        "new": successor.pk,
        "first_day": "2025-01-01",
        "seats": [first.pk, second.pk],
        "keep_people": [first.mandates.get().pk],
    }
    before = counts()
    preview = as_anna.post(page, typed)
    assert counts() == before
    assert "1 uppdrag följer med" in text(preview)
    [(carried, label)] = preview.context["timeline"].rows
    assert (carried.seat.organization, label) == (successor, "Greger Provchef, polischef")
    done = as_anna.post(page, {**hidden(preview), "steg": "spara"})
    assert done.url == url("organization", world.police.slug)
    assert successor.seats.count() == 2
    assert sits(successor.seats.get(group=first.group), NEXT) == chief


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new": ""}, "Välj vilken organisation som tar över"),
        ({"seats": []}, "Välj minst en plats"),
        ({"first_day": "2025-02-30"}, "2025-02-30 är inget datum"),
        ({"first_day": "2024-06-01"}, "Organisationen finns inte den dagen"),
        ({"first_day": "2019-06-01"}, "En av platserna finns inte den dagen"),
        ({"keep": 1}, "Kryssa också för platsen"),
    ],
)
def test_a_fault_of_a_succession_is_told_in_words(
    as_anna, world, chief, successor, typed, sentence
):
    first, second, _ = world.seats
    sent = {"new": successor.pk, "first_day": "2025-01-01", "seats": [first.pk], **typed}
    if sent.pop("keep", None):
        sent["keep_people"] = [second.mandates.get().pk]
    before = counts()
    response = as_anna.post(url("succeed", world.police.slug), sent)
    assert (response.status_code, counts()) == (200, before)
    assert sentence in text(response)


def test_the_pages_cost_as_many_queries_for_ten_groups_as_for_many(
    client, anna, world, chief, django_assert_max_num_queries
):
    def queries(address):
        client.force_login(anna)
        with django_assert_max_num_queries(20) as seen:
            client.get(address)
        return len(seen)

    addresses = [everywhere(world.new), url("succeed", world.police.slug)]
    few = [queries(address) for address in addresses]
    for number in range(20):
        group = make_group(world.agreement, f"Grupp {number}")
        appoint(make_seat(group, world.police, "polischef"), make_person(world.police))
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 12, few
