"""How a verb is carried out: one act, one transaction, one clear refusal."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import BaseConstraint, Model, UniqueConstraint

from governance.models import Act, Agreement, SteeringGroup, User, carrying_out


class Stale(ValidationError):
    """What is shown was changed after the reader saw it, by others or by a second click."""

    def __init__(self, what: str = "Gruppen", *, sentence: str = "") -> None:
        said = (
            f"{what} har ändrats sedan du öppnade sidan. Inget har sparats nu. "
            "Läs hur det ser ut och försök igen; det du skrev står kvar."
        )
        super().__init__(sentence or said, code="stale")


@contextlib.contextmanager
def act(
    *,
    user: User | None,
    verb: str,
    agreement: Agreement | None = None,
    reason: str = "",
    note: str = "",
) -> Iterator[Act]:
    """Carry out one verb: everything inside is one transaction and bears the act's id.

    What the database refuses becomes a ValidationError with the rule's own sentence.
    The block sets `summary` and adds to `groups` as it learns what it does.
    """
    with _refusals_in_words(), transaction.atomic():
        done = Act.objects.create(
            user=user, verb=verb, agreement=agreement, reason=reason, note=note
        )
        with carrying_out(done):
            yield done
        # A sentence may begin with a function, which is written in lower case by itself.
        sentences = done.summary.splitlines()
        done.summary = "\n".join(each[:1].upper() + each[1:] for each in sentences)
        done.save(update_fields=["summary"])


def rehearse(
    verb: Callable[..., Act], *, look: Callable[[Act], None] | None = None, **arguments: Any
) -> list[str]:
    """What the verb would do, in sentences: it is carried out and taken back.

    `look` is called in between, to read what the database would then hold.
    """
    with transaction.atomic():
        done = verb(**arguments)
        if look is not None:
            look(done)
        transaction.set_rollback(True)
    return done.summary.splitlines()


def lock(groups: Iterable[SteeringGroup], seen: int | None = None) -> list[SteeringGroup]:
    """The groups as they are now, locked in the order of their ids, one writer at a time.

    `seen` is what `last_seen` said when the reader opened the page; when an act has
    come since, Stale is raised. None means that nobody looked (commands, the admin).
    """
    wanted = sorted({group.pk for group in groups})
    rows = SteeringGroup.objects.select_for_update(of=("self",)).order_by("pk")
    locked = list(rows.filter(pk__in=wanted))
    if seen is not None and last_seen(locked) != seen:
        raise Stale
    return locked


def last_seen(groups: Iterable[SteeringGroup]) -> int:
    """The id of the latest act on any of the groups, 0 if none: what a reader has seen."""
    newest = Act.objects.filter(groups__in=list(groups)).order_by("-pk").first()
    return newest.pk if newest else 0


@contextlib.contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(_rule_broken(str(error)), code="integrity") from error
    except OperationalError as error:
        if not any(words in str(error) for words in ("deadlock detected", "database is locked")):
            raise
        raise ValidationError(
            "Någon annan sparade samtidigt. Inget har ändrats. Försök igen.", code="busy"
        ) from error


def _rule_broken(text: str) -> str:
    for model in apps.get_app_config("governance").get_models():
        for constraint in model._meta.constraints:
            if constraint.name in text or _columns_as_sqlite_says(model, constraint) in text:
                return str(constraint.get_violation_error_message())
    return "Uppgifterna krockar med något som redan finns. Inget har ändrats."


def _columns_as_sqlite_says(model: type[Model], constraint: BaseConstraint) -> str:
    """SQLite names a unique constraint by its columns, every other by its name."""
    if not isinstance(constraint, UniqueConstraint):
        return constraint.name
    columns = [model._meta.get_field(name) for name in constraint.fields]
    return ", ".join(f"{model._meta.db_table}.{field.column}" for field in columns)  # type: ignore[union-attr]
