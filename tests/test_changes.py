"""/andringar/: what has been done, over all groups, never by whom."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from governance.models import Act
from governance.temporal import today


def text(response) -> str:
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def make_act(group, summary: str, *, days_ago: int = 0, verb: str = "cover", **fields) -> Act:
    act = Act.objects.create(verb=verb, summary=summary, agreement=group.agreement, **fields)
    act.groups.add(group)
    Act.objects.filter(pk=act.pk).update(at=timezone.now() - datetime.timedelta(days=days_ago))
    return act


@pytest.fixture
def acts(farsta, world, karin):
    """Three acts on Farsta of different days, and one on a group of another municipality."""
    make_act(farsta, "Nyss ändrad.", days_ago=1, user=karin, note="Viktig anteckning.")
    make_act(farsta, "Lite äldre.", days_ago=20, verb="rest")
    make_act(farsta, "Mycket äldre.", days_ago=40)
    make_act(world.group, "I Provstad.", days_ago=1)


def test_the_last_thirty_days_are_shown_the_newest_first(client, karin, acts):
    client.force_login(karin)
    page = text(client.get("/andringar/"))
    assert page.index("Nyss ändrad.") < page.index("Lite äldre.")
    assert "Mycket äldre." not in page


def test_an_earlier_day_shows_more(client, karin, acts):
    client.force_login(karin)
    since = today() - datetime.timedelta(days=40)
    assert "Mycket äldre." in text(client.get("/andringar/", {"sedan": since.isoformat()}))
    after = since + datetime.timedelta(days=1)
    assert "Mycket äldre." not in text(client.get("/andringar/", {"sedan": after.isoformat()}))


def test_a_past_day_shows_what_had_been_done_by_then(client, karin, acts):
    client.force_login(karin)
    then = today() - datetime.timedelta(days=20)
    page = text(client.get("/andringar/", {"datum": then.isoformat()}))
    assert "Lite äldre." in page
    assert "Nyss ändrad." not in page


def test_what_is_no_date_gives_thirty_days_and_a_sentence(client, karin, acts):
    client.force_login(karin)
    page = text(client.get("/andringar/", {"sedan": "2025-02-30"}))
    assert "2025-02-30 är inget datum." in page
    assert "Nyss ändrad." in page


def test_the_list_is_narrowed_to_a_verb_and_a_group(client, karin, acts, central):
    client.force_login(karin)
    assert "Nyss ändrad." not in text(client.get("/andringar/", {"verb": "lat-gruppen-vila"}))
    assert "Lite äldre." in text(
        client.get("/andringar/", {"verb": "lat-gruppen-vila", "grupp": "farsta"})
    )
    narrowed = text(client.get("/andringar/", {"grupp": central.slug}))
    assert "Nyss ändrad." not in narrowed


def test_it_never_says_who_did_it(client, fatima, karin, acts):
    client.force_login(fatima)
    page = client.get("/andringar/").content.decode()
    assert "Nyss ändrad." in page
    assert "Provström" not in page
    assert karin.email not in page


def test_the_note_is_for_those_who_may_edit(client, karin, fatima, acts):
    client.force_login(karin)
    assert "Viktig anteckning." in text(client.get("/andringar/"))
    client.force_login(fatima)
    assert "Viktig anteckning." not in text(client.get("/andringar/"))


def test_a_stranger_sees_none_of_it(client, stranger, acts):
    client.force_login(stranger)
    page = text(client.get("/andringar/", {"sedan": "2015-01-01", "grupp": "farsta"}))
    assert "ändrad." not in page
    assert "Farsta" not in page
    assert "I Provstad." not in page
    assert "Inget har ändrats" in page


def test_the_list_has_pages_and_the_cost_does_not_grow(
    client, karin, farsta, django_assert_max_num_queries
):
    for number in range(10):
        make_act(farsta, f"Ändring {number}.")
    client.force_login(karin)
    with django_assert_max_num_queries(12) as few:
        client.get("/andringar/")
    for number in range(10, 90):
        make_act(farsta, f"Ändring {number}.")
    with django_assert_max_num_queries(12) as many:
        page = text(client.get("/andringar/"))
    assert len(few) == len(many)
    assert "Sida 1 av 4" in page
    assert "Ändring 89." in page
    assert "Ändring 1." not in page
    assert "Ändring 1." in text(client.get("/andringar/", {"sida": "4"}))
