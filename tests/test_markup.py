"""What somebody typed is only text, wherever it is shown: nothing of it becomes markup."""

import pytest

from governance.models import Act, Challenge, Organization, PersonName, SteeringGroup
from governance.services import groups
from tests.days import day
from tests.pages import READING, url_of
from tests.worlds import appoint, make_person

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
# What an evil text must never become.
BECOMES = ["<script>alert", "<img src=x", "49}}", "'><scr", '"><scr']


@pytest.fixture
def evil(world, anna, farsta):
    """Every text that somebody can type, in one municipality."""
    person = make_person(world.city, EVIL[:100], EVIL[:100], title=EVIL)
    appoint(world.member, person)
    Organization.objects.filter(pk=world.city.pk).update(name=EVIL)
    Challenge.objects.filter(pk=world.challenge.pk).update(title=EVIL, short_title=EVIL[:40])
    type(world.district).objects.filter(pk=world.district.pk).update(name=EVIL)
    type(world.agreement).objects.filter(pk=world.agreement.pk).update(name=EVIL)
    type(world.member.function).objects.filter(pk=world.member.function_id).update(title=EVIL)
    world.group.decisions.update(decided_by=EVIL, note=EVIL, registry_number=EVIL[:40])
    groups.describe(
        user=anna, group=world.group, name=EVIL, basis="place", chairing="single",
        mailbox="", notice_days=60, note=EVIL,
    )  # fmt: skip
    groups.rest(
        user=anna, group=SteeringGroup.objects.get(pk=world.group.pk), first_day=day("2025-01-01")
    )
    return person


@pytest.mark.parametrize("name", READING)
def test_no_page_makes_markup_of_what_was_typed(client, world, anna, evil, name):
    client.force_login(anna)
    address = url_of(name, world.group, world.city, evil, anna).removesuffix("?q=a")
    for query in [{"q": EVIL}, {"datum": EVIL, "sedan": EVIL, "q": "script"}, {"slag": EVIL}]:
        body = client.get(address, query).content.decode()
        assert [bad for bad in BECOMES if bad in body] == [], query


@pytest.mark.parametrize(
    "verb", ["activate", "change_coverage", "rest", "resume", "dissolve", "describe"]
)
def test_no_form_preview_or_message_does(client, world, anna, evil, verb):
    client.force_login(anna)
    world.group.refresh_from_db()
    address = f"/styrgrupper/{world.group.slug}/" + {
        "activate": "aktivera/", "change_coverage": "tackning/", "rest": "vila/",
        "resume": "ateruppta/", "dissolve": "upplos/", "describe": "uppgifter/",
    }[verb]  # fmt: skip
    typed = {"first_day": EVIL, "last_day": "2030-01-01", "decided_by": EVIL, "decision_note": EVIL,
             "name": EVIL, "note": EVIL, "areas": [world.north.pk], "basis": "place",
             "chairing": "single", "notice_days": 60}  # fmt: skip
    for sent in [typed, {**typed, "first_day": "2029-01-01"}]:
        for response in [client.get(address), client.post(address, sent)]:
            body = response.content.decode()
            assert [bad for bad in BECOMES if bad in body] == []


def test_a_refusal_does_not(client, fatima, world, anna, evil, bo):
    client.force_login(bo)
    response = client.get(f"/styrgrupper/{world.group.slug}/vila/")
    assert response.status_code == 403
    assert "&lt;script&gt;" in response.content.decode()
    assert [bad for bad in BECOMES if bad in response.content.decode()] == []


def test_the_back_office_does_not(client, diana, world, anna, evil):
    client.force_login(diana)
    nouns = ["steeringgroup", "agreement", "organization", "area", "challenge", "function"]
    rows = [world.group, world.agreement, world.city, world.district, world.challenge]
    rows.append(world.member.function)
    pages = [f"/admin/governance/{noun}/" for noun in [*nouns, "act", "person", "groupdecision"]]
    pages += [f"/admin/governance/{n}/{row.pk}/change/" for n, row in zip(nouns, rows, strict=True)]
    pages += [
        f"/admin/governance/{n}/{row.pk}/history/" for n, row in zip(nouns, rows, strict=True)
    ]
    pages += [f"/admin/governance/person/{evil.pk}/change/"]
    for page in pages:
        for query in [{}, {"q": EVIL}]:
            body = client.get(page, query, follow=True).content.decode()
            assert [bad for bad in BECOMES if bad in body] == [], page
    assert Act.objects.filter(summary__contains="<script>").exists()
    assert PersonName.objects.filter(given_name__contains="<script>").exists()
