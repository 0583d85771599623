"""Validity in time: one vocabulary for every dated row in the app.

A dated row is in force from `valid_from` (från och med) through `valid_through`
(till och med). Both days count. An empty `valid_through` means until further
notice (tills vidare).

This is the only module that compares dates with a day. Everything else passes a
`day` in; only the edges (a view, a command) ask `today()`.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)

# The first day of something whose first day nobody knows (precision "unknown").
UNKNOWN_FIRST_DAY = datetime.date(1900, 1, 1)


def today() -> datetime.date:
    """Today in Europe/Stockholm. Called by the edges only."""
    return timezone.localdate()


def day_before(day: datetime.date) -> datetime.date:
    """The last day of what ends when something else begins on `day`."""
    return day - datetime.timedelta(days=1)


def day_after(day: datetime.date) -> datetime.date:
    """The first day of what begins when something else ends on `day`."""
    return day + datetime.timedelta(days=1)


class PeriodQuerySet(models.QuerySet[Row]):
    """Questions about time, answered the same way for every dated model."""

    def as_of(self, day: datetime.date) -> Self:
        """Rows in force on `day`."""
        return self.overlapping(day, day)

    def overlapping(self, first: datetime.date, last: datetime.date | None) -> Self:
        """Rows in force on at least one day from `first` through `last` (None: for ever)."""
        rows = self.filter(Q(valid_through=None) | Q(valid_through__gte=first))
        return rows if last is None else rows.filter(valid_from__lte=last)

    def ended(self, day: datetime.date) -> Self:
        """Rows whose last day was before `day`."""
        return self.filter(valid_through__lt=day)

    def upcoming(self, day: datetime.date) -> Self:
        """Rows whose first day is after `day`."""
        return self.filter(valid_from__gt=day)

    def outlasting(self, day: datetime.date) -> Self:
        """Rows with at least one day after `day`: what an ending on `day` must shorten."""
        return self.filter(Q(valid_through=None) | Q(valid_through__gt=day))


class Period(models.Model):
    """Something in force from a first through a last day; both count."""

    valid_from = models.DateField("från och med")
    valid_through = models.DateField("till och med", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=Q(valid_through=None) | Q(valid_through__gte=F("valid_from")),
                violation_error_message="Sista dagen får inte ligga före första dagen.",
            ),
        ]

    def in_force(self, day: datetime.date) -> bool:
        """Whether this row is in force on `day`; says the same as `as_of`."""
        return self.valid_from <= day and (self.valid_through is None or day <= self.valid_through)

    def has_ended(self, day: datetime.date) -> bool:
        """Whether the last day was before `day`; says the same as `ended`."""
        return self.valid_through is not None and self.valid_through < day

    def is_upcoming(self, day: datetime.date) -> bool:
        """Whether the first day is after `day`; says the same as `upcoming`."""
        return self.valid_from > day


class Lifespan(Period):
    """The life of a stable thing, whose first day is not always known.

    `unknown` goes with 1900-01-01; `not_later_than` means that the thing is known
    from that day at the latest, so an earlier day is *uppgift saknas*, not a gap.
    """

    class Precision(models.TextChoices):
        EXACT = "exact", "exakt"
        NOT_LATER_THAN = "not_later_than", "senast"
        APPROXIMATE = "approximate", "omkring"
        UNKNOWN = "unknown", "okänd"

    valid_from_precision = models.CharField(
        "hur exakt första dagen är", max_length=14, choices=Precision, default=Precision.EXACT
    )

    class Meta(Period.Meta):
        abstract = True

    def is_unknown(self, day: datetime.date) -> bool:
        """Whether the source begins after `day`, so that nothing is known about it then."""
        vague = self.valid_from_precision in (
            self.Precision.NOT_LATER_THAN,
            self.Precision.APPROXIMATE,
        )
        return vague and self.is_upcoming(day)


class EventQuerySet(models.QuerySet[Row]):
    """Rows that take effect on one day, `first_day`, and are never undone by time alone."""

    def effective(self, day: datetime.date) -> Self:
        """Rows that have taken effect on `day` or earlier."""
        return self.filter(first_day__lte=day)


class OccasionQuerySet(models.QuerySet[Row]):
    """Rows about what happens on one `day`; the day asked about counts both ways."""

    def through(self, day: datetime.date) -> Self:
        return self.filter(day__lte=day)

    def since(self, day: datetime.date) -> Self:
        return self.filter(day__gte=day)


class DueQuerySet(models.QuerySet[Row]):
    """Rows that are to be ready by a day, `due`, which still counts as in time."""

    def overdue(self, day: datetime.date) -> Self:
        """Rows whose last day to be ready was before `day`."""
        return self.filter(due__lt=day)


def has_passed(due: datetime.date | None, day: datetime.date) -> bool:
    """Whether the last day to be ready was before `day`; says the same as `overdue`."""
    return due is not None and due < day


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
