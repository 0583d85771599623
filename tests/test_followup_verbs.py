"""The pages that take a follow-up from draft to adopted: form, preview and confirmation."""

import pytest
from django.test import Client

from governance.models import FollowUp, FollowUpComment, FollowUpSection
from tests.following import make_followup, make_sections
from tests.settling import account, adoption, carried_out, page, said
from tests.test_followup_states import fresh, ready
from tests.worlds import make_group, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(world) -> Client:
    return account(world, world.secretary, "Sven")


@pytest.fixture
def chair(world) -> Client:
    return account(world, world.chair, "Olle")


@pytest.fixture
def draft(world) -> FollowUp:
    return ready(make_followup(world.group))


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
