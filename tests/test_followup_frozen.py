"""The page of a follow-up that was sent or adopted, and of its versions."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import FollowUp, FollowUpSection
from tests.following import make_followup
from tests.settling import account, adopted, adoption, carried_out, page, said
from tests.test_followup_states import ready
from tests.worlds import appoint, make_person, make_seat

pytestmark = pytest.mark.django_db
BUDGET = 22


@pytest.fixture
def secretary(world) -> Client:
    return account(world, world.secretary, "Sven")


@pytest.fixture
def chair(world) -> Client:
    return account(world, world.chair, "Olle")


@pytest.fixture
def draft(world) -> FollowUp:
    return ready(make_followup(world.group))


def test_the_page_of_an_adopted_one_is_the_same_whatever_is_changed_afterwards(
    world, draft, secretary, chair
):
    adopted(draft, secretary, chair)
    here = page(draft, "followup")
    secretary.get(here)  # which also shows that it was sent, once
    before = frozen_text(secretary, here)
    assert "Olle Provson" in before
    assert "Vi gick åtta vandringar." in before
    assert "FAR 2022/17" in before
    world.group.name, world.challenge.title = "Nya namnet", "otrygga torg"
    world.group.save()
    world.challenge.save()
    world.chair.mandates.update(title_then="chef")
    world.district.name = "Nya distriktet"
    world.district.save()
    assert frozen_text(secretary, here) == before
    told = said(secretary.get(here))
    assert "Uppgifterna nedan har ändrats sedan uppföljningen skickades." in told
    assert "Nya distriktet" in told
    person = world.chair.mandates.get().person
    person.protected = True
    person.save()
    after = frozen_text(secretary, here)
    assert "Olle" not in said(secretary.get(here))
    assert after == before.replace("Olle Provson", "Namnet visas inte.")


def frozen_text(client: Client, url: str) -> str:
    """What the page says of the follow-up itself, without where today's data differ."""
    source = client.get(url).content.decode()
    main = source.split("<main", 1)[1].split("</main", 1)[0]
    same = re.sub(r'<section[^>]*aria-labelledby="skiljer".*?</section>', "", main, flags=re.S)
    # The way to the page is named as the group is named today.
    same = re.sub(r'<nav[^>]*class="crumbs".*?</nav>', "", same, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", same)).split())


def test_both_versions_are_read_by_their_numbers(draft, secretary, chair):
    adopted(draft, secretary, chair)
    carried_out(secretary, page(draft, "revise_followup"), reason="Fel antal vandringar.")
    here = page(draft, "followup")
    FollowUpSection.objects.filter(followup__number=2, kind="analysis").update(text="Rättat.")
    first = said(secretary.get(f"{here}?version=1"))
    assert "Du läser en tidigare version. Version 1 gäller tills version 2" in first
    assert "Rättat." not in first
    assert "Rätta uppföljningen" not in first
    second = said(secretary.get(here))
    assert "Rättat." in second
    assert "Skicka för fastställande" in second
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "adopt_followup"), **adoption())
    assert "Rättad (version 2)" in said(secretary.get(here))
    assert "Version 2 gäller." in said(secretary.get(f"{here}?version=1"))
    assert secretary.get(f"{here}?version=7").status_code == 404


def test_a_past_day_hides_the_verbs(draft, secretary):
    here = page(draft, "followup")
    assert "Skicka för fastställande" in said(secretary.get(here))
    assert "Skicka för fastställande" not in said(secretary.get(f"{here}?datum=2022-01-01"))


def test_a_returned_one_shows_the_note(draft, secretary, chair):
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "return_followup"), return_note="Skriv mer om torget.")
    assert "Återlämnad. Skriv mer om torget." in said(secretary.get(page(draft, "followup")))


def test_the_frozen_page_asks_the_database_as_often_with_many_rows(world, draft, secretary, chair):
    adopted(draft, secretary, chair)
    here = page(draft, "followup")
    numbers = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            secretary.get(here)
        numbers.append(len(asked))
        for number in range(2, 12):
            seat = make_seat(world.group, world.city, f"fler-{turn}", number=number)
            appoint(seat, make_person(world.city))

    assert numbers[0] == numbers[1]
    # More than other pages: everything that is frozen is taken once more, to tell what differs.
    assert numbers[1] <= BUDGET


def test_a_year_that_is_no_year_is_a_404(draft, secretary):
    slug = draft.group.slug
    for name in ("", "skicka/", "kommentarer/"):
        for year in (0, 99999, 10**30):
            assert secretary.get(f"/uppfoljning/{year}/{slug}/{name}").status_code == 404
