"""Who reads through the API: what the pages would show them, but nothing that is protected."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from governance.models import Organization, Person, User
from governance.rights import Grant, Rights, rights


class Reader(AnonymousUser):
    """Whoever reads through the API: an organisation's system, or somebody signed in.

    A reader is no account: it writes nothing. `organization` is that of a key, by its id.
    """

    is_active: Any = True
    organization: int | None = None

    @property
    def is_authenticated(self) -> Any:
        return True


class ReadingRights(Rights):
    """What may be read from a place of work and by grants, and nothing beyond that.

    No right to change and no protected name, for `may` says no to everything; and no hidden
    property, not even of the own organisation.
    """

    def __init__(self, reader: Reader, person: Person | None, grants: set[Grant]) -> None:
        super().__init__(reader)
        self.person = person
        self.grants = grants
        self.roles = []

    @property
    def own_hidden(self) -> set[int]:
        return set()

    def may(self, permission: str, obj: Model) -> bool:
        return False


def reader_of(organization: Organization) -> Reader:
    """One who reads what anybody reads who works at the organisation."""
    reader = _reader(Person(organization=organization), set())
    reader.organization = organization.pk
    return reader


def reader_for(user: User) -> Reader:
    """One who reads what the account reads, without what it alone may see or do."""
    known = rights(user)
    return _reader(known.person, known.grants)


def _reader(person: Person | None, grants: set[Grant]) -> Reader:
    reader = Reader()
    reader._rights = ReadingRights(reader, person, grants)  # type: ignore[attr-defined]
    return reader
