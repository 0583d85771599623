"""What rests on something links to it, and back, where the reader may follow the link."""

import pytest

from tests.days import day
from tests.following import (
    make_goal,
    make_indicator,
    make_measure,
    make_picture,
    make_plan,
    make_priority,
)
from tests.worlds import appoint, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def priority(world):
    return make_priority(world.group, own_title="Trygga torg")


def links(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode().partition("<main")[2]


def opens(client, page: str, url: str) -> bool:
    """Whether the page has a link there, which opens and has the anchor."""
    address, _, anchor = url.partition("#")
    return f'href="{url}"' in page and (not anchor or f'id="{anchor}"' in links(client, address))


@pytest.mark.parametrize("own", [False, True])
def test_measure_and_plan_lead_to_priority_and_lägesbild(as_anna, world, priority, own):
    owner = {"group": None, "agreement": world.agreement} if own else {"group": world.group}
    picture = make_picture(when=day("2021-02-01"), **owner)
    plan = make_plan(world.group, picture=picture)
    measure = make_measure(priority, world.city, plan=plan)
    whose = f"overenskommelser/{world.agreement.slug}" if own else f"styrgrupper/{world.group.slug}"
    for url in (f"/atgarder/{measure.pk}/", f"/styrgrupper/{world.group.slug}/atgardsplan/"):
        page = links(as_anna, url)
        here = f"/styrgrupper/{world.group.slug}/prioriteringar/#prioritering-{priority.pk}"
        assert opens(as_anna, page, here)
        assert opens(as_anna, page, f"/{whose}/lagesbilder/{picture.pk}/")
    page = links(as_anna, f"/{whose}/lagesbilder/{picture.pk}/")
    assert opens(as_anna, page, f"/styrgrupper/{world.group.slug}/atgardsplan/{plan.pk}/")
    past = links(as_anna, f"/atgarder/{measure.pk}/?datum=2022-01-01")
    assert f'href="/{whose}/lagesbilder/{picture.pk}/?datum=2022-01-01"' in past


def test_what_the_reader_may_not_see_is_named_without_a_link(client, world):
    """A reader of a local agreement does not see what is the municipality's own above it."""
    local = type(world.agreement).objects.create(
        name="Lokal överenskommelse", slug="provstad-lokal", level="local", parent=world.agreement
    )
    group = make_group(local, "Lokala torggruppen")
    seat = make_seat(group, make_other(world), "torg-chef")
    user = make_user("torg@example.org")
    appoint(seat, make_person(seat.organization, user=user))
    own = make_priority(group, own_title="Trygga torg")
    picture = make_picture(None, agreement=world.agreement)
    plan = make_plan(group, picture=picture)
    measure = make_measure(own, seat.organization, plan=plan)
    client.force_login(user)
    for url in (f"/styrgrupper/{group.slug}/atgardsplan/", f"/atgarder/{measure.pk}/"):
        page = links(client, url)
        assert "Kommunens egen, den 1 februari 2021" in " ".join(page.split())
        assert f"/lagesbilder/{picture.pk}/" not in page
    assert client.get(f"/overenskommelser/provstad/lagesbilder/{picture.pk}/").status_code == 404


def make_other(world):
    return type(world.city).objects.create(
        name="Torgföreningen", slug="torgforeningen", kind="bolag", valid_from=day("2020-01-01")
    )


def test_a_goal_leads_to_its_indicator(as_anna, world, priority):
    make_goal(priority, make_indicator("TORG"), world.district)
    page = links(as_anna, f"/styrgrupper/{world.group.slug}/prioriteringar/")
    assert opens(as_anna, page, "/indikatorer/torg/")
    past = links(as_anna, f"/styrgrupper/{world.group.slug}/prioriteringar/?datum=2022-01-01")
    assert 'href="/indikatorer/torg/?datum=2022-01-01"' in past


@pytest.mark.parametrize("page", ["prioriteringar/", "atgarder/", "lagesbilder/"])
def test_the_groups_page_leads_to_what_it_has_set_out_to_do(as_anna, world, page):
    here = links(as_anna, f"/styrgrupper/{world.group.slug}/")
    assert opens(as_anna, here, f"/styrgrupper/{world.group.slug}/{page}")
    assert opens(as_anna, here, f"/uppfoljning/?grupp={world.group.slug}")
