"""NoOverlap survives what later migrations do to its table."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from governance.models import Mandate
from tests.no_overlap import FIRST, LAST, World, execute, make, rule_named


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["add a column", "alter a column", "drop a column"])
def test_the_rule_survives_a_later_migration_that_makes_the_table_anew(kind: str) -> None:
    world = World()
    make(world, Mandate, rule_named("mandate_one_ordinary_holder"), FIRST, LAST).save()
    extra = models.CharField(max_length=5, default="")
    extra.set_attributes_from_name("extra")
    longer = models.CharField(max_length=7, default="")
    longer.set_attributes_from_name("extra")
    with connection.schema_editor() as editor:
        editor.add_field(Mandate, extra)
    try:
        if kind == "alter a column":
            with connection.schema_editor() as editor:
                editor.alter_field(Mandate, extra, longer)
        if kind == "drop a column":
            with connection.schema_editor() as editor:
                editor.remove_field(Mandate, extra)
        rival = make(world, Mandate, rule_named("mandate_one_ordinary_holder"), LAST, None)
        with (
            pytest.raises(IntegrityError, match="mandate_one_ordinary_holder"),
            transaction.atomic(),
        ):
            insert_with_extra(rival, kind)
    finally:
        if kind != "drop a column":
            with connection.schema_editor() as editor:
                editor.remove_field(Mandate, extra)


def insert_with_extra(rival: Mandate, kind: str) -> None:
    """Save past Django's picture of the table, which does not know the extra column."""
    if kind != "drop a column" and connection.vendor == "sqlite":
        execute(
            "INSERT INTO governance_mandate (seat_id, person_id, kind, level, title_then, basis,"
            " basis_reference, end_reason, source_mark, source, valid_from, extra)"
            " VALUES (%s, %s, 'ordinary', '', '', 'position', '', '', '', '', %s, '')",
            rival.seat_id,
            rival.person_id,
            rival.valid_from,
        )
    elif kind != "drop a column":
        execute("ALTER TABLE governance_mandate ALTER COLUMN extra SET DEFAULT ''")
        rival.save()
    else:
        rival.save()


@pytest.mark.django_db(transaction=True)
def test_postgresql_can_take_the_rule_away_and_put_it_back() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite makes the table anew instead, which the test above goes through
    rule, world = rule_named("mandate_one_acting_holder"), World()
    make(world, Mandate, rule, FIRST, LAST).save()
    with connection.schema_editor() as editor:
        editor.remove_constraint(Mandate, rule)
    rival = make(world, Mandate, rule, FIRST, LAST)
    rival.save()
    rival.delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Mandate, rule)
    with pytest.raises(IntegrityError, match=rule.name), transaction.atomic():
        make(world, Mandate, rule, LAST, None).save()
