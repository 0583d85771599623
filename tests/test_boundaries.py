"""Sets of boundaries: loaded, named, activated from a day, and which answers on which day."""

import pytest
import shapely
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Act, Boundary, BoundarySet
from governance.queries.boundaries import boundary_index
from governance.queries.boundary_comparisons import compare
from governance.services.acts import Stale
from governance.services.boundaries import (
    Loaded,
    activate_boundaries,
    confirm_names,
    discard_boundaries,
    last_change,
    load_boundaries,
)
from tests.boundary_sets import EAST, NORTH, ORIGIN, box, drawing, make_boundary_set
from tests.days import day

pytestmark = pytest.mark.django_db
NORRA, SODRA = "NORRA PROVSTAD", "Södra  Provstad"
SHAPES = {NORRA: box(0, 1000), SODRA: box(0, 0)}
LATER = {NORRA: box(0, 900, 1000, 1100), SODRA: box(0, 0, 1000, 900)}


def load(world, shapes=SHAPES, first="2021-01-01", **more) -> Loaded:
    return load_boundaries(
        user=None,
        agreement=world.agreement,
        kind="stadsdel",
        drawing=drawing(shapes),
        origin=ORIGIN,
        valid_from=day(first),
        **more,
    )


def activate(world, found, first, **more) -> Act:
    return activate_boundaries(
        user=None,
        agreement=world.agreement,
        boundary_set=found,
        valid_from=day(first),
        **more,
    )


def loaded_and_activated(world, shapes, first) -> BoundarySet:
    found = load(world, shapes, first).boundary_set
    activate(world, found, first)
    found.refresh_from_db()
    return found


def areas_at(when, north, east=500) -> tuple[int, ...]:
    return boundary_index(day(when)).at("stadsdel", [NORTH + north], [EAST + east])[0]


# -- loading ------------------------------------------------------------------------------


def test_names_are_matched_whatever_their_case_and_the_set_does_not_answer_yet(world) -> None:
    loaded = load(world)
    rows = loaded.boundary_set.boundaries.order_by("name")
    assert [row.area for row in rows] == [world.north, world.south]
    assert loaded.act is not None
    assert loaded.act.agreement == world.agreement
    assert "2 former" in loaded.act.summary
    assert areas_at("2021-01-01", 500) == ()


def test_the_same_file_kind_and_day_again_changes_nothing(world) -> None:
    first = load(world)
    activate(world, first.boundary_set, "2021-01-01")
    before = Act.objects.count()
    again = load(world)
    assert (again.boundary_set, again.act) == (first.boundary_set, None)
    assert Act.objects.count() == before
    assert load(world, first="2022-01-01").act is not None
    assert load(world, LATER).act is not None


def test_what_is_wrong_is_said_all_at_once_and_nothing_is_written(world) -> None:
    shapes = {**SHAPES, "Okänd": box(2000, 0)}
    matches = {"Okänd": "finns-inte", "Saknas": "norra-provstad"}
    with pytest.raises(ValidationError) as refusal:
        load(world, shapes, matches=matches)
    text = "\n".join(refusal.value.messages)
    assert "Namnet Saknas finns inte i filen" in text
    assert "inget område av slaget med adressen finns-inte" in text
    with pytest.raises(ValidationError, match="inte vara samma område: Norra Provstad"):
        load(world, shapes, matches={"Okänd": "norra-provstad"})
    assert not BoundarySet.objects.exists()


def test_an_agreement_without_a_territory_is_refused(world) -> None:
    world.agreement.territory = None
    with pytest.raises(ValidationError, match="inget område angivet"):
        load(world)


def test_a_shortened_name_waits_for_a_person_who_confirms_it_once(world) -> None:
    loaded = load(world, {NORRA: box(0, 1000), "SÖDRA PROV": box(0, 0)})
    found = loaded.boundary_set
    assert "SÖDRA PROV" in loaded.act.summary
    with pytest.raises(ValidationError, match="Bekräfta först vilka områden de är: SÖDRA PROV"):
        activate(world, found, "2021-01-01")
    row = found.boundaries.get(area=None)
    done = confirm_names(
        user=None,
        agreement=world.agreement,
        boundary_set=found,
        chosen={row.pk: world.south},
    )
    assert "SÖDRA PROV är Södra Provstad." in done.summary
    activate(world, found, "2021-01-01")
    assert areas_at("2021-01-01", 500) == (world.south.pk,)


def test_a_name_may_be_left_out_but_not_given_an_area_that_is_taken(world) -> None:
    found = load(world, {**SHAPES, "Sjön": box(2000, 0)}).boundary_set
    row = found.boundaries.get(area=None)
    with pytest.raises(ValidationError, match="samma område: Norra Provstad"):
        confirm_names(
            user=None,
            agreement=world.agreement,
            boundary_set=found,
            chosen={row.pk: world.north},
        )
    confirm_names(user=None, agreement=world.agreement, boundary_set=found, chosen={row.pk: None})
    assert found.boundaries.count() == 2
    assert compare(found).unnamed == []


# -- on which day ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        ("2020-12-31", None),
        ("2021-01-01", "south"),
        ("2022-12-31", "south"),
        ("2023-01-01", "north"),
        ("2040-01-01", "north"),
    ],
)
def test_a_question_about_a_day_is_answered_by_the_set_of_that_day(world, when, answer) -> None:
    """The place lies in the south until the line is moved on the first of January 2023."""
    before = loaded_and_activated(world, SHAPES, "2021-01-01")
    loaded_and_activated(world, LATER, "2023-01-01")
    before.refresh_from_db()
    assert before.valid_through == day("2022-12-31")
    expected = (getattr(world, answer).pk,) if answer else ()
    assert areas_at(when, 950) == expected


def test_a_set_activated_before_one_that_is_to_come_ends_the_day_before_it(world) -> None:
    loaded_and_activated(world, SHAPES, "2021-01-01")
    loaded_and_activated(world, LATER, "2027-01-01")
    between = loaded_and_activated(world, {**SHAPES, NORRA: box(0, 1000, 990)}, "2024-01-01")
    assert between.valid_through == day("2026-12-31")
    with pytest.raises(ValidationError, match="Välj en senare dag"):
        activate(world, load(world, SHAPES, "2025-01-01").boundary_set, "2024-01-01")


def test_what_is_used_is_neither_activated_again_nor_thrown_away(world) -> None:
    found = loaded_and_activated(world, SHAPES, "2021-01-01")
    for verb in (discard_boundaries, confirm_names):
        more = {"chosen": {}} if verb is confirm_names else {}
        with pytest.raises(ValidationError, match="används redan"):
            verb(user=None, agreement=world.agreement, boundary_set=found, **more)
    with pytest.raises(ValidationError, match="används redan"):
        activate(world, found, "2022-01-01")
    assert areas_at("2021-01-01", 500) == (world.south.pk,)


def test_an_inactive_set_is_thrown_away_with_its_shapes(world) -> None:
    found = load(world).boundary_set
    done = discard_boundaries(user=None, agreement=world.agreement, boundary_set=found)
    assert "kastades" in done.summary
    assert not BoundarySet.objects.exists()
    assert not Boundary.objects.exists()
    with pytest.raises(Stale):
        activate(world, found, "2021-01-01")


def test_a_set_that_was_changed_after_it_was_seen_is_not_activated(world) -> None:
    found = load(world).boundary_set
    seen = last_change(world.municipality.pk)
    load(world, LATER)
    with pytest.raises(Stale):
        activate(world, found, "2021-01-01", seen=seen)
    assert not BoundarySet.objects.filter(activated=True).exists()


# -- the index ------------------------------------------------------------------------------


def test_a_look_up_costs_one_query_and_a_change_shows_in_the_next(world) -> None:
    loaded_and_activated(world, SHAPES, "2021-01-01")
    areas_at("2023-01-01", 950)
    with CaptureQueriesContext(connection) as asked:
        assert areas_at("2023-01-01", 950) == (world.south.pk,)
    assert len(asked) == 1
    loaded_and_activated(world, LATER, "2023-01-01")
    assert areas_at("2023-01-01", 950) == (world.north.pk,)


def test_near_a_line_every_candidate_is_named_and_nothing_is_certain(world) -> None:
    loaded_and_activated(world, SHAPES, "2021-01-01")
    index = boundary_index(day("2021-01-01"))
    norths, easts = [NORTH + 1002, NORTH + 500, NORTH + 500], [EAST + 500, EAST + 500, EAST - 2]
    expected = [(world.north.pk, world.south.pk), (world.south.pk,), (world.south.pk,)]
    assert index.at("stadsdel", norths, easts) == expected
    assert index.certain("stadsdel", norths, easts) == [False, True, False]
    assert index.at("lokalpolisomrade", norths, easts) == [(), (), ()]
    assert index.set_of("lokalpolisomrade") is None


def test_a_sketch_answers_only_where_no_set_is_in_force_and_says_so(world) -> None:
    shapes = {world.north: box(0, 0, 1000, 2000)}
    sketch = make_boundary_set(world.municipality, shapes, sketch=True)
    loaded_and_activated(world, SHAPES, "2021-01-01")
    before, after = boundary_index(day("2020-12-31")), boundary_index(day("2021-01-01"))
    assert before.set_of("stadsdel") == sketch
    assert before.sketch == {"stadsdel"}
    assert before.certain("stadsdel", [NORTH + 500], [EAST + 500]) == [False]
    assert areas_at("2020-12-31", 500) == (world.north.pk,)
    assert not after.sketch
    assert areas_at("2021-01-01", 500) == (world.south.pk,)


def test_the_sets_of_two_territories_answer_side_by_side(world, elsewhere) -> None:
    make_boundary_set(world.municipality, {world.north: box(0, 0)}, activated=True)
    make_boundary_set(elsewhere.municipality, {elsewhere.north: box(1000, 0)}, activated=True)
    assert areas_at("2021-01-01", 500, 500) == (world.north.pk,)
    assert areas_at("2021-01-01", 500, 1500) == (elsewhere.north.pk,)
    assert areas_at("2021-01-01", 500, 1001) == (world.north.pk, elsewhere.north.pk)


# -- comparing ------------------------------------------------------------------------------


def test_a_set_is_compared_with_the_one_in_force(world) -> None:
    loaded_and_activated(world, SHAPES, "2021-01-01")
    shapes = {NORRA: box(0, 800, 1000, 1200), "Östra": box(1000, 0)}
    it = compare(load(world, shapes, "2023-01-01").boundary_set)
    assert it.before is not None
    assert [row.name for row in it.unnamed] == ["Östra"]
    assert it.missing == [world.south]
    assert it.gone == [world.south]
    [change] = it.changes
    assert (change.area, change.before, change.after) == (world.north, 100, 120)
    assert (change.gained, change.lost) == (20, 0)
    assert (it.new, it.unchanged, it.overlaps, it.holes, it.invalid) == ([], 0, [], [], [])


def test_overlaps_and_holes_are_measured_in_hectares(world) -> None:
    ring = shapely.Polygon(box(0, 1000).exterior, [box(400, 1400, 100, 100).exterior])
    it = compare(load(world, {NORRA: ring, SODRA: box(0, 0, 1000, 1100)}).boundary_set)
    [overlap] = it.overlaps
    assert {overlap.one, overlap.other} == {world.north, world.south}
    assert overlap.hectares == pytest.approx(10)
    [hole] = it.holes
    assert hole.hectares == pytest.approx(1)
    assert box(400, 1400, 100, 100).contains(shapely.Point(hole.east, hole.north))
