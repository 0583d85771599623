"""Time, asked the same way everywhere: both days count."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, transaction

from governance.models import Agreement, Area, Coverage, SteeringGroup
from governance.temporal import Lifespan, Period, PeriodQuerySet
from tests.days import day

FIRST, LAST = "2021-03-01", "2021-03-31"


def maybe(text: str | None) -> datetime.date | None:
    return day(text) if text else None


@pytest.fixture
def keys(empty_database: None) -> dict[str, object]:
    """A group and an area that a coverage can join."""
    opened = {"valid_from": day("2000-01-01")}
    agreement = Agreement.objects.create(name="Avtal", slug="avtal", level="central")
    group = SteeringGroup.objects.create(
        agreement=agreement, name="Grupp", slug="grupp", kind="central", **opened
    )
    area = Area.objects.create(name="Ort", slug="ort", kind="stadsdel", **opened)
    return {"group": group, "area": area}


@pytest.mark.parametrize(
    ("asked", "found"),
    [("2021-02-28", False), (FIRST, True), (LAST, True), ("2021-04-01", False)],
)
def test_first_and_last_day_count(keys: dict[str, object], asked: str, found: bool) -> None:
    row = Coverage.objects.create(**keys, valid_from=day(FIRST), valid_through=day(LAST))
    assert Coverage.objects.as_of(day(asked)).exists() is found
    assert row.in_force(day(asked)) is found


@pytest.mark.parametrize("asked", ["2021-02-28", FIRST, "2021-03-15", LAST, "2021-04-01"])
@pytest.mark.parametrize("last", [LAST, None])
def test_a_row_is_just_one_of_upcoming_in_force_and_ended(
    keys: dict[str, object], asked: str, last: str | None
) -> None:
    row = Coverage.objects.create(**keys, valid_from=day(FIRST), valid_through=maybe(last))
    rows, now = Coverage.objects, day(asked)
    by_query = [rows.upcoming(now).exists(), rows.as_of(now).exists(), rows.ended(now).exists()]
    by_row = [row.is_upcoming(now), row.in_force(now), row.has_ended(now)]
    assert by_query == by_row
    assert by_row.count(True) == 1


@pytest.mark.parametrize(
    ("asked", "lasting"), [("2021-03-30", True), (LAST, False), ("2021-04-01", False)]
)
def test_outlasting_a_day_means_having_a_day_after_it(
    keys: dict[str, object], asked: str, lasting: bool
) -> None:
    Coverage.objects.create(**keys, valid_from=day(FIRST), valid_through=day(LAST))
    assert Coverage.objects.all().outlasting(day(asked)).exists() is lasting


def test_a_period_of_one_day_is_allowed_and_one_of_none_is_not(keys: dict[str, object]) -> None:
    row = Coverage(**keys, valid_from=day(FIRST))
    row.valid_through = day(FIRST)
    row.full_clean()
    row.valid_through = day("2021-02-28")
    with pytest.raises(ValidationError, match="Sista dagen får inte ligga före första dagen"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("precision", "unknown"),
    [("exact", False), ("not_later_than", True), ("approximate", True), ("unknown", False)],
)
def test_before_a_source_begins_nothing_is_known(precision: str, unknown: bool) -> None:
    area = Area(valid_from=day("2019-01-01"), valid_from_precision=precision)
    assert isinstance(area, Lifespan)
    assert area.is_unknown(day("2018-12-31")) is unknown
    assert area.is_unknown(day("2019-01-01")) is False


def test_every_dated_noun_keeps_the_rule_of_its_period() -> None:
    for model in apps.get_app_config("governance").get_models():
        try:
            model._meta.get_field("history_id")
        except FieldDoesNotExist:
            pass
        else:
            continue
        if issubclass(model, Period):
            names = [constraint.name for constraint in model._meta.constraints]
            assert f"governance_{model._meta.model_name}_ends_after_start" in names, model
            assert isinstance(model._default_manager.all(), PeriodQuerySet), model
