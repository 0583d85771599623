"""NoOverlap: the rule that rows of one thing do not overlap in time, kept by the database."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from governance.temporal import PeriodQuerySet


class NoOverlap(BaseConstraint):
    """No two rows that share `fields` are in force on the same day.

    With `condition`, only rows that meet it are compared with each other. The
    database keeps the rule whoever writes: PostgreSQL by an exclusion constraint
    (`fields` as ranges, so that no extension is needed), SQLite by two triggers.
    `fields` are integer columns that cannot be NULL: a range from NULL to NULL
    would be the same as every value at once.
    """

    def __init__(
        self,
        *,
        fields: Iterable[str],
        name: str,
        condition: Q | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields = tuple(fields)
        self.condition = condition
        if condition is not None and (condition.negated or condition.connector != Q.AND):
            raise TypeError("NoOverlap takes a condition of plain field=value pairs.")

    def __eq__(self, other: object) -> bool:
        """Equal when declared alike; without it makemigrations makes it anew for ever."""
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fields))

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs["fields"] = self.fields
        if self.condition is not None:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        used = {*self.fields, "valid_from", "valid_through", *self._condition_items()}
        if used & set(exclude or ()) or instance.valid_from is None:  # type: ignore[attr-defined]
            return
        rows = PeriodQuerySet(model, using=using)
        if any(getattr(instance, name) != value for name, value in self._condition_items().items()):
            return
        rivals = (
            rows.filter(
                **self._condition_items(),
                **{name: getattr(instance, name) for name in self._columns(model, self.fields)},
            )
            .exclude(pk=instance.pk)
            .overlapping(instance.valid_from, instance.valid_through)  # type: ignore[attr-defined]
        )
        if rivals.exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def _condition_items(self) -> dict[str, Any]:
        """The columns that the condition looks at, and what each must be."""
        return dict(self.condition.children) if self.condition else {}  # type: ignore[arg-type]

    # -- what each engine is told ------------------------------------------------

    def constraint_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        """The clause for CREATE TABLE; on SQLite, triggers that follow the table."""
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion(model, schema_editor)
        # Deferred SQL is run after every (re-)making of the table and follows its
        # renaming, so the triggers survive later migrations.
        for template in self._triggers(model, schema_editor):
            table = Table(model._meta.db_table, schema_editor.quote_name)
            schema_editor.deferred_sql.append(Statement(template, table=table))
        return None

    def create_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self._exclusion(model, schema_editor)}"

    def remove_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def _columns(self, model: type[models.Model], names: Iterable[str]) -> list[str]:
        return [str(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]

    def _met(
        self, model: type[models.Model], editor: BaseDatabaseSchemaEditor, row: str = ""
    ) -> list[str]:
        """The condition in SQL, on the columns as they are or on those of `row`."""
        items = self._condition_items()
        columns = zip(self._columns(model, items), items.values(), strict=True)
        return [
            f"{row}{editor.quote_name(column)} = {editor.quote_value(value)}"
            for column, value in columns
        ]

    def _exclusion(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        keys = [
            f"int8range({quote(column)}, {quote(column)}, '[]') WITH &&"
            for column in self._columns(model, self.fields)
        ]
        first, last = map(quote, self._columns(model, ("valid_from", "valid_through")))
        days = f"daterange({first}, {last}, '[]') WITH &&"  # both days count, as in `as_of`
        where = f" WHERE ({' AND '.join(met)})" if (met := self._met(model, schema_editor)) else ""
        return (
            f"CONSTRAINT {quote(self.name)} EXCLUDE USING gist ({', '.join([*keys, days])}){where}"
        )

    def _triggers(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> list[str]:
        """CREATE TRIGGER for insert, and for update of any column that the rule reads.

        They fire AFTER the row is written, so that it can be told from its rivals by
        its id also when it is new; RAISE(ABORT) takes the statement back.
        """
        quote = schema_editor.quote_name
        watched = self._columns(
            model, [*self.fields, "valid_from", "valid_through", *self._condition_items()]
        )
        first, last = map(quote, self._columns(model, ("valid_from", "valid_through")))
        key = quote(str(model._meta.pk.column)) if model._meta.pk else "rowid"
        rival = [
            f"{key} <> NEW.{key}",
            *(f"{quote(name)} = NEW.{quote(name)}" for name in self._columns(model, self.fields)),
            f"({last} IS NULL OR {last} >= NEW.{first})",
            f"(NEW.{last} IS NULL OR {first} <= NEW.{last})",
            *self._met(model, schema_editor),
        ]
        guard = " AND ".join(self._met(model, schema_editor, row="NEW.")) or "1"
        body = (  # no value here comes from a user: names of columns and the rule's own words
            f"FOR EACH ROW WHEN {guard} BEGIN "
            f"SELECT RAISE(ABORT, 'constraint failed: {self.name}') "
            f"WHERE EXISTS (SELECT 1 FROM %(table)s WHERE {' AND '.join(rival)}); END"
        )
        return [
            f"CREATE TRIGGER {quote(self.name + '_insert')} AFTER INSERT ON %(table)s {body}",
            f"CREATE TRIGGER {quote(self.name + '_update')} "
            f"AFTER UPDATE OF {', '.join(map(quote, watched))} ON %(table)s {body}",
        ]
