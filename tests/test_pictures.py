"""Lägesbilder: added, changed, withdrawn and undone; and which is the baseline."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.models import Act, SituationPicture, SteeringGroup
from governance.queries.pictures import areas_of, picture_rows, seen_of, seen_of_owner
from governance.services import pictures as services
from governance.services.acts import Stale
from governance.services.undo import can_undo, undo
from tests.at_once import at_the_same_time
from tests.days import day
from tests.following import make_followup, make_picture, make_plan
from tests.verbs import caused, refused
from tests.worlds import grant, make_user

pytestmark = pytest.mark.django_db
NOW = day("2025-03-01")
PARTS = {"mapping": "Hemlig karta", "other_information": "Annat", "analysis": "Orsaker"}


def add(owner, on: str = "2025-02-01", **more) -> SituationPicture:
    fields = {"today": NOW, "day": day(on), **PARTS, **more}
    services.add_picture(user=None, owner=owner, **fields)
    return SituationPicture.objects.latest("pk")


def change(picture: SituationPicture, **fields) -> Act:
    return services.change_picture(user=None, picture=picture, today=NOW, **fields)


# -- verbs --------------------------------------------------------------------------------


def test_one_is_added_with_an_act_that_repeats_no_text(world):
    act = services.add_picture(
        user=None, owner=world.group, today=NOW, day=NOW, area=world.north, **PARTS
    )
    assert (act.verb, list(act.groups.all())) == ("picture", [world.group])
    assert act.summary.splitlines() == [
        "Lokala gruppen i Provstad: lägesbild den 1 mars 2025 för Norra Provstad läggs in.",
        "Den är den första där och är därmed utgångsläget.",
    ]
    assert "Hemlig" not in act.summary
    assert caused(act) == [("situationpicture", "+")]


def test_the_municipalitys_own_belongs_to_the_agreement(world):
    act = services.add_picture(user=None, owner=world.agreement, today=NOW, day=NOW, **PARTS)
    picture = SituationPicture.objects.get()
    assert (picture.agreement, picture.group) == (world.agreement, None)
    assert act.agreement == world.agreement
    assert not act.groups.exists()
    assert act.summary.startswith("Kommunens egen lägesbild den 1 mars 2025 läggs in.")


@pytest.mark.parametrize("part", PARTS)
def test_each_of_the_three_parts_is_needed(world, part):
    arguments = {"today": NOW, "day": NOW, **PARTS, part: ""}
    with pytest.raises(ValidationError):
        services.add_picture(user=None, owner=world.group, **arguments)
    assert not SituationPicture.objects.exists()


def test_it_is_not_dated_after_today_but_may_be_older_than_the_group(world):
    said = refused(
        services.add_picture,
        user=None,
        owner=world.group,
        today=NOW,
        day=day("2025-03-02"),
        **PARTS,
    )
    assert said["day"] == ["En lägesbild kan inte vara daterad efter i dag, den 1 mars 2025."]
    assert add(world.group, "2025-03-01").pk
    assert add(world.group, "2015-01-01").pk


def test_it_is_not_dated_after_the_groups_last_day(world):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2024-06-30"))
    world.group.refresh_from_db()
    assert add(world.group, "2024-06-29").pk
    assert add(world.group, "2024-06-30").pk
    said = refused(
        services.add_picture,
        user=None,
        owner=world.group,
        today=NOW,
        day=day("2024-07-01"),
        **PARTS,
    )
    assert said["day"] == [
        "Gruppens sista dag var den 30 juni 2024. Välj den dagen eller en tidigare."
    ]


def test_there_is_one_for_each_area_and_day(world):
    picture = add(world.group)
    for owner, area in [(world.group, world.north), (world.central, None)]:
        assert add(owner, area=area).pk
    said = refused(
        services.add_picture, user=None, owner=world.group, today=NOW, day=picture.day, **PARTS
    )
    assert "Det finns redan en lägesbild den 1 februari 2025" in said["day"][0]
    other = add(world.group, "2025-02-02")
    assert "redan en lägesbild" in refused(change, picture=other, day=picture.day)["day"][0]


def test_a_change_names_what_was_changed_and_keeps_what_stood_there(world):
    picture = add(world.group)
    act = change(picture, analysis="Nya orsaker", day=day("2025-02-03"), mapping="Hemlig karta")
    assert act.summary.splitlines() == [
        "Lokala gruppen i Provstad: lägesbild den 1 februari 2025 ändras: analys och dag.",
        "Den är nu: lägesbild den 3 februari 2025.",
    ]
    assert [row.analysis for row in picture.history.order_by("pk")] == ["Orsaker", "Nya orsaker"]
    picture.refresh_from_db()
    assert refused(change, picture=picture, analysis="Nya orsaker")[""] == [services.NOTHING]


def test_a_save_never_takes_the_place_of_a_newer_text(world):
    picture = add(world.group)
    seen = seen_of(picture)
    change(picture, analysis="Den andras", seen=seen)
    with pytest.raises(Stale):
        change(picture, analysis="Min", seen=seen)
    picture.refresh_from_db()
    assert picture.analysis == "Den andras"
    change(picture, analysis="Min", seen=seen_of(picture))


def test_what_others_do_in_the_group_does_not_make_it_stale(world):
    picture = add(world.group)
    seen = seen_of(picture)
    add(world.group, "2025-02-02")
    change(picture, analysis="Min", seen=seen)


def test_a_second_click_adds_no_second_one(world):
    seen = seen_of_owner(world.group)
    add(world.group, seen=seen)
    with pytest.raises(Stale):
        add(world.group, "2025-02-02", seen=seen)
    assert SituationPicture.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_time_one_is_told(world):
    picture = add(world.group)
    seen = seen_of(picture)
    results = at_the_same_time(
        *(lambda text=text: change(picture, analysis=text, seen=seen) for text in ("Ett", "Två"))
    )
    done = [each for each in results if isinstance(each, Act)]
    assert len(done) == 1, results
    assert all(isinstance(each, ValidationError) for each in results if each not in done)
    assert picture.history.count() == 2


def test_a_withdrawn_one_is_kept_in_the_history_and_comes_back_when_undone(world, anna):
    picture = add(world.group)
    act = services.withdraw_picture(user=anna, picture=picture, note="Fel grupp")
    assert not SituationPicture.objects.exists()
    assert (act.reason, act.note) == ("correction", "Fel grupp")
    assert SituationPicture.history.get(history_type="-").mapping == "Hemlig karta"
    undo(user=anna, act=act, now=timezone.now())
    assert SituationPicture.objects.get().pk == picture.pk
    assert SituationPicture.objects.get().mapping == "Hemlig karta"
    gone = add(world.group, "2025-02-03")
    services.withdraw_picture(user=None, picture=gone)
    assert refused(change, picture=gone, analysis="X")[""] == [services.GONE]


@pytest.mark.parametrize("whose", ["group", "agreement"])
def test_adding_and_changing_can_be_undone(world, anna, whose):
    owner = getattr(world, whose)
    first = services.add_picture(user=anna, owner=owner, today=NOW, day=NOW, **PARTS)
    picture = SituationPicture.objects.get()
    second = services.change_picture(user=anna, picture=picture, today=NOW, analysis="Ny")
    assert "har ändrats efter" in refused(undo, user=anna, act=first, now=timezone.now())[""][0]
    undo(user=anna, act=second, now=timezone.now())
    assert SituationPicture.objects.get().analysis == "Orsaker"
    undo(user=anna, act=first, now=timezone.now())
    assert not SituationPicture.objects.exists()


def test_one_that_something_rests_on_is_not_withdrawn(world):
    picture = add(world.group)
    make_plan(world.group, picture=picture, title="Planen")
    make_followup(world.group, 2021, picture=picture)
    said = refused(services.withdraw_picture, user=None, picture=picture)
    assert "åtgärdsplanen Planen och uppföljningen av 2021" in said[""][0]


# -- the baseline -------------------------------------------------------------------------


def test_the_baseline_is_the_first_of_its_area_whenever_it_was_entered(world):
    late = make_picture(world.group, day("2021-01-01"))
    other = make_picture(world.group, day("2022-01-01"), area=world.north)
    early = make_picture(world.group, day("2020-01-01"))
    rows = picture_rows(SituationPicture.objects.filter(group=world.group), NOW)
    assert [row.picture for row in rows] == [other, late, early]
    assert [row.is_baseline for row in rows] == [True, False, True]
    assert [row.where for row in rows] == ["Norra Provstad", *["Hela gruppens område"] * 2]


def test_a_day_shows_those_dated_that_day_or_before(world):
    make_picture(world.group, day("2021-01-01"))
    for on, number in [("2020-12-31", 0), ("2021-01-01", 1), ("2021-01-02", 1)]:
        assert len(picture_rows(SituationPicture.objects.all(), day(on))) == number


def test_a_lokalpolisomrade_may_choose_the_stadsdelsomraden_that_it_touches(structure, karin):
    group = SteeringGroup.objects.get(slug="farsta")
    found = {(area.kind, area.name) for area in areas_of(karin, group)}
    assert ("stadsdelsomrade", "Farsta") in found
    assert any(kind == "stadsdel" for kind, _ in found)
    assert any(kind == "lokalpolisomrade" for kind, _ in found)
    assert not any(kind in {"kommun", "polisregion"} for kind, _ in found)


def test_an_undo_takes_the_right_that_the_verb_took(world, keeper):
    user = make_user("s@example.org")
    grant(user, "edit_priorities", world.group)
    act = services.add_picture(user=user, owner=world.group, today=NOW, day=NOW, **PARTS)
    assert can_undo(user, act, timezone.now())
    assert not can_undo(keeper, act, timezone.now())
