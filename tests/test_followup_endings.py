"""The follow-up of a group that was merged in June, and of groups that nobody chairs: from the
opening of the year to the adoption, through the pages alone.
"""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Coverage, FollowUp, FollowUpSection, SteeringGroup
from governance.services.endings import merge
from tests.days import day
from tests.following import make_followup
from tests.settling import account, adoption, carried_out, page, said
from tests.test_followup_states import fresh, ready
from tests.test_report_downloads import file_of, squeezed, text_in
from tests.worlds import FIRST, World, appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
LOCAL, OTHER, NEW = "Lokala gruppen i Provstad", "Andra gruppen", "Nya gruppen"


def opened(coordinator: Client, world: World) -> dict[str, FollowUp]:
    """The year 2021, opened on its page; the follow-ups by the name of the group."""
    typed = {"agreement": world.agreement.pk, "year": "2021", "seen": "", "steg": "spara"}
    assert coordinator.post(reverse("governance:open_followups"), typed).status_code == 302
    return {each.group.name: each for each in FollowUp.objects.filter(year=2021)}


def written(client: Client, followup: FollowUp, text: str) -> None:
    """Every section that the page has a form for, filled in and sent as its form says."""
    body = client.get(page(followup, "followup")).content.decode()
    forms = re.findall(r'<form [^>]*action="([^"]*/avsnitt/\d+/)".*?</form>', body, re.DOTALL)
    assert len(forms) == followup.sections.count()
    for each, section in zip(forms, followup.sections.order_by("order", "pk"), strict=True):
        judged = {"judgement": "partly"} if section.kind == "challenge" else {}
        typed = {"text": text, "done": "on", "based_on": section.revision, **judged}
        assert client.post(html.unescape(each), typed).status_code == 302
    assert set(followup.sections.values_list("text", "done")) == {(text, True)}


@pytest.fixture
def merged(world) -> SteeringGroup:
    """Two local groups became one: their last day was 30 June 2021."""
    other = make_group(world.agreement, OTHER)
    Coverage.objects.create(group=other, area=world.north, valid_from=FIRST)
    old = [world.group, other]
    merge(user=None, groups=old, first_day=day("2021-07-01"), new_name=NEW)
    return SteeringGroup.objects.get(name=NEW)


@pytest.fixture
def secretary(world, merged) -> Client:
    """Of the successor."""
    return account(world, make_seat(merged, world.city, "ny-sekreterare", "secretary"), "Nina")


@pytest.fixture
def chair(world, merged) -> Client:
    """Of the successor."""
    return account(world, make_seat(merged, world.city, "ny-ordforande", "chair"), "Carl")


@pytest.fixture
def year(world, merged, as_anna) -> dict[str, FollowUp]:
    return opened(as_anna, world)


# -- a group that was dissolved on 30 June --------------------------------------------------------


def test_the_half_year_is_written_returned_and_adopted_by_those_of_the_successor(
    world, year, secretary, chair
):
    half = year[LOCAL]
    written(secretary, half, "Ett halvår.")
    carried_out(secretary, page(half, "send_followup"))
    carried_out(chair, page(half, "return_followup"), return_note="Skriv om torget.")
    assert "Återlämnad. Skriv om torget." in said(secretary.get(page(half, "followup")))
    written(secretary, half, "Ett halvår, också på torget.")
    carried_out(secretary, page(half, "send_followup"))
    carried_out(chair, page(half, "adopt_followup"), **adoption())
    row = fresh(half)
    assert (row.state, row.capacity, str(row.cutoff)) == ("adopted", "chair", "2021-06-30")
    assert row.sent_by.email == "nina@example.org"
    assert row.adopted_by.email == "carl@example.org"
    told = said(chair.get(page(half, "group_report")))
    for each in ("30 juni 2021", "Ett halvår, också på torget.", "Registrerad i egenskap av"):
        assert each in told
    assert chair.get(page(half, "adopt_followup")).status_code == 409


def test_its_own_secretary_and_chair_have_left_it_with_the_group(world, year, merged):
    appointed = [(world.secretary, "Sven", "send"), (world.chair, "Olle", "adopt")]
    for seat, name, verb in appointed:
        client = account(world, seat, name)
        assert client.get(page(year[LOCAL], f"{verb}_followup")).status_code in (403, 404)


def test_those_of_another_group_do_not_take_it_over(world, year):
    third = make_group(world.agreement, "Tredje gruppen")
    for role in ("secretary", "chair"):
        client = account(world, make_seat(third, world.city, f"tredje-{role}", role), role)
        for verb in ("send", "return", "adopt"):
            assert client.get(page(year[LOCAL], f"{verb}_followup")).status_code == 404


def test_both_predecessors_and_the_successor_have_one_each_and_the_successor_names_them(
    year, secretary, chair, as_anna
):
    cutoffs = {name: str(each.cutoff) for name, each in year.items()}
    assert cutoffs == {LOCAL: "2021-06-30", OTHER: "2021-06-30", NEW: "2021-12-31"}
    own = year[NEW]
    named = f"{OTHER} (till och med den 30 juni 2021), som har en egen uppföljning och {LOCAL}"
    draft = said(secretary.get(page(own, "followup")))
    assert "Gruppen kom under året efter:" in draft
    for old in (LOCAL, OTHER):
        assert f"{old} , som har en egen uppföljning för 2021" in draft
    assert named in said(secretary.get(page(own, "group_report")))
    written(secretary, own, "Ett andra halvår.")
    carried_out(secretary, page(own, "send_followup"))
    carried_out(chair, page(own, "adopt_followup"), **adoption())
    adopted = said(secretary.get(page(own, "followup")))
    assert f"Föregångare under året {OTHER}, {LOCAL}" in adopted
    assert named in said(secretary.get(page(own, "group_report")))
    for kind in ("pdf", "docx"):
        file = secretary.get(file_of(fresh(own), kind)).content
        assert squeezed(named) in text_in(file, kind)
    told = said(as_anna.get(reverse("governance:year_report", args=[2021])))
    assert f"Inte fastställd för 2021: {OTHER} och {LOCAL}." in told
    assert FollowUp.objects.filter(year=2021).count() == 3


# -- a group that nobody chairs -------------------------------------------------------------------


def without_a_seat(world: World) -> None:
    world.chair.delete()


def vacant(world: World) -> None:
    """The seat is there, and nobody has it."""


def without_an_account(world: World) -> None:
    appoint(world.chair, make_person(world.city, "Cecilia", "Provson"))


@pytest.mark.parametrize("chaired", [without_a_seat, vacant, without_an_account])
@pytest.mark.parametrize(
    ("role", "word"), [("secretary", "Sekreterare"), ("coordinator", "Samordnare")]
)
def test_its_follow_up_is_adopted_with_reference_to_the_minutes(
    world, as_anna, chaired, role, word
):
    chaired(world)
    draft = ready(make_followup(world.group))
    client = as_anna if role == "coordinator" else account(world, world.secretary, "Sven")
    carried_out(client, page(draft, "send_followup"))
    url = page(draft, "adopt_followup")
    offered = re.findall(r'<option value="(\w+)"', client.get(url).content.decode())
    assert offered == [role]
    typed = adoption(capacity=role)
    refused = client.post(url, {**typed, "seen": client.get(url).context["seen"]})
    assert "Hänvisa till mötets protokoll" in said(refused)
    preview, _ = carried_out(client, url, **typed, minutes="Protokoll 3, § 4")
    assert f"i egenskap av {word.lower()}" in preview.context["sentences"][0]
    assert (fresh(draft).state, fresh(draft).capacity) == ("adopted", role)
    told = said(client.get(page(draft, "group_report")))
    assert f"Registrerad i egenskap av {word} Protokoll Protokoll 3, § 4" in told


def test_one_without_a_successor_is_written_and_adopted_by_the_coordinator(world, as_anna):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day("2021-06-30"))
    half = opened(as_anna, world)[LOCAL]
    written(as_anna, half, "Ett halvår.")
    carried_out(as_anna, page(half, "send_followup"))
    url = page(half, "adopt_followup")
    carried_out(as_anna, url, **adoption(capacity="coordinator", minutes="Protokoll, § 4"))
    assert fresh(half).state == "adopted"
    assert FollowUpSection.objects.filter(followup=half, done=False).count() == 0
