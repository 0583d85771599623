"""Reads `access.txt`, the table of who may open what, and asks the app the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.models import User

TABLE = Path(__file__).parent / "access.txt"
METHODS = ("GET", "POST")
# Files are served beside the addresses: one that is there, one that is not.
FILES = ("/static/samverkan.css", "/static/finns-inte.css")


@dataclass(frozen=True, eq=False)
class Row:
    """One line: an address (a pattern with *), whose object, a method, and an answer each."""

    address: str
    whose: str
    method: str
    answers: dict[str, str]


def read_table() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text().splitlines()]
    lines = [words for words in lines if words and not words[0].startswith("#")]
    roles = lines[0][3:]
    return [
        Row(address, whose, method, dict(zip(roles, answers, strict=True)))
        for address, whose, method, *answers in lines[1:]
    ]


def row_for(table: list[Row], address: str, whose: str, method: str) -> Row | None:
    """The line of that very address, else the first pattern that it meets."""
    lines = [row for row in table if (row.whose, row.method) == (whose, method)]
    exact = [row for row in lines if row.address == address]
    wide = [row for row in lines if fnmatch(address, row.address)]
    return next(iter([*exact, *wide]), None)


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Every address of the app, with the names of its arguments.

    It is called by its name; one without a name by its route, and is then asked as it
    stands there, `<path:object_id>` and all being replaced.
    """
    yield from _addresses(get_resolver().url_patterns, "", "/")
    yield from ((path, []) for path in FILES)


def _addresses(
    patterns: list[URLPattern | URLResolver], namespace: str, above: str
) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        route = f"{above}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, inner, route)
        else:
            arguments = [*pattern.pattern.converters] or [*pattern.pattern.regex.groupindex]
            yield f"{namespace}{pattern.name}" if pattern.name else route, arguments


def url_of(address: str, arguments: dict[str, object]) -> str:
    """The address with its arguments put in."""
    if not address.startswith("/"):
        return reverse(address, kwargs=arguments)
    plain = address.replace("(?P<url>.*)$", "finns-inte")
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(arguments[part[1]]), plain)


def window(who: User | None) -> Client:
    """A client signed in as the person, or as nobody."""
    client = Client(raise_request_exception=True)
    if who is not None:
        client.force_login(who)
    return client


def answer(client: Client, url: str, method: str) -> str:
    """What is answered, in the table's words; whatever was changed is taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url)
        word = in_words(response)
        if response.streaming:
            response.getvalue()  # a file is read to its end, and so closed
        transaction.set_rollback(True)
    client.cookies = cookies
    return word


def in_words(response: HttpResponse) -> str:
    """`in`: sent to sign in. `bort`: sent elsewhere. Else the status."""
    if response.status_code in (301, 302):
        sign_in = reverse(settings.LOGIN_URL)
        return "in" if response["Location"].startswith(sign_in) else "bort"
    return str(response.status_code)
