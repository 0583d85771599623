"""Merging groups, on named days, also as the real structure was merged."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import (
    Area,
    Coverage,
    SteeringGroup,
)
from governance.services import acts, endings, groups
from governance.services.coverages import change_coverage
from governance.temporal import day_after
from tests.days import day
from tests.verbs import covered, refused, state
from tests.worlds import FIRST, make_group

pytestmark = pytest.mark.django_db
LAST = day("2024-06-30")
NEXT = day_after(LAST)


@pytest.fixture
def other(world):
    """A second local group, which covers the south."""
    group = make_group(world.agreement, "Andra gruppen")
    Coverage.objects.create(group=group, area=world.south, valid_from=FIRST)
    return group


def merge(world, *merged, **more):
    fields = {"user": None, "groups": merged, "first_day": NEXT, **more}
    return endings.merge(**fields)


# -- merge -------------------------------------------------------------------------------


def test_merged_groups_end_the_day_before_the_new_one_begins(world, other):
    act = merge(world, world.group, other, new_name="Nya gruppen")
    new = SteeringGroup.objects.get(name="Nya gruppen")
    assert (new.valid_from, new.kind, new.basis) == (NEXT, "local", "stadsdelsomrade")
    assert new.parent == world.central
    assert [state(new, on) for on in (LAST, NEXT)] == ["starting", "active_unregistered"]
    assert covered(new, NEXT) == {"Provstads district", "Södra Provstad"}
    for group in (world.group, other):
        assert [state(group, on) for on in (LAST, NEXT)] == ["active_unregistered", "ended"]
        assert list(group.successors.all()) == [new]
        assert group.decisions.get(act="merge").first_day == NEXT
    assert set(act.groups.all()) == {new, world.group, other}
    assert new.decisions.get().act == "create"


def test_a_group_goes_into_one_that_exists_and_keeps_its_own(world, other):
    act = merge(world, other, into=world.group)
    assert covered(world.group, LAST) == {"Provstads district"}
    assert covered(world.group, NEXT) == {"Provstads district", "Södra Provstad"}
    assert world.group.decisions.get(act="merge").first_day == NEXT
    assert "Nytt: Södra Provstad." in act.summary
    assert state(world.group, NEXT) == "active_unregistered"


def test_nothing_new_to_cover_is_said(world, other):
    change_coverage(user=None, group=world.group, first_day=FIRST, areas=[world.south])
    act = merge(world, other, into=world.group)
    assert "Täckningen för Lokala gruppen i Provstad ändras inte." in act.summary


def test_an_area_that_ends_is_replaced_by_its_successor_also_in_the_group_that_stays(world, other):
    new = Area.objects.create(
        name="Nya området", slug="nya", kind="stadsdelsomrade", valid_from=NEXT
    )
    for area in (world.south, world.district):
        area.valid_through = LAST
        area.save()
        area.successors.add(new)
    merge(world, other, into=world.group)
    assert covered(world.group, LAST) == {"Provstads district"}
    assert covered(world.group, NEXT) == {"Nya området"}


def test_a_proposed_group_begins_its_work_with_the_merger(world, other):
    proposed = make_group(world.agreement, "Föreslagen", active=False, valid_from=day("2025-01-01"))
    merge(world, world.group, other, into=proposed)
    assert [state(proposed, on) for on in (LAST, NEXT)] == ["starting", "active_unregistered"]


def test_a_group_named_twice_is_merged_once(world, other):
    merge(world, other, other, into=world.group)
    assert other.decisions.filter(act="merge").count() == 1


def cases(world, other, elsewhere):
    return {
        "itself": ([other], {"into": other}, "into", "inte slås ihop med sig själv"),
        "nothing": ([], {"new_name": "Ny grupp"}, "groups", "Välj minst en grupp"),
        "nowhere": ([other], {}, "into", "skriv ett nytt namn"),
        "both": ([other], {"into": world.group, "new_name": "Ny"}, "into", "inte båda"),
        "one to a new": ([other], {"new_name": "Ny grupp"}, "groups", "minst två grupper"),
        "other agreement": ([elsewhere.group], {"into": other}, "groups", "olika"),
        "taken name": (
            [world.group, other],
            {"new_name": world.central.name},
            "name",
            "redan en grupp",
        ),
    }


@pytest.mark.parametrize(
    "case",
    ["itself", "nothing", "nowhere", "both", "one to a new", "other agreement", "taken name"],
)
def test_an_impossible_merger_is_refused_beside_its_field(world, other, elsewhere, case):
    merged, more, field, sentence = cases(world, other, elsewhere)[case]
    said = refused(endings.merge, user=None, groups=merged, first_day=NEXT, **more)
    assert sentence in said[field][0]


@pytest.mark.parametrize(
    ("on", "field"), [("2020-01-01", "first_day"), ("2019-01-01", "first_day")]
)
def test_a_merger_before_the_groups_began_is_refused(world, other, on, field):
    said = refused(endings.merge, user=None, groups=[other], into=world.group, first_day=day(on))
    assert list(said) == [field]


def test_a_merger_into_a_group_that_has_ended_is_refused(world, other):
    endings.dissolve(user=None, group=world.group, last_day=LAST)
    said = refused(endings.merge, user=None, groups=[other], into=world.group, first_day=NEXT)
    assert said["into"] == [
        "Lokala gruppen i Provstad är inte i arbete den 1 juli 2024. Välj en annan."
    ]


def test_what_somebody_changed_in_any_of_the_groups_makes_a_merger_stale(world, other):
    seen = acts.last_seen([other, world.group])
    groups.rest(user=None, group=world.group, first_day=LAST)
    with pytest.raises(acts.Stale):
        merge(world, other, into=world.group, seen=seen)


# -- the real structure ------------------------------------------------------------------


def test_the_merger_of_2023_done_in_the_app_gives_what_the_structure_says(structure):
    """Rinkeby-Kista and Spånga-Tensta, taken back to before the merger, become one again."""
    old = list(SteeringGroup.objects.filter(slug__in=["rinkeby-kista", "spanga-tensta"]))
    assert len(old) == 2
    jarva = SteeringGroup.objects.get(slug="jarva")
    expected = covered(jarva, day("2023-07-01"))
    jarva.coverages.all().delete()
    jarva.seats.all().delete()
    jarva.wanted.all().delete()
    jarva.decisions.all().delete()
    jarva.predecessors.clear()
    jarva.delete()
    for group in old:
        SteeringGroup.objects.filter(pk=group.pk).update(valid_through=None)
        group.decisions.filter(act="merge").delete()
        group.coverages.update(valid_through=None)
        group.refresh_from_db()
    endings.merge(user=None, groups=old, first_day=day("2023-07-01"), new_name="Järva igen")
    new = SteeringGroup.objects.get(slug="jarva-igen")
    assert covered(new, day("2023-07-01")) == expected == {"Järva"}
    assert covered(new, day("2023-06-30")) == set()


def test_a_refused_verb_is_a_validation_error_and_never_another(world):
    with pytest.raises(ValidationError):
        endings.dissolve(user=None, group=world.group, last_day=day("1900-01-01"))
