"""What tests of protecting somebody share: looking for a name wherever it may stand.

The tables are read by plain SQL, and the pages by going through every address that the
app has, so that a new table, page or file is looked at from the day it exists.
"""

import io
import zipfile
from types import SimpleNamespace
from urllib.parse import unquote_plus

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test import Client

from governance.models import Person, Seat, User
from governance.swedish import fold
from tests.access import addresses, url_of
from tests.test_access import arguments_of, given, looked_up, seated
from tests.verb_pages import hidden


def found_in(text: object, words: list[str]) -> bool:
    folded = fold(str(text))
    return any(word in folded for word in words)


def carry_out(client: Client, address: str, sent: dict) -> None:
    preview = client.post(address, sent)
    assert preview.status_code == 200
    saved = client.post(address, {**hidden(preview), "steg": "spara"})
    assert saved.status_code == 302, saved.content.decode()


def sessions() -> str:
    return unquote_plus(str([session.get_decoded() for session in Session.objects.all()]))


def tables_that_hold(words: list[str]) -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(found_in(_as_text(row), words) for row in cursor.fetchall()):
                found.add(table)
    if found_in(sessions(), words):
        found.add("django_session")
    return found


def _as_text(row: tuple[object, ...]) -> str:
    binary = (bytes, memoryview)
    return " ".join(
        bytes(value).decode(errors="replace") if isinstance(value, binary) else str(value)
        for value in row
    )


def words_of(response) -> str:
    """All that an answer says, also inside a spreadsheet or another packed file."""
    content = response.getvalue()
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    files = zipfile.ZipFile(io.BytesIO(content))
    return "\n".join(files.read(name).decode(errors="replace") for name in files.namelist())


def everywhere(seat: Seat, person: Person, account: User, **own: Model) -> list[str]:
    """Every address of the app, about the person and the seat, and `own` rows by their noun."""
    mine = SimpleNamespace(
        group=seat.group,
        agreement=seat.group.agreement,
        organization=person.organization,
        person=person,
        account=person.user,
        grant=given(account, seat.group),
        lookup=looked_up(account),
        **seated(seat.group.seats.exclude(pk=seat.pk).first(), person),
    )
    mine.seat, mine.mandate = seat, seat.mandates.first()
    vars(mine).update(own)
    pages = [
        url_of(address, arguments_of(address, mine) if names else {})
        for address, names in addresses()
    ]
    searches = ["/sok/?q=hemlighetsso", "/sok/?q=gomda", "/andringar/?sedan=2000-01-01"]
    searches += ["/uppdrag/?q=hemlighetsso", "/uppdrag/export/?format=csv"]
    searches.append(f"/styrgrupper/{seat.group.slug}/export/?format=csv")
    return [*pages, *searches, f"/personer/{person.pk}/?datum=2035-01-01"]


def showing(client: Client, pages: list[str], words: list[str]) -> list[str]:
    return [page for page in pages if found_in(words_of(client.get(page)), words)]
