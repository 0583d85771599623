"""What the loaded structure says on the days that the issue names."""

import pytest

from governance.models import (
    Area,
    AreaMap,
    Challenge,
    CoverageMap,
    Indicator,
    IndicatorValue,
    SteeringGroup,
)
from governance.services.coverages import change_coverage
from governance.services.structure import load_structure
from governance.temporal import today
from tests.conftest import FIXTURES
from tests.days import day

pytestmark = pytest.mark.django_db


def divisions(stadsdel: str, on) -> tuple[set[str], set[str]]:
    """The names of the stadsdelsområden and lokalpolisområden that a stadsdel is part of."""
    area = Area.objects.get(kind="stadsdel", name=stadsdel)
    larger = Area.objects.filter(pk__in=AreaMap(on).upwards(area.pk))
    kinds = ("stadsdelsomrade", "lokalpolisomrade")
    first, second = ({area.name for area in larger if area.kind == kind} for kind in kinds)
    return first, second


@pytest.mark.parametrize(
    ("stadsdel", "on", "district", "police"),
    [
        ("Rågsved", "today", "Enskede-Årsta-Vantör", "Farsta"),
        ("Årsta", "today", "Enskede-Årsta-Vantör", "Globen"),
        ("Solberga", "today", "Hägersten-Älvsjö", "Globen"),
        ("Fruängen", "today", "Hägersten-Älvsjö", "Skärholmen"),
        ("Vasastaden", "2019-11-04", "Norrmalm", "Norrmalm"),
        ("Vasastaden", "2023-06-30", "Norrmalm", "Norrmalm"),
        ("Vasastaden", "2023-07-01", "Norra innerstaden", "Norrmalm"),
        ("Vasastaden", "2024-12-31", "Norra innerstaden", "Norrmalm"),
        ("Vasastaden", "2025-01-01", "Norra innerstaden", "Norra innerstaden"),
        ("Vasastaden", "today", "Norra innerstaden", "Norra innerstaden"),
    ],
)
def test_a_stadsdel_is_part_of_one_of_each_division(stadsdel, on, district, police, structure):
    on = today() if on == "today" else day(on)
    assert divisions(stadsdel, on) == ({district}, {police})


@pytest.mark.parametrize(
    ("on", "districts", "police"),
    [("2019-06-01", 14, 7), ("2020-07-01", 13, 7), ("2023-07-01", 11, 7), ("2025-06-01", 11, 8)],
)
def test_number_of_areas_of_each_kind(on, districts, police, structure):
    areas = Area.objects.as_of(day(on))
    assert areas.filter(kind="stadsdelsomrade").count() == districts
    assert areas.filter(kind="lokalpolisomrade").count() == police


@pytest.mark.parametrize(
    ("on", "number"), [("2021-01-01", 10), ("2024-06-01", 5), ("2019-08-27", 0)]
)
def test_number_of_challenges(on, number, structure):
    versions = structure.versions.as_of(day(on))
    assert Challenge.objects.filter(version__in=versions).count() == number


def local_groups(on) -> dict[str, int]:
    """How many local groups work in each stadsdel."""
    found = CoverageMap(on, SteeringGroup.objects.filter(kind="local"))
    return {
        area.name: len(found.groups_in(area.pk)) for area in Area.objects.filter(kind="stadsdel")
    }


@pytest.mark.parametrize("on", ["2019-12-01", "2021-01-01", "2024-01-01", "today"])
def test_each_stadsdel_has_exactly_one_local_group(on, structure):
    numbers = local_groups(today() if on == "today" else day(on))
    assert len(numbers) == 117
    assert set(numbers.values()) == {1}


def test_no_local_group_is_known_the_day_before_the_agreement(structure):
    assert set(local_groups(day("2019-11-03")).values()) == {0}
    assert set(local_groups(day("2019-11-04")).values()) == {1}


def in_farsta(on) -> set[str]:
    district = Area.objects.get(kind="stadsdelsomrade", slug="farsta")
    inside = Area.objects.filter(pk__in=AreaMap(on).downwards(district.pk), kind="stadsdel")
    return {area.name for area in inside}


def test_coverage_that_ends_leaves_exactly_its_stadsdelar_as_gaps(farsta):
    on = day("2024-03-01")
    change_coverage(user=None, group=farsta, first_day=on, areas=[])
    gaps = {name for name, number in local_groups(on).items() if number == 0}
    assert gaps == in_farsta(on)
    assert len(gaps) > 3
    assert set(local_groups(day("2024-02-29")).values()) == {1}


def test_coverage_that_is_added_makes_exactly_its_stadsdelar_double(farsta):
    on = day("2024-03-01")
    bromma = SteeringGroup.objects.get(slug="bromma")
    areas = Area.objects.filter(kind="stadsdelsomrade", slug__in=["bromma", "farsta"])
    change_coverage(user=None, group=bromma, first_day=on, areas=areas)
    assert {name for name, number in local_groups(on).items() if number == 2} == in_farsta(on)


def test_real_values_are_there_for_the_years_that_were_measured_and_no_others(structure):
    rows = IndicatorValue.objects.filter(indicator__code="TM02").select_related("area")
    found = {(row.area.slug, row.year): int(row.value) for row in rows}
    assert found == {
        ("stockholm", 2014): 8,
        ("stockholm", 2017): 11,
        ("stockholm", 2020): 9,
        ("rinkeby-kista", 2017): 21,
        ("rinkeby-kista", 2020): 11,
        ("spanga-tensta", 2017): 26,
        ("spanga-tensta", 2020): 13,
        ("farsta", 2017): 12,
        ("farsta", 2020): 12,
    }


def test_every_value_was_measured_while_its_area_was_there(structure):
    for row in IndicatorValue.objects.select_related("area"):
        assert row.area.in_force(day(f"{row.year}-12-31")), row


def test_an_indicator_has_one_unit_and_the_two_of_reported_crime_are_told_apart(structure):
    assert not Indicator.objects.filter(unit__contains=";").exists()
    twins = Indicator.objects.filter(code__regex=r"^AB0[1-6]R$")
    assert twins.count() == 6
    assert set(twins.values_list("unit", flat=True)) == {"per 100 000 invånare"}
    city = IndicatorValue.objects.filter(area__slug="stockholm", year=2004)
    assert {(row.indicator.code, row.value) for row in city} == {("AB01", 157281), ("AB01R", 20596)}


def test_what_was_changed_of_an_indicator_is_not_overwritten(structure):
    row = IndicatorValue.objects.get(
        indicator__code="TM02", area__slug="farsta", area__kind="stadsdelsomrade", year=2020
    )
    row.value = 13
    row.save()
    Indicator.objects.filter(code="TM02").update(hide_small=False, name="Oro")
    assert load_structure(folder=FIXTURES).in_words() == (
        "Strukturen är redan inläst. Inget har ändrats."
    )
    row.refresh_from_db()
    assert (row.value, row.indicator.name) == (13, "Oro")
