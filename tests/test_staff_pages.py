"""A whole group in one grid: what is typed, what is said before, and what then holds."""

import pytest

from governance.models import Act, Mandate, PersonName
from governance.queries.rosters import holder
from governance.services import mandates
from governance.services.mandate_rows import NewPerson
from governance.services.rosters import Change, change_many
from governance.temporal import day_after, day_before
from tests.days import day
from tests.verb_pages import hidden, text, url
from tests.verbs import counts, refused
from tests.worlds import FIRST, appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
NEXT = day("2025-03-01")
LAST = day_before(NEXT)


@pytest.fixture
def cast(world):
    """The chair is held by Aina; Bodil works at the city and Cilla at the company."""
    people = {
        "aina": make_person(world.city, "Aina", "Provström"),
        "bodil": make_person(world.city, "Bodil", "Provberg"),
        "cilla": make_person(world.company, "Cilla", "Provdal"),
    }
    appoint(world.chair, people["aina"])
    return people


def page(world):
    return url("staff", world.group.slug)


def sits(seat, on):
    found = holder(Mandate.objects.filter(seat=seat), on)
    return found and found.person


# -- the service ---------------------------------------------------------------------------


def test_many_seats_change_in_one_act(world, cast):
    act = change_many(
        user=None,
        group=world.group,
        changes=[
            Change(world.chair, cast["bodil"], NEXT),
            Change(world.member, cast["cilla"], day_after(NEXT)),
        ],
    )
    assert [sits(world.chair, on) for on in (LAST, NEXT)] == [cast["aina"], cast["bodil"]]
    assert [sits(world.member, on) for on in (NEXT, day_after(NEXT))] == [None, cast["cilla"]]
    assert list(act.groups.all()) == [world.group]
    assert act.summary.splitlines()[0] == (
        "Bemanningen ändras på 2 platser i Lokala gruppen i Provstad."
    )
    assert len(act.summary.splitlines()) == 4
    assert {row.caused_by_id for row in Mandate.history.filter(caused_by=act)} == {act.pk}
    assert "Bodil" not in act.summary


def test_somebody_new_who_is_named_alike_on_two_seats_is_one_person(world):
    new = NewPerson("Nya", "Provgren", "direktör")
    change_many(
        user=None,
        group=world.group,
        changes=[Change(seat, new, NEXT) for seat in (world.chair, world.secretary)],
    )
    assert PersonName.objects.filter(given_name="Nya").count() == 1
    assert sits(world.chair, NEXT) == sits(world.secretary, NEXT)


def test_every_row_that_is_refused_is_told_of_and_nothing_is_kept(world, cast):
    before_it_began = day_before(FIRST)
    said = refused(
        change_many,
        user=None,
        group=world.group,
        changes=[
            Change(world.chair, cast["aina"], NEXT),
            Change(world.member, cast["cilla"], before_it_began),
            Change(world.secretary, cast["bodil"], NEXT),
        ],
    )
    assert set(said) == {f"seat-{world.chair.pk}", f"seat-{world.member.pk}"}
    assert "sitter redan på platsen" in said[f"seat-{world.chair.pk}"][0]
    assert "börjar den 1 januari 2020" in said[f"seat-{world.member.pk}"][0]


def test_a_seat_of_another_group_is_refused(world, elsewhere, cast):
    said = refused(
        change_many,
        user=None,
        group=world.group,
        changes=[Change(elsewhere.chair, cast["aina"], NEXT)],
    )
    assert "annan grupp" in said[""][0]


def test_a_group_that_was_changed_since_it_was_seen_is_left_as_it_is(world, cast):
    mandates.appoint(user=None, seat=world.secretary, person=cast["bodil"], first_day=FIRST)
    said = refused(
        change_many,
        user=None,
        group=world.group,
        changes=[Change(world.chair, cast["bodil"], NEXT)],
        seen=0,
    )
    assert "har ändrats sedan" in said[""][0]


# -- the page ------------------------------------------------------------------------------


def test_each_seat_has_a_row_with_its_holder_and_those_who_work_there(as_anna, world, cast):
    response = as_anna.get(page(world))
    rows = {row.seat.seat: row for row in response.context["form"].grid()}
    assert set(rows) == {world.chair, world.secretary, world.member}
    assert "Aina Provström" in rows[world.chair].seat.holder.label
    assert rows[world.member].seat.holder is None
    offered = [each.pk for each in rows[world.member].seat.people]
    assert offered == [cast["cilla"].pk]


def test_only_changed_rows_are_previewed_and_saved_in_one_act(as_anna, world, cast):
    typed = {
        "first_day": "2025-03-01",
        f"person-{world.chair.pk}": cast["bodil"].pk,
        f"given_name-{world.member.pk}": "Nya",
        f"family_name-{world.member.pk}": "Provgren",
        f"own_day-{world.member.pk}": "2025-04-01",
    }
    before = counts()
    preview = as_anna.post(page(world), typed)
    assert counts() == before
    assert len(preview.context["sentences"]) == 4
    assert "1 april 2025" in text(preview)
    said = {mandate.seat: label for mandate, label in preview.context["timeline"].rows}
    assert said == {
        world.chair: "Bodil Provberg, handläggare",
        world.member: "Nya Provgren",
    }
    done = as_anna.post(page(world), {**hidden(preview), "steg": "spara"})
    assert done.url == url("group", world.group.slug)
    assert Act.objects.filter(verb=Act.Verb.REPLACE).count() == 1
    assert sits(world.chair, NEXT) == cast["bodil"]
    assert sits(world.secretary, NEXT) is None
    assert sits(world.member, day("2025-04-01")).name.full == "Nya Provgren"
    assert not sits(world.member, day("2025-03-31"))


def test_change_goes_back_to_the_grid_with_what_was_typed(as_anna, world, cast):
    typed = {"first_day": "2025-03-01", f"person-{world.chair.pk}": cast["bodil"].pk}
    preview = as_anna.post(page(world), typed)
    back = as_anna.post(page(world), {**hidden(preview), "steg": "andra"})
    form = back.context["form"]
    assert form["first_day"].value() == "2025-03-01"
    assert form[f"person-{world.chair.pk}"].value() == str(cast["bodil"].pk)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Ändra minst en rad"),
        ({"person": "bodil", "given_name": "Nya"}, "inte båda"),
        ({"family_name": "Provgren"}, "Skriv förnamnet"),
        ({"own_day": "2025-04-01"}, "Välj vem som ska börja den dagen"),
        ({"person": "bodil", "own_day": "2025-02-30"}, "2025-02-30 är inget datum"),
        ({"person": "cilla"}, "Personen finns inte i listan"),
        ({"person": "aina"}, "Personen sitter redan på platsen"),
    ],
)
def test_a_fault_is_told_in_words_and_nothing_typed_is_lost(as_anna, world, cast, typed, sentence):
    sent = {
        f"{part}-{world.chair.pk}": cast[value].pk if value in cast else value
        for part, value in typed.items()
    }
    response = as_anna.post(page(world), {"first_day": "2025-03-01", **sent})
    assert response.status_code == 200
    assert sentence in text(response)
    assert {name: response.context["form"][name].value() for name in sent} == {
        name: str(value) for name, value in sent.items()
    }


def test_a_second_press_changes_nothing_and_shows_how_it_is(as_anna, world, cast):
    typed = {"first_day": "2025-03-01", f"person-{world.chair.pk}": cast["bodil"].pk}
    sent = hidden(as_anna.post(page(world), typed))
    as_anna.post(page(world), {**sent, "steg": "spara"})
    before = counts()
    again = as_anna.post(page(world), {**sent, "steg": "spara"})
    assert again.status_code == 409
    assert "har ändrats sedan du öppnade sidan" in text(again)
    assert counts() == before


def test_new_police_are_entered_as_function_only_unless_said_otherwise(as_anna, world):
    police = make_seat(world.group, world.police, "provstad-polischef")
    form = as_anna.get(page(world)).context["form"]
    assert form[f"protected-{police.pk}"].value() is True
    assert not form[f"protected-{world.chair.pk}"].value()


def test_a_protected_name_stands_nowhere_in_the_grid_or_its_preview(as_anna, world):
    hidden_one = make_person(world.city, "Hemlig", "Provhemlig", protected=True, title="chef")
    appoint(world.chair, hidden_one)
    response = as_anna.get(page(world))
    assert "Namnet visas inte (chef)" in text(response)
    typed = {"first_day": "2025-03-01", f"person-{world.secretary.pk}": hidden_one.pk}
    preview = as_anna.post(page(world), typed)
    assert "Provhemlig" not in text(response) + text(preview)


def test_the_grid_costs_as_many_queries_for_ten_seats_as_for_many(
    client, anna, world, django_assert_max_num_queries
):
    def queries(group):
        client.force_login(anna)
        with django_assert_max_num_queries(12) as seen:
            client.get(url("staff", group.slug))
        return len(seen)

    sizes = {}
    for size in (10, 60):
        group = make_group(world.agreement, f"Grupp {size}")
        for number in range(size):
            seat = make_seat(group, world.city, "provstad-direktor", number=number + 1)
            appoint(seat, make_person(world.city, f"Prov{number}"))
        sizes[size] = queries(group)
    assert sizes[10] == sizes[60]


# -- who may ------------------------------------------------------------------------------


def test_a_reader_is_refused_in_words_and_sees_no_link(client, world, bo):
    client.force_login(bo)
    assert client.get(page(world)).status_code == 403
    assert page(world) not in text(client.get(url("group", world.group.slug)))


def test_the_link_stands_on_the_group_page_today_only(as_anna, world):
    group = url("group", world.group.slug)
    assert page(world) in text(as_anna.get(group))
    assert page(world) not in text(as_anna.get(f"{group}?datum=2024-01-01"))
