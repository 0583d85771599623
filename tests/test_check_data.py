"""`check_data` finds each fault that no constraint can refuse, and nothing in sound data."""

import pytest
from django.core.management import CommandError, call_command

from governance.models import (
    Area,
    AreaPart,
    Challenge,
    Coverage,
    GroupDecision,
    Leave,
    Mandate,
    Organization,
    PersonName,
    Seat,
    SteeringGroup,
)
from governance.queries.faults import CHECKS
from tests.days import day
from tests.worlds import FIRST, appoint, make_person

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [fault for check in CHECKS for fault in check()]


@pytest.fixture
def mandate(world) -> Mandate:
    return appoint(world.member, make_person(world.company))


def change(row, **columns) -> None:
    """Past the model's own rules, as raw SQL would."""
    type(row).objects.filter(pk=row.pk).update(**columns)


def test_the_structure_and_a_filled_seat_are_sound(structure, world, mandate, capsys):
    call_command("check_data")
    assert capsys.readouterr().out == "Inga fel hittades.\n"


def test_faults_are_listed_and_the_command_fails(world, capsys):
    change(world.group, slug="södra")
    with pytest.raises(CommandError, match=r"^2 fel hittades\.$") as refused:
        call_command("check_data")
    assert refused.value.returncode == 1
    slug, key = sorted(capsys.readouterr().out.splitlines(), reverse=True)
    assert "nyckeln search_key följer inte texten" in slug + key
    assert "”södra” får bara ha a–z, 0–9 och bindestreck." in slug + key


def test_a_part_whose_kind_differs_from_its_whole(world):
    change(AreaPart.objects.get(part=world.north), whole_kind="kommun")
    [fault] = found()
    assert "slaget är kommun, men det större området provstads-district är stadsdelsomrade" in fault


OUTSIDE = {"first": {"valid_from": day("2019-12-31")}, "last": {"valid_through": day("2031-01-01")}}


@pytest.mark.parametrize("end", OUTSIDE)
def test_a_mandate_a_day_outside_its_seat(world, mandate, end):
    for row in (world.member, mandate):
        change(row, valid_through=day("2030-12-31"))
    assert found() == []
    change(mandate, **OUTSIDE[end])
    [fault] = found()
    assert fault.startswith(f"Uppdrag {mandate.pk} gäller ")
    assert f"utanför Plats i gruppen {world.member.pk} (2020-01-01–2030-12-31)." in fault


def test_a_mandate_until_further_notice_in_a_seat_that_ends(world, mandate):
    change(world.member, valid_through=day("2030-12-31"))
    [fault] = found()
    assert f"Uppdrag {mandate.pk} gäller 2020-01-01–tills vidare, utanför" in fault


@pytest.mark.parametrize("end", OUTSIDE)
def test_a_leave_a_day_outside_its_mandate(world, mandate, end):
    change(mandate, valid_through=day("2030-12-31"))
    leave = Leave.objects.create(mandate=mandate, valid_from=FIRST, valid_through=day("2030-12-31"))
    assert found() == []
    change(leave, **OUTSIDE[end])
    [fault] = found()
    assert fault.startswith(f"Tjänstledighet {leave.pk} gäller ")
    assert f"utanför Uppdrag {mandate.pk} (2020-01-01–2030-12-31)." in fault


@pytest.mark.parametrize("end", OUTSIDE)
def test_a_seat_a_day_outside_its_group(world, end):
    for rows in (
        Seat.objects.filter(group=world.group),
        Coverage.objects.filter(group=world.group),
    ):
        rows.update(valid_through=day("2030-12-31"))
    change(world.group, valid_through=day("2030-12-31"))
    assert found() == []
    change(world.chair, **OUTSIDE[end])
    [fault] = found()
    assert fault.startswith(f"Plats i gruppen {world.chair.pk} gäller ")
    assert f"utanför Styrgrupp {world.group.pk} ({world.group.slug})" in fault


def test_coverage_outside_its_group(world):
    later = {"valid_from": day("2020-02-01")}
    change(world.group, **later)
    Seat.objects.filter(group=world.group).update(**later)
    [fault] = found()
    assert fault.startswith("Täckning ")
    assert "utanför Styrgrupp " in fault


def test_coverage_outside_the_life_of_its_area(world):
    Coverage.objects.create(
        group=world.group, area=world.north, valid_from=FIRST, valid_through=day("2021-12-31")
    )
    AreaPart.objects.filter(part=world.north).update(valid_through=day("2021-06-30"))
    change(world.north, valid_through=day("2021-06-30"))
    [fault] = found()
    assert fault.startswith("Täckning ")
    assert "utanför Område " in fault


@pytest.mark.parametrize("which", ["north", "municipality"])
def test_a_part_outside_the_life_of_its_areas(world, which):
    area: Area = getattr(world, which)
    change(area, valid_through=day("2030-12-31"))
    [fault] = found()
    assert fault.startswith("Områdesdel ")
    assert f"utanför Område {area.pk} ({area.slug})" in fault


@pytest.mark.parametrize(
    ("noun", "column"),
    [
        (Area, "search_key"),
        (Area, "sort_key"),
        (SteeringGroup, "sort_key"),
        (Challenge, "search_key"),
        (PersonName, "search_key"),
        (PersonName, "sort_key"),
    ],
)
def test_a_key_that_does_not_follow_its_text(world, mandate, noun, column):
    row = noun.objects.order_by("pk").last()
    change(row, **{column: "gammal"})
    [fault] = found()
    assert f" {row.pk}" in fault
    assert f"nyckeln {column} följer inte texten" in fault
    assert "Provström" not in fault


def test_a_group_created_twice(world):
    GroupDecision.objects.create(group=world.group, act="create", first_day=day("2021-01-01"))
    assert found() == [
        f"Styrgrupp {world.group.slug}: 2 beslut om att skapa gruppen. Det ska vara högst ett."
    ]


def test_a_row_that_succeeds_itself_through_another(world):
    world.city.successors.add(world.police)
    world.police.successors.add(world.company)
    assert found() == []
    world.company.successors.add(world.police)
    assert len(found()) == 2  # the city leads into the circle and is not part of it
    Organization.successors.through.objects.all().delete()
    world.group.successors.add(world.group)
    [fault] = found()
    assert "efterträder sig själv" in fault
    assert world.group.slug in fault


def test_an_address_that_is_not_ascii(world):
    change(world.chair.function, code="ordförande")
    [fault] = found()
    assert "”ordförande” får bara ha a–z, 0–9 och bindestreck." in fault
