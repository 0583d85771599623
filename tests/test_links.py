"""Every link on every page leads somewhere, and no page promises what is not there."""

import html
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.worlds import appoint

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgres")]
PROMISES = re.compile(
    r"kommer (snart|senare|i en|att finnas)|under uppbyggnad|inte klar(t)? än", re.I
)


def follow(client: Client, start: str) -> tuple[dict[str, str], list[str]]:
    """Every page that can be reached by links, and what is wrong on the way."""
    bodies: dict[str, str] = {}
    wrong: list[str] = []
    waiting = [(start, "")]
    fragments: list[tuple[str, str, str]] = []
    while waiting:
        url, found_on = waiting.pop()
        path = one_of_each(url)
        if path in bodies:
            continue
        response = client.get(url)
        is_page = response.get("Content-Type", "").startswith("text/html")
        bodies[path] = response.content.decode() if response.status_code == 200 and is_page else ""
        if response.status_code == 302:  # to sign in, or on from there
            continue
        if response.status_code != 200:
            wrong.append(f"{url} på {found_on}: {response.status_code}")
            continue
        for target in links(bodies[path]):
            parts = urlsplit(urljoin(url, target))
            if parts.path.startswith("/static/"):
                if not finders.find(parts.path.removeprefix("/static/")):
                    wrong.append(f"{target} på {url}: filen finns inte")
            elif target.startswith("#"):
                fragments.append((path, target[1:], url))
            elif not parts.path.startswith("/admin/") and parts.scheme in ("", "http"):
                waiting.append((parts._replace(fragment="").geturl(), url))
    wrong += [
        f"#{name} på {url}"
        for path, name, url in fragments
        if name and not there(bodies[path], name)
    ]
    return bodies, wrong


def links(body: str) -> list[str]:
    found = re.findall(r'(?:href|src)="([^"]+)"', body)
    return [
        html.unescape(each) for each in found if not each.startswith(("mailto:", "tel:", "data:"))
    ]


def there(body: str, name: str) -> bool:
    return f'id="{name}"' in body


def one_of_each(url: str) -> str:
    """The page without what varies without end: the words and days that were chosen."""
    parts = urlsplit(url)
    names = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair})
    return f"{parts.path}?{'&'.join(names)}"


@pytest.mark.parametrize("who", ["karin", "fatima", "nobody", "diana", None])
def test_every_link_leads_somewhere(request, client, farsta, farsta_chair, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    if who in ("karin", "fatima"):
        appoint(farsta_chair, request.getfixturevalue(who).person)
    bodies, wrong = follow(client, "/" if who else "/lokala-styrgrupper/")
    assert wrong == []
    assert len(bodies) > {"karin": 80, "fatima": 60}.get(who, 8)
    assert [page for page, body in bodies.items() if PROMISES.search(body)] == []
