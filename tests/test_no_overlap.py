"""NoOverlap: the database refuses, whoever writes, on both engines."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from governance.models import AgreementVersion
from governance.no_overlap import NoOverlap
from tests.days import day
from tests.no_overlap import FIRST, LAST, RULES, World, execute, make

SIDES = [
    ("2021-01-01", "2021-02-28", True),  # the day before
    ("2021-01-01", "2021-03-01", False),  # meets its first day
    ("2021-03-10", "2021-03-11", False),  # inside
    ("2021-01-01", "2021-12-31", False),  # around
    ("2021-01-01", None, False),  # around, open-ended
    ("2021-03-31", None, False),  # meets its last day
    ("2021-04-01", None, True),  # the day after
]
each_rule = pytest.mark.parametrize(
    ("model", "rule"), RULES, ids=[constraint.name for _, constraint in RULES]
)


@pytest.fixture
def world(empty_database: None) -> World:
    return World()


@each_rule
@pytest.mark.parametrize(("first", "last", "free"), SIDES)
def test_a_second_row_is_refused_from_every_side_past_the_forms(
    world: World, model: Any, rule: NoOverlap, first: str, last: str | None, free: bool
) -> None:
    make(world, model, rule, FIRST, LAST).save()
    rival = make(world, model, rule, first, last)
    if free:
        rival.full_clean()
        model.objects.bulk_create([rival])
        return
    with pytest.raises(ValidationError) as refusal:
        rival.full_clean()
    assert str(rule.get_violation_error_message()) in refusal.value.messages
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        model.objects.bulk_create([rival])


@each_rule
def test_a_change_of_days_into_another_row_is_refused(
    world: World, model: Any, rule: NoOverlap
) -> None:
    make(world, model, rule, FIRST, LAST).save()
    later = make(world, model, rule, "2021-04-01", None)
    later.save()
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        model.objects.filter(pk=later.pk).update(valid_from=day(LAST))
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        execute(f"UPDATE {model._meta.db_table} SET valid_through = NULL WHERE id <> %s", later.pk)


@each_rule
def test_a_change_of_key_into_another_row_is_refused(
    world: World, model: Any, rule: NoOverlap
) -> None:
    here = make(world, model, rule, FIRST, LAST)
    here.save()
    there = make(world, model, rule, FIRST, LAST, other_key=True)
    there.save()
    key = next(name for name in rule.fields if getattr(here, name) != getattr(there, name))
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        model.objects.filter(pk=there.pk).update(**{key: getattr(here, key)})


CONDITIONED = [(model, rule) for model, rule in RULES if rule.condition]


@pytest.mark.parametrize(
    ("model", "rule"), CONDITIONED, ids=[constraint.name for _, constraint in CONDITIONED]
)
def test_a_change_into_the_condition_is_refused_and_rows_outside_it_are_free(
    world: World, model: Any, rule: NoOverlap
) -> None:
    column, value = rule.condition.children[0]
    others = {"whole_kind": "plats", "role": "member", "kind": "deputy", "activated": False}
    other = others[column]
    make(world, model, rule, FIRST, LAST).save()
    outside = make(world, model, rule, FIRST, LAST, **{column: other})
    rule.validate(model, outside)
    outside.save()
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        model.objects.filter(pk=outside.pk).update(**{column: value})


@each_rule
def test_raw_sql_is_refused_like_everything_else(world: World, model: Any, rule: NoOverlap) -> None:
    row = make(world, model, rule, FIRST, LAST)
    row.save()
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    # A copy of the row, different only where another rule would speak up first.
    values = {name: f'"{name}"' for name in names}
    if model is AgreementVersion:
        values["number"] = '"number" + 50'
    if "seat_one" in rule.name:
        values["function_id"] = str(world.functions[17].pk)
    columns = ", ".join(f'"{name}"' for name in names)
    copy = f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())} FROM {table}"
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        execute(f"{copy} WHERE id = %s", row.pk)


@each_rule
def test_a_row_may_be_saved_again_and_shortened(world: World, model: Any, rule: NoOverlap) -> None:
    row = make(world, model, rule, FIRST, LAST)
    row.save()
    row.valid_through = day(FIRST)
    row.full_clean()
    row.save()
    assert model.objects.get(pk=row.pk).valid_through == day(FIRST)


@each_rule
def test_a_rule_equals_itself_read_back_from_a_migration(model: Any, rule: NoOverlap) -> None:
    _, args, kwargs = rule.deconstruct()
    assert NoOverlap(*args, **kwargs) == rule
    assert NoOverlap(*args, **{**kwargs, "name": "another"}) != rule
    assert NoOverlap(*args, **{**kwargs, "fields": ["valid_from"]}) != rule
    assert NoOverlap(*args, **{**kwargs, "condition": Q(kind="x")}) != rule


@each_rule
def test_the_keys_of_a_rule_are_whole_numbers_that_cannot_be_null(
    model: Any, rule: NoOverlap
) -> None:
    for name in rule.fields:
        field = model._meta.get_field(name)
        assert not field.null, name
        assert isinstance(field, models.ForeignKey | models.IntegerField), name


def test_a_condition_that_is_more_than_equal_values_is_refused_when_declared() -> None:
    for condition in (~Q(kind="ordinary"), Q(kind="ordinary") | Q(kind="acting")):
        with pytest.raises(TypeError, match="plain"):
            NoOverlap(name="x", fields=["seat"], condition=condition)
