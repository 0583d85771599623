"""How a test reads a page: as the words that stand on it."""

import html
import re

from django.test import Client


def read(client: Client, url: str, status: int = 200) -> str:
    """The main part of the page: tags become spaces and runs of space become one."""
    response = client.get(url)
    assert response.status_code == status, url
    main = response.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    words = html.unescape(re.sub(r"<[^>]+>", " ", main.split(">", 1)[1]))
    return " ".join(words.split())
