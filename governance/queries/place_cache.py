"""The structure of a day, kept in the process as long as nothing of it has changed.

Every change of a tracked noun writes a row of history, so one query over the histories
tells whether anything did, whichever process changed it. The number of rows is asked as
well as the newest: PostgreSQL may let a row with a lower id be seen after a higher one.
"""

import datetime
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

from governance.models import (
    Agreement,
    Area,
    AreaPart,
    BoundarySet,
    ContactRoute,
    Coverage,
    GroupDecision,
    Organization,
    RouteContact,
    Seat,
    SteeringGroup,
)
from governance.permissions import Reader, agreement_ids
from governance.queries.place_structure import Structure, read_structure, works_for_police
from governance.rights import Account, rights

_READ_FROM = (
    *(Agreement, Area, AreaPart, BoundarySet, ContactRoute, Coverage),
    *(GroupDecision, Organization, RouteContact, Seat, SteeringGroup),
)


Made = TypeVar("Made")


class Kept(Generic[Made]):
    """The things made last, by key; safe to ask from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made


_STRUCTURES: Kept[Structure] = Kept(32)
_SEEN: Kept[tuple[Any, ...]] = Kept(256)


def structure_of(user: Account, day: datetime.date) -> Structure:
    """The structure as it is now. Inside a transaction it is always read anew, for what is
    seen there may be rolled back.
    """
    if connection.in_atomic_block:
        return read_structure(user, day)
    # Asked before the reading: a change in between makes what is read newer than its key.
    version = _version(_READ_FROM)
    key = (day, *_seen(user, version), *version)
    return _STRUCTURES.get(key, lambda: read_structure(user, day))


def _seen(user: Account, version: tuple[Any, ...]) -> tuple[Any, ...]:
    """What of the reader the structure depends on.

    Kept for a key of an organisation: it reads what follows from the structure alone, so
    the version tells whether that still holds. The rights of an account may change besides.
    """
    organization = user.organization if isinstance(user, Reader) else None
    if organization is None:
        return _seen_by(user)
    return _SEEN.get((organization, rights(user).day, *version), lambda: _seen_by(user))


def _seen_by(user: Account) -> tuple[Any, ...]:
    return frozenset(agreement_ids(user)), frozenset(rights(user).home), works_for_police(user)


def version_of(user: Account, *more: type[Model]) -> tuple[Any, ...]:
    """What changes whenever the structure as the reader sees it may have, or a row of `more`.

    `more` are tracked nouns. One query; nothing of the structure itself is read.
    """
    agreements, home, police = _seen_by(user)
    return sorted(agreements), sorted(home), police, *_version((*_READ_FROM, *more))


def _version(nouns: tuple[Any, ...]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_question(nouns))
        return tuple(cursor.fetchone())


@cache
def _question(nouns: tuple[Any, ...]) -> str:
    """How many rows each history has and its newest; parties have no history of their own."""
    histories = [noun.history.model._meta for noun in nouns]
    tables = [(each.db_table, each.pk.column) for each in histories]
    tables.append((Agreement.parties.through._meta.db_table, "id"))
    quote = connection.ops.quote_name
    asked = [
        (what, table) for table, column in tables for what in ("COUNT(*)", f"MAX({quote(column)})")
    ]
    asked += [("MAX(history_date)", each.db_table) for each in histories]
    # Names of tables and columns are the app's own; nothing here comes from a user.
    parts = [f"(SELECT {what} FROM {quote(table)})" for what, table in asked]  # noqa: S608
    return f"SELECT {', '.join(parts)}"
