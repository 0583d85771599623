"""The pages that take a follow-up from draft to adopted: form, preview and confirmation."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import FollowUp, FollowUpComment, FollowUpSection
from governance.temporal import today
from tests.following import make_followup, make_sections
from tests.test_followup_states import fresh, ready
from tests.worlds import appoint, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
BUDGET = 22


def said(answer) -> str:
    """The text of the page, without tags and with one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def account(world, seat, given: str) -> Client:
    """Signed in as somebody who sits there."""
    user = make_user(f"{given.lower()}@example.org")
    appoint(seat, make_person(world.city, given, "Provson", user=user))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def secretary(world) -> Client:
    return account(world, world.secretary, "Sven")


@pytest.fixture
def chair(world) -> Client:
    return account(world, world.chair, "Olle")


@pytest.fixture
def draft(world) -> FollowUp:
    return ready(make_followup(world.group))


def page(followup: FollowUp, name: str) -> str:
    return reverse(f"governance:{name}", args=[followup.year, followup.group.slug])


def carried_out(client: Client, url: str, **typed: str):
    """Fill in, read the preview and confirm it; the preview and the answer."""
    seen = client.get(url).context["seen"]
    preview = client.post(url, {**typed, "seen": seen})
    assert preview.context.get("sentences"), said(preview)
    return preview, client.post(url, {**typed, "seen": seen, "steg": "spara"})


def adoption(**other: str) -> dict[str, str]:
    return {
        "adopted_on": str(today()),
        "paragraph": "§ 4",
        "registry_number": "FAR 2022/17",
        "capacity": "chair",
        **other,
    }


def test_from_draft_by_a_return_to_adopted(draft, secretary, chair):
    here = page(draft, "followup")
    _, answer = carried_out(secretary, page(draft, "show_followup"))
    assert (answer.status_code, answer.url) == (302, here)
    lead = said(secretary.get(page(draft, "send_followup")))
    assert "När du skickar kan uppföljningen bli allmän handling" in lead
    preview, _ = carried_out(secretary, page(draft, "send_followup"), registry_number="FAR 1")
    assert "Uppgifterna fryses som de var den 31 december 2021." in preview.context["sentences"]
    assert fresh(draft).registry_number == "FAR 1"
    carried_out(chair, page(draft, "return_followup"), return_note="Skriv mer om torget.")
    assert fresh(draft).state == "returned"
    carried_out(secretary, page(draft, "send_followup"))
    preview, _ = carried_out(chair, page(draft, "adopt_followup"), **adoption())
    assert "i egenskap av ordförande" in preview.context["sentences"][0]
    assert fresh(draft).state == "adopted"
    assert fresh(draft).adopted_by.email == "olle@example.org"


def test_a_secretary_registers_the_adoption_with_a_reference_to_the_minutes(draft, secretary):
    carried_out(secretary, page(draft, "send_followup"))
    url = page(draft, "adopt_followup")
    typed = adoption(capacity="secretary")
    refused = secretary.post(url, typed)
    assert "Hänvisa till mötets protokoll" in said(refused)
    assert 'value="FAR 2022/17"' in refused.content.decode()
    carried_out(secretary, url, **typed, minutes="Protokoll, § 4")
    assert (fresh(draft).capacity, fresh(draft).minutes) == ("secretary", "Protokoll, § 4")


def test_nobody_registers_in_a_capacity_that_is_not_theirs(draft, secretary):
    carried_out(secretary, page(draft, "send_followup"))
    refused = secretary.post(page(draft, "adopt_followup"), adoption(capacity="chair"))
    assert "Den egenskapen har du inte i gruppen" in said(refused)
    assert fresh(draft).state == "sent"


def test_before_sending_all_that_is_missing_is_listed_with_links(world, secretary):
    followup = make_followup(world.group)
    rows = make_sections(followup)
    FollowUpSection.objects.filter(pk=rows[0].pk).update(done=True)
    answer = secretary.get(page(followup, "send_followup"))
    source = answer.content.decode()
    assert f"{len(rows) - 1} avsnitt är inte färdiga" in said(answer)
    for row in rows[1:]:
        assert f'href="{page(followup, "followup")}#avsnitt-{row.pk}"' in source
    assert f'#avsnitt-{rows[0].pk}"' not in source
    assert secretary.post(page(followup, "send_followup"), {"steg": "spara"}).status_code == 200
    assert fresh(followup).state == "draft"


def test_a_text_saved_after_the_preview_stops_the_sending(draft, secretary):
    url = page(draft, "send_followup")
    seen = secretary.get(url).context["seen"]
    FollowUpSection.objects.filter(followup=draft, kind="analysis").update(revision=1)
    answer = secretary.post(url, {"seen": seen, "steg": "spara", "registry_number": "FAR 1"})
    assert answer.status_code == 409
    assert "Uppföljningen har ändrats sedan du öppnade sidan" in said(answer)
    assert 'name="registry_number" value="FAR 1"' in answer.content.decode()
    assert fresh(draft).state == "draft"


def test_a_note_typed_while_somebody_else_adopted_it_stays(draft, secretary, chair):
    carried_out(secretary, page(draft, "send_followup"))
    url = page(draft, "return_followup")
    seen = chair.get(url).context["seen"]
    carried_out(secretary, page(draft, "adopt_followup"), **adoption(
        capacity="secretary", minutes="Protokoll, § 4"
    ))  # fmt: skip
    answer = chair.post(url, {"return_note": "Skriv om torget.", "seen": seen, "steg": "spara"})
    assert "Skriv om torget." in answer.content.decode()
    assert "Uppföljningen är fastställd och låst" in said(answer)
    assert fresh(draft).state == "adopted"


def test_a_page_opened_in_the_wrong_state_says_why(draft, secretary):
    answer = secretary.get(page(draft, "adopt_followup"))
    assert answer.status_code == 409
    assert "Uppföljningen är ett utkast. Skicka den för fastställande först." in said(answer)


def test_a_group_that_ended_is_followed_up_by_its_successors_secretary_and_chair(world, draft):
    new = make_group(world.agreement, "Nya gruppen")
    world.group.valid_through = "2021-06-30"
    world.group.save()
    world.group.successors.set([new])
    FollowUp.objects.filter(pk=draft.pk).update(cutoff="2021-06-30")
    secretary = account(world, make_seat(new, world.city, "ny-sekreterare", "secretary"), "Nina")
    chair = account(world, make_seat(new, world.city, "ny-ordforande", "chair"), "Carl")
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "return_followup"), return_note="Ett halvår, inte ett år.")
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "adopt_followup"), **adoption())
    assert fresh(draft).state == "adopted"
    assert fresh(draft).snapshot["cutoff"] == "2021-06-30"


def test_a_correction_is_opened_with_its_reason(draft, secretary, chair):
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "adopt_followup"), **adoption())
    url = page(draft, "revise_followup")
    assert "Skriv varför uppföljningen ska rättas." in said(secretary.post(url, {"reason": " "}))
    carried_out(secretary, url, reason="Fel antal vandringar.")
    second = FollowUp.objects.get(group=draft.group, number=2)
    assert (second.state, second.reason) == ("draft", "Fel antal vandringar.")


def test_members_comment_while_it_is_with_them_and_what_is_typed_too_late_stays(
    world, draft, secretary
):
    member = account(world, world.member, "Mona")
    url = page(draft, "followup_comments")
    assert member.get(url).status_code == 404
    carried_out(secretary, page(draft, "show_followup"))
    assert "Ingen har kommenterat än." in said(member.get(url))
    assert "Skriv en kommentar." in said(member.post(url, {"text": " "}))
    section = draft.sections.get(kind="analysis")
    answer = member.post(url, {"text": "Bra skrivet.", "section": section.pk})
    assert (answer.status_code, answer.url) == (302, url)
    shown = said(secretary.get(url))
    assert "Mona Provson, Provstads stad" in shown
    assert "Bra skrivet." in shown
    carried_out(secretary, page(draft, "send_followup"))
    answer = secretary.post(url, {"text": "Ett sent svar."})
    assert "bara medan den är hos styrgruppen" in said(answer)
    assert "Ett sent svar." in said(answer)
    assert FollowUpComment.objects.count() == 1


def test_a_protected_member_is_told_by_organisation(world, draft, secretary):
    member = account(world, world.member, "Mona")
    carried_out(secretary, page(draft, "show_followup"))
    member.post(page(draft, "followup_comments"), {"text": "Bra."})
    person = world.member.mandates.get().person
    person.protected = True
    person.save()
    shown = said(secretary.get(page(draft, "followup_comments")))
    assert "Mona" not in shown
    assert "Provstads stad" in shown


# -- what is read afterwards ------------------------------------------------------------


def adopted(draft, secretary, chair) -> None:
    carried_out(secretary, page(draft, "send_followup"))
    carried_out(chair, page(draft, "adopt_followup"), **adoption())


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
