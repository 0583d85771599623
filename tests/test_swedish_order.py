"""Lists on the pages run … X, Y, Z, Å, Ä, Ö, whatever the database thinks of letters."""

import html
import itertools
import re

import pytest

from governance.models import Area, AreaPart, Coverage, Organization
from tests.days import day
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
# In Swedish order; é sorts as e, and capitals as small letters.
LETTERS = ["X", "ya", "Yé", "Yf", "Z", "Å", "ä", "Ö"]


@pytest.fixture
def mixed(world, anna) -> None:
    """Groups, organisations, areas and people, entered from the last to the first."""
    for letter in reversed(LETTERS):
        name = f"{letter}prov"
        group = make_group(world.agreement, name, slug=f"g{LETTERS.index(letter)}")
        organization = Organization.objects.create(
            name=name, slug=f"o{LETTERS.index(letter)}", kind="bostadsbolag",
            parent=world.city, valid_from=day("2020-01-01"),
        )  # fmt: skip
        area = Area.objects.create(
            name=name, slug=f"a{LETTERS.index(letter)}", kind="stadsdel",
            valid_from=day("2020-01-01"),
        )  # fmt: skip
        AreaPart.objects.create(
            part=area,
            whole=world.district,
            whole_kind="stadsdelsomrade",
            valid_from=area.valid_from,
        )
        Coverage.objects.create(group=world.group, area=area, valid_from=area.valid_from)
        make_seat(group, organization, "prov")
        person = make_person(world.city, name, "Provsson")
        appoint(make_seat(world.group, organization, "sittande"), person)
        user = make_user(f"{LETTERS.index(letter)}@example.org")
        grant(user, "edit_roster", group)


def order_on(client, page: str) -> list[str]:
    """The letters in the order in which they stand there."""
    body = html.unescape(client.get(page).content.decode().split("<main", 1)[1].split("</main")[0])
    return re.findall(r"(?<!\w)(\w{1,2})prov(?!\w)", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize(
    "page",
    [
        "/styrgrupper/",
        "/tackning/",
        "/struktur/",
        "/sok/?q=prov&slag=styrgrupper",
        "/sok/?q=prov&slag=omraden",
        "/sok/?q=prov&slag=organisationer",
        "/sok/?q=prov&slag=personer",
        "/styrgrupper/lokala-gruppen-i-provstad/",
        "/styrgrupper/lokala-gruppen-i-provstad/tackning/",
        "/styrgrupper/sla-ihop/",
        "/lokala-styrgrupper/",
        "/andringar/",
    ],
)
def test_the_list_runs_to_z_and_then_a_ring_a_umlaut_and_o_umlaut(client, anna, mixed, page):
    client.force_login(anna)
    found = [letter for letter, _ in itertools.groupby(order_on(client, page))]
    lists = [found[at : at + len(LETTERS)] for at in range(0, len(found), len(LETTERS))]
    assert lists
    assert all(each == LETTERS for each in lists), lists
